/* SPDX-License-Identifier: MIT */
#include "tests/threads/support.h"
#include "base/base.h"

#include <stdio.h>
#include <string.h>

/* --- chains --------------------------------------------------------------------- */

static HeddlePerson *
person (const char *text)
{
  g_autofree char *name = NULL, *address = NULL;
  const char *open = strchr (text, '<');
  gboolean redacted = strchr (text, '?') != NULL;

  name = g_strstrip (g_strndup (text, strcspn (text, "<?")));
  if (open)
    address = g_strndup (open + 1, strcspn (open + 1, ">"));
  return heddle_person_new (*name ? name : NULL, address, redacted, text);
}

static HeddleDate *
date (const char *text)
{
  HeddleDate *ret = g_new0 (HeddleDate, 1);
  int hours = 0, minutes = 0;
  const char *zone;
  int n = sscanf (text, "%d-%d-%d %d:%d:%d", &ret->local.year, &ret->local.month, &ret->local.day,
                  &ret->local.hour, &ret->local.minute, &ret->local.second);

  ret->raw = g_strdup (text);
  ret->has_local = TRUE;
  ret->precision = n >= 6   ? HEDDLE_PRECISION_SECOND
                   : n >= 5 ? HEDDLE_PRECISION_MINUTE
                            : HEDDLE_PRECISION_DAY;
  zone = strlen (text) > 10 ? strpbrk (text + 10, "+-") : NULL;
  if (zone && sscanf (zone + 1, "%d:%d", &hours, &minutes) == 2) {
    g_autoptr (GDateTime) utc = g_date_time_new_utc (ret->local.year, ret->local.month,
                                                     ret->local.day, ret->local.hour,
                                                     ret->local.minute, ret->local.second);
    ret->has_offset = ret->has_utc = TRUE;
    ret->offset = (*zone == '-' ? -1 : 1) * (hours * 60 + minutes);
    ret->utc = g_date_time_to_unix (utc) - ret->offset * 60;
  }
  return ret;
}

HeddleMessage *
support_message (const Entry *entry)
{
  HeddleMessage *ret = heddle_message_new (entry->kind);

  ret->parent = entry->up > 0 ? entry->up : -1;
  g_free (ret->text);
  ret->text = entry->greeting ? g_strdup_printf ("%s\n%s", entry->greeting, entry->text)
                              : g_strdup (entry->text);
  ret->greeting = g_strdup (entry->greeting);
  ret->from = entry->from ? person (entry->from) : NULL;
  if (entry->to)
    g_ptr_array_add (ret->to, person (entry->to));
  ret->date = entry->date ? date (entry->date) : NULL;
  ret->subject = g_strdup (entry->subject);
  ret->message_id = g_strdup (entry->id);
  ret->in_reply_to = g_strdup (entry->answers);
  ret->thread_index = g_strdup (entry->index);
  if (entry->references) {
    g_auto (GStrv) ids = g_strsplit (entry->references, " ", -1);
    for (guint i = 0; ids[i]; i++)
      g_ptr_array_add (ret->references, g_strdup (ids[i]));
  }
  if (entry->attachment) {
    HeddleAttachment *attachment = g_new0 (HeddleAttachment, 1);
    attachment->name = g_strdup (entry->attachment);
    attachment->size = 3;
    attachment->sha256 = heddle_sha256 (entry->attachment, strlen (entry->attachment));
    g_ptr_array_add (ret->attachments, attachment);
  }
  if (entry->mentioned) {
    HeddleAttachment *attachment = g_new0 (HeddleAttachment, 1);
    const char *bar = strchr (entry->mentioned, '|');
    attachment->name = g_strndup (entry->mentioned, strcspn (entry->mentioned, "|"));
    attachment->size = -1;
    attachment->kind = HEDDLE_ATTACHMENT_MENTIONED;
    attachment->caption = bar ? g_strdup (bar + 1) : NULL;
    g_ptr_array_add (ret->attachments, attachment);
  }
  return ret;
}

HeddleThreadMail *
support_mail_of (const char *name, gboolean verified, GPtrArray *messages)
{
  g_autofree char *id = heddle_sha256 (name, strlen (name));
  HeddleChain *chain = heddle_chain_new ();

  for (guint i = 0; i < messages->len; i++)
    g_ptr_array_add (chain->messages, messages->pdata[i]);
  g_ptr_array_unref (messages);
  return heddle_thread_mail_new (id, verified, chain);
}

HeddleThreadMail *
support_mail (const Mail *mail)
{
  GPtrArray *messages = g_ptr_array_new ();

  for (guint i = 0; i < ENTRIES_MAX && mail->entries[i].text; i++)
    g_ptr_array_add (messages, support_message (&mail->entries[i]));
  return support_mail_of (mail->name, mail->verified, messages);
}

GPtrArray *
support_mails (const Mail *mails)
{
  GPtrArray *ret = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);

  for (guint i = 0; i < MAILS_MAX && mails[i].name; i++)
    g_ptr_array_add (ret, support_mail (&mails[i]));
  return ret;
}

/* --- results ------------------------------------------------------------------------ */

static void
print_person (GString *out, const char *label, const HeddlePerson *who)
{
  if (who)
    g_string_append_printf (out, " %s=%s/%s%s", label, who->name ? who->name : "-",
                            who->address ? who->address : "-", who->redacted ? "/withheld" : "");
}

static void
print_strings (GString *out, const char *label, const GPtrArray *strings)
{
  g_string_append_printf (out, " %s=", label);
  for (guint i = 0; i < strings->len; i++)
    g_string_append_printf (out, "%s%s", i ? "," : "", (char *) strings->pdata[i]);
}

static void
print_copies (GString *out, const HeddleNode *node)
{
  for (guint i = 0; i < node->variants->len; i++) {
    const HeddleVariant *variant = node->variants->pdata[i];
    const char *difference = heddle_difference_name (variant->difference);

    g_string_append_printf (out, " variant=%s[%s]", difference ? difference : "shown", variant->text);
    for (guint k = 0; k < variant->evidence->len; k++)
      g_string_append_printf (out, ",%u", g_array_index (variant->evidence, guint, k));
  }
  if (node->variants_left_out > 0)
    g_string_append_printf (out, " variants left out=%u", node->variants_left_out);
  for (int field = 0; field < HEDDLE_FIELDS; field++) {
    if (node->filled[field] >= 0)
      g_string_append_printf (out, " filled %d=%d", field, node->filled[field]);
  }
  if (node->namesakes->len > 0)
    print_strings (out, "namesakes", node->namesakes);
}

static void
print_node (GString *out, const HeddleNode *node)
{
  const HeddleMessage *message = node->message;

  g_string_append_printf (out, "  %s %s parent=%d best=%d text=[%s]", node->id,
                          heddle_kind_name (message->kind), node->parent, node->best, message->text);
  print_person (out, "from", message->from);
  for (guint i = 0; i < message->to->len; i++)
    print_person (out, "to", message->to->pdata[i]);
  if (message->date)
    g_string_append_printf (out, " date=%s", message->date->raw);
  g_string_append_printf (out, " subject=%s id=%s answers=%s", message->subject, message->message_id,
                          message->in_reply_to);
  print_strings (out, "references", message->references);
  for (guint i = 0; i < message->attachments->len; i++)
    g_string_append_printf (out, " attachment=%s",
                            ((HeddleAttachment *) message->attachments->pdata[i])->name);
  print_strings (out, "ids", node->ids);
  for (guint i = 0; i < node->evidence->len; i++) {
    const HeddleEvidence *evidence = node->evidence->pdata[i];
    g_string_append_printf (out, " %.6s:%u%s%s", evidence->mail, evidence->index,
                            evidence->received ? "r" : "", evidence->verified ? "v" : "");
  }
  print_copies (out, node);
  g_string_append_c (out, '\n');
}

char *
support_print (const GPtrArray *threads)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < threads->len; i++) {
    const HeddleThread *thread = threads->pdata[i];

    g_string_append_printf (out, "%s %s %u %u %u", thread->id, thread->subject, thread->received,
                            thread->quoted_only, thread->missing);
    if (thread->has_first)
      g_string_append_printf (out, " %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT, thread->first,
                              thread->last);
    for (guint k = 0; k < thread->participants->len; k++)
      print_person (out, "who", thread->participants->pdata[k]);
    print_strings (out, "ids", thread->ids);
    g_string_append_c (out, '\n');
    for (guint k = 0; k < thread->messages->len; k++)
      print_node (out, thread->messages->pdata[k]);
  }
  return g_string_free (out, FALSE);
}

/* --- memory ---------------------------------------------------------------------------- */

static gboolean
shares_key (const HeddleBundle *bundle, GHashTable *wanted)
{
  for (guint i = 0; i < bundle->mails->len; i++) {
    g_autoptr (GPtrArray) keys = heddle_thread_keys (bundle->mails->pdata[i]);
    for (guint k = 0; k < keys->len; k++) {
      if (g_hash_table_contains (wanted, keys->pdata[k]))
        return TRUE;
    }
  }
  return FALSE;
}

static GPtrArray *
memory_mails_by_keys (gpointer self, const GPtrArray *keys, GError **error)
{
  Memory *memory = self;
  GPtrArray *ret = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);

  memory->asked++;
  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (wanted, keys->pdata[i]);
  for (guint i = 0; i < memory->bundles->len; i++) {
    const HeddleBundle *bundle = memory->bundles->pdata[i];
    for (guint k = 0; shares_key (bundle, wanted) && k < bundle->mails->len; k++)
      g_ptr_array_add (ret, heddle_thread_mail_ref (bundle->mails->pdata[k]));
  }
  return ret;
}

Memory *
memory_new (void)
{
  Memory *memory = g_new0 (Memory, 1);

  memory->bundles = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_bundle_free);
  memory->source.self = memory;
  memory->source.mails_by_keys = memory_mails_by_keys;
  return memory;
}

void
memory_free (Memory *memory)
{
  if (!memory)
    return;
  g_ptr_array_unref (memory->bundles);
  g_free (memory);
}

/* Whether one of @mails is in @bundle. */
static gboolean
holds_one (const HeddleBundle *bundle, GHashTable *mails)
{
  for (guint i = 0; i < bundle->mails->len; i++) {
    if (g_hash_table_contains (mails, ((HeddleThreadMail *) bundle->mails->pdata[i])->mail))
      return TRUE;
  }
  return FALSE;
}

void
memory_add (Memory *memory, const GPtrArray *mails)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = heddle_threads_add (&memory->source, mails, &error);
  g_autoptr (GHashTable) touched = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_no_error (error);
  for (guint i = 0; i < made->len; i++) {
    const HeddleBundle *bundle = made->pdata[i];
    for (guint k = 0; k < bundle->mails->len; k++)
      g_hash_table_add (touched, ((HeddleThreadMail *) bundle->mails->pdata[k])->mail);
  }
  for (guint i = memory->bundles->len; i-- > 0;) {
    if (holds_one (memory->bundles->pdata[i], touched))
      g_ptr_array_remove_index_fast (memory->bundles, i);
  }
  g_ptr_array_set_free_func (made, NULL);
  for (guint i = 0; i < made->len; i++)
    g_ptr_array_add (memory->bundles, made->pdata[i]);
}

static int
compare_threads (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(HeddleThread *const *) a)->id, (*(HeddleThread *const *) b)->id);
}

GPtrArray *
memory_threads (const Memory *memory)
{
  GPtrArray *ret = g_ptr_array_new ();

  for (guint i = 0; i < memory->bundles->len; i++) {
    const HeddleBundle *bundle = memory->bundles->pdata[i];
    for (guint k = 0; k < bundle->threads->len; k++)
      g_ptr_array_add (ret, bundle->threads->pdata[k]);
  }
  g_ptr_array_sort (ret, compare_threads);
  return ret;
}
