# SPDX-License-Identifier: MIT
"""Made up mail of a helpline: conversations of which the mailbox has a part, with quotations,
forwards in the body and as message/rfc822, short answers, files, and Message-IDs that two
mails bear. The same number gives the same mails. Imported, not run.
"""
import base64
import os
import random
import time

PEOPLE = [("Ana Ruiz", "ana@example.org"), ("Sam Okoro", "sam@chirper.example"),
          ("Lea Brandt", "lea@partner.example"), ("Noor Haddad", "noor@example.org"),
          ("Milo Andersen", "milo@chirper.example"), ("Tomás Núñez", "tomas@partner.example"),
          ("Priya Nair", "priya@example.org"), ("Help Desk", "desk@chirper.example")]
THINGS = ["account", "letter", "café page", "photograph", "number", "señal", "stamp", "threat",
          "review", "journal", "copy of the deed", "case 4711", "handle @reef_watch"]
DOINGS = ["was taken over", "is still blocked", "came back by post", "cannot be opened",
          "shows another name", "needs a second look", "stands at https://chirper.example/help/page"]
TIMES = ["on Monday night", "last week", "since the weekend", "before noon", "after the call"]
SHORT = ["Thanks!", "Yes, please.", "OK", "Any news?"]
SUBJECTS = ["Account taken over", "Update", "Question", "Training in May", "Case 4711", "Letter"]
BEGINNING = 1770000000


class Said:
    """What one person wrote once."""

    def __init__(self, rand, number, subject, before):
        self.number, self.before = number, before
        self.author, self.to = rand.sample(PEOPLE, 2)
        if before is not None:
            self.to = before.author
            while self.author == self.to:
                self.author = rand.choice(PEOPLE)
        self.time = (before.time + rand.randrange(180, 200000) if before is not None
                     else BEGINNING + rand.randrange(20000000))
        self.zone = 60 * rand.randrange(-8, 9)
        self.subject = subject if before is None else "Re: " + subject
        body = (rand.choice(SHORT) if before is not None and rand.random() < 0.15 else
                " ".join("The %s %s %s." % (rand.choice(THINGS), rand.choice(DOINGS), rand.choice(TIMES))
                         for _ in range(rand.randrange(1, 6))))
        self.text = "Hello %s,\n\n%s\n\nRegards,\n%s" % (self.to[0], body, self.author[0])

    def id(self):
        return "<%d@made.example>" % self.number

    def date(self):
        wall = time.gmtime(self.time + 60 * self.zone)
        return (time.strftime("%a, %d %b %Y %H:%M:%S", wall)
                + " %s%02d%02d" % ("-" if self.zone < 0 else "+", *divmod(abs(self.zone), 60)))

    def head(self):
        answers = "" if self.before is None else "In-Reply-To: %s\n" % self.before.id()
        return ("From: %s <%s>\nTo: %s <%s>\nSubject: %s\nDate: %s\nMessage-ID: %s\n%s"
                "MIME-Version: 1.0\n" % (*self.author, *self.to, self.subject, self.date(),
                                         self.id(), answers))


PLAIN = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"


def quoted(said):
    return "\n\nOn %s, %s <%s> wrote:\n\n%s" % (
        time.strftime("%a, %b %d, %Y at %I:%M %p", time.gmtime(said.time + 60 * said.zone)),
        *said.author, "".join("> %s\n" % line for line in said.text.split("\n")))


def forwarded(said):
    return "\n\n---------- Forwarded message ---------\nFrom: %s <%s>\nDate: %s\nSubject: %s\nTo: %s <%s>\n\n%s\n" % (
        *said.author, time.strftime("%a, %b %d, %Y at %I:%M %p", time.gmtime(said.time + 60 * said.zone)),
        said.subject, *said.to, said.text)


def enclosed(said, kind, content):
    return (said.head() + "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + PLAIN + said.text
            + "\n--b\n" + kind + "\n" + content + "\n--b--\n")


def mail(rand, said):
    """The bytes of one arrival of it."""
    before = said.before
    form = rand.random()
    if before is not None and form < 0.55:
        text = said.head() + PLAIN + said.text + quoted(before)
    elif before is not None and form < 0.65:
        text = said.head() + PLAIN + said.text + forwarded(before)
    elif before is not None and form < 0.75:
        text = enclosed(said, "Content-Type: message/rfc822\n", before.head() + PLAIN + before.text)
    elif form > 0.93:
        data = base64.encodebytes(rand.randbytes(3000)).decode()
        text = enclosed(said, "Content-Type: image/png; name=shot.png\nContent-Transfer-Encoding: base64\n", data)
    else:
        text = said.head() + PLAIN + said.text + "\n"
    return text.encode()


def conversation(rand, number, longest):
    # Some that a few conversations have, which is when show suggests to join them.
    subject = rand.choice(SUBJECTS + ["Account of client %d" % rand.randrange(10)] * 6)
    talk = []
    for i in range(rand.randrange(1, longest + 1)):
        talk.append(Said(rand, number + i, subject, rand.choice(talk) if talk else None))
    if len(talk) > 2 and rand.random() < 0.1:
        talk[-1].number = talk[0].number
    return talk


def mails(count, seed, longest=7, shown=0.75):
    """@count different mails as bytes, in the order in which they were written down."""
    rand = random.Random(seed)
    out, number = [], 1
    while len(out) < count:
        talk = conversation(rand, number, longest)
        number += len(talk)
        out += [mail(rand, said) for said in talk if rand.random() < shown]
    return out[:count]


def write(folder, all_mails):
    """A file a mail; their paths."""
    os.makedirs(folder, exist_ok=True)
    paths = []
    for i, data in enumerate(all_mails):
        paths.append(os.path.join(folder, "%05d.eml" % i))
        with open(paths[-1], "wb") as file:
            file.write(data)
    return paths
