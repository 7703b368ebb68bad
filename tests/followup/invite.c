/* SPDX-License-Identifier: MIT */
/* Invites: judged on their bytes by tests/imip-lint, read by python3-vobject, and
 * broken in many ways to see that the lint would notice. */
#include "followup/invite.h"

#include <glib/gstdio.h>
#include <string.h>

#define SENDER "follow-up+abcdefghijklmnop@threads.example.org"
#define RCPT "ana@example.org"

static HeddleEvent
good_event (void)
{
  return (HeddleEvent){
    .uid = "abcdefghijklmnopqrstuvwx@threads.example.org",
    .sequence = 0,
    .stamp = 1523700000, /* 2018-04-14T10:00:00Z */
    .start = 1523862000, /* 2018-04-16T07:00:00Z */
    .organizer = SENDER,
    .attendee = RCPT,
    .attendee_name = "Ana Ruiz",
    .summary = "Follow-up: tabcdefghjkmn, platform silent 9 working days",
    .description
    = "A follow-up is due.\n\nThread: tabcdefghjkmn\nNot now: heddle snooze fabcdefghjkmn 3d\n",
  };
}

/* --- files and programs ---------------------------------------------------------- */

static char *
folder_new (void)
{
  char *folder = g_dir_make_tmp ("heddle-invite-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

static void
folder_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

static char *
write_mail (const char *folder, const char *name, GBytes *mail)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (mail, NULL),
                                      (gssize)g_bytes_get_size (mail), NULL));
  return path;
}

/* Run tests/@program with @args (array of char *); the exit status, -1 where there
 * is no such interpreter. */
static int
run (const char *program, const GPtrArray *args, char **ret_output)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *errors = NULL;
  int status = 0;

  g_ptr_array_add (argv, g_test_build_filename (G_TEST_DIST, "tests", program, NULL));
  for (guint i = 0; i < args->len; i++)
    g_ptr_array_add (argv, g_strdup (g_ptr_array_index (args, i)));
  g_ptr_array_add (argv, NULL);
  if (!g_spawn_sync (NULL, (char **)argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, ret_output,
                     &errors, &status, NULL))
    return -1;
  if (*errors != '\0')
    g_test_message ("%s: %s", program, errors);
  return g_spawn_check_wait_status (status, NULL) ? 0 : status >> 8 & 0xff;
}

static GBytes *
mail_of (const HeddleEvent *event)
{
  g_autoptr (GError) error = NULL;
  GBytes *mail = heddle_invite_mail (event, "abcdefghijklmnopqrst@threads.example.org", &error);

  g_assert_no_error (error);
  return mail;
}

static void
add_mail (GPtrArray *paths, const char *folder, const HeddleEvent *event)
{
  g_autoptr (GBytes) mail = mail_of (event);
  g_autofree char *name = g_strdup_printf ("%u.eml", paths->len);

  g_ptr_array_add (paths, write_mail (folder, name, mail));
}

static void
check_lint (const GPtrArray *paths)
{
  g_autofree char *output = NULL;
  int status = run ("imip-lint", paths, &output);

  if (status < 0) {
    g_test_skip ("python3 is not installed");
    return;
  }
  if (status != 0)
    g_test_message ("%s", output);
  g_assert_cmpint (status, ==, 0);
}

/* --- tests ----------------------------------------------------------------------- */

static void
test_lint (void)
{
  g_autofree char *folder = folder_new ();
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  HeddleEvent event = good_event ();

  add_mail (paths, folder, &event);
  event.sequence = 3;
  event.cancel = TRUE;
  add_mail (paths, folder, &event);
  event = good_event ();
  event.attendee_name = NULL;
  add_mail (paths, folder, &event);
  g_ptr_array_add (paths, g_strdup ("--sender=" SENDER));
  g_ptr_array_add (paths, g_strdup ("--rcpt=" RCPT));
  check_lint (paths);
  folder_remove (folder);
}

static void
test_mutations (void)
{
  g_autofree char *folder = folder_new ();
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *output = NULL;
  HeddleEvent event = good_event ();
  int status;

  add_mail (paths, folder, &event);
  status = run ("imip-mutations", paths, &output);
  folder_remove (folder);
  if (status < 0) {
    g_test_skip ("python3 is not installed");
    return;
  }
  g_test_message ("%s", output);
  g_assert_cmpint (status, ==, 0);
}

/* What GMime and everybody else sees first. */
static void
test_form (void)
{
  HeddleEvent event = good_event ();
  g_autoptr (GBytes) mail = mail_of (&event);
  g_autofree char *text = g_strndup (g_bytes_get_data (mail, NULL), g_bytes_get_size (mail));
  static const char *const wanted[] = {
    "From: Heddle <" SENDER ">\r\n",
    "To: Ana Ruiz <" RCPT ">\r\n",
    "Auto-Submitted: auto-generated\r\n",
    "Date: Sat, 14 Apr 2018 10:00:00 +0000\r\n",
    "Message-Id: <abcdefghijklmnopqrst@threads.example.org>\r\n",
    "Content-Type: text/calendar; charset=UTF-8; method=REQUEST; component=VEVENT\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_test_message ("%s", wanted[i]);
    g_assert_nonnull (strstr (text, wanted[i]));
  }
}

/* --- names and subjects by chance ------------------------------------------------ */

static const char *const pieces[] = {
  "Ana",
  "\"",
  "^n",
  "^'",
  "\r\nATTENDEE:mailto:x@evil.example\r\n",
  "\r",
  "\n",
  "\t",
  "زهرا",
  "کاوه",
  "\u200c",
  ";",
  ",",
  "\\",
  "\\n",
  ":",
  "<x@evil.example>",
  "😀",
  "é",
  "e\u0301",
  "\u202e",
  "\u2028",
  "=?utf-8?q?x?=",
  "%s%n",
  "  ",
  "\x01",
  "\x7f",
  "https://evil.example/",
  "END:VEVENT",
  "Ångström",
  "\xff\xfe",
  "中文",
  "'",
  "&lt;",
};

static char *
random_text (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (int i = g_rand_int_range (rand, 0, 60); i > 0; i--)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

/* The line that imip-read should print. */
static char *
expected_reading (const HeddleEvent *event)
{
  g_autofree char *name = heddle_calendar_name (event->attendee_name);
  g_autofree char *summary = heddle_calendar_line (event->summary, HEDDLE_SUMMARY_CHARS);

  return g_strdup_printf ("REQUEST\t%s\t20180416T070000Z\tmailto:%s\t%s\t%s\n", event->uid,
                          event->attendee, name != NULL ? name : "", summary);
}

static void
test_random (void)
{
  enum { COUNT = 400 };
  g_autofree char *folder = folder_new ();
  g_autofree char *output = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GString) expected = g_string_new (NULL);
  int status;

  for (guint i = 0; i < COUNT; i++) {
    g_autofree char *name = random_text (rand), *text = random_text (rand);
    g_autofree char *summary = g_strconcat ("S ", text, NULL);
    g_autofree char *reading = NULL;
    HeddleEvent event = good_event ();

    event.attendee_name = name;
    event.summary = summary;
    add_mail (paths, folder, &event);
    reading = expected_reading (&event);
    g_string_append (expected, reading);
  }
  check_lint (paths);
  status = run ("imip-read", paths, &output);
  folder_remove (folder);
  if (status == 77 || status < 0) {
    g_test_skip ("python3-vobject is not installed: nobody else read the invites");
    return;
  }
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (output, ==, expected->str);
}

static void
test_refuses (void)
{
  static const char *const addresses[] = {
    "",
    "ana",
    "ana@",
    "@example.org",
    "ana@example.org\r\nX: y",
    "a b@c.d",
    "a?b@c.d",
    "a%41@c.d",
    "ana@example.org@x",
    "\"ana\"@example.org",
    "زهرا@x.y",
    "ana@exa,mple",
    "ana@-x.example",
    "-ana@example.org",
    "ana@.example",
  };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    HeddleEvent event = good_event ();
    g_autoptr (GError) error = NULL;

    g_test_message ("row %u", i);
    event.attendee = addresses[i];
    g_assert_null (heddle_invite_mail (&event, "x@y", &error));
    g_assert_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_INVITE);
  }
}

/* --- words
 * ------------------------------------------------------------------------------------ */

static void
test_wording (void)
{
  HeddlePartyConfig party = { .id = (char *)"chirper", .role = HEDDLE_ROLE_PLATFORM };
  HeddlePerson debtor
      = { .name = (char *)"Secret Name", .address = (char *)"secret@chirper.example" };
  HeddleFollowup followup = {
    .id = (char *)"fabcdefghjkmn",
    .thread = (char *)"tabcdefghjkmn",
    .subject = (char *)"Secret subject, see https://evil.example/x",
    .waiting_on = &debtor,
    .party = &party,
    .since = 1523367600,
    .due = 1523656799,
    .waited_working_days = 9,
    .evidence_text = (char *)"Secret sentence.\r\nEND:VEVENT",
  };
  static const HeddleDetail details[]
      = { HEDDLE_DETAIL_ID, HEDDLE_DETAIL_BRIEF, HEDDLE_DETAIL_FULL };

  for (guint i = 0; i < G_N_ELEMENTS (details); i++) {
    g_autoptr (HeddleWording) words = heddle_wording_new (&followup, details[i]);
    gboolean full = details[i] == HEDDLE_DETAIL_FULL;

    g_assert_cmpint (strstr (words->description, "Secret") != NULL, ==, full);
    g_assert_null (strstr (words->summary, "Secret"));
    g_assert_null (strstr (words->description, "://"));
    g_assert_null (strchr (words->description, '@'));
    g_assert_null (strchr (words->description, '\r'));
    g_assert_nonnull (strstr (words->description, "tabcdefghjkmn"));
    /* Nobody reads answers to an invite yet, so it asks for none. */
    g_assert_null (strstr (words->description, "Answer with"));
    g_assert_nonnull (strstr (words->description, "heddle close fabcdefghjkmn"));
    g_assert_cmpint (strstr (words->description, "platform") != NULL, ==,
                     details[i] != HEDDLE_DETAIL_ID);
    g_assert_cmpint (g_utf8_strlen (words->summary, -1), <=, HEDDLE_SUMMARY_CHARS);
  }
}

static void
test_line (void)
{
  static const struct {
    const char *text, *line;
  } table[] = {
    { "  a \r\n b\t", "a b" },    { "", "" },
    { "\x01\x02", "" },           { "abcdefghijkl", "abcdefgh" },
    { "abcdefg hij", "abcdefg" }, { "سلام", "سلام" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *line = heddle_calendar_line (table[i].text, 8);

    g_assert_cmpstr (line, ==, table[i].line);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/followup/invite/form", test_form);
  g_test_add_func ("/followup/invite/lint", test_lint);
  g_test_add_func ("/followup/invite/mutations", test_mutations);
  g_test_add_func ("/followup/invite/random", test_random);
  g_test_add_func ("/followup/invite/refuses", test_refuses);
  g_test_add_func ("/followup/invite/wording", test_wording);
  g_test_add_func ("/followup/calendar/line", test_line);
  return g_test_run ();
}
