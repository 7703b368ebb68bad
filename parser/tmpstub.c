/* SPDX-License-Identifier: MIT */
/* Stands in until the facts have landed; then this file goes. */
#include "parser/facts.h"

__attribute__ ((weak)) HeddleDomains *
heddle_domains_new (void)
{
  return NULL;
}

__attribute__ ((weak)) void
heddle_domains_free (HeddleDomains *domains)
{
}

__attribute__ ((weak)) void
heddle_facts_fill (const HeddleTables *tables, HeddleMessage *message, const HeddleTextMap *map,
                   const char *named, const HeddleLimits *limits, GPtrArray *warnings)
{
}
