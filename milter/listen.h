/* SPDX-License-Identifier: MIT */
/* listen: the milter's socket. Within milter/ only. */
#ifndef HEDDLE_MILTER_LISTEN_H
#define HEDDLE_MILTER_LISTEN_H

#include <glib.h>

#define HEDDLE_LISTEN_ERROR (heddle_listen_error_quark ())
GQuark heddle_listen_error_quark (void);
typedef enum {
  HEDDLE_LISTEN_ERROR_ADDRESS, /* not one that can be listened on */
  HEDDLE_LISTEN_ERROR_IN_USE,  /* somebody answers there */
} HeddleListenError;

/* @address in the form that libmilter knows (transfer full): "unix:/path",
 * "inet:port@host", "inet6:port@host", "fd:3". The form of Postfix, "inet:host:port",
 * is taken too; a port alone is on 127.0.0.1. Fails with ADDRESS. */
char *heddle_listen_address (const char *address, GError **error);

/* Listen on @address, of the form above, after smfi_register(). A socket file that
 * nobody answers on is replaced, one that somebody answers on is not. A new one is
 * open to the owner and @group ((nullable): the program's). */
gboolean heddle_listen_open (const char *address, const char *group, GError **error);

/* Remove the socket file of heddle_listen_open(), unless another has taken its
 * place: libmilter leaves it. */
void heddle_listen_close (const char *address);

#endif
