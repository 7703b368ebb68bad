/* SPDX-License-Identifier: MIT */
/* content-line: the lines that a calendar is made of. */
#ifndef HEDDLE_FOLLOWUP_CONTENT_LINE_H
#define HEDDLE_FOLLOWUP_CONTENT_LINE_H

#include "base/base.h"

/* What no value may hold: controls, other line ends, what turns a line around. */
gboolean heddle_content_line_is_control (gunichar c);

/* Add one line, folded. What stands in it must be fit to stand there. */
void heddle_content_line_add (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Add "NAME:TEXT", escaped (RFC 5545, 3.3.11); of a long text the beginning. */
void heddle_content_line_text (GString *out, const char *name, const char *text);
/* Add "NAME:19700101T000000Z"; FALSE, and nothing added, where the year has not four
 * digits. */
gboolean heddle_content_line_time (GString *out, const char *name, HeddleTime time);

#endif
