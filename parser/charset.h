/* SPDX-License-Identifier: MIT */
/* charset: bytes of any charset to valid UTF-8 without NUL. Within parser/ only. */
#ifndef HEDDLE_PARSER_CHARSET_H
#define HEDDLE_PARSER_CHARSET_H

#include <glib.h>

typedef enum { /* what was odd about a text: a set */
  HEDDLE_CHARSET_CLAIM = 1, /* it is not in the charset that it claims, or that is unknown */
  HEDDLE_CHARSET_TWICE = 2  /* UTF-8 that was taken for windows-1252 on the way (mojibake.c) */
} HeddleCharsetOdd;

/* @bytes as text (transfer full), by what they are as much as by what @charset
 * (nullable) claims: a BOM wins, and so do escapes of ISO 2022; valid UTF-8 with a
 * character beyond ASCII wins over a claim of a one-byte charset, and over one of a
 * two-byte charset where it is no chance; ISO 8859-1 is read as windows-1252, GB 2312 as
 * GB 18030, Big5 with Hong Kong's characters, as all mailers mean them. ASCII that is
 * none claims nothing. Without a claim that is known and fits: valid UTF-8, else what
 * can be detected (detect.c), else windows-1252. What does not fit becomes U+FFFD, NUL
 * too. @ret_length: bytes of the text, which also ends with a NUL.
 * @ret_odd: (out) (optional) of HeddleCharsetOdd. */
char *heddle_charset_decode (gconstpointer bytes, gsize length, const char *charset,
                             gsize *ret_length, guint *ret_odd);

/* The same without a copy where the bytes serve as they are: the text, which then
 * is within @bytes and does not end with a NUL. @ret_owned: what to free, or NULL. */
const char *heddle_charset_view (gconstpointer bytes, gsize length, const char *charset,
                                 char **ret_owned, gsize *ret_length, guint *ret_odd);

/* Say what was odd in sentences. */
void heddle_charset_warn (guint odd, GPtrArray *warnings);

/* The charset of @bytes, which are no UTF-8: its name for ICU, NULL without enough
 * evidence. Looks at a bounded part. (detect.c) */
const char *heddle_charset_detect (const char *bytes, gsize length);
/* Whether most letters lie beyond ASCII, as in no language of Latin letters; of a
 * charset of one byte. @ret_letters: (out) how many do. */
gboolean heddle_charset_is_alphabet (const char *bytes, gsize length, gsize *ret_letters);

/* The text, valid UTF-8, as it was before it was taken for windows-1252 on its way
 * (transfer full); NULL where it surely was not. (mojibake.c) */
char *heddle_mojibake_undo (const char *text, gsize length, gsize *ret_length);

/* Whether all of it is plain ASCII without NUL and ESC: nothing to decode in any
 * charset that is met in mail but UTF-7 and UTF-16. */
gboolean heddle_is_ascii (const char *bytes, gsize length);

#endif
