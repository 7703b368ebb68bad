/* SPDX-License-Identifier: MIT */
/* Policy: the configuration's words about days and weeks, made ready for counting.
 *
 * Zones and holidays are read once, here; whoever asks later gets no error. A
 * party's own week and zone stand beside the site's holidays: it has none of its
 * own yet.
 */
#include "followup/policy.h"

#include <string.h>

struct _HeddlePolicy {
  const HeddleConfig *config;
  HeddleHolidays *holidays;
  HeddleWorkdays calendar;
  GHashTable *parties; /* HeddlePartyConfig → HeddleWorkdays, those with days of their own */
};

static void
workdays_free (gpointer data)
{
  HeddleWorkdays *work = data;

  g_time_zone_unref (work->zone);
  g_free (work);
}

void
heddle_policy_free (HeddlePolicy *policy)
{
  if (policy == NULL)
    return;
  g_clear_pointer (&policy->parties, g_hash_table_unref);
  g_clear_pointer (&policy->calendar.zone, g_time_zone_unref);
  heddle_holidays_free (policy->holidays);
  g_free (policy);
}

static GTimeZone *
zone_new (const char *key, const char *name, GError **error)
{
  GTimeZone *zone = heddle_zone_new (name, NULL);

  if (zone == NULL)
    g_set_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_CONFIG,
                 "%s: no such zone; give an IANA name such as Europe/Berlin", key);
  return zone;
}

static gboolean
read_holidays (HeddlePolicy *policy, HeddleHolidaysFunc read_file, GError **error)
{
  const HeddleConfig *config = policy->config;

  policy->holidays = heddle_holidays_new ();
  /* One that is not there is a list without entries; one that cannot be read is not. */
  if (config->calendar.holidays != NULL
      && g_file_test (config->calendar.holidays, G_FILE_TEST_EXISTS)
      && !read_file (policy->holidays, config->calendar.holidays, error))
    return FALSE;
  for (char **date = config->calendar.dates; date != NULL && *date != NULL; date++) {
    g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
    HeddleTime time;

    if (!heddle_time_parse (*date, utc, &time, NULL)) {
      g_set_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_HOLIDAYS,
                   "[calendar] dates: one is no date; write each as 2018-12-25");
      return FALSE;
    }
    heddle_holidays_add (policy->holidays, heddle_day_of (utc, time));
  }
  return TRUE;
}

static gboolean
read_party (HeddlePolicy *policy, const HeddlePartyConfig *party, GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  HeddleWorkdays *work;

  if (party->zone == NULL && !party->has_week)
    return TRUE;
  if (party->zone == NULL) {
    zone = g_time_zone_ref (policy->calendar.zone);
  } else {
    g_autofree char *key = g_strdup_printf ("[party %s] zone", party->id);

    zone = zone_new (key, party->zone, error);
    if (zone == NULL)
      return FALSE;
  }
  work = g_new0 (HeddleWorkdays, 1);
  *work = (HeddleWorkdays){ g_steal_pointer (&zone),
                            party->has_week ? party->week : policy->calendar.week,
                            policy->holidays };
  g_hash_table_insert (policy->parties, (gpointer)party, work);
  return TRUE;
}

HeddlePolicy *
heddle_policy_new_with (const HeddleConfig *config, HeddleHolidaysFunc read_file, GError **error)
{
  g_autoptr (HeddlePolicy) policy = g_new0 (HeddlePolicy, 1);

  policy->config = config;
  policy->parties = g_hash_table_new_full (NULL, NULL, NULL, workdays_free);
  if (!read_holidays (policy, read_file, error))
    return NULL;
  policy->calendar.zone = zone_new (
      "[calendar] zone", config->calendar.zone != NULL ? config->calendar.zone : "UTC", error);
  if (policy->calendar.zone == NULL)
    return NULL;
  policy->calendar.week = config->calendar.week;
  policy->calendar.holidays = policy->holidays;
  for (guint i = 0; i < config->parties->len; i++)
    if (!read_party (policy, g_ptr_array_index (config->parties, i), error))
      return NULL;
  return g_steal_pointer (&policy);
}

static gboolean
refuse_file (HeddleHolidays *holidays, const char *path, GError **error)
{
  g_set_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_HOLIDAYS,
               "%s: this program reads no file of holidays", path);
  return FALSE;
}

HeddlePolicy *
heddle_policy_new_plain (const HeddleConfig *config, GError **error)
{
  return heddle_policy_new_with (config, refuse_file, error);
}

const HeddleConfig *
heddle_policy_config (const HeddlePolicy *policy)
{
  return policy->config;
}

const HeddleWorkdays *
heddle_policy_workdays (const HeddlePolicy *policy, const HeddlePartyConfig *party)
{
  const HeddleWorkdays *own
      = party == NULL ? NULL : g_hash_table_lookup (policy->parties, party);

  return own != NULL ? own : &policy->calendar;
}

int
heddle_policy_days (const HeddlePolicy *policy, const HeddlePartyConfig *party,
                    HeddleFollowupKind kind, char **ret_rule)
{
  const HeddleConfig *config = policy->config;
  const struct {
    const char *name;
    int party, site;
  } table[] = {
    [HEDDLE_FOLLOWUP_AWAITING_REPLY]
    = { "reply-days", party ? party->reply_days : 0, config->policy.reply_days },
    [HEDDLE_FOLLOWUP_REQUEST]
    = { "request-days", party ? party->request_days : 0, config->policy.request_days },
    [HEDDLE_FOLLOWUP_COMMITMENT]
    = { "commitment-days", party ? party->commitment_days : 0, config->policy.commitment_days },
    [HEDDLE_FOLLOWUP_DEADLINE]
    = { "request-days", party ? party->request_days : 0, config->policy.request_days },
  };

  if (table[kind].party > 0) {
    *ret_rule = g_strdup_printf ("party.%s.%s", party->id, table[kind].name);
    return table[kind].party;
  }
  *ret_rule = g_strdup_printf ("policy.%s", table[kind].name);
  return table[kind].site;
}

/* "a+b@c" is delivered where "a@c" is (RFC 5233). */
static gboolean
same_mailbox (const char *tagged, const char *plain)
{
  const char *at = strrchr (tagged, '@'), *plus = strchr (tagged, '+');
  g_autofree char *bare = NULL;

  if (g_ascii_strcasecmp (tagged, plain) == 0)
    return TRUE;
  if (at == NULL || plus == NULL || plus > at)
    return FALSE;
  bare = g_strdup_printf ("%.*s%s", (int)(plus - tagged), tagged, at);
  return g_ascii_strcasecmp (bare, plain) == 0;
}

gboolean
heddle_config_is_inbox (const HeddleConfig *config, const char *address)
{
  for (char **inbox = config->milter.inboxes; inbox != NULL && *inbox != NULL; inbox++)
    if (same_mailbox (address, *inbox))
      return TRUE;
  return config->remind.from != NULL && same_mailbox (address, config->remind.from);
}
