/* SPDX-License-Identifier: MIT */
/* facts: what a message says: dates, people, URLs, handles, case numbers,
 * attachments by name, requests and promises. Within parser/ only.
 *
 * Each finder is linear in its text. Files: when.c, person.c, url.c, handle.c, reference.c,
 * ask.c; facts.c calls them for a message.
 */
#ifndef HEDDLE_PARSER_FACTS_H
#define HEDDLE_PARSER_FACTS_H

#include "parser/lines.h"
#include "parser/glance.h"
#include "parser/tables.h"

/* --- when.c ----------------------------------------------------------------------- */

/* Read a written date with or without time of day and zone at the very beginning
 * of @text (leading blanks are skipped), as a Date field, an inline header or an
 * attribution has it: "Tue, Apr 10, 2018 at 3:40 PM", "4 Apr 2018, at 12:26",
 * "Tuesday, March 27, 2018 5:20 PM", "Tue, 10 Apr 2018 15:59:11 -0400",
 * "2018-04-10 15:40", "Apr 3, 2018, 11:15 AM", "03/28/2018 09:34 AM". A day, a
 * month and a year are needed. Returns the bytes read, 0 when there is no date;
 * @ret_date: (out) (transfer full), with raw, local, precision, and offset and
 * utc where a zone is written. */
gsize heddle_when_read (const HeddleTables *tables, const char *text, gsize length,
                        HeddleDate **ret_date);

/* --- when-mentions.c -------------------------------------------------------------------- */

typedef struct {
  gsize start, end; /* bytes of a text */
} HeddleRange;

/* A date or a span of time that a text speaks of, and where. */
typedef struct {
  HeddleRange at;
  gboolean due; /* as a last day: "by", "within", "no later than" */
  HeddleWall from, to;
  gboolean has_to;
  HeddlePrecision precision;
} HeddleWhenPlace;

/* All of them, ascending: array of HeddleWhenPlace (transfer full), at most @most.
 * Relative ones are resolved against @reference, the wall clock of the message
 * ((nullable): they are left out then). @day_first: "03/04" is of April, where neither the
 * text nor its language says so. Not within a range of @covered. A NUL ends @text. */
GArray *heddle_when_places (const HeddleTables *tables, const char *text, gsize length,
                            const HeddleGlance *glance, const HeddleWall *reference,
                            gboolean day_first, const GArray *covered, guint most);

/* The same as array of HeddleMention (transfer full). */
GPtrArray *heddle_when_mentions (const char *text, const GArray *places);

/* --- wall.c -------------------------------------------------------------------------------- */

/* Days and seconds of a wall clock as if it stood in UTC, and back. */
gint64 heddle_wall_to_seconds (const HeddleWall *wall);
void heddle_wall_from_seconds (gint64 seconds, HeddleWall *ret);

/* --- person.c ------------------------------------------------------------------------ */

/* If a redaction begins @text ("(b)(6)", "(b)(4)", "[redacted]", "XXXXX" of four
 * and more, "█████", "<name removed>", "[email protected]"), its bytes, else 0.
 * Followers joined by blanks and commas count as one: "(b)(6) (b)(6)". */
gsize heddle_redaction_at (const HeddleTables *tables, const char *text, gsize length);

/* One person as an attribution or an inline header writes it: `Ana Ruiz
 * <ana@example.org>`, `"Ruiz, Ana" <…>`, `Ana Ruiz [mailto:ana@example.org]`,
 * `Ana Ruiz (b)(6)`, `(b)(6)`, `<(b)(6)>`, `ana@example.org`,
 * `<mailto:ana@example.org>`. NULL when nothing stands there. (transfer full) */
HeddlePerson *heddle_person_read (const HeddleTables *tables, const char *text, gsize length);

/* The name in @raw without what mailers and directories put around it (person-name.c); NULL
 * when no letter or digit is left. (transfer full) */
char *heddle_name_tidy (const GString *raw);
/* The common name of an X.500 path, "/O=EXAMPLE/OU=EU/CN=RECIPIENTS/CN=ARUIZ": its last one;
 * NULL when @text holds no path. (transfer full) */
char *heddle_name_common (const char *text, gsize length);

/* A list of them, by ";" or ",", as an inline To: or Cc: has it: array of
 * HeddlePerson (transfer full), withheld ones each for itself. "Ruiz, Ana" is
 * one person where the list is separated by ";". */
GPtrArray *heddle_person_read_list (const HeddleTables *tables, const char *text, gsize length,
                                    guint most);

/* --- url.c, unwrap.c ---------------------------------------------------------------------- */

/* The web addresses of a text: bare, in "<>" (over a line's end too), as Markdown,
 * and behind the words that @links ((nullable) of HeddleTextLink, ascending) names; each
 * once. A link whose target was lost has its words and no URL. Array of
 * HeddleUrl (transfer full), at most @most. @covered: gets a HeddleRange, ascending,
 * for every place that one takes up. */
GPtrArray *heddle_urls_find (const HeddleTables *tables, const char *text, gsize length,
                             const GArray *links, guint most, GArray *covered);

/* --- lost.c --------------------------------------------------------------------------------- */

/* Links of plain text whose target was lost: "click here", "The form is here.", where none
 * of @covered, the addresses of the text, stands near. Each has its words and no URL, once.
 * Array of HeddleUrl (transfer full), at most @most. */
GPtrArray *heddle_lost_links (const HeddleTables *tables, const char *text, gsize length,
                              const HeddleGlance *glance, const GArray *covered, guint most);

/* What a scanner's or a search engine's link leads to: @url without its wrapping
 * (transfer full), or NULL when it is none that is known. */
char *heddle_url_unwrap (const char *url);

/* --- handle.c ---------------------------------------------------------------------------- */

/* Handles: "@name" of 1 to 30 letters, digits, "_" (and "." within, if that makes no
 * domain of a known suffix), "@name.bsky.social", "@name@host"; as first written, once.
 * Not within an address or a range of @covered. Array of char * (transfer full). */
GPtrArray *heddle_handles_find (const HeddleTables *tables, const char *text, gsize length,
                                const GArray *covered, guint most);

/* --- people.c ---------------------------------------------------------------------------- */

/* People whom a text names with their address, "Jo Doe <jo@example.org>", and whom @links
 * ((nullable) of HeddleTextLink) of the markup lead to: each address once, with the name
 * where one is written. Not within a range of @covered. Array of HeddlePerson (transfer
 * full), about @most. */
GPtrArray *heddle_people_find (const HeddleTables *tables, const char *text, gsize length,
                               const GArray *links, const GArray *covered, guint most);

/* --- reference.c ------------------------------------------------------------------------- */

/* Case numbers: "Case# 1234", "[Ticket: 5512]", "[example.org #1234]", "INC0012345",
 * Salesforce's "ref:…:ref"; each id once. Array of HeddleCase (transfer full). */
GPtrArray *heddle_cases_find (const HeddleTables *tables, const char *text, gsize length,
                              const HeddleGlance *glance, const GArray *covered, guint most);

/* --- attached.c ----------------------------------------------------------------------------- */

/* If @line only names attachments ("<Screen Shot 2018.png><b.pdf>", "[cid:…]",
 * "[image: x.png]", "Attachment: a.pdf"): TRUE. */
gboolean heddle_is_attachment_line (const HeddleTables *tables, const char *line, gsize length);

/* The attachments that @text names, as kind MENTIONED, each name once: array of
 * HeddleAttachment (transfer full), at most @most. @covered: (nullable) gets a
 * HeddleRange for each place. */
GPtrArray *heddle_attachments_named (const HeddleTables *tables, const char *text, gsize length,
                                     guint most, GArray *covered);

/* --- a message --------------------------------------------------------------------------- */

/* Where the bytes of a message's text come from. */
typedef struct {
  gsize offset; /* of the text: here a physical line begins (or goes on: soft breaks) */
  guint line;   /* its number in the chain, from 1 */
} HeddleTextLine;

typedef struct {
  gsize start, end; /* bytes of the text */
  const char *href; /* of the HeddleLine */
} HeddleTextLink;

typedef struct {
  const GArray *lines; /* of HeddleTextLine, ascending, not empty unless the text is */
  const GArray *links; /* of HeddleTextLink, ascending */
  gboolean html;       /* markup says which words are links */
} HeddleTextMap;

/* Fill urls, handles, cases, dates, actions and attachments by mention
 * ("<Screen Shot.png>", also where @named says so) of @message from its text.
 * message->date must be set already; attachments that are there stay.
 * @named: text of lines that only name attachments, which are no part of the
 *   message's text, or NULL. */
void heddle_facts_fill (const HeddleTables *tables, HeddleMessage *message,
                        const HeddleTextMap *map, const char *named, const HeddleLimits *limits,
                        GPtrArray *warnings);

/* --- receipt.c ---------------------------------------------------------------------------- */

/* Set message->automatic where the words say that it only confirms receipt or an absence,
 * or the subject of a quoted one says so. All else of @message must be set; @glance: at
 * its text. Linear. */
void heddle_receipt_read (const HeddleTables *tables, HeddleMessage *message,
                          const HeddleGlance *glance);

/* --- sentence.c --------------------------------------------------------------------------- */

/* Whether the ";" at @at asks, as it does behind Greek. */
gboolean heddle_greek_question_at (const char *text, gsize length, gsize at);

/* Call @func with the bytes of every sentence of a text, in order. One ends at ". ", "? ",
 * "! ", "。", "؟", a blank line, a line's end where no wrapped line goes on; not at
 * "Mr. X", "e.g. this", "3.5". */
void heddle_sentences_each (const HeddleTables *tables, const char *text, gsize length,
                            void (*func) (gsize start, gsize end, gpointer user_data),
                            gpointer user_data);

#endif
