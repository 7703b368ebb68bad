/* SPDX-License-Identifier: MIT */
/* signer: names at the ends of a message. The author's name is a set of words, of the
 * display name and of the address ("ana.ruiz@"), folded; a line names the author when
 * its words are among them, or short forms ("Jeff", "Rob": the first three letters and
 * little else differ; shortname.c has the others), or their initials ("AR").
 */
#include "parser/charset.h"
#include "parser/scan.h"
#include "parser/zoning.h"

#include <string.h>

#define NAME_WORDS 4096 /* of all people in a chain */
#define UNSPACED_NAME 6 /* characters of a name in Han or Hangul */
#define KANA_NAME 14
#define PEOPLE 64       /* of one field */
#define AUTHOR_WORDS 32 /* of one author; more is an attack */
#define SIGNED_WORDS 5  /* in a line that only names the author */
#define HOUSE_LEAST 4   /* bytes of a domain's label that may be the name of a house */
#define JOINING 3       /* bytes of a word that joins names */

struct _HeddleZoneNames {
  const GPtrArray *messages;
  GHashTable *words; /* (nullable) of char *, folded */
};

HeddleZoneNames *
heddle_zone_names_new (const GPtrArray *messages)
{
  HeddleZoneNames *names = g_new0 (HeddleZoneNames, 1);
  names->messages = messages;
  return names;
}

void
heddle_zone_names_free (HeddleZoneNames *names)
{
  if (names == NULL)
    return;
  g_clear_pointer (&names->words, g_hash_table_unref);
  g_free (names);
}

/* The word at *@at of text that is cut at everything that is no letter: its bytes, 0
 * at the end. */
static gsize
next_word (const char **at, const char *end)
{
  const char *p = *at;
  while (p < end && !g_unichar_isalpha (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  *at = p;
  while (p < end && (g_unichar_isalpha (g_utf8_get_char (p)) || *p == '\''))
    p = g_utf8_next_char (p);
  return (gsize)(p - *at);
}

/* Words of ASCII are most, and need no tables of Unicode. (transfer full) */
static char *
fold_word (const char *word, gsize length)
{
  return heddle_is_ascii (word, length) ? g_ascii_strdown (word, (gssize)length)
                                        : g_utf8_casefold (word, (gssize)length);
}

typedef void (*WordFunc) (char *word, gpointer user_data); /* word: (transfer full) */

static void
each_word (const char *text, const char *stop, WordFunc func, gpointer user_data)
{
  const char *at = text, *end = stop;
  gsize length;
  for (; (length = next_word (&at, end)) > 0; at += length)
    func (fold_word (at, length), user_data);
}

static void
each_word_of (const HeddlePerson *person, WordFunc func, gpointer user_data)
{
  if (person == NULL)
    return;
  if (person->name != NULL)
    each_word (person->name, person->name + strlen (person->name), func, user_data);
  const char *sign = person->address != NULL ? strchr (person->address, '@') : NULL;
  if (sign != NULL)
    each_word (person->address, sign, func, user_data);
}

/* Each word once. */
static void
add_word (char *word, gpointer user_data)
{
  GPtrArray *words = user_data;
  gboolean known = words->len >= AUTHOR_WORDS;
  for (guint i = 0; i < words->len && !known; i++)
    known = strcmp (words->pdata[i], word) == 0;
  if (known)
    g_free (word);
  else
    g_ptr_array_add (words, word);
}

static GPtrArray *
author_words (HeddleZoning *zoning)
{
  if (zoning->author == NULL) {
    const char *name = zoning->from != NULL ? zoning->from->name : NULL;
    const char *comma = name != NULL ? strchr (name, ',') : NULL;
    zoning->author = g_ptr_array_new_with_free_func (g_free);
    if (comma != NULL) /* "Ruiz, Ana": initials begin with hers */
      each_word (comma, comma + strlen (comma), add_word, zoning->author);
    each_word_of (zoning->from, add_word, zoning->author);
  }
  return zoning->author;
}

gboolean
heddle_author_is_known (HeddleZoning *zoning)
{
  return author_words (zoning)->len > 1;
}

static gsize
common (const char *a, const char *b)
{
  gsize n = 0;
  while (a[n] != '\0' && a[n] == b[n])
    n++;
  return n;
}

/* "jeff" of "jeffrey", "dave" of "david". */
static gboolean
is_short_form (const char *word, const char *name)
{
  gsize same = common (word, name), length = strlen (word);
  return same >= 3 && length - same <= 1 && (length > same || length <= strlen (name));
}

/* "donohoo" in "kdonohoo", "perlin…" in "dperlin": an initial and a name, cut where the
 * mailer's names end. */
static gboolean
is_behind_initial (const char *word, const char *name)
{
  gsize length = strlen (name);
  return length > 4 && strlen (word) > 3 && strncmp (name + 1, word, length - 1) == 0;
}

/* "志明" of "黃志明", "田中" of "田中花子": a name without blanks is one word. */
static gboolean
is_part_of_unspaced (const char *word, const char *name)
{
  gsize length = strlen (word), whole = strlen (name);
  return length >= 6 && whole > length && heddle_unspaced_at (name, whole)
         && heddle_unspaced_at (word, length)
         && (g_str_has_prefix (name, word) || g_str_has_suffix (name, word));
}

static gboolean
is_listed_form (const char *word, const char *name)
{
  guint n;
  const HeddleShortName *rows = heddle_short_names (word, &n);
  for (guint i = 0; i < n; i++)
    if (strcmp (rows[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_word_of_author (HeddleZoning *zoning, const char *word)
{
  GPtrArray *author = author_words (zoning);
  for (guint i = 0; i < author->len; i++)
    if (strcmp (word, author->pdata[i]) == 0 || is_short_form (word, author->pdata[i])
        || is_short_form (author->pdata[i], word) || is_listed_form (word, author->pdata[i])
        || is_behind_initial (word, author->pdata[i])
        || is_part_of_unspaced (word, author->pdata[i]))
      return TRUE;
  return FALSE;
}

/* "ar" of "ana", "ruiz"; "amr" of "ana", "maria", "ruiz". */
static gboolean
is_initials (HeddleZoning *zoning, const char *word)
{
  GPtrArray *author = author_words (zoning);
  gsize length = strlen (word);
  guint at = 0;
  if (length < 2 || length > 4)
    return FALSE;
  for (gsize i = 0; i < length; i++, at++) {
    while (at < author->len && ((const char *)author->pdata[at])[0] != word[i])
      at++;
    if (at >= author->len || (i == 0 && at != 0))
      return FALSE;
  }
  return TRUE;
}

/* "Ana Ruiz" where the author is only known as "aruiz". */
static gboolean
makes_word (HeddleZoning *zoning, const char *text, const char *end)
{
  GPtrArray *author = author_words (zoning);
  const char *first = text, *last;
  gsize n = next_word (&first, end), rest;
  last = first + n;
  if (n == 0 || (rest = next_word (&last, end)) == 0)
    return FALSE;
  gsize initial = (gsize)(g_utf8_next_char (first) - first);
  g_autofree char *joined
      = g_strdup_printf ("%.*s%.*s", (int)initial, first, (int)rest, last);
  g_autofree char *word = g_utf8_casefold (joined, -1);
  for (guint i = 0; i < author->len; i++)
    if (strcmp (word, author->pdata[i]) == 0)
      return TRUE;
  return FALSE;
}

gboolean
heddle_is_author (HeddleZoning *zoning, const char *text, gsize length, guint *ret_words)
{
  const char *at = text, *end = text + length;
  guint words = 0, hits = 0, letters = 0;
  gsize n;
  if (length == 0 || !heddle_fits (text, length, HEDDLE_SHORT_LINE) || memchr (text, ':', length) != NULL
      || memchr (text, '?', length) != NULL || memchr (text, '@', length) != NULL
      || author_words (zoning)->len == 0)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]))
      return FALSE;
  for (; (n = next_word (&at, end)) > 0; at += n) {
    g_autofree char *word = fold_word (at, n);
    gboolean hit = is_word_of_author (zoning, word);
    if (++words > SIGNED_WORDS)
      return FALSE;
    hits += hit;
    letters += !hit && g_utf8_strlen (word, -1) == 1; /* a middle initial */
    if (words == 1 && !hit && length <= 6 && is_initials (zoning, word))
      hits++;
  }
  if (ret_words != NULL)
    *ret_words = words;
  if (words == 2 && hits < words && makes_word (zoning, text, end))
    return TRUE;
  if (hits == 0)
    return FALSE;
  return hits + letters == words
         || (words > 1 && hits * 2 >= words && heddle_is_name_like (zoning, text, length, 6));
}

/* The longest label of the domain in the author's address. */
static const char *
house_of (const HeddlePerson *from, gsize *ret_length)
{
  const char *at = from != NULL && from->address != NULL ? strrchr (from->address, '@') : NULL;
  const char *house = NULL;
  *ret_length = 0;
  while (at != NULL && *at != '\0') {
    gsize n = strcspn (++at, ".");
    if (n > *ret_length) {
      house = at;
      *ret_length = n;
    }
    at += n;
  }
  return *ret_length >= HOUSE_LEAST ? house : NULL;
}

gboolean
heddle_names_house (const HeddleZoning *zoning, const char *text, gsize length)
{
  gsize n;
  const char *house = house_of (zoning->from, &n);
  if (house == NULL || length > HEDDLE_SHORT_LINE)
    return FALSE;
  for (gsize i = 0; i + n <= length; i++)
    if ((i == 0 || text[i - 1] == ' ') && g_ascii_strncasecmp (text + i, house, n) == 0)
      return TRUE;
  return FALSE;
}

static void
add_known (char *word, gpointer user_data)
{
  HeddleZoneNames *names = user_data;
  if (g_hash_table_size (names->words) < NAME_WORDS && strlen (word) > 1)
    g_hash_table_add (names->words, word);
  else
    g_free (word);
}

static void
read_names (HeddleZoneNames *names)
{
  names->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint m = 0; m < names->messages->len; m++) {
    const HeddleMessage *message = names->messages->pdata[m];
    const GPtrArray *lists[] = { message->to, message->cc };
    each_word_of (message->from, add_known, names);
    for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
      for (guint p = 0; p < lists[l]->len && p < PEOPLE; p++)
        each_word_of (lists[l]->pdata[p], add_known, names);
  }
}

/* @word or a name that it is short for. */
static gboolean
is_known_word (HeddleZoneNames *names, const char *word)
{
  guint n;
  const HeddleShortName *rows = heddle_short_names (word, &n);
  for (guint i = 0; i < n; i++)
    if (g_hash_table_contains (names->words, rows[i].name))
      return TRUE;
  return g_hash_table_contains (names->words, word);
}

gboolean
heddle_is_known_name (HeddleZoning *zoning, const char *text, gsize length)
{
  HeddleZoneNames *names = zoning->names;
  const char *at = text, *end = text + length;
  guint words = 0;
  gboolean joined = FALSE; /* the last word joins names: "and", "und" */
  gsize n;
  if (names->words == NULL)
    read_names (names);
  for (; (n = next_word (&at, end)) > 0; at += n) {
    g_autofree char *word = fold_word (at, n);
    gboolean joins = words > 0 && !joined && n <= JOINING && g_ascii_islower (*at);
    if (++words > 6)
      return FALSE;
    joined = joins && !is_known_word (names, word);
    if (!joined && (!is_known_word (names, word) || is_word_of_author (zoning, word)))
      return FALSE;
  }
  return words > 0 && !joined;
}

/* Whether a run of a script without blanks may be a name: its characters are few, and none
 * of them is a mark. Japanese writes foreign names in kana, "アナ・ルイス". */
static gboolean
is_unspaced_name (const char *text, gsize length)
{
  guint kana = 0, others = 0;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if ((c >= 0x30a1 && c <= 0x30ff) || c == 0xff65)
      kana++;
    else if (g_unichar_isalpha (c))
      others++;
    else
      return FALSE;
  }
  return others <= UNSPACED_NAME && kana <= KANA_NAME;
}

gboolean
heddle_is_name_like (const HeddleZoning *zoning, const char *text, gsize length, guint most)
{
  const char *p = text, *end = text + length;
  guint words = 0;
  while (p < end) {
    gsize n = heddle_redaction_at (zoning->view->tables, p, (gsize)(end - p));
    if (n > 0) {
      p += n;
    } else if (*p == '&' || *p == '/') {
      p++;
    } else {
      gunichar c = g_utf8_get_char (p);
      const char *start = p;
      while (p < end && *p != ' ' && *p != ',')
        p++;
      gboolean joins = p - start <= 3 && !g_unichar_isdigit (c);
      if (!g_unichar_isalpha (c) || (g_unichar_islower (c) && !joins))
        return FALSE;
      if (heddle_unspaced_at (start, (gsize)(p - start))
          && !is_unspaced_name (start, (gsize)(p - start)))
        return FALSE;
      if (p[-1] == ':' || p[-1] == '?' || p[-1] == '!' || p[-1] == ';')
        return FALSE;
    }
    words++;
    while (p < end && (*p == ' ' || *p == ','))
      p++;
  }
  return words > 0 && words <= most;
}
