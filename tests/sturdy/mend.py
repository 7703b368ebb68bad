# SPDX-License-Identifier: MIT
"""What becomes of a store that is damaged, old, another's or from tomorrow.

Of the index: `rebuild` gives the same JSON as before, or says in one line why not; no
command crashes on it before. Of the truth: `check` names the mails that are lost, and all
others can be read, also after `rebuild`.
"""
import json
import os
import random
import sqlite3

import heddle
import talk

MAILS = 120
FLIPS = 60 if heddle.LONG else 3

rand = random.Random(20260303)
mails = talk.mails(MAILS, 3, longest=60)
paths = talk.write(heddle.path("in"), mails)
sound = heddle.store("sound")
for i in range(0, MAILS, 15): # a pack each
    heddle.run("ingest", "--db", sound, *paths[i:i + 15])
wanted = heddle.snapshot(sound)
some = sorted(wanted)[0]
page = 4096


def damage_index(name, damage):
    """@damage (path of an index) to a copy; then rebuild mends it. Returns the copy."""
    db = heddle.copy_store(sound, "damaged")
    damage(db + "-index")
    before = [heddle.run(*words, "--db", db) for words in (
        ("show", "--json", some), ("threads",), ("search", "account"), ("check",))]
    ok = all(done.returncode in (0, 1, 66, 74) and (done.returncode < 2 or heddle.said(done)) for done in before)
    done = heddle.run("rebuild", "--db", db)
    words = heddle.differences(wanted, heddle.snapshot(db)) if done.returncode == 0 else "no rebuild"
    check = heddle.run("check", "--db", db)
    heddle.test(name, ok and words == "" and check.returncode == 0, "%s; before %s; rebuild %s; check %s" % (
        words, [(one.returncode, one.stderr) for one in before], done.stderr, check.stdout))
    return db


def overwrite(path, at, data):
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(data)


def pages(path):
    return os.path.getsize(path) // page


def flip(path):
    """A page of noise."""
    overwrite(path, page * rand.randrange(pages(path)), rand.randbytes(page))


def flip_bit(path):
    at = rand.randrange(os.path.getsize(path))
    with open(path, "rb") as file:
        file.seek(at)
        byte = file.read(1)[0]
    overwrite(path, at, bytes([byte ^ (1 << rand.randrange(8))]))


def set_version(number):
    def change(path):
        store = sqlite3.connect(path)
        now = store.execute("PRAGMA user_version").fetchone()[0]
        store.execute("PRAGMA user_version=%d" % (now + number))
        store.commit()
        store.close()
    return change


def write_over(data):
    def change(path):
        with open(path, "wb") as file:
            file.write(data)
    return change


def another_programs(path):
    os.unlink(path)
    store = sqlite3.connect(path)
    store.execute("PRAGMA application_id=7")
    store.execute("CREATE TABLE mails (id INTEGER)")
    store.commit()
    store.close()


def of_another_truth(path):
    other = heddle.store("other")
    heddle.run("ingest", "--db", other, paths[0])
    os.replace(other + "-index", path)


damage_index("an index that is missing", os.unlink)
damage_index("an empty one", write_over(b""))
damage_index("one that is no database", write_over(b"From: Ana\n\nHello\n" * 500))
damage_index("one cut to a half", lambda path: os.truncate(path, pages(path) // 2 * page))
damage_index("one cut within its first page", lambda path: os.truncate(path, 90))
damage_index("one that says it is of the version before", set_version(-1))
damage_index("another program's", another_programs)
damage_index("another store's", of_another_truth)
for i in range(FLIPS):
    damage_index("page of noise %d" % (i + 1), flip)
for i in range(FLIPS):
    damage_index("bit flipped %d" % (i + 1), flip_bit)

db = heddle.copy_store(sound, "newer")
set_version(1)(db + "-index")
done = heddle.run("rebuild", "--db", db)
ok = done.returncode == 0 and heddle.snapshot(db) == wanted or heddle.said(done)
heddle.test("an index of a newer Heddle is made anew, or that is said", ok, done.stderr)
db = heddle.copy_store(sound, "newer")
set_version(1)(db)
for words in (("rebuild",), ("ingest", paths[0])):
    done = heddle.run(*words, "--db", db)
    heddle.test("%s: a truth of a newer Heddle" % words[0], heddle.said(done) and done.returncode == 74, done.stderr)
done = heddle.run("show", "--json", some, "--db", db)
heddle.test("show: the index answers, or that is said", done.stdout == wanted[some] or heddle.said(done), done.stderr)


# --- the truth ---------------------------------------------------------------------------

def lost_mails(db):
    done = heddle.run("check", "--db", db, "--json")
    if done.returncode == 74:
        return done, None
    faults = json.loads(done.stdout)["faults"]
    return done, {fault["mail"] for fault in faults if fault["part"] == "mail"}


def ids_of(db):
    store = sqlite3.connect(db)
    return [row[0].hex() for row in store.execute("SELECT sha FROM mails ORDER BY id")]


def read(db, one):
    done = heddle.run("show", "--db", db, "--raw", one)
    return done.stdout if done.returncode == 0 else None


def damage_truth(name, damage):
    """Whatever @damage does to a copy: what check does not name can be read."""
    db = heddle.copy_store(sound, "damaged")
    damage(db)
    check, lost = lost_mails(db)
    if lost is None:
        return heddle.test(name + ": nothing can be read, and that is said", heddle.said(check), check.stderr)
    found = {one: read(db, one) for one in ids}
    left = [one for one in ids if found[one] == raw[one]]
    heddle.test(name + ": other bytes are never given", all(found[one] in (raw[one], None) for one in ids))
    heddle.test(name + ": check exits 1 where something is lost", check.returncode == 1 or len(left) == MAILS)
    unnamed = [one for one in ids if one not in left and one not in lost]
    said = check.returncode == 1 and b'"part": "store"' in check.stdout
    heddle.test(name + ": of %d lost mails check names %d" % (MAILS - len(left), len(lost)),
                not [one for one in lost if one in left] and (not unnamed or said), unnamed)
    answers = [heddle.run("show", "--db", db, "--json", one) for one in sorted(wanted)[:5]]
    heddle.test(name + ": the index answers as before, or says why not",
                all(done.stdout == wanted[one] or heddle.said(done) for one, done in zip(sorted(wanted), answers)))
    done = heddle.run("rebuild", "--db", db)
    if done.returncode == 74:
        return heddle.test(name + ": no rebuild, and that is said", heddle.said(done) and said, done.stderr)
    clean = heddle.store("clean")
    heddle.run("ingest", "--db", clean, *talk.write(heddle.path("left"), [raw[one] for one in left]))
    words = heddle.differences(heddle.snapshot(clean) if left else {}, heddle.snapshot(db))
    heddle.test(name + ": rebuild gives what is left", words == "" and (done.returncode == 0) == (len(left) == MAILS),
                "%s; %d %s" % (words, done.returncode, done.stderr))
    more = heddle.run("ingest", "--db", db, paths[0])
    heddle.test(name + ": more mail comes in, or that is said", more.returncode == 0 or heddle.said(more), more.stderr)


def sql(path, text):
    store = sqlite3.connect(path)
    store.execute(text)
    store.commit()
    store.close()


ids = ids_of(sound)
raw = {one: heddle.run("show", "--db", sound, "--raw", one).stdout for one in ids}
heddle.test("show --raw gives the bytes", [raw[one] for one in ids] == mails)
damage_truth("a pack that is no pack", lambda path: sql(path, "UPDATE pack_bytes SET bytes = zeroblob (10)"
                                                              " WHERE pack = (SELECT min (pack) FROM pack_bytes)"))

for i in range(FLIPS):
    damage_truth("page of noise %d in the truth" % (i + 1), flip)
for i in range(FLIPS):
    damage_truth("bit flipped %d in the truth" % (i + 1), flip_bit)
heddle.finish()
