/* SPDX-License-Identifier: MIT */
/* Chains, threads and follow-ups as text for people. Free to change; scripts use
 * --json. Whatever comes from a mail goes through heddle_clean(). */
#include "cli/cli.h"

#include <string.h>

char *
heddle_text_person (const HeddlePerson *person)
{
  if (person == NULL)
    return g_strdup ("somebody unnamed");
  g_autofree char *name = heddle_isolate (heddle_clean (person->name, TRUE));
  g_autofree char *address = heddle_isolate (heddle_clean (person->address, TRUE));
  const char *withheld = person->redacted ? " [withheld]" : "";
  if (*name != '\0' && *address != '\0')
    return g_strdup_printf ("%s <%s>%s", name, address, withheld);
  if (*name != '\0' || *address != '\0')
    return g_strdup_printf ("%s%s%s", name, address, withheld);
  if (person->redacted)
    return g_strdup ("[withheld]");
  return heddle_isolate (heddle_clean (person->raw, TRUE));
}

char *
heddle_text_date (const HeddleDate *date)
{
  if (date == NULL)
    return g_strdup ("undated");
  if (!date->has_local)
    return heddle_isolate (heddle_clean (date->raw, TRUE));
  const HeddleWall *w = &date->local;
  if (date->precision == HEDDLE_PRECISION_DAY)
    return g_strdup_printf ("%04d-%02d-%02d", w->year, w->month, w->day);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text, "%04d-%02d-%02d %02d:%02d", w->year, w->month, w->day, w->hour,
                   w->minute);
  if (date->has_offset)
    g_string_append_printf (text, " %c%02d:%02d", date->offset < 0 ? '-' : '+',
                            ABS (date->offset) / 60, ABS (date->offset) % 60);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
heddle_text_time (HeddleTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc
      = time != HEDDLE_TIME_NONE ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autoptr (GDateTime) there
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  GDateTime *shown = there != NULL ? there : utc;
  return shown != NULL ? g_date_time_format (shown, "%Y-%m-%d %H:%M") : g_strdup ("unknown");
}

/* Their clock as they wrote it, and ours where it shows another time. */
char *
heddle_text_clocks (const HeddleDate *date, GTimeZone *zone)
{
  g_autofree char *theirs = heddle_text_date (date);
  if (date == NULL || !date->has_utc || date->precision == HEDDLE_PRECISION_DAY || zone == NULL)
    return g_steal_pointer (&theirs);
  g_autofree char *ours = heddle_text_time (date->utc, zone);
  if (g_str_has_prefix (theirs, ours))
    return g_steal_pointer (&theirs);
  return g_strdup_printf ("%s (ours %s)", theirs, ours);
}

/* @text, each line behind @margin; blank lines in a row are one. */
static void
print_block (const char *margin, const char *text)
{
  g_autofree char *clean = heddle_clean (text, FALSE);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (clean), "\n", -1);
  g_autofree char *edge = g_strchomp (g_strdup (margin));
  gboolean blank = TRUE;
  for (char **line = lines; *line != NULL; line++) {
    g_strchomp (*line);
    if (**line == '\0' && blank)
      continue;
    blank = **line == '\0';
    *line = heddle_isolate (*line);
    printf ("%s%s\n", blank ? edge : margin, *line);
  }
}

static void
print_fact (const char *margin, const char *what, const char *value, const char *more)
{
  g_autofree char *clean = heddle_excerpt (value, 160);
  printf ("%s%s%-10s%s %s%s\n", margin, heddle_style (HEDDLE_STYLE_DIM), what,
          heddle_style (HEDDLE_STYLE_PLAIN), clean, more);
}

static void
print_attachments (const char *margin, const GPtrArray *attachments)
{
  for (guint i = 0; i < attachments->len; i++) {
    const HeddleAttachment *item = attachments->pdata[i];
    g_autofree char *size = item->size >= 0
                                ? g_strdup_printf (" (%" G_GINT64_FORMAT " bytes)", item->size)
                                : g_strdup (" (only named)");
    print_fact (margin, "attached", item->name != NULL ? item->name : "without a name", size);
    if (item->caption != NULL)
      print_fact (margin, "  shows", item->caption, "");
  }
}

/* What an inferred moment rests on. */
static void
print_evidence (const char *margin, const HeddleDate *date)
{
  static const char *const grounds[] = {
    [HEDDLE_PIN_ANSWER] = ", as the answer is dated that quotes it",
    [HEDDLE_PIN_AUTHOR] = ", as another message of who quotes it is dated",
    [HEDDLE_PIN_COPY] = ", as who quotes it shows a message of known time",
  };
  if (date == NULL || date->pin == HEDDLE_PIN_NONE)
    return;
  g_autofree char *zone = g_strdup_printf ("%c%02d:%02d", date->zone < 0 ? '-' : '+',
                                           ABS (date->zone) / 60, ABS (date->zone) % 60);
  g_autofree char *witness
      = date->witness >= 0 ? g_strdup_printf ("%s: [%d]", grounds[date->pin], date->witness)
                           : g_strdup (grounds[date->pin]);
  print_fact (margin, "zone", zone, witness);
}

static void
print_facts (const char *margin, const HeddleMessage *message)
{
  for (guint i = 0; i < message->markings->len; i++)
    print_fact (margin, "marking", message->markings->pdata[i], "");
  for (guint i = 0; i < message->urls->len; i++) {
    const HeddleUrl *url = message->urls->pdata[i];
    gboolean lost = url->url == NULL;
    print_fact (margin, "link", lost ? url->text : url->url, lost ? " (its target was lost)" : "");
  }
  for (guint i = 0; i < message->handles->len; i++)
    print_fact (margin, "handle", message->handles->pdata[i], "");
  for (guint i = 0; i < message->cases->len; i++)
    print_fact (margin, "case", ((HeddleCase *)message->cases->pdata[i])->raw, "");
  print_attachments (margin, message->attachments);
  for (guint i = 0; i < message->dates->len; i++) {
    const HeddleMention *date = message->dates->pdata[i];
    g_autofree char *day = g_strdup_printf (" = %04d-%02d-%02d", date->start.year,
                                            date->start.month, date->start.day);
    print_fact (margin, "date", date->raw, day);
  }
  for (guint i = 0; i < message->actions->len; i++) {
    const HeddleAction *action = message->actions->pdata[i];
    print_fact (margin, heddle_action_kind_name (action->kind), action->text, "");
  }
  if (message->encrypted)
    print_fact (margin, "encrypted", "yes", "");
  if (heddle_automatic_name (message->automatic) != NULL)
    print_fact (margin, "automatic", heddle_automatic_name (message->automatic), "");
}

static void
print_chain_message (const HeddleChain *chain, guint index)
{
  const HeddleMessage *message = chain->messages->pdata[index];
  g_autofree char *who = heddle_text_person (message->from);
  g_autofree char *when = heddle_text_date (message->date);
  printf ("%s[%u] %s, %s%s\n", heddle_style (HEDDLE_STYLE_BOLD), index, who, when,
          heddle_style (HEDDLE_STYLE_PLAIN));
  printf ("    %s%s", heddle_style (HEDDLE_STYLE_DIM), heddle_kind_name (message->kind));
  if (message->style != NULL) {
    g_autofree char *style = heddle_clean (message->style, TRUE);
    printf (", %s", style);
  }
  if (message->parent >= 0)
    printf (", %s [%d]",
            ((HeddleMessage *)chain->messages->pdata[message->parent])->kind
                    == HEDDLE_KIND_FORWARD
                ? "forwards"
                : "answers",
            message->parent);
  printf ("%s\n", heddle_style (HEDDLE_STYLE_PLAIN));
  if (message->subject != NULL)
    print_fact ("    ", "subject", message->subject, "");
  print_evidence ("    ", message->date);
  if (message->text != NULL && *message->text != '\0')
    print_block ("    │ ", message->text);
  print_facts ("    ", message);
  putchar ('\n');
}

void
heddle_text_chain (const HeddleChain *chain)
{
  for (guint i = 0; i < chain->messages->len; i++)
    print_chain_message (chain, i);
  for (guint i = 0; i < chain->warnings->len; i++) {
    g_autofree char *warning = heddle_clean (chain->warnings->pdata[i], TRUE);
    printf ("%swarning: %s%s\n", heddle_style (HEDDLE_STYLE_YELLOW), warning,
            heddle_style (HEDDLE_STYLE_PLAIN));
  }
}

void
heddle_text_explain (const HeddleChain *chain, gboolean rules)
{
  for (guint i = 0; i < chain->lines->len; i++) {
    const HeddleChainLine *line = chain->lines->pdata[i];
    g_autofree char *text = heddle_clean (line->text, TRUE);
    g_autofree char *owner
        = line->message >= 0 ? g_strdup_printf ("%d", line->message) : g_strdup ("-");
    printf ("%5u %3s %-10s %s", i + 1, owner, heddle_zone_name (line->zone),
            heddle_style (HEDDLE_STYLE_DIM));
    if (rules)
      printf ("%-24s ", line->rule != NULL ? line->rule : "");
    printf ("%s%s\n", heddle_style (HEDDLE_STYLE_PLAIN), text);
  }
  for (guint i = 0; rules && i < chain->messages->len; i++) {
    const HeddleMessage *message = chain->messages->pdata[i];
    if (message->automatic != HEDDLE_AUTOMATIC_NO)
      printf ("automatic: %u is %s, by %s\n", i, heddle_automatic_name (message->automatic),
              message->ground != NULL ? message->ground : "its text");
    if (message->date != NULL && message->date->pin != HEDDLE_PIN_NONE) {
      g_autofree char *margin = g_strdup_printf ("inferred: of %u, ", i);
      print_evidence (margin, message->date);
    }
  }
}

gboolean
heddle_node_is_received (const HeddleNode *node)
{
  for (guint i = 0; i < node->evidence->len; i++)
    if (((HeddleEvidence *)node->evidence->pdata[i])->received)
      return TRUE;
  return FALSE;
}

/* What else the evidence says: people filled in, other texts, other bearers of its id. */
static void
print_doubts (const HeddleNode *node)
{
  static const char *const fields[HEDDLE_FIELDS] = { "author", "To", "Cc", "Bcc" };
  for (int field = 0; field < HEDDLE_FIELDS; field++)
    if (node->filled[field] >= 0) {
      const HeddleEvidence *evidence = node->evidence->pdata[node->filled[field]];
      g_autofree char *from = g_strdup_printf (" withheld in one copy, taken from mail %.12s, [%u]",
                                               evidence->mail, evidence->index);
      print_fact ("  ", "inferred", fields[field], from);
    }
  for (guint i = 1; i < node->variants->len; i++) {
    const HeddleVariant *variant = node->variants->pdata[i];
    g_autofree char *copies
        = g_strdup_printf (": %s in %u cop%s", heddle_difference_name (variant->difference),
                           variant->evidence->len, variant->evidence->len == 1 ? "y" : "ies");
    print_fact ("  ", "variant", variant->text, copies);
  }
  if (node->namesakes->len > 0) {
    g_autofree char *others = g_strdup_printf (" is borne by %s too%s", (char *)node->namesakes->pdata[0],
                                               node->namesakes->len > 1 ? ", and by more" : "");
    print_fact ("  ", "Message-ID", node->message->message_id, others);
  }
}

static void
print_node (const HeddleThread *thread, const HeddleNode *node, GTimeZone *zone)
{
  const HeddleMessage *message = node->message;
  g_autofree char *who = heddle_text_person (message->from);
  g_autofree char *when = heddle_text_clocks (message->date, zone);
  gboolean missing = message->kind == HEDDLE_KIND_MISSING, by = message->from != NULL;
  printf ("\n%s%s%s%s, %s%s  %s%s", heddle_style (HEDDLE_STYLE_BOLD),
          missing ? "a message that nobody has shown us" : "", missing && by ? ", by " : "",
          missing && !by ? "" : who, when, heddle_style (HEDDLE_STYLE_PLAIN),
          heddle_style (HEDDLE_STYLE_DIM), node->id);
  if (!missing && !heddle_node_is_received (node))
    printf (", only quoted");
  if (node->parent >= 0)
    printf (", answers %s", ((HeddleNode *)thread->messages->pdata[node->parent])->id);
  printf ("%s\n", heddle_style (HEDDLE_STYLE_PLAIN));
  if (missing && message->message_id != NULL)
    print_fact ("  ", "Message-ID", message->message_id, "");
  print_evidence ("  ", message->date);
  if (message->text != NULL && *message->text != '\0')
    print_block ("  ", message->text);
  if (message->signature != NULL)
    print_block ("  ~ ", message->signature);
  print_attachments ("  ", message->attachments);
  print_doubts (node);
}

void
heddle_text_thread_head (const HeddleThread *thread, const char *state)
{
  g_autofree char *subject = heddle_isolate (
      heddle_clean (thread->subject != NULL ? thread->subject : "(no subject)", TRUE));
  printf ("%s%s%s\n%s%s, %s: %u messages, %u received, %u only quoted, %u missing%s\n",
          heddle_style (HEDDLE_STYLE_BOLD), subject, heddle_style (HEDDLE_STYLE_PLAIN),
          heddle_style (HEDDLE_STYLE_DIM), thread->id, state, thread->messages->len,
          thread->received, thread->quoted_only, thread->missing,
          heddle_style (HEDDLE_STYLE_PLAIN));
}

void
heddle_text_thread (const HeddleThread *thread, const char *state, GTimeZone *zone)
{
  heddle_text_thread_head (thread, state);
  for (guint i = 0; i < thread->messages->len; i++)
    print_node (thread, thread->messages->pdata[i], zone);
}

void
heddle_text_suggestions (const HeddleThread *thread, const GPtrArray *suggestions)
{
  for (guint i = 0; i < suggestions->len; i++) {
    const HeddleSuggestion *suggestion = suggestions->pdata[i];
    g_autofree char *why = heddle_excerpt (suggestion->why, 160);
    printf ("%s%sperhaps with %s: %s; heddle join %s %s%s\n", i == 0 ? "\n" : "",
            heddle_style (HEDDLE_STYLE_DIM), suggestion->thread, why, thread->id,
            suggestion->thread, heddle_style (HEDDLE_STYLE_PLAIN));
  }
}
