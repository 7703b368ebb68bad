/* SPDX-License-Identifier: MIT */
/* threads/organisation: whose domain an address has.
 *
 * A domain stands for an organisation, unless it gives addresses to anybody. Not handled:
 * that "mail.example.org" and "example.org" are one; they count as two, which joins too
 * little rather than too much. */
#include "threads/organisation.h"

#include <stdlib.h>
#include <string.h>

/* Hosts where anybody can have a mailbox, in the order of strcmp(). */
static const char *const everybody[] = {
  "126.com",        "163.com",      "aim.com",        "aol.com",       "att.net",
  "bk.ru",          "bluewin.ch",   "btinternet.com", "comcast.net",   "daum.net",
  "disroot.org",    "fastmail.com", "fastmail.fm",    "free.fr",       "gmail.com",
  "gmx.at",         "gmx.ch",       "gmx.com",        "gmx.de",        "gmx.net",
  "googlemail.com", "hanmail.net",  "hey.com",        "hotmail.co.uk", "hotmail.com",
  "hotmail.de",     "hotmail.es",   "hotmail.fr",     "hotmail.it",    "hushmail.com",
  "icloud.com",     "inbox.ru",     "laposte.net",    "libero.it",     "list.ru",
  "live.co.uk",     "live.com",     "live.fr",        "mac.com",       "mail.com",
  "mail.ru",        "mailbox.org",  "me.com",         "msn.com",       "naver.com",
  "o2.pl",          "orange.fr",    "outlook.com",    "outlook.de",    "outlook.fr",
  "pm.me",          "posteo.de",    "posteo.net",     "proton.me",     "protonmail.com",
  "qq.com",         "rambler.ru",   "rediffmail.com", "riseup.net",    "rocketmail.com",
  "sbcglobal.net",  "seznam.cz",    "sina.com",       "sohu.com",      "t-online.de",
  "tuta.com",       "tuta.io",      "tutanota.com",   "tutanota.de",   "ukr.net",
  "verizon.net",    "wanadoo.fr",   "web.de",         "wp.pl",         "ya.ru",
  "yahoo.co.in",    "yahoo.co.jp",  "yahoo.co.uk",    "yahoo.com",     "yahoo.com.br",
  "yahoo.de",       "yahoo.es",     "yahoo.fr",       "yahoo.it",      "yandex.com",
  "yandex.ru",      "yeah.net",     "ymail.com",      "zoho.com",
};

static int
compare (const void *domain, const void *row)
{
  return strcmp (domain, *(const char *const *)row);
}

const char *
heddle_organisation_of (const char *address)
{
  const char *at = strrchr (address, '@');

  if (!at || !at[1])
    return NULL;
  return bsearch (at + 1, everybody, G_N_ELEMENTS (everybody), sizeof *everybody, compare)
             ? NULL
             : at + 1;
}
