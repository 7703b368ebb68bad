/* SPDX-License-Identifier: MIT */
/* What two conversations may be joined for: subjects that say something, people, time. */
#include "threads/threads.h"

#define DAY ((gint64) 86400)

static const struct {
  const char *one, *other;
  gboolean same;
} subjects[] = {
  { "Account taken over", "Re: Account taken over", TRUE },
  { "Account taken over", "AW: [urgent] ACCOUNT taken  over!", FALSE }, /* a list is a word */
  { "Account taken over", "Fwd: WG: account taken over", TRUE },
  { "Café geschlossen", "Re: Cafe geschlossen", TRUE },
  { "Account taken over", "Account given back", FALSE },
  { "Case 4711", "RE: case #4711", TRUE },
  { "Case 4711", "Case 4712", FALSE },
  { "Update", "Update", FALSE },
  { "Re:", "Re:", FALSE },
  { "Question", "Re: Question", FALSE },
  { "Status update", "Status update", FALSE },
  { "Frage", "Re: Frage", FALSE },
  { "", "", FALSE },
  { "Case 47", "Case 47", FALSE },
  { "پرسش", "پرسش", FALSE },
  { "حساب مسدود", "حساب مسدود", TRUE },
};

static void
test_topics (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++) {
    gint64 one = heddle_topic (subjects[i].one), other = heddle_topic (subjects[i].other);
    g_test_message ("%s, %s", subjects[i].one, subjects[i].other);
    g_assert_cmpint (one != 0 && one == other, ==, subjects[i].same);
  }
  g_assert_cmpint (heddle_topic (NULL), ==, 0);
}

static HeddleThread *
thread_new (const char *id, const char *subject, gint64 first, gint64 last, const char *name,
            const char *address)
{
  HeddleThread *thread = g_new0 (HeddleThread, 1);

  thread->id = g_strdup (id);
  thread->ids = g_ptr_array_new_with_free_func (g_free);
  thread->subject = g_strdup (subject);
  thread->participants = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_person_free);
  thread->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_node_free);
  thread->has_first = first >= 0;
  thread->first = first;
  thread->last = last;
  g_ptr_array_add (thread->participants, heddle_person_new (name, address, FALSE, ""));
  return thread;
}

static void
check (const HeddleThread *thread, HeddleThread *other, const char *why)
{
  g_autoptr (GPtrArray) others
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_free);
  g_ptr_array_add (others, other);
  g_autoptr (GPtrArray) found = heddle_suggestions (thread, others);
  if (why == NULL) {
    g_assert_cmpuint (found->len, ==, 0);
    return;
  }
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((HeddleSuggestion *) found->pdata[0])->why, ==, why);
}

static void
test_reasons (void)
{
  const char *subject = "Account taken over", *ana = "ana@example.org";
  HeddleThread *thread = thread_new ("t1", subject, 100 * DAY, 110 * DAY, "Ana Ruiz", ana);

  check (thread, thread_new ("t2", "Re: Account taken over", 112 * DAY, 113 * DAY, NULL, "ANA@example.org"),
         "the same subject, ana@example.org takes part in both, 2 days apart");
  check (thread, thread_new ("t2", subject, 90 * DAY, 99 * DAY, NULL, ana),
         "the same subject, ana@example.org takes part in both, 1 day apart");
  check (thread, thread_new ("t2", subject, 105 * DAY, 120 * DAY, "Ana Ruiz", NULL),
         "the same subject, ana@example.org takes part in both, at one time");
  check (thread, thread_new ("t2", subject, 110 * DAY + 60, 120 * DAY, NULL, ana),
         "the same subject, ana@example.org takes part in both, less than a day apart");
  check (thread, thread_new ("t2", subject, 125 * DAY, 126 * DAY, NULL, ana), NULL); /* late */
  check (thread, thread_new ("t2", subject, -1, -1, NULL, ana), NULL); /* no clock */
  check (thread, thread_new ("t2", subject, 112 * DAY, 113 * DAY, NULL, "lea@example.org"), NULL);
  check (thread, thread_new ("t2", subject, 112 * DAY, 113 * DAY, "Ana", NULL), NULL);
  check (thread, thread_new ("t2", "Account given back", 112 * DAY, 113 * DAY, NULL, ana), NULL);
  heddle_thread_free (thread);
}

/* The nearest first, ties by id; none of too many. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) others
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_free);
  HeddleThread *thread = thread_new ("t1", "Case 4711", 100 * DAY, 110 * DAY, NULL, "a@example.org");

  for (guint i = 0; i < HEDDLE_SUGGESTIONS_MOST; i++) {
    g_autofree char *id = g_strdup_printf ("t%u", 9 - i);
    g_ptr_array_add (others, thread_new (id, "Case 4711", (115 - i / 2) * DAY, 130 * DAY, NULL, "a@example.org"));
  }
  g_autoptr (GPtrArray) found = heddle_suggestions (thread, others);
  g_assert_cmpuint (found->len, ==, HEDDLE_SUGGESTIONS_MOST);
  const char *const wanted[] = { "t5", "t6", "t7", "t8", "t9" };
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpstr (((HeddleSuggestion *) found->pdata[i])->thread, ==, wanted[i]);
  g_ptr_array_add (others, thread_new ("ta", "Case 4711", 115 * DAY, 130 * DAY, NULL, "a@example.org"));
  g_autoptr (GPtrArray) none = heddle_suggestions (thread, others);
  g_assert_cmpuint (none->len, ==, 0);
  heddle_thread_free (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/suggest/topics", test_topics);
  g_test_add_func ("/threads/suggest/reasons", test_reasons);
  g_test_add_func ("/threads/suggest/many", test_many);
  return g_test_run ();
}
