/* SPDX-License-Identifier: MIT */
/* htmlmark: what the attributes of an HTML element say about its text: hidden,
 * preformatted, a signature, an attribution, and whose markup it is.
 *
 * Two tables: CSS declarations of style="…", and the names by which clients call
 * their containers. Only inline styles: a mail's style sheets are not read.
 */
#include "config.h"

#include "parser/html.h"

#include <string.h>

/* A declaration, its property and the beginning of its value, in lower case. */
static const struct {
  const char *property, *value;
  guint marks;
} declarations[] = {
  { "display", "none", HEDDLE_MARK_HIDDEN },
  { "visibility", "hidden", HEDDLE_MARK_HIDDEN },
  { "visibility", "collapse", HEDDLE_MARK_HIDDEN },
  { "mso-hide", "all", HEDDLE_MARK_HIDDEN },
  { "font-size", "0", HEDDLE_MARK_HIDDEN },
  { "font-size", "1px", HEDDLE_MARK_HIDDEN },
  { "max-height", "0", HEDDLE_MARK_HIDDEN },
  { "opacity", "0", HEDDLE_MARK_HIDDEN },
  { "left", "-999", HEDDLE_MARK_HIDDEN },
  { "text-indent", "-999", HEDDLE_MARK_HIDDEN },
  { "height", "0", HEDDLE_MARK_FLAT },
  { "width", "0", HEDDLE_MARK_FLAT },
  { "max-width", "0", HEDDLE_MARK_FLAT },
  { "overflow", "hidden", HEDDLE_MARK_CLIPPED },
  { "white-space", "pre", HEDDLE_MARK_PRE },
  { "margin", "0", HEDDLE_MARK_NO_MARGIN },
  { "margin-top", "0", HEDDLE_MARK_NO_MARGIN },
  { "border", "none", HEDDLE_MARK_INDENT },
  { "border-left", "", HEDDLE_MARK_BAR },
  /* Outlook's divider above the older message, in the two colours that it has. */
  { "border-top", "solid #e1e1e1", HEDDLE_MARK_FIRST_HEADERS },
  { "border-top", "solid #b5c4df", HEDDLE_MARK_FIRST_HEADERS },
};

/* Words are compared without the "x_" that Outlook on the web puts before those of the
 * messages that it quotes. */
const HeddleContainer heddle_html_containers[] = {
  { HEDDLE_BY_CLASS, "gmail_attr", HEDDLE_MARK_ATTRIBUTION, "gmail",
    "closeio/quotequail, tests/files/gmail_reply.html" },
  /* "gmail_quote_container" and "yahoo_quoted_1234" are met as well. */
  { HEDDLE_BY_CLASS, "gmail_quote", HEDDLE_MARK_FIRST_ATTRIBUTION, "gmail",
    "closeio/quotequail, tests/files/gmail_reply.html" },
  { HEDDLE_BY_CLASS, "gmail_signature", HEDDLE_MARK_SIGNATURE, NULL,
    "mail of QEMU's list, 2020 to 2024" },
  { HEDDLE_BY_CLASS, "moz-cite-prefix", HEDDLE_MARK_ATTRIBUTION, "thunderbird",
    "Thunderbird's composer, nsMsgCompose; mail of the Linux kernel's lists" },
  { HEDDLE_BY_CLASS, "moz-forward-container", HEDDLE_MARK_FIRST_HEADERS, "thunderbird",
    "closeio/quotequail, tests/files/thunderbird_forward.html" },
  { HEDDLE_BY_CLASS, "moz-signature", HEDDLE_MARK_SIGNATURE, NULL,
    "Thunderbird's composer, nsMsgCompose; mail of the Linux kernel's lists" },
  { HEDDLE_BY_CLASS, "yahoo_quoted", HEDDLE_MARK_FIRST_ATTRIBUTION, "yahoo",
    "closeio/quotequail, tests/files/yahoo_reply_unescaped_address.html" },
  { HEDDLE_BY_ID, "yahoo_quoted", HEDDLE_MARK_FIRST_ATTRIBUTION, "yahoo",
    "closeio/quotequail, tests/files/yahoo_reply_unescaped_address.html" },
  { HEDDLE_BY_CLASS, "protonmail_quote", HEDDLE_MARK_FIRST_ATTRIBUTION, "proton",
    "ProtonMail/WebClients, messageDraft.ts; mail of the USRP users' list, 2023 and 2024" },
  { HEDDLE_BY_CLASS, "protonmail_signature_block", HEDDLE_MARK_SIGNATURE, NULL,
    "ProtonMail/WebClients, messageSignature.ts; mail of the USRP users' list, 2023" },
  { HEDDLE_BY_CLASS, "zmail_extra", HEDDLE_MARK_FIRST_ATTRIBUTION, "zoho",
    "mail of the OpenBMC and USRP users' lists, 2020 to 2025, from Zoho" },
  { HEDDLE_BY_NAME, "quote", HEDDLE_MARK_FIRST_HEADERS, "gmx",
    "mail of the USRP users' list, 2020, from gmx.at" },
  { HEDDLE_BY_ID, "divrplyfwdmsg", HEDDLE_MARK_FIRST_HEADERS, "outlook",
    "mail of the amd-gfx list, 2021 to 2025, from Outlook on the web" },
  { HEDDLE_BY_ID, "appendonsend", HEDDLE_MARK_FIRST_HEADERS, "outlook",
    "mail of the amd-gfx list, 2021 to 2025, from Outlook on the web" },
  { HEDDLE_BY_CLASS, "outlookmessageheader", HEDDLE_MARK_FIRST_HEADERS, "outlook",
    "mail of the linux-mips list, 2001 to 2007" },
  { HEDDLE_BY_ID, "mail-editor-reference-message-container", HEDDLE_MARK_FIRST_HEADERS, "outlook",
    "mail of the amd-gfx and QEMU lists, 2023 to 2026" },
  { HEDDLE_BY_CLASS, "ms-outlook-mobile-reference-message", HEDDLE_MARK_FIRST_HEADERS, "outlook",
    "mail of the amd-gfx list, 2022 to 2025, from Outlook for iOS and Android" },
  { HEDDLE_BY_ID, "ms-outlook-mobile-signature", HEDDLE_MARK_SIGNATURE, NULL,
    "mail of the amd-gfx list, 2022 to 2025, from Outlook for iOS and Android" },
  { HEDDLE_BY_ID, "applemailsignature", HEDDLE_MARK_SIGNATURE, NULL,
    "mail of the USRP users' list, 2019, from iPhones" },
  { HEDDLE_BY_ID, "signature", HEDDLE_MARK_SIGNATURE, NULL,
    "mail of the amd-gfx list, 2021 to 2025, from Outlook on the web" },
  { HEDDLE_BY_ID, "composer_signature", HEDDLE_MARK_SIGNATURE, NULL,
    "mail of the USRP users' list, 2020, from a Samsung device" },
  { HEDDLE_BY_ID, "reply-intro", HEDDLE_MARK_ATTRIBUTION, "roundcube",
    "roundcube/roundcubemail, program/actions/mail/compose.php; mail of the OpenWrt list, 2019" },
  { HEDDLE_BY_CLASS, "yahoo-quoted-begin", HEDDLE_MARK_ATTRIBUTION, "yahoo",
    "mail of the oss-security and CVE lists, 2018" },
  { HEDDLE_BY_ID, "zwchr", HEDDLE_MARK_FIRST_HEADERS, "zimbra",
    "mail of QEMU's list, from Zimbra 8" },
  { HEDDLE_BY_ID, "stopspelling", HEDDLE_MARK_FIRST_HEADERS, "outlook",
    "ProtonMail/WebClients, messageBlockquote.fixtures.ts, hotmail2" },
  { HEDDLE_BY_ID, "olk_src_body_section", HEDDLE_MARK_FIRST_HEADERS, "outlook",
    "mailgun/talon, tests/fixtures/OLK_SRC_BODY_SECTION.html, from Outlook for Mac" },
  { HEDDLE_BY_CLASS, "ntes-mailmaster-quote", HEDDLE_MARK_FIRST_HEADERS, "netease",
    "mail of QEMU's list, 2023, from NetEase's Mail Master" },
  { HEDDLE_BY_CLASS, "freshdesk_quote", HEDDLE_MARK_FIRST_ATTRIBUTION, "freshdesk",
    "Freshdesk's application code in public repositories, bind_last_conv" },
  { HEDDLE_BY_NAME, "messagereplysection", HEDDLE_MARK_FIRST_ATTRIBUTION, "spark",
    "mail of QEMU's and the Linux kernel's lists, 2020 and 2023, from Spark" },
  { HEDDLE_BY_NAME, "messagesignaturesection", HEDDLE_MARK_SIGNATURE, NULL,
    "mail of QEMU's and the Linux kernel's lists, 2020 and 2023, from Spark" },
  { HEDDLE_BY_CLASS, "sh-quoted-content", HEDDLE_MARK_FIRST_ATTRIBUTION, "superhuman",
    "mail of the bufferbloat lists, 2022 and 2025" },
  { HEDDLE_BY_CLASS, "sh-signature", HEDDLE_MARK_SIGNATURE, NULL,
    "mail of the bufferbloat lists, 2022 and 2025" },
  { HEDDLE_BY_CLASS, "mso", HEDDLE_MARK_NO_MARGIN, NULL,
    "mail of the amd-gfx list, from Outlook" },
  { 0, NULL, 0, NULL, NULL },
};

/* K-9 Mail and RT write Gmail's classes, and Google Groups is by the same house. */
static const char *const lent[] = { "gmail" };

gboolean
heddle_html_is_lent (const char *style)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lent); i++)
    if (g_strcmp0 (style, lent[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A length of nought: "0", "0px", "0.0pt", not "0.9em". */
static gboolean
is_nought (const char *value, gsize length)
{
  for (gsize i = 0; i < length && (g_ascii_isdigit (value[i]) || value[i] == '.'); i++)
    if (value[i] >= '1' && value[i] <= '9')
      return FALSE;
  return length > 0 && value[0] == '0';
}

static gboolean
value_matches (const char *wanted, const char *value, gsize length)
{
  gsize n = strlen (wanted);

  if (strcmp (wanted, "0") == 0)
    return is_nought (value, length);
  return length >= n && g_ascii_strncasecmp (value, wanted, n) == 0;
}

/* Adds what the declarations of @css say to @marks. */
static void
add_style (const char *css, HeddleMarks *marks)
{
  guint ground = 0;

  while (*css) {
    gsize name, length;
    const char *value;

    css += strspn (css, " \t\r\n;");
    name = strcspn (css, ":; \t\r\n");
    value = css + name + strspn (css + name, " \t\r\n");
    if (*value != ':') {
      css = value + strcspn (value, ";");
      continue;
    }
    value++;
    value += strspn (value, " \t\r\n");
    length = strcspn (value, ";");
    for (gsize i = 0; i < G_N_ELEMENTS (declarations); i++)
      if ((css[0] | 0x20) == declarations[i].property[0]
          && strlen (declarations[i].property) == name
          && g_ascii_strncasecmp (css, declarations[i].property, name) == 0
          && value_matches (declarations[i].value, value, length))
        marks->marks |= declarations[i].marks;
    if (name == 5 && g_ascii_strncasecmp (css, "color", 5) == 0)
      marks->colour = heddle_html_colour (value, length);
    else if (g_ascii_strncasecmp (css, "background-color", MIN (name, 16)) == 0
             && (name == 10 || name == 16))
      ground = heddle_html_colour (value, length);
    css = value + length;
  }
  if ((marks->marks & HEDDLE_MARK_FLAT) && (marks->marks & HEDDLE_MARK_CLIPPED))
    marks->marks |= HEDDLE_MARK_HIDDEN;
  if (ground != 0 && ground == marks->colour) /* nothing else is certain: a page may be dark */
    marks->marks |= HEDDLE_MARK_HIDDEN;
  marks->marks &= ~(guint)(HEDDLE_MARK_FLAT | HEDDLE_MARK_CLIPPED);
}

static void
add_container (HeddleBy by, const char *word, gsize length, HeddleMarks *marks)
{
  while (length > 2 && word[0] == 'x' && word[1] == '_') {
    word += 2;
    length -= 2;
  }
  for (gsize i = 0; heddle_html_containers[i].value != NULL; i++) {
    if (heddle_html_containers[i].by != by
        || (word[0] | 0x20) != heddle_html_containers[i].value[0])
      continue;
    gsize n = strlen (heddle_html_containers[i].value);
    if (length < n
        || g_ascii_strncasecmp (word, heddle_html_containers[i].value, n) != 0)
      continue;
    /* Short words are common ones: "quote", "signature"; only these very ones. */
    if (n < 10 && heddle_html_containers[i].marks != HEDDLE_MARK_NO_MARGIN && length != n)
      continue;
    marks->marks |= heddle_html_containers[i].marks;
    if (marks->style == NULL)
      marks->style = heddle_html_containers[i].style;
  }
}

static void
add_containers (HeddleBy by, const char *value, HeddleMarks *marks)
{
  while (*value) {
    gsize length = strcspn (value, " \t\r\n");

    add_container (by, value, length, marks);
    value += length;
    value += strspn (value, " \t\r\n");
  }
}

HeddleMarks
heddle_html_marks (const char *element, const char *const *attributes)
{
  HeddleMarks marks = { 0 };

  for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
    const char *name = attributes[0], *value = attributes[1] ? attributes[1] : "";

    if (strcmp (name, "style") == 0)
      add_style (value, &marks);
    else if (strcmp (name, "color") == 0 && strcmp (element, "font") == 0)
      marks.colour = heddle_html_colour (value, strlen (value));
    else if (strcmp (name, "class") == 0)
      add_containers (HEDDLE_BY_CLASS, value, &marks);
    else if (strcmp (name, "id") == 0)
      add_containers (HEDDLE_BY_ID, value, &marks);
    else if (strcmp (name, "name") == 0 && strcmp (element, "div") == 0)
      add_containers (HEDDLE_BY_NAME, value, &marks);
    else if (strcmp (name, "href") == 0)
      marks.href = value;
    else if (strcmp (name, "hidden") == 0)
      marks.marks |= HEDDLE_MARK_HIDDEN;
  }
  return marks;
}

gboolean
heddle_html_says (const char *element, const char *name, const char *value)
{
  const char *const attribute[] = { name, value, NULL };

  /* A background hides text by the colour that another attribute may give. */
  if (strchr (value, '&') != NULL
      || (strcmp (name, "style") == 0 && strcasestr (value, "background") != NULL))
    return TRUE;
  if (strcmp (name, "href") == 0)
    return strcmp (element, "a") == 0;
  HeddleMarks marks = heddle_html_marks (element, attribute);
  return marks.marks != 0 || marks.style != NULL || marks.colour != 0;
}
