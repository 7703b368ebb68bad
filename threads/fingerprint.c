/* SPDX-License-Identifier: MIT */
/* threads/fingerprint: what of a text survives re-wrapping and re-quoting.
 *
 * Only folded letters and digits count, run together: white space, quote marks,
 * punctuation and list marks fall away, and with them every change that a
 * client's line wrapping makes. URLs are left out, since scanners rewrite them,
 * and so are the places of pictures ("[cid:…]") and marks of withheld words.
 *
 * Three measures: hashes of the whole and of both ends at doubling lengths find
 * exact, truncated and extended copies; the least hashes of all windows of 24
 * letters (a bottom-k sketch) say how much two texts have in common where words
 * within were blacked out or damaged.
 *
 * It does not see that a text was translated or its middle left out. */
#include "threads/fingerprint.h"

#include <string.h>

#define POINT_FIRST 10u
#define EDGE 40u
#define WINDOW 24u
#define ROLL G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
/* The longest "[cid:…]" or "[redacted …]" that is taken for one. */
#define BRACKET_MAX 256u

static guint64
scramble (guint64 x)
{
  x ^= x >> 30;
  x *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x ^= x >> 27;
  x *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

guint64
heddle_fingerprint_hash (gconstpointer bytes, gsize length)
{
  const guint8 *p = bytes;
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ p[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return scramble (hash ^ length);
}

guint64
heddle_fingerprint_mix (guint64 a, guint64 b)
{
  return scramble (a + ROLL * (b + 1));
}

/* --- letters ----------------------------------------------------------------- */

static gboolean
begins (const char *p, const char *word)
{
  return strncmp (p, word, strlen (word)) == 0;
}

/* The length of a URL at @p, 0 for none. It ends where a client would end it. */
static gsize
url_length (const char *p)
{
  static const char *const schemes[] = { "http://", "https://", "www.", "mailto:" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    if (begins (p, schemes[i]))
      return strcspn (p, " \t\r\n<>\"");
  }
  return 0;
}

/* The length of an exemption mark at @p, "(b)(6)" with what follows in brackets,
 * 0 for none. */
static gsize
exemption_length (const char *p)
{
  const char *start = p;

  if (p[0] != '(' || p[1] != 'b' || p[2] != ')')
    return 0;
  p += 3;
  for (guint groups = 0; groups < 4; groups++) {
    const char *q = *p == ' ' ? p + 1 : p;
    gsize inner;

    if (*q != '(')
      break;
    inner = strspn (q + 1, "abcdefghi0123456789");
    if (inner == 0 || inner > 2 || q[1 + inner] != ')')
      break;
    p = q + inner + 2;
  }
  return (gsize) (p - start);
}

/* The length of "[cid:…]", "[image: …]" or "[redacted]" at @p, 0 for none.
 * The scan stops at the next bracket, so all scans together are linear. */
static gsize
bracket_length (const char *p, gboolean *withheld)
{
  static const char *const inside[] = { "cid:", "image", "redact", "withheld", "name withheld" };
  gsize length;

  if (*p != '[' && *p != '(')
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (inside); i++) {
    if (!begins (p + 1, inside[i]))
      continue;
    length = 1 + strcspn (p + 1, "[]()");
    if (length > BRACKET_MAX || (p[length] != ']' && p[length] != ')'))
      return 0;
    *withheld = i >= 2;
    return length + 1;
  }
  return 0;
}

/* Append what counts of @text, already folded. */
static void
letters_append (GString *out, const char *text, guint *redactions)
{
  const char *p = text;
  gboolean bar = FALSE, word = FALSE;

  while (*p) {
    guchar c = (guchar) *p;
    gsize skip = 0;
    gboolean withheld = FALSE;

    if (c < 0x80) {
      bar = FALSE;
      if (g_ascii_isalnum (c)) {
        skip = word ? 0 : url_length (p);
        word = TRUE;
        if (skip == 0)
          g_string_append_c (out, (char) c);
      } else {
        word = FALSE;
        if ((skip = exemption_length (p)) > 0)
          withheld = TRUE;
        else
          skip = bracket_length (p, &withheld);
      }
      if (withheld)
        (*redactions)++;
      p += MAX (skip, 1);
    } else {
      gunichar u = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);

      word = g_unichar_isalnum (u) || g_unichar_ismark (u);
      if (word)
        g_string_append_len (out, p, next - p);
      /* Black bars: a run of U+2588 FULL BLOCK is one withheld place. */
      if (u == 0x2588 && !bar)
        (*redactions)++;
      bar = u == 0x2588;
      p = next;
    }
  }
}

static gboolean
is_ascii (const char *text)
{
  for (; *text; text++) {
    if ((guchar) *text >= 0x80)
      return FALSE;
  }
  return TRUE;
}

static GString *
letters_of (const char *text, gsize length, guint *redactions)
{
  g_autofree char *copy = g_strndup (text, length);
  g_autofree char *folded = is_ascii (copy) ? g_ascii_strdown (copy, -1) : heddle_text_fold (copy);
  GString *out = g_string_sized_new (strlen (folded));

  letters_append (out, folded, redactions);
  return out;
}

/* Where in @text the words between greeting and sign-off stand. */
static void
body_extent (const HeddleMessage *message, gsize *start, gsize *end)
{
  const char *text = message->text ? message->text : "";
  gsize length = strlen (text);

  *start = 0;
  *end = length;
  if (message->greeting && g_str_has_prefix (text, message->greeting))
    *start = strlen (message->greeting);
  if (message->signoff) {
    gsize tail = strlen (message->signoff);
    if (*start + tail <= length && memcmp (text + length - tail, message->signoff, tail) == 0)
      *end = length - tail;
  }
}

/* --- the print ---------------------------------------------------------------- */

static void
sketch_add (HeddleFingerprint *print, guint32 hash)
{
  guint at = print->n_sketch;

  if (at == HEDDLE_FINGERPRINT_SKETCH && hash >= print->sketch[at - 1])
    return;
  while (at > 0 && print->sketch[at - 1] > hash)
    at--;
  if (at > 0 && print->sketch[at - 1] == hash)
    return;
  if (print->n_sketch < HEDDLE_FINGERPRINT_SKETCH)
    print->n_sketch++;
  memmove (print->sketch + at + 1, print->sketch + at,
           (print->n_sketch - 1 - at) * sizeof *print->sketch);
  print->sketch[at] = hash;
}

static void
sketch_make (HeddleFingerprint *print, const guint8 *letters, gsize length)
{
  guint64 hash = 0, power = 1;

  if (length < WINDOW)
    return;
  for (guint i = 0; i < WINDOW; i++)
    power *= ROLL;
  for (gsize i = 0; i < length; i++) {
    hash = hash * ROLL + letters[i] + 1;
    if (i >= WINDOW)
      hash -= power * ((guint64) letters[i - WINDOW] + 1);
    if (i + 1 >= WINDOW)
      sketch_add (print, (guint32) (scramble (hash) >> 32));
  }
}

static void
print_letters (HeddleFingerprint *print, const GString *letters)
{
  gsize edge = MIN (letters->len, EDGE), length = POINT_FIRST;
  const char *end = letters->str + letters->len;

  print->letters = (guint) MIN (letters->len, G_MAXUINT);
  print->full = heddle_fingerprint_hash (letters->str, letters->len);
  print->head = heddle_fingerprint_hash (letters->str, edge);
  print->tail = heddle_fingerprint_hash (end - edge, edge);
  for (guint i = 0; i < HEDDLE_FINGERPRINT_POINTS && length <= letters->len; i++, length *= 2) {
    print->front[i] = (guint32) heddle_fingerprint_hash (letters->str, length);
    print->back[i] = (guint32) heddle_fingerprint_hash (end - length, length);
    print->points = i + 1;
  }
  sketch_make (print, (const guint8 *) letters->str, letters->len);
}

/* The letters of @text between the ends, or of all of it where that is next to
 * nothing: a bare "Thanks, Ana" is all sign-off. */
static GString *
body_letters (const HeddleMessage *message, guint *redactions)
{
  const char *text = message->text ? message->text : "";
  gsize start, end;
  GString *letters;

  body_extent (message, &start, &end);
  letters = letters_of (text + start, end - start, redactions);
  if (letters->len >= HEDDLE_FINGERPRINT_SHORT || end - start == strlen (text))
    return letters;
  g_string_free (letters, TRUE);
  *redactions = 0;
  return letters_of (text, strlen (text), redactions);
}

void
heddle_fingerprint_make (const HeddleMessage *message, HeddleFingerprint *ret)
{
  guint marks = 0;
  GString *letters, *greeting;

  memset (ret, 0, sizeof *ret);
  letters = body_letters (message, &ret->redactions);
  print_letters (ret, letters);
  g_string_free (letters, TRUE);
  if (!message->greeting)
    return;
  greeting = letters_of (message->greeting, strlen (message->greeting), &marks);
  if (greeting->len > 0 && marks == 0)
    ret->greeting = heddle_fingerprint_hash (greeting->str, greeting->len);
  ret->redactions += marks;
  g_string_free (greeting, TRUE);
}

/* --- comparing ------------------------------------------------------------------ */

/* Whether about a quarter of all windows or more are common to both, by their
 * sketches: each word blacked out spoils some thirty windows on either side, and
 * texts that have nothing to do with one another share none. */
static gboolean
mostly_common (const HeddleFingerprint *a, const HeddleFingerprint *b)
{
  guint i = 0, j = 0, seen = 0, common = 0;

  while (seen < HEDDLE_FINGERPRINT_SKETCH && i < a->n_sketch && j < b->n_sketch) {
    if (a->sketch[i] == b->sketch[j]) {
      common++;
      i++;
      j++;
    } else if (a->sketch[i] < b->sketch[j]) {
      i++;
    } else {
      j++;
    }
    seen++;
  }
  return seen > 0 && 4 * common >= seen;
}

HeddleTextRelation
heddle_fingerprint_compare (const HeddleFingerprint *a, const HeddleFingerprint *b)
{
  guint points = MIN (a->points, b->points);

  if (a->letters == 0 || b->letters == 0)
    return HEDDLE_TEXT_UNKNOWN;
  if (a->letters == b->letters && a->full == b->full)
    return HEDDLE_TEXT_SAME;
  if (points > 0
      && (a->front[points - 1] == b->front[points - 1] || a->back[points - 1] == b->back[points - 1]))
    return HEDDLE_TEXT_PARTIAL;
  if (MIN (a->letters, b->letters) >= HEDDLE_FINGERPRINT_LONG && mostly_common (a, b))
    return HEDDLE_TEXT_PARTIAL;
  return HEDDLE_TEXT_DIFFERENT;
}
