/* SPDX-License-Identifier: MIT */
/* record: the form of a chain as flat bytes, for record.c and unrecord.c alone.
 *
 * One value after another, in the order of the fields of the structs:
 *   number   zigzag, then seven bits a byte, the least first, the high bit set on
 *            all but the last: small numbers are a byte
 *   flag     a number, 0 or 1
 *   string   a number, its bytes plus one, 0 standing for NULL; then the bytes,
 *            UTF-8 without NUL
 *   list     a number of elements, then they
 *   maybe    a flag, then the value if it is 1
 * A chain is RECORD_VERSION, messages, a flag for lines, lines, warnings, and then
 * nothing.
 */
#ifndef HEDDLE_PARSER_RECORD_H
#define HEDDLE_PARSER_RECORD_H

/* Goes up whenever a field is added, taken away or read otherwise. */
#define RECORD_VERSION 5

#endif
