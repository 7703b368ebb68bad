/* SPDX-License-Identifier: MIT */
/* Who is who: joined on evidence only, the same from every order. */
#include "threads/threads.h"
#include "base/base.h"

#include <string.h>

#define SEEN_MAX 10
#define RULES_MAX 4
#define ORDERS 30

/* "Name <address>" or either alone, and how: 'F'rom, 'T'o in a header; 'f', 't' quoted. */
typedef struct {
  char how;
  const char *who;
  guint thread, message;
} Seen;

/* Rules: "a=b" joined, "a/" parted, "a~b" configured; of keys. Wanted: a person a word of
 * lines, "names|addresses|messages written, of them by name|kind", sorted. */
typedef struct {
  const char *name;
  Seen seen[SEEN_MAX];
  const char *rules[RULES_MAX];
  const char *want;
} Case;

#define ANA "Ana Ruiz <ana@example.org>"
#define ANA_TOO "Ana Ruiz <ana.ruiz@example.org>"

static const Case cases[] = {
  { "an address and its name", { { 'F', ANA, 1, 1 }, { 'T', "ana@example.org", 1, 2 } }, { NULL },
    "Ana Ruiz|ana@example.org|1 0|person" },
  { "two addresses of one organisation", { { 'F', ANA, 1, 1 }, { 'F', ANA_TOO, 2, 2 } }, { NULL },
    "Ana Ruiz|ana.ruiz@example.org,ana@example.org|2 0|person" },
  { "turned round, in capitals",
    { { 'F', ANA, 1, 1 }, { 'F', "RUIZ, Ana <ana.ruiz@example.org>", 2, 2 }, { 'F', ANA, 1, 3 } },
    { NULL },
    "Ana Ruiz|ana.ruiz@example.org,ana@example.org|3 0|person" },
  { "two organisations", { { 'F', ANA, 1, 1 }, { 'F', "Ana Ruiz <ana@partner.example>", 1, 2 } }, { NULL },
    "Ana Ruiz|ana@example.org|1 0|person\nAna Ruiz|ana@partner.example|1 0|person" },
  { "where anybody can have an address",
    { { 'F', "Ana Ruiz <a1@gmail.com>", 1, 1 }, { 'F', "Ana Ruiz <a2@gmail.com>", 1, 2 } },
    { NULL },
    "Ana Ruiz|a1@gmail.com|1 0|person\nAna Ruiz|a2@gmail.com|1 0|person" },
  { "a first name is no evidence",
    { { 'F', "Ana <ana@example.org>", 1, 1 }, { 'F', "Ana <ana.ruiz@example.org>", 1, 2 } },
    { NULL },
    "Ana|ana.ruiz@example.org|1 0|person\nAna|ana@example.org|1 0|person" },
  { "a quotation joins no addresses", { { 'F', ANA, 1, 1 }, { 'f', ANA_TOO, 1, 2 } }, { NULL },
    "Ana Ruiz|ana.ruiz@example.org|1 0|person\nAna Ruiz|ana@example.org|1 0|person" },
  { "a quotation names an address", { { 'F', "ana@example.org", 1, 1 }, { 'f', ANA, 1, 1 } }, { NULL },
    "Ana Ruiz|ana@example.org|1 0|person" },
  { "a shared mailbox bears no name",
    { { 'F', "Ana Ruiz <desk@example.org>", 1, 1 }, { 'F', "Sam Ode <desk@example.org>", 2, 2 },
      { 'F', ANA, 3, 3 }, { 'F', "Sam Ode <sam@example.org>", 4, 4 } },
    { NULL },
    "Ana Ruiz,Sam Ode|desk@example.org|2 0|shared\nAna Ruiz|ana@example.org|1 0|person\n"
    "Sam Ode|sam@example.org|1 0|person" },
  { "what others call somebody is no bridge",
    { { 'F', ANA, 1, 1 }, { 'F', "Sam Ode <sam@example.org>", 1, 2 }, { 'T', "Ana Ruiz <sam@example.org>", 1, 3 } },
    { NULL },
    "Ana Ruiz,Sam Ode|sam@example.org|1 0|person\nAna Ruiz|ana@example.org|1 0|person" },
  { "a name alone in the conversation",
    { { 'F', ANA, 1, 1 }, { 'f', "Ana Ruiz", 1, 2 }, { 'f', "Ana Ruiz", 1, 1 } }, { NULL },
    "Ana Ruiz|ana@example.org|2 1|person" },
  { "a name alone in another conversation", { { 'F', ANA, 1, 1 }, { 'f', "Ana Ruiz", 2, 2 } }, { NULL },
    "Ana Ruiz|ana@example.org|1 0|person\nAna Ruiz||1 1|name" },
  { "named elsewhere, and here the address alone",
    { { 'F', ANA, 1, 1 }, { 'T', "ana@example.org", 2, 2 }, { 'f', "Ana Ruiz", 2, 3 } }, { NULL },
    "Ana Ruiz|ana@example.org|2 1|person" },
  { "two of that name in the conversation",
    { { 'F', ANA, 1, 1 }, { 'F', "Ana Ruiz <ana@partner.example>", 1, 2 }, { 'f', "Ana Ruiz", 1, 3 } },
    { NULL },
    "Ana Ruiz|ana@example.org|1 0|person\nAna Ruiz|ana@partner.example|1 0|person\nAna Ruiz||1 1|name" },
  { "two addresses of one person in the conversation",
    { { 'F', ANA, 1, 1 }, { 'F', ANA_TOO, 1, 2 }, { 'f', "Ana Ruiz", 1, 3 } }, { NULL },
    "Ana Ruiz|ana.ruiz@example.org,ana@example.org|3 1|person" },
  { "who is withheld is nobody", { { 'F', ANA, 1, 1 }, { 'f', "", 1, 2 } }, { NULL },
    "Ana Ruiz|ana@example.org|1 0|person" },
  { "an address is no name", { { 'F', "sam@example.org <ana@example.org>", 1, 1 } }, { NULL },
    "|ana@example.org|1 0|person" },
  { "joined by hand", { { 'F', ANA, 1, 1 }, { 'F', "Ana R <ana@partner.example>", 2, 2 } },
    { "address:ana@example.org=address:ana@partner.example" },
    "Ana R,Ana Ruiz|ana@example.org,ana@partner.example|2 0|person" },
  { "configured", { { 'F', ANA, 1, 1 }, { 'F', "Ana R <ana@partner.example>", 2, 2 } },
    { "address:ana@example.org~address:ana@partner.example" },
    "Ana R,Ana Ruiz|ana@example.org,ana@partner.example|2 0|person" },
  { "configured and parted", { { 'F', ANA, 1, 1 }, { 'F', "Ana R <ana@partner.example>", 2, 2 } },
    { "address:ana@example.org~address:ana@partner.example", "address:ana@partner.example/" },
    "Ana Ruiz|ana@example.org|1 0|person\nAna R|ana@partner.example|1 0|person" },
  { "parted by hand", { { 'F', ANA, 1, 1 }, { 'F', ANA_TOO, 2, 2 } }, { "address:ana@example.org/" },
    "Ana Ruiz|ana.ruiz@example.org|1 0|person\nAna Ruiz|ana@example.org|1 0|person" },
  { "parted and joined", { { 'F', ANA, 1, 1 }, { 'F', ANA_TOO, 2, 2 } },
    { "address:ana@example.org/", "address:ana@example.org=address:ana.ruiz@example.org" },
    "Ana Ruiz|ana.ruiz@example.org,ana@example.org|2 0|person" },
  { "joined, and the one by whom parted",
    { { 'F', ANA, 1, 1 }, { 'F', "b@b.example", 2, 2 }, { 'F', "c@c.example", 3, 3 } },
    { "address:b@b.example=address:ana@example.org", "address:b@b.example=address:c@c.example",
      "address:b@b.example/" },
    "Ana Ruiz|ana@example.org,c@c.example|2 0|person\n|b@b.example|1 0|person" },
  { "a name alone joined by hand", { { 'F', ANA, 1, 1 }, { 'f', "A. Ruiz", 2, 2 } },
    { "address:ana@example.org=name:a ruiz" },
    "A. Ruiz,Ana Ruiz|ana@example.org|2 1|person" },
  { "decided about nobody", { { 'F', ANA, 1, 1 } }, { "address:x@x=address:ana@example.org", "name:x/" },
    "Ana Ruiz|ana@example.org|1 0|person" },
};

static void
see (HeddlePeople *people, const Seen *seen, guint number)
{
  const char *open = strchr (seen->who, '<');
  g_autofree char *mail = g_strdup_printf ("mail%u", number);
  g_autofree char *name = g_strstrip (g_strndup (seen->who, strcspn (seen->who, "<")));
  g_autofree char *address = open ? g_strndup (open + 1, strcspn (open + 1, ">")) : NULL;
  gboolean bare = !open && strchr (name, '@');
  HeddleSighting sighting = {
    .name = bare || !*name ? NULL : name,
    .address = bare ? name : address,
    .author = g_ascii_tolower (seen->how) == 'f',
    .header = g_ascii_isupper (seen->how),
    .message = seen->message,
    .thread = seen->thread,
    .time = 1000 * (gint64) seen->message,
    .mail = mail,
    .index = number % 3,
  };
  heddle_people_see (people, &sighting);
}

static void
rule (HeddlePeople *people, const char *text)
{
  gsize length = strcspn (text, "=/~");
  g_autofree char *one = g_strndup (text, length);

  heddle_people_rule (people,
                      text[length] == '='   ? HEDDLE_PEOPLE_JOIN
                      : text[length] == '/' ? HEDDLE_PEOPLE_PART
                                            : HEDDLE_PEOPLE_CONFIGURED,
                      one, text[length + 1] ? text + length + 1 : NULL);
}

static char *
strings (const GPtrArray *list)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (out, "%s%s", i ? "," : "", (char *) list->pdata[i]);
  return g_string_free (out, FALSE);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* What is wanted; @ret_all: everything, proofs and ids too. */
static char *
print (const GPtrArray *identities, char **ret_all)
{
  static const char *const kinds[] = { "person", "shared", "name" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < identities->len; i++) {
    const HeddleIdentity *one = identities->pdata[i];
    g_autofree char *names = strings (one->names), *addresses = strings (one->addresses);
    g_autofree char *ids = strings (one->ids), *keys = strings (one->keys);

    g_assert_true (g_ptr_array_find_with_equal_func (one->ids, one->id, g_str_equal, NULL));
    g_ptr_array_add (lines, g_strdup_printf ("%s|%s|%u %u|%s", names, addresses, one->messages,
                                             one->by_name, kinds[one->kind]));
    g_string_append_printf (all, "%s %s %s %s %d %d\n", one->id, ids, keys, names, (int) one->first,
                            (int) one->last);
    for (guint k = 0; k < one->proofs->len; k++) {
      const HeddleProof *proof = one->proofs->pdata[k];
      g_string_append_printf (all, " %d %s %s %s %u %u\n", proof->kind, proof->name, proof->address,
                              proof->mail, proof->index, proof->count);
    }
  }
  g_ptr_array_sort (lines, compare_strings);
  g_ptr_array_add (lines, NULL);
  *ret_all = g_string_free (all, FALSE);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static char *
sorted_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  qsort (lines, g_strv_length (lines), sizeof *lines, compare_strings);
  return g_strjoinv ("\n", lines);
}

static void
test_case (gconstpointer data)
{
  const Case *set = data;
  g_autoptr (GRand) chance = g_rand_new_with_seed (7);
  g_autofree char *first = NULL, *want = sorted_lines (set->want);
  guint order[SEEN_MAX], n = 0;

  while (n < SEEN_MAX && set->seen[n].who) {
    order[n] = n;
    n++;
  }
  for (guint round = 0; round < ORDERS; round++) {
    g_autoptr (HeddlePeople) people = heddle_people_new ();
    g_autofree char *all = NULL, *got = NULL;

    for (guint i = n; round > 0 && i-- > 1;) {
      guint k = (guint) g_rand_int_range (chance, 0, (gint32) i + 1), swap = order[i];
      order[i] = order[k];
      order[k] = swap;
    }
    for (guint i = 0; i < n; i++)
      see (people, &set->seen[order[i]], order[i]);
    for (guint i = 0; i < RULES_MAX && set->rules[i]; i++)
      rule (people, set->rules[i]);
    g_autoptr (GPtrArray) identities = heddle_people_identities (people);
    got = print (identities, &all);
    g_assert_cmpstr (got, ==, want);
    if (!first)
      first = g_strdup (all);
    g_assert_cmpstr (all, ==, first);
  }
}

/* Ids that were printed once are those of somebody when all is known. */
static void
test_ids (void)
{
  g_autoptr (HeddlePeople) few = heddle_people_new (), many = heddle_people_new ();
  const Seen alone = { 'f', "Ana Ruiz", 1, 1 }, one = { 'F', ANA, 1, 2 }, other = { 'F', ANA_TOO, 2, 3 };

  see (few, &alone, 1);
  see (many, &alone, 1);
  see (many, &one, 2);
  see (many, &other, 3);
  g_autoptr (GPtrArray) before = heddle_people_identities (few);
  g_autoptr (GPtrArray) after = heddle_people_identities (many);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpuint (after->len, ==, 1);
  const HeddleIdentity *name = before->pdata[0], *person = after->pdata[0];
  g_assert_cmpuint (person->ids->len, ==, 3);
  g_assert_true (g_ptr_array_find_with_equal_func (person->ids, name->id, g_str_equal, NULL));
}

/* A list with many names, and a conversation of many people, in linear time. */
static void
test_many (void)
{
  enum { MANY = 20000 };
  g_autoptr (HeddlePeople) people = heddle_people_new ();

  for (guint i = 0; i < MANY; i++) {
    g_autofree char *list = g_strdup_printf ("Name%u Ruiz <list@example.org>", i);
    g_autofree char *own = g_strdup_printf ("Name%u Ruiz <n%u@example.org>", i, i);
    g_autofree char *alone = g_strdup_printf ("Name%u Ruiz", i);
    const Seen seen[] = { { 'F', list, 1, i + 1 }, { 'F', own, 1, i + 1 }, { 'f', alone, 2, i + 1 } };
    for (guint k = 0; k < G_N_ELEMENTS (seen); k++)
      see (people, &seen[k], i);
  }
  g_autoptr (GPtrArray) identities = heddle_people_identities (people);
  g_assert_cmpuint (identities->len, ==, 2 * MANY + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/threads/people/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/threads/people/ids", test_ids);
  g_test_add_func ("/threads/people/many", test_many);
  return g_test_run ();
}
