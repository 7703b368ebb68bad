/* SPDX-License-Identifier: MIT */
/* zoning: what the files behind zone.h share. Within parser/ only.
 *
 * A message is looked at run by run: a run is what its author wrote in one piece,
 * without lines of others in between. footer.c, signoff.c and contact.c look at the
 * end of a run, greeting.c at the beginning of the first; signer.c knows names,
 * shortname.c their short forms.
 */
#ifndef HEDDLE_PARSER_ZONING_H
#define HEDDLE_PARSER_ZONING_H

#include "parser/zone.h"

#define HEDDLE_SHORT_LINE 64  /* characters: longer ones are prose */
#define HEDDLE_FULL_LINE 45   /* bytes that a paragraph's wrapped line has at least */
#define HEDDLE_BLOCK_LINES 16 /* below a sign-off; more is text */

typedef struct {
  const HeddleView *view;
  const GArray *own; /* of guint: the lines of the message */
  HeddleMark *marks;
  guint first, end;         /* the run: indices into @own, @end not included */
  gboolean continued;       /* something is said in an earlier run */
  gboolean last;            /* the last run in which something is said */
  const HeddlePerson *from; /* (nullable) */
  HeddleZoneNames *names;
  GPtrArray *author; /* (nullable) of char *: words of the author's name, once asked for */
} HeddleZoning;

/* --- zone.c -------------------------------------------------------------------------- */

/* Line @k of @own without white space at either end; no NUL behind it. */
const char *heddle_zoning_content (const HeddleZoning *zoning, guint k, gsize *ret_length);
gboolean heddle_zoning_is_body (const HeddleZoning *zoning, guint k);
gboolean heddle_zoning_is_blank (const HeddleZoning *zoning, guint k);
gboolean heddle_zoning_is_nobodys (const HeddleZoning *zoning, guint k);
/* The last line of body before @k, the first at or behind it; the end of the run when
 * there is none. */
guint heddle_zoning_before (const HeddleZoning *zoning, guint k);
guint heddle_zoning_next (const HeddleZoning *zoning, guint k);
/* Blank lines, attachments, markings and what is nobody's stay what they are. */
void heddle_zoning_set (HeddleZoning *zoning, guint k, HeddleZone zone, const char *rule);
void heddle_zoning_set_nobody (HeddleZoning *zoning, guint from, guint to, const char *rule);
const HeddleWord *heddle_zoning_word (const HeddleZoning *zoning, const char *text,
                                      gsize length, HeddleWordKind kind, gsize *ret_length);
/* "-----", "*****", "*_*_*_": ten and more of "-_=*~#", nothing else. */
gboolean heddle_is_row (const char *text, gsize length);
/* Bytes of a mark that parts or closes words (",", "：", "،") at the beginning or the end
 * of @text, 0 when there is none. */
gsize heddle_mark_at (const char *text, gsize length);
gsize heddle_mark_before (const char *text, gsize length);
/* Whether @text has at most @most characters; of a script that sets no blanks, which says
 * more in each, bytes. */
gboolean heddle_fits (const char *text, gsize length, gsize most);
/* Something said, not a name, a title or a telephone number. */
gboolean heddle_is_said (const char *text, gsize length);

/* --- footer.c -------------------------------------------------------------------------- */

/* What stands at either end of a run and is not the author's own words: a gateway's
 * stamp, a list's footer, a scanner's line, a disclaimer, a client's footer, all below
 * a line of signature dashes. */
void heddle_footers_mark (HeddleZoning *zoning);

/* --- signoff.c ------------------------------------------------------------------------- */

/* Marks the words of closing and what stands below them; FALSE when none are at the
 * run's end. */
gboolean heddle_signoff_mark (HeddleZoning *zoning);

/* --- closing.c ------------------------------------------------------------------------- */

/* "Best,", "Thanks, Ana", "Many thanks!", "Cheers." and nothing else. */
gboolean heddle_is_signoff_line (HeddleZoning *zoning, const char *text, gsize length);
/* "Ana", "- Ana", "ana" where the author is called so. */
gboolean heddle_closing_names (HeddleZoning *zoning, const char *text, gsize length);
/* Where what follows @covered bytes of words of closing begins: behind ",", ":)" and the like. */
gsize heddle_closing_behind (const char *text, gsize length, gsize covered);
/* "Best, Ana", "i. A. Ana Ruiz", not "Thanks, Sam": whoever signs is named. */
gboolean heddle_closing_names_signer (const HeddleZoning *zoning, guint k);
/* "Thanks again for the quick answer.": one sentence of thanks. */
gboolean heddle_closing_is_thanks (const HeddleZoning *zoning, const char *text, gsize length);
/* "Thanks again in advance," above other words of closing. */
gboolean heddle_closing_is_thanks_above (const HeddleZoning *zoning, const char *text,
                                         gsize length);
/* "Thanks for the quick answer," when a name stands in line @below, and so a line that
 * closes at its end. */
gboolean heddle_closing_is_long (HeddleZoning *zoning, const char *text, gsize length,
                                 guint below);
/* "Veuillez agréer, Madame, …": line @k opens a sentence that closes; its last line; its
 * first where line @k is the last, else the run's end. */
gboolean heddle_closing_is_formula (const HeddleZoning *zoning, guint k);
guint heddle_closing_formula_end (const HeddleZoning *zoning, guint k);
guint heddle_closing_formula_at (const HeddleZoning *zoning, guint k);

/* --- contact.c ------------------------------------------------------------------------- */

/* A telephone number, an address, a link: what a line of prose seldom is made of. */
gboolean heddle_is_contact_line (const char *text, gsize length);
/* A signature between rows of marks, the run's last. */
void heddle_contact_mark_box (HeddleZoning *zoning);
/* Without words of closing: a block at the run's end that names the author and how to
 * reach them, or the author's name alone. TRUE when it marked something. */
gboolean heddle_contact_mark (HeddleZoning *zoning);

/* --- greeting.c ------------------------------------------------------------------------ */

void heddle_greeting_mark (HeddleZoning *zoning);

/* --- signer.c -------------------------------------------------------------------------- */

/* Few words, each with a capital, a withheld one, or a joining word: a name. */
/* team.c: "The Chirper Team". */
gboolean heddle_is_team (const HeddleZoning *zoning, const char *text, gsize length);
gboolean heddle_is_name_like (const HeddleZoning *zoning, const char *text, gsize length,
                              guint most);
/* The author's name, one of its words, a short form of it or its initials, dashes
 * before and a stop behind disregarded; @ret_words: (out) (optional): how many of it. */
gboolean heddle_is_author (HeddleZoning *zoning, const char *text, gsize length,
                           guint *ret_words);
/* A name is known, not only an address of one word, which may be anything. */
gboolean heddle_author_is_known (HeddleZoning *zoning);
/* A word that begins as the domain of the author's address is called: "Chirper Support"
 * where mail comes from chirper.example. */
gboolean heddle_names_house (const HeddleZoning *zoning, const char *text, gsize length);
/* Only words that name somebody else of this chain, small joining words between them. */
gboolean heddle_is_known_name (HeddleZoning *zoning, const char *text, gsize length);

/* --- shortname.c ------------------------------------------------------------------------ */

typedef struct {
  const char *word, *name;
} HeddleShortName;

/* The names that @word, folded, is short for: *@ret_n rows. */
const HeddleShortName *heddle_short_names (const char *word, guint *ret_n);

#endif
