/* SPDX-License-Identifier: MIT */
/* Attachments that a text only names: "<Screen Shot.png>", "[image: x.png]", "[cid:…]",
 * "Attachment: a.pdf".
 *
 * A name in "<>" or "[]" is known by its ending, which must be one of the table
 * below: "<example.org>" and "[3.5]" are no files. Any number of them may stand on a
 * line, with or without blanks.
 *
 * In running text a name without blanks counts right behind a word for attachments ("see
 * attached report.pdf and list.csv"), and one behind another.
 *
 * Not handled: names in running text with blanks, or elsewhere.
 */
#include "parser/facts.h"
#include "parser/scan.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 255, LONGEST_WORD = 48, MOST_WORDS = 4 };

/* Sorted. */
static const char *const endings[] = {
  "7z",   "aac",  "ai",   "apk",  "asc",  "avi",  "bmp",  "bz2",  "csv",  "dat",     "dmg",
  "doc",  "docm", "docx", "dot",  "dotx", "eml",  "emz",  "eps",  "epub", "exe",     "gif",
  "gz",   "heic", "heif", "htm",  "html", "ics",  "iso",  "jpe",  "jpeg", "jpg",     "json",
  "key",  "log",  "m4a",  "m4v",  "mht",  "mkv",  "mov",  "mp3",  "mp4",  "mpeg",    "mpg",
  "msg",  "numbers", "odg", "odp", "ods", "odt",  "ogg",  "opus", "p7m",  "p7s",     "pages",
  "pdf",  "pfx",  "pgp",  "png",  "pps",  "ppsx", "ppt",  "pptx", "ps",   "psd",     "pst",
  "pub",  "rar",  "rtf",  "sig",  "svg",  "tar",  "tgz",  "tif",  "tiff", "txt",     "vcf",
  "vsd",  "wav",  "webm", "webp", "wma",  "wmv",  "wmz",  "wpd",  "xls",  "xlsb",    "xlsm",
  "xlsx", "xml",  "xps",  "yaml", "yml",  "zip",
};

static int
compare_ending (const void *key, const void *member)
{
  return strcmp (key, *(const char *const *) member);
}

static gboolean
is_file_name (const char *name, gsize length)
{
  char ending[12];
  const char *dot = g_strrstr_len (name, (gssize) length, ".");

  if (dot == NULL || dot == name || length > LONGEST_NAME)
    return FALSE;
  gsize bytes = length - (gsize) (dot + 1 - name);
  if (bytes == 0 || bytes >= sizeof ending || memchr (name, '@', length) != NULL
      || g_strstr_len (name, (gssize) length, "://") != NULL)
    return FALSE;
  for (gsize i = 0; i < bytes; i++)
    ending[i] = g_ascii_tolower (dot[1 + i]);
  ending[bytes] = '\0';
  return bsearch (ending, endings, G_N_ELEMENTS (endings), sizeof *endings, compare_ending)
         != NULL;
}

typedef struct {
  gsize start, end; /* of the name; empty when it has none ("[cid:…]") */
  gsize after;
} Named;

/* "Image: " and the like, 0 when there is none. */
static gsize
label_at (const HeddleTables *tables, const char *text, gsize length)
{
  HeddleScan scan = { text, length, 0 };
  gsize bytes;

  if (heddle_words_at (tables->words, text, length, HEDDLE_WORD_BIT (HEDDLE_WORD_ATTACHED),
                       &bytes) == NULL)
    return 0;
  scan.at = bytes;
  heddle_scan_blanks (&scan);
  if (!heddle_scan_sign (&scan, ':'))
    return 0;
  heddle_scan_blanks (&scan);
  return scan.at;
}

/* The quoted name that begins @text behind a word for attachments, as Notes leaves it:
 * "attachment "plan.doc" deleted by Ana Ruiz/Desk". */
static gboolean
quoted_at (const HeddleTables *tables, const char *text, gsize length, gsize at, Named *ret)
{
  gsize bytes = 0;

  if (heddle_words_at (tables->words, text + at, length - at, HEDDLE_WORD_BIT (HEDDLE_WORD_ATTACHED),
                       &bytes) == NULL)
    return FALSE;
  HeddleScan scan = { text, length, at + bytes };
  heddle_scan_sign (&scan, ':');
  heddle_scan_blanks (&scan);
  if (!heddle_scan_char (&scan, '"'))
    return FALSE;
  gssize stop = heddle_find_near (text + scan.at, length - scan.at, '"', LONGEST_NAME);
  if (stop <= 0 || !is_file_name (text + scan.at, (gsize) stop))
    return FALSE;
  *ret = (Named) { scan.at, scan.at + (gsize) stop, 0 };
  return TRUE;
}

/* What stands in brackets at @at, if it names an attachment. */
static gboolean
bracket_at (const HeddleTables *tables, const char *text, gsize length, gsize at, Named *ret)
{
  char close = text[at] == '<' ? '>' : text[at] == '[' ? ']' : text[at] == '(' ? ')' : '\0';
  gsize inside = at + 1;

  if (close == '\0')
    return FALSE;
  gboolean twice = close == '>' && inside < length && text[inside] == '<'; /* "<<a.doc>>" */
  inside += twice;
  gssize stop = heddle_find_near (text + inside, length - inside, close, LONGEST_NAME + 32);
  if (stop <= 0)
    return FALSE;
  gsize end = inside + (gsize) stop, after = end + 1;
  if (close == ']' && after < length && text[after] == '(')
    return FALSE; /* Markdown: a link */
  if (twice && after < length && text[after] == '>')
    after++;

  HeddleScan scan = { text, end, inside };
  heddle_scan_blanks (&scan);
  if (close == ']' && heddle_scan_word (&scan, "cid") && heddle_scan_peek (&scan, 0) == ':'
      && scan.at + 1 < end) {
    *ret = (Named) { end, end, after };
    return TRUE;
  }
  if (close == ']' && quoted_at (tables, text, end, scan.at, ret)) {
    ret->after = after;
    return TRUE;
  }
  gsize label = label_at (tables, text + scan.at, end - scan.at);
  scan.at += label;
  while (end > scan.at && g_ascii_isspace (text[end - 1]))
    end--;
  /* "[image: Inline image 1]" has a label and no ending; in "()" a label is a must. */
  if (scan.at >= end || (close == ')' && label == 0)
      || (!is_file_name (text + scan.at, end - scan.at) && !(close == ']' && label > 0)))
    return FALSE;
  *ret = (Named) { scan.at, end, after };
  return TRUE;
}

/* A file's name without brackets up to a comma or the line's end. */
static gboolean
plain_at (const char *text, gsize length, gsize at, Named *ret)
{
  gsize end = at;

  if (length - at > 1 && text[at] == '/' && text[at + 1] == '/')
    return FALSE; /* "file://…" */
  while (end < length && end - at <= LONGEST_NAME && text[end] != '\n' && text[end] != ','
         && text[end] != ';')
    end++;
  gsize after = end;
  while (end > at && (g_ascii_isspace (text[end - 1]) || text[end - 1] == '.'))
    end--;
  *ret = (Named) { at, end, after };
  return is_file_name (text + at, end - at);
}

/* Reads the names on a line one after another; @labelled: it began with "Attachments:",
 * so names need no brackets. */
typedef struct {
  const HeddleTables *tables;
  HeddleScan scan;
  gboolean begins, labelled;
} Line;

static gboolean
line_next (Line *line, Named *ret)
{
  HeddleScan *scan = &line->scan;

  if (line->begins) {
    gsize label = label_at (line->tables, scan->text + scan->at, scan->length - scan->at);
    line->labelled = label > 0;
    scan->at += label;
  } else if (line->labelled) {
    heddle_scan_blanks (scan);
    if (heddle_scan_char (scan, ',') || heddle_scan_char (scan, ';'))
      heddle_scan_blanks (scan);
  }
  line->begins = FALSE;
  if (scan->at >= scan->length)
    return FALSE;
  if (!bracket_at (line->tables, scan->text, scan->length, scan->at, ret)
      && !(line->labelled && plain_at (scan->text, scan->length, scan->at, ret))) {
    line->labelled = FALSE;
    return FALSE;
  }
  scan->at = ret->after;
  return TRUE;
}

gboolean
heddle_is_attachment_line (const HeddleTables *tables, const char *line, gsize length)
{
  Line reader = { tables, { line, length, 0 }, TRUE, FALSE };
  Named named;
  gboolean any = FALSE;

  heddle_scan_blanks (&reader.scan);
  while (line_next (&reader, &named)) {
    any = TRUE;
    do
      heddle_scan_blanks (&reader.scan);
    while (heddle_scan_char (&reader.scan, ',') || heddle_scan_char (&reader.scan, ';'));
  }
  return any && reader.scan.at >= length;
}

static void
add_named (GPtrArray *found, const char *text, const Named *named)
{
  g_autofree char *folded = heddle_fold_blanks (text + named->start, named->end - named->start);
  /* a path never gets out of here */
  const char *slash = strrchr (folded, '/'), *back = strrchr (folded, '\\');
  char *name = folded;
  if (MAX (slash, back) != NULL)
    name = folded + (MAX (slash, back) + 1 - folded);
  gsize length = strlen (name);
  if (length > 2 && name[0] == '"' && name[length - 1] == '"') {
    name[length - 1] = '\0';
    name++;
  }

  if (*name == '\0')
    return;
  HeddleAttachment *attachment = g_new0 (HeddleAttachment, 1);
  attachment->name = g_strdup (name);
  attachment->size = -1;
  attachment->kind = HEDDLE_ATTACHMENT_MENTIONED;
  g_ptr_array_add (found, attachment);
}

/* Whether a word of @kind ends at @at, blanks, a colon or a quotation mark between. */
static gboolean
stands_before (const HeddleTables *tables, const char *text, gsize at, HeddleWordKind kind)
{
  guint words = 0;

  while (at > 0 && strchr (" \t\":", text[at - 1]) != NULL)
    at--;
  for (gsize begin = at; begin > 0 && at - begin < LONGEST_WORD && words < MOST_WORDS;) {
    begin--;
    if (text[begin] == '\n')
      return FALSE;
    if (((guchar) text[begin] & 0xc0) == 0x80 || !heddle_letter_at (text + begin, at - begin)
        || !heddle_word_begins (text, begin))
      continue;
    gsize bytes;
    words++;
    if (heddle_words_at (tables->words, text + begin, at - begin, HEDDLE_WORD_BIT (kind), &bytes)
            != NULL
        && begin + bytes == at)
      return TRUE;
  }
  return FALSE;
}

/* The name in running text whose last dot is at @dot, if it may be one here; @last: where
 * the name before ended, 0 for none. */
static gboolean
name_around (const HeddleTables *tables, const char *text, gsize length, gsize dot, gsize last,
             Named *ret)
{
  gsize start = dot, end = dot + 1;

  while (end < length && g_ascii_isalnum (text[end]))
    end++;
  if (end - dot < 3 || end - dot > 8 || heddle_word_at (text + end, length - end)
      || (end + 1 < length && strchr (".@/-", text[end]) != NULL && g_ascii_isalnum (text[end + 1])))
    return FALSE;
  while (start > last && dot - start < LONGEST_NAME
         && strchr (" \t\n\"'<>()[],;:/\\", text[start - 1]) == NULL)
    start--;
  if (start == dot || (start > 0 && strchr ("/\\", text[start - 1]) != NULL)
      || !is_file_name (text + start, end - start))
    return FALSE;
  gsize before = start;
  while (before > last && (text[before - 1] == ' ' || text[before - 1] == ','))
    before--;
  gboolean goes_on = last > 0 && start - last < LONGEST_WORD
                     && (before == last || stands_before (tables, text, start, HEDDLE_WORD_AND));
  if (!goes_on && !stands_before (tables, text, start, HEDDLE_WORD_ATTACHED))
    return FALSE;
  *ret = (Named) { start, end, end };
  return TRUE;
}

/* Move to the next byte that may begin a name or a line, or over a name in running text:
 * TRUE then. */
static gboolean
pass_prose (const HeddleTables *tables, HeddleScan *scan, gsize *last, Named *ret)
{
  static const guint8 tells[0x100]
      = { ['<'] = 1, ['['] = 1, ['('] = 1, ['\n'] = 1, ['.'] = 1 };
  for (; scan->at < scan->length; scan->at++) {
    char c = scan->text[scan->at];
    if (!tells[(guchar) c]) /* most of a text */
      continue;
    if (c != '.')
      return FALSE;
    if (scan->at + 2 < scan->length && g_ascii_isalnum (scan->text[scan->at + 1])
        && name_around (tables, scan->text, scan->length, scan->at, *last, ret)) {
      *last = scan->at = ret->after;
      return TRUE;
    }
  }
  return FALSE;
}

GPtrArray *
heddle_attachments_named (const HeddleTables *tables, const char *text, gsize length,
                          guint most, GArray *covered)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_attachment_free);
  g_autoptr (GHashTable) seen = NULL; /* made for the first: most texts have none */
  Line reader = { tables, { text, length, 0 }, TRUE, FALSE };
  Named named;
  gsize last_name = 0;

  while (reader.scan.at < length && found->len < most) {
    gboolean prose = !reader.begins && !reader.labelled
                     && pass_prose (tables, &reader.scan, &last_name, &named);
    if (!prose && reader.scan.at >= length)
      break;
    gsize begin = prose ? named.start : reader.scan.at;
    if (!prose && !line_next (&reader, &named)) {
      if (reader.scan.at < length && text[reader.scan.at++] == '\n') {
        reader.begins = TRUE;
        reader.labelled = FALSE;
      }
      continue;
    }
    if (covered != NULL) {
      HeddleRange range = { begin, reader.scan.at };
      g_array_append_val (covered, range);
    }
    guint before = found->len;
    add_named (found, text, &named);
    if (found->len > before) {
      HeddleAttachment *last = g_ptr_array_index (found, before);
      if (seen == NULL)
        seen = g_hash_table_new (g_str_hash, g_str_equal);
      if (g_hash_table_contains (seen, last->name)) /* adding it would keep the one that goes */
        g_ptr_array_set_size (found, (gint) before);
      else
        g_hash_table_add (seen, last->name);
    }
  }
  return found;
}
