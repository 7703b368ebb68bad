/* SPDX-License-Identifier: MIT */
/* caption: lines that say what a file shows, tied to the file.
 *
 * People list their screen shots by the part of the name that differs: "12.13.29 PM - a
 * personal mail" below or above "<Screen Shot 2018-04-10 at 12.13.29 PM.png>". Of each
 * name the keys are noted by which a line may mean it: the whole name; the name without
 * its ending if that begins with a letter and has a digit; behind a date, the clock that
 * ends it, with or without the date and "PM". A key that two names share means neither.
 * A line's beginning up to a dash, a colon or "=" is then looked up.
 *
 * A day alone is no key, since chronicles are written like captions ("2018-04-10 - the
 * hearing"). Not handled: captions by number ("1. …", "first picture"), or behind the
 * file without a dash.
 */
#include "parser/caption.h"

#include "parser/scan.h"

#include <string.h>

enum {
  KEY_MOST = 160,  /* bytes of a line up to the dash */
  SIGNS_MOST = 8,  /* dashes and colons of a line that are tried */
  KEY_LEAST = 5,   /* bytes of a key that is not the whole name */
  WRAPPED = 50,    /* bytes of a line that may go on in the next one */
  LINES_MOST = 8,  /* of a caption */
  NAME_MOST = 255, /* as attached.c and content.c allow */
  TWO_FILES = -1,
};

/* --- names as they are compared -------------------------------------------------------- */

static gboolean
is_digit (char c)
{
  return g_ascii_isdigit (c);
}

/* @text in lower case; blanks and "_" as one blank, the signs within dates and clocks as
 * ".", and a blank where a digit and a letter meet as "12.13.29PM" and "午後12.13" have
 * them. @key holds NAME_MOST * 2 + 1 bytes. */
static gsize
fold_key (const char *text, gsize length, char *key)
{
  gsize n = 0;

  for (gsize at = 0; at < length && n < (gsize) NAME_MOST * 2 - 2;) {
    char c = g_ascii_tolower (text[at]), last = n > 0 ? key[n - 1] : ' ';
    gsize blank = heddle_blank_at (text + at, length - at);
    at += MAX (blank, 1);
    if (blank > 0 || c == '_') {
      if (last == '.')
        n--;
      if (n > 0 && key[n - 1] != ' ')
        key[n++] = ' ';
    } else if (strchr (".:-", c) != NULL) {
      if (last != ' ' && last != '.')
        key[n++] = '.';
    } else {
      gboolean letter = !is_digit (c) && (g_ascii_isalpha (c) || (guchar) c >= 0x80);
      if ((letter && is_digit (last)) || (is_digit (c) && (guchar) last >= 0x80))
        key[n++] = ' ';
      key[n++] = c;
    }
  }
  while (n > 0 && (key[n - 1] == ' ' || key[n - 1] == '.'))
    n--;
  key[n] = '\0';
  return n;
}

/* "12.13", "12.13.29" or six digits and more. */
static gboolean
is_clock (const char *key)
{
  gsize digits = strspn (key, "0123456789");

  if (digits >= 6)
    return TRUE;
  return (digits == 1 || digits == 2) && key[digits] == '.' && is_digit (key[digits + 1])
         && is_digit (key[digits + 2]) && !is_digit (key[digits + 3]);
}

static void
note (GHashTable *keys, const char *key, gsize length, int file)
{
  g_autofree char *own = g_strndup (key, length);
  gpointer known;

  if (g_hash_table_lookup_extended (keys, own, NULL, &known) && GPOINTER_TO_INT (known) != file)
    file = TWO_FILES;
  g_hash_table_replace (keys, g_steal_pointer (&own), GINT_TO_POINTER (file));
}

/* @key from @from on, and the same without the "PM" at its end. */
static void
note_tail (GHashTable *keys, const char *key, gsize from, gsize length, int file)
{
  gsize end = length;

  if (length - from < KEY_LEAST)
    return;
  note (keys, key + from, length - from, file);
  while (end > from && !is_digit (key[end - 1]) && key[end - 1] != '(' && key[end - 1] != ')')
    end--;
  if (end < length && end - from >= KEY_LEAST && is_digit (key[end - 1]))
    note (keys, key + from, end - from, file);
}

/* Where in @key the clock begins that ends it, behind a year or a whole date; 0 for none. */
static gsize
clock_of (const char *key)
{
  gsize row = 0, clock = 0;
  gboolean dated = FALSE;

  for (gsize at = 0; key[at] != '\0'; at++) {
    gboolean begins = at > 0 && is_digit (key[at]) && (key[at - 1] == ' ' || key[at - 1] == '.');
    if (begins && dated && is_clock (key + at)
        && (key[at - 1] == ' ' || strspn (key + at, "0123456789") >= 6))
      clock = at;
    row = is_digit (key[at]) ? row + 1 : 0;
    dated |= row >= 4;
  }
  return clock;
}

static void
note_name (GHashTable *keys, const char *name, int file)
{
  char key[NAME_MOST * 2 + 1];
  const char *dot = strrchr (name, '.');
  gsize length = MIN (strlen (name), NAME_MOST);

  gsize bytes = fold_key (name, length, key);
  if (bytes == 0)
    return;
  note (keys, key, bytes, file);
  if (dot == NULL || dot == name || (gsize) (dot - name) > length)
    return;
  bytes = fold_key (name, (gsize) (dot - name), key);
  gsize clock = clock_of (key);
  if (clock == 0) {
    if (bytes > 0 && !is_digit (key[0]) && strpbrk (key, "0123456789") != NULL)
      note_tail (keys, key, 0, bytes, file);
    return;
  }
  gsize word = clock - 1; /* "午後" stands before the clock */
  while (word > 0 && key[word - 1] != ' ')
    word--;
  for (gsize at = 0; at <= clock; at++)
    if (at == 0 || at == clock || at == word || (key[at - 1] == ' ' && is_digit (key[at])))
      note_tail (keys, key, at, bytes, file);
}

/* (nullable) (transfer full) */
static GHashTable *
keys_of (const GPtrArray *attachments, gboolean parts_alone)
{
  GHashTable *keys = NULL;

  for (guint i = 0; i < attachments->len; i++) {
    const HeddleAttachment *one = g_ptr_array_index (attachments, i);
    if (one->name == NULL || (parts_alone && one->kind != HEDDLE_ATTACHMENT_PART))
      continue;
    if (keys == NULL)
      keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    note_name (keys, one->name, (int) i);
  }
  return keys;
}

/* --- lines ------------------------------------------------------------------------------- */

/* Where a line may look for its file, the nearest first. */
typedef struct {
  const HeddleTables *tables;
  struct {
    GHashTable *keys; /* (nullable) */
    const GPtrArray *files;
  } places[3];
} Shelf;

static HeddleAttachment *
shelf_find (const Shelf *shelf, const char *text, gsize length)
{
  char key[NAME_MOST * 2 + 1];
  gpointer file;

  if (length > KEY_MOST || fold_key (text, length, key) == 0)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (shelf->places); i++)
    if (shelf->places[i].keys != NULL
        && g_hash_table_lookup_extended (shelf->places[i].keys, key, NULL, &file))
      return GPOINTER_TO_INT (file) == TWO_FILES
                 ? NULL
                 : g_ptr_array_index (shelf->places[i].files, GPOINTER_TO_INT (file));
  return NULL;
}

/* The bytes of a dash that begins @text; no hyphen within a word. */
static gsize
dash_at (const char *text, gsize length)
{
  static const char *const dashes[] = { "-", "\342\200\223", "\342\200\224", "\342\200\225", "=" };

  for (gsize i = 0; i < G_N_ELEMENTS (dashes); i++)
    if (length > strlen (dashes[i]) && strncmp (text, dashes[i], strlen (dashes[i])) == 0
        && heddle_blank_at (text + strlen (dashes[i]), length - strlen (dashes[i])) > 0)
      return strlen (dashes[i]);
  return 0;
}

/* The bytes of what parts a caption from its file at @at. */
static gsize
sign_at (const char *line, gsize length, gsize at)
{
  HeddleScan scan = { line, length, at };

  if (at > 0 && heddle_scan_sign (&scan, ':'))
    return scan.at < length
                   && (line[at] != ':' || heddle_blank_at (line + scan.at, length - scan.at) > 0)
               ? scan.at - at
               : 0;
  gboolean apart = at > 0 && (line[at - 1] == ' ' || line[at - 1] == '\t' || line[at - 1] == '>'
                              || line[at - 1] == ']' || (guchar) line[at - 1] >= 0x80);
  return apart ? dash_at (line + at, length - at) : 0;
}

/* Past "- ", "• ", "3. ", "b) " and "Attachment: ". */
static gsize
lead_of (const Shelf *shelf, const char *line, gsize length)
{
  HeddleScan scan = { line, length, 0 };
  gsize bytes = 0;

  heddle_scan_blanks (&scan);
  gsize begin = scan.at;
  if (g_str_has_prefix (line + begin, "\342\200\242"))
    scan.at += 3;
  else if (begin < length && strchr ("-*+", line[begin]) != NULL)
    scan.at++;
  else {
    while (scan.at < length && scan.at - begin < 3 && g_ascii_isalnum (line[scan.at]))
      scan.at++;
    if (!heddle_scan_char (&scan, ')') && !heddle_scan_char (&scan, '.'))
      scan.at = begin;
  }
  if (scan.at > begin && !heddle_scan_blanks (&scan))
    scan.at = begin;
  if (scan.at < length
      && heddle_words_at (shelf->tables->words, line + scan.at, length - scan.at,
                          HEDDLE_WORD_BIT (HEDDLE_WORD_ATTACHED), &bytes)
             != NULL) {
    HeddleScan label = { line, length, scan.at + bytes };
    heddle_scan_blanks (&label);
    if (heddle_scan_sign (&label, ':')) {
      heddle_scan_blanks (&label);
      return label.at;
    }
  }
  return scan.at;
}

/* The file that @line describes, and where its words begin. */
static HeddleAttachment *
file_of_line (const Shelf *shelf, const char *line, gsize length, gsize *ret_words)
{
  gsize begin = lead_of (shelf, line, length), signs = 0;

  for (gsize at = begin; at < length && at - begin < KEY_MOST && signs < SIGNS_MOST; at++) {
    gsize bytes = sign_at (line, length, at);
    if (bytes == 0)
      continue;
    signs++;
    gsize from = begin, end = at;
    while (end > from && heddle_ascii[(guchar) line[end - 1] & 0x7f] & HEDDLE_IS_BLANK)
      end--;
    if (end - from > 2
        && ((line[from] == '<' && line[end - 1] == '>')
            || (line[from] == '[' && line[end - 1] == ']'))) {
      from++;
      end--;
    }
    HeddleAttachment *file = shelf_find (shelf, line + from, end - from);
    if (file == NULL)
      continue;
    *ret_words = at + bytes;
    return file;
  }
  return NULL;
}

static void
add_caption (HeddleAttachment *file, const char *words, gsize length)
{
  g_autofree char *folded = heddle_fold_blanks (words, length);

  if (*folded == '\0')
    return;
  g_autofree char *before = g_steal_pointer (&file->caption);
  file->caption = before != NULL ? g_strconcat (before, " ", folded, NULL)
                                 : g_steal_pointer (&folded);
}

static void
read_text (const Shelf *shelf, const char *text)
{
  HeddleAttachment *open = NULL;
  gsize lines = 0, words;

  for (const char *line = text; *line != '\0';) {
    gsize length = strcspn (line, "\n");
    gsize lead = strspn (line, " \t");
    HeddleAttachment *file = file_of_line (shelf, line, length, &words);
    if (file != NULL) {
      add_caption (file, line + words, length - words);
      lines = 1;
    } else if (open != NULL && lead < length && strchr ("<[-*", line[lead]) == NULL
               && lines++ < LINES_MOST) {
      add_caption (open, line, length);
      file = open;
    }
    open = file != NULL && length >= WRAPPED ? file : NULL;
    line += length + (line[length] == '\n');
  }
}

static void
drop_keys (gpointer keys)
{
  if (keys != NULL)
    g_hash_table_unref (keys);
}

void
heddle_captions_tie (const HeddleTables *tables, HeddleChain *chain)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (drop_keys);
  const HeddleMessage *mail = g_ptr_array_index (chain->messages, 0);
  GHashTable *parts = keys_of (mail->attachments, TRUE);
  gboolean any = FALSE;

  for (guint m = 0; m < chain->messages->len; m++) {
    const HeddleMessage *message = g_ptr_array_index (chain->messages, m);
    GHashTable *keys = keys_of (message->attachments, FALSE);
    any |= keys != NULL;
    g_ptr_array_add (own, keys);
  }
  for (guint m = 0; any && m < chain->messages->len; m++) {
    const HeddleMessage *message = g_ptr_array_index (chain->messages, m);
    Shelf shelf = { tables, { { own->pdata[m], message->attachments }, { NULL, NULL },
                              { parts, mail->attachments } } };
    if (message->parent >= 0 && (guint) message->parent < chain->messages->len) {
      const HeddleMessage *parent = g_ptr_array_index (chain->messages, message->parent);
      shelf.places[1].keys = own->pdata[message->parent];
      shelf.places[1].files = parent->attachments;
    }
    if (shelf.places[0].keys != NULL || shelf.places[1].keys != NULL || parts != NULL)
      read_text (&shelf, message->text);
  }
  g_clear_pointer (&parts, g_hash_table_unref);
}
