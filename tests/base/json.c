/* SPDX-License-Identifier: MIT */
/* base/json.c: the text that comes out, byte for byte. */
#include "base/base.h"

static void
fill (HeddleJson *json)
{
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "s", "a");
  heddle_json_null (json, "n");
  heddle_json_bool (json, "b", TRUE);
  heddle_json_begin_array (json, "none");
  heddle_json_end_array (json);
  heddle_json_begin_array (json, "list");
  heddle_json_int (json, NULL, G_MININT64);
  heddle_json_begin_object (json, NULL);
  heddle_json_end_object (json);
  heddle_json_end_array (json);
  heddle_json_flat (json);
  heddle_json_begin_array (json, "flat");
  heddle_json_begin_array (json, NULL);
  heddle_json_int (json, NULL, 1);
  heddle_json_int (json, NULL, 2);
  heddle_json_end_array (json);
  heddle_json_end_array (json);
  heddle_json_time (json, "t", 0);
  heddle_json_time (json, "u", HEDDLE_TIME_NONE);
  heddle_json_end_object (json);
}

static void
test_compact (void)
{
  HeddleJson *json = heddle_json_new (0);
  fill (json);
  g_autofree char *text = heddle_json_finish (json);
  g_assert_cmpstr (text, ==,
                   "{\"s\": \"a\", \"n\": null, \"b\": true, \"none\": [], "
                   "\"list\": [-9223372036854775808, {}], \"flat\": [[1, 2]], "
                   "\"t\": \"1970-01-01T00:00:00Z\", \"u\": null}");
}

static void
test_indented (void)
{
  HeddleJson *json = heddle_json_new (2);
  fill (json);
  g_autofree char *text = heddle_json_finish (json);
  g_assert_cmpstr (text, ==,
                   "{\n  \"s\": \"a\",\n  \"n\": null,\n  \"b\": true,\n  \"none\": [],\n"
                   "  \"list\": [\n    -9223372036854775808,\n    {}\n  ],\n"
                   "  \"flat\": [[1, 2]],\n"
                   "  \"t\": \"1970-01-01T00:00:00Z\",\n  \"u\": null\n}");
}

static void
test_strings (void)
{
  static const struct {
    const char *value, *text;
  } cases[] = {
    { "", "\"\"" },
    { "q\" b\\ /", "\"q\\\" b\\\\ /\"" },
    { "\b\t\n\f\r\x01\x1f\x7f", "\"\\b\\t\\n\\f\\r\\u0001\\u001f\\u007f\"" },
    { "gr\xc3\xbc\xc3\x9f", "\"gr\xc3\xbc\xc3\x9f\"" },
    { "a\xe2\x80\xa8"
      "b\xe2\x80\xa9",
      "\"a\\u2028b\\u2029\"" },
    { "\xc2\x9b" "31m\xe2\x80\xae", "\"\\u009b31m\\u202e\"" },
    { "\xe2\x80\x8c\xc2\xa0", "\"\xe2\x80\x8c\xc2\xa0\"" }, /* ZWNJ, NBSP stay */
    { "bad \xff\xc3", "\"bad \xef\xbf\xbd\xef\xbf\xbd\"" },
    { NULL, "null" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    HeddleJson *json = heddle_json_new (0);
    heddle_json_string (json, NULL, cases[i].value);
    g_autofree char *text = heddle_json_finish (json);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_doubles (void)
{
  static const struct {
    double value;
    const char *text;
  } cases[] = { { 0.1, "0.1" },
                { 2, "2" },
                { 1.0 / 3, "0.33333333333333331" },
                { G_MAXDOUBLE * 10, "null" },
                { -1e300, "-1e+300" } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    HeddleJson *json = heddle_json_new (0);
    heddle_json_double (json, NULL, cases[i].value);
    g_autofree char *text = heddle_json_finish (json);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_misuse (void)
{
  if (g_test_subprocess ()) {
    HeddleJson *json = heddle_json_new (0);
    heddle_json_begin_object (json, NULL);
    heddle_json_int (json, NULL, 1);
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/compact", test_compact);
  g_test_add_func ("/base/json/indented", test_indented);
  g_test_add_func ("/base/json/strings", test_strings);
  g_test_add_func ("/base/json/doubles", test_doubles);
  g_test_add_func ("/base/json/misuse", test_misuse);
  return g_test_run ();
}
