/* SPDX-License-Identifier: MIT */
/* charset: bytes of any charset to valid UTF-8 without NUL. Within parser/ only. */
#ifndef HEDDLE_PARSER_CHARSET_H
#define HEDDLE_PARSER_CHARSET_H

#include <glib.h>

/* @bytes as text (transfer full), by what they are as much as by what @charset
 * (nullable) claims: a BOM wins; valid UTF-8 with a character beyond ASCII wins
 * over a claim of a one-byte charset; ISO 8859-1 and ASCII are read as
 * windows-1252, GB 2312 as GB 18030, as all mailers mean them. Without a claim
 * that is known: valid UTF-8, else windows-1252. What does not fit becomes U+FFFD,
 * NUL too. @ret_length: bytes of the text, which also ends with a NUL.
 * @ret_odd: (out) (optional) the claim was wrong, unknown or broken. */
char *heddle_charset_decode (gconstpointer bytes, gsize length, const char *charset,
                             gsize *ret_length, gboolean *ret_odd);

/* The same without a copy where the bytes serve as they are: the text, which then
 * is within @bytes and does not end with a NUL. @ret_owned: what to free, or NULL. */
const char *heddle_charset_view (gconstpointer bytes, gsize length, const char *charset,
                                 char **ret_owned, gsize *ret_length, gboolean *ret_odd);

/* Whether all of it is plain ASCII without NUL and ESC: nothing to decode in any
 * charset that is met in mail but UTF-7 and UTF-16. */
gboolean heddle_is_ascii (const char *bytes, gsize length);

#endif
