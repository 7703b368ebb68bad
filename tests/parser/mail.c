/* SPDX-License-Identifier: MIT */
/* Mails to header, body and attachments. A case is a mail and what is read of it,
 * rendered as one line a fact (see render()). */
#include "parser/mail.h"

#include <string.h>
#include <time.h>

typedef struct {
  const char *name;
  const char *mail;
  const char *expected;
} Case;

#define HEAD "From: Ana Ruiz <ana@example.org>\nDate: Tue, 10 Apr 2018 15:59:11 -0400\n"

static const Case cases[] = {
  { "plain",
    "From: Ana Ruiz <ana@EXAMPLE.org>\nTo: sam@example.com, \"Lee, Kim\" <Kim@example.net>\n"
    "Subject: Case\n 1234\nDate: Tue, 10 Apr 2018 15:59:11 -0400\nMessage-ID: <a@example.org>\n"
    "In-Reply-To: <b@example.org>\nReferences: <c@example.org>\n <b@example.org>\n\nDear "
    "Sam,\n",
    "from Ana Ruiz <ana@example.org>\nto - <sam@example.com>\nto Lee, Kim <Kim@example.net>\n"
    "subject Case 1234\ndate 2018-04-10T15:59:11 -240 utc 1523390351 second\nid a@example.org\n"
    "re b@example.org\nref c@example.org\nref b@example.org\n0|Dear Sam,\n" },
  { "encoded words",
    "From: =?utf-8?Q?Ana_Ru=C3=ADz?= <ana@example.org>\nSubject: =?iso-8859-1?Q?caf=E9?= "
    "=?utf-8?B?w6k=?=\n\n\n",
    "from Ana Ru\303\255z <ana@example.org>\nsubject caf\303\251\303\251\n0|\n" },
  { "raw bytes in a header", "From: Ana Ru\355z <ana@example.org>\nSubject: caf\303\251\n\nx",
    "from Ana Ru\303\255z <ana@example.org>\nsubject caf\303\251\n0|x\n" },
  { "withheld", "From: Ana Ruiz (b)(6)\nTo: (b)(6), (b)(6); [redacted] <kim@example.org>\n\nx",
    "from Ana Ruiz <-> redacted\nto - <-> redacted\nto - <-> redacted\n"
    "to - <kim@example.org> redacted\n0|x\n" },
  { "withheld with their separators",
    "From: Sam (b)(6) <sam@example.org>\nCc: (b)(6) (b)(6) Ana Ruiz (b)(6) [redacted]\n\nx",
    "from Sam <sam@example.org> redacted\ncc - <-> redacted\ncc - <-> redacted\n"
    "cc Ana Ruiz <-> redacted\ncc - <-> redacted\n0|x\n" },
  { "groups",
    "From: a@example.org\nTo: Friends: b@example.org, c@example.org;\n"
    "Cc: undisclosed-recipients:;\n\nx",
    "from - <a@example.org>\nto - <b@example.org>\nto - <c@example.org>\n0|x\n" },
  { "a colon in a name", "From: Help: desk <a@example.org>\n\nx",
    "from Help: desk <a@example.org>\n0|x\n" },
  { "a name alone", "From: Ana Ruiz\n\nx", "from Ana Ruiz <->\n0|x\n" },
  { "no From", "Subject: s\n\nx", "subject s\n0|x\n" },
  { "two From fields", "From: a@example.org\nFrom: b@example.org\n\nx",
    "from - <a@example.org>\n0|x\nwarning The header has several From fields; the first is "
    "used.\n" },
  { "mbox", "From ana@example.org Tue Apr 10 15:59:11 2018\nSubject: s\n\n>From me\n",
    "subject s\n0|From me\n" },
  { "a byte order mark and empty lines", "\357\273\277\n\nSubject: s\n\na\n",
    "subject s\n0|a\n" },
  { "crlf", "Subject: s\r\n t\r\n\r\na\r\nb\r\n", "subject s t\n0|a\n0|b\n" },
  { "no header", "Dear Sam,\nsee below.\n",
    "0|Dear Sam,\n0|see below.\nwarning There is no header; all of it is read as text.\n" },
  { "a text that looks like a field", "Note: all is well\n\nfine\n",
    "0|Note: all is well\n0|\n0|fine\nwarning There is no header; all of it is read as "
    "text.\n" },
  { "header only", "Subject: s\n", "subject s\n" },
  { "latin1 that is utf-8",
    "Subject: s\nContent-Type: text/plain; charset=iso-8859-1\n\ncaf\303\251\n",
    "subject s\n0|caf\303\251\nwarning A text is not in the charset that it claims.\n" },
  { "latin1 that is windows-1252",
    "Subject: s\nContent-Type: text/plain; charset=iso-8859-1\n\n\223a\224 \200\n",
    "subject s\n0|\342\200\234a\342\200\235 \342\202\254\n" },
  { "utf-8 that is windows-1252",
    "Subject: s\nContent-Type: text/plain; charset=utf-8\n\ncaf\351\n",
    "subject s\n0|caf\303\251\nwarning A text is not in the charset that it claims.\n" },
  { "unknown charset", "Subject: s\nContent-Type: text/plain; charset=x-none\n\ncaf\303\251\n",
    "subject s\n0|caf\303\251\nwarning A text is not in the charset that it claims.\n" },
  { "gb2312", "Subject: s\nContent-Type: text/plain; charset=gb2312\n\n\304\343\272\303\n",
    "subject s\n0|\344\275\240\345\245\275\n" },
  { "iso-2022-jp",
    "Subject: s\nContent-Type: text/plain; charset=iso-2022-jp\n\n\033$B$\"\033(B\n",
    "subject s\n0|\343\201\202\n" },
  { "a NUL", "Subject: s\nContent-Transfer-Encoding: base64\n\nYQBi\n",
    "subject s\n0|a\357\277\275b\n" },
  { "quoted-printable",
    "Subject: s\nContent-Transfer-Encoding: quoted-printable\n"
    "Content-Type: text/plain; charset=utf-8\n\ncaf=C3=A9 =\nau lait =ZZ\n",
    "subject s\n0|caf\303\251 au lait =ZZ\n" },
  { "broken base64", "Subject: s\nContent-Transfer-Encoding: base64\n\nRGVhciBTYW0!s\n",
    "subject s\n0|Dear Sam,\n" },
  { "flowed", "Subject: s\nContent-Type: text/plain; format=flowed; delsp=yes\n\na \nb\n",
    "subject s\n0~|a\n0|b\n" },
  { "mixed",
    "Subject: s\nContent-Type: multipart/mixed; boundary=\"b\"\n\npreamble\n--b\n\none\n--b\n"
    "Content-Type: application/pdf; name*=utf-8''r%C3%A9sum%C3%A9.pdf\n"
    "Content-Transfer-Encoding: base64\n\nAAEC\n--b\nContent-Type: "
    "text/plain\n\ntwo\n--b--\nend\n",
    "subject s\nfile r\303\251sum\303\251.pdf application/pdf 3 ae4b3280e56e\n0|one\n0|two\n" },
  { "a name with a path",
    "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\n"
    "Content-Disposition: attachment; "
    "filename=\"..\\\\..\\\\=?utf-8?Q?a=07b?=.png\"\n\nx\n--b--\n",
    "subject s\nfile ab.png image/png 1 2d711642b726\n" },
  { "text attached",
    "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n"
    "Content-Type: text/plain; name=log.txt\n\nlog\n--b\nContent-Type: text/plain\n"
    "Content-Disposition: attachment\n\nx\n--b--\n",
    "subject s\nfile log.txt text/plain 3 836ff184e7b4\nfile - text/plain 1 "
    "2d711642b726\n0|one\n" },
  { "truncated", "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\ntw",
    "subject s\n0|one\n0|tw\nwarning A multipart has no end: the mail may be truncated.\n" },
  { "no boundary", "Subject: s\nContent-Type: multipart/mixed\n\none\n",
    "subject s\n0|one\nwarning A multipart has no parts; it is read as text.\n" },
  { "a boundary that begins another",
    "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    "Content-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b\n\ntwo\n--b--\n",
    "subject s\n0|one\n0|two\n" },
  { "alternative: plain",
    "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\n"
    "Content-Type: text/html\n\n<p>html</p>\n--b--\n",
    "subject s\n0|plain\n" },
  { "alternative: html that marks quotations",
    "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\n"
    "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    "<p>html</p><block=\nquote type=3Dcite>q</blockquote>\n--b--\n",
    "subject s\n0|html\n0|\n1|q\n" },
  { "alternative: a stub",
    "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\n"
    "Your client cannot show HTML.\n--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n",
    "subject s\n0|html\n" },
  { "alternative: html within related",
    "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\n"
    "Content-Type: multipart/related; boundary=c\n\n--c\nContent-Type: "
    "text/html\n\n<p>html</p>\n"
    "--c\nContent-Type: image/png; name=a.png\n\nx\n--c--\n--b--\n",
    "subject s\nfile a.png image/png 1 2d711642b726\n0|html\n" },
  { "alternative: an invitation",
    "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\n"
    "Content-Type: text/calendar; method=REQUEST\n\nx\n--b--\n",
    "subject s\nautomatic calendar\nfile - text/calendar 1 2d711642b726\n0|plain\n" },
  { "html alone", "Subject: s\nContent-Type: text/html; charset=iso-8859-1\n\n<p>caf\351\n",
    "subject s\n0|caf\303\251\n" },
  { "alternative: images of the other reading",
    "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\n"
    "Content-Type: multipart/related; boundary=c\n\n--c\nContent-Type: "
    "text/html\n\n<p>html</p>\n"
    "--c\nContent-Type: image/png; name=a.png\n\nx\n--c--\n--b--\n",
    "subject s\nfile a.png image/png 1 2d711642b726\n0|plain\n" },
  { "nested",
    "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n"
    "Content-Type: message/rfc822\n\n" HEAD "\ntwo\n--b--\n",
    "subject s\n0|one\n[\nfrom Ana Ruiz <ana@example.org>\n"
    "date 2018-04-10T15:59:11 -240 utc 1523390351 second\n0|two\n]\n" },
  { "digest",
    "Subject: s\nContent-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: "
    "t\n\ntwo\n--b--\n",
    "subject s\n[\nsubject t\n0|two\n]\n" },
  { "an .eml",
    "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    "Content-Type: application/octet-stream; name=a.EML\nContent-Transfer-Encoding: base64\n\n"
    "U3ViamVjdDogdAoKdHdvCg==\n--b--\n",
    "subject s\n[\nsubject t\n0|two\n]\n" },
  { "calendar",
    "Subject: s\nContent-Type: text/calendar; method=reply; charset=utf-8\n\nBEGIN:VCALENDAR\n",
    "subject s\nautomatic calendar\nfile - text/calendar 16 e2cea6bf3a9d\n" },
  { "pgp/mime",
    "Subject: s\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n"
    "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n",
    "subject s\nencrypted\nfile - application/pgp-encrypted 10 01aeb10cd859\n" },
  { "inline pgp", "Subject: s\n\n-----BEGIN PGP MESSAGE-----\n\nx\n",
    "subject s\nencrypted\n0|-----BEGIN PGP MESSAGE-----\n0|\n0|x\n" },
  { "auto-submitted", "Subject: s\nAuto-Submitted: auto-replied\n\nx",
    "subject s\nautomatic auto-reply\n0|x\n" },
  { "not auto-submitted", "Subject: s\nAuto-Submitted: no\n\nx", "subject s\n0|x\n" },
  { "suppress without an auto subject", "Subject: s\nX-Auto-Response-Suppress: All\n\nx",
    "subject s\n0|x\n" },
  { "suppress with one", "Subject: Automatic reply: s\nX-Auto-Response-Suppress: All\n\nx",
    "subject Automatic reply: s\nautomatic auto-reply\n0|x\n" },
  { "an automatic answer by its subject alone", "Subject: Out of Office: s\n\nx",
    "subject Out of Office: s\nautomatic auto-reply\n0|x\n" },
  { "an answer to an automatic answer", "Subject: Re: Out of Office: s\n\nx",
    "subject Re: Out of Office: s\n0|x\n" },
  { "a person writes of an office", "Subject: Out of office supplies\n\nx",
    "subject Out of office supplies\n0|x\n" },
  { "bounce", "Subject: s\nReturn-Path: <>\n\nx", "subject s\nautomatic bounce\n0|x\n" },
  { "bounce by its author", "From: MAILER-DAEMON@example.org\n\nx",
    "from - <MAILER-DAEMON@example.org>\nautomatic bounce\n0|x\n" },
  { "bounce by its type",
    "Subject: s\nContent-Type: multipart/report; boundary=b; report-type=delivery-status\n\n"
    "--b\n\nlost\n--b\nContent-Type: message/delivery-status\n\nx\n--b\n"
    "Content-Type: message/rfc822\n\nSubject: t\n\ny\n--b--\n",
    "subject s\nautomatic bounce\nfile - message/delivery-status 1 2d711642b726\n0|lost\n"
    "[\nsubject t\n0|y\n]\n" },
  { "a receipt",
    "Subject: s\nContent-Type: multipart/report; boundary=b; "
    "report-type=disposition-notification\n\n--b\n\nread\n--b--\n",
    "subject s\nautomatic auto-reply\n0|read\n" },
  { "an automatic answer with an empty return path",
    "Subject: s\nReturn-Path: <>\nAuto-Submitted: auto-replied\n\nx",
    "subject s\nautomatic auto-reply\n0|x\n" },
  { "list", "Subject: s\nList-Id: <l.example.org>\n\nx", "subject s\nautomatic list\n0|x\n" },
};

static void
render_person (GString *out, const char *field, const HeddlePerson *person)
{
  if (person != NULL)
    g_string_append_printf (out, "%s %s <%s>%s\n", field, person->name ? person->name : "-",
                            person->address ? person->address : "-",
                            person->redacted ? " redacted" : "");
}

static void
render_date (GString *out, const HeddleDate *date)
{
  const HeddleWall *w;

  if (date == NULL)
    return;
  w = &date->local;
  g_string_append_printf (out, "date %04d-%02d-%02dT%02d:%02d:%02d", w->year, w->month, w->day,
                          w->hour, w->minute, w->second);
  if (date->has_offset)
    g_string_append_printf (out, " %d", date->offset);
  if (date->has_utc)
    g_string_append_printf (out, " utc %" G_GINT64_FORMAT, date->utc);
  g_string_append_printf (out, " %s\n", heddle_precision_name (date->precision));
}

static void
render_text (GString *out, const char *field, const char *text)
{
  if (text != NULL)
    g_string_append_printf (out, "%s %s\n", field, text);
}

static void
render_head (GString *out, const HeddleMessage *head)
{
  render_person (out, "from", head->from);
  for (guint i = 0; i < head->to->len; i++)
    render_person (out, "to", head->to->pdata[i]);
  for (guint i = 0; i < head->cc->len; i++)
    render_person (out, "cc", head->cc->pdata[i]);
  render_text (out, "subject", head->subject);
  render_date (out, head->date);
  render_text (out, "id", head->message_id);
  render_text (out, "re", head->in_reply_to);
  for (guint i = 0; i < head->references->len; i++)
    render_text (out, "ref", head->references->pdata[i]);
  render_text (out, "index", head->thread_index);
  if (head->encrypted)
    g_string_append (out, "encrypted\n");
  render_text (out, "automatic", heddle_automatic_name (head->automatic));
  for (guint i = 0; i < head->attachments->len; i++) {
    const HeddleAttachment *a = head->attachments->pdata[i];

    g_string_append_printf (out, "file %s %s %" G_GINT64_FORMAT " %.12s\n",
                            a->name ? a->name : "-", a->type, a->size, a->sha256);
  }
}

static void
render (GString *out, const HeddleMail *mail)
{
  render_head (out, mail->head);
  for (guint i = 0; i < mail->body->lines->len; i++) {
    const HeddleLine *line = mail->body->lines->pdata[i];

    g_string_append_printf (out, "%d%s|%s\n", line->depth, line->soft ? "~" : "",
                            line->content);
  }
  for (guint i = 0; i < mail->nested->len; i++) {
    g_string_append (out, "[\n");
    render (out, mail->nested->pdata[i]);
    g_string_append (out, "]\n");
  }
}

static char *
read_and_render (const char *bytes, gsize length)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleMail) mail = heddle_mail_read (bytes, length, NULL, warnings, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  render (out, mail);
  for (guint i = 0; i < warnings->len; i++)
    g_string_append_printf (out, "warning %s\n", (char *)warnings->pdata[i]);
  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *got = read_and_render (c->mail, strlen (c->mail));

  g_assert_cmpstr (got, ==, c->expected);
}

/* Date fields: as written, and what becomes of them ("-" for what cannot be read). */
static const struct {
  const char *value, *expected;
} dates[] = {
  { "Tue, 10 Apr 2018 15:59:11 -0400",
    "date 2018-04-10T15:59:11 -240 utc 1523390351 second\n" },
  { "10 Apr 2018 15:59 +0000", "date 2018-04-10T15:59:00 0 utc 1523375940 minute\n" },
  { "10 Apr 2018 15:59 -0000", "date 2018-04-10T15:59:00 utc 1523375940 minute\n" },
  { "10 Apr 2018 15:59:11", "date 2018-04-10T15:59:11 second\n" },
  { "10 Apr 2018 15:59:11 EDT", "date 2018-04-10T15:59:11 -240 utc 1523390351 second\n" },
  { "10 Apr 2018 15:59:11 XYZ", "date 2018-04-10T15:59:11 second\n" },
  { "10 Apr 18 15:59 +0545", "date 2018-04-10T15:59:00 345 utc 1523355240 minute\n" },
  { "Tue Apr 10 15:59:11 2018", "date 2018-04-10T15:59:11 second\n" },
  { "Tue, 10 (a (b) c) Apr 2018 15:59:11 +0200 (CEST)",
    "date 2018-04-10T15:59:11 120 utc 1523368751 second\n" },
  { "2018-04-10 15:59", "date 2018-04-10T15:59:00 minute\n" },
  { "29 Feb 2018 10:00:00 +0000", "date 0000-00-00T00:00:00 second\n" },
  { "soon", "date 0000-00-00T00:00:00 day\n" },
};

static void
test_dates (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++) {
    g_autofree char *text = g_strdup_printf ("Date: %s\n\n", dates[i].value);
    g_autofree char *got = read_and_render (text, strlen (text));

    g_assert_true (g_str_has_prefix (got, dates[i].expected));
  }
}

static void
test_errors (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    HeddleParseError code;
  } errors[] = {
    { "", 0, HEDDLE_PARSE_ERROR_EMPTY },
    { " \r\n\t\n", 5, HEDDLE_PARSE_ERROR_EMPTY },
    { "\177ELF\002\001\001\000\000", 9, HEDDLE_PARSE_ERROR_NOT_MAIL },
    { "\001\002\003\004 abc", 8, HEDDLE_PARSE_ERROR_NOT_MAIL },
  };
  HeddleLimits limits = heddle_limits_default;

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (heddle_mail_read (errors[i].bytes, errors[i].length, NULL, NULL, &error));
    g_assert_error (error, HEDDLE_PARSE_ERROR, (int)errors[i].code);
  }
  limits.bytes = 4;
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (heddle_mail_read ("a: b\n", 5, &limits, NULL, &error));
    g_assert_error (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_LIMIT);
  }
}

/* --- hostile mails ----------------------------------------------------------------------- */

/* @head, @unit many times, @tail. */
static GString *
repeat (const char *head, const char *unit, gsize times, const char *tail)
{
  GString *text = g_string_new (head);

  for (gsize i = 0; i < times; i++)
    g_string_append (text, unit);
  g_string_append (text, tail);
  return text;
}

static GString *
nested_multiparts (gsize times)
{
  GString *text = g_string_new ("Subject: s\n");

  for (gsize i = 0; i < times; i++)
    g_string_append_printf (text,
                            "Content-Type: multipart/alternative; boundary=b%u\n\n--b%u\n",
                            (guint)i, (guint)i);
  return text;
}

/* Each is read in a few seconds at most, sanitizers included, with a bounded number
 * of parts and people. */
static void
test_hostile (void)
{
  GString *mails[] = {
    repeat ("Subject: s\nTo: ", "a:", 200000, ";\n\nx"),
    repeat ("Subject: s\nTo: ", "\"", 100000, "\n\nx"),
    repeat ("Subject: s\nTo: ", "(", 100000, "\n\nx"),
    repeat ("Subject: s\nTo: ", "<", 100000, "\n\nx"),
    repeat ("Subject: s\nTo: ", "a@example.org,", 200000, "\n\nx"),
    repeat ("Subject: s\nReferences: ", "<a@b>", 200000, "\n\nx"),
    repeat ("Subject: ", "=?utf-8?Q?=C3?= ", 100000, "\n\nx"),
    repeat ("Subject: s\n", "X-A: b\n", 300000, "\nx"),
    repeat ("Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n\n", 300000, ""),
    repeat ("Subject: s\nContent-Type: text/plain", "; a*1=b", 100000, "\n\nx"),
    repeat ("Subject: s\nContent-Type: message/rfc822\n\n", "Content-Type: message/rfc822\n\n",
            50000, "x"),
    repeat ("Subject: s\nContent-Type: multipart/mixed; ",
            "\303\251\303\251\303\251\303\251\303\251\303\251\303\251", 1000,
            "=x; boundary=b\n\nx"),
    nested_multiparts (20000),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++) {
    g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
    clock_t start = clock ();
    g_autoptr (HeddleMail) mail
        = heddle_mail_read (mails[i]->str, mails[i]->len, NULL, warnings, NULL);

    g_assert_nonnull (mail);
    g_assert_cmpuint (mail->head->to->len, <=, heddle_limits_default.addresses);
    g_assert_cmpuint (mail->head->references->len, <=, heddle_limits_default.references);
    g_assert_cmpuint (mail->head->attachments->len, <=, heddle_limits_default.mime_parts);
    g_test_message ("%u: %d ms", (guint)i, (int)((clock () - start) * 1000 / CLOCKS_PER_SEC));
    g_assert_cmpint (clock () - start, <, 5 * CLOCKS_PER_SEC);
    g_string_free (mails[i], TRUE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/mail/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/mail/dates", test_dates);
  g_test_add_func ("/mail/errors", test_errors);
  g_test_add_func ("/mail/hostile", test_hostile);
  return g_test_run ();
}
