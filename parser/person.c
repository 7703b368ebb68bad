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
 * behalf of Y" (Y wrote), a list's "Y via List", Lotus' "Y/Unit/Org@Org", names in
 * quotation marks or asterisks, an address that stands as name too, an X.500 path in the
 * address's place ("/O=…/CN=Y"), Outlook's "Y (E-mail)", supercite's '"AR" == Y', Yahoo
 * Groups' "<ana@...>".
 *
 * Not handled: RFC 5322 comments and groups of real header fields, which mail.c
 * leaves to GMime.
 */
#include "parser/redaction.h"
#include "parser/scan.h"

#include <string.h>

enum {
  LONGEST_ADDRESS = 320,
  LONGEST_QUOTE = 256,
  CITED_MOST = 16,
  DESK_MOST = 24, /* bytes of a desk behind a name, with its brackets */
  SIGN_LEAST = 2, /* of its short sign */
  SIGN_MOST = 8
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

/* Bytes of the name in Lotus' "Ana Ruiz/Help Desk/Example@EXAMPLE", "Ana Ruiz@EXAMPLE". A
 * word with "@" alone could be an address on a host without a domain. */
static gsize
lotus_name (const char *name, gsize length)
{
  const char *slash = memchr (name, '/', length), *at = memchr (name, '@', length);
  const char *bracket = memchr (name, '(', length);

  if (slash != NULL && bracket != NULL && bracket < slash && name[length - 1] == ')')
    return length; /* "Ana Ruiz (she/her)" */
  if (slash != NULL && slash > name && (at == NULL || at > slash)
      && (at != NULL || memchr (slash, ' ', length - (gsize) (slash - name)) == NULL))
    return (gsize) (slash - name);
  if (at != NULL && memchr (name, ' ', (gsize) (at - name)) != NULL && at[-1] != ' '
      && at + 1 < name + length && g_ascii_isalnum (at[1]) && memchr (name, '<', length) == NULL
      && memchr (at, '.', length - (gsize) (at - name)) == NULL)
    return (gsize) (at - name);
  return length;
}

/* Whether a directory put the bracket behind the name: "(E-mail)", "(E-mail 2)" of Outlook's
 * address book, "(2761)", and in "Ruiz, Ana (Legal)", as nobody writes themself, the desk. */
static gboolean
is_of_directory (const char *name, const char *open, gsize length)
{
  const char *end = name + length - 1; /* the bracket that closes */

  if (g_ascii_strncasecmp (open, "(e-mail", 7) == 0)
    return strspn (open + 7, " 0123456789)") >= (gsize) (end + 1 - (open + 7));
  if (strspn (open + 1, "0123456789") == (gsize) (end - (open + 1)))
    return end > open + 1;
  return memchr (name, ',', (gsize) (open - name)) != NULL && end - open <= DESK_MOST
         && memchr (open, ',', (gsize) (end - open)) == NULL
         && memchr (open, '@', (gsize) (end - open)) == NULL;
}

/* Bytes of "Ruiz, Ana" in "Ruiz, Ana - TPX4": the house's short sign of a desk. */
static gsize
before_sign (const char *name, gsize length)
{
  gsize at = length;

  while (at > 0 && (g_ascii_isupper (name[at - 1]) || g_ascii_isdigit (name[at - 1])))
    at--;
  if (length - at < SIGN_LEAST || length - at > SIGN_MOST || at < 3 || name[at - 1] != ' '
      || name[at - 2] != '-' || memchr (name, ',', at) == NULL)
    return length;
  for (at -= 2; at > 0 && name[at - 1] == ' ';)
    at--;
  return at > 0 ? at : length;
}

/* Bytes of the name before what a directory puts behind it. */
static gsize
bare_name (const char *name, gsize length)
{
  const char *open = length > 0 ? g_strrstr_len (name, (gssize) length, " (") : NULL;

  if (open != NULL && open > name && name[length - 1] == ')'
      && is_of_directory (name, open + 1, length))
    return (gsize) (open - name);
  return length > 0 ? before_sign (name, length) : 0;
}

/* The common name of an X.500 path, "/O=EXAMPLE/OU=EU/CN=RECIPIENTS/CN=ARUIZ": its last
 * one; NULL when @text holds no path. */
static char *
common_name (const char *text, gsize length)
{
  gsize at = 0, end;

  if (memchr (text, '/', length) == NULL || g_strstr_len (text, (gssize) length, "/O=") == NULL)
    return NULL;
  for (gsize i = 0; i + 4 < length; i++)
    if (g_ascii_strncasecmp (text + i, "/cn=", 4) == 0)
      at = i + 4;
  for (end = at; end < length && strchr (">/;)]\"", text[end]) == NULL; end++)
    ;
  return at > 0 && end > at ? g_strndup (text + at, end - at) : NULL;
}

/* What mailers put around a name, in ASCII @marks and of other quotation marks. */
static gboolean
is_around (const char *text, const char *marks)
{
  gunichar c = g_utf8_get_char (text);

  if (c < 0x80)
    return strchr (marks, (char) c) != NULL;
  return c == 0xab || c == 0xbb || (c >= 0x201c && c <= 0x201f);
}

/* The name without what mailers put around it; NULL when no letter or digit is left. */
static char *
tidy_name (GString *raw)
{
  g_autofree char *name = heddle_fold_blanks (raw->str, raw->len);
  char *start = name;
  gsize length = strlen (name);
  char *cited = strstr (name, " == "); /* supercite's initials stand before it */

  if (cited != NULL && cited - name < CITED_MOST) {
    start = cited + 4;
    length = strlen (start);
  }
  while (length > 0 && is_around (start, "*'\"_,:;<>[ ")) {
    gsize bytes = (gsize) (g_utf8_next_char (start) - start);
    start += bytes, length -= bytes;
  }
  while (length > 0) {
    const char *last = g_utf8_prev_char (start + length);
    if (!is_around (last, "*'\"_,:;<>[] "))
      break;
    length = (gsize) (last - start);
  }
  length = lotus_name (start, bare_name (start, length));
  for (gsize i = 0; i < length; i++)
    if (heddle_word_at (start + i, length - i) && ((guchar) start[i] & 0xc0) != 0x80)
      return g_strndup (start, length);
  return NULL;
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

  g_autofree char *name = tidy_name (draft.name);
  g_autofree char *raw = heddle_fold_blanks (text, length);
  if (draft.address == NULL && (name == NULL || g_ascii_strncasecmp (name, "/o=", 3) == 0)) {
    char *common = common_name (raw, strlen (raw));
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
