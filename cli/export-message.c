/* SPDX-License-Identifier: MIT */
/* One message as an <article>: who, when by both clocks, what is odd about it in words,
 * the text, what is attached, which mails show it.
 *
 * Not handled: the mails' own HTML; the text that the parser read of it is shown. */
#include "cli/export.h"

static void
add_address (GString *out, const HeddlePerson *person)
{
  if (person == NULL) {
    g_string_append (out, "somebody unnamed");
    return;
  }
  gboolean known = person->name != NULL || person->address != NULL;
  if (person->name != NULL)
    heddle_html_add_bdi (out, person->name);
  if (person->address != NULL) {
    g_string_append (out, person->name != NULL ? " <span class=\"address\">&lt;" : "");
    heddle_html_add_bdi (out, person->address);
    g_string_append (out, person->name != NULL ? "&gt;</span>" : "");
  }
  if (!known && !person->redacted)
    heddle_html_add_bdi (out, person->raw);
  if (person->redacted)
    g_string_append (out, " <strong class=\"mark\">withheld</strong>");
}

static void
add_times (GString *out, const HeddleExport *export, const HeddleDate *date)
{
  g_string_append (out, "<p class=\"when\">");
  if (date == NULL)
    g_string_append (out, "undated");
  else {
    g_autofree char *theirs = date->has_local ? heddle_text_date (date) : g_strdup (date->raw);
    g_autofree char *utc = date->has_utc ? heddle_time_format (date->utc) : NULL;
    g_string_append (out, "Their clock: ");
    if (utc != NULL)
      g_string_append_printf (out, "<time datetime=\"%s\">", utc);
    heddle_html_add (out, theirs);
    g_string_append (out, utc != NULL ? "</time>" : "");
    if (utc != NULL && date->precision != HEDDLE_PRECISION_DAY) {
      g_autofree char *ours = heddle_text_time (date->utc, export->zone);
      g_string_append_printf (out, " · ours: <time datetime=\"%s\">%s</time>%s", utc, ours,
                              date->inferred ? " (inferred)" : "");
    }
  }
  g_string_append (out, "</p>\n");
}

static void
add_mark (GString *out, const char *word, const char *more)
{
  g_string_append_printf (out, "<li><strong class=\"mark\">%s</strong> ", word);
  heddle_html_add (out, more);
  g_string_append (out, "</li>\n");
}

static void
add_marks (GString *out, const HeddleExport *export, const HeddleNode *node)
{
  const HeddleMessage *message = node->message;
  const HeddleFollowup *open = heddle_export_open (export, node);
  gsize begin = out->len;
  if (message->kind == HEDDLE_KIND_MISSING)
    add_mark (out, "Missing", "Others answer this message; nobody has shown it to us.");
  else if (!heddle_node_is_received (node))
    add_mark (out, "Quoted only",
              "It never arrived by itself; it stands quoted in other mail.");
  if (open != NULL) {
    g_autofree char *due = heddle_text_time (open->due, export->zone);
    g_autofree char *more = g_strdup_printf ("since this message; due %s.", due);
    add_mark (out, "Follow-up open", more);
  }
  if (message->encrypted)
    add_mark (out, "Encrypted", "It was kept, not read.");
  if (heddle_automatic_name (message->automatic) != NULL)
    add_mark (out, "Automatic", heddle_automatic_name (message->automatic));
  for (guint i = 0; i < message->markings->len; i++)
    add_mark (out, "Marking", message->markings->pdata[i]);
  if (out->len > begin) {
    g_string_insert (out, (gssize)begin, "<ul class=\"marks\">\n");
    g_string_append (out, "</ul>\n");
  }
}

static void
add_people (GString *out, const char *what, const GPtrArray *people)
{
  if (people->len == 0)
    return;
  g_string_append_printf (out, "<p class=\"fact\">%s: ", what);
  for (guint i = 0; i < people->len; i++) {
    g_string_append (out, i > 0 ? ", " : "");
    add_address (out, people->pdata[i]);
  }
  g_string_append (out, "</p>\n");
}

static void
add_attachments (GString *out, const GPtrArray *attachments)
{
  g_string_append (out, attachments->len > 0 ? "<p class=\"fact\">Attached:</p>\n<ul>\n" : "");
  for (guint i = 0; i < attachments->len; i++) {
    const HeddleAttachment *item = attachments->pdata[i];
    g_string_append (out, "<li>");
    heddle_html_add_bdi (out, item->name);
    if (item->type != NULL) {
      g_string_append (out, ", ");
      heddle_html_add (out, item->type);
    }
    if (item->size >= 0)
      g_string_append_printf (out, ", %" G_GINT64_FORMAT " bytes", item->size);
    if (item->kind == HEDDLE_ATTACHMENT_MENTIONED)
      g_string_append (out, " <strong class=\"mark\">only named</strong>");
    if (item->sha256 != NULL)
      g_string_append_printf (out, ", SHA-256 <code>%s</code>", item->sha256);
    if (item->caption != NULL) {
      g_string_append (out, ": ");
      heddle_html_add_bdi (out, item->caption);
    }
    g_string_append (out, "</li>\n");
  }
  g_string_append (out, attachments->len > 0 ? "</ul>\n" : "");
}

static void
add_urls (GString *out, const GPtrArray *urls)
{
  g_string_append (out, urls->len > 0 ? "<p class=\"fact\">Links, made unclickable:</p>\n<ul>\n"
                                      : "");
  for (guint i = 0; i < urls->len; i++) {
    const HeddleUrl *url = urls->pdata[i];
    g_string_append (out, "<li>");
    if (url->text != NULL) {
      heddle_html_add_bdi (out, url->text);
      g_string_append (out, ": ");
    }
    if (url->url != NULL) {
      g_string_append (out, "<code dir=\"ltr\">");
      heddle_html_add (out, url->url);
      g_string_append (out, "</code></li>\n");
    } else
      g_string_append (out, "its target was lost</li>\n");
  }
  g_string_append (out, urls->len > 0 ? "</ul>\n" : "");
}

static void
add_evidence (GString *out, const HeddleNode *node)
{
  if (node->message->message_id != NULL) {
    g_string_append (out, "<p class=\"fact\">Message-ID: <code dir=\"ltr\">");
    heddle_html_add (out, node->message->message_id);
    g_string_append (out, "</code></p>\n");
  }
  if (node->evidence->len == 0)
    return;
  g_string_append (out, "<details><summary>Mails that show it</summary>\n<ul>\n");
  for (guint i = 0; i < node->evidence->len; i++) {
    const HeddleEvidence *evidence = node->evidence->pdata[i];
    g_string_append_printf (out, "<li><code>%s</code>, %s</li>\n", evidence->mail,
                            evidence->received ? "as itself" : "quoted or attached");
  }
  g_string_append (out, "</ul></details>\n");
}

void
heddle_export_article (GString *out, const HeddleExport *export, guint index)
{
  const HeddleNode *node = export->thread->messages->pdata[index];
  const HeddleMessage *message = node->message;
  gboolean missing = message->kind == HEDDLE_KIND_MISSING;
  g_string_append_printf (out,
                          "<article id=\"%s\" aria-labelledby=\"%s-who\" class=\"%s\">\n"
                          "<header>\n<h3 id=\"%s-who\">%u. ",
                          node->id, node->id,
                          missing                          ? "missing"
                          : heddle_node_is_received (node) ? "received"
                                                           : "quoted",
                          node->id, index + 1);
  if (missing && message->from == NULL)
    g_string_append (out, "A message that nobody has shown us");
  else
    add_address (out, message->from);
  g_string_append (out, "</h3>\n");
  add_times (out, export, message->date);
  add_marks (out, export, node);
  if (node->parent >= 0) {
    const HeddleNode *parent = export->thread->messages->pdata[node->parent];
    g_string_append_printf (out,
                            "<p class=\"fact\">Answers <a href=\"#%s\">message %d</a></p>\n",
                            parent->id, node->parent + 1);
  }
  add_people (out, "To", message->to);
  add_people (out, "Cc", message->cc);
  if (message->subject != NULL && g_strcmp0 (message->subject, export->thread->subject) != 0) {
    g_string_append (out, "<p class=\"fact\">Subject: ");
    heddle_html_add_bdi (out, message->subject);
    g_string_append (out, "</p>\n");
  }
  g_string_append (out, "</header>\n<div class=\"text\">\n");
  heddle_html_add_paragraphs (out, "said", message->text);
  heddle_html_add_paragraphs (out, "signature", message->signature);
  g_string_append (out, "</div>\n");
  add_attachments (out, message->attachments);
  add_urls (out, message->urls);
  add_evidence (out, node);
  g_string_append (out, "</article>\n");
}
