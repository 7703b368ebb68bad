/* SPDX-License-Identifier: MIT */
/* What calendars are told: scenes from the life of one follow-up, and thousands of
 * hostile threads that must never get a mail to anybody else. */
#include "followup/reminder.h"
#include "tests/followup/fixture.h"

#include <string.h>

#define ANA "Ana Ruiz <ana@example.org>"
#define CHIRPER "Chirper Support <support@chirper.example>"
#define REMIND "[remind]\nfrom = follow-up@threads.example.org\nrelay = smtp://127.0.0.1:25\n"

static const Row rows[] = {
  { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
  { CHIRPER, ANA, NULL, 0, "2018-04-17T09:00:00Z", NULL, "We removed the account." },
};

/* --- the store, as a list -------------------------------------------------------- */

typedef struct {
  HeddleConfig *config;
  HeddlePolicy *policy;
  GPtrArray *reminders;
  GPtrArray *decisions;
} World;

static World *
world_new (const char *more)
{
  World *world = g_new0 (World, 1);
  g_autofree char *text = g_strconcat (REMIND, more, NULL);

  world->config = fixture_config (text);
  world->policy = heddle_policy_new (world->config, NULL);
  world->reminders = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_reminder_free);
  world->decisions = g_ptr_array_new_with_free_func (g_free);
  return world;
}

static void
world_free (World *world)
{
  heddle_policy_free (world->policy);
  heddle_config_free (world->config);
  g_ptr_array_unref (world->reminders);
  g_ptr_array_unref (world->decisions);
  g_free (world);
}

static void
queue (World *world, const HeddleReminder *reminder)
{
  for (guint i = 0; i < world->reminders->len; i++) {
    const HeddleReminder *old = g_ptr_array_index (world->reminders, i);

    if (g_str_equal (old->uid, reminder->uid)) {
      g_ptr_array_remove_index (world->reminders, i);
      break;
    }
  }
  g_ptr_array_add (world->reminders, heddle_reminder_copy (reminder));
}

static GPtrArray *
plan (World *world, const HeddleThread *thread, gboolean complete, HeddleTime now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) followups
      = thread == NULL ? g_ptr_array_new ()
                       : heddle_ledger (world->policy, thread, world->decisions, now);
  GPtrArray *out = heddle_reminders_decide (world->policy, followups, world->reminders,
                                            complete, now, &error);

  g_assert_no_error (error);
  return out;
}

/* --- scenes ---------------------------------------------------------------------- */

typedef struct {
  const char *now;
  guint messages; /* of rows, 0: the thread is gone */
  gboolean pending;
  HeddleDecisionKind decision;
  const char *value, *time; /* time: made, or until when; NULL: no decision */
  const char *told;         /* "REQUEST person SEQUENCE start" … */
} Scene;

static char *
told (const GPtrArray *out)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < out->len; i++) {
    const HeddleOutgoing *one = g_ptr_array_index (out, i);
    g_autofree char *start = heddle_time_format (one->reminder->start);

    g_string_append_printf (text, "%s%s %s %d %s", text->len > 0 ? "; " : "",
                            one->cancel ? "CANCEL" : "REQUEST", one->reminder->person,
                            one->reminder->sequence, start);
    g_assert_cmpint (one->cancel, ==, one->reminder->cancelled);
    g_assert_cmpstr (one->item->rcpt, ==, one->reminder->address);
  }
  return g_string_free (text, FALSE);
}

static void
decide (World *world, const Scene *scene)
{
  const char *parts[] = { "m000000000000", "awaiting_reply", "0", NULL };
  static char *id;
  HeddleDecision *decision = g_new0 (HeddleDecision, 1);

  if (id == NULL)
    id = heddle_id ('f', parts);
  *decision = (HeddleDecision){ scene->decision, id, (char *)scene->value,
                                fixture_time (scene->time), fixture_time (scene->now) };
  g_ptr_array_add (world->decisions, decision);
}

static void
play (const Scene *scenes, guint count)
{
  World *world = world_new ("");

  for (guint i = 0; i < count; i++) {
    const Scene *scene = &scenes[i];
    HeddleThread *thread = scene->messages == 0 ? NULL : fixture_thread (rows, scene->messages);
    g_autoptr (GPtrArray) out = NULL, again = NULL;
    g_autofree char *text = NULL;

    if (scene->time != NULL)
      decide (world, scene);
    out = plan (world, thread, !scene->pending, fixture_time (scene->now));
    text = told (out);
    g_test_message ("%u, %s", i, scene->now);
    g_assert_cmpstr (text, ==, scene->told);
    for (guint j = 0; j < out->len; j++)
      queue (world, ((HeddleOutgoing *)g_ptr_array_index (out, j))->reminder);
    /* Told once is told. */
    again = plan (world, thread, !scene->pending, fixture_time (scene->now));
    g_assert_cmpuint (again->len, ==, 0);
    if (thread != NULL)
      fixture_thread_free (thread);
  }
  world_free (world);
}

static void
test_life (void)
{
  static const Scene scenes[] = {
    { "2018-04-13T21:59:58Z", 1, .told = "" },
    /* Due on Friday at midnight; the next working morning in Berlin is Monday's. */
    { "2018-04-13T21:59:59Z", 1, .told = "REQUEST ana 0 2018-04-16T07:00:00Z" },
    { "2018-04-16T09:00:00Z", 1, .told = "" },
    { "2018-04-17T10:00:00Z", 2, .told = "CANCEL ana 1 2018-04-16T07:00:00Z" },
    { "2018-05-17T10:00:00Z", 2, .told = "" },
  };

  play (scenes, G_N_ELEMENTS (scenes));
}

static void
test_again_after_the_gap (void)
{
  g_autoptr (HeddleConfig) defaults = heddle_config_new ();
  static const Scene scenes[] = {
    { "2018-04-14", 1, .told = "REQUEST ana 0 2018-04-16T07:00:00Z" },
    { "2018-04-16T12:00:00Z", 1, .told = "" },
    { "2018-04-30T12:00:00Z", 1, .told = "REQUEST ana 1 2018-05-01T07:00:00Z" },
    { "2018-05-01T12:00:00Z", 1, .told = "" },
  };

  g_assert_cmpint (defaults->remind.gap_days, <=, 10);
  g_assert_cmpint (defaults->remind.gap_days, >=, 2);
  play (scenes, G_N_ELEMENTS (scenes));
}

static void
test_snoozed (void)
{
  static const Scene scenes[] = {
    { "2018-04-14", 1, .told = "REQUEST ana 0 2018-04-16T07:00:00Z" },
    { "2018-04-14", 1, FALSE, HEDDLE_DECISION_SNOOZE, NULL, "2018-04-20",
      "CANCEL ana 1 2018-04-16T07:00:00Z" },
    { "2018-04-19", 1, .told = "" },
    /* Awake: a new event, since the UID of the old one is dead. */
    { "2018-04-20T10:00:00Z", 1, .told = "REQUEST ana 0 2018-04-23T07:00:00Z" },
  };

  play (scenes, G_N_ELEMENTS (scenes));
}

static void
test_handed_on (void)
{
  static const Scene scenes[] = {
    { "2018-04-14", 1, .told = "REQUEST ana 0 2018-04-16T07:00:00Z" },
    { "2018-04-14", 1, FALSE, HEDDLE_DECISION_ASSIGN, "sam", "2018-04-14",
      "CANCEL ana 1 2018-04-16T07:00:00Z; REQUEST sam 0 2018-04-16T07:00:00Z" },
    { "2018-04-14T10:00:00Z", 1, FALSE, HEDDLE_DECISION_CLOSE, NULL, "2018-04-14",
      "CANCEL sam 1 2018-04-16T07:00:00Z" },
    { "2018-04-14T11:00:00Z", 1, FALSE, HEDDLE_DECISION_REOPEN, NULL, "2018-04-14",
      "REQUEST sam 0 2018-04-16T07:00:00Z" },
    { "2018-04-14T12:00:00Z", 1, FALSE, HEDDLE_DECISION_SET_DUE, NULL, "2018-05-14",
      "CANCEL sam 1 2018-04-16T07:00:00Z" },
  };

  play (scenes, G_N_ELEMENTS (scenes));
}

/* While mails wait to be indexed a follow-up that is not there may still come. */
static void
test_gone (void)
{
  static const Scene scenes[] = {
    { "2018-04-14", 1, .told = "REQUEST ana 0 2018-04-16T07:00:00Z" },
    { "2018-04-14", 0, TRUE, .told = "" },
    { "2018-04-14", 0, FALSE, .told = "CANCEL ana 1 2018-04-16T07:00:00Z" },
  };

  play (scenes, G_N_ELEMENTS (scenes));
}

static void
test_unverified (void)
{
  World *world = world_new ("");
  HeddleThread *thread = fixture_thread (rows, 1);
  HeddleNode *node = g_ptr_array_index (thread->messages, 0);
  g_autoptr (GPtrArray) out = NULL;

  ((HeddleEvidence *)g_ptr_array_index (node->evidence, 0))->verified = FALSE;
  out = plan (world, thread, TRUE, fixture_time ("2018-04-20"));
  g_assert_cmpuint (out->len, ==, 0);
  fixture_thread_free (thread);
  world_free (world);
}

static void
test_slot (void)
{
  static const struct {
    const char *now, *slot;
  } table[] = {
    { "2018-04-16T06:00:00Z", "2018-04-16T07:00:00Z" }, /* this morning */
    { "2018-04-16T06:58:00Z", "2018-04-17T07:00:00Z" }, /* too near */
    { "2018-04-16T07:00:00Z", "2018-04-17T07:00:00Z" },
    { "2018-04-13T20:00:00Z", "2018-04-16T07:00:00Z" }, /* over a weekend */
    { "2018-03-23T20:00:00Z", "2018-03-26T07:00:00Z" }, /* and into summer time */
    { "2018-03-22T20:00:00Z", "2018-03-23T08:00:00Z" },
    { "2018-04-30T20:00:00Z", "2018-05-02T07:00:00Z" }, /* a holiday */
  };
  g_autoptr (HeddleConfig) config
      = fixture_config ("dates = 2018-05-01\n[remind]\nat = 09:00\n");
  g_autoptr (HeddlePolicy) policy = heddle_policy_new (config, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *slot
        = heddle_time_format (heddle_reminder_slot (policy, fixture_time (table[i].now)));

    g_assert_cmpstr (slot, ==, table[i].slot);
  }
}

static void
test_refuses (void)
{
  static const char *const more[] = {
    "[person kim]\naddresses = threads@example.org\n",
    "[person kim]\naddresses = threads+kim@example.org\n",
  };
  HeddleThread *thread = fixture_thread (rows, 1);

  for (guint i = 0; i < G_N_ELEMENTS (more) + 1; i++) {
    g_autofree char *text = i == 0 ? g_strdup ("") : g_strconcat (REMIND, more[i - 1], NULL);
    g_autoptr (HeddleConfig) config = fixture_config (text);
    g_autoptr (HeddlePolicy) policy = heddle_policy_new (config, NULL);
    g_autoptr (GPtrArray) none = g_ptr_array_new ();
    g_autoptr (GPtrArray) followups
        = heddle_ledger (policy, thread, NULL, fixture_time ("2018-04-20"));
    g_autoptr (GPtrArray) out = NULL;
    g_autoptr (GError) error = NULL;

    if (i > 0)
      ((HeddleFollowup *)g_ptr_array_index (followups, 0))->owner
          = heddle_config_person (config, "kim");
    out = heddle_reminders_decide (policy, followups, none, TRUE, fixture_time ("2018-04-20"),
                                   &error);
    g_assert_null (out);
    g_assert_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_CONFIG);
    g_assert_cmpint (error->message[0], ==, '[');
  }
  fixture_thread_free (thread);
}

/* --- whatever a mail says
 * --------------------------------------------------------------------- */

static const char *const people[] = {
  ANA,
  "Sam Okoro <sam@example.org>",
  "Ana Ruiz",
  "Lena Vogt",
  "Ana Ruiz <ana@evil.example>",
  "Ana Ruiz <ana@example.org.evil.example>",
  "ana@example.org <x@evil.example>",
  "Ana\r\nBcc: x@evil.example <ana@example.org>",
  "<x@evil.example\r\nRCPT TO:<y@evil.example>",
  "x@evil.example,ana@example.org",
  "evil <evil+@example.org>",
  "\"<x@evil.example>\" <sam@EXAMPLE.ORG>",
  CHIRPER,
  "Chirper Support",
  "threads@example.org",
  "follow-up+abcdefghijklmnop@threads.example.org",
  "?",
  "زهرا <z@evil.example>",
  "mailto:x@evil.example",
};

static const char *const texts[] = {
  "Dear Ana,\nPlease answer to x@evil.example\r\nATTENDEE:mailto:x@evil.example",
  "Hi Sam,\nCould you?",
  "x@evil.example: https://evil.example/ END:VEVENT",
  "Thanks!",
};

static char *
random_people (GRand *rand)
{
  GString *list = g_string_new (NULL);

  for (int i = g_rand_int_range (rand, 0, 4); i > 0; i--)
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                            people[g_rand_int_range (rand, 0, G_N_ELEMENTS (people))]);
  return g_string_free (list, FALSE);
}

static HeddleThread *
random_thread (GRand *rand)
{
  static const char *const actions[]
      = { NULL, "r", "q", "c", "d2018-04-12", "r2018-04-12 c q" };
  Row some[6];
  int count = g_rand_int_range (rand, 1, 7);
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func (g_free);
  HeddleThread *thread;

  for (int i = 0; i < count; i++) {
    char *to = random_people (rand), *cc = random_people (rand);

    g_ptr_array_add (keep, to);
    g_ptr_array_add (keep, cc);
    some[i] = (Row){ people[g_rand_int_range (rand, 0, G_N_ELEMENTS (people))],
                     *to != '\0' ? to : NULL,
                     *cc != '\0' ? cc : NULL,
                     g_rand_int_range (rand, -1, count),
                     g_rand_boolean (rand) ? "2018-04-10T13:40:00Z" : "2018-04-11T08:00:00Z",
                     actions[g_rand_int_range (rand, 0, G_N_ELEMENTS (actions))],
                     texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))],
                     HEDDLE_AUTOMATIC_NO,
                     g_rand_boolean (rand) };
  }
  thread = fixture_thread (some, (guint)count);
  g_free (thread->subject);
  thread->subject = g_strdup ("x\r\nTo: x@evil.example");
  return thread;
}

/* The iCalendar stream of a mail (transfer full). */
static char *
stream_of (const char *bytes, gsize size)
{
  const char *part = g_strstr_len (bytes, (gssize)size, "text/calendar");
  const char *start = strstr (part, "\r\n\r\n") + 4;
  g_autofree char *encoded = g_strndup (start, (gsize)(strstr (start, "\r\n--") - start));
  gsize length = 0;
  g_autofree guchar *stream = g_base64_decode (encoded, &length);

  return g_strndup ((char *)stream, length);
}

static void
check_mail (const HeddleOutgoing *one)
{
  const char *const *persons
      = (const char *const[]){ "ana@example.org", "sam@example.org", NULL };
  gsize size = 0;
  const char *bytes = g_bytes_get_data (one->item->bytes, &size);
  g_autofree char *to = g_strdup_printf (" <%s>\r\n", one->item->rcpt);
  const char *header = g_strstr_len (bytes, (gssize)size, "\r\nTo: ");
  g_autofree char *stream = stream_of (bytes, size);

  g_assert_true (g_strv_contains (persons, one->item->rcpt));
  g_assert_cmpstr (one->item->rcpt, ==, one->reminder->address);
  g_assert_true (g_str_has_prefix (one->item->sender, "follow-up+"));
  g_assert_true (g_str_has_suffix (one->item->sender, "@threads.example.org"));
  g_assert_nonnull (header);
  g_assert_null (g_strstr_len (bytes, (gssize)size, "evil."));
  g_assert_null (strstr (stream, "evil.")); /* a token may spell "evil" */
  g_assert_nonnull (
      g_strstr_len (header, (gssize)(strchr (header + 2, '\n') - header + 1), to));
}

static void
test_recipients (void)
{
  enum { ROUNDS = 2000 };
  World *world = world_new ("");
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint mails = 0;

  for (int i = 0; i < ROUNDS; i++) {
    HeddleThread *thread = random_thread (rand);
    g_autoptr (GPtrArray) out = plan (world, thread, TRUE, fixture_time ("2018-05-20"));

    for (guint j = 0; j < out->len; j++)
      check_mail (g_ptr_array_index (out, j));
    mails += out->len;
    fixture_thread_free (thread);
  }
  g_test_message ("%u mails of %d threads", mails, ROUNDS);
  g_assert_cmpuint (mails, >, ROUNDS);
  world_free (world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/followup/reminder/life", test_life);
  g_test_add_func ("/followup/reminder/again-after-the-gap", test_again_after_the_gap);
  g_test_add_func ("/followup/reminder/snoozed", test_snoozed);
  g_test_add_func ("/followup/reminder/handed-on", test_handed_on);
  g_test_add_func ("/followup/reminder/gone", test_gone);
  g_test_add_func ("/followup/reminder/unverified", test_unverified);
  g_test_add_func ("/followup/reminder/slot", test_slot);
  g_test_add_func ("/followup/reminder/refuses", test_refuses);
  g_test_add_func ("/followup/reminder/recipients", test_recipients);
  return g_test_run ();
}
