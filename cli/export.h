/* SPDX-License-Identifier: MIT */
/* export: one thread in forms that others read. Each export_*() prints or builds one form;
 * cmd-export.c chooses. Equal threads and decisions give equal bytes: the present time is
 * in them only where --now said it. */
#ifndef HEDDLE_CLI_EXPORT_H
#define HEDDLE_CLI_EXPORT_H

#include "cli/cli.h"

typedef struct {
  const HeddleThread *thread;
  const char *state;          /* "open", "waiting", "closed" */
  const GPtrArray *followups; /* of HeddleFollowup, closed ones too */
  GTimeZone *zone;            /* ours */
  const char *zone_name;
  HeddleTime now; /* NONE: not to be said */
} HeddleExport;

/* --- export-html.c, export-message.c, export-svg.c ------------------------------------ */

/* The thread as one page that loads nothing and leads nowhere (transfer full). */
char *heddle_export_html (const HeddleExport *export);
/* Message @index as an <article>. */
void heddle_export_article (GString *out, const HeddleExport *export, guint index);
/* Who spoke when, as an <svg>. */
void heddle_export_svg (GString *out, const HeddleExport *export);
/* How many messages the drawing shows at most. */
#define HEDDLE_EXPORT_DRAWN 500
/* The open follow-up that @node started, NULL where there is none. */
const HeddleFollowup *heddle_export_open (const HeddleExport *export, const HeddleNode *node);
/* "2018-04-10 15:40" by our clock where the moment is known, else as written (transfer full). */
char *heddle_export_clock (const HeddleExport *export, const HeddleDate *date);

/* --- export-mbox.c ---------------------------------------------------------------------- */

/* The mails of the thread, and what was only quoted, to standard output; the status, -1
 * with @error set where a mail cannot be read. */
int heddle_export_mbox (HeddleCli *cli, const HeddleExport *export, GError **error);

/* --- export-mail.c ---------------------------------------------------------------------- */

/* @node of @thread as a mail that says that it was made from quotations (transfer full). */
char *heddle_export_mail (const HeddleThread *thread, const HeddleNode *node);

/* --- export-text.c: what a mail says, as HTML ------------------------------------------- */

/* Add @text escaped, its controls visible, its URLs defanged ("hxxps://chirper[.]example/a").
 * Not as an attribute's value without quotes. NULL adds nothing. */
void heddle_html_add (GString *out, const char *text);
/* Add ' dir="rtl" lang="und-Arab"' or the like, by the first letter of @text. */
void heddle_html_add_direction (GString *out, const char *text);
/* Add @text in <bdi>, "(none)" where it is empty. */
void heddle_html_add_bdi (GString *out, const char *text);
/* Add @text as paragraphs, each with its own direction. */
void heddle_html_add_paragraphs (GString *out, const char *css, const char *text);
/* @text with every URL made unclickable, cleaned for @one_line or not (transfer full). */
char *heddle_defang (const char *text, gboolean one_line);

#endif
