/* SPDX-License-Identifier: MIT */
/* People, as attributions and inline headers write them.
 *
 * A text is cut into pieces: words, an address (bare, in "<>", "[mailto:]" or
 * "(mailto:)"), a redaction, separators. A person is a run of pieces: at most one
 * name and one address, either of which a redaction may stand for. A released
 * header has no separators between people at all; there a person ends with the
 * address or its redaction, and whatever follows begins the next.
 *
 * Quirks met: Outlook's "[mailto:…]" and "<mailto:…>" behind an address, "X on
 * behalf of Y" (Y wrote), a list's "Y via List", an address that stands as name too, Yahoo
 * Groups' "<ana@...>"; what stands around a name is person-name.c's.
 *
 * Not handled: RFC 5322 comments and groups of real header fields, which mail.c
 * leaves to GMime.
 */
#include "parser/redaction.h"
#include "parser/scan.h"

#include <string.h>

enum {
  LONGEST_ADDRESS = 320,
  LONGEST_QUOTE = 256
};

typedef enum {
  PIECE_END,
  PIECE_WORD,      /* or punctuation that belongs to a name */
  PIECE_ADDRESS,   /* a mail address without brackets */
  PIECE_BRACKET,   /* what stands in "<>", "[]" or "()" as an address, or in its place */
  PIECE_REDACTION, /* bare; one in "<>" is a BRACKET that is withheld */
  PIECE_QUOTE,     /* words in double quotation marks */
  PIECE_SEMICOLON,
  PIECE_COMMA,
  PIECE_BEHALF,
  PIECE_VIA
} PieceKind;

typedef struct {
  PieceKind kind;
  gsize start, end; /* bytes of the text, brackets and quotation marks included */
  gsize from, to;   /* within them: the address or the words */
  gboolean withheld;
} Piece;

/* --- pieces -------------------------------------------------------------------------- */

static gboolean
is_address_byte (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80
         || (c != '\0' && strchr (".!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* Whether [@text, @length) as a whole is an address: a local part, "@" and a domain of
 * letters, digits, "-", "." that has an inner dot or is an IP literal. */
static gboolean
is_address (const char *text, gsize length)
{
  const char *at = g_strrstr_len (text, (gssize) length, "@");

  if (at == NULL || at == text || length > LONGEST_ADDRESS)
    return FALSE;
  for (const char *p = text; p < at; p++)
    if (!is_address_byte (*p))
      return FALSE;
  gsize domain = length - (gsize) (at + 1 - text);
  const char *d = at + 1;
  if (domain > 2 && d[0] == '[' && d[domain - 1] == ']')
    return TRUE;
  gboolean dot = FALSE;
  for (gsize i = 0; i < domain; i++) {
    if (!g_ascii_isalnum (d[i]) && (guchar) d[i] < 0x80 && d[i] != '-' && d[i] != '.')
      return FALSE;
    dot = dot || (d[i] == '.' && i > 0 && i + 1 < domain);
  }
  return dot;
}

/* Bytes of "mailto:", or of Exchange's and cc:Mail's "SMTP:", before an address. */
static gsize
mailto_at (const char *text, gsize length)
{
  if (length > 7 && g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    return 7;
  return length > 5 && g_ascii_strncasecmp (text, "smtp:", 5) == 0 ? 5 : 0;
}

/* Lotus and Exchange write by which domain an address from outside came in behind it:
 * "ana@example.org@HELPLINE": bytes of the address, 0 when it is not so written. */
static gsize
routed_address (const char *text, gsize length)
{
  const char *at = memchr (text, '@', length);
  const char *second = at != NULL ? memchr (at + 1, '@', length - (gsize) (at + 1 - text)) : NULL;

  return second != NULL && is_address (text, (gsize) (second - text)) ? (gsize) (second - text)
                                                                      : 0;
}

/* "<…>", "[…]" or "(…)" around an address or a redaction; "<…>" around anything, since an
 * X.500 path or half an address stands in the address's place too. */
static gboolean
bracket_piece (const HeddleTables *tables, const char *text, gsize length, gsize at, Piece *ret)
{
  char end = text[at] == '<' ? '>' : text[at] == '[' ? ']' : ')';
  gssize stop = heddle_find_near (text + at, length - at, end, LONGEST_ADDRESS);
  gsize redaction = heddle_redaction_one (tables, text + at, length - at);

  if (redaction > 0) {
    *ret = (Piece) { text[at] == '<' ? PIECE_BRACKET : PIECE_REDACTION, at, at + redaction, at,
                     at, TRUE };
    return TRUE;
  }
  if (stop < 0)
    return FALSE;
  gsize inner = text[at] == '<' ? heddle_redaction_one (tables, text + at + 1, length - at - 1) : 0;
  if (inner > 0 && inner >= (gsize) stop) { /* its own ">" is the first: "<<name removed>@example.org>" */
    gsize rest = at + 1 + inner;
    gssize close = heddle_find_near (text + rest, length - rest, '>', LONGEST_ADDRESS);
    gsize word = close < 0 ? 0 : strcspn (text + rest, " \t<>");
    gsize to = close >= 0 && word == (gsize) close ? rest + word + 1 : rest;
    *ret = (Piece) { PIECE_BRACKET, at, to, at, at, TRUE };
    return TRUE;
  }

  HeddleScan scan = { text, at + (gsize) stop, at + 1 };
  gboolean withheld = FALSE;
  heddle_scan_blanks (&scan);
  gsize mailto = mailto_at (text + scan.at, scan.length - scan.at);
  scan.at += mailto;
  gsize from = scan.at, to = scan.length;
  while (to > from && g_ascii_isspace (text[to - 1]))
    to--;
  /* "<a@b<mailto:a@b>>": a link made text, within the brackets. */
  const char *again = memchr (text + from, '<', to - from);
  if (again != NULL && is_address (text + from, (gsize) (again - text) - from)) {
    to = (gsize) (again - text);
    if (at + (gsize) stop + 1 < length && text[at + (gsize) stop + 1] == '>')
      stop++;
  }
  const char *query = memchr (text + from, '?', to - from);
  if (mailto > 0 && query != NULL)
    to = (gsize) (query - text);
  /* "(b)(6)@example.org"; only in brackets that surely stand in an address's place */
  withheld = to - from > 4 && memcmp (text + to - 4, "@...", 4) == 0; /* Yahoo Groups */
  for (gsize i = from; i < to && !withheld && (end == '>' || mailto > 0); i++)
    withheld = heddle_redaction_one (tables, text + i, to - i) > 0;
  if (end != '>' && mailto == 0 && !withheld && !is_address (text + from, to - from))
    return FALSE;
  *ret = (Piece) { PIECE_BRACKET, at, at + (gsize) stop + 1, from, to, withheld };
  return TRUE;
}

static void
word_piece (const HeddleTables *tables, const char *text, gsize length, gsize at, Piece *ret)
{
  gsize end = at, bytes;
  const HeddleWord *word = heddle_words_at (
      tables->words, text + at, length - at,
      HEDDLE_WORD_BIT (HEDDLE_WORD_BEHALF) | HEDDLE_WORD_BIT (HEDDLE_WORD_VIA), &bytes);

  if (word != NULL) {
    *ret = (Piece) { word->kind == HEDDLE_WORD_VIA ? PIECE_VIA : PIECE_BEHALF, at, at + bytes, at,
                     at + bytes, FALSE };
    return;
  }
  while (end < length && heddle_blank_at (text + end, length - end) == 0 && text[end] != ';'
         && text[end] != ',' && text[end] != '<' && text[end] != '"' && text[end] != '['
         && (text[end] != '(' || end == at))
    end++;
  if (end == at)
    end++; /* a bracket or quotation mark that does not close */
  if (end == at + 1 && text[at] == '@') /* "@ HELPLINE" is one way, see is_route() */
    while (end < length && (text[end] == ' ' ? end == at + 1 : strchr (",;<\"[(", text[end]) == NULL))
      end++;
  gsize from = at + mailto_at (text + at, end - at), to = end;
  while (to > from && (text[to - 1] == '.' || text[to - 1] == ':' || text[to - 1] == ')'
                       || text[to - 1] == ']' || text[to - 1] == '>'))
    to--;
  /* Outlook: "'ana@example.org'" */
  if (to - from > 2 && text[from] == '\'' && text[to - 1] == '\''
      && is_address (text + from + 1, to - from - 2))
    from++, to--;
  gsize routed = routed_address (text + from, to - from);
  if (routed > 0)
    to = from + routed;
  gboolean address = is_address (text + from, to - from);
  *ret = (Piece) { address ? PIECE_ADDRESS : PIECE_WORD, at, end, address ? from : at,
                   address ? to : end, FALSE };
}

/* The piece at or behind @at. */
static void
next_piece (const HeddleTables *tables, const char *text, gsize length, gsize at, Piece *ret)
{
  gsize bytes;

  while (at < length && (bytes = heddle_blank_at (text + at, length - at)) > 0)
    at += bytes;
  *ret = (Piece) { PIECE_END, length, length, length, length, FALSE };
  if (at >= length)
    return;
  if (text[at] == ';' || text[at] == ',') {
    *ret = (Piece) { text[at] == ';' ? PIECE_SEMICOLON : PIECE_COMMA, at, at + 1, at, at + 1,
                     FALSE };
    return;
  }
  if (text[at] == '"') {
    gssize stop = heddle_find_near (text + at + 1, length - at - 1, '"', LONGEST_QUOTE);
    if (stop >= 0) {
      gsize to = at + 1 + (gsize) stop;
      gboolean withheld = heddle_redaction_fills (tables, text + at + 1, to - at - 1);
      *ret = (Piece) { withheld ? PIECE_REDACTION : PIECE_QUOTE, at, to + 1, at + 1, to,
                       withheld };
      return;
    }
  }
  /* "(<ana@example.org>)": Yahoo in Chinese */
  gboolean twice = text[at] == '(' && at + 1 < length && text[at + 1] == '<';
  if ((text[at] == '<' || text[at] == '[' || text[at] == '(')
      && bracket_piece (tables, text, length, at + twice, ret)) {
    if (twice && ret->end < length && text[ret->end] == ')') {
      ret->start = at;
      ret->end++;
    }
    return;
  }
  if ((bytes = heddle_redaction_one (tables, text + at, length - at)) > 0) {
    *ret = (Piece) { PIECE_REDACTION, at, at + bytes, at, at + bytes, TRUE };
    return;
  }
  word_piece (tables, text, length, at, ret);
}

/* "@HELPLINE" behind an address: the way that it came. */
static gboolean
is_route (const char *text, const Piece *piece)
{
  return piece->kind == PIECE_WORD && text[piece->start] == '@';
}

/* --- one person ------------------------------------------------------------------------ */

typedef struct {
  GString *name;
  char *address;
  gboolean redacted;
  gboolean via; /* what follows names a list */
} Draft;

static void
draft_clear (Draft *draft)
{
  g_string_truncate (draft->name, 0);
  g_clear_pointer (&draft->address, g_free);
  draft->redacted = draft->via = FALSE;
}

/* "<Ana Ruiz>" with nothing before it: Google Groups in Chinese writes names so. */
static gboolean
is_name_in_brackets (const char *text, gsize length)
{
  return g_unichar_isalpha (g_utf8_get_char (text)) && memchr (text, '@', length) == NULL
         && memchr (text, '/', length) == NULL && memchr (text, '=', length) == NULL
         && memchr (text, ':', length) == NULL;
}

static void
draft_add (Draft *draft, const char *text, const Piece *piece)
{
  const char *inner = text + piece->from;
  gsize bytes = piece->to - piece->from;

  if (piece->withheld) {
    draft->redacted = TRUE;
    return;
  }
  switch (piece->kind) {
  case PIECE_ADDRESS:
  case PIECE_BRACKET:
    if (draft->address == NULL && is_address (inner, bytes)) {
      const char *at = g_strrstr_len (inner, (gssize) bytes, "@");
      g_autofree char *local = g_strndup (inner, (gsize) (at - inner));
      g_autofree char *domain = g_utf8_strdown (at, (gssize) (inner + bytes - at));
      draft->address = g_strconcat (local, domain, NULL);
    } else if (piece->start == 0 && bytes > 0 && is_name_in_brackets (inner, bytes)) {
      g_string_append_len (draft->name, inner, (gssize) bytes);
    }
    break;
  case PIECE_COMMA: /* "Ruiz, Ana" */
    if (draft->name->len > 0 && !draft->via)
      g_string_append_c (draft->name, ',');
    break;
  case PIECE_WORD:
  case PIECE_QUOTE:
    if (draft->via || (draft->address != NULL && is_route (text, piece)))
      break;
    if (bytes == 1 && strchr ("()[]", *inner) != NULL) /* "Ana Ruiz (<ana@example.org>)" */
      break;
    if (draft->name->len > 0)
      g_string_append_c (draft->name, ' ');
    g_string_append_len (draft->name, inner, (gssize) bytes);
    break;
  case PIECE_BEHALF: /* who came before only sent it */
    draft_clear (draft);
    break;
  case PIECE_VIA:
    draft->via = draft->name->len > 0;
    break;
  default:
    break;
  }
}

HeddlePerson *
heddle_person_read (const HeddleTables *tables, const char *text, gsize length)
{
  Draft draft = { g_string_new (NULL), NULL, FALSE, FALSE };
  HeddlePerson *person = NULL;
  Piece piece;

  for (gsize at = 0;; at = piece.end) {
    next_piece (tables, text, length, at, &piece);
    if (piece.kind == PIECE_END)
      break;
    draft_add (&draft, text, &piece);
  }

  g_autofree char *name = heddle_name_tidy (draft.name);
  g_autofree char *raw = heddle_fold_blanks (text, length);
  if (draft.address == NULL && (name == NULL || g_ascii_strncasecmp (name, "/o=", 3) == 0)) {
    char *common = heddle_name_common (raw, strlen (raw));
    if (common != NULL) {
      g_free (name);
      name = common;
    }
  }
  if (name != NULL && draft.address != NULL && g_ascii_strcasecmp (name, draft.address) == 0)
    g_clear_pointer (&name, g_free);
  if (name != NULL || draft.address != NULL || draft.redacted)
    person = heddle_person_new (name, draft.address, draft.redacted, raw);
  draft_clear (&draft);
  g_string_free (draft.name, TRUE);
  return person;
}

/* --- a list ----------------------------------------------------------------------------- */

typedef struct {
  const HeddleTables *tables;
  const char *text;
  gsize start, end; /* of the person being gathered; start == end: nothing yet */
  gboolean name, address, withheld_name;
  guint words; /* of the name */
  GPtrArray *people;
  guint most;
} Gather;

static void
gather_clear (Gather *gather)
{
  gather->start = gather->end = 0;
  gather->name = gather->address = gather->withheld_name = FALSE;
  gather->words = 0;
}

static void
gather_end (Gather *gather)
{
  if (gather->end > gather->start && gather->people->len < gather->most) {
    HeddlePerson *person = heddle_person_read (gather->tables, gather->text + gather->start,
                                               gather->end - gather->start);
    if (person != NULL)
      g_ptr_array_add (gather->people, person);
  }
  gather_clear (gather);
}

static void
gather_take (Gather *gather, const Piece *piece)
{
  if (gather->end == gather->start)
    gather->start = piece->start;
  gather->end = piece->end;
}

/* Whether the comma at @at parts a last name from a first one: the person so far is a
 * single word, and the next separator comes only after an address in brackets. */
static gboolean
comma_within_name (const Gather *gather, gsize length, gsize at)
{
  guint words = 0;

  if (gather->words != 1 || gather->address || gather->withheld_name)
    return FALSE;
  for (guint looked = 0; looked < 6; looked++) {
    Piece piece;
    next_piece (gather->tables, gather->text, length, at, &piece);
    if (piece.kind == PIECE_BRACKET)
      return words > 0 && words < 4;
    if (piece.kind != PIECE_WORD)
      return FALSE;
    words++;
    at = piece.end;
  }
  return FALSE;
}

static gboolean
has_semicolons (const HeddleTables *tables, const char *text, gsize length)
{
  Piece piece;

  for (gsize at = 0;; at = piece.end) {
    next_piece (tables, text, length, at, &piece);
    if (piece.kind == PIECE_SEMICOLON || piece.kind == PIECE_END)
      return piece.kind == PIECE_SEMICOLON;
  }
}

static void
gather_piece (Gather *gather, const Piece *piece, gsize length, gboolean semicolons)
{
  switch (piece->kind) {
  case PIECE_SEMICOLON:
    gather_end (gather);
    return;
  case PIECE_COMMA:
    /* In a list by semicolons a comma stands within a name. */
    if (gather->address || gather->withheld_name
        || !(semicolons || comma_within_name (gather, length, piece->end)))
      gather_end (gather);
    else if (gather->name)
      gather_take (gather, piece);
    return;
  case PIECE_REDACTION:
    if (gather->address || gather->withheld_name)
      gather_end (gather);
    if (gather->name)
      gather->address = TRUE;
    else
      gather->withheld_name = TRUE;
    break;
  case PIECE_BRACKET:
    if (gather->address && piece->withheld)
      gather_end (gather);
    gather->address = TRUE; /* a second one repeats the first: "a@b<mailto:a@b>" */
    break;
  case PIECE_ADDRESS:
    if (gather->address)
      gather_end (gather);
    gather->address = TRUE;
    break;
  case PIECE_BEHALF:
    gather->address = gather->withheld_name = gather->name = FALSE;
    break;
  default:
    if (gather->address && is_route (gather->text, piece))
      break;
    if (gather->address || gather->withheld_name)
      gather_end (gather);
    if (gather->text[piece->end - 1] == ':') { /* "undisclosed-recipients:;": a group's name */
      gather_clear (gather);
      return;
    }
    gather->name = TRUE;
    gather->words++;
    break;
  }
  gather_take (gather, piece);
}

GPtrArray *
heddle_person_read_list (const HeddleTables *tables, const char *text, gsize length, guint most)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_person_free);
  Gather gather = { .tables = tables, .text = text, .people = people, .most = most };
  gboolean semicolons = has_semicolons (tables, text, length);
  Piece piece;

  for (gsize at = 0; people->len < most; at = piece.end) {
    next_piece (tables, text, length, at, &piece);
    if (piece.kind == PIECE_END)
      break;
    gather_piece (&gather, &piece, length, semicolons);
  }
  gather_end (&gather);
  return people;
}
