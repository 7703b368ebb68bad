/* SPDX-License-Identifier: MIT */
#include "tests/followup/fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const char base_config[]
    = "[milter]\ninboxes = threads@example.org\n"
      "[us]\ndomains = example.org\nnames = Lena Vogt\n"
      "[person ana]\nname = Ana Ruiz\naddresses = ana@example.org; ana.ruiz@example.org\n"
      "[person sam]\nname = Sam Okoro\naddresses = sam@example.org\n"
      "[party chirper]\nmatch = @chirper.example; Chirper Support\nrole = platform\nreply-days "
      "= 3\n"
      "[calendar]\nzone = Europe/Berlin\n";

HeddleConfig *
fixture_config (const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = g_strconcat (base_config, more, NULL);
  HeddleConfig *config;
  int fd = g_file_open_tmp ("heddle-followup-XXXXXX.conf", &path, &error);

  g_assert_no_error (error);
  close (fd);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  config = heddle_config_load (path, &error);
  g_unlink (path);
  g_assert_no_error (error);
  return config;
}

HeddleTime
fixture_time (const char *iso)
{
  g_autoptr (GError) error = NULL;
  HeddleTime time = 0;

  heddle_time_parse (iso, NULL, &time, &error);
  g_assert_no_error (error);
  return time;
}

HeddlePerson *
fixture_person (const char *written)
{
  const char *open = strchr (written, '<');
  g_autofree char *name = NULL, *address = NULL;

  if (g_str_equal (written, "?"))
    return heddle_person_new (NULL, NULL, TRUE, "(b)(6)");
  if (open != NULL) {
    name = g_strstrip (g_strndup (written, (gsize)(open - written)));
    address = g_strndup (open + 1, strcspn (open + 1, ">"));
  } else if (strchr (written, '@') != NULL) {
    address = g_strdup (written);
  } else {
    name = g_strdup (written);
  }
  return heddle_person_new (name != NULL && *name != '\0' ? name : NULL, address, FALSE,
                            written);
}

static void
add_persons (GPtrArray *list, const char *written)
{
  g_auto (GStrv) parts = g_strsplit (written != NULL ? written : "", ", ", -1);

  for (char **part = parts; *part != NULL; part++)
    g_ptr_array_add (list, fixture_person (*part));
}

static void
add_actions (HeddleMessage *message, const char *written)
{
  g_auto (GStrv) parts = g_strsplit (written != NULL ? written : "", " ", -1);

  for (char **part = parts; *part != NULL && **part != '\0'; part++) {
    HeddleAction *action = g_new0 (HeddleAction, 1);

    action->kind = **part == 'r'   ? HEDDLE_ACTION_REQUEST
                   : **part == 'q' ? HEDDLE_ACTION_QUESTION
                   : **part == 'c' ? HEDDLE_ACTION_COMMITMENT
                                   : HEDDLE_ACTION_DEADLINE;
    action->text = g_strdup_printf ("The sentence %c.", **part);
    action->span = (HeddleSpan){ 7, 7 };
    action->has_due = sscanf (*part + 1, "%d-%d-%d", &action->due.year, &action->due.month,
                              &action->due.day)
                      == 3;
    g_ptr_array_add (message->actions, action);
  }
}

/* "Dear X,\n…": the first line is the greeting where it ends in a comma. */
static void
set_text (HeddleMessage *message, const char *text)
{
  gsize line = strcspn (text, "\n");

  g_free (message->text);
  message->text = g_strdup (text);
  if (line > 0 && text[line] == '\n' && text[line - 1] == ',')
    message->greeting = g_strndup (text, line);
}

static void
evidence_free (gpointer data)
{
  HeddleEvidence *evidence = data;

  g_free (evidence->mail);
  g_free (evidence);
}

static void
node_free (gpointer data)
{
  HeddleNode *node = data;

  g_free (node->id);
  g_ptr_array_unref (node->ids);
  g_ptr_array_unref (node->evidence);
  heddle_message_free (node->message);
  g_free (node);
}

void
fixture_thread_free (HeddleThread *thread)
{
  g_free (thread->id);
  g_ptr_array_unref (thread->ids);
  g_free (thread->subject);
  g_ptr_array_unref (thread->participants);
  g_ptr_array_unref (thread->messages);
  g_free (thread);
}

HeddleThread *
fixture_thread (const Row *rows, guint count)
{
  HeddleThread *thread = g_new0 (HeddleThread, 1);

  thread->id = g_strdup ("tabcdefghjkmn");
  thread->ids = g_ptr_array_new_with_free_func (g_free);
  thread->subject = g_strdup ("An account that posts addresses");
  thread->participants = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_person_free);
  thread->messages = g_ptr_array_new_with_free_func (node_free);
  for (guint i = 0; i < count; i++) {
    HeddleNode *node = g_new0 (HeddleNode, 1);
    HeddleMessage *message = heddle_message_new (HEDDLE_KIND_REPLY);
    HeddleEvidence *evidence = g_new0 (HeddleEvidence, 1);

    node->id = g_strdup_printf ("m%012u", i);
    node->ids = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (node->ids, g_strdup (node->id));
    node->parent = rows[i].parent;
    node->evidence = g_ptr_array_new_with_free_func (evidence_free);
    evidence->mail = g_strdup ("0");
    evidence->verified = TRUE;
    evidence->received = rows[i].received;
    g_ptr_array_add (node->evidence, evidence);
    node->message = message;
    message->from = rows[i].from == NULL ? NULL : fixture_person (rows[i].from);
    add_persons (message->to, rows[i].to);
    add_persons (message->cc, rows[i].cc);
    add_actions (message, rows[i].actions);
    set_text (message, rows[i].text != NULL ? rows[i].text : "The account is still there.");
    message->automatic = rows[i].automatic;
    if (rows[i].date != NULL) {
      message->date = g_new0 (HeddleDate, 1);
      message->date->raw = g_strdup (rows[i].date);
      message->date->has_utc = TRUE;
      message->date->utc = fixture_time (rows[i].date);
    }
    g_ptr_array_add (thread->messages, node);
  }
  return thread;
}
