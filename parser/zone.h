/* SPDX-License-Identifier: MIT */
/* zone: greeting, body, sign-off, signature, marking, attachment names within the
 * lines of one message. Within parser/ only.
 *
 * Looks at form, not at sense: where a line stands, how short it is, with which
 * word it begins, whether it is the author's own name.
 */
#ifndef HEDDLE_PARSER_ZONE_H
#define HEDDLE_PARSER_ZONE_H

#include "parser/boundary.h"

/* What is known of a line of a body. */
typedef struct {
  HeddleZone zone;
  int message;      /* -1: nobody's */
  const char *rule; /* static, nullable */
  guint greeting;   /* bytes of a greeting at the beginning of a line of text, or 0 */
  guint signoff;    /* bytes of a sign-off at the end of a line of text, or 0 */
} HeddleMark;

/* The words of all names in a chain. @messages: of HeddleMessage, borrowed; read when
 * first asked. */
typedef struct _HeddleZoneNames HeddleZoneNames;
HeddleZoneNames *heddle_zone_names_new (const GPtrArray *messages);
void heddle_zone_names_free (HeddleZoneNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleZoneNames, heddle_zone_names_free)

/* Set zone and rule of @own (of guint: indices of the lines of one message, without
 * header lines, ascending) in @marks (one for each line of the body).
 * @from: (nullable) who wrote it: a last line that only is this name signs off. */
void heddle_zones_mark (const HeddleView *view, const GArray *own, const HeddlePerson *from,
                        HeddleZoneNames *names, HeddleMark *marks);

/* A line of two or three dashes, as stands above a signature ("-- ", RFC 3676
 * section 4.3, the blank often lost). */
gboolean heddle_is_signature_dashes (const HeddleView *view, guint i);

/* A client's own footer: "Sent from my …". */
gboolean heddle_is_client_footer (const HeddleView *view, guint i);

#endif
