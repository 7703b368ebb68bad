# SPDX-License-Identifier: MIT
"""What the tests in tests/sturdy/ share: TAP, the program under test with nothing of the
user's around it, and a store's whole answer. Imported, not run.

HEDDLE_LONG=1 asks for the long forms (tests/long.sh).
"""
import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.join(os.environ.get("G_TEST_BUILDDIR", "build"), "heddle")
LONG = os.environ.get("HEDDLE_LONG", "") not in ("", "0")
FOLDER = tempfile.mkdtemp(prefix="heddle-sturdy-")
atexit.register(shutil.rmtree, FOLDER, True)
HOME = os.path.join(FOLDER, "home")
os.mkdir(HOME, 0o700)
ENVIRONMENT = dict(os.environ, HOME=HOME, XDG_CONFIG_HOME=HOME, XDG_DATA_HOME=HOME,
                   HEDDLE_CONFIG="", TZ="UTC", LC_ALL="C.UTF-8")
_results = []


def test(name, good, why=""):
    """One TAP result. @why is only said of a failure."""
    _results.append(bool(good))
    for line in str(why).splitlines()[:20] if not good else []:
        print("# " + line[:400])
    print("%sok %d - %s" % ("" if good else "not ", len(_results), name), flush=True)
    return good


def note(text):
    print("# " + text, flush=True)


def finish():
    print("1..%d" % len(_results))
    sys.exit(0)


def path(*names):
    """A place in this test's own folder."""
    return os.path.join(FOLDER, *names)


def run(*args, timeout=600):
    """heddle ARGS to its end: .returncode, .stdout and .stderr as bytes."""
    return subprocess.run([PROGRAM, *args], env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=timeout)


def start(*args):
    """heddle ARGS in a session of its own, not waited for. A sanitizer's search for leaks at the
    end is a process too; killed with the others, it would be waited for without end."""
    options = ENVIRONMENT.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    return subprocess.Popen([PROGRAM, *args], env=dict(ENVIRONMENT, ASAN_OPTIONS=options),
                            stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            start_new_session=True)


def ask(*args):
    """The JSON of what has to succeed."""
    done = run(*args, "--json")
    if done.returncode != 0:
        raise AssertionError("%s: %d: %s" % (args, done.returncode, done.stderr))
    return json.loads(done.stdout)


def said(done):
    """Whether it failed with one line for people, and did not crash."""
    return (done.returncode > 0 and done.stderr.count(b"\n") == 1
            and done.stderr.startswith(b"heddle: "))


SHOW = 'program=$1 db=$2; shift 2; for one do "$program" show --db "$db" --json "$one" || exit; done'


def snapshot(db):
    """Every conversation as `show --json` gives it, by its id."""
    ids = sorted(thread["thread"] for thread in ask("threads", "--db", db))
    done = subprocess.run(["sh", "-c", SHOW, "sh", PROGRAM, db, *ids], env=ENVIRONMENT,
                          stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise AssertionError("show: %d: %s" % (done.returncode, done.stderr))
    shown = re.split(rb"(?<=\n}\n)", done.stdout)[:-1]
    assert len(shown) == len(ids)
    return dict(zip(ids, shown))


def differences(wanted, found):
    """A few words on how two snapshots differ; "" where they are the same."""
    if wanted == found:
        return ""
    both = [one for one in wanted if one in found and wanted[one] != found[one]]
    return "%d wanted, %d found, %d of another text; first: %s" % (
        len(wanted), len(found), len(both),
        (both or sorted(set(wanted) ^ set(found)))[0])


def store(name):
    """A store's path in a new folder of its own."""
    folder = path(name)
    shutil.rmtree(folder, True)
    os.mkdir(folder, 0o700)
    return os.path.join(folder, "heddle.db")


def copy_store(db, name):
    new = store(name)
    for tail in ("", "-index"):
        shutil.copyfile(db + tail, new + tail)
    return new
