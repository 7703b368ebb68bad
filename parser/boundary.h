/* SPDX-License-Identifier: MIT */
/* boundary: where another message begins. Within parser/ only.
 *
 * A recogniser looks at lines from one place on and says whether a boundary stands
 * there: how many lines it takes, which client writes such ones, what it says of
 * the message that follows. Each looks ahead by a bounded number of lines, so that
 * finding all boundaries is linear. Recognisers: attribution.c ("On DATE, PERSON
 * wrote:"), block.c (From:/Sent:/To:/Subject:, also Notes' unlabelled ones),
 * banner.c ("-----Original Message-----"), notes.c and columns.c (Lotus Notes),
 * groupwise.c (">>> PERSON DATE >>>").
 */
#ifndef HEDDLE_PARSER_BOUNDARY_H
#define HEDDLE_PARSER_BOUNDARY_H

#include "parser/facts.h"
#include "parser/lines.h"
#include "parser/tables.h"

#define HEDDLE_SHAPE_MOST 96 /* bytes of a shape (style.h) */

typedef struct {
  guint first, last; /* its lines: indices into the body's, both included */
  int depth;         /* of the line that says most: the attribution, the first field */
  const char *style; /* static */
  char shape[HEDDLE_SHAPE_MOST]; /* what the style follows from */
  const char *rule;  /* static: which recogniser, for --explain */
  guint aside, asides; /* lines of a form's letterhead, which belong to nobody: the first, and
                          how many; above or among its lines */
  gsize shared;      /* bytes of the last line's content before the text that shares it, or 0 */
  gboolean forward;  /* says by itself that what follows was forwarded */
  gboolean original; /* in words ("Original Message") that some mailers answer with too */
  gboolean block;    /* a header block: what follows is not marked as a quotation by it */
  HeddlePerson *from;       /* (nullable) */
  GPtrArray *to, *cc, *bcc; /* of HeddlePerson */
  char *subject;            /* (nullable) */
  HeddleDate *date;         /* (nullable) */
  char *message_id, *in_reply_to; /* (nullable) without angle brackets */
  GPtrArray *references;    /* (nullable) of char * */
  gboolean digest;          /* one of a list's digest, which answers none beside it */
} HeddleBoundary;
HeddleBoundary *heddle_boundary_new (guint first, guint last, const char *style, const char *rule);
void heddle_boundary_free (HeddleBoundary *boundary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleBoundary, heddle_boundary_free)

/* Lines without a text of their own are looked through this view. */
typedef struct {
  const HeddleTables *tables;
  const GPtrArray *lines; /* of HeddleLine */
  gboolean html;          /* they are a rendered HTML body's */
} HeddleView;

/* Line @i of the view. */
const HeddleLine *heddle_view_line (const HeddleView *view, guint i);
/* Its content without white space at either end; no NUL behind it. */
const char *heddle_view_content (const HeddleView *view, guint i, gsize *ret_length);
gboolean heddle_view_blank (const HeddleView *view, guint i);
/* The first line at or behind @i that is not blank and at most @most lines away;
 * the number of lines when there is none. */
guint heddle_view_next (const HeddleView *view, guint i, guint most);

/* The recognisers: (transfer full) (nullable). */
HeddleBoundary *heddle_attribution_at (const HeddleView *view, guint i);
HeddleBoundary *heddle_block_at (const HeddleView *view, guint i);
HeddleBoundary *heddle_banner_at (const HeddleView *view, guint i);
HeddleBoundary *heddle_groupwise_at (const HeddleView *view, guint i);

/* A help desk's marker with text above it, an update of a help desk; @from: lines before it
 * are taken. */
HeddleBoundary *heddle_helpdesk_at (const HeddleView *view, guint i, guint from);
/* Whether line @i is "##- Please type your reply above this line -##". */
gboolean heddle_is_reply_marker (const HeddleView *view, guint i);
/* "Message: 3" below a row of dashes, above a block, is part of it. */
void heddle_digest_take_above (const HeddleView *view, HeddleBoundary *block, guint from);

/* People who are named only, by words that link to their address, get it. */
void heddle_boundary_take_links (const HeddleView *view, HeddleBoundary *boundary);

/* As heddle_block_at(), right below a banner, where less suffices. */
HeddleBoundary *heddle_block_below_banner (const HeddleView *view, guint i);
/* The same of a table whose cells are the fields: NetEase. */
HeddleBoundary *heddle_block_of_cells (const HeddleView *view, guint i);

/* --- notes.c, columns.c: what Lotus Notes writes above a header block without labels --- */

/* A block whose author and date stand above "To:" as lines of their own, within
 * heddle_block_at(). @banner: a banner stands above. (transfer full) (nullable) */
HeddleBoundary *heddle_notes_at (const HeddleView *view, guint i, gboolean banner);
/* A block with author and date in a column left of "To:", "cc:" and "Subject:".
 * (transfer full) (nullable) */
HeddleBoundary *heddle_columns_at (const HeddleView *view, guint i);
/* "PERSON on DATE", "PERSON    DATE", "DATE": TRUE if @text is so written to its
 * end; both outputs (transfer full), the person may be NULL. */
gboolean heddle_notes_divide (const HeddleTables *tables, const char *text, gsize length,
                              HeddlePerson **ret_person, HeddleDate **ret_date);
/* The labelled part of such a block, @offset bytes behind the beginning of the line's
 * content: needs "To:" and one field more. */
HeddleBoundary *heddle_block_below_notes (const HeddleView *view, guint i, gsize offset);

/* A field's label at the beginning of @text, bold stars and blanks around it
 * disregarded: its kind, or -1; @ret_value: where the value begins. */
int heddle_label_at (const HeddleTables *tables, const char *text, gsize length,
                     gsize *ret_value);
/* If "Sender:" and "Recipient:" lines, the trailer of a released document, begin at
 * @i and reach the end of the body: TRUE. */
gboolean heddle_trailer_at (const HeddleView *view, guint i);

/* Whether line @i is what an office stamped onto a page that it released (release.c). */
gboolean heddle_is_stamp (const HeddleView *view, guint i);

/* All boundaries of a body, in order: array of HeddleBoundary (transfer full).
 * @top: a header block on the very first lines describes the document; then
 * *@ret_top gets it (transfer full) and it is not in the array. */
GPtrArray *heddle_boundaries_find (const HeddleView *view, gboolean top, HeddleBoundary **ret_top);

#endif
