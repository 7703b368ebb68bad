/* SPDX-License-Identifier: MIT */
/* threads/inclusive: which mails of a conversation hold it whole, and what the others add.
 *
 * A mail holds a message where it stands in it, received, attached or quoted, with all the
 * words of the text that the conversation shows and no more of them withheld: so it is told
 * by the message's variants (variants.c). The fewest
 * mails that hold every message are cover.c's to find; older mails are preferred.
 *
 * Attachments do not make a mail needed: what bytes are in no needed mail is said of each
 * mail, and so is which texts are other than the one that is shown.
 *
 * Not handled: headers that one copy gives and another leaves out. */
#include "threads/clock.h"
#include "threads/cover.h"
#include "threads/match.h"

#include <stdlib.h>
#include <string.h>

/* That a mail shows a message. */
typedef struct {
  guint mail, node;
  const HeddleMessage *message; /* as it stands there */
  HeddleCopy copy;
  gboolean other_text; /* than the one that is shown, and one of the variants */
  guint64 text;        /* which variant of which message it is */
} Hold;

typedef struct {
  const HeddleThread *thread;
  HeddleInclusive *inclusive;
  GHashTable *numbers; /* id of a mail to its number + 1 */
  GArray **holds;      /* by mail: of Hold, by node */
} Work;

static HeddleInclusiveMail *
mail_at (const HeddleInclusive *inclusive, guint i)
{
  return inclusive->mails->pdata[i];
}

/* --- the life of the answer ----------------------------------------------------------- */

const char *
heddle_copy_name (HeddleCopy copy)
{
  static const char *const names[] = { NULL, "truncated", "redacted", "other", "extended", "open" };
  return names[copy];
}

static void
inclusive_mail_free (gpointer data)
{
  HeddleInclusiveMail *mail = data;
  g_array_unref (mail->messages);
  g_array_unref (mail->attachments);
  g_array_unref (mail->variants);
  g_free (mail);
}

void
heddle_inclusive_free (HeddleInclusive *inclusive)
{
  if (inclusive == NULL)
    return;
  g_ptr_array_unref (inclusive->mails);
  g_free (inclusive);
}

/* --- the mails, oldest first --------------------------------------------------------------- */

static gint64
time_of (const HeddleThreadMail *mail)
{
  const GPtrArray *messages = mail->chain->messages;
  const HeddleDate *date
      = messages->len > 0 ? ((const HeddleMessage *)messages->pdata[0])->date : NULL;
  if (date == NULL || (!date->has_utc && !date->has_local))
    return G_MAXINT64;
  return date->has_utc ? date->utc : heddle_wall_seconds (&date->local);
}

static int
compare_mails (gconstpointer a, gconstpointer b)
{
  const HeddleThreadMail *x = *(HeddleThreadMail *const *)a, *y = *(HeddleThreadMail *const *)b;
  gint64 p = time_of (x), q = time_of (y);
  return p != q ? (p < q ? -1 : 1) : strcmp (x->mail, y->mail);
}

static void
number_mails (Work *work, const GPtrArray *mails)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < mails->len; i++)
    g_ptr_array_add (sorted, mails->pdata[i]);
  g_ptr_array_sort (sorted, compare_mails);
  for (guint i = 0; i < sorted->len; i++) {
    const HeddleThreadMail *mail = sorted->pdata[i];
    guint number = work->inclusive->mails->len;
    if (!g_hash_table_insert (work->numbers, mail->mail, GUINT_TO_POINTER (number + 1)))
      continue; /* was there already, and is the same */
    HeddleInclusiveMail *one = g_new0 (HeddleInclusiveMail, 1);
    one->mail = mail;
    one->message = -1;
    one->messages = g_array_new (FALSE, FALSE, sizeof (guint));
    one->attachments = g_array_new (FALSE, FALSE, sizeof (HeddleAddition));
    one->variants = g_array_new (FALSE, FALSE, sizeof (HeddleAddition));
    g_ptr_array_add (work->inclusive->mails, one);
  }
}

/* --- who holds what -------------------------------------------------------------------------- */

static const HeddleThreadMail *
mail_of (const Work *work, const HeddleEvidence *evidence, guint *ret)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (work->numbers, evidence->mail));
  if (number == 0)
    return NULL;
  *ret = number - 1;
  const HeddleThreadMail *mail = mail_at (work->inclusive, number - 1)->mail;
  return evidence->index < mail->chain->messages->len ? mail : NULL;
}

/* For each of the evidence of @node the number of its variant, 0 that of the shown text; -1:
 * it reads nothing, or was one text too many. */
static int *
variants_of (const HeddleNode *node)
{
  guint n = node->evidence->len;
  int *ret = g_new (int, MAX (n, 1));

  for (guint k = 0; k < n; k++)
    ret[k] = node->variants->len > 0 ? -1 : 0;
  for (guint v = 0; v < node->variants->len; v++) {
    const GArray *evidence = ((const HeddleVariant *)node->variants->pdata[v])->evidence;
    for (guint k = 0; k < evidence->len; k++)
      ret[g_array_index (evidence, guint, k)] = (int)v;
  }
  return ret;
}

static HeddleCopy
copy_of (const HeddleNode *node, int variant, const HeddleFingerprint *here)
{
  static const HeddleCopy copies[] = {
    [HEDDLE_VARIANT_SHOWN] = HEDDLE_COPY_WHOLE,
    [HEDDLE_VARIANT_TRUNCATED] = HEDDLE_COPY_TRUNCATED,
    [HEDDLE_VARIANT_EXTENDED] = HEDDLE_COPY_EXTENDED,
    [HEDDLE_VARIANT_REDACTED] = HEDDLE_COPY_REDACTED,
    [HEDDLE_VARIANT_OPEN] = HEDDLE_COPY_OPEN,
    [HEDDLE_VARIANT_OTHER] = HEDDLE_COPY_OTHER,
  };

  if (here->wrecked)
    return HEDDLE_COPY_OTHER;
  if (variant < 0)
    return here->letters == 0 ? HEDDLE_COPY_TRUNCATED : HEDDLE_COPY_OTHER;
  if (node->variants->len > 0)
    return copies[((const HeddleVariant *)node->variants->pdata[variant])->difference];
  return here->letters == 0 && node->message->text != NULL
                 && node->message->text[strspn (node->message->text, " \t\r\n")] != '\0'
             ? HEDDLE_COPY_TRUNCATED
             : HEDDLE_COPY_WHOLE;
}

/* Whether all of the shown text stands there. */
static gboolean
is_whole (HeddleCopy copy)
{
  return copy == HEDDLE_COPY_WHOLE || copy == HEDDLE_COPY_EXTENDED || copy == HEDDLE_COPY_OPEN;
}

/* Whether @here withholds an author whom the conversation knows. */
static gboolean
withholds_author (const HeddleMessage *merged, const HeddleMessage *here)
{
  return here->from != NULL && here->from->redacted && merged->from != NULL
         && !merged->from->redacted;
}

static void
find_holds (Work *work, guint i)
{
  const HeddleNode *node = work->thread->messages->pdata[i];
  g_autofree int *variants = variants_of (node);

  for (guint k = 0; k < node->evidence->len; k++) {
    const HeddleEvidence *evidence = node->evidence->pdata[k];
    Hold hold = { .node = i };
    const HeddleThreadMail *mail = mail_of (work, evidence, &hold.mail);
    if (mail == NULL)
      continue;
    hold.message = mail->chain->messages->pdata[evidence->index];
    hold.copy = copy_of (node, variants[k], &heddle_traits_of (mail)[evidence->index].print);
    if (is_whole (hold.copy) && withholds_author (node->message, hold.message))
      hold.copy = HEDDLE_COPY_REDACTED;
    hold.other_text = variants[k] > 0;
    hold.text = (guint64)i << 32 | (guint32)variants[k];
    if (evidence->received)
      mail_at (work->inclusive, hold.mail)->message = (int)i;
    g_array_append_val (work->holds[hold.mail], hold);
  }
}

/* --- the needed ones --------------------------------------------------------------------------- */

static void
find_needed (Work *work)
{
  HeddleInclusive *inclusive = work->inclusive;
  guint n = inclusive->mails->len;
  g_autofree GArray **sets = g_new (GArray *, MAX (n, 1));
  g_autofree gboolean *chosen = g_new (gboolean, MAX (n, 1));

  for (guint m = 0; m < n; m++) {
    sets[m] = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint k = 0; k < work->holds[m]->len; k++) {
      const Hold *hold = &g_array_index (work->holds[m], Hold, k);
      /* They are in the order of the messages, so copies in one mail are neighbours. */
      if (is_whole (hold->copy)
          && (sets[m]->len == 0
              || g_array_index (sets[m], guint, sets[m]->len - 1) != hold->node))
        g_array_append_val (sets[m], hold->node);
    }
    mail_at (inclusive, m)->holds = sets[m]->len;
  }
  inclusive->least = heddle_cover_find (sets, n, work->thread->messages->len, chosen);
  for (guint m = 0; m < n; m++) {
    mail_at (inclusive, m)->needed = chosen[m];
    inclusive->needed += chosen[m] ? 1 : 0;
    g_array_unref (sets[m]);
  }
}

/* --- what each adds ------------------------------------------------------------------------------- */

typedef struct {
  guint *messages;         /* by message: needed mails that hold it whole */
  GHashTable *attachments; /* SHA-256 to the number of needed mails with it */
  GHashTable *texts;       /* Hold.text likewise */
} Counts;

static void
count (GHashTable *table, gpointer key, GHashTable *seen)
{
  if (g_hash_table_add (seen, key))
    g_hash_table_insert (table, key,
                         GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (table, key)) + 1));
}

static void
count_mail (const Work *work, guint m, Counts *counts)
{
  g_autoptr (GHashTable) digests = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) texts = g_hash_table_new (g_int64_hash, g_int64_equal);
  int last = -1;

  for (guint k = 0; k < work->holds[m]->len; k++) {
    Hold *hold = &g_array_index (work->holds[m], Hold, k);
    if (is_whole (hold->copy) && (int)hold->node != last) {
      counts->messages[hold->node]++;
      last = (int)hold->node;
    }
    count (counts->texts, &hold->text, texts);
    for (guint a = 0; a < hold->message->attachments->len; a++) {
      const HeddleAttachment *attachment = hold->message->attachments->pdata[a];
      if (attachment->sha256 != NULL)
        count (counts->attachments, attachment->sha256, digests);
    }
  }
}

/* Whether no needed mail but @mail itself has what @key names. */
static gboolean
is_new (GHashTable *table, gconstpointer key, const HeddleInclusiveMail *mail)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (table, key)) == (mail->needed ? 1u : 0u);
}

static void
find_additions (const Work *work, guint m, const Counts *counts)
{
  HeddleInclusiveMail *mail = mail_at (work->inclusive, m);
  g_autoptr (GHashTable) digests = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) texts = g_hash_table_new (g_int64_hash, g_int64_equal);
  int last = -1;

  for (guint k = 0; k < work->holds[m]->len; k++) {
    Hold *hold = &g_array_index (work->holds[m], Hold, k);
    if (is_whole (hold->copy) && (int)hold->node != last) {
      last = (int)hold->node;
      if (counts->messages[hold->node] == (mail->needed ? 1u : 0u))
        g_array_append_val (mail->messages, hold->node);
    }
    HeddleAddition addition = { hold->node, hold->copy, NULL };
    if (hold->other_text && is_new (counts->texts, &hold->text, mail)
        && g_hash_table_add (texts, &hold->text))
      g_array_append_val (mail->variants, addition);
    for (guint a = 0; a < hold->message->attachments->len; a++) {
      addition.attachment = hold->message->attachments->pdata[a];
      if (addition.attachment->sha256 != NULL
          && is_new (counts->attachments, addition.attachment->sha256, mail)
          && g_hash_table_add (digests, addition.attachment->sha256))
        g_array_append_val (mail->attachments, addition);
    }
  }
}

static void
find_all_additions (const Work *work)
{
  g_autofree guint *messages = g_new0 (guint, MAX (work->thread->messages->len, 1));
  g_autoptr (GHashTable) attachments = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) texts = g_hash_table_new (g_int64_hash, g_int64_equal);
  Counts counts = { messages, attachments, texts };

  for (guint m = 0; m < work->inclusive->mails->len; m++)
    if (mail_at (work->inclusive, m)->needed)
      count_mail (work, m, &counts);
  for (guint m = 0; m < work->inclusive->mails->len; m++)
    find_additions (work, m, &counts);
}

HeddleInclusive *
heddle_inclusive (const HeddleThread *thread, const GPtrArray *mails)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  HeddleInclusive *ret = g_new0 (HeddleInclusive, 1);
  Work work = { thread, ret, numbers, NULL };

  ret->mails = g_ptr_array_new_with_free_func (inclusive_mail_free);
  number_mails (&work, mails);
  work.holds = g_new (GArray *, MAX (ret->mails->len, 1));
  for (guint m = 0; m < ret->mails->len; m++)
    work.holds[m] = g_array_new (FALSE, FALSE, sizeof (Hold));
  for (guint i = 0; i < thread->messages->len; i++) {
    find_holds (&work, i);
    ret->unheld += ((const HeddleNode *)thread->messages->pdata[i])->evidence->len == 0 ? 1 : 0;
  }
  find_needed (&work);
  find_all_additions (&work);
  for (guint m = 0; m < ret->mails->len; m++)
    g_array_unref (work.holds[m]);
  g_free (work.holds);
  return ret;
}
