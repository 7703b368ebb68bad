/* SPDX-License-Identifier: MIT */
/* mime: header fields and parts as places in the bytes of a mail. Within parser/
 * only. Nothing here copies a body.
 */
#ifndef HEDDLE_PARSER_MIME_H
#define HEDDLE_PARSER_MIME_H

#include "parser/parser.h"

typedef struct { /* places in the bytes that were scanned */
  const char *name;
  gsize name_length;
  const char *value; /* folded, as it stands */
  gsize value_length; /* at most limits->header_bytes */
} HeddleField;

/* Read the header at the beginning of @bytes: append its fields to @fields (of
 * HeddleField). Returns where the body begins. A header ends at an empty line, or
 * at a line that is no field where what follows is none either. */
gsize heddle_mime_header (const char *bytes, gsize length, const HeddleLimits *limits,
                          GArray *fields, GPtrArray *warnings);

/* The value of the first field of that name, unfolded and trimmed (transfer full)
 * (nullable). Any bytes but NUL. */
char *heddle_mime_get (const GArray *fields, const char *name);
/* A field's value as text: valid UTF-8, runs of white space one blank, encoded
 * words left as they stand (transfer full). */
char *heddle_mime_text (const char *value);
guint heddle_mime_count (const GArray *fields, const char *name);

typedef enum {
  HEDDLE_ENCODING_NONE,
  HEDDLE_ENCODING_BASE64,
  HEDDLE_ENCODING_QP
} HeddleEncoding;

/* What the Content- fields of a part say. All strings valid UTF-8. */
typedef struct {
  char *type;     /* lower case, "text/plain" when the field is absent or broken */
  char *charset;  /* (nullable) */
  char *boundary; /* (nullable) of a multipart */
  char *name;     /* (nullable) a file's: last path component, no control characters */
  char *method;   /* (nullable) of text/calendar, upper case */
  char *smime;    /* (nullable) smime-type, lower case */
  char *report;   /* (nullable) report-type, lower case */
  gboolean attachment; /* Content-Disposition says so */
  gboolean flowed, delsp;
  HeddleEncoding encoding;
} HeddleContent;

/* @otherwise: the type of a part that names none: "text/plain", in a digest
 * "message/rfc822". (transfer full) */
HeddleContent *heddle_content_new (const GArray *fields, const char *otherwise);
void heddle_content_free (HeddleContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleContent, heddle_content_free)

typedef struct { /* a place in the bytes of a mail */
  const char *bytes;
  gsize length;
} HeddleSlice;

/* The parts of a multipart's @body between lines of @boundary, into @parts (of
 * HeddleSlice), at most @most of them. @ret_closed: whether the last one is ended
 * by a boundary. */
void heddle_mime_split (const char *body, gsize length, const char *boundary, guint most,
                        GArray *parts, gboolean *ret_closed);

/* The transfer encoding undone (transfer full); broken base64 and quoted-printable
 * give what can be read. */
char *heddle_content_decode (const HeddleContent *content, HeddleSlice body, gsize *ret_length);

/* Size and SHA-256 of a part as an attachment, never holding it decoded as a whole.
 * (transfer full) */
HeddleAttachment *heddle_content_attachment (const HeddleContent *content, HeddleSlice body);

/* GMime made ready, once a process; ask for it before any of GMime's functions. */
struct _GMimeParserOptions *heddle_gmime_options (void);

/* --- the head of a message (header.c) ------------------------------------------------- */

/* Fill from, to, cc, bcc, subject, date, message_id, in_reply_to and references.
 * @charset: (nullable) what bytes beyond ASCII in them probably are: the body's. */
void heddle_header_read (const GArray *fields, const char *charset, const HeddleLimits *limits,
                         HeddleMessage *message, GPtrArray *warnings);

/* The people of an address field's @value, valid UTF-8, added to @people (of HeddlePerson). */
void heddle_address_read (const char *value, const HeddleLimits *limits, GPtrArray *people,
                          GPtrArray *warnings);

/* A Date field (RFC 5322 3.3 and its obsolete forms); has_local is FALSE when it
 * cannot be read. (transfer full) */
HeddleDate *heddle_datefield_read (const char *value);

/* Set automatic and ground of @message: what kind of machine sent it, by its header and
 * type (RFC 3834), and which field says so. */
void heddle_automatic_read (const GArray *fields, const HeddleContent *content,
                            HeddleMessage *message);

/* The same of a message that is only quoted, as far as its author and subject tell. */
void heddle_automatic_read_quoted (HeddleMessage *message);

#endif
