/* SPDX-License-Identifier: MIT */
/* Any bytes as a record: refused, or a chain that makes a record again. */
#include "parser/parser.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) record = g_bytes_new (data, size);
  g_autoptr (HeddleChain) chain = heddle_chain_from_record (record, NULL);

  if (chain != NULL) {
    g_autoptr (GBytes) again = heddle_chain_to_record (chain, chain->lines->len > 0);

    g_assert_cmpuint (g_bytes_get_size (again), >, 0);
  }
  return 0;
}
