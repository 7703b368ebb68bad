# SPDX-License-Identifier: MIT
"""The order in which mails come, and whether one comes twice, changes nothing: all
permutations of small sets, a mail or two at a time, and random orders of a large one, in a few
ingests each, give the same `show --json` of every conversation, byte for byte.

The long form tries 200 orders of the large set, and all permutations of more small ones.
"""
import itertools
import random

import heddle
import talk

ORDERS = 200 if heddle.LONG else 3
MAILS = 200


def head(who, to, subject, minute, more=""):
    return ("From: %s <%s>\nTo: %s <%s>\nSubject: %s\nDate: Tue, 03 Mar 2026 %02d:%02d:00 +0100\n%s\n"
            "MIME-Version: 1.0\n" % (*talk.PEOPLE[who], *talk.PEOPLE[to], subject, 9 + minute // 60,
                                     minute % 60, more) + talk.PLAIN)


def quote(who, minute, text):
    return "\nOn Tue, Mar 3, 2026 at %d:%02d AM %s wrote:\n\n%s" % (
        9 + minute // 60, minute % 60, who, "".join("> %s\n" % line for line in text.split("\n")))


FIRST = ("Dear Sam,\n\nthe account of Noor Haddad was taken over on Monday night, and its page shows "
         "another name since then. Which papers do you need?\n\nBest regards,\nAna")
SECOND = ("Dear Ana,\n\nwe look into it and come back to you as soon as the review of the whole page "
          "is done. Please send us a copy of the letter meanwhile.\n\nRegards,\nSam")
ANA, SAM, LEA = "Ana Ruiz <ana@example.org>", "Sam Okoro <sam@chirper.example>", "Lea Brandt"

# Each ties together, parts or doubles what the others of its set say.
SETS = {
    "a message, an answer without headers, a copy with the name withheld, a forward": [
        head(0, 1, "Account", 5, "Message-ID: <a@x.example>\n") + FIRST + "\n",
        head(1, 0, "Re: Account", 40, "Message-ID: <b@x.example>\n") + SECOND + "\n" + quote(ANA, 5, FIRST),
        head(2, 3, "Account", 55, "Message-ID: <c@x.example>\n") + "See below.\n" + quote(
            "(b)(6)", 5, FIRST.replace("Noor Haddad", "(b)(6)").replace("Ana", "(b)(6)")),
        head(0, 3, "Fwd: Account", 90, "Message-ID: <d@x.example>\n") + "Noor, for you.\n" + quote(SAM, 40, SECOND)
        + quote(LEA, 3, FIRST[:60]),
    ],
    "a Message-ID that two bear, an answer to it, one that refers to what nobody showed": [
        head(0, 1, "Account", 5, "Message-ID: <a@x.example>\n") + FIRST + "\n",
        head(4, 1, "Invoice", 7, "Message-ID: <a@x.example>\n") + "Please pay by Friday.\n",
        head(1, 0, "Re: Account", 40, "Message-ID: <b@x.example>\nIn-Reply-To: <a@x.example>\n") + SECOND + "\n",
        head(2, 0, "Re: Account", 80, "Message-ID: <c@x.example>\nReferences: <z@x.example> <b@x.example>\n")
        + "Thanks!\n",
    ],
}
if heddle.LONG:
    SETS["five: the first, and one that names all others"] = (
        SETS["a message, an answer without headers, a copy with the name withheld, a forward"]
        + [head(3, 0, "Re: Fwd: Account", 120, "Message-ID: <e@x.example>\nReferences: <a@x.example> "
                "<c@x.example> <d@x.example>\n") + "Thanks!\n"])


def permutations(name, texts, at_once):
    """All orders, @at_once mails an ingest."""
    paths = talk.write(heddle.path("set"), [text.encode() for text in texts])
    db = heddle.store("all")
    heddle.run("ingest", "--db", db, *paths)
    wanted = heddle.snapshot(db)
    bad = []
    for order in itertools.permutations(range(len(texts))):
        db = heddle.store("some")
        for i in range(0, len(order), at_once):
            done = heddle.run("ingest", "--db", db, *(paths[k] for k in order[i:i + at_once]))
            if done.returncode != 0:
                bad.append("%s: %s" % (order, done.stderr))
        words = heddle.differences(wanted, heddle.snapshot(db))
        if words:
            bad.append("%s: %s" % (order, words))
    heddle.test(name, not bad, "\n".join(bad))


def random_orders():
    rand = random.Random(20260302)
    paths = talk.write(heddle.path("large"), talk.mails(MAILS, 2, longest=60))
    db = heddle.store("all")
    heddle.run("ingest", "--db", db, heddle.path("large"))
    wanted = heddle.snapshot(db)
    for i in range(ORDERS):
        order = paths + rand.sample(paths, MAILS // 5)
        rand.shuffle(order)
        cuts = [0] + sorted(rand.sample(range(len(order)), rand.randrange(1, 5))) + [len(order)]
        db = heddle.store("some")
        status = [heddle.run("ingest", "--db", db, *order[a:b]).returncode for a, b in zip(cuts, cuts[1:])]
        words = heddle.differences(wanted, heddle.snapshot(db))
        heddle.test("%d mails, a fifth of them twice, in order %d" % (MAILS, i + 1),
                    words == "" and not any(status), "%s; %s" % (words, status))


for number, (one, some) in enumerate(SETS.items()):
    permutations(one, some, 1 if heddle.LONG or number == 0 else 2)
random_orders()
heddle.finish()
