# SPDX-License-Identifier: MIT
"""Questions put to heddle and to notmuch, cold process, on the same mails.

ask.py HEDDLE [MAILDIR]: ingests MAILDIR into both (without one, mails that are made up
here), then asks each question of both in turn, so that what else the machine does meets
both alike. Prints medians and the median of the ratios of the pairs, by the clock and by
CPU. HEDDLE_BENCH_ROUNDS: how often, 30; HEDDLE_BENCH_WORK: a folder in which stores are
kept and found again. Linux: the CPU of a child is what wait4() says.
"""
import collections
import email.utils
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

MADE = 2000  # mails
SILENT = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_WRONLY, 0) for fd in (1, 2)]


def make_mails(folder):
    """Conversations of up to twelve mails, each quoting the one before it."""
    dice = random.Random(5)
    syllables = [a + b for a in "b d f g k l m n r s t v".split() for b in "a e i o u".split()]
    words = ["".join(dice.choice(syllables) for _ in range(dice.randint(2, 4))) for _ in range(6000)]
    people = ["%s.%s@%s.example" % (words[i], words[-i - 1], words[i % 5]) for i in range(1, 80)]
    for name in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(folder, name))
    number, clock = 0, 1640995200
    while number < MADE:
        before, ids, subject = "", [], " ".join(dice.choices(words, k=4))
        part = dice.sample(people, 3)
        for i in range(12 if number == 0 else dice.choice([1, 1, 1, 2, 2, 3, 4, 6, 9, 12])):
            clock += dice.randint(600, 30000)
            own = "\n".join(" ".join(words[min(int(dice.paretovariate(0.6)) - 1, len(words) - 1)]
                                     for _ in range(11)) for _ in range(dice.randint(4, 20)))
            ids.append("%d.%d@%s" % (number, clock, part[i % 3].split("@")[1]))
            head = "From: %s\nTo: %s\nSubject: %s%s\nDate: %s\nMessage-ID: <%s>\n" % (
                part[i % 3], part[(i + 1) % 3], "Re: " if i else "", subject,
                email.utils.formatdate(clock), ids[-1])
            if i:
                head += "In-Reply-To: <%s>\nReferences: %s\n" % (
                    ids[-2], " ".join("<%s>" % x for x in ids[:-1]))
            with open("%s/cur/%07d:2,S" % (folder, number), "w") as file:
                file.write(head + "\n" + own + "\n" + before)
            before = "\nOn %s, %s wrote:\n" % (
                time.strftime("%a, %b %d, %Y at %I:%M %p", time.gmtime(clock)), part[i % 3])
            before += "".join("> %s\n" % line for line in own.split("\n"))
            number += 1


class Bench:
    def __init__(self, heddle, maildir, work):
        self.heddle, self.maildir, self.work = heddle, maildir, work
        self.store = os.path.join(work, "heddle.db")
        self.rounds = int(os.environ.get("HEDDLE_BENCH_ROUNDS", "30"))
        config = os.path.join(work, "notmuch.conf")
        self.environment = {"PATH": os.environ["PATH"], "HOME": work, "LC_ALL": "C.UTF-8",
                            "TZ": "UTC", "NOTMUCH_CONFIG": config, "HEDDLE_CONFIG": ""}
        for place in os.environ["PATH"].split(":"):
            if os.access(os.path.join(place, "notmuch"), os.X_OK):
                self.notmuch = os.path.join(place, "notmuch")
                break
        with open(config, "w") as file:
            file.write("[database]\npath=%s\nmail_root=%s\n[user]\nname=x\nprimary_email=x@example.org\n"
                       "[new]\ntags=\n[search]\nexclude_tags=\n" % (os.path.join(work, "nm"), maildir))

    def run(self, *words):
        done = subprocess.run(words, env=self.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE)
        if done.returncode != 0:
            sys.exit("%s: %s" % (" ".join(words[:2]), done.stderr.decode()))
        return done.stdout.decode("utf-8", "replace")

    def ours(self, command, *words):
        return [self.heddle, command, "--json", "--db", self.store, *words]

    def fill(self):
        if not os.path.exists(self.store):
            self.run(self.heddle, "ingest", "--db", self.store, self.maildir)
        if not os.path.exists(os.path.join(self.work, "nm")):
            os.mkdir(os.path.join(self.work, "nm"))
            self.run(self.notmuch, "new", "--quiet")

    def questions(self):
        hits = [h for h in json.loads(self.run(*self.ours("search", "is:received")))
                if h["from"] and h["from"]["address"] and h["date"] and h["date"]["utc"]]
        texts = " ".join(h["snippet"] for h in hits)
        seen = collections.Counter(re.findall(r"\b[a-z]{3,12}\b", texts))
        count = lambda word: int(self.run(self.notmuch, "count", word))
        common = max((w for w, _ in seen.most_common(12)), key=count)
        once = [w for w, n in sorted(seen.items()) if n == 1]
        rare = min(once[:: max(1, len(once) // 60)], key=lambda w: abs(count(w) - 20))
        writer = collections.Counter(h["from"]["address"] for h in hits).most_common(1)[0][0]
        dates = sorted(h["date"]["utc"][:10] for h in hits if h["from"]["address"] == writer)
        range_ = "date:%s..%s" % (dates[len(dates) // 4], dates[len(dates) * 3 // 4])
        threads = json.loads(self.run(*self.ours("threads")))
        thread = min((t for t in threads if t["messages"] == t["received"]),
                     key=lambda t: abs(t["messages"] - 12))
        mails = json.loads(self.run(*self.ours("show", thread["thread"])))["messages"]
        theirs = self.run(self.notmuch, "search", "--output=threads",
                          "id:" + mails[0]["message_id"]).strip()
        search = [self.notmuch, "search", "--format=json"]
        return [
            ("rare word (%d)" % count(rare), self.ours("search", rare), [*search, rare]),
            ("common word (%d), newest 50" % count(common),
             self.ours("search", "--sort=newest", "--limit=50", common),
             [*search, "--sort=newest-first", "--limit=50", common]),
            ("from and date range", self.ours("search", "from:" + writer, range_),
             [*search, "from:" + writer, range_]),
            ("one thread of %d as JSON" % len(mails), self.ours("show", thread["thread"]),
             [self.notmuch, "show", "--format=json", theirs]),
        ]

    def once(self, words):
        start = time.perf_counter()
        child = os.posix_spawn(words[0], words, self.environment, file_actions=SILENT)
        _, status, used = os.wait4(child, 0)
        if status != 0:
            sys.exit("%s: status %d" % (" ".join(words), status))
        return (1000 * (time.perf_counter() - start), 1000 * (used.ru_utime + used.ru_stime))

    def compare(self, name, ours, theirs):
        pairs = [(self.once(ours), self.once(theirs)) for _ in range(self.rounds + 2)][2:]
        line = "  %-34s" % name
        for k, what in enumerate(("ms", "ms CPU")):
            line += "  %6.1f / %6.1f %-6s %.2f" % (
                statistics.median(a[k] for a, _ in pairs), statistics.median(b[k] for _, b in pairs),
                what, statistics.median(a[k] / b[k] for a, b in pairs))
        print(line, flush=True)


def main():
    kept = os.environ.get("HEDDLE_BENCH_WORK")
    with tempfile.TemporaryDirectory(prefix="heddle-bench-") as folder:
        work = os.path.abspath(kept or folder)
        os.makedirs(work, exist_ok=True)
        maildir = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2] else None
        if maildir is None:
            maildir = os.path.join(work, "Maildir")
            if not os.path.exists(maildir):
                make_mails(maildir)
        bench = Bench(os.path.abspath(sys.argv[1]), maildir, work)
        bench.fill()
        print("questions, heddle / notmuch and the ratio, medians of %d pairs:" % bench.rounds)
        for question in bench.questions():
            bench.compare(*question)


main()
