/* SPDX-License-Identifier: MIT */
/* threads/gaps: what a conversation speaks of and nobody has shown us.
 *
 * Messages: the nodes that merging made of Message-IDs which others answer or refer to.
 * They were sent later than all that they answer and earlier than all that answers or
 * names them. A clock without a zone may be off by as much as zones are, so that a bound
 * that is given holds in every zone.
 *
 * Attachments: files that a text names, whose bytes came under that name with no message
 * of the conversation (blanks, marks and case of names aside, which clients change), and
 * sentences that say that something came along, where nothing did: neither with the
 * message nor with a mail that carried it on.
 *
 * Not handled: that a file that came under another name is the one that is missing. */
#include "threads/clock.h"
#include "threads/gap-ask.h"

#include <string.h>

typedef struct {
  const HeddleThread *thread;
  const HeddleConfig *config; /* (nullable) */
  GPtrArray *gaps;
  int *gap_of;           /* by message: the gap of a missing one, -1 */
  int *carriers;         /* by message: who came as the mail in which it stands, -1 */
  gboolean *carried;     /* by message: bytes came with a mail that carries it on */
  HeddleTime *earliest;  /* by message: by its own clock, or NONE */
  HeddleTime *latest;
  HeddleTime *after, *before; /* by message: what stands above and below it say */
} Work;

static const HeddleNode *
node_at (const HeddleThread *thread, guint i)
{
  return thread->messages->pdata[i];
}

/* --- the life of a gap ------------------------------------------------------------ */

static void
evidence_free (gpointer data)
{
  HeddleGapEvidence *evidence = data;
  g_free (evidence->mail);
  g_free (evidence->text);
  g_free (evidence);
}

void
heddle_gap_free (HeddleGap *gap)
{
  if (gap == NULL)
    return;
  g_free (gap->name);
  g_ptr_array_unref (gap->evidence);
  heddle_person_free (gap->likely_author);
  heddle_person_free (gap->ask);
  g_free (gap->sentence);
  g_free (gap);
}

const char *
heddle_gap_kind_name (HeddleGapKind kind)
{
  return kind == HEDDLE_GAP_MESSAGE ? "message" : "attachment";
}

const char *
heddle_gap_reason_name (HeddleGapReason reason)
{
  static const char *const names[] = { "answers", "refers", "names", "captions", "says" };
  return names[reason];
}

static HeddleGap *
gap_new (HeddleGapKind kind, guint message)
{
  HeddleGap *gap = g_new0 (HeddleGap, 1);
  gap->kind = kind;
  gap->message = message;
  gap->after = gap->before = HEDDLE_TIME_NONE;
  gap->evidence = g_ptr_array_new_with_free_func (evidence_free);
  return gap;
}

/* The mail that shows @node best: the mail itself, else that whose text was taken. */
static const char *
mail_of (const HeddleNode *node)
{
  for (guint i = 0; i < node->evidence->len; i++) {
    const HeddleEvidence *evidence = node->evidence->pdata[i];
    if (evidence->received)
      return evidence->mail;
  }
  return node->best >= 0 ? ((const HeddleEvidence *)node->evidence->pdata[node->best])->mail : NULL;
}

static void
add_evidence (const Work *work, HeddleGap *gap, guint message, HeddleGapReason reason,
              const char *text)
{
  HeddleGapEvidence *evidence = g_new0 (HeddleGapEvidence, 1);
  evidence->message = message;
  evidence->mail = g_strdup (mail_of (node_at (work->thread, message)));
  evidence->reason = reason;
  evidence->text = g_strdup (text);
  g_ptr_array_add (gap->evidence, evidence);
}

/* --- times -------------------------------------------------------------------------- */

static void
read_clock (const HeddleDate *date, HeddleTime *earliest, HeddleTime *latest)
{
  *earliest = *latest = HEDDLE_TIME_NONE;
  if (date == NULL || (!date->has_utc && !date->has_local))
    return;
  gint64 seconds = date->has_utc ? date->utc : heddle_wall_seconds (&date->local);
  gint64 span = date->precision == HEDDLE_PRECISION_DAY      ? 24 * 3600 - 1
                : date->precision == HEDDLE_PRECISION_MINUTE ? 59
                                                             : 0;
  *earliest = seconds - (date->has_utc ? 0 : HEDDLE_CLOCK_EAST * 60);
  *latest = seconds + span + (date->has_utc ? 0 : HEDDLE_CLOCK_WEST * 60);
}

/* The later (@sign 1) or earlier (-1) of two, either of which may be NONE. */
static HeddleTime
bound (HeddleTime a, HeddleTime b, int sign)
{
  if (a == HEDDLE_TIME_NONE || b == HEDDLE_TIME_NONE)
    return a == HEDDLE_TIME_NONE ? b : a;
  return (sign > 0) == (a > b) ? a : b;
}

/* Messages so that each stands behind its parent; loops there are none. */
static guint *
parents_first (const HeddleThread *thread)
{
  guint n = thread->messages->len, filled = 0;
  guint *order = g_new (guint, MAX (n, 1));
  g_autofree int *child = g_new (int, MAX (n, 1)), *sibling = g_new (int, MAX (n, 1));

  memset (child, -1, MAX (n, 1) * sizeof *child);
  for (guint i = 0; i < n; i++) {
    int parent = node_at (thread, i)->parent;
    if (parent < 0) {
      order[filled++] = i;
      continue;
    }
    sibling[i] = child[parent];
    child[parent] = (int)i;
  }
  for (guint at = 0; at < filled; at++)
    for (int c = child[order[at]]; c >= 0; c = sibling[c])
      order[filled++] = (guint)c;
  return order;
}

static void
find_bounds (Work *work)
{
  guint n = work->thread->messages->len;
  g_autofree guint *order = parents_first (work->thread);

  for (guint i = 0; i < n; i++) {
    read_clock (node_at (work->thread, i)->message->date, &work->earliest[i], &work->latest[i]);
    work->after[i] = work->before[i] = HEDDLE_TIME_NONE;
  }
  for (guint k = 0; k < n; k++) {
    guint i = order[k];
    int up = node_at (work->thread, i)->parent;
    if (up >= 0)
      work->after[i] = bound (work->after[up], work->earliest[up], 1);
  }
  for (guint k = n; k-- > 0;) {
    guint i = order[k];
    int up = node_at (work->thread, i)->parent;
    if (up >= 0)
      work->before[up]
          = bound (work->before[up], bound (work->before[i], work->latest[i], -1), -1);
  }
}

/* --- missing messages ----------------------------------------------------------------- */

static gboolean
is_missing (const HeddleNode *node)
{
  return node->message->kind == HEDDLE_KIND_MISSING;
}

static GHashTable *
missing_by_name (const HeddleThread *thread)
{
  GHashTable *ret = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < thread->messages->len; i++) {
    const HeddleNode *node = node_at (thread, i);
    if (is_missing (node) && node->message->message_id != NULL)
      g_hash_table_insert (ret, node->message->message_id, GUINT_TO_POINTER (i + 1));
  }
  return ret;
}

static void
add_referrer (Work *work, GHashTable *missing, guint i, const char *id, guint *seen)
{
  guint found = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (missing, id)) : 0;
  if (found == 0 || seen[found - 1] == i + 1
      || node_at (work->thread, i)->parent == (int)found - 1)
    return;
  seen[found - 1] = i + 1;
  HeddleGap *gap = work->gaps->pdata[work->gap_of[found - 1]];
  add_evidence (work, gap, i, HEDDLE_GAP_REFERS, NULL);
  gap->before = bound (gap->before, work->latest[i], -1);
}

static void
add_referrers (Work *work)
{
  guint n = work->thread->messages->len;
  g_autoptr (GHashTable) missing = missing_by_name (work->thread);
  g_autofree guint *seen = g_new0 (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++) {
    const HeddleNode *node = node_at (work->thread, i);
    if (!is_missing (node) && node->parent >= 0 && work->gap_of[node->parent] >= 0)
      add_evidence (work, work->gaps->pdata[work->gap_of[node->parent]], i, HEDDLE_GAP_ANSWERS, NULL);
  }
  for (guint i = 0; i < n; i++) {
    const HeddleMessage *message = node_at (work->thread, i)->message;
    for (guint k = 0; k < message->references->len; k++)
      add_referrer (work, missing, i, message->references->pdata[k], seen);
    add_referrer (work, missing, i, message->in_reply_to, seen);
  }
}

/* --- who wrote it ------------------------------------------------------------------------ */

/* The only one whom @message addresses besides its author; NULL where there are several
 * or none. */
static const HeddlePerson *
only_addressee (const HeddleMessage *message)
{
  const HeddlePerson *only = NULL;

  for (guint i = 0; i < message->to->len; i++) {
    const HeddlePerson *person = message->to->pdata[i];
    if (heddle_gap_same_person (person, message->from))
      continue;
    if (!heddle_gap_is_known (person)
        || (only != NULL && !heddle_gap_same_person (only, person)))
      return NULL;
    only = only != NULL ? only : person;
  }
  return only;
}

static gboolean
addresses (const HeddleMessage *message, const HeddlePerson *person)
{
  const GPtrArray *lists[] = { message->to, message->cc };

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = 0; i < lists[list]->len; i++)
      if (heddle_gap_same_person (lists[list]->pdata[i], person))
        return TRUE;
  return FALSE;
}

static gboolean
same_host (const char *a, const char *b)
{
  const char *x = a != NULL ? strrchr (a, '@') : NULL, *y = b != NULL ? strrchr (b, '@') : NULL;
  return x != NULL && y != NULL && g_ascii_strcasecmp (x, y) == 0;
}

/* Whom all of the answers in @gap address: an answer goes to who wrote. But who goes on
 * after a message of their own addresses the same people again; then the Message-ID is
 * of their own host. */
static const HeddlePerson *
likely_author (const Work *work, const HeddleGap *gap)
{
  const char *id = node_at (work->thread, gap->message)->message->message_id;
  const HeddlePerson *likely = NULL;
  guint n = 0;

  for (; n < gap->evidence->len; n++) {
    const HeddleGapEvidence *evidence = gap->evidence->pdata[n];
    if (evidence->reason != HEDDLE_GAP_ANSWERS)
      break;
    if (likely == NULL)
      likely = only_addressee (node_at (work->thread, evidence->message)->message);
  }
  for (guint i = 0; likely != NULL && i < n; i++) {
    const HeddleGapEvidence *evidence = gap->evidence->pdata[i];
    const HeddleMessage *message = node_at (work->thread, evidence->message)->message;
    if (heddle_gap_same_person (message->from, likely))
      continue; /* went on after their own */
    if (!addresses (message, likely)
        || (message->from != NULL && same_host (id, message->from->address)
            && !same_host (id, likely->address)))
      return NULL;
  }
  return likely;
}

static void
find_messages (Work *work)
{
  for (guint i = 0; i < work->thread->messages->len; i++) {
    work->gap_of[i] = -1;
    if (!is_missing (node_at (work->thread, i)))
      continue;
    HeddleGap *gap = gap_new (HEDDLE_GAP_MESSAGE, i);
    gap->after = work->after[i];
    gap->before = work->before[i];
    work->gap_of[i] = (int)work->gaps->len;
    g_ptr_array_add (work->gaps, gap);
  }
  if (work->gaps->len == 0)
    return;
  add_referrers (work);
  for (guint i = 0; i < work->gaps->len; i++) {
    HeddleGap *gap = work->gaps->pdata[i];
    if (gap->after != HEDDLE_TIME_NONE && gap->before != HEDDLE_TIME_NONE && gap->after > gap->before)
      gap->after = gap->before = HEDDLE_TIME_NONE;
    gap->likely_author = heddle_person_copy (likely_author (work, gap));
  }
}

/* --- attachments ------------------------------------------------------------------------- */

/* What clients leave of a file's name: its letters and digits (transfer full). */
static char *
name_key (const char *name)
{
  g_autofree char *folded = heddle_text_fold (name);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_isalnum (c) || g_unichar_ismark (c))
      g_string_append_unichar (out, c);
  }
  return out->len > 0 ? g_string_free (out, FALSE)
                      : (g_string_free (out, TRUE), g_strdup (folded));
}

static gboolean
has_bytes (const HeddleMessage *message)
{
  for (guint i = 0; i < message->attachments->len; i++)
    if (((const HeddleAttachment *)message->attachments->pdata[i])->kind == HEDDLE_ATTACHMENT_PART)
      return TRUE;
  return FALSE;
}

/* Who carried what: the message as which a mail came, for all that stands in it. */
static void
find_carriers (Work *work)
{
  const HeddleThread *thread = work->thread;
  g_autoptr (GHashTable) received = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < thread->messages->len; i++) {
    const HeddleNode *node = node_at (thread, i);
    for (guint k = 0; k < node->evidence->len; k++) {
      const HeddleEvidence *evidence = node->evidence->pdata[k];
      if (evidence->received)
        g_hash_table_insert (received, evidence->mail, GUINT_TO_POINTER (i + 1));
    }
  }
  for (guint i = 0; i < thread->messages->len; i++) {
    const HeddleNode *node = node_at (thread, i);
    work->carriers[i] = -1;
    for (guint k = 0; k < node->evidence->len; k++) {
      const HeddleEvidence *evidence = node->evidence->pdata[k];
      guint by = GPOINTER_TO_UINT (g_hash_table_lookup (received, evidence->mail));
      if (by == 0 || by - 1 == i)
        continue;
      if (work->carriers[i] < 0)
        work->carriers[i] = (int)by - 1;
      /* A forward takes files along, an answer leaves them out. */
      if (node->message->kind == HEDDLE_KIND_FORWARD
          || (node_at (thread, by - 1)->parent == (int)i
              && node->message->kind == HEDDLE_KIND_ATTACHED))
        work->carried[i] = work->carried[i] || has_bytes (node_at (thread, by - 1)->message);
    }
  }
}

static HeddleGap *
file_gap (Work *work, guint message, const char *name)
{
  const HeddlePerson *author = node_at (work->thread, message)->message->from;
  HeddleGap *gap = gap_new (HEDDLE_GAP_ATTACHMENT, message);

  gap->name = g_strdup (name);
  gap->after = work->earliest[message];
  gap->before = work->latest[message];
  gap->likely_author = heddle_gap_is_known (author) ? heddle_person_copy (author) : NULL;
  g_ptr_array_add (work->gaps, gap);
  return gap;
}

/* @open: by the key of a name, its gap. Returns whether @message names any file. */
static gboolean
find_named (Work *work, guint i, GHashTable *came, GHashTable *open)
{
  const GPtrArray *attachments = node_at (work->thread, i)->message->attachments;
  gboolean any = FALSE;

  for (guint k = 0; k < attachments->len; k++) {
    const HeddleAttachment *attachment = attachments->pdata[k];
    if (attachment->kind != HEDDLE_ATTACHMENT_MENTIONED || attachment->name == NULL)
      continue;
    any = TRUE;
    char *key = name_key (attachment->name);
    HeddleGap *gap = g_hash_table_lookup (open, key);
    if (g_hash_table_contains (came, key)) {
      g_free (key);
      continue;
    }
    if (gap == NULL) {
      gap = file_gap (work, i, attachment->name);
      g_hash_table_insert (open, g_steal_pointer (&key), gap);
    }
    add_evidence (work, gap, i,
                  attachment->caption != NULL ? HEDDLE_GAP_CAPTIONS : HEDDLE_GAP_NAMES,
                  attachment->caption);
    g_free (key);
  }
  return any;
}

static void
find_attachments (Work *work)
{
  const HeddleThread *thread = work->thread;
  g_autoptr (GHashTable) came = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < thread->messages->len; i++) {
    const GPtrArray *attachments = node_at (thread, i)->message->attachments;
    for (guint k = 0; k < attachments->len; k++) {
      const HeddleAttachment *attachment = attachments->pdata[k];
      if (attachment->kind == HEDDLE_ATTACHMENT_PART && attachment->name != NULL)
        g_hash_table_add (came, name_key (attachment->name));
    }
  }
  for (guint i = 0; i < thread->messages->len; i++) {
    const HeddleMessage *message = node_at (thread, i)->message;
    if (find_named (work, i, came, open) || has_bytes (message) || work->carried[i]
        || message->encrypted || message->text == NULL)
      continue;
    g_autofree char *sentence = heddle_enclosed_sentence (message->text);
    if (sentence != NULL)
      add_evidence (work, file_gap (work, i, NULL), i, HEDDLE_GAP_SAYS, sentence);
  }
}

/* --- all ------------------------------------------------------------------------------------ */

GPtrArray *
heddle_gaps (const HeddleThread *thread, const HeddleConfig *config)
{
  guint n = MAX (thread->messages->len, 1);
  g_autofree int *gap_of = g_new (int, n), *carriers = g_new (int, n);
  g_autofree gboolean *carried = g_new0 (gboolean, n);
  g_autofree HeddleTime *earliest = g_new (HeddleTime, n), *latest = g_new (HeddleTime, n);
  g_autofree HeddleTime *after = g_new (HeddleTime, n), *before = g_new (HeddleTime, n);
  Work work = { thread,   config,  g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_gap_free),
                gap_of,   carriers, carried,
                earliest, latest,   after,
                before };

  find_bounds (&work);
  find_carriers (&work);
  find_messages (&work);
  find_attachments (&work);
  for (guint i = 0; i < work.gaps->len; i++)
    heddle_gap_ask (thread, config, carriers, work.gaps->pdata[i]);
  return work.gaps;
}
