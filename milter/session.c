/* SPDX-License-Identifier: MIT */
/* session: what the MTA says and what it is answered.
 *
 * A connection lives from the first callback to close and carries one mail after
 * another. A mail that names no inbox is let go at DATA, so that its text never
 * comes here. One that does is written to the spool as it comes, and answered at
 * its end, when it is durable; whatever fails is 451, never a refusal for good: the
 * sender comes again. libmilter may run one session on several threads: nothing
 * here is kept but in its context.
 *
 * Postfix answers its client only after us, and may still fail then: the client
 * sends again what we have. That is the worker's to notice.
 */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <libmilter/mfapi.h>

#include "milter/gate.h"
#include "milter/message.h"
#include "milter/session.h"

typedef struct {
  char *client, *helo, *daemon; /* (nullable) */
  gboolean counted;             /* one of the open sessions */
  gboolean lead_space;          /* values come with their leading blank */
  sfsistat header, eoh, body;   /* what these callbacks return, always */
  HeddleMilterMessage *message; /* (nullable) between MAIL and the mail's end */
} Connection;

/* libmilter's callbacks carry no argument of ours. Set once before it runs. */
static struct {
  const HeddleConfig *config;
  HeddleSpool *spool;
  gboolean quiet;
} milter;
static int open_sessions;

static Connection *
connection_of (SMFICTX *ctx)
{
  Connection *connection = smfi_getpriv (ctx);
  if (connection != NULL)
    return connection;
  connection = g_new0 (Connection, 1);
  connection->header = connection->eoh = connection->body = SMFIS_CONTINUE;
  smfi_setpriv (ctx, connection);
  return connection;
}

static void
end_message (Connection *connection)
{
  g_clear_pointer (&connection->message, heddle_milter_message_free);
}

static char *
macro (SMFICTX *ctx, const char *name)
{
  char symbol[32];
  g_strlcpy (symbol, name, sizeof symbol);
  return g_strdup (smfi_getsymval (ctx, symbol));
}

static sfsistat
try_again (SMFICTX *ctx)
{
  (void) smfi_setreply (ctx, (char *) "451", (char *) "4.3.0",
                        (char *) "The archive cannot keep this mail now, try again later");
  return SMFIS_TEMPFAIL;
}

/* --- the connection ------------------------------------------------------------- */

static sfsistat
on_negotiate (SMFICTX *ctx, unsigned long actions, unsigned long steps, unsigned long f2,
              unsigned long f3, unsigned long *ret_actions, unsigned long *ret_steps,
              unsigned long *ret2, unsigned long *ret3)
{
  Connection *connection = connection_of (ctx);
  unsigned long want = SMFIP_NOUNKNOWN | SMFIP_HDR_LEADSPC;
  if (milter.quiet)
    want |= SMFIP_NR_HDR | SMFIP_NR_EOH | SMFIP_NR_BODY;
  want &= steps;
  connection->lead_space = (want & SMFIP_HDR_LEADSPC) != 0;
  connection->header = (want & SMFIP_NR_HDR) != 0 ? SMFIS_NOREPLY : SMFIS_CONTINUE;
  connection->eoh = (want & SMFIP_NR_EOH) != 0 ? SMFIS_NOREPLY : SMFIS_CONTINUE;
  connection->body = (want & SMFIP_NR_BODY) != 0 ? SMFIS_NOREPLY : SMFIS_CONTINUE;
  *ret_actions = actions & SMFIF_DELRCPT;
  *ret_steps = want;
  *ret2 = *ret3 = 0;
  return SMFIS_CONTINUE;
}

static char *
address_text (const _SOCK_ADDR *address)
{
  char text[INET6_ADDRSTRLEN];
  const void *raw = NULL;
  if (address != NULL && address->sa_family == AF_INET)
    raw = &((const struct sockaddr_in *) (const void *) address)->sin_addr;
  else if (address != NULL && address->sa_family == AF_INET6)
    raw = &((const struct sockaddr_in6 *) (const void *) address)->sin6_addr;
  return raw == NULL ? NULL : g_strdup (inet_ntop (address->sa_family, raw, text, sizeof text));
}

static sfsistat
on_connect (SMFICTX *ctx, char *host, _SOCK_ADDR *address)
{
  Connection *connection = connection_of (ctx);
  g_free (connection->client);
  g_free (connection->daemon);
  connection->client = address_text (address);
  connection->daemon = macro (ctx, "{daemon_name}");
  if (!connection->counted) {
    connection->counted = TRUE;
    g_atomic_int_inc (&open_sessions);
  }
  if (g_atomic_int_get (&open_sessions) <= milter.config->milter.max_sessions)
    return SMFIS_CONTINUE;
  heddle_log (HEDDLE_LOG_WARNING, "session-refused", "cause", "more than milter.max-sessions",
              NULL);
  return SMFIS_TEMPFAIL;
}

static sfsistat
on_helo (SMFICTX *ctx, char *name)
{
  Connection *connection = connection_of (ctx);
  g_free (connection->helo);
  connection->helo = g_strdup (name);
  return SMFIS_CONTINUE;
}

static sfsistat
on_close (SMFICTX *ctx)
{
  Connection *connection = smfi_getpriv (ctx);
  if (connection == NULL)
    return SMFIS_CONTINUE;
  smfi_setpriv (ctx, NULL);
  if (connection->counted)
    (void) g_atomic_int_dec_and_test (&open_sessions);
  end_message (connection);
  g_free (connection->client);
  g_free (connection->helo);
  g_free (connection->daemon);
  g_free (connection);
  return SMFIS_CONTINUE;
}

/* --- the envelope --------------------------------------------------------------------- */

static sfsistat
on_sender (SMFICTX *ctx, char **argv)
{
  Connection *connection = connection_of (ctx);
  end_message (connection);
  connection->message = heddle_milter_message_new ((guint64) milter.config->milter.max_bytes);
  HeddleSpoolEnvelope *envelope = connection->message->envelope;
  envelope->sender = heddle_gate_address (argv[0]);
  envelope->auth = macro (ctx, "{auth_authen}");
  envelope->auth_type = macro (ctx, "{auth_type}");
  envelope->client = g_strdup (connection->client);
  envelope->helo = g_strdup (connection->helo);
  envelope->daemon = g_strdup (connection->daemon);
  envelope->received = heddle_time_now ();
  return SMFIS_CONTINUE;
}

static sfsistat
on_recipient (SMFICTX *ctx, char **argv)
{
  HeddleMilterMessage *message = connection_of (ctx)->message;
  if (message == NULL)
    return try_again (ctx);
  g_autofree char *address = heddle_gate_address (argv[0]);
  if (heddle_gate_match ((const char *const *) milter.config->milter.inboxes, address)) {
    g_ptr_array_add (message->envelope->rcpts, g_steal_pointer (&address));
    g_ptr_array_add (message->inboxes, g_strdup (argv[0]));
  } else {
    message->others++;
  }
  return SMFIS_CONTINUE;
}

/* --- the mail ---------------------------------------------------------------------------- */

static sfsistat
fail (SMFICTX *ctx, Connection *connection)
{
  const GError *trouble = connection->message->trouble;
  g_autofree char *queue = macro (ctx, "i");
  heddle_log (HEDDLE_LOG_ERROR, "mail-not-kept", "queue", queue, "cause",
              trouble != NULL ? trouble->message : "out of turn", NULL);
  end_message (connection);
  return try_again (ctx);
}

static sfsistat
on_data (SMFICTX *ctx)
{
  Connection *connection = connection_of (ctx);
  HeddleMilterMessage *message = connection->message;
  if (message == NULL)
    return try_again (ctx);
  if (message->inboxes->len == 0) {
    end_message (connection);
    return SMFIS_ACCEPT;
  }
  heddle_milter_message_begin (message, milter.spool);
  return message->writer == NULL ? fail (ctx, connection) : SMFIS_CONTINUE;
}

static sfsistat
on_header (SMFICTX *ctx, char *name, char *value)
{
  Connection *connection = connection_of (ctx);
  if (connection->message != NULL)
    heddle_milter_message_header (connection->message, name, value, !connection->lead_space);
  return connection->header;
}

static sfsistat
on_end_of_header (SMFICTX *ctx)
{
  Connection *connection = connection_of (ctx);
  if (connection->message != NULL)
    heddle_milter_message_body (connection->message, "\r\n", 2);
  return connection->eoh;
}

static sfsistat
on_body (SMFICTX *ctx, unsigned char *bytes, size_t length)
{
  Connection *connection = connection_of (ctx);
  if (connection->message != NULL)
    heddle_milter_message_body (connection->message, bytes, length);
  return connection->body;
}

/* The mail is ours alone now: its delivery ends here, at least for the inboxes. A
 * recipient that the MTA will not take away gets the mail, which harms nobody. */
static sfsistat
take_over (SMFICTX *ctx, const HeddleMilterMessage *message)
{
  if (message->others == 0)
    return SMFIS_DISCARD;
  for (guint i = 0; i < message->inboxes->len; i++)
    if (smfi_delrcpt (ctx, g_ptr_array_index (message->inboxes, i)) != MI_SUCCESS)
      heddle_log (HEDDLE_LOG_WARNING, "recipient-stays", "cause", "the MTA refused", NULL);
  return SMFIS_ACCEPT;
}

static sfsistat
on_end_of_message (SMFICTX *ctx)
{
  Connection *connection = connection_of (ctx);
  HeddleMilterMessage *message = connection->message;
  if (message == NULL)
    return try_again (ctx);
  message->envelope->queue_id = macro (ctx, "i");
  g_autofree char *entry = NULL;
  if (!heddle_milter_message_commit (message, &entry))
    return fail (ctx, connection);
  char size[24];
  g_snprintf (size, sizeof size, "%" G_GUINT64_FORMAT, message->size);
  heddle_log (HEDDLE_LOG_INFO, "mail-kept", "entry", entry, "queue",
              message->envelope->queue_id, "bytes", size, NULL);
  sfsistat answer = milter.config->milter.discard ? take_over (ctx, message) : SMFIS_ACCEPT;
  end_message (connection);
  return answer;
}

static sfsistat
on_abort (SMFICTX *ctx)
{
  Connection *connection = smfi_getpriv (ctx);
  if (connection != NULL)
    end_message (connection);
  return SMFIS_CONTINUE;
}

gboolean
heddle_session_register (const HeddleConfig *config, HeddleSpool *spool, gboolean quiet)
{
  static char name[] = "heddle-milter";
  milter.config = config;
  milter.spool = spool;
  milter.quiet = quiet;
  /* on_data is there for more than its work: over TCP Postfix stalls for 40 ms a mail
   * when DATA is not answered. */
  struct smfiDesc description = {
    .xxfi_name = name,
    .xxfi_version = SMFI_VERSION,
    .xxfi_flags = SMFIF_DELRCPT,
    .xxfi_connect = on_connect,
    .xxfi_helo = on_helo,
    .xxfi_envfrom = on_sender,
    .xxfi_envrcpt = on_recipient,
    .xxfi_header = on_header,
    .xxfi_eoh = on_end_of_header,
    .xxfi_body = on_body,
    .xxfi_eom = on_end_of_message,
    .xxfi_abort = on_abort,
    .xxfi_close = on_close,
    .xxfi_data = on_data,
    .xxfi_negotiate = on_negotiate,
  };
  return smfi_register (description) == MI_SUCCESS;
}
