/* SPDX-License-Identifier: MIT */
/* Handles of social networks: "@name", "@name@host".
 *
 * A handle begins at an "@" that does not stand in an address or a web address. Names are
 * ASCII with most networks; YouTube's, Weibo's and KakaoTalk's have letters of any one
 * script, YouTube's hyphens too; Instagram's may have dots within, and Bluesky's are domains
 * below bsky.social. "@example.org" is a domain and no handle; so is all that ends in a
 * suffix of the public list. Where a script puts no blanks between words, the name ends
 * before a particle or before the hiragana that go on with the sentence.
 *
 * Not handled: rules of style sheets, annotations of programs and mail commands that no
 * table here names; case endings of Hangul behind a name in Hangul.
 */
#include "parser/redaction.h"
#include "parser/scan.h"

#include <string.h>

#define BLUESKY ".bsky.social"

enum { LONGEST_NAME = 30, LONGEST_HOST = 253 };

static gboolean
is_name_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* Rules of CSS, which HTML without its tags lets through. */
static const char *const rules[] = {
  "apply", "charset", "color-profile", "container", "counter", "counter-style", "custom-media",
  "custom-selector", "document", "font", "font-face", "font-feature-values",
  "font-palette-values", "import", "include", "keyframes", "layer", "media", "mixin", "namespace",
  "page", "position-try", "property", "scope", "starting-style", "supports", "tailwind",
  "view-transition", "viewport",
};

/* Libraries whose decorators have a dot: "@pytest.fixture". */
static const char *const modules[] = {
  "abc", "app", "asyncio", "attr", "bp", "celery", "click", "contextlib", "functools", "mock",
  "property", "pytest", "router", "typing", "unittest",
};

/* Words of one letter that go on with a Chinese sentence and hardly stand in a name. */
static const gunichar particles[] = { 0x7684, 0x4e86, 0x5728, 0x662f, 0x88ab, 0x548c, 0x4e0e, 0x8207,
                                      0x8bf4, 0x8aaa, 0x53d1, 0x767c, 0x5df2 };

/* Annotations and decorators that stand without brackets, tags of documentation, and what
 * calls all of a channel. */
static const char *const no_names[] = {
  "Autowired", "Bean", "Before", "BeforeEach", "Component", "Controller", "Deprecated",
  "Entity", "FunctionalInterface", "Generated", "Inject", "Injectable", "JsonProperty",
  "NonNull", "NotNull", "Nullable", "Override", "Repository", "RestController", "SafeVarargs",
  "Service", "SuppressWarnings", "Test", "Transactional", "abstractmethod", "all", "brief",
  "channel", "classmethod", "code", "dataclass", "deprecated", "endcode", "everyone", "extends",
  "here", "interface", "link", "override", "param", "private", "return", "returns", "see", "since",
  "staticmethod", "throws", "typedef",
};

static gboolean
is_one_of (const char *const *list, gsize count, const char *name, gsize length, gboolean exact)
{
  for (gsize i = 0; i < count; i++)
    if (strlen (list[i]) == length
        && (exact ? strncmp (list[i], name, length)
                  : g_ascii_strncasecmp (list[i], name, length))
               == 0)
      return TRUE;
  return FALSE;
}

/* Whether what follows a name makes it code: "@Component({", "@app.route("/a")",
 * "@Min(value = 1)", "@Injectable()". A person's name in brackets has none of these. */
static gboolean
is_called (const char *text, gsize length)
{
  gsize at = 1;

  if (length < 2 || text[0] != '(')
    return FALSE;
  if (strchr ("\"'{[)", text[1]) != NULL)
    return TRUE;
  while (at < length && at < LONGEST_NAME && is_name_byte (text[at]))
    at++;
  while (at < length && text[at] == ' ')
    at++;
  return at < length && text[at] == '=';
}

/* Whether an "@" at @at may begin a handle; @last: where the handle before ended. */
static gboolean
begins_at (const char *text, gsize at, gsize last)
{
  if (at == 0)
    return TRUE;
  char before = text[at - 1];
  if (before == '.') /* ".@name" makes a tweet public */
    return at == 1 || g_ascii_isspace (text[at - 2]);
  if (before == '/')
    return last == at - 1;
  if (before == '\'')
    return at == 1 || !heddle_word_at (text + at - 2, 1);
  if ((guchar) before >= 0x80) {
    const char *letter = g_utf8_find_prev_char (text, text + at);
    return heddle_word_begins (text, at)
           || (letter != NULL && heddle_unspaced_at (letter, (gsize) (text + at - letter)));
  }
  return heddle_word_begins (text, at) && strchr ("@-+%&=#!$", before) == NULL;
}

/* The end of a host with an inner dot at @at, @at itself when there is none. */
static gsize
host_end (const char *text, gsize length, gsize at)
{
  gsize end = at, dot = 0;

  while (end < length && end - at < LONGEST_HOST
         && (g_ascii_isalnum (text[end]) || text[end] == '-' || text[end] == '.')) {
    if (text[end] == '.' && (end == at || end + 1 >= length || !g_ascii_isalnum (text[end + 1])))
      break;
    dot = text[end] == '.' ? end : dot;
    end++;
  }
  return dot > at ? end : at;
}

/* What a name's letters are, as far as it has been read. */
typedef struct {
  gsize end;
  guint characters;
  gboolean dots, letters, wide;
  GUnicodeScript script;
} Name;

/* Han, kana and Hangul may stand in one name; "а" of Cyrillic in a Latin one is a trick. */
static gboolean
same_script (GUnicodeScript one, GUnicodeScript other)
{
  return one == other || other == G_UNICODE_SCRIPT_COMMON || other == G_UNICODE_SCRIPT_INHERITED
         || (one == G_UNICODE_SCRIPT_HAN
             && (other == G_UNICODE_SCRIPT_KATAKANA || other == G_UNICODE_SCRIPT_HIRAGANA))
         || (one == G_UNICODE_SCRIPT_KATAKANA && other == G_UNICODE_SCRIPT_HAN);
}

static gboolean
is_particle (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (particles); i++)
    if (particles[i] == c)
      return TRUE;
  return FALSE;
}

/* Whether the letter that begins @text, which is not ASCII, goes on with @name; *@ret_wrong:
 * what is there before it is no name either. */
static gboolean
takes_letter (Name *name, const char *text, gsize length, gboolean *ret_wrong)
{
  gunichar c = g_utf8_get_char (text);
  GUnicodeScript script = g_unichar_get_script (c);
  gboolean unspaced = heddle_unspaced_at (text, length);

  if (!heddle_letter_at (text, length))
    return FALSE;
  if (name->script == G_UNICODE_SCRIPT_COMMON)
    name->script = script;
  else if (!same_script (name->script, script)) {
    *ret_wrong = !unspaced;
    return FALSE;
  }
  if (name->characters > 0
      && ((script == G_UNICODE_SCRIPT_HIRAGANA && name->script != script) || is_particle (c)))
    return FALSE;
  name->letters = name->wide = TRUE;
  return TRUE;
}

/* Whether the dot or the hyphen at @at stands within a name: what comes behind it goes on with
 * small letters or digits, since a dot before a capital ends a sentence and a hyphen before one
 * makes a noun of it. */
static gboolean
joins (const Name *name, const char *text, gsize length, gsize at)
{
  if (name->characters == 0 || at + 1 >= length || (text[at] != '.' && text[at] != '-'))
    return FALSE;
  char next = text[at + 1];
  return text[at] == '.' ? !name->wide && (g_ascii_islower (next) || g_ascii_isdigit (next) || next == '_')
                         : g_ascii_islower (next) || g_ascii_isdigit (next);
}

/* Read the name at @start; FALSE when what stands there is none. */
static gboolean
read_name (const char *text, gsize length, gsize start, Name *name)
{
  gboolean wrong = FALSE;

  *name = (Name) { .end = start, .script = G_UNICODE_SCRIPT_COMMON };
  while (name->end < length && name->characters <= LONGEST_HOST) {
    gsize at = name->end;
    if ((guchar) text[at] >= 0x80) {
      if (!takes_letter (name, text + at, length - at, &wrong))
        break;
    } else if (g_ascii_isalpha (text[at])) {
      if (name->script == G_UNICODE_SCRIPT_COMMON)
        name->script = G_UNICODE_SCRIPT_LATIN;
      else if (name->script != G_UNICODE_SCRIPT_LATIN && !heddle_unspaced_at (text + start, length - start))
        return FALSE;
      name->letters = TRUE;
    } else if (joins (name, text, length, at))
      name->dots = name->dots || text[at] == '.';
    else if (!is_name_byte (text[at]))
      break;
    name->letters = name->letters || text[at] == '_';
    name->characters++;
    name->end = (gsize) (g_utf8_next_char (text + at) - text);
  }
  return !wrong && name->characters <= LONGEST_HOST;
}

/* "meet @noon", "@the café": "@" is "at" there. */
static gboolean
is_word_of_time (const HeddleTables *tables, const char *text, gsize bytes)
{
  gsize covered;
  return heddle_words_at (tables->words, text, bytes,
                          HEDDLE_WORD_BIT (HEDDLE_WORD_HOUR) | HEDDLE_WORD_BIT (HEDDLE_WORD_THE),
                          &covered)
             != NULL
         && covered == bytes;
}

/* A program's word: a rule of a style sheet, an annotation, a package's scope. */
static gboolean
is_code (const char *text, gsize length, gsize start, const Name *name)
{
  gsize end = name->end, bytes = end - start, first = 0;

  while (first < bytes && text[start + first] != '.')
    first++;
  return is_one_of (rules, G_N_ELEMENTS (rules), text + start, bytes, FALSE)
         || is_one_of (no_names, G_N_ELEMENTS (no_names), text + start, bytes, TRUE)
         || (name->dots && is_one_of (modules, G_N_ELEMENTS (modules), text + start, first, TRUE))
         || is_called (text + end, length - end)
         || (end + 1 < length && text[end] == '/' && g_ascii_isalnum (text[end + 1])); /* "@types/node" */
}

/* The end of the handle whose "@" is at @at, 0 when there is none. */
static gsize
handle_end (const HeddleTables *tables, const char *text, gsize length, gsize at)
{
  gsize start = at + 1;
  Name name;

  if (!read_name (text, length, start, &name))
    return 0;
  gsize end = name.end, bytes = end - start;
  if (text[start] == 'X' && heddle_redaction_fills (tables, text + start, bytes))
    return 0; /* its name is withheld */
  if (end < length && text[end] == '@' && bytes > 0 && !name.wide) {
    gsize host = host_end (text, length, end + 1);
    return host > end + 1 ? host : 0;
  }
  if (!name.letters || name.characters > LONGEST_NAME || (name.wide && name.characters < 2)
      || (g_ascii_isdigit (text[start]) && bytes <= 4) /* "@9am" */
      || (heddle_letter_at (text + end, length - end)
          && !heddle_unspaced_at (text + end, length - end))
      || (name.wide && end + 1 < length && text[end] == '.'
          && heddle_letter_at (text + end + 1, length - end - 1)) /* a domain */
      || is_code (text, length, start, &name) || is_word_of_time (tables, text + start, bytes))
    return 0;
  if (name.dots) {
    g_autofree char *host = g_ascii_strdown (text + start, (gssize) bytes);
    if (g_str_has_suffix (host, BLUESKY))
      return end;
    if (heddle_domains_known (tables->domains, host))
      return 0;
  }
  return end;
}

GPtrArray *
heddle_handles_find (const HeddleTables *tables, const char *text, gsize length,
                     const GArray *covered, guint most)
{
  GPtrArray *handles = g_ptr_array_new_with_free_func (g_free);
  if (memchr (text, '@', length) == NULL) /* as most texts have it */
    return handles;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize last = 0;
  guint range = 0;

  while (last < length && handles->len < most) {
    const char *found = memchr (text + last, '@', length - last);
    if (found == NULL)
      break;
    gsize at = (gsize) (found - text), end = 0;
    while (range < covered->len && g_array_index (covered, HeddleRange, range).end <= at)
      range++;
    gboolean within = range < covered->len && g_array_index (covered, HeddleRange, range).start <= at;
    if (!within && begins_at (text, at, last))
      end = handle_end (tables, text, length, at);
    if (end > 0) {
      g_autofree char *handle = g_strndup (found, end - at);
      if (g_hash_table_add (seen, g_ascii_strdown (handle, -1)))
        g_ptr_array_add (handles, g_steal_pointer (&handle));
    }
    last = end > 0 ? end : at + 1;
  }
  return handles;
}
