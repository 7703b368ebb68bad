/* SPDX-License-Identifier: MIT */
/* Who spoke when, as a drawing: a row a message from the top down, a lane a person.
 *
 * Time runs down in rows, and not along a scale, because a thread is a few days of talk and
 * weeks of silence: on a scale the labels of the talk lie on each other. The silence is in
 * the gaps, which grow with the logarithm of the days. Each row says date, how long the
 * answer took, and who; so a lane needs no head that a long name would not fit into.
 *
 * Two authors share a lane by their address, or by a name that stands with one address
 * only; that is for the drawing alone. Who is unnamed or withheld has no lane of their own:
 * there is one for all, and it claims nothing.
 * Not handled: more lanes than MOST_LANES (the rest share the last one). */
#include "cli/export.h"

#include <math.h>
#include <string.h>

#define WIDTH 860
#define DATE_WIDTH 132
#define MOST_LANES 24
#define LANES_WIDTH 240.0
#define WAIT_WIDTH 142
#define ROW 24.0
#define TOP 18.0
#define NAME_CHARS 30
#define FAR_ROWS 8
#define DAY (24 * 60 * 60)

typedef struct {
  const HeddleExport *export;
  guint rows;
  double *y;
  guint *lane;
  guint lanes;
  double step, names_x; /* between lanes; where the names begin */
} Drawing;

static const HeddleNode *
node_at (const Drawing *drawing, guint row)
{
  return drawing->export->thread->messages->pdata[row];
}

static double
lane_x (const Drawing *drawing, guint lane)
{
  return DATE_WIDTH + 14 + drawing->step * lane;
}

/* --- lanes ------------------------------------------------------------------------- */

/* Folded names to the one address that bears each; "" where several do. */
static GHashTable *
addresses_of_names (const HeddleThread *thread)
{
  GHashTable *addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < thread->messages->len; i++) {
    const HeddlePerson *who = ((const HeddleNode *)thread->messages->pdata[i])->message->from;
    if (who == NULL || who->name == NULL || who->address == NULL)
      continue;
    g_autofree char *name = heddle_text_fold (who->name);
    g_autofree char *address = g_ascii_strdown (who->address, -1);
    const char *known = g_hash_table_lookup (addresses, name);
    gboolean several = known != NULL && strcmp (known, address) != 0;
    g_hash_table_replace (addresses, g_steal_pointer (&name),
                          several ? g_strdup ("") : g_steal_pointer (&address));
  }
  return addresses;
}

static char *
lane_key (const HeddlePerson *who, GHashTable *addresses)
{
  if (who == NULL || (who->name == NULL && who->address == NULL))
    return g_strdup ("");
  if (who->address != NULL)
    return g_ascii_strdown (who->address, -1);
  g_autofree char *name = heddle_text_fold (who->name);
  const char *address = g_hash_table_lookup (addresses, name);
  return address != NULL && *address != '\0' ? g_strdup (address)
                                             : g_strconcat ("\n", name, NULL);
}

static void
find_lanes (Drawing *drawing)
{
  g_autoptr (GHashTable) addresses = addresses_of_names (drawing->export->thread);
  g_autoptr (GHashTable) lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < drawing->rows; i++) {
    char *key = lane_key (node_at (drawing, i)->message->from, addresses);
    gpointer known = g_hash_table_lookup (lanes, key);
    guint lane = known != NULL ? GPOINTER_TO_UINT (known) - 1
                               : MIN (g_hash_table_size (lanes), MOST_LANES - 1);
    g_hash_table_replace (lanes, key, GUINT_TO_POINTER (lane + 1));
    drawing->lane[i] = lane;
    drawing->lanes = MAX (drawing->lanes, lane + 1);
  }
  drawing->step = CLAMP (LANES_WIDTH / drawing->lanes, 10.0, 34.0);
  drawing->names_x = lane_x (drawing, drawing->lanes - 1) + 20 + WAIT_WIDTH;
}

/* --- time -------------------------------------------------------------------------- */

/* The days from @from to @to; FALSE where that is not known. @ret_rough: the clocks do not
 * say their zone, so it may be a day off. */
static gboolean
days_between (const HeddleDate *from, const HeddleDate *to, double *ret, gboolean *ret_rough)
{
  if (from == NULL || to == NULL)
    return FALSE;
  *ret_rough = !from->has_utc || !to->has_utc || from->precision == HEDDLE_PRECISION_DAY
               || to->precision == HEDDLE_PRECISION_DAY;
  if (from->has_utc && to->has_utc) {
    *ret = (double)(to->utc - from->utc) / DAY;
    return TRUE;
  }
  if (!from->has_local || !to->has_local)
    return FALSE;
  g_autoptr (GDateTime) a
      = g_date_time_new_utc (from->local.year, from->local.month, from->local.day, 12, 0, 0);
  g_autoptr (GDateTime) b
      = g_date_time_new_utc (to->local.year, to->local.month, to->local.day, 12, 0, 0);
  if (a == NULL || b == NULL)
    return FALSE;
  *ret = (double)(g_date_time_to_unix (b) - g_date_time_to_unix (a)) / DAY;
  return TRUE;
}

/* "after 3 days", NULL where nothing can be said (transfer full). */
static char *
wait_text (const HeddleNode *node, const HeddleNode *parent)
{
  double days;
  gboolean rough;
  if (!days_between (parent->message->date, node->message->date, &days, &rough) || days < 0)
    return NULL;
  if (rough)
    return days < 2 ? NULL : g_strdup_printf ("after about %.0f days", days);
  double hours = days * 24;
  if (hours < 1)
    return g_strdup_printf ("after %d min", (int)(hours * 60));
  if (hours < 48)
    return g_strdup_printf ("after %d hour%s", (int)hours, (int)hours == 1 ? "" : "s");
  return g_strdup_printf ("after %d days", (int)days);
}

static void
find_rows (Drawing *drawing)
{
  double y = TOP, days;
  gboolean rough;
  for (guint i = 0; i < drawing->rows; i++) {
    if (i > 0) {
      y += ROW;
      if (days_between (node_at (drawing, i - 1)->message->date,
                        node_at (drawing, i)->message->date, &days, &rough)
          && days > 1)
        y += MIN (44.0, 7.0 * log2 (days));
    }
    drawing->y[i] = y;
  }
}

/* --- ink --------------------------------------------------------------------------- */

/* A coordinate with a tenth, whatever the locale's decimal point. */
static void
add_number (GString *out, const char *before, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (out, before);
  g_string_append (out, g_ascii_formatd (digits, sizeof digits, "%.1f", number));
}

static void
add_lanes (GString *out, const Drawing *drawing)
{
  for (guint lane = 0; lane < drawing->lanes; lane++) {
    guint first = drawing->rows, last = 0;
    for (guint i = 0; i < drawing->rows; i++)
      if (drawing->lane[i] == lane) {
        first = MIN (first, i);
        last = i;
      }
    add_number (out, "<path class=\"lane\" d=\"M", lane_x (drawing, lane));
    add_number (out, ",", drawing->y[MIN (first, last)]);
    add_number (out, "V", drawing->y[last]);
    g_string_append (out, "\"/>\n");
  }
}

static void
add_answer (GString *out, const Drawing *drawing, guint row, guint parent)
{
  double x1 = lane_x (drawing, drawing->lane[parent]), y1 = drawing->y[parent];
  double x2 = lane_x (drawing, drawing->lane[row]), y2 = drawing->y[row];
  /* Who answers themselves gets a bow beside the lane, else it would hide in it. */
  double bow = x1 == x2 ? -MIN (12.0, drawing->step / 2) : 0;
  double pull = MIN (40.0, fabs (y2 - y1) * 0.6) * (y2 < y1 ? -1 : 1);
  /* Those that reach far cross many others: they are drawn lightly. */
  const char *far = row > parent + FAR_ROWS || parent > row ? " far" : "";
  g_string_append_printf (out, "<path class=\"answer%s\"", far);
  add_number (out, " d=\"M", x1);
  add_number (out, ",", y1);
  add_number (out, "C", x1 + bow);
  add_number (out, ",", y1 + pull);
  add_number (out, " ", x2 + bow);
  add_number (out, ",", y2 - pull);
  add_number (out, " ", x2);
  add_number (out, ",", y2);
  g_string_append (out, "\"/>\n");
}

static void
add_dot (GString *out, const Drawing *drawing, guint row, const HeddleFollowup *open)
{
  const HeddleNode *node = node_at (drawing, row);
  const char *kind = node->message->kind == HEDDLE_KIND_MISSING ? "dot gone"
                     : heddle_node_is_received (node)           ? "dot"
                                                                : "dot hollow";
  double x = lane_x (drawing, drawing->lane[row]);
  if (open != NULL) {
    add_number (out, "<circle class=\"ring\" r=\"8.5\" cx=\"", x);
    add_number (out, "\" cy=\"", drawing->y[row]);
    g_string_append (out, "\"/>\n");
  }
  g_string_append_printf (out, "<circle class=\"%s\" r=\"4.5\"", kind);
  add_number (out, " cx=\"", x);
  add_number (out, "\" cy=\"", drawing->y[row]);
  g_string_append (out, "\"/>\n");
}

static void
add_text (GString *out, const char *css, double x, double y, const char *text)
{
  g_string_append_printf (out, "<text class=\"%s\"", css);
  add_number (out, " x=\"", x);
  add_number (out, "\" y=\"", y + 4.5);
  g_string_append (out, "\">");
  heddle_html_add (out, text);
  g_string_append (out, "</text>\n");
}

/* The name, isolated by the characters, for SVG text knows no <bdi>; and what is odd. */
static void
add_name (GString *out, const Drawing *drawing, guint row, const HeddleFollowup *open)
{
  const HeddleMessage *message = node_at (drawing, row)->message;
  const HeddlePerson *who = message->from;
  const char *name = who == NULL            ? "unnamed"
                     : who->name != NULL    ? who->name
                     : who->address != NULL ? who->address
                                            : "withheld";
  g_autofree char *head = g_utf8_make_valid (name, -1);
  gboolean cut = g_utf8_strlen (head, -1) > NAME_CHARS;
  if (cut)
    *g_utf8_offset_to_pointer (head, NAME_CHARS - 1) = '\0';
  add_number (out, "<text x=\"", drawing->names_x);
  add_number (out, "\" y=\"", drawing->y[row] + 4.5);
  g_string_append_printf (out, "\">%u. \u2068", row + 1);
  heddle_html_add (out, head);
  g_string_append_printf (out, "%s\u2069", cut ? "…" : "");
  if (message->kind == HEDDLE_KIND_MISSING)
    g_string_append (out, " <tspan class=\"soft\">(missing)</tspan>");
  else if (!heddle_node_is_received (node_at (drawing, row)))
    g_string_append (out, " <tspan class=\"soft\">(quoted only)</tspan>");
  if (open != NULL) {
    g_autofree char *due = heddle_text_time (open->due, drawing->export->zone);
    g_string_append_printf (out, " <tspan class=\"due\">open, due %.10s</tspan>", due);
  }
  if (cut) {
    g_string_append (out, "<title>");
    heddle_html_add (out, name);
    g_string_append (out, "</title>");
  }
  g_string_append (out, "</text>\n");
}

static void
add_row (GString *out, const Drawing *drawing, guint row)
{
  const HeddleNode *node = node_at (drawing, row);
  const HeddleFollowup *open = heddle_export_open (drawing->export, node);
  g_autofree char *when = heddle_export_clock (drawing->export, node->message->date);
  g_autofree char *wait
      = node->parent >= 0
            ? wait_text (node, drawing->export->thread->messages->pdata[node->parent])
            : NULL;
  g_autofree char *cut = g_utf8_make_valid (when, -1);
  if (g_utf8_strlen (cut, -1) > 16)
    *g_utf8_offset_to_pointer (cut, 16) = '\0';
  add_text (out, "soft", 4, drawing->y[row], cut);
  add_dot (out, drawing, row, open);
  if (wait != NULL)
    add_text (out, "soft", drawing->names_x - WAIT_WIDTH, drawing->y[row], wait);
  add_name (out, drawing, row, open);
}

static void
add_summary (GString *out, const Drawing *drawing)
{
  const HeddleThread *thread = drawing->export->thread;
  g_string_append_printf (
      out,
      "<title id=\"drawing-title\">Timeline of %u messages</title>\n"
      "<desc id=\"drawing-desc\">%u messages in %u lanes, oldest at the top",
      thread->messages->len, drawing->rows, drawing->lanes);
  if (thread->has_first) {
    g_autofree char *first = heddle_text_time (thread->first, drawing->export->zone);
    g_autofree char *last = heddle_text_time (thread->last, drawing->export->zone);
    g_string_append_printf (out, ", from %.10s to %.10s", first, last);
  }
  g_string_append (out, ". Each row: date, who, how long the answer took. The same is said "
                        "message by message below.</desc>\n");
}

void
heddle_export_svg (GString *out, const HeddleExport *export)
{
  Drawing drawing
      = { .export = export, .rows = MIN (export->thread->messages->len, HEDDLE_EXPORT_DRAWN) };
  if (drawing.rows == 0)
    return;
  g_autofree double *y = drawing.y = g_new0 (double, drawing.rows);
  g_autofree guint *lane = drawing.lane = g_new0 (guint, drawing.rows);
  find_lanes (&drawing);
  find_rows (&drawing);
  g_string_append_printf (out, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"", WIDTH,
                          (int)(y[drawing.rows - 1] + TOP), WIDTH,
                          (int)(y[drawing.rows - 1] + TOP));
  g_string_append (out, " role=\"img\" aria-labelledby=\"drawing-title drawing-desc\">\n");
  add_summary (out, &drawing);
  add_lanes (out, &drawing);
  for (guint i = 0; i < drawing.rows; i++) {
    int parent = node_at (&drawing, i)->parent;
    if (parent >= 0 && (guint)parent < drawing.rows)
      add_answer (out, &drawing, i, (guint)parent);
  }
  for (guint i = 0; i < drawing.rows; i++)
    add_row (out, &drawing, i);
  g_string_append (out, "</svg>\n");
}
