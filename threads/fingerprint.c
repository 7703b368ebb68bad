/* SPDX-License-Identifier: MIT */
/* threads/fingerprint: what of a text survives re-wrapping and re-quoting.
 *
 * Only folded letters and digits count, run together: white space, quote marks,
 * punctuation and list marks fall away, and with them every change that a
 * client's line wrapping makes. URLs are left out, since scanners rewrite them,
 * and so are the places of pictures ("[cid:…]") and marks of withheld words.
 *
 * Accents are what a wrong charset destroys ("café" comes as "caf?", "cafÃ©", "cafe"),
 * so the measures count *bones*: letters without the Latin vowels and without what
 * is beyond ASCII in Latin script. Scripts that have no ASCII letters count whole;
 * a text of which more is spoilt than left says nothing at all.
 *
 * Three measures: hashes of the whole and of both ends at doubling lengths find
 * exact, truncated and extended copies; the least hashes of all windows of 12
 * bones (a bottom-k sketch) say how much two texts have in common where words
 * within were blacked out or damaged.
 *
 * It does not see that a text was translated or its middle left out, and loses a
 * script beyond Latin that came in a wrong charset. */
#include "threads/fingerprint.h"

#include <string.h>

#define POINT_FIRST 10u
#define EDGE 28u
#define WINDOW 12u
/* Spoilt characters below this wreck no text: "What???". */
#define LOST_MIN 4u
#define ROLL G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
/* The longest "[cid:…]" or "[redacted …]" that is taken for one. */
#define BRACKET_MAX 256u
/* Letters that a text shows for each place that it withholds, to be known by them. */
#define SHOWN_LEAST 6u

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

  if (*p != 'h' && *p != 'w' && *p != 'm')
    return 0; /* most words */
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

/* Stands for a withheld place where such places are wanted; no letter. */
#define GAP '\001'

/* Append what counts of @text, already folded, with @gaps each withheld place too. It is no
 * longer than @text, so there is room for it beforehand. */
static void
letters_append (GString *out, const char *text, gboolean gaps, guint *redactions)
{
  const char *p = text;
  gboolean bar = FALSE, word = FALSE;
  gsize before = out->len;
  g_string_set_size (out, before + strlen (text));
  char *to = out->str + before;

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
          *to++ = (char) c;
      } else {
        word = FALSE;
        if ((skip = exemption_length (p)) > 0)
          withheld = TRUE;
        else
          skip = bracket_length (p, &withheld);
      }
      if (withheld) {
        (*redactions)++;
        if (gaps)
          *to++ = GAP;
      }
      p += MAX (skip, 1);
    } else {
      gunichar u = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);

      word = g_unichar_isalnum (u) || g_unichar_ismark (u);
      if (word) {
        memcpy (to, p, (gsize) (next - p));
        to += next - p;
      }
      /* Black bars: a run of U+2588 FULL BLOCK is one withheld place. */
      if (u == 0x2588 && !bar) {
        (*redactions)++;
        if (gaps)
          *to++ = GAP;
      }
      bar = u == 0x2588;
      p = next;
    }
  }
  g_string_set_size (out, (gsize) (to - out->str));
}

/* What a text, or a part of it, comes to. */
typedef struct {
  GString *letters, *bones;
  guint redactions;
  guint accents, lost; /* characters that a charset may spoil, and that one has */
} Script;

static void
script_init (Script *script, gsize size)
{
  memset (script, 0, sizeof *script);
  script->letters = g_string_sized_new (size);
  script->bones = g_string_sized_new (size);
}

static void
script_clear (Script *script)
{
  g_string_free (script->letters, TRUE);
  g_string_free (script->bones, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Script, script_clear)

static gboolean
is_ascii (const char *text)
{
  for (; *text; text++) {
    if ((guchar) *text >= 0x80)
      return FALSE;
  }
  return TRUE;
}

/* Latin beyond ASCII, and the signs that its bytes turn into when they are read in
 * another charset. */
static gboolean
is_accented (gunichar u)
{
  return (u >= 0x80 && u < 0x370) || (u >= 0x1e00 && u < 0x1f00) || (u >= 0x2000 && u < 0x2200)
         || u == 0xfffd;
}

/* @text without accented letters, those in two characters too. */
static char *
without_accents (const char *text, Script *script)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    gunichar u = g_utf8_get_char (p);

    if (!is_accented (u)) {
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
      continue;
    }
    if (u == 0xfffd)
      script->lost++;
    else if (g_unichar_isalpha (u) || g_unichar_ismark (u))
      script->accents++;
    if (u >= 0x300 && u < 0x370 && out->len > 0 && g_ascii_isalpha (out->str[out->len - 1]))
      g_string_truncate (out, out->len - 1);
  }
  return g_string_free (out, FALSE);
}

/* Append the letters of @folded that are no vowels of ASCII. */
static void
bones_append (GString *bones, const char *letters, gsize length)
{
  gsize before = bones->len;
  g_string_set_size (bones, before + length);
  char *to = bones->str + before;

  for (gsize i = 0; i < length; i++) {
    switch (letters[i]) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'y':
      break;
    default:
      *to++ = letters[i];
    }
  }
  g_string_set_size (bones, (gsize) (to - bones->str));
}

/* A question mark within a word, or beside another, stands where a letter was. */
static guint
count_lost (const char *text)
{
  guint lost = 0;

  for (const char *p = strchr (text, '?'); p; p = strchr (p + 1, '?'))
    lost += p[1] == '?' || (guchar) p[1] >= 0x80 || g_ascii_isalpha (p[1])
            || (p > text && p[-1] == '?');
  return lost;
}

static void
script_append (Script *script, const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  gboolean ascii = is_ascii (copy);
  g_autofree char *folded = ascii ? g_ascii_strdown (copy, -1) : heddle_text_fold (copy);
  gsize before = script->letters->len;

  script->lost += count_lost (copy);
  letters_append (script->letters, folded, FALSE, &script->redactions);
  if (ascii) {
    bones_append (script->bones, script->letters->str + before, script->letters->len - before);
  } else {
    g_autofree char *plain = without_accents (copy, script);
    g_autofree char *plain_folded = heddle_text_fold (plain);
    g_autoptr (GString) kept = g_string_sized_new (strlen (plain_folded));
    guint marks = 0;

    letters_append (kept, plain_folded, FALSE, &marks);
    bones_append (script->bones, kept->str, kept->len);
  }
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
print_bones (HeddleFingerprint *print, const char *bones, gsize n)
{
  gsize edge = MIN (n, EDGE), length = POINT_FIRST;
  const char *end = bones + n;

  print->bones = (guint) MIN (n, G_MAXUINT);
  print->full = heddle_fingerprint_hash (bones, n);
  print->head = heddle_fingerprint_hash (bones, edge);
  print->tail = heddle_fingerprint_hash (end - edge, edge);
  for (guint i = 0; i < HEDDLE_FINGERPRINT_POINTS && length <= n; i++, length *= 2) {
    print->front[i] = (guint32) heddle_fingerprint_hash (bones, length);
    print->back[i] = (guint32) heddle_fingerprint_hash (end - length, length);
    print->points = i + 1;
  }
  sketch_make (print, (const guint8 *) bones, n);
}

/* The letters between the ends count, or all of them where that is next to nothing:
 * a bare "Thanks, Ana" is all sign-off. */
void
heddle_fingerprint_make (const HeddleMessage *message, HeddleFingerprint *ret)
{
  const char *text = message->text ? message->text : "";
  gsize length = strlen (text), start, end, letters, bones, letters_end, bones_end;
  g_auto (Script) script = { 0 };

  memset (ret, 0, sizeof *ret);
  script_init (&script, length);
  body_extent (message, &start, &end);
  script_append (&script, text, start);
  letters = script.letters->len;
  bones = script.bones->len;
  if (letters > 0 && script.redactions == 0)
    ret->greeting = heddle_fingerprint_hash (script.bones->str, bones);
  script_append (&script, text + start, end - start);
  letters_end = script.letters->len;
  bones_end = script.bones->len;
  script_append (&script, text + end, length - end);
  if (letters_end - letters < HEDDLE_FINGERPRINT_SHORT) {
    letters = bones = 0;
    letters_end = script.letters->len;
    bones_end = script.bones->len;
  }
  ret->letters = (guint) MIN (letters_end - letters, G_MAXUINT);
  ret->redactions = script.redactions;
  ret->fragile = script.accents > 0 || script.lost > 0;
  ret->wrecked = (script.lost >= LOST_MIN && script.lost > ret->letters)
                 || (bones_end == bones && script.accents >= LOST_MIN);
  ret->exact = heddle_fingerprint_hash (script.letters->str + letters, letters_end - letters);
  print_bones (ret, script.bones->str + bones, bones_end - bones);
  /* Most texts have nothing but what is between the ends. */
  ret->whole_exact = letters_end - letters == script.letters->len
                         ? ret->exact
                         : heddle_fingerprint_hash (script.letters->str, script.letters->len);
  ret->whole_bones = bones_end - bones == script.bones->len
                         ? ret->full
                         : heddle_fingerprint_hash (script.bones->str, script.bones->len);
}

char *
heddle_fingerprint_letters (const char *text)
{
  g_auto (Script) script = { 0 };

  script_init (&script, strlen (text));
  script_append (&script, text, strlen (text));
  return g_strdup (script.letters->str);
}

/* @letters from where @piece ends in it, NULL where it does not stand there. */
static const char *
behind_piece (const char *letters, const char *piece, gboolean at_start)
{
  gsize length = strlen (piece);
  const char *found = at_start ? (strncmp (letters, piece, length) == 0 ? letters : NULL)
                               : strstr (letters, piece);
  return found ? found + length : NULL;
}

gboolean
heddle_fingerprint_uncovers (const char *open, const char *withheld)
{
  g_autofree char *letters = heddle_fingerprint_letters (open);
  g_autofree char *folded = heddle_text_fold (withheld);
  g_autoptr (GString) marked = g_string_sized_new (strlen (folded));
  const char mark[] = { GAP, '\0' };
  const char *at = letters;
  gsize seen = 0;
  guint gaps = 0;

  letters_append (marked, folded, TRUE, &gaps);
  g_auto (GStrv) pieces = g_strsplit (marked->str, mark, -1);
  for (guint i = 0; pieces[i] && at; i++) {
    at = behind_piece (at, pieces[i], i == 0);
    seen += strlen (pieces[i]);
  }
  return at != NULL && gaps > 0 && seen >= HEDDLE_FINGERPRINT_SHORT && seen >= SHOWN_LEAST * gaps;
}

/* --- comparing ------------------------------------------------------------------ */

/* Whether about a quarter of all windows or more are common to both, by their
 * sketches: each word blacked out spoils some twenty windows on either side, and
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

/* Where only vowels differ, a long text is the same ("Mueller" for "Müller"), a short
 * one if a charset may have had its way with it. */
static gboolean
same (const HeddleFingerprint *a, const HeddleFingerprint *b)
{
  if (a->letters == b->letters && a->exact == b->exact)
    return TRUE;
  return a->bones > 0 && a->bones == b->bones && a->full == b->full
         && (MIN (a->letters, b->letters) >= HEDDLE_FINGERPRINT_SHORT || a->fragile || b->fragile);
}

HeddleTextRelation
heddle_fingerprint_compare (const HeddleFingerprint *a, const HeddleFingerprint *b)
{
  guint points = MIN (a->points, b->points);

  if (a->letters == 0 || b->letters == 0)
    return HEDDLE_TEXT_UNKNOWN;
  if (same (a, b))
    return HEDDLE_TEXT_SAME;
  if (a->wrecked || b->wrecked)
    return HEDDLE_TEXT_UNKNOWN;
  if (points > 0
      && (a->front[points - 1] == b->front[points - 1] || a->back[points - 1] == b->back[points - 1]))
    return HEDDLE_TEXT_PARTIAL;
  if (MIN (a->letters, b->letters) >= HEDDLE_FINGERPRINT_LONG && mostly_common (a, b))
    return HEDDLE_TEXT_PARTIAL;
  return HEDDLE_TEXT_DIFFERENT;
}

gboolean
heddle_fingerprint_reads_alike (const HeddleFingerprint *a, const HeddleFingerprint *b)
{
  if (a->redactions != b->redactions)
    return FALSE;
  return a->whole_exact == b->whole_exact
         || (a->whole_bones == b->whole_bones && (a->fragile || b->fragile));
}
