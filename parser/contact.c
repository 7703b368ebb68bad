/* SPDX-License-Identifier: MIT */
/* contact: who wrote, at the end of a run without words of closing: the author's name
 * alone ("Ana", "-Ana", "AR"), or a block of short lines that begins with a name and
 * says where to reach it. A block below the author's full name is a signature with the
 * name; where nothing says who the author is, the line right below the name has to be
 * an address, a link or a number. A desk signs as one: "The Chirper team", or a block of
 * the house whose domain its mail comes from.
 *
 * Not handled: blocks without a name, and of a house that its domain does not name.
 */
#include "parser/zoning.h"

#include <string.h>

#define MOST_CONTACTS 8  /* more are a list of other people's */
#define LONE_NAME 24     /* bytes of a name that nothing else knows */
#define SHORT_NAME 16    /* bytes of one that stands above the full one */
#define PHONE_DIGITS 7   /* at least, of a telephone number */
#define CONTACT_LINE 120 /* bytes */
#define BOX_LINES 20     /* of a signature between rows */
#define HOUSE_LINES 2    /* at least, below the first of a desk's block */

static gboolean
is_date_like (const guint *groups, guint n)
{
  return n == 3 && groups[0] <= 4 && groups[1] <= 2 && groups[2] <= 4
         && groups[0] + groups[1] + groups[2] <= 8;
}

/* A run of digits and what parts them, too long for a date or an amount. */
static gboolean
has_phone (const char *text, gsize length)
{
  for (gsize i = 0; i < length;) {
    guint digits = 0, n = 0, groups[4] = { 0 };
    if (!g_ascii_isdigit (text[i])) {
      i++;
      continue;
    }
    if (i > 0 && (g_ascii_isalpha (text[i - 1]) || text[i - 1] == '#')) {
      while (i < length && g_ascii_isalnum (text[i]))
        i++;
      continue;
    }
    for (; i < length && strchr ("0123456789 -./()", text[i]) != NULL; i++) {
      gboolean digit = g_ascii_isdigit (text[i]);
      digits += digit;
      if (digit && n < G_N_ELEMENTS (groups))
        groups[n]++;
      else if (!digit && g_ascii_isdigit (text[i - 1]))
        n++;
    }
    guint parts = MIN (n + 1, G_N_ELEMENTS (groups));
    while (parts > 0 && groups[parts - 1] == 0)
      parts--;
    if (digits >= PHONE_DIGITS && !is_date_like (groups, parts))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_address (const char *text, gsize length)
{
  const char *at = memchr (text, '@', length);
  return at != NULL && at > text && g_ascii_isalnum (at[-1])
         && memchr (at, '.', length - (gsize)(at - text)) != NULL;
}

/* "x39106", "X-58752": an extension of the house's telephones. */
static gboolean
is_extension (const char *text, gsize length)
{
  gsize lead = 1 + (length > 1 ? strspn (text + 1, ". -") : 0);
  return length > 4 && length <= 10 && g_ascii_tolower (*text) == 'x'
         && strspn (text + lead, "0123456789-") >= length - lead;
}

gboolean
heddle_is_contact_line (const char *text, gsize length)
{
  return length > 0 && length <= 2 * CONTACT_LINE && !heddle_is_said (text, length)
         && (has_address (text, length) || g_strstr_len (text, (gssize)length, "://") != NULL
             || g_strstr_len (text, (gssize)length, "www.") != NULL || has_phone (text, length)
             || is_extension (text, length));
}

static gboolean
may_be_of_block (const char *text, gsize length)
{
  return !heddle_is_said (text, length) && text[length - 1] != ',' && text[length - 1] != '?'
         && (heddle_fits (text, length, HEDDLE_SHORT_LINE) || heddle_is_contact_line (text, length));
}

/* A no-break space that a charset had no place for. */
static gboolean
is_lost_blank (const char *text, gsize length)
{
  return length == 1 && *text == '?';
}

static gboolean
begins_paragraph (const HeddleZoning *zoning, guint k)
{
  gsize length;
  if (k == zoning->first || !heddle_zoning_is_body (zoning, k - 1))
    return TRUE;
  const char *above = heddle_zoning_content (zoning, k - 1, &length);
  return heddle_is_row (above, length) || is_lost_blank (above, length);
}

/* "Ana Ruiz": two to four words, each a name's. */
static gboolean
is_full_name (const HeddleZoning *zoning, const char *text, gsize length)
{
  guint words = 1;
  for (gsize i = 0; i < length; i++) {
    if (strchr ("(),./|0123456789", text[i]) != NULL && text[i] != '.')
      return FALSE;
    words += text[i] == ' ';
  }
  return words > 1 && words <= 4 && heddle_fits (text, length, HEDDLE_SHORT_LINE / 2)
         && g_unichar_isupper (g_utf8_get_char (text))
         && heddle_is_name_like (zoning, text, length, 4);
}

/* "ana" right above "Ana Ruiz". */
static gboolean
is_short_name (const HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  if (length == 0 || !heddle_fits (text, length, SHORT_NAME) || !heddle_zoning_is_body (zoning, k))
    return FALSE;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    if (!g_unichar_isalpha (g_utf8_get_char (p)))
      return FALSE;
  return begins_paragraph (zoning, k);
}

typedef struct {
  guint lines, contacts; /* below the line that is looked at */
  gboolean direct;       /* the line right below says where to reach somebody */
  gboolean house;        /* a line names the author's house */
} Below;

/* "Ask her:": what follows is said. */
static gboolean
announces (const HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  return text[length - 1] == ':';
}

static gboolean
ends_sentence (const HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  return length > 0 && strchr (".?!", text[length - 1]) != NULL;
}

/* "-Ana" and a link or an address alone below it, last: no list of things. */
static gboolean
is_dashed_name (const HeddleZoning *zoning, guint k)
{
  gsize length, below_length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  const char *below = heddle_zoning_content (zoning, k + 1, &below_length);
  guint above = heddle_zoning_before (zoning, k);
  if (length < 4 || !heddle_fits (text, length, SHORT_NAME) || *text != '-'
      || memchr (below, ' ', below_length) != NULL
      || (above < zoning->end && announces (zoning, above)))
    return FALSE;
  for (const char *p = text + 1; p < text + length; p = g_utf8_next_char (p))
    if (!g_unichar_isalpha (g_utf8_get_char (p)))
      return FALSE;
  return g_unichar_isupper (g_utf8_get_char (text + 1));
}

static gboolean
is_signed_above_link (HeddleZoning *zoning, guint k, const Below *below)
{
  gboolean said = zoning->continued || heddle_zoning_before (zoning, k) < zoning->end;
  return said && below->direct && below->lines == 1 && heddle_zoning_is_body (zoning, k + 1)
         && !heddle_author_is_known (zoning) && is_dashed_name (zoning, k);
}

/* The block of a desk: of a colleague, whom the text may be about, it would be one below
 * their name. */
static gboolean
is_of_house (const HeddleZoning *zoning, guint k, const Below *below)
{
  gsize length;
  guint above = heddle_zoning_before (zoning, k);
  const char *text = heddle_zoning_content (zoning, k, &length);
  return above < zoning->end && below->contacts > 0 && below->lines >= HOUSE_LINES
         && (below->house || heddle_names_house (zoning, text, length))
         && may_be_of_block (text, length) && !is_full_name (zoning, text, length)
         && ends_sentence (zoning, above);
}

/* Whether a block may begin with the line @k. */
static gboolean
begins_block (HeddleZoning *zoning, guint k, const Below *below)
{
  gsize length;
  guint words = 0;
  const char *text = heddle_zoning_content (zoning, k, &length);
  if (below->lines == 0)
    return FALSE;
  if (!begins_paragraph (zoning, k) && !is_short_name (zoning, k - 1))
    return below->direct && is_full_name (zoning, text, length) && ends_sentence (zoning, k - 1)
           && heddle_is_author (zoning, text, length, &words) && words > 1;
  gboolean joined = heddle_zoning_is_body (zoning, k + 1);
  gboolean said = heddle_zoning_before (zoning, k) < zoning->end;
  if (heddle_is_author (zoning, text, length, &words))
    return (below->contacts > 0 && (said || (words > 1 && below->lines > 2)))
           || (words > 1 && said && joined);
  if (is_of_house (zoning, k, below))
    return TRUE;
  if (is_signed_above_link (zoning, k, below))
    return TRUE;
  return !heddle_author_is_known (zoning) && said && below->contacts > 0
         && (below->direct || below->lines > 1) && is_full_name (zoning, text, length)
         && !announces (zoning, heddle_zoning_before (zoning, k));
}

/* The line with which the block at the end begins, the run's end when there is none. */
static guint
find_block (HeddleZoning *zoning)
{
  Below below = { 0 };
  guint k = heddle_zoning_before (zoning, zoning->end);
  for (; k < zoning->end && below.lines <= HEDDLE_BLOCK_LINES;
       k = heddle_zoning_before (zoning, k)) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (is_lost_blank (text, length))
      continue;
    if (begins_block (zoning, k, &below))
      return begins_paragraph (zoning, k) || !is_short_name (zoning, k - 1) ? k : k - 1;
    if (!may_be_of_block (text, length))
      break;
    below.direct = heddle_is_contact_line (text, length);
    below.contacts += below.direct;
    below.house = below.house || heddle_names_house (zoning, text, length);
    if (below.contacts > MOST_CONTACTS)
      break;
    below.lines++;
  }
  return zoning->end;
}

/* The last line of what fills lines, with its stop. */
static gboolean
ends_prose (const HeddleZoning *zoning, guint k)
{
  gsize length;
  if (k == zoning->first || !heddle_zoning_is_body (zoning, k - 1) || !ends_sentence (zoning, k))
    return FALSE;
  heddle_zoning_content (zoning, k - 1, &length);
  return length >= HEDDLE_FULL_LINE;
}

/* The author's name, last of all and alone in its line. */
static gboolean
is_lone_name (HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  guint above = heddle_zoning_before (zoning, k);
  if (above >= zoning->end && !(zoning->last && zoning->continued))
    return FALSE; /* a name alone is what was said */
  if (heddle_is_author (zoning, text, length, NULL)
      || (heddle_zoning_is_blank (zoning, k - 1) && heddle_is_team (zoning, text, length)))
    return TRUE;
  if (above < zoning->end && heddle_zoning_is_blank (zoning, k - 1)
      && heddle_names_house (zoning, text, length) && heddle_is_name_like (zoning, text, length, 4)
      && ends_sentence (zoning, above))
    return TRUE;
  if (heddle_author_is_known (zoning) || !heddle_fits (text, length, LONE_NAME) || above >= zoning->end)
    return FALSE;
  gsize dashes = strspn (text, "-");
  gboolean parted = heddle_zoning_is_blank (zoning, k - 1);
  if (dashes > 2 || (dashes == 0 && !parted && !ends_prose (zoning, above)))
    return FALSE;
  text += dashes;
  length -= dashes;
  if (dashes > 0 && parted && length > 1 && *text == ' ' && !announces (zoning, above))
    return is_full_name (zoning, text + 1, length - 1);
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    if (!g_unichar_isalpha (g_utf8_get_char (p)))
      return FALSE;
  if (length < 3)
    return FALSE;
  if (dashes > 0)
    return TRUE;
  gsize said_length;
  const char *said = heddle_zoning_content (zoning, above, &said_length);
  return g_unichar_isupper (g_utf8_get_char (text))
         && g_unichar_islower (g_utf8_get_char (g_utf8_next_char (text)))
         && strchr (".?!)", said[said_length - 1]) != NULL;
}

static gboolean
is_row (const HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  return heddle_is_row (text, length);
}

static guint
above_row (const HeddleZoning *zoning, guint k)
{
  guint n = k;
  if (n > zoning->first && heddle_zoning_is_blank (zoning, n - 1))
    n--;
  return n > zoning->first && is_row (zoning, n - 1) ? n - 1 : k;
}

/* A signature between rows of marks may say more than a block does: it is known by the
 * author's name right below a row and by the row that is the run's last line. */
void
heddle_contact_mark_box (HeddleZoning *zoning)
{
  guint k = heddle_zoning_before (zoning, zoning->end), contacts = 0;
  if (k >= zoning->end || !is_row (zoning, k))
    return;
  for (guint seen = 0; seen < BOX_LINES; seen++) {
    gsize length;
    guint words = 0, above = heddle_zoning_before (zoning, k);
    if (above >= zoning->end)
      return;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (contacts > 0 && is_row (zoning, above)
        && heddle_is_author (zoning, text, length, &words) && words > 1) {
      for (guint n = above; n < zoning->end; n++)
        heddle_zoning_set (zoning, n, HEDDLE_ZONE_SIGNATURE, "names the author between rows");
      return;
    }
    contacts += heddle_is_contact_line (text, length);
    k = above;
  }
}

gboolean
heddle_contact_mark (HeddleZoning *zoning)
{
  guint block = find_block (zoning), name;
  if (block < zoning->end) {
    for (guint k = above_row (zoning, block); k < zoning->end; k++)
      if (heddle_zoning_is_body (zoning, k))
        heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNATURE, "block that names the author");
  }
  name = heddle_zoning_before (zoning, zoning->end);
  if (name < zoning->end && is_lone_name (zoning, name)) {
    heddle_zoning_set (zoning, name, HEDDLE_ZONE_SIGNOFF, "the author's name, last");
    return TRUE;
  }
  return block < zoning->end;
}
