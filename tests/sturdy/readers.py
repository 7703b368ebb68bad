# SPDX-License-Identifier: MIT
"""Readers and the writer do not wait for one another.

While mails come in, others ask without pause: no answer is "locked", and each fits itself:
counts add up, what it names can be shown. While somebody holds one old state of both files
for the whole ingest, it goes on nearly as fast, and the write-ahead logs hold no more than
a small multiple of what was written; they are small again after the next ingest. Who does
not read the answer that is printed for him holds nothing.
"""
import fcntl
import json
import os
import sqlite3
import struct
import subprocess
import termios
import threading
import time

import heddle
import talk

MAILS = 6000 if heddle.LONG else 900
ALLOWED = (0, 66)  # no store yet
LIMIT = 64 << 20   # journal_size_limit in store/open.c


# --- many who ask -------------------------------------------------------------------------

class Asker(threading.Thread):
    """Asks until it is told to stop; remembers what was wrong."""

    def __init__(self, db, *words):
        super().__init__()
        self.db, self.words = db, words
        self.asked, self.wrong, self.last = 0, [], 0
        self.stopped = False

    def run(self):
        try:
            while not self.stopped:
                self.ask()
            self.ask()
        except Exception as error: # a thread that ends in silence would have found nothing wrong
            self.wrong.append("%s: %r" % (self.words, error))
        if self.last == 0:
            self.wrong.append("%s: no answer at all" % (self.words,))

    def ask(self):
        done = heddle.run(*self.words, "--json", "--db", self.db)
        self.asked += 1
        if done.returncode not in ALLOWED or (done.returncode == 66 and self.last > 0):
            self.wrong.append("%s: %d: %s" % (self.words, done.returncode, done.stderr))
        elif done.returncode == 0:
            self.look(json.loads(done.stdout))

    def look(self, answer):
        if self.words[0] == "threads":
            self.look_threads(answer)
        elif answer:
            self.show(answer[-1]["thread"])
        if len(answer) < self.last and self.words[0] == "search":
            self.wrong.append("fewer hits than before: %d, %d" % (len(answer), self.last))
        self.last = max(self.last, len(answer))

    def look_threads(self, answer):
        for one in answer:
            if one["messages"] != one["received"] + one["quoted_only"] + one["missing"]:
                self.wrong.append("counts do not add up: %s" % one)
        received = sum(one["received"] for one in answer)
        if received > MAILS:
            self.wrong.append("more mails than there are: %d" % received)
        if answer:
            self.show(answer[len(answer) // 2]["thread"])

    def show(self, thread):
        done = heddle.run("show", "--json", thread, "--db", self.db)
        self.asked += 1
        if done.returncode != 0:
            self.wrong.append("show %s: %d: %s" % (thread, done.returncode, done.stderr))
            return
        messages = json.loads(done.stdout)["messages"]
        ids = {message["id"] for message in messages}
        if any(message["parent"] is not None and message["parent"] not in ids for message in messages):
            self.wrong.append("show %s: a parent that is not there" % thread)


def many_ask(folder):
    db = heddle.store("asked")
    process = heddle.start("ingest", "--db", db, folder)
    askers = [Asker(db, "threads"), Asker(db, "search", "account"),
              Asker(db, "search", "--sort=newest", "from:ana")]
    for asker in askers:
        asker.start()
    status = process.wait(600)
    for asker in askers:
        asker.stopped = True
    for asker in askers:
        asker.join()
    wrong = [one for asker in askers for one in asker.wrong]
    heddle.note("%d questions" % sum(asker.asked for asker in askers))
    heddle.test("an ingest while others ask", status == 0, status)
    heddle.test("each question is answered, and each answer fits itself", not wrong, "\n".join(wrong[:5]))
    return db


# --- one who holds an old state -----------------------------------------------------------------

def hold(path):
    """A read transaction on a file, for as long as the connection lives."""
    reader = sqlite3.connect("file:%s?mode=ro" % path, uri=True, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM mails").fetchone()
    return reader


def logs(db):
    return sum(os.stat(path).st_size for path in (db + "-wal", db + "-index-wal") if os.path.exists(path))


def ingest_time(db, paths, parts):
    began = time.monotonic()
    status = [heddle.run("ingest", "--db", db, *paths[i::parts]).returncode for i in range(parts)]
    return time.monotonic() - began, not any(status)


def one_holds(paths, wanted):
    free = heddle.store("free")
    heddle.run("ingest", "--db", free, *paths[:100])
    free_seconds, good = ingest_time(free, paths[100:], 4)
    held = heddle.store("held")
    heddle.run("ingest", "--db", held, *paths[:100])
    before = sum(os.stat(held + tail).st_size for tail in ("", "-index"))
    readers = [hold(held), hold(held + "-index")]
    seconds, good = ingest_time(held, paths[100:], 4)
    log = logs(held)
    written = sum(os.stat(free + tail).st_size for tail in ("", "-index")) - before
    heddle.note("free %.2f s, held %.2f s; %d KB in the logs for %d KB more of files" % (
        free_seconds, seconds, log >> 10, written >> 10))
    heddle.test("an ingest while an old state is held", good)
    heddle.test("it takes at most three times as long, and two seconds", seconds < 3 * free_seconds + 2, seconds)
    heddle.test("the logs hold at most 8 times what was added", log < 8 * written, "%d for %d" % (log, written))
    heddle.test("the old state is still the old state",
                [reader.execute("SELECT count(*) FROM mails").fetchone()[0] for reader in readers] == [100, 100])
    now = heddle.ask("status", "--db", held)["store"]["mails"]
    heddle.test("who asks anew sees the new one", now == MAILS, now)
    for reader in readers:
        reader.close()
    heddle.run("ingest", "--db", held, paths[0])
    heddle.test("the logs are small again", logs(held) <= LIMIT and logs(held) < max(log, 1), logs(held))
    words = heddle.differences(wanted, heddle.snapshot(held))
    heddle.test("nothing is lost", words == "", words)


# --- one who does not read what is printed -----------------------------------------------------

def waiting(pipe):
    """Bytes that nobody has read yet."""
    return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]


def one_dawdles(db):
    """A question whose answer fills the pipe and stands there."""
    process = subprocess.Popen([heddle.PROGRAM, "threads", "--json", "--db", db], env=heddle.ENVIRONMENT,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    size = fcntl.fcntl(process.stdout, fcntl.F_GETPIPE_SZ)
    until = time.monotonic() + 60
    while waiting(process.stdout) <= size - 4096 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    busy = []
    for tail in ("", "-index"):
        store = sqlite3.connect(db + tail)
        store.execute("UPDATE meta SET value = value WHERE name = 'store'")
        store.commit()
        busy.append(store.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        store.close()
    heddle.test("who does not read the answer holds nothing", process.poll() is None and busy == [0, 0],
                "%s %s" % (process.poll(), busy))
    process.stdout.read()
    process.wait()


mails = talk.mails(MAILS, 4, longest=12)
paths = talk.write(heddle.path("in"), mails)
db = many_ask(heddle.path("in"))
one_holds(paths, heddle.snapshot(db))
one_dawdles(db)
heddle.finish()
