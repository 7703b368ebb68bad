/* SPDX-License-Identifier: MIT */
/* A thread as one page: readable with and without colour, by eye and by ear, on paper.
 *
 * It holds its style and drawing, loads nothing (the policy in its head forbids it, and
 * there is nothing to load) and leads nowhere: what links there are stay in the page.
 * What is marked is marked in words; colour only repeats it. No script.
 * Not handled: attachments' bytes. */
#include "cli/export.h"

#include <string.h>

static const char style[]
    = ":root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--soft:#4d4d4d;--rule:#8a8a8a;"
      "--mark:#7a2e00;--wash:#f3f1ec}\n"
      "@media(prefers-color-scheme:dark){:root{--ink:#f0efec;--paper:#161616;--soft:#c0beb8;"
      "--rule:#8c8a85;--mark:#ffb98a;--wash:#24231f}}\n"
      "*{box-sizing:border-box}\n"
      "body{margin:0 auto;max-width:56rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;"
      "color:var(--ink);background:var(--paper);overflow-wrap:anywhere}\n"
      "a{color:inherit}\na:focus-visible,summary:focus-visible{outline:3px solid}\n"
      ".skip{position:absolute;left:-99rem}\n.skip:focus{position:static}\n"
      "article{border:1px solid var(--rule);border-radius:.4rem;margin:1rem 0;padding:.2rem "
      "1rem "
      ".8rem}\n"
      "article.quoted{border-style:dashed}\narticle.missing{border-style:dotted;border-width:"
      "2px}\n"
      "h1{line-height:1.25}\nh3{margin:.6rem 0 0;font-size:1.05rem}\n"
      ".address,.when,.fact,figcaption,details{color:var(--soft);font-weight:400}\n"
      ".when,.fact{margin:.1rem 0;font-size:.92rem}\nul{margin:.2rem "
      "0;padding-inline-start:1.4rem}\n"
      ".marks{list-style:none;padding:0}\n"
      ".mark{border:1px solid;border-radius:.2rem;padding:0 .3rem;color:var(--mark);"
      "font-size:.88rem}\n"
      ".text{border-block-start:1px solid var(--rule);margin-block:.5rem}\n"
      ".text p{white-space:pre-wrap;unicode-bidi:plaintext;text-align:start;margin:.7rem 0}\n"
      ".text .signature{color:var(--soft)}\ncode{font-size:.85rem}\n"
      "figure{margin:0;overflow-x:auto}\nsvg{display:block;max-width:100%;min-width:40rem;"
      "height:auto}\n"
      "svg text{fill:var(--ink);font:13px system-ui,sans-serif}\nsvg .soft{fill:var(--soft)}\n"
      "svg .due{font-weight:700;fill:var(--mark)}\nsvg .lane{stroke:var(--rule);stroke-width:1;"
      "stroke-dasharray:1 4}\n"
      "svg .answer{stroke:var(--soft);stroke-width:1.5;fill:none}\n"
      "svg .far{opacity:.35}\n"
      "svg .dot{fill:var(--ink);stroke:var(--ink);stroke-width:2}\nsvg "
      ".hollow{fill:var(--paper)}\n"
      "svg .gone{fill:var(--paper);stroke-dasharray:2 2}\n"
      "svg .ring{fill:none;stroke:var(--mark);stroke-width:2}\n"
      "@media print{:root{--ink:#000;--paper:#fff;--soft:#333;--mark:#000;--rule:#666}"
      "body{max-width:none;font-size:10.5pt;padding:0}.skip{display:none}article{border-radius:"
      "0}"
      "header,h2,h3{break-after:avoid}svg{min-width:0}}\n"
      "@media(forced-colors:active){svg text,svg .soft,svg .due{fill:CanvasText}"
      "svg .answer,svg .lane,svg .dot,svg .ring{stroke:CanvasText}"
      "svg .dot{fill:CanvasText}svg .hollow,svg .gone{fill:Canvas}}\n";

const HeddleFollowup *
heddle_export_open (const HeddleExport *export, const HeddleNode *node)
{
  for (guint i = 0; i < export->followups->len; i++) {
    const HeddleFollowup *followup = export->followups->pdata[i];
    if (!followup->closed && strcmp (followup->message, node->id) == 0)
      return followup;
  }
  return NULL;
}

char *
heddle_export_clock (const HeddleExport *export, const HeddleDate *date)
{
  if (date == NULL)
    return g_strdup ("undated");
  if (date->has_utc && date->precision != HEDDLE_PRECISION_DAY)
    return heddle_text_time (date->utc, export->zone);
  /* Raw text is isolated for terminals; here elements do that. */
  return date->has_local ? heddle_text_date (date) : g_strdup (date->raw);
}

static void
add_head (GString *out, const char *subject)
{
  g_string_append (out,
                   "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                   "'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action "
                   "'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
                   "<meta name=\"format-detection\" content=\"telephone=no, email=no, "
                   "address=no, date=no\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, "
                   "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light "
                   "dark\">\n<title>");
  heddle_html_add (out, subject);
  g_string_append_printf (out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", style);
}

static void
add_title (GString *out, const HeddleExport *export, const char *subject)
{
  const HeddleThread *thread = export->thread;
  g_string_append (out,
                   "<a class=\"skip\" href=\"#messages\">To the messages</a>\n<header>\n<h1");
  heddle_html_add_direction (out, subject);
  g_string_append_c (out, '>');
  heddle_html_add (out, subject);
  g_string_append_printf (out,
                          "</h1>\n<p>Thread <code>%s</code>, %s: %u messages, %u received, %u "
                          "only quoted, %u missing. Oldest first.",
                          thread->id, export->state, thread->messages->len, thread->received,
                          thread->quoted_only, thread->missing);
  if (export->now != HEDDLE_TIME_NONE) {
    g_autofree char *now = heddle_text_time (export->now, export->zone);
    g_string_append_printf (out, " As of %s.", now);
  }
  g_string_append (out, " Our clock is that of ");
  heddle_html_add (out, export->zone_name);
  g_string_append (out, ".</p>\n</header>\n");
}

static void
add_open (GString *out, const HeddleExport *export)
{
  gboolean any = FALSE;
  for (guint i = 0; i < export->followups->len; i++) {
    const HeddleFollowup *f = export->followups->pdata[i];
    if (f->closed)
      continue;
    if (!any)
      g_string_append (out, "<section aria-labelledby=\"open\">\n<h2 id=\"open\">Open "
                            "follow-ups</h2>\n<ul>\n");
    any = TRUE;
    g_autofree char *since = heddle_text_time (f->since, export->zone);
    g_autofree char *due = heddle_text_time (f->due, export->zone);
    const HeddlePerson *debtor = f->waiting_on;
    const char *who = debtor == NULL            ? "somebody"
                      : debtor->name != NULL    ? debtor->name
                      : debtor->address != NULL ? debtor->address
                                                : "[withheld]";
    g_string_append_printf (out, "<li><a href=\"#%s\">%s</a>: waits for ", f->message, f->id);
    heddle_html_add_bdi (out, who);
    g_string_append_printf (out, " since %s, due %s. ", since, due);
    if (export->now != HEDDLE_TIME_NONE && f->overdue)
      g_string_append_printf (out,
                              "<strong class=\"mark\">Overdue by %d working days</strong> ",
                              f->overdue_working_days);
    heddle_html_add_bdi (out, f->evidence_text);
    g_string_append (out, "</li>\n");
  }
  g_string_append (out, any ? "</ul>\n</section>\n" : "");
}

char *
heddle_export_html (const HeddleExport *export)
{
  const HeddleThread *thread = export->thread;
  const char *subject = thread->subject != NULL ? thread->subject : "(no subject)";
  GString *out = g_string_new (NULL);
  add_head (out, subject);
  add_title (out, export, subject);
  add_open (out, export);
  g_string_append (out, "<section aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">Who spoke "
                        "when</h2>\n<figure>\n");
  heddle_export_svg (out, export);
  g_string_append (out, "<figcaption>A line a message, a lane a person; curves lead to what is "
                        "answered, and the longer the silence, the wider the gap. Filled dot: "
                        "received. Hollow: quoted only. Dashed: missing. Ring: follow-up "
                        "open.");
  if (thread->messages->len > HEDDLE_EXPORT_DRAWN)
    g_string_append_printf (out, " The first %d messages are drawn.", HEDDLE_EXPORT_DRAWN);
  g_string_append (out, "</figcaption>\n</figure>\n</section>\n<main id=\"messages\" "
                        "tabindex=\"-1\">\n<h2>Messages</h2>\n");
  for (guint i = 0; i < thread->messages->len; i++)
    heddle_export_article (out, export, i);
  g_string_append (out, "</main>\n</body>\n</html>\n");
  return g_string_free (out, FALSE);
}
