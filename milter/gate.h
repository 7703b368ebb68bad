/* SPDX-License-Identifier: MIT */
/* gate: which recipients are inboxes of ours. Within milter/ only. Pure. */
#ifndef HEDDLE_MILTER_GATE_H
#define HEDDLE_MILTER_GATE_H

#include <glib.h>

/* @path as MAIL FROM and RCPT TO give it, without its brackets and without a source
 * route (RFC 5321, appendix C) (transfer full). */
char *heddle_gate_address (const char *path);

/* Whether @address is one of @inboxes (lower case, NULL at the end): the same in any
 * case, or the same once what follows the first "+" of its local part is gone. A dot
 * behind its domain means nothing. */
gboolean heddle_gate_match (const char *const *inboxes, const char *address);

#endif
