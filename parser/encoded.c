/* SPDX-License-Identifier: MIT */
/* encoded: see encoded.h. Charsets are charset.c's: no iconv, whose modules are files
 * that a sandbox would have to let through.
 *
 * Neighbours of one charset with nothing but blanks between them are put together
 * before their charset is undone: many mailers split in the middle of a character,
 * though RFC 2047 5 forbids it. Blanks within a Q-encoded word, a missing padding in a
 * B-encoded one, and words within quoted strings are met, and read.
 *
 * Linear: where a word does not end, none behind it does, and none holds the beginning of
 * another one. Not handled: a word whose
 * text is folded at a place that is neither between words nor within Q.
 */
#include "parser/encoded.h"

#include "parser/charset.h"

#include <string.h>

enum { LONGEST_CHARSET = 40 };

typedef struct { /* an encoded word */
  const char *charset, *text, *end; /* @end: behind its "?=" */
  gsize charset_length, text_length;
  char encoding; /* 'b' or 'q' */
} Word;

static gboolean
is_token (char c)
{
  return c > ' ' && c < 0x7f && strchr ("()<>@,;:\"/[]?.=", c) == NULL;
}

/* The next "=?". strstr() would do, but a sanitizer's measures the whole rest each time. */
static const char *
next_mark (const char *p)
{
  for (; (p = strchr (p, '=')) != NULL; p++)
    if (p[1] == '?')
      return p;
  return NULL;
}

/* The "?=" behind @text; NULL when there is none, or when another word's "=?" stands before
 * it: looking on from each such mark would cost the square of their number. */
static const char *
end_of_text (const char *text, gboolean *ret_barren)
{
  for (const char *p = text; *p != '\0'; p++) {
    if (p[0] == '?' && p[1] == '=')
      return p;
    if (p[0] == '=' && p[1] == '?' && p[2] != '=')
      return NULL;
  }
  *ret_barren = TRUE;
  return NULL;
}

/* The word at @p, "=?"; FALSE when none stands here. @ret_barren: no word that begins
 * behind @p ends either. */
static gboolean
read_word (const char *p, Word *word, gboolean *ret_barren)
{
  const char *q = p + 2, *end;

  word->charset = q;
  while (is_token (*q) && q - word->charset < LONGEST_CHARSET)
    q++;
  word->charset_length = (gsize) (q - word->charset);
  /* RFC 2231 5: a language may stand behind the charset */
  const char *star = memchr (word->charset, '*', word->charset_length);
  if (star != NULL)
    word->charset_length = (gsize) (star - word->charset);
  if (word->charset_length == 0 || *q != '?' || strchr ("bBqQ", q[1]) == NULL || q[1] == '\0'
      || q[2] != '?')
    return FALSE;
  word->encoding = g_ascii_tolower (q[1]);
  word->text = q + 3;
  end = end_of_text (word->text, ret_barren);
  if (end == NULL)
    return FALSE;
  word->text_length = (gsize) (end - word->text);
  word->end = end + 2;
  return word->encoding == 'q' || memchr (word->text, ' ', word->text_length) == NULL;
}

static void
undo_q (const Word *word, GString *bytes)
{
  for (gsize i = 0; i < word->text_length; i++) {
    char c = word->text[i];
    if (c == '=' && i + 2 < word->text_length && g_ascii_isxdigit (word->text[i + 1])
        && g_ascii_isxdigit (word->text[i + 2])) {
      c = (char) (g_ascii_xdigit_value (word->text[i + 1]) << 4
                  | g_ascii_xdigit_value (word->text[i + 2]));
      i += 2;
    } else if (c == '_') {
      c = ' ';
    }
    g_string_append_c (bytes, c);
  }
}

static void
undo_b (const Word *word, GString *bytes)
{
  gsize at = bytes->len;
  int state = 0;
  guint save = 0;

  g_string_set_size (bytes, at + word->text_length + 3);
  gsize n = g_base64_decode_step (word->text, word->text_length, (guchar *) bytes->str + at, &state,
                                  &save);
  if (state != 0) /* padding that is missing */
    n += g_base64_decode_step ("==", (gsize) (4 - ABS (state)) % 3, (guchar *) bytes->str + at + n,
                               &state, &save);
  g_string_set_size (bytes, at + n);
}

/* The words from *@p on that belong together: one charset, blanks at most between. *@p
 * is moved behind them. */
static char *
undo_run (const char **p, const Word *first, gboolean *ret_barren)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autofree char *charset = g_strndup (first->charset, first->charset_length);
  Word word = *first;
  gsize length;

  for (;;) {
    if (word.encoding == 'q')
      undo_q (&word, bytes);
    else
      undo_b (&word, bytes);
    *p = word.end;
    const char *next = word.end + strspn (word.end, " \t\r\n");
    if (*ret_barren || next[0] != '=' || next[1] != '?' || !read_word (next, &word, ret_barren))
      break;
    if (word.charset_length != first->charset_length
        || g_ascii_strncasecmp (word.charset, first->charset, word.charset_length) != 0)
      break;
  }
  return heddle_charset_decode (bytes->str, bytes->len, charset, &length, NULL);
}

static void
hide (GString *out, const char *text, gsize length, gboolean all)
{
  for (gsize i = 0; i < length; i++) {
    gboolean plain = g_ascii_isalnum (text[i]) || ((guchar) text[i] < 0x80 && !all);
    if (text[i] == '_' && (all || text[i + 1] == 'x')) /* the mark itself */
      plain = FALSE;
    if (plain)
      g_string_append_c (out, text[i]);
    else
      g_string_append_printf (out, "_x%02X", (guchar) text[i]);
  }
}

static char *
undo (const char *text, gboolean hidden)
{
  GString *out = g_string_new (NULL);
  gboolean barren = FALSE, behind_word = FALSE;
  const char *p = text;

  while (*p != '\0') {
    const char *mark = barren ? NULL : next_mark (p);
    gsize plain = mark != NULL ? (gsize) (mark - p) : strlen (p);
    Word word;
    const char *before = p;

    p += plain;
    gboolean found = mark != NULL && read_word (p, &word, &barren);
    g_autofree char *decoded = found ? undo_run (&p, &word, &barren) : NULL;
    /* Blanks between words of two charsets belong to neither. */
    gboolean between = found && behind_word && strspn (before, " \t\r\n") >= plain;
    behind_word = found;
    if (!between && hidden)
      hide (out, before, plain, FALSE);
    else if (!between)
      g_string_append_len (out, before, (gssize) plain);
    if (decoded != NULL && hidden)
      hide (out, decoded, strlen (decoded), TRUE);
    else if (decoded != NULL)
      g_string_append (out, decoded);
    if (mark != NULL && !found) { /* "=?" that begins none; hidden, that nobody takes it for one */
      g_string_append (out, hidden ? "_x3D" : "=");
      p++;
    }
  }
  return g_string_free (out, FALSE);
}

char *
heddle_encoded_undo (const char *text)
{
  return undo (text, FALSE);
}

char *
heddle_encoded_hide (const char *text)
{
  return undo (text, TRUE);
}

char *
heddle_encoded_show (const char *hidden)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = hidden; *p != '\0'; p++)
    if (p[0] == '_' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3])) {
      char c = (char) (g_ascii_xdigit_value (p[2]) << 4 | g_ascii_xdigit_value (p[3]));
      g_string_append_c (out, c != '\0' ? c : ' ');
      p += 3;
    } else {
      g_string_append_c (out, *p);
    }
  return g_utf8_make_valid (out->str, (gssize) out->len);
}
