/* SPDX-License-Identifier: MIT */
#include "tests/followup/relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct _Relay {
  RelayManner manner;
  int listener;
  char *url;
  GThread *thread;
  GPtrArray *mails;
};

static void
mail_free (gpointer data)
{
  RelayMail *mail = data;

  if (mail == NULL)
    return;
  g_free (mail->sender);
  g_free (mail->rcpt);
  g_string_free (mail->bytes, TRUE);
  g_free (mail);
}

static void
say (FILE *out, const char *reply, const char *usual)
{
  fprintf (out, "%s\r\n", reply != NULL ? reply : usual);
  fflush (out);
}

static char *
bracketed (const char *line)
{
  const char *open = strchr (line, '<');

  return open == NULL ? g_strdup ("") : g_strndup (open + 1, strcspn (open + 1, ">"));
}

/* FALSE: the connection is to be dropped. */
static gboolean
take_data (Relay *relay, FILE *in, FILE *out, RelayMail *mail)
{
  char line[2048];

  for (int count = 1; fgets (line, sizeof line, in) != NULL; count++) {
    if (g_str_equal (line, ".\r\n")) {
      if (relay->manner.hang_up_after < 0)
        return FALSE;
      say (out, relay->manner.end, "250 2.0.0 queued");
      return TRUE;
    }
    g_string_append (mail->bytes, line + (*line == '.'));
    if (count == relay->manner.hang_up_after)
      return FALSE;
  }
  return FALSE;
}

static gboolean
accepted (const char *reply)
{
  return reply == NULL || *reply == '2' || *reply == '3';
}

static RelayMail *
mail_new (const char *line)
{
  RelayMail *mail = g_new0 (RelayMail, 1);

  mail->sender = bracketed (line);
  mail->bytes = g_string_new (NULL);
  return mail;
}

/* One line of the client's; FALSE ends the connection. */
static gboolean
take_line (Relay *relay, FILE *in, FILE *out, const char *line, RelayMail **mail)
{
  const RelayManner *manner = &relay->manner;

  if (g_str_has_prefix (line, "MAIL")) {
    mail_free (*mail);
    *mail = mail_new (line);
    say (out, manner->mail, "250 2.1.0 ok");
  } else if (g_str_has_prefix (line, "RCPT")) {
    g_autofree char *rcpt = bracketed (line);
    gboolean meant = manner->rcpt_for == NULL || g_str_equal (rcpt, manner->rcpt_for);

    say (out, meant ? manner->rcpt : NULL, "250 2.1.5 ok");
    (*mail)->rcpt = g_steal_pointer (&rcpt);
  } else if (g_str_has_prefix (line, "DATA")) {
    say (out, manner->data, "354 go on");
    if (!accepted (manner->data))
      return TRUE;
    if (!take_data (relay, in, out, *mail))
      return FALSE;
    if (accepted (manner->end))
      g_ptr_array_add (relay->mails, g_steal_pointer (mail));
  } else if (g_str_has_prefix (line, "QUIT")) {
    say (out, NULL, "221 bye");
    return FALSE;
  } else {
    say (out, NULL, g_str_has_prefix (line, "EHLO") ? "250 relay.example" : "250 ok");
  }
  return TRUE;
}

static void
serve (Relay *relay, int fd)
{
  FILE *in = fdopen (fd, "r"), *out = fdopen (dup (fd), "w");
  RelayMail *mail = NULL;
  char line[2048];

  say (out, relay->manner.greeting, "220 relay.example ESMTP");
  while (accepted (relay->manner.greeting) && fgets (line, sizeof line, in) != NULL
         && take_line (relay, in, out, line, &mail))
    ;
  mail_free (mail);
  fclose (in);
  fclose (out);
}

static gpointer
run (gpointer data)
{
  Relay *relay = data;
  int fd;

  while ((fd = accept (relay->listener, NULL, NULL)) >= 0)
    serve (relay, fd);
  return NULL;
}

static int
listen_somewhere (char **ret_url)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (0x7f000001) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *)&address, &length), ==, 0);
  *ret_url = g_strdup_printf ("smtp://127.0.0.1:%d", ntohs (address.sin_port));
  return fd;
}

Relay *
relay_start (const RelayManner *manner)
{
  Relay *relay = g_new0 (Relay, 1);

  signal (SIGPIPE, SIG_IGN); /* a client that hung up is no reason to die */
  relay->manner = *manner;
  relay->mails = g_ptr_array_new_with_free_func (mail_free);
  relay->listener = listen_somewhere (&relay->url);
  g_assert_cmpint (listen (relay->listener, 8), ==, 0);
  relay->thread = g_thread_new ("relay", run, relay);
  return relay;
}

const char *
relay_url (const Relay *relay)
{
  return relay->url;
}

GPtrArray *
relay_stop (Relay *relay)
{
  GPtrArray *mails = relay->mails;

  /* Wakes accept(), which close() would not. */
  shutdown (relay->listener, SHUT_RDWR);
  g_thread_join (relay->thread);
  close (relay->listener);
  g_free (relay->url);
  g_free (relay);
  return mails;
}

char *
relay_nobody (void)
{
  char *url = NULL;

  close (listen_somewhere (&url));
  return url;
}
