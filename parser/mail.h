/* SPDX-License-Identifier: MIT */
/* mail: MIME to a header, one body and what is attached. Within parser/ only. */
#ifndef HEDDLE_PARSER_MAIL_H
#define HEDDLE_PARSER_MAIL_H

#include "parser/agent.h"
#include "parser/lines.h"

typedef struct _HeddleMail HeddleMail;
struct _HeddleMail {
  HeddleMessage *head; /* kind RECEIVED: from, to, cc, bcc, subject, date (offset and utc as
                          the Date field says), message_id, in_reply_to, references,
                          attachments that are parts, encrypted, automatic. Its text is "". */
  HeddleBody *body;    /* all displayed text parts after one another; of an alternative the
                          one with more structure */
  const HeddleAgent *agent; /* (nullable) the client that wrote it */
  GPtrArray *nested;   /* of HeddleMail: message/rfc822 parts and attached .eml, in order */
};
void heddle_mail_free (HeddleMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleMail, heddle_mail_free)

/* Read a mail. Errors as heddle_parse_mail(). GMime of Debian 12 is kept from what is
 * known to break it: it is given one bounded field or part at a time, never a group of
 * addresses, never a multipart. Text without a header is a body, with a warning.
 * (transfer full) */
HeddleMail *heddle_mail_read (gconstpointer bytes, gsize length, const HeddleLimits *limits,
                              GPtrArray *warnings, GError **error);

/* Bytes of a bare document to UTF-8 (transfer full): what they are, not what they
 * claim: a BOM, valid UTF-8, else windows-1252. NULs become U+FFFD. */
char *heddle_text_decode (gconstpointer bytes, gsize length, gsize *ret_length);

#endif
