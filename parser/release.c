/* SPDX-License-Identifier: MIT */
/* release: what an office stamps onto the pages of a document that it releases. Such a
 * line stands alone between blank lines, or among others of its kind, wherever the page
 * happened to end, and belongs to nobody: a page's number ("Page 3 of 12", "Seite 3 von 12"), a classification among the
 * numbers of the case ("UNCLASSIFIED … Case No. F-2019-01234 … Date: 09/30/2021"), and
 * what was decided ("RELEASE IN PART B6").
 *
 * Not handled: stamps within a line of text, and those without a number.
 */
#include "parser/boundary.h"

#include <string.h>

enum {
  STAMP_MOST = 160,  /* bytes of a stamp */
  DIGITS_LEAST = 6,  /* of a case's number and a day */
  STAMPS_MOST = 4,   /* below each other */
  NUMBER_MOST = 5,   /* digits of a page's number */
  DECISION_MOST = 48 /* bytes of a decision */
};

static const HeddleWord *
word_at (const HeddleView *view, const char *text, gsize length, HeddleWordKind kind, gsize *bytes)
{
  return heddle_words_at (view->tables->words, text, length, HEDDLE_WORD_BIT (kind), bytes);
}

static gsize
digits_of (const char *text, gsize length)
{
  gsize n = 0;
  for (gsize i = 0; i < length; i++)
    n += g_ascii_isdigit (text[i]) != 0;
  return n;
}

static gboolean
is_upper (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_islower (text[i]))
      return FALSE;
  return TRUE;
}

/* "Page 3", "Page 3 of 12", "Seite 3/12": a word for pages, numbers and one word more. */
static gboolean
is_page (const HeddleView *view, const char *text, gsize length)
{
  gsize at = 0, words = 0, numbers = 0;
  const HeddleWord *word = word_at (view, text, length, HEDDLE_WORD_TRAILER, &at);
  if (word == NULL || word->value != HEDDLE_TRAILER_PAGE || at >= length || text[at] != ' ')
    return FALSE;
  while (at < length) {
    gsize digits = strspn (text + at, "0123456789");
    gsize blanks = strspn (text + at, " /");
    gsize letters = strcspn (text + at, " /0123456789");
    if (digits > NUMBER_MOST || (digits == 0 && blanks == 0 && numbers == 0))
      return FALSE;
    numbers += digits > 0;
    words += digits == 0 && blanks == 0;
    at += digits > 0 ? digits : blanks > 0 ? blanks : letters;
  }
  return words <= 1 && numbers >= 1 && numbers <= 2 && g_ascii_isdigit (text[length - 1]);
}

/* A classification in capitals with numbers beside it. */
static gboolean
is_classified (const HeddleView *view, const char *text, gsize length)
{
  gsize bytes;
  if (digits_of (text, length) < DIGITS_LEAST || !g_ascii_isalnum (text[length - 1]))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if ((i == 0 || strchr (" \"", text[i - 1]) != NULL) && g_ascii_isupper (text[i])
        && word_at (view, text + i, length - i, HEDDLE_WORD_MARKING, &bytes) != NULL
        && bytes > 3 && is_upper (text + i, bytes))
      return TRUE;
  return FALSE;
}

static gboolean
is_decision (const HeddleView *view, const char *text, gsize length)
{
  gsize bytes;
  const HeddleWord *word = word_at (view, text, length, HEDDLE_WORD_TRAILER, &bytes);
  return word != NULL && word->value == HEDDLE_TRAILER_DECISION && length <= DECISION_MOST
         && is_upper (text, length);
}

/* Whether line @i reads like a stamp, whatever stands around it. */
static gboolean
reads_like_stamp (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (length < 6 || length > STAMP_MOST || (!g_ascii_isalnum (text[0]) && (guchar) text[0] < 0x80))
    return FALSE;
  return is_page (view, text, length) || is_classified (view, text, length)
         || is_decision (view, text, length);
}

/* Whether no text stands on the line that lies @step lines from @i, beyond other stamps. */
static gboolean
is_free (const HeddleView *view, guint i, int step)
{
  for (int n = 1; n <= STAMPS_MOST; n++) {
    gint64 at = (gint64)i + step * n;
    if (at < 0 || at >= view->lines->len || heddle_view_blank (view, (guint)at))
      return TRUE;
    if (!reads_like_stamp (view, (guint)at))
      return FALSE;
  }
  return FALSE;
}

gboolean
heddle_is_stamp (const HeddleView *view, guint i)
{
  return reads_like_stamp (view, i) && is_free (view, i, -1) && is_free (view, i, 1);
}
