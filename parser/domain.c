/* SPDX-License-Identifier: MIT */
/* Registrable domains, by the public suffix list that libpsl was built with: no file
 * is read. Hosts are compared lower case, as written: U-labels stay U-labels.
 */
#include "parser/tables.h"

#include <libpsl.h>
#include <string.h>

enum { LONGEST_HOST = 1024 }; /* 253 bytes as A-labels; U-labels may take more */

struct _HeddleDomains {
  const psl_ctx_t *psl; /* (nullable) libpsl's own, static; NULL when it has none built in */
};

HeddleDomains *
heddle_domains_new (void)
{
  HeddleDomains *domains = g_new0 (HeddleDomains, 1);
  domains->psl = psl_builtin ();
  return domains;
}

void
heddle_domains_free (HeddleDomains *domains)
{
  g_free (domains);
}

static gboolean
is_ip_literal (const char *host)
{
  return *host == '[' || strspn (host, "0123456789.") == strlen (host);
}

char *
heddle_domains_registrable (const HeddleDomains *domains, const char *host)
{
  g_autofree char *lower = g_utf8_strdown (host, -1);
  gsize length = strlen (lower);

  while (length > 0 && lower[length - 1] == '.')
    lower[--length] = '\0';
  if (domains->psl == NULL || length > LONGEST_HOST || is_ip_literal (lower))
    return g_steal_pointer (&lower);
  const char *registrable = psl_registrable_domain (domains->psl, lower);
  return registrable != NULL ? g_strdup (registrable) : g_steal_pointer (&lower);
}

gboolean
heddle_domains_known (const HeddleDomains *domains, const char *host)
{
  g_autofree char *lower = g_utf8_strdown (host, -1);
  const char *dot = strrchr (lower, '.');

  return domains->psl != NULL && dot != NULL && strlen (lower) <= LONGEST_HOST
         && psl_is_public_suffix2 (domains->psl, dot + 1, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE);
}
