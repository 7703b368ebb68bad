/* SPDX-License-Identifier: MIT */
/* clock: see clock.h.
 *
 * Zones are facts of a person and a time. They come from Date fields, and from a message
 * that the chain holds twice: its offset less the wall clock of the other copy. What a
 * fact pins may be a copy again, so this is repeated until nothing is added, a few times
 * at most. The cost is the square of the messages whose zones are known, of which at most
 * FACTS_MOST are kept.
 */
#include "parser/clock.h"

#include "parser/lines.h"
#include "parser/order.h"
#include "parser/style.h"
#include "parser/wall.h"

#include <stdlib.h>
#include <string.h>

#define DAY (24 * 60 * 60)
#define PIN_MOST (2 * DAY)  /* seconds between an answer and what it quotes */
#define FACT_MOST (7 * DAY) /* seconds that a person's zone is good for, either way */
#define OFFSET_MOST (14 * 60)

enum { FACTS_MOST = 64, ROUNDS_MOST = 4 };

typedef struct {
  const char *address;
  int offset;  /* minutes */
  gint64 wall; /* when, by the person's clock */
  HeddlePin pin;
  int witness; /* the message that says so */
} Fact;

/* The clock of @answer's date allows one of @wall for what it quotes; zones may part
 * the two by a day. */
static gboolean
may_quote (const HeddleMessage *answer, const HeddleWall *wall)
{
  return answer == NULL || answer->date == NULL || !answer->date->has_local
         || heddle_wall_to_seconds (wall)
                <= heddle_wall_to_seconds (&answer->date->local) + DAY;
}

/* Who quotes @m, else NULL: it stands before it, and is the nearest that answers it. */
static GPtrArray *
answers_by_message (const HeddleChain *chain)
{
  GPtrArray *answers = g_ptr_array_new ();
  g_ptr_array_set_size (answers, (gint) chain->messages->len);
  for (guint m = 0; m < chain->messages->len; m++) {
    HeddleMessage *answer = g_ptr_array_index (chain->messages, m);
    if (answer->parent >= 0 && (guint) answer->parent < chain->messages->len)
      answers->pdata[answer->parent] = answer;
  }
  return answers;
}

/* --- the order of day and month ------------------------------------------------------------ */

static HeddleOrder
order_of (const HeddleDate *date)
{
  return date != NULL && date->has_local ? heddle_order_of (date->raw) : HEDDLE_ORDER_NONE;
}

/* What people wrote follows the chain's order. */
static void
swap_mentions (HeddleMessage *message)
{
  for (guint i = 0; i < message->dates->len; i++) {
    HeddleMention *mention = g_ptr_array_index (message->dates, i);
    if (heddle_order_of (mention->raw) != HEDDLE_ORDER_EITHER
        || !heddle_order_is_month_first (mention->raw, &mention->start))
      continue;
    gint64 before = heddle_wall_days (&mention->start);
    mention->start = heddle_order_other (&mention->start);
    for (guint a = 0; a < message->actions->len; a++) {
      HeddleAction *action = g_ptr_array_index (message->actions, a);
      if (action->has_due && heddle_wall_days (&action->due) == before)
        action->due = heddle_order_other (&action->due);
    }
  }
}

/* The month comes first in America and the Philippines; "10/04/2018 15:40 (GMT+01:00)" was
 * written in neither. */
static gboolean
is_far_from_america (const HeddleDate *date)
{
  return date->has_offset && date->offset > -3 * 60 && date->offset != 0
         && date->offset != 8 * 60;
}

static void
warn_of_both (HeddleChain *chain, const HeddleDate *date)
{
  HeddleWall other = heddle_order_other (&date->local);
  g_autofree char *sentence = g_strdup_printf (
      "A date may be read in two ways: \"%s\" was taken as %04d-%02d-%02d, not as %04d-%02d-%02d.",
      date->raw, date->local.year, date->local.month, date->local.day, other.year, other.month,
      other.day);
  heddle_warn (chain->warnings, sentence);
}

/* "03/04/2018" is read as its language has it, English as month first. Nobody quotes a
 * message before it is written, and where the chain has such dates that are day first for
 * sure, and none that are month first, the others are so too. */
static void
settle_order (HeddleChain *chain)
{
  g_autoptr (GPtrArray) answers = answers_by_message (chain);
  guint seen[HEDDLE_ORDER_EITHER + 1] = { 0 };
  for (guint pass = 0; pass < 2; pass++)
    for (guint m = 0; m < chain->messages->len; m++) {
      HeddleDate *date = ((HeddleMessage *) g_ptr_array_index (chain->messages, m))->date;
      const HeddleMessage *answer = g_ptr_array_index (answers, m);
      HeddleOrder order = order_of (date);
      if (order != HEDDLE_ORDER_EITHER) {
        seen[order] += pass == 0;
        continue;
      }
      gboolean month_first = heddle_order_is_month_first (date->raw, &date->local);
      HeddleWall other = heddle_order_other (&date->local);
      gboolean abroad = month_first && is_far_from_america (date) && may_quote (answer, &other);
      if (abroad || (!may_quote (answer, &date->local) && may_quote (answer, &other))) {
        heddle_order_swap (date);
        seen[month_first ? HEDDLE_ORDER_DAY_FIRST : HEDDLE_ORDER_MONTH_FIRST]++;
      } else if (pass == 0) {
        seen[HEDDLE_ORDER_DAY_FIRST] += !month_first; /* by its language */
      } else if (seen[HEDDLE_ORDER_DAY_FIRST] > 0 && seen[HEDDLE_ORDER_MONTH_FIRST] == 0) {
        if (month_first && may_quote (answer, &other))
          heddle_order_swap (date);
      } else if (month_first && seen[HEDDLE_ORDER_MONTH_FIRST] == 0 && may_quote (answer, &other)) {
        warn_of_both (chain, date);
      }
    }
  if (seen[HEDDLE_ORDER_DAY_FIRST] > 0 && seen[HEDDLE_ORDER_MONTH_FIRST] == 0)
    for (guint m = 0; m < chain->messages->len; m++)
      swap_mentions (g_ptr_array_index (chain->messages, m));
}

/* --- zones ----------------------------------------------------------------------------------- */

static const char *
address_of (const HeddleMessage *message)
{
  return message->from != NULL ? message->from->address : NULL;
}

static void
add_fact (GArray *facts, const HeddleMessage *author, int offset, gint64 wall, HeddlePin pin,
          guint witness)
{
  Fact fact = { address_of (author), offset, wall, pin, (int) witness };

  if (fact.address == NULL || ABS (offset) > OFFSET_MOST || facts->len == FACTS_MOST)
    return;
  for (guint i = 0; i < facts->len; i++) {
    const Fact *known = &g_array_index (facts, Fact, i);
    if (known->offset == offset && known->wall == wall && strcmp (known->address, fact.address) == 0)
      return;
  }
  g_array_append_val (facts, fact);
}

/* Whether @message's Date field says where its author's clock stood; @quoted: what it
 * answers, (nullable). Exchange, web mailers and help desks date all mail in UTC, so that
 * "+0000" tells only where a zone is named or the client is one that writes its own. */
static gboolean
tells_zone (const HeddleMessage *message, const HeddleMessage *quoted)
{
  const HeddleDate *date = message->date;

  if (date == NULL || !date->has_offset || !date->has_local)
    return FALSE;
  if (date->offset != 0 || strstr (date->raw, "(GMT") != NULL || strstr (date->raw, "(WET") != NULL)
    return TRUE;
  return quoted != NULL && heddle_style_own_clock (quoted->style);
}

static const HeddleMessage *
quoted_by (const HeddleChain *chain, const HeddleMessage *answer)
{
  return answer->parent >= 0 && (guint) answer->parent < chain->messages->len
             ? g_ptr_array_index (chain->messages, answer->parent)
             : NULL;
}

/* The fact that is nearest to @wall says the zone of @author's clock then; NULL for none. */
static const Fact *
zone_of (const GArray *facts, const HeddleMessage *author, gint64 wall)
{
  const char *address = address_of (author);
  const Fact *best = NULL;
  gint64 nearest = FACT_MOST + 1;

  for (guint i = 0; address != NULL && i < facts->len; i++) {
    const Fact *fact = &g_array_index (facts, Fact, i);
    gint64 far = ABS (fact->wall - wall);
    if (far < nearest && g_ascii_strcasecmp (fact->address, address) == 0) {
      nearest = far;
      best = fact;
    }
  }
  return best;
}

static gboolean
is_bare (const HeddleDate *date)
{
  return date != NULL && date->has_local && !date->has_utc && !date->has_offset
         && date->precision != HEDDLE_PRECISION_DAY;
}

/* In which zone @answer's client, message @index, shows what it quotes, and by what. */
static gboolean
zone_of_answer (const GArray *facts, const HeddleMessage *answer, guint index,
                const HeddleWall *quoted, Fact *ret)
{
  gint64 wall = heddle_wall_to_seconds (quoted);

  if (answer->date == NULL || !answer->date->has_local)
    return FALSE;
  if (answer->date->has_offset) {
    gint64 gap = heddle_wall_to_seconds (&answer->date->local) - wall;
    *ret = (Fact){ NULL, answer->date->offset, 0, HEDDLE_PIN_ANSWER, (int) index };
    return gap >= 0 && gap <= PIN_MOST;
  }
  const Fact *fact = zone_of (facts, answer, wall);
  if (fact == NULL)
    return FALSE;
  *ret = *fact;
  return !answer->date->has_utc || wall - (gint64) fact->offset * 60 <= answer->date->utc;
}

/* A copy of a message whose moment is known, as @answer's client shows it, says what zone
 * that client is in: the same author, minutes that a zone can part. */
static void
add_facts_of_copies (const HeddleChain *chain, const GPtrArray *answers, GArray *facts)
{
  for (guint m = 0; m < chain->messages->len && facts->len < FACTS_MOST; m++) {
    const HeddleMessage *copy = g_ptr_array_index (chain->messages, m);
    const HeddleMessage *answer = g_ptr_array_index (answers, m);
    if (answer == NULL || address_of (copy) == NULL || copy->kind == HEDDLE_KIND_ATTACHED
        || copy->date == NULL || !copy->date->has_local || copy->date->has_offset
        || copy->date->precision == HEDDLE_PRECISION_DAY)
      continue;
    for (guint n = 0; n < MIN (chain->messages->len, FACTS_MOST); n++) {
      const HeddleMessage *sure = g_ptr_array_index (chain->messages, n);
      if (n == m || sure->date == NULL || !sure->date->has_offset || !sure->date->has_utc
          || address_of (sure) == NULL
          || g_ascii_strcasecmp (address_of (sure), address_of (copy)) != 0)
        continue;
      gint64 wall = heddle_wall_to_seconds (&copy->date->local);
      gint64 utc = sure->date->utc - (copy->date->local.second == 0 ? sure->date->local.second : 0);
      gint64 apart = wall - utc;
      if (apart % (15 * 60) == 0 && ABS (apart) <= OFFSET_MOST * 60 && *copy->text != '\0'
          && strcmp (copy->text, sure->text) == 0)
        add_fact (facts, answer, (int) (apart / 60), wall, HEDDLE_PIN_COPY, n);
    }
  }
}

void
heddle_clock_infer (HeddleChain *chain)
{
  settle_order (chain);
  g_autoptr (GPtrArray) answers = answers_by_message (chain);
  g_autoptr (GArray) facts = g_array_new (FALSE, FALSE, sizeof (Fact));
  for (guint m = 0; m < chain->messages->len; m++) {
    const HeddleMessage *message = g_ptr_array_index (chain->messages, m);
    gboolean field = message->kind == HEDDLE_KIND_RECEIVED || message->kind == HEDDLE_KIND_ATTACHED;
    if (field && tells_zone (message, quoted_by (chain, message)))
      add_fact (facts, message, message->date->offset,
                heddle_wall_to_seconds (&message->date->local), HEDDLE_PIN_AUTHOR, m);
  }
  add_facts_of_copies (chain, answers, facts);
  gboolean more = TRUE;
  for (guint round = 0; more && round < ROUNDS_MOST; round++) {
    more = FALSE;
    for (guint m = 0; m < chain->messages->len; m++) {
      const HeddleMessage *answer = g_ptr_array_index (chain->messages, m);
      if (answer->parent < 0 || (guint) answer->parent >= chain->messages->len)
        continue;
      HeddleMessage *quoted = g_ptr_array_index (chain->messages, answer->parent);
      HeddleDate *date = quoted->date;
      Fact fact;
      if (quoted->kind == HEDDLE_KIND_ATTACHED || !is_bare (date)
          || (answer->date != NULL && answer->date->has_offset && !tells_zone (answer, quoted))
          || !zone_of_answer (facts, answer, m, &date->local, &fact))
        continue;
      date->utc = heddle_wall_to_seconds (&date->local) - (gint64) fact.offset * 60;
      date->has_utc = date->inferred = more = TRUE;
      date->pin = fact.pin;
      date->zone = fact.offset;
      date->witness = fact.witness;
    }
  }
}
