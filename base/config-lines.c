/* SPDX-License-Identifier: MIT */
/* The text of a heddle.conf to its lines, each with its number.
 *
 * The form is GKeyFile's; GKeyFile itself does not say on which line a key stands,
 * and a complaint without a line number is of little use. Beyond its form a
 * comment may also stand behind a value or a group, after a blank ("\s#" writes a
 * '#' that is none). Not handled: keys with a locale, lines continued with '\'. */
#include "base/config-keys.h"

#include <string.h>

static void
line_free (gpointer data)
{
  HeddleConfigLine *line = data;
  g_free (line->group);
  g_free (line->key);
  g_free (line->value);
  g_free (line);
}

static void
drop_comment (char *line)
{
  for (char *c = line; *c != '\0'; c++)
    if (*c == '#' && (c == line || g_ascii_isspace (c[-1]))) {
      *c = '\0';
      break;
    }
  g_strstrip (line);
}

/* GKeyFile's escapes, in place. "\;" is left for the splitting of lists. */
static gboolean
undo_escapes (char *value)
{
  char *out = value;
  for (const char *c = value; *c != '\0'; c++) {
    if (*c != '\\') {
      *out++ = *c;
      continue;
    }
    static const char letters[] = "sntr\\", meant[] = " \n\t\r\\";
    c++;
    const char *known = *c != '\0' ? strchr (letters, *c) : NULL;
    if (known != NULL)
      *out++ = meant[known - letters];
    else if (*c == ';') {
      *out++ = '\\';
      *out++ = ';';
    } else
      return FALSE;
  }
  *out = '\0';
  return TRUE;
}

/* "[person ana]" to "person ana"; NULL where the brackets are wrong. */
static char *
group_of (const char *line)
{
  gsize length = strlen (line);
  if (line[length - 1] != ']' || strcspn (line + 1, "[]") != length - 2 || length == 2)
    return NULL;
  g_autofree char *inside = g_strstrip (g_strndup (line + 1, length - 2));
  g_auto (GStrv) words = g_strsplit_set (inside, " \t", -1);
  g_autoptr (GString) group = g_string_new (NULL);
  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (group, "%s%s", group->len > 0 ? " " : "", *word);
  return g_string_free (g_steal_pointer (&group), FALSE);
}

/* One line that is not empty. */
static char *
read_line (char *text, const char *group, HeddleConfigLine *line)
{
  if (*text == '[') {
    line->group = group_of (text);
    return line->group != NULL ? NULL : g_strdup ("a group that is not closed; write [group]");
  }
  char *equals = strchr (text, '=');
  if (equals == NULL || equals == text)
    return g_strdup ("neither a group nor a key; write \"key = value\", or # before a comment");
  if (group == NULL)
    return g_strdup ("a key before the first group; write a line such as [store] above it");
  line->group = g_strdup (group);
  line->key = g_strstrip (g_strndup (text, (gsize)(equals - text)));
  line->value = g_strstrip (g_strdup (equals + 1));
  return undo_escapes (line->value)
             ? NULL
             : g_strdup ("an unknown escape; only \\s \\n \\t \\r \\\\ and \\; are known");
}

GPtrArray *
heddle_config_lines (const char *text, guint *ret_line, char **ret_why)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  g_auto (GStrv) raw = g_strsplit (text, "\n", -1);
  const char *group = NULL;
  for (guint i = 0; raw[i] != NULL; i++) {
    char *why = NULL;
    HeddleConfigLine *line = NULL;
    if (!g_utf8_validate (raw[i], -1, NULL))
      why = g_strdup ("bytes that are not UTF-8; save the file as UTF-8");
    else {
      drop_comment (raw[i]);
      if (*raw[i] == '\0')
        continue;
      line = g_new0 (HeddleConfigLine, 1);
      line->number = i + 1;
      g_ptr_array_add (lines, line);
      why = read_line (raw[i], group, line);
    }
    if (why != NULL) {
      *ret_line = i + 1;
      *ret_why = why;
      return NULL;
    }
    group = line->group;
  }
  return g_steal_pointer (&lines);
}
