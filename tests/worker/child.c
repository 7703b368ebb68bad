/* SPDX-License-Identifier: MIT */
/* Tests of worker/child.c: whatever becomes of the parser's process, each mail gets
 * its own result and the next one goes on. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parser/parser.h"
#include "worker/worker.h"

#ifdef __SANITIZE_ADDRESS__
#define BOUNDED FALSE
#else
#define BOUNDED TRUE
#endif

static GBytes *
mail (int number)
{
  char *text = g_strdup_printf ("From: Ana Ruiz <ana@example.org>\nSubject: number %d\n"
                                "Message-ID: <%d@example.org>\n\nHello.\n",
                                number, number);
  return g_bytes_new_take (text, strlen (text));
}

/* The next result is the record of mail @number. */
static void
expect (HeddleChild *child, int number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) record = heddle_child_receive (child, &error);
  g_assert_no_error (error);
  g_autoptr (HeddleChain) chain = heddle_chain_from_record (record, &error);
  g_assert_no_error (error);
  const HeddleMessage *head = g_ptr_array_index (chain->messages, 0);
  g_autofree char *subject = g_strdup_printf ("number %d", number);
  g_assert_cmpstr (head->subject, ==, subject);
}

static void
send_mail (HeddleChild *child, int number)
{
  g_autoptr (GBytes) bytes = mail (number);
  heddle_child_send (child, bytes);
}

static HeddleChild *
new_child (guint seconds, guint recycle)
{
  HeddleChildBounds bounds = heddle_child_bounds_default;
  bounds.seconds = seconds;
  bounds.recycle = recycle;
  g_autoptr (GError) error = NULL;
  HeddleChild *child = heddle_child_new (&bounds, &error);
  g_assert_no_error (error);
  return child;
}

/* The one child process that this test has; 0: none. */
static pid_t
pid_of_child (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", (int) getpid ());
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return (pid_t) g_ascii_strtoll (text, NULL, 10);
}

static void
test_in_order (void)
{
  g_autoptr (HeddleChild) child = new_child (10, 500);
  int sent = 0, received = 0;
  while (received < 300) {
    while (sent < 300 && heddle_child_under_way (child) < HEDDLE_CHILD_UNDER_WAY)
      send_mail (child, sent++);
    expect (child, received++);
  }
  g_assert_cmpuint (heddle_child_under_way (child), ==, 0);
}

/* Far more than the pipes hold, both ways at once. */
static void
test_large (void)
{
  g_autoptr (HeddleChild) child = new_child (20, 500);
  g_autoptr (GString) text = g_string_new ("Subject: number 7\n\n");
  for (int i = 0; i < 20000; i++)
    g_string_append_printf (text, "A line of the text that stands at %d, and some more of it.\n", i);
  g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
  for (int i = 0; i < 6; i++)
    heddle_child_send (child, bytes);
  for (int i = 0; i < 6; i++)
    expect (child, 7);
}

static void
test_refused (void)
{
  g_autoptr (HeddleChild) child = new_child (10, 500);
  g_autoptr (GBytes) empty = g_bytes_new ("", 0);
  g_autoptr (GBytes) binary = g_bytes_new ("\x7f" "ELF\x01\x02\0\0\0\xff\xfe\0\0", 13);
  send_mail (child, 1);
  heddle_child_send (child, empty);
  heddle_child_send (child, binary);
  send_mail (child, 2);
  expect (child, 1);
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (heddle_child_receive (child, &error));
    g_assert_error (error, HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_PARSE);
    g_assert_cmpuint (strlen (error->message), >, 0);
  }
  expect (child, 2);
}

static void
test_recycled (void)
{
  g_autoptr (HeddleChild) child = new_child (10, 3);
  pid_t first = pid_of_child ();
  for (int i = 0; i < 20; i++)
    send_mail (child, i);
  for (int i = 0; i < 20; i++)
    expect (child, i);
  if (first != 0)
    g_assert_cmpint (pid_of_child (), !=, first);
}

/* A mail that wants more memory than there is breaks its child and nothing else. */
static void
test_memory (void)
{
  if (!BOUNDED) {
    g_test_skip ("ASan needs all of the address space");
    return;
  }
  g_autoptr (HeddleChild) child = new_child (10, 500);
  gsize size = heddle_child_bounds_default.memory + 1;
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (size), size);
  send_mail (child, 1);
  heddle_child_send (child, huge);
  send_mail (child, 2);
  send_mail (child, 3);
  expect (child, 1);
  g_autoptr (GError) error = NULL;
  g_assert_null (heddle_child_receive (child, &error));
  g_assert_error (error, HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_BROKEN);
  g_assert_nonnull (strstr (error->message, "memory is bounded"));
  expect (child, 2);
  expect (child, 3);
}

/* A bound in which no child can live is the operator's fault, not a mail's. */
static void
test_too_tight (void)
{
  if (!BOUNDED) {
    g_test_skip ("ASan needs all of the address space");
    return;
  }
  HeddleChildBounds bounds = { .memory = 4096, .seconds = 5, .recycle = 10 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleChild) child = heddle_child_new (&bounds, &error);
  if (child != NULL) { /* what was allocated before the fork may carry it for a while */
    g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (64 << 20), 64 << 20);
    heddle_child_send (child, large);
    g_assert_null (heddle_child_receive (child, &error));
    g_assert_error (error, HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_BROKEN);
    return;
  }
  g_assert_error (error, HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_CHILD);
}

/* A child that dies for no fault of the mail: the mail is tried again. */
static void
test_killed (void)
{
  g_autoptr (HeddleChild) child = new_child (10, 500);
  pid_t pid = pid_of_child ();
  if (pid == 0) {
    g_test_skip ("the kernel does not say which children there are");
    return;
  }
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  for (int i = 0; i < 5; i++)
    send_mail (child, i);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  for (int i = 0; i < 5; i++)
    expect (child, i);
}

/* Two at once: what one of them had is not lost with it, and the order stays. */
static void
test_one_of_two (void)
{
  g_autoptr (HeddleChild) child = new_child (10, 500);
  pid_t pid = pid_of_child ();
  if (pid == 0) {
    g_test_skip ("the kernel does not say which children there are");
    return;
  }
  for (int i = 0; i < 200; i++)
    send_mail (child, i);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  for (int i = 0; i < 200; i++)
    expect (child, i);
}

/* Results come while nobody waits for them. */
static void
test_served (void)
{
  g_autoptr (HeddleChild) child = new_child (10, 7);
  for (int i = 0; i < 40; i++)
    send_mail (child, i);
  gint64 patience = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  for (int i = 0; i < 40; i++) {
    while (!heddle_child_is_ready (child) && g_get_monotonic_time () < patience) {
      heddle_child_serve (child);
      g_usleep (1000);
    }
    g_assert_true (heddle_child_is_ready (child));
    expect (child, i);
  }
}

/* One that hangs is ended by the clock. */
static void
test_hangs (void)
{
  g_autoptr (HeddleChild) child = new_child (1, 500);
  pid_t pid = pid_of_child ();
  if (pid == 0) {
    g_test_skip ("the kernel does not say which children there are");
    return;
  }
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  gint64 begun = g_get_monotonic_time ();
  send_mail (child, 1);
  expect (child, 1);
  g_assert_cmpint (g_get_monotonic_time () - begun, >, 1 * G_USEC_PER_SEC);
  g_assert_cmpint (pid_of_child (), !=, pid);
}

/* What a child that was taken over would find: two pipes and nothing else. */
static void
test_doors (void)
{
  g_autoptr (HeddleChild) child = new_child (10, 500);
  pid_t pid = pid_of_child ();
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", (int) pid);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  if (pid == 0 || dir == NULL) {
    g_test_skip ("no /proc to look into");
    return;
  }
  guint count = 0;
  while (g_dir_read_name (dir) != NULL)
    count++;
  g_assert_cmpuint (count, ==, 3);
  g_autofree char *limits_path = g_strdup_printf ("/proc/%d/limits", (int) pid);
  g_autofree char *limits = NULL;
  g_assert_true (g_file_get_contents (limits_path, &limits, NULL, NULL));
  static const char *const rows[][2] = { { "Max file size", "0" },
                                         { "Max core file size", "0" },
                                         { "Max processes", "0" },
                                         { "Max open files", "8" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *row = strstr (limits, rows[i][0]);
    g_assert_nonnull (row);
    char value[32];
    g_assert_cmpint (sscanf (row + strlen (rows[i][0]), "%31s", value), ==, 1);
    g_assert_cmpstr (value, ==, rows[i][1]);
  }
}

static void
test_dropped (void)
{
  g_autoptr (HeddleChild) child = new_child (10, 500);
  for (int i = 0; i < 10; i++)
    send_mail (child, i);
  heddle_child_drop (child);
  g_assert_cmpuint (heddle_child_under_way (child), ==, 0);
  send_mail (child, 42);
  expect (child, 42);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child/in-order", test_in_order);
  g_test_add_func ("/child/large", test_large);
  g_test_add_func ("/child/refused", test_refused);
  g_test_add_func ("/child/recycled", test_recycled);
  g_test_add_func ("/child/memory", test_memory);
  g_test_add_func ("/child/too-tight", test_too_tight);
  g_test_add_func ("/child/killed", test_killed);
  g_test_add_func ("/child/one-of-two", test_one_of_two);
  g_test_add_func ("/child/served", test_served);
  g_test_add_func ("/child/hangs", test_hangs);
  g_test_add_func ("/child/doors", test_doors);
  g_test_add_func ("/child/dropped", test_dropped);
  return g_test_run ();
}
