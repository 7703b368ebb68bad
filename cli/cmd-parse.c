/* SPDX-License-Identifier: MIT */
/* heddle parse: one mail, or a bare text, to its chain. Reads its input and
 * nothing else: no store, no configuration.
 *
 * The parser runs in this process: whoever hands over the file is the one who
 * waits. Input past the parser's own bound is not read to its end. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A file that is not there is no input; one that is and cannot be read is input
 * that failed. */
static gboolean
input_error (GError **error, const char *name, int code)
{
  gboolean absent = code == ENOENT || code == ENOTDIR;
  g_set_error (error, HEDDLE_CLI_ERROR,
               absent ? HEDDLE_CLI_ERROR_NOINPUT : HEDDLE_CLI_ERROR_INPUT, "%s: %s; give %s",
               name, g_strerror (code),
               code == EISDIR ? "one mail, or use heddle ingest" : "a readable file");
  return FALSE;
}

static GByteArray *
read_input (const char *path, GError **error)
{
  gboolean standard = path == NULL || strcmp (path, "-") == 0;
  const char *name = standard ? "standard input" : path;
  int fd = standard ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    input_error (error, name, errno);
    return NULL;
  }
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 piece[65536];
  gssize got;
  /* One byte more than the bound is enough for the parser to refuse it. */
  while ((got = read (fd, piece, sizeof piece)) > 0
         && bytes->len <= heddle_limits_default.bytes)
    g_byte_array_append (bytes, piece, (guint)got);
  int code = errno;
  if (!standard)
    close (fd);
  if (got < 0) {
    input_error (error, name, code);
    return NULL;
  }
  return g_steal_pointer (&bytes);
}

int
heddle_cmd_parse (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  const char *path = heddle_cli_arg (cli, 0);
  g_autoptr (GByteArray) bytes = read_input (path, &error);
  if (bytes == NULL)
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (HeddleChain) chain
      = heddle_cli_flag (cli, "text")
            ? heddle_parse_text (parser, bytes->data, bytes->len, NULL, &error)
            : heddle_parse_mail (parser, bytes->data, bytes->len, NULL, &error);
  if (chain == NULL) {
    g_prefix_error (&error, "%s: ", path != NULL ? path : "standard input");
    return heddle_cli_fail (cli, error);
  }
  gboolean rules = heddle_cli_flag (cli, "explain"), lines = heddle_cli_flag (cli, "lines");
  if (cli->json) {
    HeddleJson *json = heddle_json_new (2);
    heddle_render_chain (json, chain, lines, rules);
    heddle_cli_print_json (json);
  } else if (lines || rules)
    heddle_text_explain (chain, rules);
  else
    heddle_text_chain (chain);
  return HEDDLE_EXIT_OK;
}
