/* SPDX-License-Identifier: MIT */
/* Attachments that a text only names: "<Screen Shot.png>", "[image: x.png]", "[cid:…]",
 * "Attachment: a.pdf".
 *
 * A name in "<>" or "[]" is known by its ending, which must be one of the table
 * below: "<example.org>" and "[3.5]" are no files. Any number of them may stand on a
 * line, with or without blanks.
 *
 * Not handled: names in running text without brackets or a label.
 */
#include "parser/facts.h"
#include "parser/scan.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 255 };

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
  if (!heddle_scan_char (&scan, ':'))
    return 0;
  heddle_scan_blanks (&scan);
  return scan.at;
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
  const char *name = MAX (slash, back) == NULL ? folded : MAX (slash, back) + 1;

  if (*name == '\0')
    return;
  HeddleAttachment *attachment = g_new0 (HeddleAttachment, 1);
  attachment->name = g_strdup (name);
  attachment->size = -1;
  attachment->kind = HEDDLE_ATTACHMENT_MENTIONED;
  g_ptr_array_add (found, attachment);
}

/* Move to the next byte that may begin a name or a line. */
static void
pass_prose (HeddleScan *scan)
{
  for (; scan->at < scan->length; scan->at++) {
    char c = scan->text[scan->at];
    if (c == '<' || c == '[' || c == '(' || c == '\n')
      return;
  }
}

GPtrArray *
heddle_attachments_named (const HeddleTables *tables, const char *text, gsize length,
                          guint most, GArray *covered)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_attachment_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Line reader = { tables, { text, length, 0 }, TRUE, FALSE };
  Named named;

  while (reader.scan.at < length && found->len < most) {
    if (!reader.begins && !reader.labelled)
      pass_prose (&reader.scan);
    if (reader.scan.at >= length)
      break;
    gsize begin = reader.scan.at;
    if (!line_next (&reader, &named)) {
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
      if (!g_hash_table_add (seen, last->name))
        g_ptr_array_set_size (found, (gint) before);
    }
  }
  return found;
}
