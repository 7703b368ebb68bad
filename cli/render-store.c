/* SPDX-License-Identifier: MIT */
/* The promised JSON of what the store and the ledger answer: threads, hits,
 * tallies, follow-ups. Messages are render-json.c's. */
#include "cli/cli.h"

#include <string.h>

static void
render_participants (HeddleJson *json, const GPtrArray *participants)
{
  heddle_json_begin_array (json, "participants");
  for (guint i = 0; i < participants->len; i++) {
    const HeddlePerson *person = participants->pdata[i];
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "name", person->name);
    heddle_json_string (json, "address", person->address);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

static void
render_variants (HeddleJson *json, const HeddleNode *node)
{
  heddle_json_begin_array (json, "variants");
  for (guint i = 0; i < node->variants->len; i++) {
    const HeddleVariant *variant = node->variants->pdata[i];
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "text", variant->text);
    heddle_json_bool (json, "shown", variant->difference == HEDDLE_VARIANT_SHOWN);
    heddle_json_string (json, "difference", heddle_difference_name (variant->difference));
    heddle_json_begin_array (json, "evidence");
    for (guint k = 0; k < variant->evidence->len; k++)
      heddle_render_evidence (
          json, NULL, node->evidence->pdata[g_array_index (variant->evidence, guint, k)]);
    heddle_json_end_array (json);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

static void
render_node (HeddleJson *json, const HeddleThread *thread, guint index)
{
  const HeddleNode *node = thread->messages->pdata[index];
  const HeddleNode *parent = node->parent >= 0 ? thread->messages->pdata[node->parent] : NULL;
  heddle_json_begin_object (json, NULL);
  heddle_json_int (json, "index", index);
  heddle_json_string (json, "id", node->id);
  heddle_json_string (json, "parent", parent != NULL ? parent->id : NULL);
  heddle_render_message_fields (json, node->message, node, TRUE);
  heddle_json_begin_array (json, "evidence");
  for (guint i = 0; i < node->evidence->len; i++) {
    heddle_render_evidence (json, NULL, node->evidence->pdata[i]);
  }
  heddle_json_end_array (json);
  render_variants (json, node);
  heddle_json_int (json, "variants_left_out", node->variants_left_out);
  heddle_json_begin_array (json, "message_id_shared_with");
  for (guint i = 0; i < node->namesakes->len; i++)
    heddle_json_string (json, NULL, node->namesakes->pdata[i]);
  heddle_json_end_array (json);
  heddle_json_end_object (json);
}

static void
render_suggestions (HeddleJson *json, const GPtrArray *suggestions)
{
  heddle_json_begin_array (json, "suggestions");
  for (guint i = 0; i < suggestions->len; i++) {
    const HeddleSuggestion *suggestion = suggestions->pdata[i];
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "thread", suggestion->thread);
    heddle_json_string (json, "subject", suggestion->subject);
    heddle_json_string (json, "why", suggestion->why);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

void
heddle_render_thread (HeddleJson *json, const HeddleThread *thread, const char *state,
                      const GPtrArray *suggestions)
{
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.thread/1");
  heddle_json_string (json, "thread", thread->id);
  heddle_json_string (json, "subject", thread->subject);
  render_participants (json, thread->participants);
  heddle_json_string (json, "state", state);
  heddle_json_begin_array (json, "messages");
  for (guint i = 0; i < thread->messages->len; i++)
    render_node (json, thread, i);
  heddle_json_end_array (json);
  render_suggestions (json, suggestions);
  heddle_json_end_object (json);
}

void
heddle_render_summary (HeddleJson *json, const HeddleThread *thread, const char *state,
                       const GPtrArray *suggestions)
{
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "thread", thread->id);
  heddle_json_string (json, "subject", thread->subject);
  render_participants (json, thread->participants);
  heddle_json_time (json, "first", thread->has_first ? thread->first : HEDDLE_TIME_NONE);
  heddle_json_time (json, "last", thread->has_first ? thread->last : HEDDLE_TIME_NONE);
  heddle_json_int (json, "messages",
                   (gint64)thread->received + thread->quoted_only + thread->missing);
  heddle_json_int (json, "received", thread->received);
  heddle_json_int (json, "quoted_only", thread->quoted_only);
  heddle_json_int (json, "missing", thread->missing);
  heddle_json_string (json, "state", state);
  render_suggestions (json, suggestions);
  heddle_json_end_object (json);
}

/* Take the marks around what was found out of @snippet; where they stood, in characters of
 * what is left, from the first of a hit to the one behind its last (transfer full). */
static GArray *
take_marks (char *snippet)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 characters = 0;
  char *out = snippet;
  for (const char *c = snippet; *c != '\0'; c++) {
    if (*c == '\001' || *c == '\002') {
      g_array_append_val (places, characters);
      continue;
    }
    characters += ((guchar)*c & 0xc0) != 0x80;
    *out++ = *c;
  }
  *out = '\0';
  return places;
}

static void
render_marks (HeddleJson *json, const GArray *places)
{
  heddle_json_flat (json);
  heddle_json_begin_array (json, "hits");
  for (guint i = 0; i + 1 < places->len; i += 2) {
    heddle_json_begin_array (json, NULL);
    heddle_json_int (json, NULL, g_array_index (places, gint64, i));
    heddle_json_int (json, NULL, g_array_index (places, gint64, i + 1));
    heddle_json_end_array (json);
  }
  heddle_json_end_array (json);
}

void
heddle_render_hit (HeddleJson *json, const HeddleHit *hit)
{
  g_autofree char *snippet = g_strdup (hit->snippet != NULL ? hit->snippet : "");
  g_autoptr (GArray) marks = take_marks (snippet);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "thread", hit->thread);
  heddle_json_string (json, "message", hit->message);
  heddle_render_person (json, "from", hit->from);
  heddle_render_date (json, "date", hit->date, FALSE);
  heddle_json_string (json, "subject", hit->subject);
  heddle_json_string (json, "snippet", snippet);
  render_marks (json, marks);
  heddle_json_double (json, "score", hit->score);
  heddle_json_end_object (json);
}

void
heddle_render_tally (HeddleJson *json, const HeddleTally *tally)
{
  heddle_json_flat (json);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "value", tally->value);
  heddle_json_int (json, "count", tally->count);
  heddle_json_time (json, "first", tally->first);
  heddle_json_time (json, "last", tally->last);
  heddle_json_end_object (json);
}

static void
render_followup_fields (HeddleJson *json, const HeddleFollowup *f)
{
  heddle_json_string (json, "id", f->id);
  heddle_json_string (json, "thread", f->thread);
  heddle_json_string (json, "subject", f->subject);
  heddle_json_string (json, "kind", heddle_followup_kind_name (f->kind));
  heddle_render_person (json, "waiting_on", f->waiting_on);
  heddle_json_string (json, "owner", f->owner != NULL ? f->owner->id : NULL);
  heddle_json_time (json, "since", f->since);
  heddle_json_time (json, "due", f->due);
  heddle_json_bool (json, "overdue", f->overdue);
  heddle_json_int (json, "overdue_working_days", f->overdue_working_days);
  heddle_json_string (json, "reason", f->reason);
  heddle_json_begin_object (json, "evidence");
  heddle_json_string (json, "message", f->message);
  heddle_json_string (json, "text", f->evidence_text);
  heddle_render_spans (json, "spans", f->spans);
  heddle_json_end_object (json);
  heddle_json_bool (json, "verified", f->verified);
  heddle_json_time (json, "snoozed_until", f->snoozed_until);
  heddle_json_string (json, "policy", f->rule);
  heddle_json_bool (json, "due_by_hand", f->due_by_hand);
  heddle_json_bool (json, "ours", f->ours);
}

void
heddle_render_followup (HeddleJson *json, const HeddleFollowup *followup)
{
  heddle_json_begin_object (json, NULL);
  render_followup_fields (json, followup);
  heddle_json_end_object (json);
}

void
heddle_render_why (HeddleJson *json, const HeddleFollowup *f)
{
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.why/1");
  render_followup_fields (json, f);
  heddle_json_bool (json, "closed", f->closed);
  heddle_json_string (json, "closed_by", f->closed_by);
  heddle_json_string (json, "closed_reason", f->closed_reason);
  heddle_json_begin_array (json, "steps");
  for (guint i = 0; f->steps != NULL && i < f->steps->len; i++) {
    const HeddleDayStep *step = &g_array_index (f->steps, HeddleDayStep, i);
    g_autofree char *day
        = g_strdup_printf ("%04d-%02d-%02d", step->day.year, step->day.month, step->day.day);
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "day", day);
    heddle_json_bool (json, "counted", step->counted);
    heddle_json_string (json, "reason", step->reason);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
  heddle_json_end_object (json);
}
