/* SPDX-License-Identifier: MIT */
/* Sentences that ask, promise or set a date.
 *
 * A sentence is walked word by word. Phrases of the languages' tables are triggers: of a
 * request ("could you"), of a promise by the writer ("I will"), of courtesy ("if you have
 * any questions"). A phrase of courtesy takes back the trigger that it stands behind, or
 * the next one when it opens the sentence. What ends in a question mark and asks for
 * nothing else is a question; what opens with a condition promises nothing; what has a last day and is none of these is a deadline. A
 * request or a promise that names one day to come and no last day is due then.
 * Precision goes before recall: a wrong reminder costs trust.
 *
 * Words within quotation marks are somebody else's, and web addresses are no words.
 *
 * Not handled: promises of third persons ("he is going to report"), irony, requests
 * without any of the phrases ("the form is still missing").
 */
#include "parser/ask.h"
#include "parser/scan.h"
#include "parser/wall.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum { LONGEST_SENTENCE = 4000, LONGEST_QUOTATION = 2000, MOST_TRIGGERS = 24, VOCATIVE_WORDS = 3 };

typedef struct {
  HeddleWordKind kind; /* REQUEST, COMMITMENT or COURTESY */
  gsize at;
  gboolean dead; /* taken back by courtesy */
} Trigger;

typedef struct {
  const HeddleTables *tables;
  const char *text;
  gsize length;
  const HeddleGlance *glance;
  const HeddleTextMap *map;
  const HeddleWall *reference;
  GArray *skip;         /* of HeddleRange, ascending: quotations and web addresses */
  const GArray *places; /* of HeddleWhenPlace */
  guint next_skip, next_place;
  GPtrArray *actions;
  guint most;
} Asker;

typedef struct {
  gsize start, end;
  Trigger triggers[MOST_TRIGGERS];
  guint n_triggers;
  guint words;
  gboolean asks; /* ends in a question mark */
  gboolean dated;       /* names a day to come */
  gboolean mine;        /* its first words speak of the writer */
  gboolean conditional; /* opens with a condition */
} Sentence;

/* --- quotations ------------------------------------------------------------------------ */

static const struct {
  const char *open, *close;
} marks[] = {
  { "\"", "\"" },
  { "\342\200\234", "\342\200\235" },
  { "\342\200\236", "\342\200\234" },
  { "\302\253", "\302\273" },
  { "「", "」" },
  { "『", "』" },
};

/* The index of the mark that opens a quotation at @at, -1 when none does. */
static int
opening_mark (const char *text, gsize length, gsize at)
{
  if (text[at] == '"')
    return (at == 0 || !heddle_word_at (text + at - 1, 1)) && at + 1 < length
                   && !g_ascii_isspace (text[at + 1])
               ? 0
               : -1;
  for (gsize i = 1; (guchar) text[at] >= 0xc0 && i < G_N_ELEMENTS (marks); i++)
    if (strncmp (text + at, marks[i].open, MIN (strlen (marks[i].open), length - at)) == 0)
      return (int) i;
  return -1;
}

/* Add the quotations of a text to @skip: closed within their paragraph and some length. */
static void
add_quotations (GArray *skip, const char *text, gsize length)
{
  gsize barren[G_N_ELEMENTS (marks)] = { 0 }; /* up to where no such mark closes */

  for (gsize at = 0; at < length;) {
    int mark = opening_mark (text, length, at);
    if (mark < 0) {
      at++;
      continue;
    }
    gsize open = strlen (marks[mark].open), bytes = strlen (marks[mark].close);
    gsize stop = MAX (at + open, barren[mark]), limit = MIN (length, at + LONGEST_QUOTATION);
    while (stop + bytes <= limit && memcmp (text + stop, marks[mark].close, bytes) != 0
           && !(text[stop] == '\n' && text[stop + 1] == '\n'))
      stop++;
    if (stop + bytes <= limit && text[stop] != '\n') {
      HeddleRange range = { at, stop + bytes };
      g_array_append_val (skip, range);
      at = range.end;
    } else {
      barren[mark] = stop;
      at += open;
    }
  }
}

static gint
compare_ranges (gconstpointer a, gconstpointer b)
{
  const HeddleRange *one = a, *two = b;
  return one->start < two->start ? -1 : one->start > two->start;
}

/* The end of what is skipped at @at, @at itself when nothing is. */
static gsize
skip_at (Asker *asker, gsize at)
{
  while (asker->next_skip < asker->skip->len) {
    const HeddleRange *range = &g_array_index (asker->skip, HeddleRange, asker->next_skip);
    if (range->start > at)
      break;
    if (range->end > at)
      return range->end;
    asker->next_skip++;
  }
  return at;
}

/* --- a sentence --------------------------------------------------------------------------- */

static gboolean
ends_in_question (Asker *asker, const Sentence *sentence)
{
  gsize at = sentence->end;

  while (at > sentence->start) {
    const char *last = g_utf8_prev_char (asker->text + at);
    gsize begin = (gsize) (last - asker->text);
    gunichar c = g_utf8_get_char (last);
    if (c == '?' || c == 0x037e || c == 0x061f || c == 0xff1f
        || heddle_greek_question_at (asker->text, asker->length, begin)) {
      for (guint i = asker->next_skip; i < asker->skip->len; i++) {
        const HeddleRange *range = &g_array_index (asker->skip, HeddleRange, i);
        if (range->start > begin)
          break;
        if (range->end > begin)
          return FALSE;
      }
      return TRUE;
    }
    if (c != '!' && c != ')' && c != '*' && c != '_' && c != '.')
      return FALSE;
    at = begin;
  }
  return FALSE;
}

/* Whether nothing but marks follows up to the sentence's end. */
static gboolean
is_last (const Asker *asker, const Sentence *sentence, gsize at)
{
  for (; at < sentence->end; at++)
    if (heddle_word_at (asker->text + at, sentence->end - at))
      return FALSE;
  return TRUE;
}

/* Whether a phrase may be a trigger where it stands; @clause: a clause begins here,
 * @doubt: behind "if", "whether", "hope"; @idle: in a clause that only is polite. */
static gboolean
fits_here (const Asker *asker, const Sentence *sentence, const HeddleWord *word, gsize end,
           gboolean clause, gboolean doubt, gboolean idle)
{
  switch (word->kind) {
  case HEDDLE_WORD_REQUEST:
    if (idle || word->value == HEDDLE_ASK_ANYWHERE)
      return !idle;
    if (word->value == HEDDLE_ASK_FIRST)
      return clause && sentence->words <= VOCATIVE_WORDS;
    return clause && !doubt;
  case HEDDLE_WORD_COMMITMENT:
    return !doubt && word->value != HEDDLE_PROMISE_MINE
           && (word->value != HEDDLE_PROMISE_DATED || sentence->dated)
           && (word->value != HEDDLE_PROMISE_GOES_ON || sentence->mine);
  case HEDDLE_WORD_COURTESY:
    return word->value == HEDDLE_COURTESY_TAKES
           || (word->value == HEDDLE_COURTESY_LAST && is_last (asker, sentence, end));
  default:
    return FALSE;
  }
}

/* Whether the mark at @text parts clauses: a comma, a colon, a dash. */
static gboolean
parts_clauses (const char *text)
{
  if ((guchar) *text < 0x80)
    return strchr (",;:-(", *text) != NULL;
  switch (g_utf8_get_char (text)) {
  case 0x060c: case 0x061b: /* Arabic comma and semicolon */
  case 0x3001: case 0xff08: case 0xff0c: case 0xff1a: case 0xff1b: /* of full width */
    return TRUE;
  default:
    return *text == '\342'; /* dashes and their kin */
  }
}

/* Behind the word that goes on at @at; an apostrophe ends none. */
static gsize
token_end (const char *text, gsize end, gsize at)
{
  while (at < end) {
    if ((guchar) text[at] < 0x80) {
      if (!heddle_word_at (text + at, 1) && text[at] != '\'')
        break;
      at++;
    } else if (!heddle_unspaced_at (text + at, end - at)
               && (heddle_word_at (text + at, end - at)
                   || strncmp (text + at, "\342\200\231", 3) == 0)) /* an apostrophe */
      at = (gsize) (g_utf8_next_char (text + at) - text);
    else
      break;
  }
  return at;
}

/* Where a word begins the glance has told; within one, behind what was skipped, not. */
static gboolean
may_trigger (const Asker *asker, gsize at)
{
  return (at > 0 && ((guchar) asker->text[at - 1] >= 0x80 || heddle_word_at (asker->text + at - 1, 1)))
         || heddle_glance_at (asker->glance, HEDDLE_GLANCE_ASK, at);
}

/* What a word says of its whole sentence; @clause: it begins one. */
static void
mind_word (Sentence *sentence, const HeddleWord *word, gboolean clause)
{
  if (word->kind == HEDDLE_WORD_COMMITMENT && sentence->words == 0
      && (word->value == HEDDLE_PROMISE_MINE || word->value == HEDDLE_PROMISE_DATED))
    sentence->mine = TRUE;
  if (word->kind == HEDDLE_WORD_DOUBT && word->value != HEDDLE_DOUBT_ANYWHERE && clause
      && sentence->words <= VOCATIVE_WORDS && sentence->n_triggers == 0)
    sentence->conditional = TRUE;
}

/* Whether @word makes a promise behind it none; @clause: it begins a clause. */
static gboolean
doubts (const HeddleWord *word, gboolean clause)
{
  return word->kind == HEDDLE_WORD_DOUBT && (word->value != HEDDLE_DOUBT_CLAUSE || clause);
}

static gboolean
joins (const HeddleWord *word)
{
  return word->kind == HEDDLE_WORD_AND
         || (word->kind == HEDDLE_WORD_COMMITMENT && word->value == HEDDLE_PROMISE_GOES_ON);
}

static void
find_triggers (Asker *asker, Sentence *sentence)
{
  const HeddleKinds kinds = BIT (HEDDLE_WORD_REQUEST) | BIT (HEDDLE_WORD_COMMITMENT)
                        | BIT (HEDDLE_WORD_COURTESY) | BIT (HEDDLE_WORD_DOUBT)
                        | BIT (HEDDLE_WORD_AND) | BIT (HEDDLE_WORD_ASKS);
  gboolean clause = TRUE, doubt = FALSE, idle = FALSE;
  gsize last = 0; /* where the last trigger ended: "please" and "let us know" are one */

  for (gsize at = sentence->start; at < sentence->end;) {
    gsize behind = skip_at (asker, at), bytes = 0;
    if (behind > at) {
      sentence->words++;
      clause = FALSE;
      at = behind;
      continue;
    }
    if (!heddle_word_at (asker->text + at, sentence->end - at)) {
      if (parts_clauses (asker->text + at)) {
        clause = TRUE;
        doubt = idle = FALSE;
      }
      at = (gsize) (g_utf8_next_char (asker->text + at) - asker->text);
      continue;
    }
    const HeddleWord *word = NULL;
    if (may_trigger (asker, at))
      word = heddle_words_at (asker->tables->words, asker->text + at, sentence->end - at, kinds,
                              &bytes);
    gboolean fits
        = word != NULL && fits_here (asker, sentence, word, at + bytes, clause, doubt, idle);
    if (fits) {
      gboolean goes_on = sentence->n_triggers > 0 && at == last + 1
                         && sentence->triggers[sentence->n_triggers - 1].kind == word->kind;
      if (!goes_on && sentence->n_triggers < MOST_TRIGGERS)
        sentence->triggers[sentence->n_triggers++] = (Trigger) { word->kind, at, FALSE };
      last = at + bytes;
    }
    if (word != NULL)
      mind_word (sentence, word, clause);
    if (word != NULL && word->kind == HEDDLE_WORD_ASKS && is_last (asker, sentence, at + bytes))
      sentence->asks = TRUE;
    doubt = word != NULL && (doubts (word, clause) || (doubt && joins (word)));
    clause = word != NULL && (joins (word)
                              || (clause && word->kind == HEDDLE_WORD_COURTESY
                                  && word->value != HEDDLE_COURTESY_NONE));
    idle = word != NULL && word->kind == HEDDLE_WORD_COURTESY && word->value == HEDDLE_COURTESY_IDLE
               ? TRUE
               : idle && !(word != NULL && word->kind == HEDDLE_WORD_AND);
    sentence->words++;
    if (word != NULL && word->kind == HEDDLE_WORD_COMMITMENT && !fits && !joins (word))
      bytes = 0; /* "I am writing to ask": a phrase may begin with its second word */
    at += bytes;
    gboolean unspaced = bytes == 0 && heddle_unspaced_at (asker->text + at, sentence->end - at);
    if (unspaced)
      at = (gsize) (g_utf8_next_char (asker->text + at) - asker->text);
    if (bytes == 0 && !unspaced)
      at = token_end (asker->text, sentence->end, at);
  }
}

/* Courtesy takes back the trigger before it, or behind it when it comes first. */
static void
mind_courtesy (Sentence *sentence)
{
  for (guint i = 0; i < sentence->n_triggers; i++) {
    if (sentence->triggers[i].kind != HEDDLE_WORD_COURTESY)
      continue;
    guint other = i > 0 ? i - 1 : i;
    while (i > 0 && other > 0 && sentence->triggers[other].kind == HEDDLE_WORD_COURTESY)
      other--;
    if (i == 0)
      while (other + 1 < sentence->n_triggers
             && sentence->triggers[other].kind == HEDDLE_WORD_COURTESY)
        other++;
    sentence->triggers[other].dead = TRUE;
  }
}

static guint
count_live (const Sentence *sentence, HeddleWordKind kind)
{
  guint count = 0;
  for (guint i = 0; i < sentence->n_triggers; i++)
    count += sentence->triggers[i].kind == kind && !sentence->triggers[i].dead;
  return count;
}

static gboolean
has_courtesy (const Sentence *sentence)
{
  for (guint i = 0; i < sentence->n_triggers; i++)
    if (sentence->triggers[i].kind == HEDDLE_WORD_COURTESY)
      return TRUE;
  return FALSE;
}

/* "until Friday" says how long something lasts, not when it will be done. */
static gboolean
lasts (const Asker *asker, const HeddleWhenPlace *place)
{
  const HeddleWord *word
      = heddle_words_at (asker->tables->words, asker->text + place->at.start,
                         asker->length - place->at.start, BIT (HEDDLE_WORD_BY), NULL);
  return word != NULL && (word->value & HEDDLE_TERM_DUE) == 0;
}

/* The last day that the sentence names, not before the message's own; else in *@ret_day
 * the one day that it speaks of, "I will call you tomorrow", NULL when there are more. */
static const HeddleWhenPlace *
due_of (Asker *asker, Sentence *sentence, const HeddleWhenPlace **ret_day)
{
  const HeddleWhenPlace *due = NULL, *day = NULL;
  guint days = 0;

  for (; asker->next_place < asker->places->len; asker->next_place++) {
    const HeddleWhenPlace *place
        = &g_array_index (asker->places, HeddleWhenPlace, asker->next_place);
    if (place->at.start >= sentence->end)
      break;
    if (place->at.start < sentence->start)
      continue;
    const HeddleWall *last = place->has_to ? &place->to : &place->from;
    if (asker->reference != NULL
        && heddle_wall_days (last) < heddle_wall_days (asker->reference))
      continue;
    if (place->due)
      due = place;
    else if (days++ == 0)
      day = place;
  }
  sentence->dated = due != NULL || days > 0;
  *ret_day = days == 1 && !lasts (asker, day) ? day : NULL;
  return due;
}

/* --- actions --------------------------------------------------------------------------------- */

static guint
line_of (const HeddleTextMap *map, gsize offset)
{
  guint low = 0, high = map != NULL && map->lines != NULL ? map->lines->len : 0;

  if (high == 0)
    return 0;
  while (low + 1 < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (map->lines, HeddleTextLine, middle).offset <= offset)
      low = middle;
    else
      high = middle;
  }
  return g_array_index (map->lines, HeddleTextLine, low).line;
}

static void
add_action (Asker *asker, const Sentence *sentence, HeddleActionKind kind,
            const HeddleWhenPlace *due)
{
  gsize start = sentence->start;

  if (asker->actions->len >= asker->most)
    return;
  while (start < sentence->end
         && (strchr ("-*", asker->text[start]) != NULL || g_ascii_isspace (asker->text[start])))
    start++;
  HeddleAction *action = g_new0 (HeddleAction, 1);
  action->kind = kind;
  action->text = heddle_fold_blanks (asker->text + start, sentence->end - start);
  action->has_due = due != NULL;
  if (due != NULL)
    action->due = due->has_to ? due->to : due->from;
  action->span.first = line_of (asker->map, start);
  action->span.last = line_of (asker->map, sentence->end - 1);
  g_ptr_array_add (asker->actions, action);
}

static void
ask_sentence (gsize start, gsize end, gpointer user_data)
{
  Asker *asker = user_data;
  Sentence sentence = { .start = start, .end = end };
  const HeddleWhenPlace *day, *due = due_of (asker, &sentence, &day), *when;

  if (end - start > LONGEST_SENTENCE)
    return;
  skip_at (asker, start);
  sentence.asks = ends_in_question (asker, &sentence);
  find_triggers (asker, &sentence);
  mind_courtesy (&sentence);

  gboolean request = count_live (&sentence, HEDDLE_WORD_REQUEST) > 0;
  gboolean commitment = !sentence.asks && !sentence.conditional
                        && count_live (&sentence, HEDDLE_WORD_COMMITMENT) > 0;
  gboolean question
      = sentence.asks && !request && sentence.words > 1 && !has_courtesy (&sentence);
  when = due != NULL ? due : day;
  if (request)
    add_action (asker, &sentence, HEDDLE_ACTION_REQUEST, when);
  if (question)
    add_action (asker, &sentence, HEDDLE_ACTION_QUESTION, due);
  if (commitment)
    add_action (asker, &sentence, HEDDLE_ACTION_COMMITMENT, request ? NULL : when);
  if (!request && !question && !commitment && due != NULL)
    add_action (asker, &sentence, HEDDLE_ACTION_DEADLINE, due);
}

GPtrArray *
heddle_asks_find (const HeddleTables *tables, const char *text, gsize length,
                  const HeddleGlance *glance, const HeddleTextMap *map,
                  const HeddleWall *reference, const GArray *covered, const GArray *places,
                  guint most)
{
  Asker asker = { .tables = tables, .text = text, .length = length, .glance = glance, .map = map,
                  .reference = reference, .places = places, .most = most };

  asker.actions = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_action_free);
  asker.skip = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
  if (covered->len > 0)
    g_array_append_vals (asker.skip, covered->data, covered->len);
  add_quotations (asker.skip, text, length);
  g_array_sort (asker.skip, compare_ranges);
  heddle_sentences_each (tables, text, length, ask_sentence, &asker);
  g_array_unref (asker.skip);
  return asker.actions;
}
