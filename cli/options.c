/* SPDX-License-Identifier: MIT */
/* The words of a command line to a command, its options and its arguments.
 *
 * Options stand before or after the command and between arguments, as "--name
 * value" or "--name=value"; "--" ends them; "-" is an argument. What a command
 * knows is in its row. Not handled: abbreviations, bundles of letters. */
#include "cli/cli.h"

#include <string.h>

G_DEFINE_QUARK (heddle - cli - error - quark, heddle_cli_error)

const HeddleOption heddle_global_options[] = {
  { "db", "FILE",
    "the store; default: the configuration's, else ~/.local/share/heddle/heddle.db" },
  { "config", "FILE",
    "the configuration; default: $HEDDLE_CONFIG, ~/.config/heddle/heddle.conf, "
    "/etc/heddle/heddle.conf" },
  { "json", NULL, "answer in JSON" },
  { "now", "TIME", "take this for the present, in ISO 8601" },
  { "help", NULL, "say what the command does" },
  { "version", NULL, "say which version this is" },
  { NULL, NULL, NULL },
};

static const HeddleOption *
find_in (const HeddleOption *list, const char *name)
{
  for (; list != NULL && list->name != NULL; list++)
    if (strcmp (list->name, name) == 0)
      return list;
  return NULL;
}

static gboolean usage_error (GError **error, const HeddleCli *cli, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
usage_error (GError **error, const HeddleCli *cli, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *raw = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *what = heddle_clean (raw, TRUE);
  g_set_error (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_USAGE, "%s; see heddle%s%s --help",
               what, cli->command != NULL ? " " : "",
               cli->command != NULL ? cli->command->name : "");
  return FALSE;
}

/* One "--…" word; @next is the word behind it, and *@ret_used whether that was its
 * value. */
static gboolean
take_option (HeddleCli *cli, const char *word, const char *next, gboolean *ret_used,
             GError **error)
{
  const char *equals = strchr (word, '=');
  g_autofree char *name
      = equals != NULL ? g_strndup (word + 2, (gsize)(equals - word - 2)) : g_strdup (word + 2);
  const HeddleOption *option = find_in (heddle_global_options, name);
  if (option == NULL && cli->command != NULL)
    option = find_in (cli->command->options, name);
  if (option == NULL)
    return usage_error (error, cli, "--%s is no option of it", name);
  if (option->value == NULL && equals != NULL)
    return usage_error (error, cli, "--%s takes no value", name);
  *ret_used = option->value != NULL && equals == NULL;
  if (*ret_used && next == NULL)
    return usage_error (error, cli, "--%s wants its %s behind it", name, option->value);
  const char *value = option->value == NULL ? "" : equals != NULL ? equals + 1 : next;
  if (option->value != NULL && *value == '\0')
    return usage_error (error, cli, "--%s wants a %s", name, option->value);
  g_hash_table_replace (cli->values, g_strdup (option->name), g_strdup (value));
  return TRUE;
}

static gboolean
take_command (HeddleCli *cli, const char *word, GError **error)
{
  cli->command = heddle_command_find (word);
  if (cli->command != NULL)
    return TRUE;
  if (heddle_command_is_planned (word)) {
    g_set_error (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_USAGE,
                 "%s is not built yet; heddle --help lists what is", word);
    return FALSE;
  }
  return usage_error (error, cli, "\"%s\" is no command", word);
}

static gboolean
count_arguments (const HeddleCli *cli, GError **error)
{
  const HeddleCommand *command = cli->command;
  if (command == NULL || g_hash_table_contains (cli->values, "help"))
    return TRUE;
  if ((int)cli->args->len < command->least)
    return usage_error (error, cli, "it wants %s", command->arguments);
  if (command->most >= 0 && (int)cli->args->len > command->most)
    return usage_error (error, cli, "\"%s\" is one argument too many; it takes %s",
                        heddle_cli_arg (cli, (guint)command->most),
                        *command->arguments != '\0' ? command->arguments : "none");
  return TRUE;
}

gboolean
heddle_options_parse (HeddleCli *cli, int argc, char **argv, GError **error)
{
  cli->args = g_ptr_array_new_with_free_func (g_free);
  cli->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean literal = FALSE;
  for (int i = 1; i < argc; i++) {
    const char *word = argv[i];
    gboolean query = cli->command != NULL && cli->command->kind == HEDDLE_COMMAND_QUERY;
    if (!literal && strcmp (word, "--") == 0)
      literal = TRUE;
    else if (!literal && strcmp (word, "-h") == 0)
      g_hash_table_replace (cli->values, g_strdup ("help"), g_strdup (""));
    else if (!literal && g_str_has_prefix (word, "--")) {
      gboolean used = FALSE;
      if (!take_option (cli, word, argv[i + 1], &used, error))
        return FALSE;
      i += used;
    } else if (!literal && word[0] == '-' && word[1] != '\0' && !query)
      return usage_error (error, cli, "%s is no option of it", word);
    else if (cli->command == NULL) {
      if (!take_command (cli, word, error))
        return FALSE;
    } else
      g_ptr_array_add (cli->args, g_strdup (word));
  }
  cli->json = g_hash_table_contains (cli->values, "json");
  return count_arguments (cli, error);
}
