/* SPDX-License-Identifier: MIT */
/* peek: the name of a truth, without opening it.
 *
 * A search needs nothing of the truth but to know that the index is of this one; to open a
 * second SQLite file for its sixteen random bytes would be a tenth of the search. They are
 * the only row of the file's first table, written with it and never changed, so they stand
 * alone in the second page, where docs/schema.md (and SQLite's file format) say. What is not
 * exactly so (a store whose first page still waits in its -wal, a file that is none of
 * ours) is nothing to this file: the caller then opens the truth and finds out.
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "store/store-private.h"

#define PAGE 4096

enum {
  AT_PAGE_SIZE = 16,
  AT_APPLICATION = 68,
  LEAF_OF_INDEX = 10, /* the kind of page that a table without rowids has */
  CELL_BYTES = 24     /* behind their number */
};

static guint
read_short (const guint8 *at)
{
  return (guint) at[0] << 8 | at[1];
}

static gboolean
is_ours (const guint8 *head)
{
  const guint8 id[4] = { 'H', 'd', 'l', 'T' };
  return memcmp (head, "SQLite format 3", 16) == 0 && read_short (head + AT_PAGE_SIZE) == PAGE
         && memcmp (head + AT_APPLICATION, id, sizeof id) == 0;
}

/* The row is "store" and a blob: a head of three bytes, which says so, then both. */
static gboolean
read_row (const guint8 *page, guint8 *ret)
{
  static const guint8 row[] = { CELL_BYTES, 3, 2 * 5 + 13, 2 * HEDDLE_NAME_BYTES + 12,
                                's', 't', 'o', 'r', 'e' };
  guint cell = read_short (page + 8);
  if (page[0] != LEAF_OF_INDEX || read_short (page + 3) != 1
      || cell + sizeof row + HEDDLE_NAME_BYTES > PAGE
      || memcmp (page + cell, row, sizeof row) != 0)
    return FALSE;
  memcpy (ret, page + cell + sizeof row, HEDDLE_NAME_BYTES);
  return TRUE;
}

gboolean
heddle_truth_peek (const char *path, guint8 *ret, int *ret_fd)
{
  guint8 pages[2 * PAGE];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  *ret_fd = fd;
  return pread (fd, pages, sizeof pages, 0) == (ssize_t) sizeof pages && is_ours (pages)
         && read_row (pages + PAGE, ret);
}
