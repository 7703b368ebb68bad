/* SPDX-License-Identifier: MIT */
/* alternative: whether two texts of a multipart/alternative say the same (RFC 2046 5.1.4).
 *
 * Each is a set of words, as 32-bit hashes in one small table, with a bit for each text
 * that has the word. One pass over the bytes of either, nothing is allocated, and words
 * beyond MOST are not looked at in either. Of HTML only what is shown counts, as far as
 * tags tell without being read: no comments, no style sheets, nothing hidden by its own
 * element.
 *
 * What a client adds to one of them is no difference: addresses of links, the names of
 * images. Words beyond ASCII are passed over, since the two may differ in charset.
 *
 * Not handled: scripts without blanks and alphabets other than Latin, for which nothing
 * is said; the order of words.
 */
#include "config.h"

#include "parser/alternative.h"

#include <string.h>

#define SLOTS 4096 /* a power of two */
#define MOST 2048  /* words */
#define LEAST_LETTERS 3
#define FEW 3             /* words that differ in any two renderings of a text */
#define SHARE 40          /* one in so many, too */
#define IMAGE_NAME 200    /* bytes of "[image: …]" */
#define HIDDEN_MOST 65536 /* bytes of text that an element hides */

enum { IN_PLAIN = 1, IN_HTML = 2 };

struct _HeddleAlternative {
  guint32 slots[SLOTS]; /* 0: free */
  guint8 in[SLOTS];
  guint known[4];  /* how many words are in neither, in plain, in HTML, in both */
  gsize ink[2];    /* bytes of words, in plain and in HTML */
  gboolean unsure; /* the bytes are in a charset that is no extension of ASCII */
};

typedef struct { /* the word that is being read */
  guint32 hash;
  guint letters;
  gboolean odd; /* it has others than ASCII */
} Word;

HeddleAlternative *
heddle_alternative_new (void)
{
  return g_new0 (HeddleAlternative, 1);
}

static void
end_word (HeddleAlternative *both, Word *word, guint8 in)
{
  guint32 hash = word->hash | 1;
  gboolean counts = word->letters >= LEAST_LETTERS && !word->odd;

  *word = (Word){ .hash = 2166136261u };
  if (!counts)
    return;
  for (guint i = hash * 2654435761u >> 20;; i = (i + 1) % SLOTS) {
    if (both->slots[i] == 0) {
      if (both->known[IN_PLAIN] + both->known[IN_HTML] + both->known[IN_PLAIN | IN_HTML] == MOST)
        return;
      both->slots[i] = hash;
    } else if (both->slots[i] != hash) {
      continue;
    }
    both->known[both->in[i]] -= both->in[i] != 0;
    both->in[i] |= in;
    both->known[both->in[i]]++;
    return;
  }
}

/* The bytes of a word from @p on, at least one; returns what is behind them. */
static const char *
add_bytes (HeddleAlternative *both, Word *word, const char *p, const char *end, guint8 in)
{
  const char *start = p;
  guint32 hash = word->hash;
  guint letters = 0;

  for (; p < end; p++) {
    if (g_ascii_isalnum (*p)) {
      hash = (hash ^ (guchar)(*p | 0x20)) * 16777619u; /* FNV-1a, of lower case */
      letters++;
    } else if ((guchar)*p >= 0x80) {
      word->odd = TRUE;
    } else {
      break;
    }
  }
  word->hash = hash;
  word->letters += letters;
  both->ink[in == IN_HTML] += (gsize)(p - start);
  return p;
}

static gboolean
is_of_word (char c)
{
  return g_ascii_isalnum (c) || (guchar)c >= 0x80;
}

/* Bytes of an address at @p, which goes on to the next blank, or 0. */
static gsize
address_at (const char *p, const char *end)
{
  gsize n = 0;

  if (!(*p == ':' && end - p > 2 && p[1] == '/' && p[2] == '/') && *p != '@')
    return 0;
  while (p + n < end && (guchar)p[n] > ' ' && p[n] != '<' && p[n] != '>')
    n++;
  return n;
}

void
heddle_alternative_add_plain (HeddleAlternative *both, const char *bytes, gsize length)
{
  Word word = { .hash = 2166136261u };
  const char *end = bytes + length;

  both->unsure |= memchr (bytes, '\033', length) != NULL || memchr (bytes, '\0', length) != NULL;
  for (const char *p = bytes; p < end;) {
    gsize n;

    if (is_of_word (*p)) {
      p = add_bytes (both, &word, p, end, IN_PLAIN);
    } else if ((n = address_at (p, end)) > 0) { /* with the word before it: "https", "ana" */
      word.odd = TRUE;
      end_word (both, &word, IN_PLAIN);
      p += n;
    } else if (*p == '[' && end - p > 7
               && (strncmp (p, "[image", 6) == 0 || strncmp (p, "[cid:", 5) == 0)) {
      const char *close = memchr (p, ']', (gsize)MIN (end - p, IMAGE_NAME));

      end_word (both, &word, IN_PLAIN);
      p = close ? close + 1 : p + 1;
    } else {
      end_word (both, &word, IN_PLAIN);
      p++;
    }
  }
  end_word (both, &word, IN_PLAIN);
}

/* --- HTML ------------------------------------------------------------------------------- */

/* Whether the tag parts words: <b> within one does not. */
static gboolean
parts_words (const char *name, gsize length)
{
  static const char *const inner[]
      = { "a", "b", "i", "u", "s", "em", "font", "span", "strong", "small", "big", "wbr", "o:p",
          "sup", "sub", "mark", "tt", "code" };
  gsize n = 0;

  while (n < length && (g_ascii_isalnum (name[n]) || name[n] == ':'))
    n++;
  for (gsize i = 0; i < G_N_ELEMENTS (inner); i++) /* most differ in their first letter */
    if (n > 0 && (name[0] | 0x20) == inner[i][0]
        && g_ascii_strncasecmp (name, inner[i], n) == 0 && strlen (inner[i]) == n)
      return FALSE;
  return TRUE;
}

/* The last byte of what begins at @p with "<": a tag, a comment, an element without text. */
static const char *
skip_tag (const char *p, const char *end)
{
  static const char *const raw[] = { "<style", "<script", "<title" };
  static const char *const raw_end[] = { "</style", "</script", "</title" };
  const char *close = NULL;

  if (end - p > 4 && memcmp (p, "<!--", 4) == 0) {
    close = memmem (p + 4, (gsize)(end - p) - 4, "-->", 3);
    return close ? close + 2 : end - 1;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (raw); i++)
    if ((p[1] | 0x20) == raw[i][1] && (gsize)(end - p) > strlen (raw[i])
        && g_ascii_strncasecmp (p, raw[i], strlen (raw[i])) == 0) {
      for (close = p + 1; close < end && (close = memchr (close, '<', (gsize)(end - close)));
           close++)
        if ((gsize)(end - close) > strlen (raw_end[i])
            && g_ascii_strncasecmp (close, raw_end[i], strlen (raw_end[i])) == 0)
          break;
      p = close && close < end ? close : end - 1;
      break;
    }
  close = memchr (p, '>', (gsize)(end - p));
  return close ? close : end - 1;
}

/* Whether the element whose tag ends at @close hides its text. */
static gboolean
hides (const char *tag, const char *close)
{
  gsize n = (gsize)(close - tag);

  return n > 20 && memmem (tag, n, "style", 5) != NULL
         && (memmem (tag, n, "display:none", 12) != NULL
             || memmem (tag, n, "display: none", 13) != NULL
             || memmem (tag, n, "mso-hide", 8) != NULL || memmem (tag, n, "max-height:0", 12) != NULL);
}

/* "&nbsp;" and the like part words; "&eacute;" is a letter beyond ASCII. Returns its last
 * byte. */
static const char *
read_entity (HeddleAlternative *both, Word *word, const char *p, const char *end)
{
  static const char *const parting[] = { "nbsp", "amp", "lt", "gt", "quot", "#160", "#39", "apos" };
  const char *q = p + 1;

  while (q < end && q - p < 12 && (g_ascii_isalnum (*q) || *q == '#'))
    q++;
  for (gsize i = 0; i < G_N_ELEMENTS (parting); i++)
    if (strlen (parting[i]) == (gsize)(q - p - 1)
        && memcmp (p + 1, parting[i], (gsize)(q - p - 1)) == 0) {
      end_word (both, word, IN_HTML);
      return q < end && *q == ';' ? q : q - 1;
    }
  if (q == end || *q != ';') {
    end_word (both, word, IN_HTML);
    return p;
  }
  word->odd = TRUE;
  return q;
}

void
heddle_alternative_add_html (HeddleAlternative *both, const char *bytes, gsize length)
{
  Word word = { .hash = 2166136261u };
  const char *end = bytes + length;

  both->unsure |= memchr (bytes, '\033', length) != NULL || memchr (bytes, '\0', length) != NULL;
  for (const char *p = bytes; p < end;) {
    gsize n;

    if (is_of_word (*p)) {
      p = add_bytes (both, &word, p, end, IN_HTML);
    } else if (*p == '<' && end - p > 1 && (g_ascii_isalpha (p[1]) || strchr ("/!?", p[1]) != NULL)) {
      const char *close = skip_tag (p, end);

      const char *name = p + 1 + (p[1] == '/');

      if (parts_words (name, (gsize)(end - name)))
        end_word (both, &word, IN_HTML);
      if (hides (p, close)) { /* up to the next tag: a preheader is one text */
        const char *next = memchr (close, '<', (gsize)MIN (end - close, HIDDEN_MOST));

        close = next ? next - 1 : close;
      }
      p = close + 1;
    } else if (*p == '&') {
      p = read_entity (both, &word, p, end) + 1;
    } else if ((n = address_at (p, end)) > 0) {
      word.odd = TRUE;
      end_word (both, &word, IN_HTML);
      p += n;
    } else {
      end_word (both, &word, IN_HTML);
      p++;
    }
  }
  end_word (both, &word, IN_HTML);
}

/* --- what comes of it ---------------------------------------------------------------------- */

HeddleDifference
heddle_alternative_compare (const HeddleAlternative *both)
{
  guint plain = both->unsure ? 0 : both->known[IN_PLAIN];
  guint html = both->unsure ? 0 : both->known[IN_HTML];
  guint shared = both->unsure ? 0 : both->known[IN_PLAIN | IN_HTML];
  HeddleDifference result = { 0 };

  result.differ = (plain >= FEW && plain * SHARE >= plain + shared)
                  || (html >= FEW && html * SHARE >= html + shared);
  result.plain_cut = html > shared + plain && plain * 4 <= shared;
  result.html_cut = (plain > shared + html && html * 4 <= shared)
                    || (both->ink[1] == 0 && both->ink[0] > 0);
  return result;
}
