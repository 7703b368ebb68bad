/* SPDX-License-Identifier: MIT */
/* htmlnest: the </div> that a </blockquote> needs before it.
 *
 * A mail's HTML often leaves a <div> in a quotation open. Browsers close it with the
 * quotation (HTML 5, 13.2.6.4.7: the end tag closes all within), but libxml2 ranks div
 * above blockquote, and drops the end of the quotation instead: all text behind it
 * would count as quoted. So the missing ends are written out for libxml2.
 *
 * How: a stack of open quotations and tables with the count of divs right within
 * each. Neither a </blockquote> nor a </div> reaches out of a table; a </div> closes
 * the quotations that stand within its div. Linear: each level is left once.
 *
 * Not handled: other elements that are not closed; libxml2 ranks them no higher than
 * a blockquote, and closes them itself.
 */
#include "parser/html.h"

#include <string.h>

typedef struct {
  gboolean quote;    /* else a table, or the document */
  gboolean in_table; /* it is one, or is in one */
  gsize divs;        /* open right within */
  gsize outer;       /* those around it, as far as a </div> reaches */
} Level;

static Level *
top_of (GArray *nest)
{
  return &g_array_index (nest, Level, nest->len - 1);
}

static void
leave (GArray *nest)
{
  g_array_set_size (nest, nest->len - 1);
}

static void
enter (GArray *nest, gboolean quote)
{
  const Level *top = top_of (nest);
  Level level = { .quote = quote,
                  .in_table = !quote || top->in_table,
                  .outer = quote ? top->divs + top->outer : 0 };

  g_array_append_val (nest, level);
}

GArray *
heddle_html_nest_new (void)
{
  GArray *nest = g_array_new (FALSE, TRUE, sizeof (Level));

  g_array_set_size (nest, 1);
  return nest;
}

/* FALSE for most elements: those below begin with "d", "b" or "t". */
static gboolean
may_bear (const char *name)
{
  return name[0] == 'd' || name[0] == 'b' || name[0] == 't';
}

void
heddle_html_nest_begin (GArray *nest, const char *name)
{
  if (!may_bear (name))
    return;
  if (strcmp (name, "div") == 0)
    top_of (nest)->divs++;
  else if (strcmp (name, "blockquote") == 0)
    enter (nest, TRUE);
  else if (strcmp (name, "table") == 0)
    enter (nest, FALSE);
}

static void
end_div (GArray *nest)
{
  Level *top = top_of (nest);

  if (top->divs + top->outer == 0)
    return;
  while (top_of (nest)->divs == 0)
    leave (nest);
  top_of (nest)->divs--;
}

static void
end_quote (GArray *nest, GString *out)
{
  if (!top_of (nest)->quote)
    return;
  for (gsize i = 0; i < top_of (nest)->divs; i++)
    g_string_append (out, "</div>");
  leave (nest);
}

/* The end of a cell or a row closes all within it, that of a table the table too. */
static void
end_cell (GArray *nest, gboolean table)
{
  if (!top_of (nest)->in_table)
    return;
  while (top_of (nest)->quote)
    leave (nest);
  top_of (nest)->divs = 0;
  if (table)
    leave (nest);
}

void
heddle_html_nest_end (GArray *nest, const char *name, GString *out)
{
  static const char *const cells[] = { "td", "th", "tr", "tbody", "thead", "tfoot", NULL };

  if (!may_bear (name))
    return;
  if (strcmp (name, "div") == 0)
    end_div (nest);
  else if (strcmp (name, "blockquote") == 0)
    end_quote (nest, out);
  else if (strcmp (name, "table") == 0)
    end_cell (nest, TRUE);
  else if (g_strv_contains (cells, name))
    end_cell (nest, FALSE);
}
