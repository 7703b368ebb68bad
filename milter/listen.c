/* SPDX-License-Identifier: MIT */
/* listen: the milter's socket.
 *
 * libmilter says little of what goes wrong and removes any file that stands in its
 * way, so all that can be asked is asked before it is let loose. Between asking and
 * listening somebody else may still come; libmilter fails then. */
#include "config.h"

#include <errno.h>
#include <grp.h>
#include <netdb.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <libmilter/mfapi.h>

#include "milter/listen.h"

G_DEFINE_QUARK (heddle-listen-error-quark, heddle_listen_error)

/* The socket file that is ours. */
static struct stat ours;

static gboolean
bad_address (GError **error, const char *address, const char *why)
{
  g_set_error (error, HEDDLE_LISTEN_ERROR, HEDDLE_LISTEN_ERROR_ADDRESS, "cannot listen on %s: %s",
               address, why);
  return FALSE;
}

static gboolean
in_use (GError **error, const char *address)
{
  g_set_error (error, HEDDLE_LISTEN_ERROR, HEDDLE_LISTEN_ERROR_IN_USE,
               "cannot listen on %s: another program does; stop it, or choose another socket",
               address);
  return FALSE;
}

static gboolean
is_port (const char *text)
{
  guint64 port;
  return g_ascii_string_to_unsigned (text, 10, 1, 65535, &port, NULL);
}

char *
heddle_listen_address (const char *address, GError **error)
{
  if (address[0] == '/')
    return g_strconcat ("unix:", address, NULL);
  if (g_str_has_prefix (address, "local:"))
    return g_strconcat ("unix:", address + strlen ("local:"), NULL);
  if (g_str_has_prefix (address, "unix:") || g_str_has_prefix (address, "fd:"))
    return g_strdup (address);
  gboolean six = g_str_has_prefix (address, "inet6:");
  if (!six && !g_str_has_prefix (address, "inet:")) {
    bad_address (error, address, "write unix:/path or inet:port@host");
    return NULL;
  }
  const char *rest = strchr (address, ':') + 1;
  const char *kind = six ? "inet6" : "inet";
  const char *at = strchr (rest, '@');
  const char *colon = strrchr (rest, ':');
  g_autofree char *port = NULL, *host = NULL;
  if (at != NULL) {
    port = g_strndup (rest, (gsize) (at - rest));
    host = g_strdup (at + 1);
  } else if (colon != NULL) {
    port = g_strdup (colon + 1);
    host = g_strndup (rest, (gsize) (colon - rest));
  } else {
    port = g_strdup (rest);
    host = g_strdup (six ? "::1" : "127.0.0.1");
  }
  if (!is_port (port) || *host == '\0') {
    bad_address (error, address, "write inet:port@host");
    return NULL;
  }
  return g_strdup_printf ("%s:%s@%s", kind, port, host);
}

static gboolean
check_unix (const char *address, const char *path, GError **error)
{
  struct sockaddr_un name = { .sun_family = AF_UNIX };
  struct stat st;
  if (path[0] != '/')
    return bad_address (error, address, "the path must begin at /");
  if (g_strlcpy (name.sun_path, path, sizeof name.sun_path) >= sizeof name.sun_path)
    return bad_address (error, address, "the path is too long for a socket");
  if (lstat (path, &st) != 0) {
    g_autofree char *folder = g_path_get_dirname (path);
    return (errno == ENOENT && access (folder, W_OK | X_OK) == 0)
           || bad_address (error, address, g_strerror (errno));
  }
  if (!S_ISSOCK (st.st_mode))
    return bad_address (error, address, "a file that is no socket is in its place");
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gboolean answered = connect (fd, (const struct sockaddr *) &name, sizeof name) == 0;
  int cause = errno;
  close (fd);
  if (answered || cause == EAGAIN)
    return in_use (error, address);
  return cause == ECONNREFUSED || bad_address (error, address, g_strerror (cause));
}

static gboolean
check_inet (const char *address, GError **error)
{
  gboolean six = g_str_has_prefix (address, "inet6:");
  const char *rest = strchr (address, ':') + 1;
  const char *at = strchr (rest, '@');
  g_autofree char *port = g_strndup (rest, (gsize) (at - rest));
  struct addrinfo hints = { .ai_family = six ? AF_INET6 : AF_INET,
                            .ai_socktype = SOCK_STREAM,
                            .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
  struct addrinfo *found = NULL;
  int code = getaddrinfo (at + 1, port, &hints, &found);
  if (code != 0)
    return bad_address (error, address, gai_strerror (code));
  int on = 1, cause = 0;
  int fd = socket (found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0
      || bind (fd, found->ai_addr, found->ai_addrlen) != 0 || listen (fd, 1) != 0)
    cause = errno;
  if (fd >= 0)
    close (fd);
  freeaddrinfo (found);
  if (cause == EADDRINUSE)
    return in_use (error, address);
  return cause == 0 || bad_address (error, address, g_strerror (cause));
}

static gboolean
give_to_group (const char *address, const char *path, const char *group, GError **error)
{
  const struct group *entry = group != NULL ? getgrnam (group) : NULL;
  if (group != NULL && entry == NULL)
    return bad_address (error, address, "milter.socket-group is no group here");
  if (entry != NULL && chown (path, (uid_t) -1, entry->gr_gid) != 0)
    return bad_address (error, address, "cannot give it to milter.socket-group; is the program's "
                                        "user a member?");
  return (chmod (path, 0660) == 0 && stat (path, &ours) == 0)
         || bad_address (error, address, g_strerror (errno));
}

static const char *
path_of (const char *address)
{
  return g_str_has_prefix (address, "unix:") ? address + strlen ("unix:") : NULL;
}

gboolean
heddle_listen_open (const char *address, const char *group, GError **error)
{
  const char *path = path_of (address);
  if (path != NULL && !check_unix (address, path, error))
    return FALSE;
  if (path == NULL && g_str_has_prefix (address, "inet") && !check_inet (address, error))
    return FALSE;
  g_autofree char *copy = g_strdup (address);
  /* smfi_setconn keeps its own copy; it complains of nothing. */
  if (smfi_setconn (copy) != MI_SUCCESS || smfi_opensocket (path != NULL) != MI_SUCCESS)
    return bad_address (error, address, "libmilter cannot");
  return path == NULL || give_to_group (address, path, group, error);
}

void
heddle_listen_close (const char *address)
{
  const char *path = path_of (address);
  struct stat st;
  if (path != NULL && lstat (path, &st) == 0 && st.st_ino == ours.st_ino
      && st.st_dev == ours.st_dev)
    (void) unlink (path);
}
