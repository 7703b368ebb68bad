/* SPDX-License-Identifier: MIT */
/* lines: text bodies to the one model of lines.
 *
 * Each physical line is kept as it stands; quote marks become a depth and a
 * pointer behind them, format=flowed (RFC 3676) becomes a flag on the line that
 * goes on. Nothing is joined here: whoever wants paragraphs follows `soft`.
 * Not handled: quoting by other signs than ">": some are quoting.c's, "Ana> " nobody's.
 */
#include "parser/lines.h"

#include <string.h>

static void
link_clear (gpointer data)
{
  g_free (((HeddleLink *)data)->href);
}

static void
line_free (gpointer data)
{
  HeddleLine *line = data;

  g_free (line->text);
  g_clear_pointer (&line->links, g_array_unref);
  g_free (line);
}

HeddleBody *
heddle_body_new (void)
{
  HeddleBody *body = g_new0 (HeddleBody, 1);

  body->lines = g_ptr_array_new_with_free_func (line_free);
  return body;
}

void
heddle_body_free (HeddleBody *body)
{
  if (body == NULL)
    return;
  g_ptr_array_unref (body->lines);
  g_free (body);
}

HeddleLine *
heddle_body_append (HeddleBody *body, char *text)
{
  HeddleLine *line = g_new0 (HeddleLine, 1);

  line->text = text;
  line->content = text;
  g_ptr_array_add (body->lines, line);
  return line;
}

void
heddle_line_add_link (HeddleLine *line, gsize start, gsize end, const char *href)
{
  HeddleLink link = { .start = start, .end = end, .href = g_strdup (href) };

  if (line->links == NULL) {
    line->links = g_array_new (FALSE, FALSE, sizeof (HeddleLink));
    g_array_set_clear_func (line->links, link_clear);
  }
  g_array_append_val (line->links, link);
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

/* Up to three blanks from @p on, and then a quote mark: where the mark is, else
 * NULL. More blanks are an author's own indent. */
static const char *
quote_mark (const char *p)
{
  for (int blanks = 0; blanks < 3 && is_blank (*p); blanks++)
    p++;
  return *p == '>' ? p : NULL;
}

/* Set depth and content of @line. @above: depth of the line before it. */
static void
read_marks (HeddleLine *line, int above, gboolean flowed)
{
  const char *p = line->text, *mark;

  /* An mbox guards "From " at the beginning of a line by a ">". */
  if (above == 0 && g_str_has_prefix (p, ">From ")) {
    line->content = p + 1;
    return;
  }
  /* RFC 3676 4.4: a blank is stuffed before a ">" that is none. */
  while (!(flowed && p == line->text && *p == ' ') && (mark = quote_mark (p)) != NULL) {
    line->depth++;
    p = mark + 1;
  }
  /* The blank that a quote adds; RFC 3676 4.4 stuffs one without a quote too. */
  if (*p == ' ' && (line->depth > 0 || flowed))
    p++;
  /* Apple Mail begins what it quotes with a ZERO WIDTH NO-BREAK SPACE. */
  if (g_str_has_prefix (p, "\xef\xbb\xbf"))
    p += 3;
  line->content = p;
}

/* A link's place moves with the beginning of the content. */
static void
shift_links (HeddleLine *line, gsize by)
{
  for (guint i = 0; line->links != NULL && i < line->links->len; i++) {
    HeddleLink *link = &g_array_index (line->links, HeddleLink, i);
    link->start -= MIN (link->start, by);
    link->end -= MIN (link->end, by);
  }
}

/* The text of the line next to @i, one empty line between them passed over (where each
 * line became a paragraph); "" when there is none. @step: 1 behind, -1 before it. */
static const char *
beside (const GPtrArray *lines, guint first, guint i, int step)
{
  for (int n = 0; n < 2; n++) {
    if ((step < 0 && i == first) || (step > 0 && i + 1 >= lines->len))
      break;
    i += (guint) step;
    const char *text = ((const HeddleLine *)lines->pdata[i])->text;
    if (*text != '\0')
      return text;
  }
  return "";
}

/* Whether line @i begins with a mark; in HTML only where a line beside it does so too,
 * or one that ends in ":" stands above, since HTML has containers for quotations; or
 * where it is GroupWise's ">>> NAME DATE >>>". */
static gboolean
is_marked_html (const GPtrArray *lines, guint first, guint i)
{
  const char *text = ((const HeddleLine *)lines->pdata[i])->text;
  if (*text != '>')
    return FALSE;
  if (g_str_has_prefix (text, ">>> ")) /* GroupWise's line */
    return TRUE;
  const char *above = beside (lines, first, i, -1);
  return *beside (lines, first, i, 1) == '>' || *above == '>' || g_str_has_suffix (above, ":");
}

/* "> and so on", not "> 5". */
static gboolean
quotes_words (const char *text)
{
  text += strspn (text, "> ");
  return g_unichar_isalpha (g_utf8_get_char (text));
}

void
heddle_body_read_marks (HeddleBody *body, guint first)
{
  gboolean marked = FALSE; /* where lines have marks, a lone one with words behind it has */
  for (guint i = first; i < body->lines->len && !marked; i++)
    marked = is_marked_html (body->lines, first, i);
  for (guint i = first; i < body->lines->len && marked; i++) {
    HeddleLine *line = body->lines->pdata[i];
    if (line->text[0] != '>'
        || (!quotes_words (line->text) && !is_marked_html (body->lines, first, i)))
      continue;
    read_marks (line, 1, FALSE);
    shift_links (line, (gsize)(line->content - line->text));
  }
}

/* RFC 3676 4.1: a line that ends in a blank goes on, but a signature's "-- "
 * does not. */
static void
read_soft (HeddleLine *line, gsize length, HeddleTextForm form)
{
  if (length == 0 || line->text[length - 1] != ' ' || *line->content == '\0'
      || strcmp (line->content, "-- ") == 0)
    return;
  line->soft = TRUE;
  if (form.delsp) {
    line->text[length - 1] = '\0';
    line->joined = TRUE;
  }
}

/* A paragraph ends where the quote depth changes, whatever the blank says
 * (RFC 3676 4.5). */
static void
end_paragraph (HeddleLine *above, int depth)
{
  if (above != NULL && above->soft && above->depth != depth)
    above->soft = above->joined = FALSE;
}

/* Bytes of [@text, @text + @length) that make one line of at most @most bytes; a
 * character is not cut apart. */
static gsize
cut_length (const char *text, gsize length, gsize most)
{
  gsize n = most;

  if (length <= most)
    return length;
  while (n > 0 && ((guchar)text[n] & 0xc0) == 0x80)
    n--;
  return n > 0 ? n : length;
}

static void
add_line (HeddleBody *body, const char *text, gsize length, HeddleTextForm form,
          HeddleLine **above)
{
  HeddleLine *line = heddle_body_append (body, g_strndup (text, length));

  read_marks (line, *above ? (*above)->depth : 0, form.flowed);
  end_paragraph (*above, line->depth);
  if (form.flowed)
    read_soft (line, length, form);
  *above = line;
}

void
heddle_body_add_text (HeddleBody *body, const char *text, gsize length, HeddleTextForm form,
                      const HeddleLimits *limits, GPtrArray *warnings)
{
  const char *p = text, *end = text + length;
  gboolean has_cr = length > 0 && memchr (text, '\r', length) != NULL;
  HeddleLine *above = NULL;

  while (p < end) {
    const char *lf = memchr (p, '\n', (gsize)(end - p));
    const char *stop = lf ? lf : end;
    const char *cr = has_cr ? memchr (p, '\r', (gsize)(stop - p)) : NULL;
    const char *next = lf ? lf + 1 : end;

    if (cr != NULL) { /* before its LF, or alone: it ends the line either way */
      stop = cr;
      next = cr + 1 < end && cr[1] == '\n' ? cr + 2 : cr + 1;
    }
    do {
      gsize cut = cut_length (p, (gsize)(stop - p), limits->line_bytes);

      if (body->lines->len >= limits->lines) {
        heddle_warn (warnings, "The body has too many lines; the rest is left out.");
        goto out;
      }
      if (p + cut < stop)
        heddle_warn (warnings, "A line is too long and was broken.");
      add_line (body, p, cut, form, &above);
      p += cut;
    } while (p < stop);
    p = next;
  }
out:
  end_paragraph (above, -1);
}
