/* SPDX-License-Identifier: MIT */
#include "tests/parser/tables.h"

static const struct {
  const char *line;
  gboolean is;
  const char *names; /* joined by "|" */
} rows[] = {
  { "<Screen Shot 2018-03-27 at 2.06.02 PM.png>", TRUE, "Screen Shot 2018-03-27 at 2.06.02 PM.png" },
  { "<a b.png><c.PDF> <d.docx>", TRUE, "a b.png|c.PDF|d.docx" },
  { "<a.png><a.png>", TRUE, "a.png" },
  { "<a.png><a.png><a.png><b.png><a.png>", TRUE, "a.png|b.png" },
  { "<<report.doc>>", TRUE, "report.doc" },
  { "<< File: report.doc >>", TRUE, "report.doc" },
  { "[cid:image001.png@01D3D0.5E]", TRUE, "" },
  { "[image: x.png]", TRUE, "x.png" },
  { "[image: Inline image 1]", TRUE, "Inline image 1" },
  { "[image001.png]", TRUE, "image001.png" },
  { "Attachment: a.pdf", TRUE, "a.pdf" },
  { "Attachments: a b.pdf, c.png", TRUE, "a b.pdf|c.png" },
  { "(See attached file: plan.xls)", TRUE, "plan.xls" },
  { "<../../etc/shadow.txt>", TRUE, "shadow.txt" },
  { "See <a.png> for more", FALSE, "a.png" },
  { "<a.png> shows it", FALSE, "a.png" },
  { "<https://example.org/a.png>", FALSE, "" },
  { "<ana@example.zip>", FALSE, "" },
  { "<example.org>", FALSE, "" },
  { "[report.pdf](https://example.org/r)", FALSE, "" },
  { "[3.5]", FALSE, "" },
  { "(a.png)", FALSE, "" },
  { "Attachment: none", FALSE, "" },
  { "Attachments: are here", FALSE, "" },
  { "<.png>", FALSE, "" },
  { "", FALSE, "" },
  { "   ", FALSE, "" },
};

static void
test_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize length = strlen (rows[i].line);
    g_autoptr (GPtrArray) found = heddle_attachments_named (&tables, rows[i].line, length, 50, NULL);
    g_autoptr (GString) names = g_string_new (NULL);

    g_test_message ("%s", rows[i].line);
    g_assert_true (heddle_is_attachment_line (&tables, rows[i].line, length) == rows[i].is);
    for (guint n = 0; n < found->len; n++) {
      HeddleAttachment *one = g_ptr_array_index (found, n);
      g_string_append_printf (names, "%s%s", n > 0 ? "|" : "", one->name);
      g_assert_true (one->kind == HEDDLE_ATTACHMENT_MENTIONED && one->size == -1
                     && one->type == NULL && one->sha256 == NULL);
    }
    g_assert_cmpstr (names->str, ==, rows[i].names);
  }
}

static void
test_most (void)
{
  const char *text = "<a.png><b.png><c.png>";
  g_autoptr (GPtrArray) found = heddle_attachments_named (&tables, text, strlen (text), 2, NULL);
  g_assert_cmpuint (found->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_test_add_func ("/parser/attached/lines", test_lines);
  g_test_add_func ("/parser/attached/most", test_most);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
