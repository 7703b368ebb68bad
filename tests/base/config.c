/* SPDX-License-Identifier: MIT */
/* base/config*.c: the promised file loads, every mistake names its line. */
#include "base/base.h"
#include "base/config-keys.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *dir, *file;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("heddle-XXXXXX", NULL);
  f->file = g_build_filename (f->dir, "heddle.conf", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_remove (f->file);
  g_rmdir (f->dir);
  g_free (f->file);
  g_free (f->dir);
}

static HeddleConfig *
load (Fixture *f, const char *text, GError **error)
{
  g_assert_true (g_file_set_contents (f->file, text, -1, NULL));
  return heddle_config_load (f->file, error);
}

static const char whole[] = "\xef\xbb\xbf# the whole of it\r\n"
                            "[store]\r\n"
                            "path = /var/lib/heddle/heddle.db\n"
                            "[milter]\n"
                            "socket = inet:8899@127.0.0.1\n"
                            "socket-group = postfix\n"
                            "spool = spool\n"
                            "inboxes = Threads@Example.org; cases@example.org      # both\n"
                            "deliver = discard                                     # or pass\n"
                            "max-bytes = 1048576\n"
                            "max-sessions = 50\n"
                            "[us]\n"
                            "domains = Example.ORG\n"
                            "addresses=line@elsewhere.example\n"
                            "names = The  Helpline;Ümit\\; Co\n"
                            "[person ana]                # who may be reminded\n"
                            "name = Ana Ruiz\n"
                            "addresses = Ana@example.org; ana.ruiz@example.org\n"
                            "backup = sam\n"
                            "detail = full\n"
                            "[person sam]\n"
                            "addresses = sam@private.example\n"
                            "[party chirper]\n"
                            "match = @chirper.example; Support@chirper.example; Chirper Care\n"
                            "role = platform\n"
                            "reply-days = 3\n"
                            "commitment-days = 2\n"
                            "request-days = 4\n"
                            "week = sat-wed\n"
                            "zone = Asia/Tehran\n"
                            "[party trust]\n"
                            "match = @trust.chirper.example\n"
                            "role = official\n"
                            "[calendar]\n"
                            "zone = Europe/Berlin\n"
                            "week = mon, wed ,thu-fri\n"
                            "holidays = holidays.ics\n"
                            "dates = 2018-05-01; 2018-12-25\n"
                            "[policy]\n"
                            "reply-days = 6\n"
                            "commitment-days = 7\n"
                            "request-days = 8\n"
                            "[remind]\n"
                            "from = follow-up@threads.example.org\n"
                            "relay = smtps://relay.example.org:465\n"
                            "gap-days = 2\n"
                            "at = 08:30\n"
                            "[trust]\n"
                            "authserv-id = Mail.example.org\n";

static void
test_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleConfig) c = load (f, whole, &error);
  g_assert_no_error (error);
  g_autofree char *spool = g_build_filename (f->dir, "spool", NULL);
  g_assert_cmpstr (c->milter.socket_group, ==, "postfix");
  g_autofree char *holidays = g_build_filename (f->dir, "holidays.ics", NULL);
  g_assert_cmpstr (c->store.path, ==, "/var/lib/heddle/heddle.db");
  g_assert_cmpstr (c->milter.socket, ==, "inet:8899@127.0.0.1");
  g_assert_cmpstr (c->milter.spool, ==, spool);
  g_assert_cmpstr (c->milter.inboxes[0], ==, "threads@example.org");
  g_assert_cmpstr (c->milter.inboxes[1], ==, "cases@example.org");
  g_assert_null (c->milter.inboxes[2]);
  g_assert_true (c->milter.discard);
  g_assert_cmpint (c->milter.max_bytes, ==, 1048576);
  g_assert_cmpint (c->milter.max_sessions, ==, 50);
  g_assert_cmpstr (c->us.domains[0], ==, "example.org");
  g_assert_cmpstr (c->us.names[1], ==, "ümit; co");
  g_assert_cmpuint (c->persons->len, ==, 2);
  g_assert_cmpint (heddle_config_person (c, "ana")->detail, ==, HEDDLE_DETAIL_FULL);
  g_assert_cmpint (heddle_config_person (c, "sam")->detail, ==, HEDDLE_DETAIL_BRIEF);
  const HeddlePartyConfig *party = c->parties->pdata[0];
  g_assert_cmpint (party->role, ==, HEDDLE_ROLE_PLATFORM);
  g_assert_cmpint (party->reply_days + party->commitment_days * 10 + party->request_days * 100,
                   ==, 423);
  g_assert_true (party->has_week);
  g_assert_cmphex (party->week, ==, 0x67);
  g_assert_false (((HeddlePartyConfig *)c->parties->pdata[1])->has_week);
  g_assert_cmphex (c->calendar.week, ==, 0x1d);
  g_assert_cmpstr (c->calendar.holidays, ==, holidays);
  g_assert_cmpstr (c->calendar.dates[1], ==, "2018-12-25");
  g_assert_cmpint (c->policy.reply_days, ==, 6);
  g_assert_cmpint (c->policy.commitment_days, ==, 7);
  g_assert_cmpint (c->policy.request_days, ==, 8);
  g_assert_cmpstr (c->remind.relay, ==, "smtps://relay.example.org:465");
  g_assert_cmpint (c->remind.gap_days * 10000 + c->remind.hour * 100 + c->remind.minute, ==,
                   20830);
  g_assert_cmpstr (c->trust.authserv_id, ==, "mail.example.org");
  g_assert_true (c->has_policy);
}

/* The file above has every key of the table, so that no row goes untried. */
static void
test_every_key (void)
{
  g_auto (GStrv) lines = g_strsplit (whole, "\n", -1);
  for (gsize i = 0; i < heddle_config_n_keys; i++) {
    const HeddleConfigKey *key = &heddle_config_keys[i];
    gboolean in_group = FALSE, found = FALSE;
    gsize length = strlen (key->key);
    for (char **line = lines; *line != NULL; line++) {
      if (**line == '[')
        in_group = strncmp (*line + 1, key->group, strlen (key->group)) == 0;
      else if (in_group && strncmp (*line, key->key, length) == 0
               && strchr (" =", (*line)[length]) != NULL)
        found = TRUE;
    }
    if (!found)
      g_error ("[%s] %s is not tried", key->group, key->key);
  }
}

static void
test_people (Fixture *f, gconstpointer data)
{
  g_autoptr (HeddleConfig) c = load (f, whole, NULL);
  g_assert_cmpstr (heddle_config_person_by_address (c, "ANA@EXAMPLE.ORG")->id, ==, "ana");
  g_assert_null (heddle_config_person_by_address (c, "nobody@example.org"));
  g_assert_null (heddle_config_person_by_address (c, NULL));
  g_assert_null (heddle_config_person (c, "eva"));

  static const struct {
    const char *address;
    gboolean us;
  } addresses[] = { { "x@example.org", TRUE },          { "x@EXAMPLE.org.", TRUE },
                    { "x@sub.example.org", FALSE },     { "x@notexample.org", FALSE },
                    { "line@elsewhere.example", TRUE }, { "x@elsewhere.example", FALSE },
                    { "sam@private.example", TRUE },    { "@example.org", FALSE },
                    { "example.org", FALSE },           { NULL, FALSE } };
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    g_assert_cmpint (heddle_config_is_us (c, addresses[i].address), ==, addresses[i].us);

  g_assert_true (heddle_config_is_our_author (c, "the helpline", NULL));
  g_assert_true (heddle_config_is_our_author (c, "ANA  RUIZ", NULL));
  g_assert_false (heddle_config_is_our_author (c, "Ana Ruiz", "ana@chirper.example"));
  g_assert_false (heddle_config_is_our_author (c, NULL, NULL));
  g_assert_false (heddle_config_is_our_author (c, "", NULL));
}

static void
test_parties (Fixture *f, gconstpointer data)
{
  g_autoptr (HeddleConfig) c = load (f, whole, NULL);
  static const struct {
    const char *name, *address, *party;
  } cases[] = { { NULL, "a@chirper.example", "chirper" },
                { NULL, "a@eu.Chirper.example", "chirper" },
                { NULL, "a@trust.chirper.example", "trust" }, /* the longer match */
                { NULL, "a@notchirper.example", NULL },
                { "chirper  CARE", NULL, "chirper" },
                { "Chirper", NULL, NULL },
                { NULL, NULL, NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const HeddlePartyConfig *party = heddle_config_party (c, cases[i].name, cases[i].address);
    g_assert_cmpstr (party != NULL ? party->id : NULL, ==, cases[i].party);
  }
}

static const struct {
  const char *text, *where, *what;
} mistakes[] = {
  { "[store]\npath = /a\n\n[stor]\n", ":4: ", "[stor]" },
  { "# x\n[store]\npaht = /a\n", ":3: ", "\"paht\"" },
  { "[store]\npath = /a\npath = /b\n", ":3: ", "line 2" },
  { "[us]\ndomains=a.example\n[store]\n[us]\n", ":4: ", "line 1" },
  { "[person ana]\naddresses=a@b.example\n[person ana]\naddresses=a@b.example\n",
    ":3: ", "line 1" },
  { "[person ana]\n\nname = Ana\n", ":1: ", "addresses" },
  { "[party x]\nrole = platform\n", ":1: ", "match" },
  { "[person]\naddresses=a@b.example\n", ":1: ", "[person NAME]" },
  { "[person a/b]\naddresses=a@b.example\n", ":1: ", "letters" },
  { "[person ana]\naddresses=a@b.example\nbackup=ana\n", ":3: ", "alone" },
  { "path = /a\n", ":1: ", "before the first group" },
  { "[store\n", ":1: ", "not closed" },
  { "[]\n", ":1: ", "not closed" },
  { "[store]\nhello\n", ":2: ", "key = value" },
  { "[store]\npath =\n", ":2: ", "no value" },
  { "[store]\npath = \\q\n", ":2: ", "escape" },
  { "[store]\npath = \xff\n", ":2: ", "UTF-8" },
  { "[milter]\nsocket = /run/x\n", ":2: ", "unix:" },
  { "[milter]\ndeliver = maybe\n", ":2: ", "pass, discard" },
  { "[milter]\ninboxes = a@b.example, c@d.example\n", ":2: ", "separate several with ;" },
  { "[milter]\nmax-bytes = 12\n", ":2: ", "1024" },
  { "[milter]\nmax-sessions = many\n", ":2: ", "\"many\"" },
  { "[us]\ndomains = a b\n", ":2: ", "domain" },
  { "[us]\ndomains = @a.example\n", ":2: ", "domain" },
  { "[party x]\nmatch = @\n", ":2: ", "matches nobody" },
  { "[party x]\nmatch = a@b@c\n", ":2: ", "matches nobody" },
  { "[party x]\nmatch=@a.example\nrole = friend\n", ":3: ", "platform, partner, official" },
  { "[party x]\nmatch=@a.example\nreply-days = -1\n", ":3: ", "\"-1\"" },
  { "[party x]\nmatch=@a.example\nweek = mon-\n", ":3: ", "mon-fri" },
  { "[party x]\nmatch=@a.example\nzone = Berlin\n", ":3: ", "Europe/Berlin" },
  { "[calendar]\ndates = 2018-02-30\n", ":2: ", "2018-02-30" },
  { "[policy]\nreply-days = 0\n", ":2: ", "\"0\"" },
  { "[policy]\nreply-days = 5 days\n", ":2: ", "\"5 days\"" },
  { "[remind]\nfrom = Ana <a@b.example>\n", ":2: ", "name@example.org" },
  { "[remind]\nrelay = 127.0.0.1\n", ":2: ", "smtp://" },
  { "[remind]\nrelay = http://127.0.0.1\n", ":2: ", "smtp://" },
  { "[remind]\nat = 9\n", ":2: ", "09:00" },
  { "[remind]\nat = 24:00\n", ":2: ", "09:00" },
  { "[trust]\nauthserv-id = a b\n", ":2: ", "host name" },
};

static void
test_mistake (Fixture *f, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleConfig) c = load (f, mistakes[i].text, &error);
  g_assert_null (c);
  g_assert_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_CONFIG);
  g_autofree char *begin = g_strconcat (f->file, mistakes[i].where, NULL);
  if (!g_str_has_prefix (error->message, begin)
      || strstr (error->message, mistakes[i].what) == NULL
      || strchr (error->message, '\n') != NULL)
    g_error ("\"%s\" is not \"%s…%s…\"", error->message, begin, mistakes[i].what);
}

static void
test_defaults (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleConfig) c = load (f, "", &error);
  g_assert_no_error (error);
  g_assert_false (c->has_policy);
  g_assert_cmpstr (c->milter.socket, ==, "unix:/run/heddle/milter.sock");
  g_assert_cmpstr (c->calendar.zone, ==, "UTC");
  g_assert_cmphex (c->calendar.week, ==, HEDDLE_WEEK_MON_FRI);
  g_assert_cmpint (c->policy.reply_days, ==, 5);
  g_assert_null (c->remind.from);
  g_autofree char *named = heddle_config_store_path (c, "/x.db");
  g_assert_cmpstr (named, ==, "/x.db");
  g_autofree char *path = heddle_config_store_path (c, NULL);
  g_assert_true (g_str_has_suffix (path, "/heddle/heddle.db"));
}

static void
test_not_there (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (heddle_config_load (f->file, &error));
  g_assert_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, f->file));
}

static void
test_binary (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (f->file, "[us]\n\0\1", 7, NULL));
  g_assert_null (heddle_config_load (f->file, &error));
  g_assert_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_CONFIG);
}

/* "\\-" is how a manual page writes a hyphen. */
static char *
without_backslashes (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit (text, "\\", -1);
  return g_strjoinv ("", pieces);
}

/* The manual page has every key of the table, and no other. */
static void
test_manual (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "docs", "man", "heddle.conf.5", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *group = NULL;
  for (guint i = 0; lines[i] != NULL; i++) {
    if (g_str_has_prefix (lines[i], ".SS [")) {
      g_free (group);
      group = g_strndup (lines[i] + 5, strcspn (lines[i] + 5, " ]"));
    } else if (group != NULL && strcmp (lines[i], ".TP") == 0) {
      g_assert_true (g_str_has_prefix (lines[i + 1], ".B "));
      g_autofree char *key = without_backslashes (lines[i + 1] + 3);
      g_hash_table_add (found, g_strconcat (group, " ", key, NULL));
    }
  }
  for (gsize i = 0; i < heddle_config_n_keys; i++) {
    g_autofree char *key
        = g_strconcat (heddle_config_keys[i].group, " ", heddle_config_keys[i].key, NULL);
    if (!g_hash_table_remove (found, key))
      g_error ("heddle.conf(5) has no [%s]", key);
  }
  g_assert_cmpuint (g_hash_table_size (found), ==, 0);
}

static void
test_backup_of_nobody (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("heddle-XXXXXX.conf", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (
      path, "[person ana]\naddresses=a@b.example\nbackup=sam\n", -1, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleConfig) config = heddle_config_load (path, &error);
  g_assert_no_error (error);
  g_assert_null (heddle_config_person (config, "ana")->backup);
  g_assert_cmpuint (config->warnings->len, ==, 1);
  g_assert_nonnull (strstr (config->warnings->pdata[0], ":3: backup: \"sam\""));
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/base/config/whole", test_whole);
  g_test_add_func ("/base/config/every-key", test_every_key);
  g_test_add_func ("/base/config/manual", test_manual);
  ADD ("/base/config/people", test_people);
  ADD ("/base/config/parties", test_parties);
  ADD ("/base/config/defaults", test_defaults);
  ADD ("/base/config/not-there", test_not_there);
  ADD ("/base/config/binary", test_binary);
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++) {
    g_autofree char *path = g_strdup_printf ("/base/config/mistake/%02" G_GSIZE_FORMAT, i);
    g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_mistake, tear_down);
  }
  g_test_add_func ("/base/config/backup-of-nobody", test_backup_of_nobody);
  return g_test_run ();
}
