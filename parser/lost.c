/* SPDX-License-Identifier: MIT */
/* lost: links whose target plain text did not keep: "click here", "The form is here."
 *
 * A mailer that makes text of HTML drops where its links lead. Words that ask to click are
 * a link wherever they stand; "here" is one at the end of a sentence that speaks of
 * something to read ("can be found", "the form is"). Neither is lost when an address stands
 * in the sentence or soon behind it. Only the words are kept: where they led nobody knows.
 *
 * Not handled: links on other words ("our policy"), and "here" without a word of the
 * tables before it.
 */
#include "parser/facts.h"
#include "parser/scan.h"

#include <string.h>

enum {
  NEAR = 160, /* bytes behind the words in which their address may stand */
  CLOSING = 4 /* quotation marks and brackets before the sign that ends a sentence */
};

typedef struct {
  const GArray *covered; /* of HeddleRange, ascending: the addresses of the text */
  guint range;
  GPtrArray *urls;
} Lost;

/* Whether an address stands between @from and a little behind @to. */
static gboolean
is_addressed (Lost *lost, gsize from, gsize to)
{
  while (lost->range < lost->covered->len
         && g_array_index (lost->covered, HeddleRange, lost->range).end <= from)
    lost->range++;
  return lost->range < lost->covered->len
         && g_array_index (lost->covered, HeddleRange, lost->range).start < to + NEAR;
}

/* Whether a sentence ends at @at: its sign, or the end of a paragraph. */
static gboolean
ends_at (const char *text, gsize length, gsize at)
{
  for (guint n = 0; n < CLOSING && at < length && strchr ("\"')]*", text[at]) != NULL; n++)
    at++;
  if (at >= length)
    return TRUE;
  if (strchr (".!?", text[at]) != NULL)
    return at + 1 >= length || heddle_blank_at (text + at + 1, length - at - 1) > 0;
  return text[at] == '\n' && (at + 1 >= length || text[at + 1] == '\n');
}

static void
add (Lost *lost, const char *words, gsize length)
{
  g_autofree char *said = heddle_fold_blanks (words, length);

  for (guint i = 0; i < lost->urls->len; i++) {
    const HeddleUrl *known = g_ptr_array_index (lost->urls, i);
    if (known->url == NULL && g_ascii_strcasecmp (known->text, said) == 0)
      return;
  }
  HeddleUrl *url = g_new0 (HeddleUrl, 1);
  url->text = g_steal_pointer (&said);
  g_ptr_array_add (lost->urls, url);
}

GPtrArray *
heddle_lost_links (const HeddleTables *tables, const char *text, gsize length,
                   const HeddleGlance *glance, const GArray *covered, guint most)
{
  const HeddleKinds bit = HEDDLE_WORD_BIT (HEDDLE_WORD_LINK);
  Lost lost = { .covered = covered };
  gsize sentence = 0, bytes;
  gboolean leads = FALSE;

  lost.urls = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_url_free);
  for (gsize at = 0; at < length && lost.urls->len < most; at++) {
    char c = text[at];
    if ((c == '.' || c == '!' || c == '?' || c == '\n' || c == '\0') && ends_at (text, length, at)) {
      sentence = at + 1;
      leads = FALSE;
    }
    if (!heddle_glance_at (glance, HEDDLE_GLANCE_LINK, at)
        || !(heddle_word_begins (text, at) || heddle_unspaced_at (text + at, length - at)))
      continue;
    const HeddleWord *word = heddle_words_at (tables->words, text + at, length - at, bit, &bytes);
    if (word == NULL)
      continue;
    leads |= word->value == HEDDLE_LINK_LEADS;
    gboolean link = word->value == HEDDLE_LINK_WORDS
                    || (word->value == HEDDLE_LINK_END && leads && ends_at (text, length, at + bytes));
    if (link && !is_addressed (&lost, sentence, at + bytes))
      add (&lost, text + at, bytes);
    at += bytes - 1;
  }
  return lost.urls;
}
