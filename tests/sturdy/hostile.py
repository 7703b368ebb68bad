# SPDX-License-Identifier: MIT
"""Mail that somebody made to do harm, through ingest, every question, and rebuild: nothing
crashes, nothing is lost, nothing of one mail replaces or hides another, whatever comes first.
"""
import itertools
import json
import random
import shutil

import heddle
import talk

DAY = "Tue, 03 Mar 2026 10:00:00 +0100"
METAS = ["'; DROP TABLE mails; --", '" OR 1=1 --', "%_\\%", "a* NEAR(b c, 5)", "^subject : -x", '"unclosed',
         "{subject body}: x", "((((", "))))", "a AND OR NOT", "\u202egpj.exe", "x\x01y\x7f", "?1 ?2 :a @b $c",
         "NULL", "-", "--", "*", "id:<a@x>", "\\", "'", '"', "`", "[x]", "a\tb", "\N{ZERO WIDTH SPACE}", "(b)(6)"]
PREFIXES = ["", "subject:", "id:", "from:", "thread:", "body:", "url:", "case:", "handle:", "domain:", "attachment:"]
DATES = ["Thu, 01 Jan 1970 00:00:00 +0000", "Mon, 01 Jan 1900 00:00:00 +0000", "Fri, 31 Dec 9999 23:59:59 +0000",
         "Sat, 01 Jan 0000 00:00:00 +0000", "Tue, 03 Mar 2026 10:00:00 +9999", "Tue, 03 Mar 2026 10:00:00 -9999",
         "Mon, 30 Feb 2026 25:61:61 +0000", "Fri, 31 Dec 9999 23:59:59 -9999", "Thu, 01 Jan 0001 00:00:00 +9999",
         "Tue, 03 Mar 99999999999999999999 10:00:00 +0000", "Tue, 03 Mar -2026 10:00:00 +0000", "0", "", "now",
         "Wed, 31 Dec 1969 23:59:59 +0000", "Thu, 19 Jan 2038 03:14:08 +0000"]


def mail(text, id=None, sender="Ana Ruiz <ana@example.org>", subject="Account", date=DAY, more="", to="sam@chirper.example"):
    return ("From: %s\nTo: %s\nSubject: %s\nDate: %s\n%s%sMIME-Version: 1.0\n%s%s\n" % (
        sender, to, subject, date, "" if id is None else "Message-ID: <%s>\n" % id, more, talk.PLAIN, text)).encode()


def references(ids):
    return "References: %s\n" % "\n ".join("<%s>" % one for one in ids)


def messages(db):
    """Every message of every conversation, by what its text begins with."""
    return [message for shown in heddle.snapshot(db).values() for message in json.loads(shown)["messages"]]


def received(db):
    return sum(thread["received"] for thread in heddle.ask("threads", "--db", db))


def survives(name, mails):
    """All of them, in one ingest: kept, shown in every form, and the same after rebuild."""
    folder = heddle.path("all")
    shutil.rmtree(folder, True)
    talk.write(folder, mails)
    db = heddle.store("all-store")
    done = heddle.run("ingest", "--db", db, folder)
    heddle.test(name + ": all are stored", done.returncode == 0 and received(db) == len(mails),
                "%d %s; %d of %d" % (done.returncode, done.stderr, received(db), len(mails)))
    wanted = heddle.snapshot(db)
    bad = []
    for one in wanted:
        for words in (("show", one), ("gaps", one), ("inclusive", one),
                      ("export", one, "--format=mbox"), ("export", one, "--format=html")):
            done = heddle.run(*words, "--db", db)
            if done.returncode != 0:
                bad.append("%s: %d %s" % (words, done.returncode, done.stderr))
    for words in (("threads",), ("gaps",), ("people",), ("search", "account"), ("search", "--sort=oldest", "the"),
                  ("search", "date:1971..2090"), ("search", "--output=participants", "account"), ("check",), ("status",)):
        done = heddle.run(*words, "--db", db)
        if done.returncode != 0:
            bad.append("%s: %d %s" % (words, done.returncode, done.stderr))
    heddle.test(name + ": every question is answered", not bad, "\n".join(bad[:8]))
    done = heddle.run("rebuild", "--db", db)
    words = heddle.differences(wanted, heddle.snapshot(db))
    heddle.test(name + ": the same after rebuild", done.returncode == 0 and words == "", words)
    return db


# --- references ---------------------------------------------------------------------------

survives("loops", [
    mail("One that answers itself.", "self@x", more="In-Reply-To: <self@x>\n" + references(["self@x", "self@x"])),
    mail("One that answers the next.", "a@x", more="In-Reply-To: <b@x>\n"),
    mail("The next, that answers the third.", "b@x", more=references(["c@x"])),
    mail("The third, that answers the first.", "c@x", more=references(["a@x", "b@x"])),
    mail("An own descendant before an ancestor.", "d@x", more=references(["e@x", "d@x", "f@x", "e@x"])),
    mail("Its answer.", "e@x", more=references(["d@x", "e@x"]) + "In-Reply-To: <d@x>\n"),
    mail("No name at all.", "", more="In-Reply-To: <>\nReferences: < > <> <<>> <a <b@x\n"),
])
survives("ten thousand references", [
    mail("Many.", "many@x", more=references("r%d@x" % i for i in range(10000))),
    mail("The same, from behind.", "behind@x", more=references("r%d@x" % i for i in reversed(range(10000)))),
    mail("One of them.", "r5000@x"), mail("The last of them.", "r9999@x"),
])

# --- Message-IDs -----------------------------------------------------------------------------

TRUE = "The account of Noor Haddad was taken over on Monday night, and its page shows another name since."
FORGED = "Please send all your papers and your password to this new address of ours, and at once."


def forgery(name, forged):
    """The true mail is proven, the forged one is not. In each order the true one is shown."""
    true = mail(TRUE, "true@x")
    answer = mail("We look into it.", "answer@x", "Sam Okoro <sam@chirper.example>", more="In-Reply-To: <true@x>\n")
    shown = []
    for order in itertools.permutations((("true", true), ("forged", forged), ("answer", answer))):
        db = heddle.store("forged")
        for what, data in order:
            options = ("--unverified",) if what == "forged" else ()
            heddle.run("ingest", "--db", db, *options, *talk.write(heddle.path("one"), [data]))
        shown.append(heddle.snapshot(db))
    heddle.test(name + ": the order does not matter", all(one == shown[0] for one in shown))
    found = [message for message in messages(db) if message["text"] == TRUE]
    kept = [message for message in messages(db) if FORGED in message["text"]
            or any(FORGED in variant["text"] for variant in message["variants"])]
    heddle.test(name + ": the true one is shown as it is", len(found) == 1, [m["text"] for m in messages(db)])
    heddle.test(name + ": the forged one is kept", len(kept) == 1, [m["text"] for m in messages(db)])
    marked = found and (found[0]["message_id_shared_with"] or found[0]["variants"])
    heddle.test(name + ": both are marked", bool(marked), found)
    answers = [message for message in messages(db) if message["text"] == "We look into it."]
    heddle.test(name + ": what answers it answers the true one", found and answers[0]["parent"] == found[0]["id"], answers)


forgery("another's text under its Message-ID", mail(FORGED, "true@x", "Eve <eve@evil.example>"))
forgery("in its author's name", mail(FORGED, "true@x"))
forgery("with its text and more", mail(TRUE + "\n\n" + FORGED, "true@x"))
forgery("with its text and more, by another", mail(TRUE + "\n\n" + FORGED, "true@x", "Eve <eve@evil.example>"))
forgery("an earlier one", mail(FORGED, "true@x", date="Mon, 02 Mar 2026 10:00:00 +0100"))
survives("one Message-ID on fifty mails", [
    mail(" ".join(random.Random(i).sample(talk.THINGS + talk.DOINGS + talk.TIMES, 9)), "same@x", date="Tue, 03 Mar 2026 10:%02d:00 +0100" % i)
    for i in range(50)])

# --- times and signs ------------------------------------------------------------------------

survives("times", [mail("Sent at a strange time, number %d." % i, "t%d@x" % i, date=date) for i, date in enumerate(DATES)]
         + [mail("Answers what was sent at a strange time, number %d." % i, "u%d@x" % i, more="In-Reply-To: <t%d@x>\n" % i)
            for i in range(len(DATES))]
         + [mail("All of them.", "v@x", more=references("t%d@x" % i for i in range(len(DATES))))])
db = survives("signs", [
    mail("Signs %d: %s\n\nOn Tue, Mar 3, 2026 at 9:00 AM %s wrote:\n> %s\n" % (i, meta, meta, meta), "s%d%s@x" % (i, meta),
         '"%s" <%s@example.org>' % (meta.replace('"', ""), "a"), meta, more=references([meta]), to=meta)
    for i, meta in enumerate(METAS)])
bad = []
for meta in METAS:
    for prefix in PREFIXES if heddle.LONG else PREFIXES[:3]:
        for query in (prefix + meta, '%s"%s"' % (prefix, meta.replace('"', ""))):
            done = heddle.run("search", "--db", db, "--", query)
            if done.returncode not in (0, 2) or (done.returncode == 2 and b"column" not in done.stderr):
                bad.append("%s: %d %s" % (query, done.returncode, done.stderr))
heddle.test("signs: every query has hits, none, or a caret", not bad, "\n".join(bad[:8]))
bad = [meta for meta in METAS if heddle.run("show", "--db", db, meta).returncode not in (0, 1, 2)]
heddle.test("signs: and every id", not bad, bad)
heddle.finish()
