/* SPDX-License-Identifier: MIT */
/* threads/gap-ask: whom to ask for what is missing, and in which words.
 *
 * Who wrote the answer had the message before them: one of us before anybody else. Then
 * those on To and Cc of the answer, then the likely author, then whoever refers to it.
 * A file is with its author, with who forwarded it, with those whom it was sent to.
 *
 * Not handled: other languages than English; whoever stands on Bcc. */
#include "threads/gap-ask.h"

#include <string.h>

/* Characters of a subject, a name or a file's name in a sentence. */
#define WORDS_MOST 120
/* Messages that are looked at for somebody to ask. */
#define REFERRERS_MOST 64

gboolean
heddle_gap_is_known (const HeddlePerson *person)
{
  return person != NULL && (person->address != NULL || person->name != NULL);
}

gboolean
heddle_gap_same_person (const HeddlePerson *a, const HeddlePerson *b)
{
  if (!heddle_gap_is_known (a) || !heddle_gap_is_known (b))
    return FALSE;
  if (a->address != NULL && b->address != NULL)
    return g_ascii_strcasecmp (a->address, b->address) == 0;
  if (a->name == NULL || b->name == NULL)
    return FALSE;
  g_autofree char *one = heddle_text_fold (a->name), *two = heddle_text_fold (b->name);
  return *one != '\0' && strcmp (one, two) == 0;
}

/* --- words ------------------------------------------------------------------------ */

/* @text on one line, bearable, without quotation marks of its own (transfer full). */
static char *
short_words (const char *text)
{
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < WORDS_MOST; p = g_utf8_next_char (p), n++) {
    gunichar c = g_utf8_get_char (p);
    if (c == '"')
      g_string_append_c (out, '\'');
    else if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
      g_string_append_c (out, ' ');
    else
      g_string_append_unichar (out, c);
    if (n + 1 == WORDS_MOST)
      g_string_append (out, "…");
  }
  return g_strstrip (g_string_free (out, FALSE));
}

static char *
who (const HeddlePerson *person)
{
  return short_words (person->name != NULL ? person->name : person->address);
}

/* " of 10 April 2018", with @word before the day; "" where none is known. */
static char *
day_words (const HeddleMessage *message, const char *word)
{
  static const char *const months[]
      = { "January", "February", "March",     "April",   "May",      "June",
          "July",    "August",   "September", "October", "November", "December" };
  const HeddleDate *date = message->date;
  int year, month, day;

  if (date == NULL || (!date->has_local && !date->has_utc))
    return g_strdup ("");
  if (date->has_local) {
    year = date->local.year;
    month = date->local.month;
    day = date->local.day;
  } else {
    g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (date->utc);
    if (time == NULL)
      return g_strdup ("");
    g_date_time_get_ymd (time, &year, &month, &day);
  }
  if (month < 1 || month > 12)
    return g_strdup ("");
  return g_strdup_printf (" %s %d %s %d", word, day, months[month - 1], year);
}

/* ", "Subject"", with @before in place of the comma; "" where there is none. */
static char *
subject_words (const HeddleMessage *message, const char *before)
{
  if (message->subject == NULL || *message->subject == '\0')
    return g_strdup ("");
  g_autofree char *words = short_words (message->subject);
  return g_strdup_printf ("%s\"%s\"", before, words);
}

/* --- messages ----------------------------------------------------------------------- */

static char *
message_sentence (const HeddleGap *gap, const HeddleMessage *answer, gboolean answers)
{
  gboolean by_asked = heddle_gap_same_person (gap->ask, answer->from);
  gboolean own = heddle_gap_same_person (gap->ask, gap->likely_author);
  g_autofree char *author = gap->likely_author != NULL && !own ? who (gap->likely_author) : NULL;
  g_autofree char *likely
      = author != NULL ? g_strdup_printf (", probably from %s,", author) : g_strdup ("");
  g_autofree char *writer
      = by_asked ? g_strdup ("you") : heddle_gap_is_known (answer->from) ? who (answer->from) : NULL;
  g_autofree char *day = day_words (answer, answers ? "on" : "of");
  g_autofree char *subject = subject_words (answer, answers ? " in " : ", ");

  if (!answers) {
    g_autofree char *whose = by_asked         ? g_strdup ("your message")
                             : writer != NULL ? g_strdup_printf ("the message from %s", writer)
                                              : g_strdup ("the message");
    return g_strdup_printf ("Could you please forward the earlier message to which %s%s%s%s refers?",
                            whose, day, subject, *subject != '\0' ? "," : "");
  }
  if (own && !by_asked)
    return g_strdup_printf ("Could you please send us again your message that %s%s%s%s?",
                            writer != NULL ? writer : "somebody", " answered", day, subject);
  if (writer == NULL)
    return g_strdup_printf ("Could you please forward the message%s that was answered%s%s?", likely,
                            day, subject);
  return g_strdup_printf ("Could you please forward the message%s that %s answered%s%s?", likely,
                          writer, day, subject);
}

/* --- files ---------------------------------------------------------------------------- */

static char *
file_sentence (const HeddleGap *gap, const HeddleMessage *message)
{
  gboolean own = heddle_gap_same_person (gap->ask, message->from);
  g_autofree char *name = gap->name != NULL ? short_words (gap->name) : NULL;
  g_autofree char *author = heddle_gap_is_known (message->from) ? who (message->from) : NULL;
  g_autofree char *what = name != NULL ? g_strdup_printf ("the file \"%s\"", name)
                                       : g_strdup ("what was attached");
  g_autofree char *day = day_words (message, "of");
  g_autofree char *subject = subject_words (message, ", ");
  g_autofree char *whose = own              ? g_strdup ("your message")
                           : author != NULL ? g_strdup_printf ("the message from %s", author)
                                            : g_strdup ("the message");

  return g_strdup_printf ("Could you please send us %s%s%s%s%s?", what,
                          name != NULL ? " that came with " : " to ", whose, day, subject);
}

/* --- whom --------------------------------------------------------------------------------- */

typedef struct {
  const HeddleThread *thread;
  const HeddleConfig *config; /* (nullable) */
  HeddleGap *gap;
  guint n; /* of the evidence that is looked at */
} Search;

static const HeddleMessage *
message_at (const HeddleThread *thread, guint i)
{
  return ((const HeddleNode *) thread->messages->pdata[i])->message;
}

static gboolean
may_ask (const Search *search, const HeddlePerson *person, gboolean ours)
{
  return heddle_gap_is_known (person)
         && (!ours
             || (search->config != NULL
                 && heddle_config_is_our_author (search->config, person->name, person->address)));
}

static gboolean
take (Search *search, const HeddlePerson *person, gboolean ours)
{
  if (!may_ask (search, person, ours))
    return FALSE;
  search->gap->ask = heddle_person_copy (person);
  return TRUE;
}

static gboolean
take_first (Search *search, const GPtrArray *people, gboolean ours)
{
  for (guint i = 0; i < people->len; i++)
    if (take (search, people->pdata[i], ours))
      return TRUE;
  return FALSE;
}

/* The author of the first of the evidence for @reason that may be asked. */
static gboolean
take_author (Search *search, HeddleGapReason reason, gboolean ours)
{
  for (guint i = 0; i < search->n; i++) {
    const HeddleGapEvidence *evidence = search->gap->evidence->pdata[i];
    const HeddleMessage *message = message_at (search->thread, evidence->message);
    if (evidence->reason == reason && message->automatic == HEDDLE_AUTOMATIC_NO
        && take (search, message->from, ours))
      return TRUE;
  }
  return FALSE;
}

static gboolean
take_recipient (Search *search, gboolean ours)
{
  for (guint i = 0; i < search->n; i++) {
    const HeddleGapEvidence *evidence = search->gap->evidence->pdata[i];
    const HeddleMessage *message = message_at (search->thread, evidence->message);
    if (take_first (search, message->to, ours) || take_first (search, message->cc, ours))
      return TRUE;
  }
  return FALSE;
}

static void
ask_for_message (Search *search)
{
  for (int ours = 1; ours >= 0; ours--)
    if (take_author (search, HEDDLE_GAP_ANSWERS, ours) || take_author (search, HEDDLE_GAP_REFERS, ours)
        || (ours && take_recipient (search, TRUE)) || take (search, search->gap->likely_author, ours)
        || take_recipient (search, ours))
      return;
}

static void
ask_for_file (Search *search, const int *carriers)
{
  const HeddleMessage *message = message_at (search->thread, search->gap->message);
  int carrier = carriers[search->gap->message];

  for (int ours = 1; ours >= 0; ours--)
    if (take (search, message->from, ours)
        || (carrier >= 0 && take (search, message_at (search->thread, (guint) carrier)->from, ours))
        || take_recipient (search, ours))
      return;
}

void
heddle_gap_ask (const HeddleThread *thread, const HeddleConfig *config, const int *carriers,
                HeddleGap *gap)
{
  Search search = { thread, config, gap, MIN (gap->evidence->len, REFERRERS_MOST) };

  if (gap->kind == HEDDLE_GAP_ATTACHMENT) {
    ask_for_file (&search, carriers);
    gap->sentence = file_sentence (gap, message_at (thread, gap->message));
    return;
  }
  ask_for_message (&search);
  /* Speak of what the asked person wrote, where they did. */
  const HeddleGapEvidence *of = gap->evidence->len > 0 ? gap->evidence->pdata[0] : NULL;
  for (guint i = 0; i < search.n; i++) {
    const HeddleGapEvidence *evidence = gap->evidence->pdata[i];
    if (heddle_gap_same_person (gap->ask, message_at (thread, evidence->message)->from)) {
      of = evidence;
      break;
    }
  }
  gap->sentence = of != NULL ? message_sentence (gap, message_at (thread, of->message),
                                                 of->reason == HEDDLE_GAP_ANSWERS)
                             : g_strdup ("Could you please forward the earlier messages?");
}
