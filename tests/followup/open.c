/* SPDX-License-Identifier: MIT */
/* With a real store: what is open over all threads, ids, and one event's whole life. */
#include "tests/followup/fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define REMIND "[remind]\nfrom = follow-up@threads.example.org\nrelay = smtp://127.0.0.1:25\n"

typedef struct {
  char *folder, *path;
  HeddleConfig *config;
  HeddlePolicy *policy;
  HeddleStore *store;
} World;

static World *
world_new (void)
{
  World *world = g_new0 (World, 1);
  g_autoptr (GError) error = NULL;

  world->config = fixture_config (REMIND);
  world->policy = heddle_policy_new (world->config, NULL);
  world->folder = g_dir_make_tmp ("heddle-open-XXXXXX", NULL);
  world->path = g_build_filename (world->folder, "heddle.db", NULL);
  world->store = heddle_store_open (world->path, HEDDLE_STORE_WRITE, &error);
  g_assert_no_error (error);
  return world;
}

static void
world_free (World *world)
{
  g_autoptr (GDir) dir = g_dir_open (world->folder, 0, NULL);
  const char *name;

  heddle_store_close (world->store);
  heddle_policy_free (world->policy);
  heddle_config_free (world->config);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (world->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (world->folder);
  g_free (world->folder);
  g_free (world->path);
  g_free (world);
}

/* --- one mail, as if parsed --------------------------------------------------------- */

static HeddleMessage *
message_new (const char *from, const char *to, const char *date, const char *id,
             const char *answers, const char *asks)
{
  HeddleMessage *message = heddle_message_new (HEDDLE_KIND_RECEIVED);

  message->from = fixture_person (from);
  g_ptr_array_add (message->to, fixture_person (to));
  message->subject = g_strdup ("An account");
  message->message_id = g_strdup (id);
  message->in_reply_to = g_strdup (answers);
  if (answers != NULL)
    g_ptr_array_add (message->references, g_strdup (answers));
  g_free (message->text);
  message->text = g_strdup_printf ("The account %s is the subject of this mail.", id);
  message->date = g_new0 (HeddleDate, 1);
  message->date->raw = g_strdup (date);
  message->date->has_utc = TRUE;
  message->date->utc = fixture_time (date);
  if (asks != NULL) {
    HeddleAction *action = g_new0 (HeddleAction, 1);

    action->kind = HEDDLE_ACTION_REQUEST;
    action->text = g_strdup (asks);
    action->span = (HeddleSpan){ 1, 1 };
    g_ptr_array_add (message->actions, action);
  }
  return message;
}

static void
add (World *world, HeddleMessage *message)
{
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_store_mail_free);
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_store_record_free);
  g_autoptr (HeddleChain) chain = heddle_chain_new ();
  g_autofree char *text = g_strdup_printf ("Message-ID: <%s>\n\nx\n", message->message_id);
  HeddleStoreMail *mail = g_new0 (HeddleStoreMail, 1);
  HeddleStoreRecord *record = g_new0 (HeddleStoreRecord, 1);
  g_autoptr (GError) error = NULL;

  message->parent = -1;
  g_ptr_array_add (chain->messages, message);
  mail->mail = heddle_mail_id (text, strlen (text));
  mail->bytes = g_bytes_new (text, strlen (text));
  mail->envelope = g_new0 (HeddleEnvelope, 1);
  mail->received = message->date->utc;
  mail->verified = TRUE;
  record->mail = g_strdup (mail->mail);
  record->record = heddle_chain_to_record (chain, FALSE);
  g_ptr_array_add (mails, mail);
  g_ptr_array_add (records, record);
  heddle_store_add_mails (world->store, mails, NULL, &error);
  g_assert_no_error (error);
  heddle_store_index (world->store, records, NULL, &error);
  g_assert_no_error (error);
}

/* --- tests ---------------------------------------------------------------------------- */

static void
test_open (void)
{
  World *world = world_new ();
  HeddleTime now = fixture_time ("2018-04-20");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (HeddleFollowup) found = NULL;

  add (world, message_new ("Ana Ruiz <ana@example.org>", "noor@ngo.example",
                           "2018-04-12T09:00:00Z", "two@example.org", NULL, "Could you look?"));
  add (world, message_new ("Ana Ruiz <ana@example.org>", "support@chirper.example",
                           "2018-04-10T09:00:00Z", "one@example.org", NULL, "Could you look?"));
  open = heddle_followups_open (world->policy, world->store, now, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->len, ==, 2);
  {
    const HeddleFollowup *first = g_ptr_array_index (open, 0);

    g_assert_cmpstr (first->party->id, ==, "chirper");
    found = heddle_followup_find (world->policy, world->store, first->id, now, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (found->message, ==, first->message);
  }
  g_assert_null (heddle_followup_find (world->policy, world->store, "f0", now, &error));
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN);
  world_free (world);
}

static char *
remind (World *world, const char *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plan
      = heddle_reminders_plan (world->policy, world->store, fixture_time (now), &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < plan->len; i++) {
    const HeddleOutgoing *one = g_ptr_array_index (plan, i);

    heddle_store_queue (world->store, one->reminder, one->item, &error);
    g_assert_no_error (error);
    g_string_append_printf (text, "%s %d ", one->cancel ? "CANCEL" : "REQUEST",
                            one->reminder->sequence);
  }
  return g_string_free (text, FALSE);
}

static void
expect (World *world, const char *now, const char *wanted)
{
  g_autofree char *first = remind (world, now), *again = remind (world, now);

  g_assert_cmpstr (first, ==, wanted);
  g_assert_cmpstr (again, ==, "");
}

static void
test_life (void)
{
  World *world = world_new ();

  add (world, message_new ("Ana Ruiz <ana@example.org>", "support@chirper.example",
                           "2018-04-10T09:00:00Z", "one@example.org", NULL, "Could you look?"));
  expect (world, "2018-04-13T12:00:00Z", "");
  expect (world, "2018-04-14T12:00:00Z", "REQUEST 0 ");
  expect (world, "2018-04-25T12:00:00Z", "REQUEST 1 ");
  add (world,
       message_new ("Support <support@chirper.example>", "ana@example.org",
                    "2018-04-25T13:00:00Z", "back@chirper.example", "one@example.org", NULL));
  expect (world, "2018-04-25T14:00:00Z", "CANCEL 2 ");
  expect (world, "2018-06-25T14:00:00Z", "");
  world_free (world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/followup/open/all", test_open);
  g_test_add_func ("/followup/open/life", test_life);
  return g_test_run ();
}
