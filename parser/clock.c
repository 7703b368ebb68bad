/* SPDX-License-Identifier: MIT */
/* clock: see clock.h. */
#include "parser/clock.h"

#include "parser/wall.h"

#include <stdlib.h>
#include <string.h>

#define DAY (24 * 60 * 60)
#define PIN_MOST (2 * DAY) /* seconds */

typedef enum {
  ORDER_NONE,        /* not of the form 03/04/2018 */
  ORDER_DAY_FIRST,   /* 14/03/2018 */
  ORDER_MONTH_FIRST, /* 03/14/2018 */
  ORDER_EITHER       /* 03/04/2018, which is read as month first */
} Order;

static guint
number_at (const char **p)
{
  guint number = 0, digits = 0;
  for (; g_ascii_isdigit (**p) && digits < 5; (*p)++, digits++)
    number = number * 10 + (guint) (**p - '0');
  return digits == 1 || digits == 2 ? number : 0;
}

/* Where the numbers of a date begin, behind a weekday: "terça, 11/03/2025". */
static const char *
numbers_of (const HeddleDate *date)
{
  return date->raw + strcspn (date->raw, "0123456789");
}

static Order
order_of (const HeddleDate *date)
{
  const char *p = numbers_of (date);
  guint first = number_at (&p);
  char separator = *p;
  if (!date->has_local || first == 0 || (separator != '/' && separator != '-'))
    return ORDER_NONE;
  p++;
  guint second = number_at (&p);
  if (second == 0 || *p != separator || first == second)
    return ORDER_NONE;
  if (first > 12)
    return ORDER_DAY_FIRST;
  return second > 12 ? ORDER_MONTH_FIRST : ORDER_EITHER;
}

/* The clock of @answer's date allows one of @wall for what it quotes; zones may part
 * the two by a day. */
static gboolean
may_quote (const HeddleMessage *answer, const HeddleWall *wall)
{
  return answer->date == NULL || !answer->date->has_local
         || heddle_wall_to_seconds (wall)
                <= heddle_wall_to_seconds (&answer->date->local) + DAY;
}

static HeddleWall
swapped (const HeddleWall *wall)
{
  HeddleWall other = *wall;
  other.day = wall->month;
  other.month = wall->day;
  return other;
}

static void
swap (HeddleDate *date)
{
  date->local = swapped (&date->local);
  if (date->has_offset) {
    date->utc = heddle_wall_to_seconds (&date->local) - (gint64) date->offset * 60;
    date->has_utc = TRUE;
  }
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

/* "03/04/2018" is read as month first. Nobody quotes a message before it is written,
 * and where the chain has such dates that are day first for sure, and none that are
 * month first, the others are so too. */
static void
settle_order (HeddleChain *chain)
{
  g_autoptr (GPtrArray) answers = answers_by_message (chain);
  guint seen[ORDER_EITHER + 1] = { 0 };
  for (guint pass = 0; pass < 2; pass++)
    for (guint m = 0; m < chain->messages->len; m++) {
      HeddleDate *date = ((HeddleMessage *) g_ptr_array_index (chain->messages, m))->date;
      const HeddleMessage *answer = g_ptr_array_index (answers, m);
      Order order = date != NULL ? order_of (date) : ORDER_NONE;
      if (order != ORDER_EITHER || answer == NULL) {
        seen[order] += pass == 0;
        continue;
      }
      HeddleWall other = swapped (&date->local);
      gboolean month_first = date->local.month == atoi (numbers_of (date));
      gboolean by_time = !may_quote (answer, &date->local);
      gboolean by_others = pass == 1 && seen[ORDER_DAY_FIRST] > 0 && seen[ORDER_MONTH_FIRST] == 0;
      if (!month_first || !may_quote (answer, &other) || !(by_time || by_others))
        continue;
      swap (date);
      seen[ORDER_DAY_FIRST]++;
    }
}

void
heddle_clock_infer (HeddleChain *chain)
{
  settle_order (chain);
  for (guint m = 0; m < chain->messages->len; m++) {
    const HeddleMessage *answer = g_ptr_array_index (chain->messages, m);
    if (answer->parent < 0 || answer->date == NULL || !answer->date->has_offset
        || !answer->date->has_local)
      continue;
    HeddleMessage *quoted = g_ptr_array_index (chain->messages, answer->parent);
    HeddleDate *date = quoted->date;
    if (quoted->kind == HEDDLE_KIND_ATTACHED || date == NULL || !date->has_local || date->has_utc
        || date->has_offset || date->precision == HEDDLE_PRECISION_DAY)
      continue;
    gint64 gap = heddle_wall_to_seconds (&answer->date->local) - heddle_wall_to_seconds (&date->local);
    if (gap < 0 || gap > PIN_MOST)
      continue;
    date->utc = heddle_wall_to_seconds (&date->local) - (gint64) answer->date->offset * 60;
    date->has_utc = TRUE;
    date->inferred = TRUE;
  }
}
