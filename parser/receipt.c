/* SPDX-License-Identifier: MIT */
/* receipt: whether a message does no more than confirm that something has come ("we have
 * received your report, your case number is 123"), or say that its author is away. Such a
 * message closes nothing, and it is mostly met where no header tells: quoted in an answer,
 * forwarded by a colleague, or sent by a desk that sets none.
 *
 * The words are the languages' (HEDDLE_WORD_ACKNOWLEDGE). A confirmation is one only if it
 * is short, if something of a machine or a desk is in it, and if no sentence says what was
 * found or done. "If we find that it violates our rules, we will remove it" says nothing of
 * the kind, so a sentence that speaks of what may or will be does not count. Only words of
 * the languages that have the confirming phrase count there: "se" is "if" in Portuguese
 * alone. An absence is a machine's answer where nothing else is said, or only whom else to
 * ask and what will be done then; people say that they are away and go on.
 *
 * Not handled: several languages in one message; desks that confirm at length.
 */
#include "parser/facts.h"

#include "parser/mime.h"
#include "parser/scan.h"

#include <string.h>

enum {
  LONGEST_RECEIPT = 1600, /* bytes */
  LONGEST_ABSENCE = 700,
  FIRST_SENTENCES = 3     /* in which an absence is said */
};

typedef struct {
  const HeddleTables *tables;
  const char *text;
  const HeddleGlance *glance; /* (nullable) at text: few words of it confirm anything */
  guint64 languages; /* whose words count */
  guint sentences;
  guint said;        /* bits of HeddleAcknowledge, of the whole text */
  guint away;        /* the sentence that says so, from 1; 0: none */
  gboolean promises; /* another one says what will or may be */
} Reading;

#define SAYS(value) (1u << HEDDLE_ACKNOWLEDGE_##value)

/* Whether a word may begin at @text[@i]. */
static gboolean
begins_word (const char *text, gsize i, gsize end)
{
  return i == 0 || strchr (" \t\n\"'([>-", text[i - 1]) != NULL
         || (((guchar) text[i] & 0xc0) != 0x80 && heddle_unspaced_at (text + i, end - i));
}

/* What the words of [@start, @end) say: bits of HeddleAcknowledge. @languages: (inout) (nullable)
 * narrowed to those that have the confirming phrase. */
static guint
read_words (const Reading *reading, gsize start, gsize end, guint64 *languages)
{
  const HeddleWords *words = reading->tables->words;
  const HeddleKinds kind = HEDDLE_WORD_BIT (HEDDLE_WORD_ACKNOWLEDGE);
  guint said = 0;
  gsize bytes;

  for (gsize i = start; i < end; i++) {
    guint64 of = languages != NULL ? HEDDLE_ALL_LANGUAGES : reading->languages;
    const HeddleWord *word = NULL;

    if (reading->glance != NULL
        && (i = heddle_glance_next (reading->glance, HEDDLE_GLANCE_ACKNOWLEDGE, i)) >= end)
      break;
    if (begins_word (reading->text, i, end)
        && (heddle_words_kinds_at (words, reading->text + i, end - i) & kind) != 0)
      word = heddle_words_in (words, reading->text + i, end - i, kind, &of, &bytes);
    if (word == NULL)
      continue;
    said |= 1u << word->value;
    if (languages != NULL && word->value <= HEDDLE_ACKNOWLEDGE_AWAY)
      *languages = (*languages & of) != 0 ? *languages & of : *languages;
    i += bytes - 1;
  }
  return said;
}

static void
read_sentence (gsize start, gsize end, gpointer user_data)
{
  Reading *reading = user_data;
  guint said = read_words (reading, start, end, NULL);

  reading->sentences++;
  if (said & SAYS (NOT_YET))
    said &= ~SAYS (FOUND);
  if ((said & SAYS (AWAY)) && reading->away == 0)
    reading->away = reading->sentences;
  else if (said & SAYS (NOT_YET))
    reading->promises = TRUE;
  reading->said |= said;
}

/* Whether @from reads like a desk's: "Chirper Support", "no-reply@". */
static gboolean
is_desk (const HeddlePerson *from)
{
  static const char *const signs[] = { "support", "help", "noreply", "no-reply", "donotreply",
                                       "abuse", "service", "desk", "contact", "info", "security",
                                       "team", "report", "trust", "legal" };
  if (from == NULL)
    return FALSE;
  const char *at = from->address != NULL ? strchr (from->address, '@') : NULL;
  g_autofree char *local = at != NULL ? g_strndup (from->address, (gsize) (at - from->address)) : NULL;
  g_autofree char *both = g_strconcat (from->name != NULL ? from->name : "", " ",
                                       local != NULL ? local : "", NULL);
  g_autofree char *lower = g_ascii_strdown (both, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strstr (lower, signs[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether @message asks its reader something, or wants something of them, but that they may
 * write again. */
static gboolean
wants (const HeddleMessage *message, const HeddleTables *tables, gboolean questions_only)
{
  for (guint i = 0; i < message->actions->len; i++) {
    const HeddleAction *action = message->actions->pdata[i];
    Reading reading = { .tables = tables, .text = action->text, .languages = HEDDLE_ALL_LANGUAGES };

    if (action->kind == HEDDLE_ACTION_QUESTION)
      return TRUE;
    if (action->kind == HEDDLE_ACTION_REQUEST && !questions_only
        && !(read_words (&reading, 0, strlen (action->text), NULL) & (SAYS (MACHINE) | SAYS (NOT_YET))))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_receipt (const HeddleMessage *message, const Reading *reading)
{
  gboolean machine = (reading->said & SAYS (MACHINE)) != 0;

  if ((reading->said & SAYS (FOUND)) || wants (message, reading->tables, FALSE))
    return FALSE;
  if (reading->said & SAYS (RECEIPT))
    return machine || message->cases->len > 0 || is_desk (message->from);
  return (reading->said & SAYS (THANKS)) && machine;
}

/* Whether @message says whom else to ask: "For urgent matters write to ben@example.org". */
static gboolean
refers (const HeddleMessage *message)
{
  if (strchr (message->text, '@') != NULL)
    return TRUE;
  for (guint i = 0; i < message->actions->len; i++)
    if (((const HeddleAction *)message->actions->pdata[i])->kind == HEDDLE_ACTION_REQUEST)
      return TRUE;
  return FALSE;
}

/* A day stands in nearly each: "until 12 May". */
static gboolean
is_absence (const HeddleMessage *message, const Reading *reading, gsize length)
{
  if (reading->sentences > 1 && !reading->promises && !(reading->said & SAYS (MACHINE))
      && !refers (message))
    return FALSE;
  return length <= LONGEST_ABSENCE && reading->away > 0 && reading->away <= FIRST_SENTENCES
         && !(reading->said & SAYS (FOUND)) && message->dates->len > 0 && !wants (message, reading->tables, TRUE);
}

static void
set (HeddleMessage *message, HeddleAutomatic automatic)
{
  message->automatic = automatic;
  message->ground = "its words";
}

void
heddle_receipt_read (const HeddleTables *tables, HeddleMessage *message,
                     const HeddleGlance *glance)
{
  gsize length = strlen (message->text);
  Reading reading = { .tables = tables,
                      .text = message->text,
                      .glance = glance,
                      .languages = HEDDLE_ALL_LANGUAGES };

  if (message->automatic == HEDDLE_AUTOMATIC_NO && message->kind != HEDDLE_KIND_RECEIVED)
    heddle_automatic_read_quoted (message);
  if (message->encrypted
      || (message->automatic != HEDDLE_AUTOMATIC_AUTO_REPLY
          && (message->automatic != HEDDLE_AUTOMATIC_NO || length > LONGEST_RECEIPT)))
    return;
  guint said = read_words (&reading, 0, MIN (length, LONGEST_RECEIPT), &reading.languages);

  if (message->automatic == HEDDLE_AUTOMATIC_AUTO_REPLY) { /* by its header */
    if (said & (SAYS (RECEIPT) | SAYS (THANKS)))
      message->automatic = HEDDLE_AUTOMATIC_ACKNOWLEDGEMENT;
    return;
  }
  if (!(said & (SAYS (RECEIPT) | SAYS (THANKS) | SAYS (AWAY))))
    return;
  heddle_sentences_each (tables, message->text, length, read_sentence, &reading);
  if (is_receipt (message, &reading))
    set (message, HEDDLE_AUTOMATIC_ACKNOWLEDGEMENT);
  else if (is_absence (message, &reading, length))
    set (message, HEDDLE_AUTOMATIC_AUTO_REPLY);
}
