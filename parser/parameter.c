/* SPDX-License-Identifier: MIT */
/* parameter: see parameter.h. RFC 2045 5.1, RFC 2231.
 *
 * A value without quotation marks goes on to the next ";", blanks and all: mailers write
 * `name=my file.pdf`. A comment behind it is left out. An extended parameter
 * (`name*=utf-8''a`, `name*0*=…`) wins over a plain one of the same name (RFC 6266 4.3).
 * Sections are put in order; what stands behind a gap is left out.
 */
#include "parser/parameter.h"

#include "parser/charset.h"
#include "parser/encoded.h"

#include <string.h>

enum { MOST = 64, LONGEST_NAME = 64, MOST_SECTIONS = 64 };

typedef struct {
  char name[LONGEST_NAME];
  int section;       /* -1: not cut into sections */
  gboolean extended; /* its bytes are escaped with "%", those of a first section behind charset'language' */
  char *value;
} Parameter;

struct _HeddleParameters {
  GArray *all; /* of Parameter */
};

static void
parameter_clear (gpointer data)
{
  g_free (((Parameter *) data)->value);
}

static const char *
skip_blanks (const char *p)
{
  return p + strspn (p, " \t\r\n");
}

/* "filename*1*" to its parts; FALSE when it is too long or broken. */
static gboolean
read_name (const char *text, gsize length, Parameter *ret)
{
  const char *star = memchr (text, '*', length);
  gsize name = star != NULL ? (gsize) (star - text) : length;

  ret->section = -1;
  if (name == 0 || name >= LONGEST_NAME)
    return FALSE;
  for (gsize i = 0; i < name; i++)
    ret->name[i] = g_ascii_tolower (text[i]);
  ret->name[name] = '\0';
  if (star == NULL)
    return TRUE;
  gsize at = name + 1;
  if (at < length && g_ascii_isdigit (text[at])) {
    ret->section = 0;
    for (; at < length && g_ascii_isdigit (text[at]); at++)
      ret->section = MIN (ret->section * 10 + (text[at] - '0'), MOST_SECTIONS);
    ret->extended = at < length && text[at] == '*';
    return at + ret->extended == length;
  }
  ret->extended = TRUE;
  return at == length;
}

/* A value at *@p, which is moved behind it. */
static char *
read_value (const char **p)
{
  GString *value = g_string_new (NULL);
  const char *q = *p;

  if (*q == '"') {
    for (q++; *q != '\0' && *q != '"'; q++) {
      if (*q == '\\' && q[1] != '\0')
        q++;
      g_string_append_c (value, *q);
    }
    q += *q == '"';
    q += strcspn (q, ";");
  } else {
    gsize length = strcspn (q, ";");
    const char *comment = g_strstr_len (q, (gssize) length, " (");
    g_string_append_len (value, q, comment != NULL ? comment - q : (gssize) length);
    q += length;
    g_strchomp (value->str);
  }
  *p = q;
  return g_string_free (value, FALSE);
}

HeddleParameters *
heddle_parameters_new (const char *value)
{
  HeddleParameters *parameters = g_new0 (HeddleParameters, 1);
  const char *p = value + strcspn (value, ";");

  parameters->all = g_array_new (FALSE, TRUE, sizeof (Parameter));
  g_array_set_clear_func (parameters->all, parameter_clear);
  while (*p == ';' && parameters->all->len < MOST) {
    Parameter one = { .value = NULL };
    p = skip_blanks (p + 1);
    gsize length = strcspn (p, "=; \t\r\n");
    gboolean good = read_name (p, length, &one);
    p = skip_blanks (p + length);
    if (*p != '=') {
      p += strcspn (p, ";");
      continue;
    }
    p = skip_blanks (p + 1);
    one.value = read_value (&p);
    if (good)
      g_array_append_val (parameters->all, one);
    else
      g_free (one.value);
  }
  return parameters;
}

void
heddle_parameters_free (HeddleParameters *parameters)
{
  if (parameters == NULL)
    return;
  g_array_unref (parameters->all);
  g_free (parameters);
}

/* The first one of that name and section. */
static const Parameter *
find (const HeddleParameters *parameters, const char *name, int section, gboolean extended)
{
  for (guint i = 0; i < parameters->all->len; i++) {
    const Parameter *one = &g_array_index (parameters->all, Parameter, i);
    if (one->section == section && (section >= 0 || one->extended == extended)
        && g_str_equal (one->name, name))
      return one;
  }
  return NULL;
}

static void
append_unescaped (GString *bytes, const char *text)
{
  for (; *text != '\0'; text++)
    if (*text == '%' && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2])) {
      g_string_append_c (bytes, (char) (g_ascii_xdigit_value (text[1]) << 4
                                        | g_ascii_xdigit_value (text[2])));
      text += 2;
    } else {
      g_string_append_c (bytes, *text);
    }
}

/* The bytes of an extended or continued parameter, from @one on, its first piece. */
static char *
join (const HeddleParameters *parameters, const Parameter *one, char **ret_charset)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  gboolean first = TRUE;

  while (one != NULL) {
    const char *value = one->value, *quote, *text;
    if (one->extended && first && (quote = strchr (value, '\'')) != NULL
        && (text = strchr (quote + 1, '\'')) != NULL) {
      *ret_charset = g_strndup (value, (gsize) (quote - value));
      value = text + 1;
    }
    if (one->extended)
      append_unescaped (bytes, value);
    else
      g_string_append (bytes, value);
    first = FALSE;
    one = one->section >= 0 && one->section < MOST_SECTIONS
              ? find (parameters, one->name, one->section + 1, FALSE)
              : NULL;
  }
  return g_string_free (g_steal_pointer (&bytes), FALSE);
}

char *
heddle_parameters_get (const HeddleParameters *parameters, const char *name)
{
  g_autofree char *charset = NULL, *bytes = NULL, *text = NULL;
  const Parameter *one = find (parameters, name, -1, TRUE);
  gsize length;

  if (one == NULL)
    one = find (parameters, name, 0, FALSE);
  if (one == NULL)
    one = find (parameters, name, -1, FALSE);
  if (one == NULL || *one->value == '\0')
    return NULL;
  bytes = join (parameters, one, &charset);
  text = heddle_charset_decode (bytes, strlen (bytes), charset, &length, NULL);
  if (strstr (text, "=?") == NULL)
    return g_steal_pointer (&text);
  return heddle_encoded_undo (text);
}
