/* SPDX-License-Identifier: MIT */
/* JSON, written as a stream onto a string.
 *
 * A stack remembers which containers are open, so that commas, line breaks and
 * misuse are decided in one place (separate). Nothing is sorted, nothing kept.
 * Not handled: reading JSON; numbers beyond a gint64 or a double. */
#include "base/base.h"

#include <math.h>
#include <string.h>

typedef struct {
  char close; /* ']' or '}' */
  gboolean flat;
  guint count;
} Level;

struct _HeddleJson {
  GString *text;
  GArray *levels; /* of Level */
  guint indent;
  gboolean flat_next;
  gboolean done; /* the one value at the top is there */
};

HeddleJson *
heddle_json_new (guint indent)
{
  HeddleJson *json = g_new0 (HeddleJson, 1);
  json->text = g_string_new (NULL);
  json->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  json->indent = indent;
  return json;
}

void
heddle_json_free (HeddleJson *json)
{
  if (json == NULL)
    return;
  g_string_free (json->text, TRUE);
  g_array_unref (json->levels);
  g_free (json);
}

char *
heddle_json_finish (HeddleJson *json)
{
  g_assert (json->levels->len == 0 && json->done);
  char *text = g_string_free (g_steal_pointer (&json->text), FALSE);
  g_array_unref (json->levels);
  g_free (json);
  return text;
}

void
heddle_json_flat (HeddleJson *json)
{
  json->flat_next = TRUE;
}

static Level *
top (HeddleJson *json)
{
  return json->levels->len > 0 ? &g_array_index (json->levels, Level, json->levels->len - 1)
                               : NULL;
}

static void
break_line (HeddleJson *json)
{
  g_string_append_c (json->text, '\n');
  for (guint i = 0; i < json->levels->len * json->indent; i++)
    g_string_append_c (json->text, ' ');
}

/* Characters beyond ASCII that are written as \u: they may end a line, act on a
 * terminal or turn text around where an answer is only looked at. */
static gboolean
is_escaped (gunichar c)
{
  return (c >= 0x80 && c <= 0x9f) || c == 0x061c || c == 0x200e || c == 0x200f
         || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* The next character of @text (valid UTF-8) that must not stand as it is, else its
 * end. Those above begin with one of three bytes. */
static const char *
plain_until (const char *text)
{
  for (;; text++) {
    guchar c = (guchar)*text;
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f)
      return text;
    if ((c == 0xc2 || c == 0xd8 || c == 0xe2) && is_escaped (g_utf8_get_char (text)))
      return text;
  }
}

/* @value is valid UTF-8. */
static void
append_valid (GString *out, const char *value)
{
  static const char plain[] = "\b\t\n\f\r\"\\", letter[] = "btnfr\"\\";
  g_string_append_c (out, '"');
  for (;;) {
    const char *stop = plain_until (value);
    g_string_append_len (out, value, stop - value);
    if (*stop == '\0')
      break;
    const char *known = strchr (plain, *stop);
    if (known != NULL) {
      g_string_append_c (out, '\\');
      g_string_append_c (out, letter[known - plain]);
    } else
      g_string_append_printf (out, "\\u%04x", g_utf8_get_char (stop));
    value = g_utf8_next_char (stop);
  }
  g_string_append_c (out, '"');
}

static void
append_quoted (GString *out, const char *value)
{
  g_autofree char *valid = NULL;
  if (!g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);
  append_valid (out, value);
}

/* What stands before any value: comma, line break, key. */
static void
separate (HeddleJson *json, const char *key)
{
  Level *level = top (json);
  if (level == NULL) {
    g_assert (key == NULL && !json->done);
    json->done = TRUE;
    return;
  }
  g_assert ((level->close == '}') == (key != NULL));
  gboolean breaks = json->indent > 0 && !level->flat;
  if (level->count++ > 0)
    g_string_append (json->text, breaks ? "," : ", ");
  if (breaks)
    break_line (json);
  if (key != NULL) {
    append_valid (json->text, key);
    g_string_append (json->text, ": ");
  }
}

static void
begin (HeddleJson *json, const char *key, char open, char close)
{
  separate (json, key);
  Level *outer = top (json);
  Level level = { close, json->flat_next || (outer != NULL && outer->flat), 0 };
  json->flat_next = FALSE;
  g_array_append_val (json->levels, level);
  g_string_append_c (json->text, open);
}

static void
end (HeddleJson *json, char close)
{
  Level *level = top (json);
  g_assert (level != NULL && level->close == close);
  gboolean breaks = json->indent > 0 && !level->flat && level->count > 0;
  g_array_set_size (json->levels, json->levels->len - 1);
  if (breaks)
    break_line (json);
  g_string_append_c (json->text, close);
}

void
heddle_json_begin_object (HeddleJson *json, const char *key)
{
  begin (json, key, '{', '}');
}

void
heddle_json_end_object (HeddleJson *json)
{
  end (json, '}');
}

void
heddle_json_begin_array (HeddleJson *json, const char *key)
{
  begin (json, key, '[', ']');
}

void
heddle_json_end_array (HeddleJson *json)
{
  end (json, ']');
}

void
heddle_json_string (HeddleJson *json, const char *key, const char *value)
{
  separate (json, key);
  if (value == NULL)
    g_string_append (json->text, "null");
  else
    append_quoted (json->text, value);
}

void
heddle_json_int (HeddleJson *json, const char *key, gint64 value)
{
  separate (json, key);
  g_string_append_printf (json->text, "%" G_GINT64_FORMAT, value);
}

void
heddle_json_double (HeddleJson *json, const char *key, double value)
{
  if (!isfinite (value)) { /* JSON has no word for these */
    heddle_json_null (json, key);
    return;
  }
  separate (json, key);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  if (g_ascii_strtod (digits, NULL) != value)
    g_ascii_formatd (digits, sizeof digits, "%.17g", value);
  g_string_append (json->text, digits);
}

void
heddle_json_bool (HeddleJson *json, const char *key, gboolean value)
{
  separate (json, key);
  g_string_append (json->text, value ? "true" : "false");
}

void
heddle_json_null (HeddleJson *json, const char *key)
{
  heddle_json_string (json, key, NULL);
}

void
heddle_json_time (HeddleJson *json, const char *key, HeddleTime value)
{
  g_autofree char *text = heddle_time_format (value);
  heddle_json_string (json, key, text);
}
