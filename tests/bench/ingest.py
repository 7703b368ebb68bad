#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ingest.py BUILD [MAILDIR] [ROUNDS]: `heddle ingest` beside `notmuch new`, in pairs.

Each round runs both on the same Maildir, from nothing, one after the other, the first to
go changing with the round: what else the machine does then falls on both. Said are the
medians, and the median of the rounds' ratios. CPU time is that of a program and all its
children. Without a Maildir one of small invented mails is made, which says little of real mail.
Without notmuch Heddle alone is timed.
"""
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

WORDS = "account platform locked appeal evidence update deadline contract please reply".split()


def make_maildir(where, count):
    """Conversations of one to eight mails, each quoting the one that it answers."""
    dice = random.Random(1)
    for name in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(where, name))
    before = None
    for i in range(count):
        if before is None or dice.random() < 0.25:
            before = None
        text = "\n".join(" ".join(dice.choices(WORDS, k=12)) for _ in range(20))
        head = [f"From: Person {i % 97} <p{i % 97}@example.org>", "To: help@example.org",
                f"Message-ID: <{i}@example.org>", f"Subject: Case {i // 4}",
                time.strftime("Date: %a, %d %b %Y %H:%M:%S +0000", time.gmtime(1.7e9 + i * 600))]
        if before is not None:
            head.append(f"In-Reply-To: <{before[0]}@example.org>")
            quoted = "\n".join("> " + line for line in before[1].split("\n"))
            text += f"\n\nOn Monday Person wrote:\n{quoted}"
        with open(os.path.join(where, "cur", f"{i:06d}.bench:2,S"), "w", encoding="utf-8") as out:
            out.write("\n".join(head) + "\n\n" + text + "\n")
        before = (i, text[:2000])


def timed(command, environment=None):
    """Wall and CPU seconds, and the largest process in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    pid = os.spawnvpe(os.P_NOWAIT, command[0], command, environment or os.environ)
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status != 0:
        sys.exit(f"bench: {command[0]} failed: {status}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, usage.ru_maxrss / 1024


def run_heddle(build, maildir, scratch):
    store = os.path.join(scratch, "heddle")
    shutil.rmtree(store, ignore_errors=True)
    os.mkdir(store, 0o700)
    at = os.path.join(store, "h.db")
    figures = timed([os.path.join(build, "heddle-full"), "ingest", "--db", at, maildir])
    return figures, sum(os.path.getsize(os.path.join(store, name)) for name in os.listdir(store))


def run_notmuch(maildir, scratch):
    base = os.path.join(scratch, "notmuch")
    shutil.rmtree(base, ignore_errors=True)
    os.mkdir(base, 0o700)
    os.symlink(os.path.abspath(maildir), os.path.join(base, "mail"))
    config = os.path.join(base, "config")
    with open(config, "w", encoding="utf-8") as out:
        out.write(f"[database]\npath={base}\n[user]\nname=Bench\n"
                  "primary_email=bench@example.org\n[new]\ntags=new\nignore=config\n")
    environment = dict(os.environ, NOTMUCH_CONFIG=config)
    return timed(["notmuch", "new", "--quiet"], environment)


def show(name, rounds, count):
    wall, cpu, memory = (statistics.median(r[i] for r in rounds) for i in range(3))
    print(f"{name:8} {count / wall:8.0f} mails/s  {1000 * cpu / count:6.2f} ms CPU a mail"
          f"  {memory:6.0f} MB the largest process")


def main():
    build, rounds = sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory(prefix="heddle-bench-") as scratch:
        maildir = sys.argv[2] if len(sys.argv) > 2 and sys.argv[2] else ""
        if not maildir:
            maildir = os.path.join(scratch, "mail")
            make_maildir(maildir, 2000)
        sizes = [os.path.getsize(os.path.join(at, name))
                 for at, _, names in os.walk(maildir) for name in names]
        with_notmuch = shutil.which("notmuch") is not None
        ours, theirs, stored = [], [], 0
        for i in range(rounds):
            if with_notmuch and i % 2 == 1:
                theirs.append(run_notmuch(maildir, scratch))
            figures, stored = run_heddle(build, maildir, scratch)
            ours.append(figures)
            if with_notmuch and i % 2 == 0:
                theirs.append(run_notmuch(maildir, scratch))
        print(f"# {len(sizes)} mails, {sum(sizes) / 1e6:.1f} MB, medians of {rounds} rounds")
        show("heddle", ours, len(sizes))
        print(f"heddle   {stored / sum(sizes):.3f} of the raw mail's size is its database")
        if not with_notmuch:
            print("# notmuch is not there")
            return
        show("notmuch", theirs, len(sizes))
        for i, what in ((0, "the rate"), (1, "the CPU time")):
            ratios = [(t[i] / o[i]) for o, t in zip(ours, theirs)]
            print(f"heddle   {statistics.median(ratios):.2f} times {what} of notmuch"
                  if i == 0 else
                  f"heddle   1/{statistics.median(ratios):.2f} of {what} of notmuch")


if __name__ == "__main__":
    main()
