/* SPDX-License-Identifier: MIT */
/* htmltame: HTML of the wild to HTML that does an HTML parser no harm.
 *
 * libxml2's parser takes time that grows with the square of a tag's attributes,
 * shows Word's <![if …]> as text, and lets comments and style sheets through that
 * nobody reads. This pass drops them, keeps the attributes that say something to
 * htmlmark.c, and writes every tag in one form, so that what comes after it and libxml2
 * cannot be of two minds on where a tag ends, nor (htmlnest.c) a quotation. It follows the
 * tokenizer of HTML 5 but for what never ends: an unclosed quotation mark ends with its
 * tag, since a mail's text must not be lost for it.
 *
 * Word sets each paragraph in <span lang=…>…<o:p></o:p></span>. Such elements change
 * nothing, and are what libxml2 would be busy with most: those that hold none but their
 * like are taken back where they end.
 *
 * Linear: what was looked for in vain once is not looked for again.
 */
#include "config.h"

#include "parser/html.h"

#include <string.h>

#define NAME_BYTES 32
#define VALUE_BYTES 8192
#define IDLE_MOST 8 /* idle elements within each other that are taken back */

typedef struct {
  const char *p, *end;
  GString *out;
  gboolean no_quote[2]; /* no more " (0), no more ' (1) behind p */
  gboolean no_comment;  /* no more "-->" */
  guint unclosed;       /* bits: raw elements that have no end tag behind p */
  GArray *nest;         /* htmlnest.c's */
  struct {              /* open idle elements, with none but their like in them so far */
    gsize at;           /* of @out: where its tag begins */
    const char *name;   /* of idle[] */
  } open[IDLE_MOST];
  guint n_open;
} Tamer;

static const char *const kept[]
    = { "class", "style", "href", "id", "name", "hidden", "color" };
/* Without an attribute they change no text, and by none of them does libxml2 close another. */
static const char *const idle[] = { "o:p", "span", "font", "b", "i", "u", "em", "strong" };
/* Their content is no markup, and never text of the mail. */
static const char *const raw[] = { "style", "script", "title" };

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static const char *
skip_spaces (const char *p, const char *end)
{
  while (p < end && is_space (*p))
    p++;
  return p;
}

/* Behind the next ">", or the end. */
static const char *
behind_bracket (const char *p, const char *end)
{
  const char *bracket = memchr (p, '>', (gsize)(end - p));

  return bracket ? bracket + 1 : end;
}

/* "<!…" and "<?…": a comment ends with "-->", all else with ">". */
static void
skip_declaration (Tamer *tamer)
{
  const char *p = tamer->p + 2, *stop = NULL;

  if (tamer->end - p < 2 || p[0] != '-' || p[1] != '-') {
    tamer->p = behind_bracket (p, tamer->end);
    return;
  }
  p += 2;
  if (p < tamer->end && *p == '>') { /* "<!-->" is whole */
    tamer->p = p + 1;
    return;
  }
  if (!tamer->no_comment)
    stop = memmem (p, (gsize)(tamer->end - p), "-->", 3);
  if (stop == NULL)
    tamer->no_comment = TRUE;
  /* An unclosed comment ends with its own ">": what follows may be text. */
  tamer->p = stop ? stop + 3 : behind_bracket (p, tamer->end);
}

/* The name at p in lower case, cut to a length that any known one has. */
static gsize
read_name (const char *p, const char *end, char *name)
{
  gsize n = 0;

  while (p + n < end && !is_space (p[n]) && p[n] != '>' && p[n] != '/' && p[n] != '=')
    n++;
  for (gsize i = 0; i < MIN (n, NAME_BYTES); i++)
    name[i] = g_ascii_isalnum (p[i]) ? g_ascii_tolower (p[i]) : p[i] == ':' ? ':' : '_';
  name[MIN (n, NAME_BYTES)] = '\0';
  return n;
}

/* The value at p; returns what is behind it. */
static const char *
read_value (Tamer *tamer, const char *p, const char **ret_value, gsize *ret_length)
{
  if (*p == '"' || *p == '\'') {
    gboolean *none = &tamer->no_quote[*p == '\''];
    const char *close = *none ? NULL : memchr (p + 1, *p, (gsize)(tamer->end - p) - 1);

    *ret_value = p + 1;
    if (close == NULL) {
      *none = TRUE;
      close = memchr (p, '>', (gsize)(tamer->end - p));
      *ret_length = (gsize)((close ? close : tamer->end) - p) - 1;
      return close ? close : tamer->end;
    }
    *ret_length = (gsize)(close - p) - 1;
    return close + 1;
  }
  *ret_value = p;
  while (p < tamer->end && !is_space (*p) && *p != '>')
    p++;
  *ret_length = (gsize)(p - *ret_value);
  return p;
}

/* @element, @name: in lower case. Nothing is written of what says nothing. */
static void
write_attribute (GString *out, const char *element, const char *name, const char *value,
                 gsize length)
{
  gsize before = out->len, start;

  g_string_append_c (out, ' ');
  g_string_append (out, name);
  g_string_append_len (out, "=\"", 2);
  start = out->len;
  length = MIN (length, VALUE_BYTES);
  /* Not in the middle of a character. */
  while (length > 0 && length == VALUE_BYTES && ((guchar)value[length] & 0xc0) == 0x80)
    length--;
  for (gsize i = 0, plain; i < length; i += plain) {
    for (plain = 0; i + plain < length && value[i + plain] != '"' && value[i + plain] != '<';)
      plain++;
    g_string_append_len (out, value + i, (gssize)plain);
    if (i + plain < length)
      g_string_append (out, value[i + plain++] == '"' ? "&quot;" : "&lt;");
  }
  if (heddle_html_says (element, name, out->str + start))
    g_string_append_c (out, '"');
  else
    g_string_truncate (out, before);
}

/* Attributes of @element from @p on to the end of the tag; each name counts once. */
static const char *
tame_attributes (Tamer *tamer, const char *element, const char *p)
{
  guint seen = 0;

  while (p < tamer->end) {
    char name[NAME_BYTES + 1];
    const char *value = "";
    gsize length = 0, n;

    p = skip_spaces (p, tamer->end);
    if (p == tamer->end || *p == '>')
      break;
    n = read_name (p, tamer->end, name);
    if (n == 0) { /* a stray "/" or "=" */
      p++;
      continue;
    }
    p = skip_spaces (p + n, tamer->end);
    if (p < tamer->end && *p == '=') {
      p = skip_spaces (p + 1, tamer->end);
      if (p < tamer->end && *p != '>')
        p = read_value (tamer, p, &value, &length);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
      if (name[0] == kept[i][0] && !(seen & (1u << i)) && strcmp (name, kept[i]) == 0) {
        seen |= 1u << i;
        write_attribute (tamer->out, element, name, value, length);
      }
  }
  return p < tamer->end ? p + 1 : p;
}

/* Behind the end tag of a raw element that begins before @p; @p when there is none. */
static const char *
skip_raw (Tamer *tamer, const char *p, gsize which)
{
  gsize n = strlen (raw[which]);
  const char *q = p;

  if (tamer->unclosed & (1u << which))
    return p;
  while ((q = memmem (q, (gsize)(tamer->end - q), "</", 2)) != NULL) {
    q += 2;
    if ((gsize)(tamer->end - q) >= n && g_ascii_strncasecmp (q, raw[which], n) == 0)
      return behind_bracket (q, tamer->end);
  }
  tamer->unclosed |= 1u << which;
  return p;
}

/* An element of that name begins with the tag at @at of what is written. */
static void
open_idle (Tamer *tamer, const char *name, gsize at)
{
  if (strcmp (name, "br") == 0) /* is over at once */
    return;
  gboolean bare = tamer->out->len == at + 1 + strlen (name);
  for (gsize i = 0; bare && i < G_N_ELEMENTS (idle); i++)
    if (name[0] == idle[i][0] && strcmp (name, idle[i]) == 0) {
      tamer->n_open %= IDLE_MOST;
      tamer->open[tamer->n_open].at = at;
      tamer->open[tamer->n_open++].name = idle[i];
      return;
    }
  tamer->n_open = 0;
}

/* It ends: TRUE if its tag is taken back, and what was in it stands by itself. */
static gboolean
close_idle (Tamer *tamer, const char *name)
{
  if (tamer->n_open == 0 || strcmp (tamer->open[tamer->n_open - 1].name, name) != 0) {
    tamer->n_open = 0;
    return FALSE;
  }
  gsize at = tamer->open[--tamer->n_open].at;
  g_string_erase (tamer->out, (gssize)at, (gssize)strlen (name) + 2);
  return TRUE;
}

static void
tame_tag (Tamer *tamer)
{
  const char *p = tamer->p + 1;
  gboolean closing = *p == '/';
  gsize before = tamer->out->len;
  char name[NAME_BYTES + 1];

  p += closing;
  p += read_name (p, tamer->end, name);
  if (closing && close_idle (tamer, name)) {
    tamer->p = behind_bracket (p, tamer->end);
    return;
  }
  if (closing)
    heddle_html_nest_end (tamer->nest, name, tamer->out);
  g_string_append_len (tamer->out, "</", closing ? 2 : 1);
  g_string_append (tamer->out, name);
  if (closing) {
    p = behind_bracket (p, tamer->end);
  } else {
    p = tame_attributes (tamer, name, p);
    for (gsize i = 0; i < G_N_ELEMENTS (raw); i++)
      if (name[0] == raw[i][0] && strcmp (name, raw[i]) == 0) {
        g_string_truncate (tamer->out, before);
        tamer->p = skip_raw (tamer, p, i);
        return;
      }
    heddle_html_nest_begin (tamer->nest, name);
    open_idle (tamer, name, before);
  }
  g_string_append_c (tamer->out, '>');
  tamer->p = p;
}

GString *
heddle_html_tame (const char *html, gsize length)
{
  g_autoptr (GArray) nest = heddle_html_nest_new ();
  Tamer tamer = { .p = html,
                  .end = html + length,
                  .out = g_string_sized_new (length + 16),
                  .nest = nest };

  while (tamer.p < tamer.end) {
    const char *tag = memchr (tamer.p, '<', (gsize)(tamer.end - tamer.p));
    char next;

    if (tag == NULL)
      tag = tamer.end;
    g_string_append_len (tamer.out, tamer.p, tag - tamer.p);
    tamer.p = tag;
    if (tag == tamer.end)
      break;
    next = tag + 1 < tamer.end ? tag[1] : '\0';
    if (g_ascii_isalpha (next)
        || (next == '/' && tag + 2 < tamer.end && g_ascii_isalpha (tag[2]))) {
      tame_tag (&tamer);
    } else if (next == '!' || next == '?' || next == '/') {
      skip_declaration (&tamer);
    } else { /* "a < b" */
      g_string_append (tamer.out, "&lt;");
      tamer.p++;
    }
  }
  return tamer.out;
}

char *
heddle_html_charset (const char *html, gsize length)
{
  const char *p, *end = html + MIN (length, 2048), *begin;

  for (p = html; (p = memchr (p, '<', (gsize)(end - p))) != NULL; p++) {
    const char *stop = behind_bracket (p, end);

    if (stop - p < 6 || g_ascii_strncasecmp (p, "<meta", 5) != 0)
      continue;
    for (const char *q = p + 5; q + 8 < stop; q++)
      if (g_ascii_strncasecmp (q, "charset=", 8) == 0) {
        q += 8;
        while (q < stop && strchr (" \"'", *q) != NULL)
          q++;
        for (begin = q; q < stop && (g_ascii_isalnum (*q) || strchr ("-_.:", *q)); q++)
          ;
        return q > begin ? g_strndup (begin, (gsize)(q - begin)) : NULL;
      }
  }
  return NULL;
}
