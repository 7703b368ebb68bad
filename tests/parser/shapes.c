/* SPDX-License-Identifier: MIT */
/* Time and memory by the shape of a body: for every shape that a hostile or a merely
 * large mail may have, four times the bytes may take no more than about four times the
 * time, and what a chain takes of memory stays below eight times the body, besides what
 * each of its lines and messages costs, of which limits allow so many.
 *
 * Each size of each shape is parsed in a child of its own, since the peak of a process
 * never comes down again. Sanitizers change both figures: then only the parsing itself
 * is tested.
 */
#include "parser/parser.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define SMALL (256 * 1024)
#define TIMES 4          /* the large body: 1 MiB */
#define MEMORY_MOST 8.0  /* bytes of peak to a byte of body */
#define MEMORY_LINE 320    /* for each line, 200,000 at most by default */
#define MEMORY_MESSAGE 5000 /* and each message, 1,000 at most, facts included */
#define MEMORY_CONSTANT (2 * 1024 * 1024)
#define TIME_MOST 8.0    /* linear is 4; the rest is a busy machine's */
#define TIME_LEAST 0.03  /* seconds: shorter ones tell nothing */

static const struct {
  const char *name, *line, *type;
} shapes[] = {
  { "prose", "The form that you sent us last week is still not there, so we have to wait.\n", "plain" },
  { "short-lines", "a b\n", "plain" },
  { "blank-lines", "\n", "plain" },
  { "one-line", "word and another word, ", "plain" },
  { "deep-marks", ">>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>> x\n", "plain" },
  { "ragged-marks", "> a\n>> b\n> > > c\n", "plain" },
  { "attribution-begins", "On Tue, Apr 10, 2018 at\n", "plain" },
  { "attributions", "On Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz wrote:\n> hello\n", "plain" },
  { "on-mon", "On Mon On Mon On Mon On Mon On Mon On Mon On Mon On Mon\n", "plain" },
  { "from-lines", "From: a\n", "plain" },
  { "blocks", "From: a@example.org\nTo: b\nSubject: x\n\nhello\n\n", "plain" },
  { "to-lists", "To: a@example.org, b@example.org, c@example.org, d@example.org,\n", "plain" },
  { "banners", "---------- Forwarded by Ana\n", "plain" },
  { "dashes", "-- \nAna\n", "plain" },
  { "sign-offs", "Best regards,\nAna\n", "plain" },
  { "greetings", "Hi Ana,\n", "plain" },
  { "withheld", "(b)(6) [redacted] XXXXX (b)(6)\n", "plain" },
  { "colons", "Ana:\n", "plain" },
  { "addresses", "a@example.org b <c@example.org>:\n", "plain" },
  { "brackets", "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n", "plain" },
  { "quotation-marks", "\"a \342\200\234b \302\253c ", "plain" },
  { "urls", "https://example.org/a/b?c=d#e, www.example.org\n", "plain" },
  { "numbers", "10/04/2018 04/10/2018 3:40 PM 48 hours 5-7 business days\n", "plain" },
  { "months", "may may march sat sun jan\n", "plain" },
  { "cases", "case case ticket #1 case number id: [#\n", "plain" },
  { "questions", "Could you? Please let us know if you can. I will.\n", "plain" },
  { "paragraphs", "<p>The form that you sent us is still not there.</p>\n", "html" },
  { "breaks", "hello<br>there<br>\n", "html" },
  { "open-divs", "<div>a", "html" },
  { "open-fonts", "<b><i><u><font>a", "html" },
  { "blockquotes", "<blockquote type=cite>a</blockquote>\n", "html" },
  { "open-blockquotes", "<blockquote>a\n", "html" },
  { "table", "<table><tr><td>From:</td><td>a@example.org</td></tr></table>\n", "html" },
  { "entities", "&amp;&lt;&#65;&nosuch;&#x1F600; ", "html" },
  { "links", "<a href=\"https://example.org/x\">here</a> ", "html" },
  { "comments", "<!--[if mso]>a<![endif]--><!-- b -->", "html" },
  { "attributes", "<p a=b c=d e=f style=\"border:none;border-top:solid #E1E1E1 1.0pt\">x</p>", "html" },
  { "broken-tags", "< p <<a <b", "html" },
  { "hidden", "<div style=\"display:none\">a</div>\n", "html" },
};

typedef struct {
  double seconds, bytes; /* of processor; of peak above what was there before */
  guint lines, messages;
} Cost;

static GString *
make_mail (gsize shape, gsize size)
{
  GString *mail = g_string_sized_new (size + 256);
  gsize line = strlen (shapes[shape].line);

  g_string_append_printf (mail, "From: Ana Ruiz <ana@example.org>\nSubject: x\nMIME-Version: 1.0\n"
                          "Content-Type: text/%s; charset=utf-8\n"
                          "Content-Transfer-Encoding: 8bit\n\n", shapes[shape].type);
  for (gsize bytes = 0; bytes < size; bytes += line)
    g_string_append_len (mail, shapes[shape].line, (gssize) line);
  return mail;
}

static double
peak_bytes (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss * 1024;
}

static double
seconds (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_utime.tv_sec + (double) usage.ru_utime.tv_usec / 1e6;
}

static void
parse_and_tell (gsize shape, gsize size, int fd)
{
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (GString) mail = make_mail (shape, size), first = make_mail (shape, 4096);
  /* What of the tables and of libraries' data is looked at is read in by a first mail: it is
   * the program's, and no chain's. */
  heddle_chain_free (heddle_parse_mail (parser, first->str, first->len, NULL, NULL));
  double bytes = peak_bytes (), start = seconds ();
  g_autoptr (HeddleChain) chain = heddle_parse_mail (parser, mail->str, mail->len, NULL, NULL);
  Cost cost = { .seconds = seconds () - start, .bytes = peak_bytes () - bytes };

  if (chain == NULL)
    _exit (1);
  cost.lines = chain->lines->len;
  cost.messages = chain->messages->len;
  _exit (write (fd, &cost, sizeof cost) == sizeof cost ? 0 : 1);
}

static Cost
measure (gsize shape, gsize size)
{
  Cost cost = { 0 };
  int fds[2], status;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    parse_and_tell (shape, size, fds[1]);
  close (fds[1]);
  g_assert_cmpint (read (fds[0], &cost, sizeof cost), ==, sizeof cost);
  close (fds[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  return cost;
}

static gboolean
is_sanitized (void)
{
#if defined(__SANITIZE_ADDRESS__)
  return TRUE;
#else
  return FALSE;
#endif
}

static void
test_shape (gconstpointer data)
{
  gsize shape = GPOINTER_TO_SIZE (data);

  if (is_sanitized ()) {
    measure (shape, SMALL / 8);
    return;
  }
  Cost small = measure (shape, SMALL), large = measure (shape, SMALL * TIMES);
  double times = small.seconds > 0 ? large.seconds / small.seconds : 0;
  double memory = (large.bytes - MEMORY_LINE * large.lines) / (SMALL * TIMES);

  g_test_message ("%.0f MB/s, %.1f times the time, %.1f bytes a byte besides %u lines",
                  SMALL * TIMES / 1e6 / MAX (large.seconds, 1e-6), times, memory, large.lines);
  for (int again = 0; again < 3 && large.seconds > TIME_LEAST && times > TIME_MOST; again++) {
    small = measure (shape, SMALL); /* a busy machine is not the shape's fault */
    large = measure (shape, SMALL * TIMES);
    times = small.seconds > 0 ? large.seconds / small.seconds : 0;
  }
  if (large.seconds > TIME_LEAST)
    g_assert_cmpfloat (times, <, TIME_MOST);
  g_assert_cmpfloat (large.bytes, <,
                     MEMORY_MOST * SMALL * TIMES + MEMORY_LINE * large.lines
                         + MEMORY_MESSAGE * large.messages + MEMORY_CONSTANT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autofree char *path
        = g_strdup_printf ("/parser/shapes/%s/%s", shapes[i].type, shapes[i].name);
    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_shape);
  }
  return g_test_run ();
}
