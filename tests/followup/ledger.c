/* SPDX-License-Identifier: MIT */
/* Who owes whom: conversations as tables, and the ledger that a careful reader
 * would write beside each. One line a follow-up:
 * kind debtor since due [closed-by] [+chasers]. */
#include "followup/policy.h"
#include "tests/followup/fixture.h"

#include <string.h>

#define ANA "Ana Ruiz <ana@example.org>"
#define SAM "Sam Okoro <sam@example.org>"
#define CHIRPER "Chirper Support <support@chirper.example>"
#define NOOR "Noor Haddad <noor@ngo.example>"
#define OMAR "Omar Aziz <omar@ngo.example>"
#define INBOX "threads@example.org"
#define MAX_ROWS 8

typedef struct {
  const char *name, *now;
  Row rows[MAX_ROWS];
  const char *ledger, *state;
} Case;

static const Case cases[] = {
  { "nobody answered: three working days, Berlin",
    "2018-04-12",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z\n",
    "waiting" },
  { "no party: the site's five days",
    "2018-04-12",
    { { ANA, NOOR, NULL, -1, "2018-04-10T13:40:00Z", "q" } },
    "awaiting_reply Noor Haddad 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z\n",
    "waiting" },
  { "a first report needs no question mark",
    "2018-04-12",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", NULL,
        "This account threatens people." } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z\n",
    "waiting" },
  { "a first thank-you opens nothing",
    "2018-04-12",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", NULL, "Thanks a lot for your help!" } },
    "",
    "closed" },
  { "answered",
    "2018-04-20",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { CHIRPER, ANA, NULL, 0, "2018-04-11T09:00:00Z", NULL, "We removed the account." } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z by 1\n",
    "closed" },
  { "a machine's answer, thanks and a mail that nobody has seen answer nothing",
    "2018-04-12",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { CHIRPER, ANA, NULL, 0, "2018-04-10T13:41:00Z", "c", "We will look into your report.",
        HEDDLE_AUTOMATIC_AUTO_REPLY },
      { CHIRPER, ANA, NULL, 0, "2018-04-11T09:00:00Z", NULL,
        "Dear Ana,\nThank you, we have received your report. Case 4711." } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z\n",
    "waiting" },
  { "a desk that only confirms receipt answers nothing, though no header says so",
    "2018-04-12",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { CHIRPER, ANA, NULL, 0, "2018-04-10T13:41:00Z", NULL,
        "Thank you for contacting Chirper. We have received your request and will review it as "
        "soon as possible.\nYour case number is 4711." },
      { CHIRPER, ANA, NULL, 0, "2018-04-10T13:45:00Z", NULL,
        "Your ticket has been created and assigned to our team." },
      { CHIRPER, ANA, NULL, 0, "2018-04-10T13:46:00Z", NULL,
        "This is an automated message, please do not reply to it. Your report was received." } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z\n",
    "waiting" },
  { "a confirmation that goes on to say something answers",
    "2018-04-20",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { CHIRPER, ANA, NULL, 0, "2018-04-11T09:00:00Z", NULL,
        "Thank you for contacting Chirper. We will not review it." } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z by 1\n",
    "closed" },
  { "our thanks open nothing",
    "2018-04-20",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { CHIRPER, ANA, NULL, 0, "2018-04-11T09:00:00Z", NULL, "We removed the account." },
      { ANA, CHIRPER, NULL, 1, "2018-04-11T10:00:00Z", NULL, "Great, thank you so much!" } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z by 1\n",
    "closed" },
  { "chasers join and restart nothing",
    "2018-04-20",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { ANA, CHIRPER, NULL, 0, "2018-04-12T13:40:00Z", "q", "Any update?" },
      { SAM, CHIRPER, NULL, 1, "2018-04-16T13:40:00Z", "q", "Any update?" } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z +2\n",
    "waiting" },
  { "a second round is a second follow-up",
    "2018-04-20",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { CHIRPER, ANA, NULL, 0, "2018-04-11T09:00:00Z", NULL, "It breaks none of our rules." },
      { ANA, CHIRPER, NULL, 1, "2018-04-12T10:00:00Z", "r", "Please look at it again." } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z by 1\n"
    "awaiting_reply Chirper Support 2018-04-12T10:00:00Z 2018-04-17T21:59:59Z\n",
    "waiting" },
  { "a colleague there answers for both, a stranger at a provider does not",
    "2018-04-20",
    { { ANA, NOOR, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { OMAR, ANA, NULL, 0, "2018-04-11T09:00:00Z", NULL, "It is done." },
      { ANA, "Kim <kim@gmail.com>", NULL, -1, "2018-04-12T13:40:00Z", "r" },
      { "Lu <lu@gmail.com>", ANA, NULL, 2, "2018-04-13T09:00:00Z", NULL, "It is done." } },
    "awaiting_reply Noor Haddad 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z by 1\n"
    "awaiting_reply Kim 2018-04-12T13:40:00Z 2018-04-19T21:59:59Z\n",
    "waiting" },
  { "a quoted answer under a bare name is theirs",
    "2018-04-20",
    { { ANA, NOOR, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { "Noor Haddad", NULL, NULL, 0, "2018-04-11T09:00:00Z", NULL, "It is done." } },
    "awaiting_reply Noor Haddad 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z by 1\n",
    "closed" },
  { "quoted mails have no recipients: who is answered is who is asked",
    "2018-04-12",
    { { "Noor Haddad", NULL, NULL, -1, "2018-04-09T13:40:00Z", NULL, "The account is back." },
      { "Ana Ruiz", NULL, NULL, 0, "2018-04-10T13:40:00Z", "q", "Since when?" } },
    "awaiting_reply Noor Haddad 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z\n",
    "waiting" },
  { "they ask us",
    "2018-04-12",
    { { NOOR, ANA, NULL, -1, "2018-04-10T13:40:00Z", "r" } },
    "request Ana Ruiz 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z\n",
    "open" },
  { "they ask us, and handing it to the inbox is no answer",
    "2018-04-12",
    { { NOOR, ANA, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { ANA, INBOX, NULL, 0, "2018-04-10T14:00:00Z", "r", "Please file this one." } },
    "request Ana Ruiz 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z\n",
    "open" },
  { "they ask us and we answer, whoever of us",
    "2018-04-12",
    { { NOOR, ANA, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { SAM, NOOR, ANA, 0, "2018-04-10T14:00:00Z", NULL, "Here is the guide." } },
    "request Ana Ruiz 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z by 1\n",
    "closed" },
  { "copied is not asked",
    "2018-04-12",
    { { NOOR, OMAR, ANA, -1, "2018-04-10T13:40:00Z", "r" } },
    "",
    "closed" },
  { "a promise with a date beats the days of the policy",
    "2018-04-12",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { CHIRPER, ANA, NULL, 0, "2018-04-11T09:00:00Z", "c2018-04-20" } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z by 1\n"
    "commitment Chirper Support 2018-04-11T09:00:00Z 2018-04-20T21:59:59Z\n",
    "waiting" },
  { "a promise without one has the policy's; asking for it chases it",
    "2018-04-13",
    { { CHIRPER, ANA, NULL, -1, "2018-04-10T13:40:00Z", "c" },
      { ANA, CHIRPER, NULL, 0, "2018-04-12T09:00:00Z", "q", "Any update?" } },
    "commitment Chirper Support 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z +1\n",
    "waiting" },
  { "our own promise",
    "2018-04-12",
    { { ANA, NOOR, NULL, -1, "2018-04-09T09:00:00Z", "c", "I will call them." },
      { ANA, INBOX, NULL, 0, "2018-04-09T10:00:00Z", NULL, "A new case for the archive." } },
    "commitment Ana Ruiz 2018-04-09T09:00:00Z 2018-04-16T21:59:59Z\n",
    "open" },
  { "our own promise, kept",
    "2018-04-12",
    { { NOOR, ANA, NULL, -1, "2018-04-08T09:00:00Z", NULL, "The account is back." },
      { ANA, NOOR, NULL, 0, "2018-04-09T09:00:00Z", "c", "I will call them." },
      { ANA, NOOR, NULL, 1, "2018-04-10T09:00:00Z", NULL, "They took it down." } },
    "commitment Ana Ruiz 2018-04-09T09:00:00Z 2018-04-16T21:59:59Z by 2\n",
    "closed" },
  { "a day that we name is a deadline; a day that is past is none",
    "2018-04-12",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r2018-04-12" },
      { ANA, NOOR, NULL, -1, "2018-04-10T14:40:00Z", "r2017-04-12" } },
    "deadline Chirper Support 2018-04-10T13:40:00Z 2018-04-12T21:59:59Z\n"
    "awaiting_reply Noor Haddad 2018-04-10T14:40:00Z 2018-04-17T21:59:59Z\n",
    "waiting" },
  { "a colleague is asked by name",
    "2018-04-12",
    { { SAM, NULL, NULL, -1, "2018-04-10T13:00:00Z", NULL, "The account is back." },
      { ANA, NULL, NULL, 0, "2018-04-10T13:40:00Z", "q", "Did they answer?" } },
    "request Sam Okoro 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z\n",
    "open" },
  { "the greeting says who is meant",
    "2018-04-12",
    { { ANA, CHIRPER ", " NOOR, NULL, -1, "2018-04-10T13:40:00Z", "q",
        "Hi Noor,\nIs it back?" } },
    "awaiting_reply Noor Haddad 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z\n",
    "waiting" },
  { "the greeting calls a colleague who wrote before",
    "2018-04-12",
    { { SAM, "?", NULL, -1, "2018-04-09T13:40:00Z", NULL, "We wrote to them." },
      { "?", NULL, NULL, 0, "2018-04-10T12:40:00Z", NULL, "I raised it here." },
      { "Ana Ruiz", NULL, NULL, 1, "2018-04-10T13:40:00Z", "q", "Sam,\nIs it back?" } },
    "request Sam Okoro 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z\n",
    "open" },
  { "two that are asked both owe",
    "2018-04-12",
    { { ANA, CHIRPER ", " NOOR, NULL, -1, "2018-04-10T13:40:00Z", "q",
        "Hi all,\nIs it back?" } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z\n"
    "awaiting_reply Noor Haddad 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z\n",
    "waiting" },
  { "somebody withheld opens nothing",
    "2018-04-12",
    { { "?", ANA, NULL, -1, "2018-04-10T13:40:00Z", "r c2018-04-11" } },
    "",
    "closed" },
  { "somebody withheld can be asked, and can answer",
    "2018-04-13",
    { { ANA, SAM, "?, ?", -1, "2018-04-10T13:40:00Z", "q", "(b)(6),\nWhat can be done?" },
      { "?", ANA, NULL, 0, "2018-04-11T13:40:00Z", NULL, "I raised it here." },
      { ANA, "?", NULL, 1, "2018-04-12T13:40:00Z", "q", "(b)(6),\nAnd since?" },
      { ANA, "?", NULL, 2, "2018-04-12T14:40:00Z", "q", "And in general?" } },
    "awaiting_reply ? 2018-04-10T13:40:00Z 2018-04-17T21:59:59Z by 1\n"
    "awaiting_reply ? 2018-04-12T13:40:00Z 2018-04-19T21:59:59Z\n",
    "waiting" },
  { "no author, no clock, no debt",
    "2018-04-12",
    { { NULL, ANA, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { ANA, CHIRPER, NULL, -1, NULL, "r" } },
    "",
    "closed" },
  { "an answer without a date still answers",
    "2018-04-12",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { CHIRPER, ANA, NULL, 0, NULL, NULL, "We removed the account." } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z by 1\n",
    "closed" },
  { "what was not written yet is not there",
    "2018-04-11T08:59:00Z",
    { { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { CHIRPER, ANA, NULL, 0, "2018-04-11T09:00:00Z", NULL, "We removed the account." } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z\n",
    "waiting" },
  { "an answer whose clock is behind still comes after",
    "2018-04-20",
    { { CHIRPER, ANA, NULL, 1, "2018-04-10T11:00:00Z", NULL, "We removed the account." },
      { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" } },
    "awaiting_reply Chirper Support 2018-04-10T13:40:00Z 2018-04-13T21:59:59Z by 0\n",
    "closed" },
  { "a stranger with a colleague's name is a stranger",
    "2018-04-12",
    { { "Ana Ruiz <ana@evil.example>", CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
      { "Ana Ruiz <ana@evil.example>", SAM, NULL, -1, "2018-04-10T14:40:00Z", "r" } },
    "request Sam Okoro 2018-04-10T14:40:00Z 2018-04-17T21:59:59Z\n",
    "open" },
  { "a message that answers itself ends too",
    "2018-04-12",
    { { ANA, CHIRPER, NULL, 1, "2018-04-10T13:40:00Z", "r" },
      { ANA, CHIRPER, NULL, 0, "2018-04-10T13:41:00Z", "r" } },
    "awaiting_reply Chirper Support 2018-04-10T13:41:00Z 2018-04-13T21:59:59Z +1\n",
    "waiting" },
};

static char *
ledger_text (const GPtrArray *followups)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < followups->len; i++) {
    const HeddleFollowup *one = g_ptr_array_index (followups, i);
    g_autofree char *since = heddle_time_format (one->since);
    g_autofree char *due = heddle_time_format (one->due);
    const HeddlePerson *debtor = one->waiting_on;

    g_string_append_printf (text, "%s %s %s %s", heddle_followup_kind_name (one->kind),
                            debtor->name != NULL ? debtor->name
                            : debtor->redacted   ? "?"
                                                 : debtor->address,
                            since, due);
    if (one->closed)
      g_string_append_printf (text, " by %d", atoi (one->closed_by + 1));
    if (one->chasers > 0)
      g_string_append_printf (text, " +%u", one->chasers);
    g_string_append_c (text, '\n');
    g_assert_nonnull (one->reason);
    g_assert_nonnull (one->rule);
    g_assert_nonnull (one->evidence_text);
    g_assert_true (one->verified);
    g_assert_nonnull (one->owner);
  }
  return g_string_free (text, FALSE);
}

static guint
count_rows (const Row *rows)
{
  guint count = 0;

  while (count < MAX_ROWS && (rows[count].from != NULL || rows[count].to != NULL))
    count++;
  return count;
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (HeddleConfig) config = fixture_config ("");
  g_autoptr (HeddlePolicy) policy = heddle_policy_new (config, NULL);
  HeddleThread *thread = fixture_thread (one->rows, count_rows (one->rows));
  g_autoptr (GPtrArray) followups
      = heddle_ledger (policy, thread, NULL, fixture_time (one->now));
  g_autofree char *text = ledger_text (followups);

  g_assert_cmpstr (text, ==, one->ledger);
  g_assert_cmpstr (heddle_ledger_state (followups), ==, one->state);
  fixture_thread_free (thread);
}

/* --- one follow-up in full ------------------------------------------------------- */

static const Row asked[] = {
  { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
};
static const Row answered[] = {
  { ANA, CHIRPER, NULL, -1, "2018-04-10T13:40:00Z", "r" },
  { CHIRPER, ANA, NULL, 0, "2018-04-11T09:00:00Z", NULL, "We removed the account." },
};

static void
test_fields (void)
{
  g_autoptr (HeddleConfig) config = fixture_config ("dates = 2018-04-12\n");
  g_autoptr (HeddlePolicy) policy = heddle_policy_new (config, NULL);
  HeddleThread *thread = fixture_thread (asked, 1);
  g_autoptr (GPtrArray) list
      = heddle_ledger (policy, thread, NULL, fixture_time ("2018-04-18T10:00:00Z"));
  const HeddleFollowup *one = g_ptr_array_index (list, 0);
  const char *parts[] = { "m000000000000", "awaiting_reply", "0", NULL };
  g_autofree char *id = heddle_id ('f', parts);
  g_autoptr (GString) steps = g_string_new (NULL);

  g_assert_cmpstr (one->id, ==, id);
  g_assert_cmpstr (one->rule, ==, "party.chirper.reply-days");
  g_assert_cmpstr (one->reason, ==,
                   "The platform has not answered what we wrote; the rule "
                   "party.chirper.reply-days gives 3 working days.");
  g_assert_cmpstr (one->owner->id, ==, "ana");
  g_assert_cmpstr (one->party->id, ==, "chirper");
  g_assert_cmpstr (one->evidence_text, ==, "The sentence r.");
  g_assert_cmpuint (g_array_index (one->spans, HeddleSpan, 0).first, ==, 7);
  g_assert_true (one->overdue);
  g_assert_cmpint (one->overdue_working_days, ==, 2); /* due on Monday; it is Wednesday */
  g_assert_cmpint (one->waited_working_days, ==, 5);
  for (guint i = 0; i < one->steps->len; i++) {
    HeddleDayStep *step = &g_array_index (one->steps, HeddleDayStep, i);

    g_string_append_printf (steps, "%d:%s ", step->day.day, step->reason);
  }
  g_assert_cmpstr (steps->str, ==,
                   "10:day of the message 11:counted 12:holiday 13:counted 14:weekend "
                   "15:weekend 16:counted ");
  fixture_thread_free (thread);
}

/* Every id that the message ever had gives one of the follow-up; the least is it. */
static void
test_ids (void)
{
  g_autoptr (HeddleConfig) config = fixture_config ("");
  g_autoptr (HeddlePolicy) policy = heddle_policy_new (config, NULL);
  HeddleThread *thread = fixture_thread (asked, 1);
  HeddleNode *node = g_ptr_array_index (thread->messages, 0);

  g_ptr_array_add (node->ids, g_strdup ("m000000000009"));
  {
    g_autoptr (GPtrArray) list
        = heddle_ledger (policy, thread, NULL, fixture_time ("2018-04-18"));
    const HeddleFollowup *one = g_ptr_array_index (list, 0);

    g_assert_cmpuint (one->ids->len, ==, 2);
    g_assert_cmpstr (one->id, ==, g_ptr_array_index (one->ids, 0));
    g_assert_cmpstr (g_ptr_array_index (one->ids, 0), <, g_ptr_array_index (one->ids, 1));
  }
  fixture_thread_free (thread);
}

static void
test_nobody_is_us (void)
{
  g_autoptr (HeddleConfig) config = heddle_config_new ();
  g_autoptr (HeddlePolicy) policy = heddle_policy_new (config, NULL);
  HeddleThread *thread = fixture_thread (asked, 1);
  g_autoptr (GPtrArray) list
      = heddle_ledger (policy, thread, NULL, fixture_time ("2018-04-18"));

  g_assert_cmpuint (list->len, ==, 0);
  fixture_thread_free (thread);
}

/* --- decisions ------------------------------------------------------------------- */

typedef struct {
  HeddleDecisionKind kind;
  const char *value, *time, *made;
} Said;

static char *
decide (const Row *rows, guint count, const Said *said, guint n_said, const char *now)
{
  g_autoptr (HeddleConfig) config = fixture_config ("");
  g_autoptr (HeddlePolicy) policy = heddle_policy_new (config, NULL);
  HeddleThread *thread = fixture_thread (rows, count);
  const char *parts[] = { "m000000000000", "awaiting_reply", "0", NULL };
  g_autofree char *id = heddle_id ('f', parts);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) list = NULL;
  const HeddleFollowup *one;
  char *text;

  for (guint i = 0; i < n_said; i++) {
    HeddleDecision *decision = g_new0 (HeddleDecision, 1);

    *decision = (HeddleDecision){ said[i].kind, id, (char *)said[i].value,
                                  said[i].time == NULL ? HEDDLE_TIME_NONE
                                                       : fixture_time (said[i].time),
                                  fixture_time (said[i].made) };
    g_ptr_array_add (decisions, decision);
  }
  list = heddle_ledger (policy, thread, decisions, fixture_time (now));
  one = g_ptr_array_index (list, 0);
  {
    g_autofree char *due = heddle_time_format (one->due);
    g_autofree char *until = heddle_time_format (one->snoozed_until);

    text = g_strdup_printf ("%s %s %s %s %s", one->closed ? "closed" : "open", one->owner->id,
                            one->due_by_hand ? due : "-", until != NULL ? until : "-",
                            one->overdue ? "overdue" : "-");
  }
  fixture_thread_free (thread);
  return text;
}

static void
test_decisions (void)
{
  static const struct {
    const char *name;
    gboolean answered;
    Said said[3];
    const char *now, *result;
  } table[] = {
    { "nothing said", FALSE, { { 0 } }, "2018-04-16", "open ana - - overdue" },
    { "closed by hand",
      FALSE,
      { { HEDDLE_DECISION_CLOSE, NULL, NULL, "2018-04-11" } },
      "2018-04-16",
      "closed ana - - -" },
    { "closed and reopened",
      FALSE,
      { { HEDDLE_DECISION_CLOSE, NULL, NULL, "2018-04-11" },
        { HEDDLE_DECISION_REOPEN, NULL, NULL, "2018-04-12" } },
      "2018-04-16",
      "open ana - - overdue" },
    { "answered, but somebody says it is not",
      TRUE,
      { { HEDDLE_DECISION_REOPEN, NULL, NULL, "2018-04-12" } },
      "2018-04-16",
      "open ana - - overdue" },
    { "reopened before the answer came",
      TRUE,
      { { HEDDLE_DECISION_CLOSE, NULL, NULL, "2018-04-10T14:00" },
        { HEDDLE_DECISION_REOPEN, NULL, NULL, "2018-04-10T15:00" } },
      "2018-04-16",
      "closed ana - - -" },
    { "snoozed",
      FALSE,
      { { HEDDLE_DECISION_SNOOZE, NULL, "2018-04-20T08:00:00Z", "2018-04-11" } },
      "2018-04-16",
      "open ana - 2018-04-20T08:00:00Z overdue" },
    { "awake again",
      FALSE,
      { { HEDDLE_DECISION_SNOOZE, NULL, "2018-04-20T08:00:00Z", "2018-04-11" } },
      "2018-04-21",
      "open ana - - overdue" },
    { "a date by hand",
      FALSE,
      { { HEDDLE_DECISION_SET_DUE, NULL, "2018-05-01T21:59:59Z", "2018-04-11" } },
      "2018-04-16",
      "open ana 2018-05-01T21:59:59Z - -" },
    { "handed on; nobody of that name",
      FALSE,
      { { HEDDLE_DECISION_ASSIGN, "sam", NULL, "2018-04-11" },
        { HEDDLE_DECISION_CLAIM, "nobody", NULL, "2018-04-12" },
        { HEDDLE_DECISION_CLAIM, NULL, NULL, "2018-04-12" } },
      "2018-04-16",
      "open sam - - overdue" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    guint said = 0;
    g_autofree char *result = NULL;

    while (said < 3 && table[i].said[said].made != NULL)
      said++;
    g_test_message ("%s", table[i].name);
    result = decide (table[i].answered ? answered : asked, table[i].answered ? 2 : 1,
                     table[i].said, said, table[i].now);
    g_assert_cmpstr (result, ==, table[i].result);
  }
}

/* --- size ------------------------------------------------------------------------ */

/* 20,000 strangers who each ask and promise: still one walk. */
static void
test_large (void)
{
  enum { COUNT = 20000 };
  g_autoptr (HeddleConfig) config = fixture_config ("");
  g_autoptr (HeddlePolicy) policy = heddle_policy_new (config, NULL);
  g_autofree Row *rows = g_new0 (Row, COUNT);
  g_autoptr (GStringChunk) chunk = g_string_chunk_new (4096);
  HeddleThread *thread;
  gint64 start;

  for (guint i = 0; i < COUNT; i++) {
    g_autofree char *from = g_strdup_printf ("Pat %u <pat@h%u.example>", i, i);

    rows[i] = (Row){
      g_string_chunk_insert (chunk, from), ANA, NULL, (int)i - 1, "2018-04-10T13:40:00Z", "r c"
    };
  }
  thread = fixture_thread (rows, COUNT);
  start = g_get_monotonic_time ();
  {
    g_autoptr (GPtrArray) list
        = heddle_ledger (policy, thread, NULL, fixture_time ("2018-05-18"));

    g_assert_cmpuint (list->len, ==, 2 * COUNT);
  }
  g_test_message ("%u messages: %" G_GINT64_FORMAT " ms", COUNT,
                  (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
  fixture_thread_free (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/followup/ledger/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/followup/ledger/fields", test_fields);
  g_test_add_func ("/followup/ledger/ids", test_ids);
  g_test_add_func ("/followup/ledger/nobody-is-us", test_nobody_is_us);
  g_test_add_func ("/followup/ledger/decisions", test_decisions);
  g_test_add_func ("/followup/ledger/large", test_large);
  return g_test_run ();
}
