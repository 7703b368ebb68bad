/* SPDX-License-Identifier: MIT */
/* A message that was only ever quoted, as a mail (RFC 5322) that says that it is none.
 *
 * "X-Heddle-Reconstructed: yes" and the mails it was read from stand in its head. What is
 * not known is said to be so, for From and Date must stand there: an address below
 * reconstructed.heddle.invalid, a name that no mail can come from (RFC 2606); a wall clock
 * without a zone under "-0000" (RFC 5322, 3.3), the first second of 1970 where there is no
 * date at all; X-Heddle-Date says which. The Message-ID is of that domain too, so it never
 * stands for the message's own, and whoever ingests the mail takes it for no more than a
 * quotation (threads/fill.c).
 * Not handled: attachments, whose bytes are in the mails that show them. */
#include "cli/export.h"

#include <string.h>

#define DOMAIN "reconstructed.heddle.invalid"
#define WORD_BYTES 42 /* of text in an encoded word, which may be 75 long (RFC 2047, 2) */

static gboolean
is_plain (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (*at < 0x20 || *at > 0x7e)
      return FALSE;
  /* What looks like an encoded word would be read as one. */
  return strstr (text, "=?") == NULL && strlen (text) <= 200;
}

/* Encoded words, one a line. */
static void
add_encoded (GString *out, const char *text)
{
  for (const char *at = text, *end; *at != '\0'; at = end) {
    for (end = at; *end != '\0' && g_utf8_next_char (end) - at <= WORD_BYTES;)
      end = g_utf8_next_char (end);
    g_autofree char *word = g_base64_encode ((const guchar *)at, (gsize)(end - at));
    g_string_append_printf (out, "%s=?utf-8?B?%s?=", at == text ? "" : "\n ", word);
  }
}

static void
add_field (GString *out, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_autofree char *clean = heddle_clean (value, TRUE);
  g_string_append_printf (out, "%s: ", name);
  if (is_plain (clean))
    g_string_append (out, clean);
  else
    add_encoded (out, clean);
  g_string_append_c (out, '\n');
}

/* Whether @address can stand between angle brackets as it is. */
static gboolean
is_address (const char *address)
{
  const char *at = address != NULL ? strchr (address, '@') : NULL;
  if (at == NULL || at == address || at[1] == '\0' || strlen (address) > 254)
    return FALSE;
  for (const char *c = address; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && c != at
        && strchr (c < at ? ".!#$%&'*+-/=?^_`{|}~" : ".-", *c) == NULL)
      return FALSE;
  return TRUE;
}

static void
add_person (GString *out, const HeddlePerson *person)
{
  const char *name = person != NULL ? person->name : NULL;
  const char *address = person != NULL ? person->address : NULL;
  gboolean odd = address != NULL && !is_address (address);
  g_autofree char *clean = heddle_clean (name != NULL ? name : odd ? address : "", TRUE);
  if (*clean != '\0' && is_plain (clean)) {
    g_string_append_c (out, '"');
    for (const char *at = clean; *at != '\0'; at++) {
      if (*at == '"' || *at == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
    g_string_append (out, "\" ");
  } else if (*clean != '\0') {
    add_encoded (out, clean);
    g_string_append (out, "\n ");
  }
  const char *why
      = person == NULL || !person->redacted ? "unknown@" DOMAIN : "withheld@" DOMAIN;
  g_string_append_printf (out, "<%s>\n", address != NULL && !odd ? address : why);
}

static void
add_people (GString *out, const char *name, const GPtrArray *people)
{
  for (guint i = 0; i < people->len; i++) {
    g_string_append_printf (out, i == 0 ? "%s: " : "", name);
    g_string_append (out, i > 0 ? " " : "");
    add_person (out, people->pdata[i]);
    if (i + 1 < people->len) /* the comma belongs before the line end */
      g_string_insert_c (out, (gssize)out->len - 1, ',');
  }
}

static void
add_date (GString *out, const HeddleDate *date)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[]
      = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  gboolean utc = date != NULL && date->has_utc, local = !utc && date != NULL && date->has_local;
  const HeddleWall *w = local ? &date->local : NULL;
  g_autoptr (GDateTime) time
      = utc     ? g_date_time_new_from_unix_utc (date->utc)
        : local ? g_date_time_new_utc (w->year, w->month, w->day, w->hour, w->minute, w->second)
                : NULL;
  gboolean known = time != NULL;
  if (!known)
    time = g_date_time_new_from_unix_utc (0);
  g_string_append_printf (out, "Date: %s, %02d %s %04d %02d:%02d:%02d %s\n",
                          days[g_date_time_get_day_of_week (time) - 1],
                          g_date_time_get_day_of_month (time),
                          months[g_date_time_get_month (time) - 1], g_date_time_get_year (time),
                          g_date_time_get_hour (time), g_date_time_get_minute (time),
                          (int)g_date_time_get_second (time), known && utc ? "+0000" : "-0000");
  g_autofree char *said = date == NULL ? g_strdup ("unknown")
                                       : g_strdup_printf ("%s%s", date->raw,
                                                          !known           ? " (not understood)"
                                                          : !utc           ? " (zone unknown)"
                                                          : date->inferred ? " (zone inferred)"
                                                                           : "");
  add_field (out, "X-Heddle-Date", said);
}

static void
add_evidence (GString *out, const HeddleNode *node)
{
  g_string_append (out, "X-Heddle-Reconstructed: yes\n");
  for (guint i = 0; i < node->evidence->len; i++) {
    const HeddleEvidence *evidence = node->evidence->pdata[i];
    g_string_append_printf (out, "X-Heddle-Evidence: %s; index=%u\n", evidence->mail,
                            evidence->index);
  }
  add_field (out, "X-Heddle-Message-ID", node->message->message_id);
}

static void
add_body (GString *out, const HeddleMessage *message)
{
  g_autoptr (GString) text = g_string_new (message->text);
  if (message->signature != NULL)
    g_string_append_printf (text, "\n\n-- \n%s", message->signature);
  g_string_append_c (text, '\n');
  g_string_append (out, "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                        "Content-Transfer-Encoding: base64\n\n");
  g_autofree char *body = g_base64_encode ((const guchar *)text->str, text->len);
  for (const char *at = body; *at != '\0'; at += strnlen (at, 76))
    g_string_append_printf (out, "%.76s\n", at);
}

char *
heddle_export_mail (const HeddleThread *thread, const HeddleNode *node)
{
  const HeddleMessage *message = node->message;
  GString *out = g_string_new ("From: ");
  add_person (out, message->from);
  add_people (out, "To", message->to);
  add_people (out, "Cc", message->cc);
  add_field (out, "Subject", message->subject);
  add_date (out, message->date);
  g_string_append_printf (out, "Message-ID: <%s@" DOMAIN ">\n", node->id);
  if (node->parent >= 0) {
    const HeddleNode *parent = thread->messages->pdata[node->parent];
    const char *id = parent->message->message_id;
    gboolean own = is_address (id);
    g_string_append_printf (out, "In-Reply-To: <%s%s>\n", own ? id : parent->id,
                            own ? "" : "@" DOMAIN);
  }
  add_evidence (out, node);
  add_body (out, message);
  return g_string_free (out, FALSE);
}
