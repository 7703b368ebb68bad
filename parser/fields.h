/* SPDX-License-Identifier: MIT */
/* fields: the labelled lines of a header block, gathered. Within parser/ only.
 *
 * From a labelled line on, lines are taken in as long as they belong to the block:
 * fields in any order, with or without bold stars, blank lines between them allowed,
 * several fields on one line. A line without a label goes on with the field above it
 * only where something says so: indentation, a comma at the end, an address, a label
 * after it. A label that comes again ends the block.
 */
#ifndef HEDDLE_PARSER_FIELDS_H
#define HEDDLE_PARSER_FIELDS_H

#include "parser/boundary.h"

/* Fields that name messages; clients leave them untranslated. */
typedef enum {
  HEDDLE_NAMING_NONE,
  HEDDLE_NAMING_SELF,    /* "Message-ID" */
  HEDDLE_NAMING_ANSWERS, /* "In-Reply-To" */
  HEDDLE_NAMING_THREAD,  /* "References" */
  HEDDLE_N_NAMINGS
} HeddleNaming;

typedef struct {
  GString *values[HEDDLE_N_WORDS]; /* by the label's kind; NULL: not there */
  GString *ids[HEDDLE_N_NAMINGS];  /* NULL: not there */
  HeddleNaming naming;             /* of the field that was begun last */
  guint first, last;               /* lines, both included */
  int depth;
  gboolean below;  /* values stand on the lines below their labels */
  gboolean author; /* a label that says "from" only below a banner */
  gboolean raw;    /* a mail's own header as it travels, with "Received:" and the like */
} HeddleFields;
void heddle_fields_clear (HeddleFields *fields);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HeddleFields, heddle_fields_clear)

/* The label of line @i, @offset bytes behind the beginning of its content: its kind, -1
 * for none. @ret_value, @ret_length: what stands behind it; the whole without one. */
int heddle_fields_label (const HeddleView *view, guint i, gsize offset, const char **ret_value,
                         gsize *ret_length);

/* "Received: …", "X-Mailer: …": a field of a mail's header as it travels. */
gboolean heddle_fields_is_raw (const char *text, gsize length);

/* Gather from line @i on into @fields, which is zero. */
void heddle_fields_gather (const HeddleView *view, guint i, gsize offset, HeddleFields *fields);

/* cells.c: the same of a table without colons, below a banner: FALSE unless it says who
 * wrote and when. */
gboolean heddle_cells_gather (const HeddleView *view, guint i, HeddleFields *fields);

#endif
