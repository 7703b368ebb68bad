#include "parser/facts.h"
__attribute__((weak)) HeddleDomains *heddle_domains_new (void) { return NULL; }
__attribute__((weak)) void heddle_domains_free (HeddleDomains *d) { }
__attribute__((weak)) void heddle_facts_fill (const HeddleTables *tables, HeddleMessage *message,
                        const HeddleTextMap *map, const char *named, const HeddleLimits *limits,
                        GPtrArray *warnings) { }
