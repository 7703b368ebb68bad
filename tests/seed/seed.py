# SPDX-License-Identifier: MIT
"""The seed thread, a released document that is not ours to print: what heddle parse
finds in it is compared with clocks, counts, line numbers and digests (seed.data).

It is parsed three times: as it is, as the text of a colleague's forward, and as a
message/rfc822 part; then with all names and dates replaced (replaced.py). Prints TAP. Use: seed.py HEDDLE SEED DATA
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import replaced  # noqa: E402

COUNT = 0


def ok(good, name, why=""):
    global COUNT
    COUNT += 1
    print("%s %d - %s" % ("ok" if good else "not ok", COUNT, name))
    if not good and why:
        print("# " + why.replace("\n", "\n# "))


def digest(text):
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:32]


def interval(text):
    return None if text == "-" else [int(n) for n in text.split("-")]


class Data:
    """seed.data, read."""

    def __init__(self, path):
        self.messages = []
        self.facts = {}
        self.trailer = None
        for line in open(path, encoding="utf-8"):
            word = line.split()
            if not word or word[0] == "#":
                continue
            if word[0] == "message":
                self.messages.append(
                    {
                        "clock": word[1],
                        "lines": interval(word[2]),
                        "text": word[3],
                        "author": word[4],
                        "signature": interval(word[5]),
                        "signed": word[6],
                    }
                )
            elif word[0] == "trailer":
                self.trailer = interval(word[1])
            else:
                self.facts[(word[0], int(word[1]))] = word[2:]

    def fact(self, what, number):
        return self.facts.get((what, number), [])


def parse(heddle, path, *options):
    run = subprocess.run(
        [heddle, "parse", "--json", "--lines", *options, path],
        stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
    if run.returncode != 0:
        return None
    return json.loads(run.stdout)


def author_is(who, expected):
    if expected == "-":
        return who is None
    if who is None:
        return False
    if expected == "withheld":
        return who["redacted"] and who["name"] is None and who["address"] is None
    return who["name"] is not None and digest(who["name"]) == expected


def check_message(form, number, message, data, shift):
    """One message against its row; SHIFT: lines that stand above the document."""
    row = data.messages[number - 1]
    name = "%s: message %d: " % (form, number)
    ok((message["date"] or {}).get("local") == row["clock"], name + "clock",
       "%s, not %s" % ((message["date"] or {}).get("local"), row["clock"]))
    ok(author_is(message["from"], row["author"]), name + "author")
    want = [[row["lines"][0] + shift, row["lines"][1] + shift]]
    ok(digest(message["text"]) == row["text"], name + "its own text, no more and no less",
       "spans %s, not %s" % (message["spans"], want))
    ok(message["spans"] == want, name + "spans", "%s, not %s" % (message["spans"], want))
    ok([digest(u["url"]) for u in message["urls"] if u["url"]] == data.fact("urls", number),
       name + "urls",
       "%d, not %d" % (len(message["urls"]), len(data.fact("urls", number))))
    ok([digest(u["text"]) for u in message["urls"] if not u["url"]] == data.fact("lost", number),
       name + "links that were lost", "%d" % sum(not u["url"] for u in message["urls"]))
    ok([digest(h) for h in message["handles"]] == data.fact("handles", number), name + "handles",
       "%d, not %d" % (len(message["handles"]), len(data.fact("handles", number))))
    ok([digest(a["name"]) for a in message["attachments"]] == data.fact("attachments", number)
       and all(a["kind"] == "mentioned" for a in message["attachments"]), name + "attachments",
       "%d, not %d" % (len(message["attachments"]), len(data.fact("attachments", number))))
    ok([digest(a["caption"]) for a in message["attachments"] if a["caption"]]
       == data.fact("captions", number), name + "captions",
       "%d, not %d" % (sum(a["caption"] is not None for a in message["attachments"]),
                       len(data.fact("captions", number))))
    ok(message["markings"] == data.fact("markings", number), name + "markings",
       "%d of them" % len(message["markings"]))
    ok(not any(d["start"][5:7] == "01" for d in message["dates"]), name + "no January")
    ok(digest(message["signature"] or "") == row["signed"] if row["signature"]
       else message["signature"] is None, name + "signature")


def check_lines(form, answer, data, first, shift):
    """Who owns the signatures and the trailer; FIRST: the index of message 1."""
    lines = {line["n"]: line for line in answer["lines"]}

    def all_are(span, zone, owner):
        return all(lines[n]["zone"] == "blank"
                   or (lines[n]["zone"] == zone and lines[n]["message"] == owner)
                   for n in range(span[0] + shift, span[1] + shift + 1))

    for number, row in enumerate(data.messages, 1):
        if row["signature"]:
            ok(all_are(row["signature"], "signature", first + number - 1),
               "%s: lines of the signature of message %d" % (form, number))
    ok(all_are(data.trailer, "other", None), form + ": the trailer belongs to nobody")


def check(form, answer, data, first, shift):
    ok(answer is not None, form + ": parsed")
    if answer is None:
        return
    chain = answer["chain"]
    ok(len(chain) == len(data.messages) + first, form + ": number of messages",
       "%d, not %d" % (len(chain), len(data.messages) + first))
    ok([m["parent"] for m in chain] == list(range(1, len(chain))) + [None], form + ": parents")
    kinds = {"text": [], "forward": ["received", "forward"], "attached": ["received", "attached"]}
    ok([m["kind"] for m in chain]
       == (kinds[form] or ["received"]) + ["reply"] * (len(data.messages) - 1), form + ": kinds")
    if len(chain) != len(data.messages) + first:
        return
    offset = chain[first]["date"] or {}
    ok(offset.get("offset") == "-04:00", form + ": the offset of message 1")
    for number in range(1, len(data.messages) + 1):
        check_message(form, number, chain[first + number - 1], data, shift)
    check_lines(form, answer, data, first, shift)


HEAD = """From: Ana Ruiz <ana@example.org>
To: threads@example.org
Subject: Fwd: a thread for the archive
Date: Wed, 11 Apr 2018 09:00:00 -0400
Message-ID: <seed@example.org>
MIME-Version: 1.0
"""
BANNER = ["For the archive.", "", "Ana", "", "---------- Forwarded message ---------"]


def forward(document):
    """The document as the text of a forward; what stands above it counts LINES."""
    return (HEAD + "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n"
            + "\n".join(BANNER) + "\n" + document)


def attached(document):
    head, body = document.split("\n\n", 1)
    return (HEAD + 'Content-Type: multipart/mixed; boundary="=_1"\n\n--=_1\n'
            + "Content-Type: text/plain; charset=UTF-8\n\nFor the archive.\n\nAna\n"
            + "--=_1\nContent-Type: message/rfc822\n\n"
            + head + "\nContent-Type: text/plain; charset=UTF-8\n"
            + "Content-Transfer-Encoding: 8bit\n\n" + body + "--=_1--\n")


def main():
    heddle, seed, data_file = sys.argv[1:]
    data = Data(data_file)
    text = open(seed, encoding="utf-8").read()
    document = text.lstrip("\n")
    above = text[: len(text) - len(document)].count("\n")
    answer = parse(heddle, seed, "--text")
    check("text", answer, data, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "mail.eml")

        def parse_text(changed):
            open(path, "w", encoding="utf-8").write(changed)
            return parse(heddle, path, "--text")

        if answer is not None:
            replaced.check(ok, parse_text, text, answer)
        open(path, "w", encoding="utf-8").write(forward(document))
        check("forward", parse(heddle, path), data, 1, len(BANNER) - above)
        open(path, "w", encoding="utf-8").write(attached(document))
        # Three lines of the outer mail, then the body behind the header of seven lines.
        check("attached", parse(heddle, path), data, 1,
              3 - above - len(document.split("\n\n", 1)[0].split("\n")) - 1)
    print("1..%d" % COUNT)


main()
