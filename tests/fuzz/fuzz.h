/* SPDX-License-Identifier: MIT */
/* Each target is a file with this one function. main.c replays inputs through it;
 * libFuzzer finds new ones:
 *   clang -fsanitize=fuzzer,address,undefined -g -I. $(pkg-config --cflags …) \
 *     tests/fuzz/TARGET.c parser/[a-z]*.c … -o fuzz-TARGET && ./fuzz-TARGET tests/fuzz/corpus/TARGET
 * An input that broke something stays in the corpus for ever. */
#ifndef HEDDLE_FUZZ_H
#define HEDDLE_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#endif
