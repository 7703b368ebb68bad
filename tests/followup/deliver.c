/* SPDX-License-Identifier: MIT */
/* Delivery, to a relay that answers as each case wants. */
#include "tests/followup/fixture.h"
#include "tests/followup/relay.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW 1523862000 /* 2018-04-16T07:00:00Z */
#define MAIL "From: x\r\nTo: y\r\n\r\nA line.\r\n.A dot\r\n..\r\n.\r\nEnd.\r\n"

typedef struct {
  char *folder, *path;
  HeddleConfig *config;
  HeddleStore *store;
  guint queued;
} World;

static World *
world_new (const char *relay)
{
  World *world = g_new0 (World, 1);
  g_autofree char *more
      = g_strdup_printf ("[remind]\nfrom = follow-up@threads.example.org\nrelay = %s\n", relay);
  g_autoptr (GError) error = NULL;

  world->config = fixture_config (more);
  world->folder = g_dir_make_tmp ("heddle-deliver-XXXXXX", NULL);
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

/* A mail of the event @token to @rcpt. */
static void
queue (World *world, const char *token, const char *rcpt, HeddleTime next)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (MAIL, strlen (MAIL));
  g_autofree char *sender = g_strdup_printf ("follow-up+%s@threads.example.org", token);
  g_autofree char *id = g_strdup_printf ("%u", world->queued);
  g_autoptr (GError) error = NULL;
  HeddleReminder reminder = {
    .followup = id,
    .person = (char *)"ana",
    .address = (char *)rcpt,
    .uid = id,
    .start = NOW,
    .queued = NOW,
    .token = (char *)token,
  };
  HeddleOutboxItem item = {
    .sender = sender,
    .rcpt = (char *)rcpt,
    .bytes = bytes,
    .queued = NOW,
    .next = next,
  };

  world->queued++;
  heddle_store_queue (world->store, &reminder, &item, &error);
  g_assert_no_error (error);
}

/* "WAITING 1 +60 trouble; …" of all items in @state. */
static void
add_state (GString *text, World *world, HeddleOutboxState state, const char *name)
{
  g_autoptr (GPtrArray) items = heddle_store_outbox (world->store, state, NULL);

  for (guint i = 0; i < items->len; i++) {
    const HeddleOutboxItem *item = g_ptr_array_index (items, i);

    g_string_append_printf (text, "%s%s %d", text->len > 0 ? "; " : "", name, item->attempts);
    if (state == HEDDLE_OUTBOX_WAITING)
      g_string_append_printf (text, " +%d", (int)(item->next - NOW));
    if (item->trouble != NULL)
      g_string_append_printf (text, " %s", item->trouble);
  }
}

static char *
outbox_text (World *world)
{
  GString *text = g_string_new (NULL);

  add_state (text, world, HEDDLE_OUTBOX_SENT, "sent");
  add_state (text, world, HEDDLE_OUTBOX_FAILED, "failed");
  add_state (text, world, HEDDLE_OUTBOX_WAITING, "waiting");
  return g_string_free (text, FALSE);
}

/* --- one mail, many relays ------------------------------------------------------- */

typedef struct {
  const char *name;
  RelayManner manner;
  const char *outbox;
  gboolean relay_error;
} Case;

static const Case cases[] = {
  { "taken", { NULL }, "sent 1", FALSE },
  { "sender busy",
    { .mail = "451 4.7.1 later" },
    "waiting 1 +60 the relay answered 451",
    FALSE },
  { "recipient busy",
    { .rcpt = "450 4.2.1 later" },
    "waiting 1 +60 the relay answered 450",
    FALSE },
  { "recipient unknown",
    { .rcpt = "550 5.1.1 who?" },
    "failed 1 the relay answered 550",
    FALSE },
  { "sender refused", { .mail = "553 5.1.8 no" }, "failed 1 the relay answered 553", FALSE },
  { "no data wanted", { .data = "554 5.5.1 no" }, "failed 1 the relay answered 554", FALSE },
  { "refused in the end",
    { .end = "554 5.7.1 no: secret words" },
    "failed 1 the relay answered 554",
    FALSE },
  { "full in the end",
    { .end = "452 4.3.1 full" },
    "waiting 1 +60 the relay answered 452",
    FALSE },
  { "busy at the door",
    { .greeting = "421 4.3.2 later" },
    "waiting 1 +0 the relay answered 421",
    TRUE },
  { "closed for good, but that is not the mail's fault",
    { .greeting = "554 5.3.2 no" },
    "waiting 1 +0 the relay answered 554",
    TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  Relay *relay = relay_start (&one->manner);
  World *world = world_new (relay_url (relay));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails = NULL;
  g_autofree char *text = NULL;
  guint sent = 99, failed = 99;
  gboolean done;

  queue (world, "aaaaaaaaaaaaaaaa", "ana@example.org", NOW);
  done = heddle_outbox_deliver (world->config, world->store, NOW, &sent, &failed, &error);
  text = outbox_text (world);
  g_assert_cmpstr (text, ==, one->outbox);
  g_assert_cmpint (done, ==, !one->relay_error);
  g_assert_cmpint (sent, ==, g_str_has_prefix (text, "sent"));
  g_assert_cmpint (failed, ==, g_str_has_prefix (text, "failed"));
  if (one->relay_error)
    g_assert_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_RELAY);
  else
    g_assert_no_error (error);
  world_free (world);
  mails = relay_stop (relay);
  g_assert_cmpuint (mails->len, ==, sent);
  if (sent == 1) {
    const RelayMail *mail = g_ptr_array_index (mails, 0);

    g_assert_cmpstr (mail->bytes->str, ==, MAIL);
    g_assert_cmpstr (mail->sender, ==, "follow-up+aaaaaaaaaaaaaaaa@threads.example.org");
    g_assert_cmpstr (mail->rcpt, ==, "ana@example.org");
  }
}

/* Whether the connection breaks amid the data or just before the reply: it waits. */
static void
test_hang_up (void)
{
  static const int lines[] = { 2, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    RelayManner manner = { .hang_up_after = lines[i] };
    Relay *relay = relay_start (&manner);
    World *world = world_new (relay_url (relay));
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) mails = NULL;
    g_autofree char *text = NULL;

    queue (world, "aaaaaaaaaaaaaaaa", "ana@example.org", NOW);
    heddle_outbox_deliver (world->config, world->store, NOW, NULL, NULL, &error);
    g_assert_no_error (error);
    text = outbox_text (world);
    g_test_message ("%s", text);
    g_assert_true (g_str_has_prefix (text, "waiting 1 +60 "));
    world_free (world);
    mails = relay_stop (relay);
    g_assert_cmpuint (mails->len, ==, 0);
  }
}

/* What is not taken for now is tried again after gaps that grow; in the end it is
 * given up. */
static void
test_gaps (void)
{
  static const int gaps[] = { 1, 2, 5, 15, 30, 60, 120, 240, 240, 240 };
  RelayManner manner = { .rcpt = "450 later" };
  Relay *relay = relay_start (&manner);
  World *world = world_new (relay_url (relay));
  HeddleTime now = NOW;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) mails = NULL;

  queue (world, "aaaaaaaaaaaaaaaa", "ana@example.org", NOW);
  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) items = NULL;
    const HeddleOutboxItem *item;

    heddle_outbox_deliver (world->config, world->store, now, NULL, NULL, &error);
    g_assert_no_error (error);
    items = heddle_store_outbox (world->store, HEDDLE_OUTBOX_WAITING, NULL);
    item = g_ptr_array_index (items, 0);
    g_assert_cmpint (item->next, ==, now + gaps[i] * 60);
    g_assert_cmpint (item->attempts, ==, i + 1);
    /* A minute too early nothing happens at all. */
    g_assert_true (
        heddle_outbox_deliver (world->config, world->store, item->next - 60, NULL, NULL, NULL));
    now = item->next;
  }
  heddle_outbox_deliver (world->config, world->store, NOW + 5 * 86400, NULL, NULL, NULL);
  text = outbox_text (world);
  g_assert_cmpstr (text, ==, "failed 11 the relay answered 450");
  world_free (world);
  mails = relay_stop (relay);
  g_assert_cmpuint (mails->len, ==, 0);
}

/* Nobody there: the first is tried and written down, the second is left alone. That
 * is no mail's fault, so each run says it again and tries once, at the same minute
 * too; and it is given up after as many days. */
static void
test_nobody (void)
{
  g_autofree char *url = relay_nobody ();
  World *world = world_new (url);
  g_autofree char *text = NULL;

  queue (world, "aaaaaaaaaaaaaaaa", "ana@example.org", NOW);
  queue (world, "bbbbbbbbbbbbbbbb", "sam@example.org", NOW);
  for (int i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) items = NULL;
    const HeddleOutboxItem *first, *second;

    g_assert_false (
        heddle_outbox_deliver (world->config, world->store, NOW, NULL, NULL, &error));
    g_assert_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_RELAY);
    g_assert_true (g_str_has_prefix (error->message, "[remind] relay: "));
    items = heddle_store_outbox (world->store, HEDDLE_OUTBOX_WAITING, NULL);
    first = g_ptr_array_index (items, 0);
    second = g_ptr_array_index (items, 1);
    g_assert_cmpint (first->next, ==, NOW);
    g_assert_cmpint (first->attempts, ==, i + 1);
    g_assert_cmpint (second->attempts, ==, 0);
  }
  heddle_outbox_deliver (world->config, world->store, NOW + 5 * 86400 + 60, NULL, NULL, NULL);
  text = outbox_text (world);
  g_assert_true (g_str_has_prefix (text, "failed 4 "));
  world_free (world);
}

/* A mail that cannot go holds those of its event back, and no others. */
static void
test_order (void)
{
  RelayManner manner = { .rcpt = "450 later", .rcpt_for = "ana@example.org" };
  Relay *relay = relay_start (&manner);
  World *world = world_new (relay_url (relay));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails = NULL;
  g_autofree char *text = NULL;

  queue (world, "aaaaaaaaaaaaaaaa", "ana@example.org", NOW);
  queue (world, "aaaaaaaaaaaaaaaa", "ana@example.org", NOW);
  queue (world, "bbbbbbbbbbbbbbbb", "sam@example.org", NOW);
  queue (world, "cccccccccccccccc", "sam@example.org", NOW + 60);
  heddle_outbox_deliver (world->config, world->store, NOW, NULL, NULL, &error);
  g_assert_no_error (error);
  text = outbox_text (world);
  g_assert_cmpstr (text, ==,
                   "sent 1; waiting 1 +60 the relay answered 450; waiting 0 +0; waiting 0 +60");
  world_free (world);
  mails = relay_stop (relay);
  g_assert_cmpuint (mails->len, ==, 1);
}

/* Many over one connection. */
static void
test_many (void)
{
  RelayManner manner = { NULL };
  Relay *relay = relay_start (&manner);
  World *world = world_new (relay_url (relay));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails = NULL;
  guint sent = 0;

  for (guint i = 0; i < 20; i++)
    queue (world, "aaaaaaaaaaaaaaaa", i % 2 ? "ana@example.org" : "sam@example.org", NOW);
  heddle_outbox_deliver (world->config, world->store, NOW, &sent, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sent, ==, 20);
  heddle_outbox_deliver (world->config, world->store, NOW, &sent, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sent, ==, 0);
  world_free (world);
  mails = relay_stop (relay);
  g_assert_cmpuint (mails->len, ==, 20);
}

static void
test_strangers (void)
{
  RelayManner manner = { NULL };
  Relay *relay = relay_start (&manner);
  World *world = world_new (relay_url (relay));
  g_autoptr (GPtrArray) mails = NULL;
  g_autofree char *text = NULL;
  guint failed = 0;

  queue (world, "aaaaaaaaaaaaaaaa", "x@evil.example", NOW);
  queue (world, "bbbbbbbbbbbbbbbb", "ana@example.org\r\nRCPT TO:<x@evil.example>", NOW);
  g_assert_true (heddle_outbox_deliver (world->config, world->store, NOW, NULL, &failed, NULL));
  g_assert_cmpuint (failed, ==, 2);
  world_free (world);
  mails = relay_stop (relay);
  g_assert_cmpuint (mails->len, ==, 0);
}

static void
test_no_relay (void)
{
  World *world = world_new ("smtp://127.0.0.1:1");
  g_autoptr (GError) error = NULL;

  g_free (world->config->remind.relay);
  world->config->remind.relay = g_strdup ("http://127.0.0.1/");
  /* Nothing waits: nothing is wrong. */
  g_assert_true (heddle_outbox_deliver (world->config, world->store, NOW, NULL, NULL, NULL));
  queue (world, "aaaaaaaaaaaaaaaa", "ana@example.org", NOW);
  g_assert_false (heddle_outbox_deliver (world->config, world->store, NOW, NULL, NULL, &error));
  g_assert_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_CONFIG);
  world_free (world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/followup/deliver/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/followup/deliver/hang-up", test_hang_up);
  g_test_add_func ("/followup/deliver/gaps", test_gaps);
  g_test_add_func ("/followup/deliver/nobody", test_nobody);
  g_test_add_func ("/followup/deliver/order", test_order);
  g_test_add_func ("/followup/deliver/many", test_many);
  g_test_add_func ("/followup/deliver/strangers", test_strangers);
  g_test_add_func ("/followup/deliver/no-relay", test_no_relay);
  return g_test_run ();
}
