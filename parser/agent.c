/* SPDX-License-Identifier: MIT */
/* agent: see agent.h. Boundaries of some clients look like another's (Roundcube writes
 * Thunderbird's line), and those that people configure look like nobody's; the header of
 * the mail that quotes still names the client. It says nothing of boundaries further down,
 * which others wrote, and nothing against a boundary that shows its client: people paste.
 *
 * Not handled: clients that leave no field; Outlook, below whose mails people write
 * boundaries by hand, is not believed where the form is unknown.
 */
#include "parser/agent.h"

#include "parser/mime.h"

#include <string.h>

const HeddleAgent heddle_agents[] = {
  { "Alpine", "pine", NULL },
  { "Apple Mail", "apple", NULL },
  { "Becky!", "becky", "claws" },
  { "Claws Mail", "claws", NULL },
  { "Cyrus-JMAP/", "fastmail", NULL },
  { "Evolution", "evolution", NULL },
  { "Foxmail", "foxmail", NULL },
  { "Gnus/", "gnus", NULL },
  { "Horde Application Framework", "horde", NULL },
  { "Internet Messaging Program", "horde", NULL },
  { "K-9 Mail", "k9", NULL },
  { "KMail", "kmail", NULL },
  { "Mail.Ru Mailer", "mailru", NULL },
  { "MailMate", "mailmate", "apple" },
  { "MessagingEngine.com", "fastmail", NULL },
  { "Mozilla Thunderbird", "thunderbird", NULL },
  { "Mutt/", "mutt", NULL },
  { "NeoMutt/", "mutt", NULL },
  { "Roundcube Webmail", "roundcube", "thunderbird" },
  { "SOGoMail", "sogo", NULL },
  { "SquirrelMail", "squirrelmail", NULL },
  { "Superhuman", "superhuman", "gmail" },
  { "YahooMailClassic", "yahoo", NULL },
  { "Yamail", "yandex", NULL },
  { "Zoho Mail", "zoho", NULL },
  { "iPad Mail", "apple", NULL },
  { "iPhone Mail", "apple", NULL },
  { NULL, NULL, NULL },
};

static const HeddleAgent gmail = { "", "gmail", NULL };

const HeddleAgent *
heddle_agent_find (const GArray *fields)
{
  static const char *const names[] = { "User-Agent", "X-Mailer" };

  for (gsize n = 0; n < G_N_ELEMENTS (names); n++) {
    g_autofree char *value = heddle_mime_get (fields, names[n]);
    for (gsize i = 0; value != NULL && heddle_agents[i].begin != NULL; i++)
      if (g_str_has_prefix (value, heddle_agents[i].begin))
        return &heddle_agents[i];
  }
  /* Gmail names itself nowhere else. */
  g_autofree char *id = heddle_mime_get (fields, "Message-ID");
  return id != NULL && strstr (id, "@mail.gmail.") != NULL ? &gmail : NULL;
}

const char *
heddle_agent_style (const HeddleAgent *agent, const char *style)
{
  if (agent == NULL
      || (strcmp (style, "unknown") != 0 && g_strcmp0 (style, agent->same_as) != 0))
    return style;
  return agent->client;
}
