# SPDX-License-Identifier: MIT
"""SIGKILL in the middle of an ingest, of the program itself, of a parse child, or of all of
it at once, at any moment; then the same ingest again. The store is sound, and says of
every conversation what one that nobody disturbed says, byte for byte.

Half of the kills come after a time; the others when the files have grown by so much, since
most of the time passes where nothing is written.
"""
import os
import random
import signal
import time

import heddle
import talk

MAILS = 300
KILLS = 80 if heddle.LONG else 21


def size(db):
    total = 0
    for tail in ("", "-wal", "-index", "-index-wal"):
        try:
            total += os.stat(db + tail).st_size
        except OSError:
            pass
    return total


def children(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def kill(process, victim):
    """Whether there was somebody to kill."""
    try:
        if victim == "child":
            own = children(process.pid)
            for child in own[:1]:
                os.kill(child, signal.SIGKILL)
            return own != []
        if victim == "all":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass
    return True


def disturb(process, rand, db, by_size, seconds, grown):
    """Wait for a moment of the ingest."""
    before = size(db)
    wanted = before + rand.random() * grown if by_size else None
    until = time.monotonic() + (5 * seconds if by_size else rand.random() * seconds)
    while time.monotonic() < until and process.poll() is None:
        if by_size and size(db) > wanted:
            break
        time.sleep(0.0005)


rand = random.Random(20260301)
mails = talk.mails(MAILS, 1, longest=60)
folder = heddle.path("in")
half_folder = heddle.path("half")
talk.write(folder, mails)
talk.write(half_folder, mails[::2])

whole = heddle.store("whole")
began = time.monotonic()
done = heddle.run("ingest", "--db", whole, folder)
seconds = time.monotonic() - began
heddle.test("an ingest that nobody disturbs", done.returncode == 0, done.stderr)
half = heddle.store("half-store")
heddle.run("ingest", "--db", half, half_folder)
wanted = heddle.snapshot(whole)
heddle.note("%d mails, %d conversations, %.2f s" % (MAILS, len(wanted), seconds))

cut = inside = 0
for i in range(KILLS):
    victim = ("parent", "child", "all")[i % 3]
    # From nothing, or onto a store that has every second mail.
    db = heddle.store("killed") if i % 4 < 2 else heddle.copy_store(half, "killed")
    process = heddle.start("ingest", "--db", db, folder)
    disturb(process, rand, db, i % 2 == 0, seconds, size(whole))
    hit = kill(process, victim)
    status = process.wait(600)
    cut += status == -signal.SIGKILL
    looked = heddle.run("status", "--db", db, "--json")
    inside += b'"pending": 0' not in looked.stdout
    name = "kill %d, of %s" % (i + 1, victim)
    ok = looked.returncode == 0 or heddle.said(looked)
    again = heddle.run("ingest", "--db", db, folder)
    check = heddle.run("check", "--db", db)
    ok = ok and again.returncode == 0 and check.returncode == 0
    if victim == "child":
        ok = ok and status == 0
    words = heddle.differences(wanted, heddle.snapshot(db)) if ok else "not sound"
    heddle.test(name, ok and words == "",
                "%s; ingest %d; again %d: %s; check %d: %s; status %s" % (
                    words, status, again.returncode, again.stderr.decode(), check.returncode,
                    check.stdout.decode() + check.stderr.decode(), looked.stderr.decode()))
heddle.note("%d ingests were cut off, %d left something to be caught up or no store" % (cut, inside))
heddle.test("some were cut off in the middle", cut >= KILLS // 4, cut)
heddle.finish()
