/* SPDX-License-Identifier: MIT */
/* What calendars should be told now.
 *
 * One event a follow-up and person, known by its UID. It is asked for while the
 * follow-up is due and that person owns it; a later REQUEST moves it, with a higher
 * SEQUENCE, after the configured gap; one CANCEL ends it, and its UID is dead: a
 * follow-up that comes back gets a new one, since Google refuses the old.
 *
 * Recipients come from the configuration and from nowhere else: the first address
 * of the owner. A CANCEL follows its REQUEST to the address that had it, if that
 * still is one of that person's.
 *
 * Not handled: several follow-ups in one mail, caps a person and day.
 */
#include "followup/reminder.h"

#include <string.h>
#include <unistd.h>

#include "followup/invite.h"

#define REQUESTS_MAX 50
#define AHEAD_SECONDS (5 * 60)
#define SLOT_DAYS 1000
#define RANDOM_BYTES 16

typedef struct {
  const HeddlePolicy *policy;
  HeddleTime now;
  gboolean complete;
  GHashTable *by_id;   /* each id of each follow-up → it */
  GHashTable *covered; /* set: follow-ups that a live event shows */
  GPtrArray *plan;     /* of HeddleOutgoing */
  guint requests;
} Planner;

void
heddle_outgoing_free (HeddleOutgoing *outgoing)
{
  if (outgoing == NULL)
    return;
  heddle_reminder_free (outgoing->reminder);
  heddle_outbox_item_free (outgoing->item);
  g_free (outgoing->followup);
  g_free (outgoing);
}

/* --- when ------------------------------------------------------------------------ */

HeddleTime
heddle_reminder_slot (const HeddlePolicy *policy, HeddleTime now)
{
  const HeddleConfig *config = heddle_policy_config (policy);
  const HeddleWorkdays *work = heddle_policy_workdays (policy, NULL);
  HeddleDay day = heddle_day_of (work->zone, now);

  for (int i = 0;; i++, day++) {
    HeddleTime slot = heddle_day_clock (
        work->zone, day, config->remind.hour * 3600 + config->remind.minute * 60);

    if (slot >= now + AHEAD_SECONDS
        && (heddle_workdays_off (work, day) == NULL || i > SLOT_DAYS))
      return slot;
  }
}

static gboolean
is_due (const HeddleFollowup *followup, HeddleTime now)
{
  return !followup->closed && followup->verified && followup->owner != NULL
         && now >= followup->due && followup->snoozed_until == HEDDLE_TIME_NONE;
}

static gboolean
gap_is_over (const Planner *planner, const HeddleReminder *reminder)
{
  const HeddleWorkdays *work = heddle_policy_workdays (planner->policy, NULL);

  return heddle_workdays_between (work, heddle_day_of (work->zone, reminder->start),
                                  heddle_day_of (work->zone, planner->now))
         >= heddle_policy_config (planner->policy)->remind.gap_days;
}

/* --- what nobody guesses --------------------------------------------------------- */

/* 128 random bits in the letters of base 32 (transfer full); NULL without any. */
static char *
random_text (void)
{
  static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
  guint8 bytes[RANDOM_BYTES];
  char text[RANDOM_BYTES * 8 / 5 + 2];
  gsize length = 0;
  guint bits = 0, value = 0;

  if (getentropy (bytes, sizeof bytes) != 0)
    return NULL;
  for (gsize i = 0; i < sizeof bytes; i++) {
    value = (value << 8 | bytes[i]) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5)
      text[length++] = digits[value >> (bits - 5) & 31];
  }
  if (bits > 0)
    text[length++] = digits[value << (5 - bits) & 31];
  return g_strndup (text, length);
}

static gboolean
refuse (GError **error, int code, const char *message)
{
  g_set_error_literal (error, HEDDLE_FOLLOWUP_ERROR, code, message);
  return FALSE;
}

/* "follow-up+TOKEN@host" */
static char *
organizer_of (const HeddleConfig *config, const char *token, GError **error)
{
  const char *from = config->remind.from, *at = from == NULL ? NULL : strchr (from, '@');
  g_autofree char *organizer = NULL;

  if (from == NULL) {
    refuse (error, HEDDLE_FOLLOWUP_ERROR_CONFIG,
            "[remind] from: not set; give an address that reaches Heddle");
    return NULL;
  }
  organizer
      = at == NULL ? NULL : g_strdup_printf ("%.*s+%s%s", (int)(at - from), from, token, at);
  if (organizer == NULL || !heddle_calendar_address_is_plain (organizer)) {
    refuse (error, HEDDLE_FOLLOWUP_ERROR_CONFIG,
            "[remind] from: no plain address; give one like follow-up@threads.example.org");
    return NULL;
  }
  return g_steal_pointer (&organizer);
}

/* --- one mail -------------------------------------------------------------------- */

static GBytes *
mail_of (const Planner *planner, const HeddleReminder *reminder, const HeddleWording *wording,
         const HeddlePersonConfig *person, const char *organizer, GError **error)
{
  g_autofree char *random = random_text ();
  g_autofree char *message_id = NULL;
  const HeddleEvent event = {
    .cancel = reminder->cancelled,
    .uid = reminder->uid,
    .sequence = reminder->sequence,
    .stamp = planner->now,
    .start = reminder->start,
    .organizer = organizer,
    .attendee = reminder->address,
    .attendee_name = person->name,
    .summary = wording->summary,
    .description = wording->description,
  };

  if (random == NULL) {
    refuse (error, HEDDLE_FOLLOWUP_ERROR_INVITE, "the system gives no random bytes; try again");
    return NULL;
  }
  message_id = g_strconcat (random, strchr (organizer, '@'), NULL);
  return heddle_invite_mail (&event, message_id, error);
}

/* Put @reminder (transfer full), as calendars shall know it, into the plan. */
static gboolean
add_mail (Planner *planner, HeddleReminder *reminder, const HeddleWording *wording,
          const HeddlePersonConfig *person, GError **error)
{
  HeddleOutgoing *outgoing = g_new0 (HeddleOutgoing, 1);
  HeddleOutboxItem *item = g_new0 (HeddleOutboxItem, 1);
  g_autofree char *organizer
      = organizer_of (heddle_policy_config (planner->policy), reminder->token, error);

  reminder->queued = planner->now;
  outgoing->reminder = reminder;
  outgoing->item = item;
  outgoing->cancel = reminder->cancelled;
  outgoing->followup = g_strdup (reminder->followup);
  if (organizer != NULL)
    item->bytes = mail_of (planner, reminder, wording, person, organizer, error);
  if (item->bytes == NULL) {
    heddle_outgoing_free (outgoing);
    return FALSE;
  }
  item->sender = g_steal_pointer (&organizer);
  item->rcpt = g_strdup (reminder->address);
  item->state = HEDDLE_OUTBOX_WAITING;
  item->queued = item->next = planner->now;
  g_ptr_array_add (planner->plan, outgoing);
  return TRUE;
}

/* --- asking
 * ----------------------------------------------------------------------------------- */

static gboolean
check_recipient (const HeddleConfig *config, const HeddlePersonConfig *person, GError **error)
{
  const char *trouble = NULL;

  if (!heddle_calendar_address_is_plain (person->addresses[0]))
    trouble = "not a plain address";
  else if (heddle_config_is_inbox (config, person->addresses[0]))
    trouble = "an address that Heddle itself reads";
  if (trouble == NULL)
    return TRUE;
  g_set_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_CONFIG,
               "[person %s] addresses: the first one is %s; put the person's own mailbox first",
               person->id, trouble);
  return FALSE;
}

static gboolean
request (Planner *planner, const HeddleFollowup *followup, const HeddleReminder *last,
         GError **error)
{
  const HeddleConfig *config = heddle_policy_config (planner->policy);
  const HeddlePersonConfig *person = followup->owner;
  g_autoptr (HeddleWording) wording = heddle_wording_new (followup, person->detail);
  HeddleReminder *reminder;

  if (planner->requests >= REQUESTS_MAX)
    return TRUE;
  planner->requests++;
  if (!check_recipient (config, person, error))
    return FALSE;
  if (last != NULL) {
    reminder = heddle_reminder_copy (last);
    reminder->sequence++;
  } else {
    g_autofree char *token = random_text (), *uid = random_text ();
    const char *at = config->remind.from == NULL ? NULL : strchr (config->remind.from, '@');

    if (token == NULL || uid == NULL)
      return refuse (error, HEDDLE_FOLLOWUP_ERROR_INVITE,
                     "the system gives no random bytes; try again");
    reminder = g_new0 (HeddleReminder, 1);
    reminder->followup = g_strdup (followup->id);
    reminder->person = g_strdup (person->id);
    reminder->address = g_strdup (person->addresses[0]);
    reminder->uid = g_strconcat (uid, at, NULL);
    reminder->token = g_steal_pointer (&token);
  }
  reminder->start = heddle_reminder_slot (planner->policy, planner->now);
  return add_mail (planner, reminder, wording, person, error);
}

/* --- calling off
 * -------------------------------------------------------------------------------- */

static gboolean
cancel (Planner *planner, const HeddleReminder *last, const HeddleFollowup *followup,
        GError **error)
{
  const HeddleConfig *config = heddle_policy_config (planner->policy);
  const HeddlePersonConfig *person = heddle_config_person (config, last->person);
  g_autoptr (HeddleWording) wording
      = heddle_wording_new_cancel (followup == NULL ? NULL : followup->thread, last->followup);
  HeddleReminder *reminder;

  if (person == NULL
      || !g_strv_contains ((const char *const *)person->addresses, last->address))
    return TRUE; /* nobody of ours any more: not written to */
  reminder = heddle_reminder_copy (last);
  reminder->sequence++;
  reminder->cancelled = TRUE;
  return add_mail (planner, reminder, wording, person, error);
}

/* What the event of @reminder, which some calendar shows, needs. */
static gboolean
review (Planner *planner, const HeddleReminder *reminder, GError **error)
{
  const HeddleFollowup *followup = g_hash_table_lookup (planner->by_id, reminder->followup);

  if (followup == NULL)
    return planner->complete ? cancel (planner, reminder, NULL, error) : TRUE;
  if (!is_due (followup, planner->now) || !g_str_equal (followup->owner->id, reminder->person)
      || !g_str_equal (followup->owner->addresses[0], reminder->address)
      || !g_hash_table_add (planner->covered, (gpointer)followup))
    return cancel (planner, reminder, followup, error);
  return gap_is_over (planner, reminder) ? request (planner, followup, reminder, error) : TRUE;
}

static gboolean
decide (Planner *planner, const GPtrArray *followups, const GPtrArray *reminders,
        GError **error)
{
  for (guint i = 0; i < followups->len; i++) {
    HeddleFollowup *followup = g_ptr_array_index (followups, i);

    for (guint j = 0; j < followup->ids->len; j++)
      g_hash_table_insert (planner->by_id, g_ptr_array_index (followup->ids, j), followup);
  }
  for (guint i = 0; i < reminders->len; i++) {
    const HeddleReminder *reminder = g_ptr_array_index (reminders, i);

    if (!reminder->cancelled && !review (planner, reminder, error))
      return FALSE;
  }
  for (guint i = 0; i < followups->len; i++) {
    const HeddleFollowup *followup = g_ptr_array_index (followups, i);

    if (is_due (followup, planner->now) && !g_hash_table_contains (planner->covered, followup)
        && !request (planner, followup, NULL, error))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
heddle_reminders_decide (const HeddlePolicy *policy, const GPtrArray *followups,
                         const GPtrArray *reminders, gboolean complete, HeddleTime now,
                         GError **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) covered = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) plan
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_outgoing_free);
  Planner planner = { policy, now, complete, by_id, covered, plan, 0 };

  if (!decide (&planner, followups, reminders, error))
    return NULL;
  return g_steal_pointer (&plan);
}
