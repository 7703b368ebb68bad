# SPDX-License-Identifier: MIT
"""Result sets of header queries against notmuch's, on the same Maildir, by Message-ID.

notmuch.py HEDDLE SAMPLES FOLDER: makes a Maildir in FOLDER of the samples and of mails
that are generated here, asks both, prints TAP. Of heddle's messages those count that were
received; what only stands quoted notmuch cannot know.
"""
import email.parser
import email.policy
import email.utils
import json
import os
import re
import subprocess
import sys
import time

heddle, samples, folder = sys.argv[1:4]
store = os.path.join(folder, "x.db")
maildir = os.path.join(folder, "Maildir")
config = os.path.join(folder, "notmuch.conf")
environment = {"PATH": os.environ["PATH"], "HOME": folder, "TZ": "UTC", "LC_ALL": "C.UTF-8",
               "NOTMUCH_CONFIG": config}
NOW = time.time()

PEOPLE = [("Ana Ruiz", "ana@example.org"), ("Sam Lee", "sam@chirper.example"),
          ("Mona Haddad", "mona.haddad@partner.example"), ("Anabel Cruz", "anabel@sub.example.org"),
          ("Help Desk", "desk@chirper.example"), (None, "ana.ruiz@example.org")]
SUBJECTS = ["Account taken over", "Re: Account taken over", "Update", "Training in May",
            "[urgent] Case 4711: @reefwatch_", "Re: [list] Training in May", "Fwd: Update"]
FILES = [None, "floor plan.png", "report-2018.pdf", None]


def generated():
    """Mails in which each header has several values in all mixtures."""
    for i in range(84):
        sender, to, cc = PEOPLE[i % 6], PEOPLE[(i // 2 + 1) % 6], PEOPLE[(i // 5 + 2) % 6]
        name = FILES[i % 4]
        day, zone = 1 + i % 28, ["+0000", "+0200", "-0700", "+0330"][i % 4]
        show = lambda p: p[1] if p[0] is None else "%s <%s>" % p
        head = ("From: %s\nTo: %s\n%sSubject: %s\nDate: %d %s 2018 %02d:%02d:00 %s\n"
                "Message-ID: <g%d@made.example>\nMIME-Version: 1.0\n" % (
                    show(sender), show(to), "Cc: %s\n" % show(cc) if i % 3 else "",
                    SUBJECTS[i % 7], day, ["Feb", "Mar", "Apr"][i % 3], i % 24, i % 60, zone,
                    i))
        text = "The line number %d of mail that stands alone, zebra%d.\n" % (i, i)
        if name is None:
            yield head + "\n" + text
        else:
            yield (head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + text
                   + "--b\nContent-Type: application/octet-stream; name=\"%s\"\n"
                   "Content-Disposition: attachment; filename=\"%s\"\n\nx%d\n--b--\n" % (name, name, i))


def special():
    """What the two see differently, and mails of the last days."""
    head = "From: Zoë Q <zoe@made.example>\nTo: ana@example.org\nDate: Sat, 3 Feb 2018 10:00:00 +0000\n"
    kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    yield (head + kind + "Subject: One\nMessage-ID: <s1@made.example>\n\n"
           "Her résumé is here: she walked home.\n")
    yield (head + kind + "Subject: Re: Two\nMessage-ID: <s2@made.example>\n\nThat is so.\n\n"
           "On Thu, Feb 1, 2018 at 9:00 AM, Sam Lee <sam@chirper.example> wrote:\n"
           "> The xylophone is gone.\n")
    for i in range(24):
        yield ("From: ana@example.org\nTo: sam@chirper.example\nSubject: Recent\n"
               "Date: %s\nMessage-ID: <r%d@made.example>\n\nRecent line %d.\n" % (
                   email.utils.formatdate(NOW - 3600 - i * 86400 * 1.7), i, i))


def sound(path, seen):
    """Whether notmuch and heddle read the same head of a sample: one Message-ID that no
    other has, and a well-formed date."""
    with open(path, "rb") as file:
        head = re.split(rb"\r?\n\r?\n", file.read(), maxsplit=1)[0]
    ids = re.findall(rb"(?im)^message-id:\s*<([^<>\s]+)>\s*$", head)
    if len(ids) != 1 or ids[0] in seen or not re.search(rb"(?im)^date:", head):
        return False
    seen.add(ids[0])
    return True


def fill():
    for name in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(maildir, name))
    seen, number = set(), 0
    for root, _, names in sorted(os.walk(samples)):
        for name in sorted(names):
            path = os.path.join(root, name)
            if name.endswith(".eml") and sound(path, seen):
                number += 1
                with open(path, "rb") as file, open("%s/cur/%d.s:2,S" % (maildir, number), "wb") as copy:
                    copy.write(file.read())
    for mail in [*generated(), *special()]:
        number += 1
        with open("%s/cur/%d.g:2,S" % (maildir, number), "w", encoding="utf-8") as copy:
            copy.write(mail)
    with open(config, "w") as file:
        file.write("[database]\npath=%s\n[user]\nname=x\nprimary_email=x@example.org\n"
                   "[new]\ntags=\n[search]\nexclude_tags=\n" % maildir)
    return number


def run(*words):
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise RuntimeError("%s: %s" % (words, done.stderr.decode()))
    return done.stdout.decode("utf-8", "replace")


def ask_heddle(*words):
    return json.loads(run(heddle, words[0], "--db", store, "--json", "--", *words[1:]))


def ids_of_heddle():
    """Message-ID of each received message, by heddle's id."""
    ids = {}
    for thread in ask_heddle("threads"):
        for message in ask_heddle("show", thread["thread"])["messages"]:
            if any(e["received"] and e["index"] == 0 for e in message["evidence"]):
                ids[message["id"]] = message["message_id"]
    return ids


def by_heddle(query, ids):
    return {ids[hit["message"]] for hit in ask_heddle("search", query) if hit["message"] in ids}


def by_notmuch(query):
    out = run("notmuch", "search", "--exclude=false", "--output=messages", "--format=json", query)
    return set(json.loads(out))


def headers(name):
    for file in sorted(os.listdir(maildir + "/cur")):
        with open(os.path.join(maildir, "cur", file), "rb") as mail:
            head = email.parser.BytesHeaderParser(policy=email.policy.compat32).parse(mail)
        for value in head.get_all(name, []):
            yield str(value)


def plain(values, pattern, most):
    """Different ASCII matches of @pattern, at most @most, in an order that stays."""
    found = []
    for value in values:
        for word in re.findall(pattern, value):
            if word not in found:
                found.append(word)
    return found[:: max(1, len(found) // most)][:most]


# Both say the same to these.
FIXED = """
from:ana
from:ruiz
from:"ana ruiz"
from:ana@example.org
from:example.org
from:sub.example.org
from:chirper
from:nobody@nowhere.example
to:ana
to:mona.haddad@partner.example
to:"sam lee"
to:partner.example
subject:account
subject:"account taken over"
subject:"taken account"
subject:4711
subject:reefwatch_
subject:update
attachment:report
attachment:"floor plan.png"
attachment:plan
id:g7@made.example
id:nowhere@made.example
date:2018-03
date:2018
date:2018-04-10
date:2018-03-01..2018-03-07
date:2018-03-07..
date:..2018-03-07
date:2018-02..2018-03
date:yesterday..today
date:today
date:3days..
date:2weeks..1week
date:1month..
date:2018-04-10..2018-04-10
date:1week
date:1month
date:2months..1month
date:1year
date:1M
date:this_week
date:last_week
date:this_month
date:last_month
date:last_year
date:monday
date:sunday..
date:october
date:march_2018
date:10_april_2018
date:april_10..
date:10april2018
date:20180410
date:10.4.2018
date:4/10/2018
date:@1519900000..@1522600000
from:ana subject:update
from:ana AND subject:update
from:ana OR from:sam
from:ana and to:mona
from:ana -subject:update
from:ana NOT subject:update
from:ana AND NOT subject:update
NOT from:ana
(from:ana OR from:sam) subject:update
from:ana (subject:update OR subject:training)
((from:ana))
from:ana OR from:sam subject:update
NOT (from:ana OR from:sam)
(NOT from:ana) (NOT from:sam)
from:ana date:2018-03
from:ana date:2018-03 attachment:report
to:ana OR (from:ana date:2018-02..2018-03-15 -attachment:png)
from:ANA
subject:UPDATE
zebra7
"stands alone"
zebra7 OR zebra8
*
""".split("\n")[1:-1]

# Where they rightly differ: our query, the one with which notmuch says the same, why.
DIFFERENT = [
    ("-from:ana", "NOT from:ana", "there a query cannot begin with a minus"),
    ("-from:ana -from:sam", "NOT from:ana AND NOT from:sam", "the same"),
    ("FROM:ana", "from:ana", "there a prefix is written in lower case"),
    ("resume", "résumé", "we fold accents, in the query and in the mail"),
    ("walking", "id:none@made.example", "there words are stemmed: walking finds walked"),
    ("xylophone", "id:none@made.example",
     "what only stands quoted belongs to its own author's message, there to every mail"),
]

tests = 0


def report(good, name, note=""):
    global tests
    tests += 1
    for line in note.splitlines():
        print("# " + line)
    print("%sok %d - %s" % ("" if good else "not ", tests, name.replace("#", "\\#")))


def compare(query, ids):
    ours, theirs = by_heddle(query, ids), by_notmuch(query)
    note = "" if ours == theirs else "heddle alone: %s\nnotmuch alone: %s" % (
        sorted(ours - theirs)[:9], sorted(theirs - ours)[:9])
    report(ours == theirs, "%s: %d" % (query, len(theirs)), note)


def main():
    number = fill()
    run("notmuch", "new")
    run(heddle, "ingest", "--db", store, maildir)
    ids = ids_of_heddle()
    report(len(set(ids.values())) == number, "both have all %d mails" % number,
           "heddle has %d" % len(ids))
    for query in FIXED:
        compare(query, ids)
    for word in plain(headers("From"), r"[\w.+-]+@[\w.-]+\w", 40):
        compare("from:" + word, ids)
    for word in plain(headers("To"), r"[\w.+-]+@[\w.-]+\w", 40):
        compare("to:" + word, ids)
    for word in plain(headers("Message-ID"), r"<([\w@.+-]+)>", 40):
        compare("id:" + word, ids)
    for ours, theirs, why in DIFFERENT:
        found, alike, same = by_heddle(ours, ids), by_notmuch(theirs), by_notmuch(ours)
        report(found == alike != same, "%s is notmuch's %s: %s" % (ours, theirs, why),
               "heddle %d, notmuch %d, and %d for the same query" % (
                   len(found), len(alike), len(same)))
    print("1..%d" % tests)


main()
