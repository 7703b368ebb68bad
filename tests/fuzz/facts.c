/* SPDX-License-Identifier: MIT */
/* Any bytes as a message's text, as a header's value and as lines: facts within their
 * bounds, in valid UTF-8, from places that lie within the text. */
#include "parser/facts.h"
#include "parser/mail.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static HeddleTables tables;

static void
set_up (void)
{
  if (tables.words != NULL)
    return;
  tables.words = &heddle_words_made;
  tables.names = &heddle_names_made;
  tables.domains = heddle_domains_new ();
}

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check_wall (const HeddleWall *wall)
{
  HeddleWall again;

  heddle_wall_from_seconds (heddle_wall_to_seconds (wall), &again);
  g_assert_true (memcmp (wall, &again, sizeof again) == 0);
}

static void
check_people (const char *text, gsize length)
{
  g_autoptr (HeddlePerson) person = heddle_person_read (&tables, text, length);
  g_autoptr (GPtrArray) list = heddle_person_read_list (&tables, text, length, 50);

  g_assert_cmpuint (list->len, <=, 50);
  if (person != NULL)
    g_ptr_array_add (list, g_steal_pointer (&person));
  for (guint i = 0; i < list->len; i++) {
    const HeddlePerson *one = list->pdata[i];
    check_text (one->name);
    check_text (one->address);
    check_text (one->raw);
    g_assert_true (one->name != NULL || one->address != NULL || one->redacted);
  }
  g_assert_cmpuint (heddle_redaction_at (&tables, text, length), <=, length);
  heddle_is_attachment_line (&tables, text, length);
}

static void
check_date (const char *text, gsize length)
{
  HeddleDate *date = NULL;
  gsize read = heddle_when_read (&tables, text, length, &date);

  g_assert_cmpuint (read, <=, length);
  g_assert_true ((read > 0) == (date != NULL));
  if (date != NULL) {
    check_text (date->raw);
    check_wall (&date->local);
  }
  heddle_date_free (date);
}

static void
check_message (const HeddleMessage *message, const HeddleLimits *limits)
{
  g_assert_cmpuint (message->urls->len, <=, limits->facts);
  g_assert_cmpuint (message->handles->len, <=, limits->facts);
  g_assert_cmpuint (message->actions->len, <=, limits->facts);
  for (guint i = 0; i < message->urls->len; i++) {
    const HeddleUrl *url = message->urls->pdata[i];
    check_text (url->url);
    check_text (url->text);
    check_text (url->domain);
    check_text (url->original);
  }
  for (guint i = 0; i < message->handles->len; i++)
    check_text (message->handles->pdata[i]);
  for (guint i = 0; i < message->cases->len; i++)
    check_text (((HeddleCase *) message->cases->pdata[i])->raw);
  for (guint i = 0; i < message->attachments->len; i++)
    check_text (((HeddleAttachment *) message->attachments->pdata[i])->name);
  for (guint i = 0; i < message->dates->len; i++) {
    const HeddleMention *mention = message->dates->pdata[i];
    check_text (mention->raw);
    check_wall (&mention->start);
  }
  for (guint i = 0; i < message->actions->len; i++) {
    const HeddleAction *action = message->actions->pdata[i];
    check_text (action->text);
    g_assert_cmpuint (action->span.first, <=, action->span.last);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const HeddleTextLine first = { 0, 1 };
  HeddleLimits limits = heddle_limits_default;
  gsize length;

  set_up ();
  limits.facts = 20;
  g_autofree char *text = heddle_text_decode (size > 0 ? (const char *) data : "", size, &length);
  check_date (text, length);
  check_people (text, length);

  HeddleMessage *message = heddle_message_new (HEDDLE_KIND_REPLY);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (HeddleTextLine));
  g_array_append_val (lines, first);
  HeddleTextMap map = { lines, NULL };
  g_free (message->text);
  message->text = g_strdup (text);
  message->subject = g_strdup (text);
  message->date = g_new0 (HeddleDate, 1);
  message->date->has_local = TRUE;
  message->date->local = (HeddleWall) { 2018, 4, 10, 15, 40, 0 };
  heddle_facts_fill (&tables, message, &map, text, &limits, NULL);
  check_message (message, &limits);
  heddle_message_free (message);
  return 0;
}
