# SPDX-License-Identifier: MIT
"""What a mail says does not change when mailers wrap, quote or convert it.

Every sample with a plain text body, and the seed thread where it exists, is changed as
mailers and offices change mails, and must give the same chain as before: the same
authors, clocks, subjects, parents, texts, signatures and facts, white space folded.

  wrapped    lines longer than 60 to 80 characters broken at a blank, marks repeated
  quoted     the whole body behind "> ", under one more answer
  forwarded  the whole body under Gmail's banner, with the header of the mail
  breaks     HTML, a line a <br>
  divs       HTML, a line a <div>
  encoded    quoted-printable and base64
  withheld   the people's names and addresses blacked out: same clocks and shape

There are many of them: of each sample's a few are tried, other ones of the next sample;
with HEDDLE_VARIATIONS=all, as tests/long.sh sets it, all; with "few" still fewer.

Prints TAP. Use: variations.py HEDDLE SAMPLES [SEED]
"""
import base64
import email
import email.policy
import html
import json
import os
import quopri
import re
import subprocess
import sys
import tempfile

# Not varied: wrapped once too often by nature; lines that end in CR alone; text on an
# attribution's line; columns; a charset that escapes of HTML would break; armour; text
# that a web form ran together; quotations that plain text alone can show; stamps of pages,
# which stand on lines of their own; markup that was escaped.
ODD = ("rewrapped.eml", "torn-quotation.txt", "bare-cr.eml", "android.eml", "lotus-columns.eml",
       "undeclared-iso-2022-jp.eml", "stamps.txt", "pgp-inline.eml", "run-together.eml", "quoted-by-bars.eml",
       "quoted-by-colons.eml", "quoted-by-indent.eml", "pages.txt", "pages-de.txt", "pages-fr.txt", "qq-escaped.eml")
# What is lost for good, or stays undecided: (sample, variation): why.
LOST = {
    ("groupwise-reply.eml", "withheld"): "a line below a withheld name may be text",
    ("lotus-letterhead.eml", "breaks"): "HTML has no indentation",
    ("lotus-letterhead.eml", "divs"): "HTML has no indentation",
    ("cs-seznam-reply.eml", "withheld as (b)(6)"): "the client's own quotation mark closes behind the name",
    ("pt-BR-outlook-reply.eml", "wrapped at 72"): "the sign-off shares both lines with text",
    ("mailman-digest.eml", "quoted"): "its header gone, nobody says that a program wrote its front",
    ("pile-without-dashes.eml", "withheld"): "names and addresses part the pile, and none is left",
    ("superhuman-reply.eml", "wrapped at 60"): "the client's footer takes two lines",
}
WIDTHS = (60, 72, 78)
SEED_WIDTHS = tuple(range(60, 79))
MARKS = re.compile(r"^((?:[ ]{0,3}>)+[ ]?)?")


class Case:
    """A mail: its header as written, its body as text."""

    def __init__(self, name, header, body, document):
        self.name = name
        self.header = header      # lines without the MIME fields; [] for a document
        self.body = body
        self.document = document


def load(path, name):
    raw = open(path, "rb").read()
    if path.endswith(".txt"):
        return Case(name, [], raw.decode("utf-8").replace("\r\n", "\n"), True)
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    if mail.get_content_type() != "text/plain" or "flowed" in (mail["Content-Type"] or ""):
        return None
    if b"\n" not in raw or mail.defects or mail.get("Content-Disposition", "").startswith("attachment"):
        return None
    try:
        body = mail.get_payload(decode=True).decode(mail.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return None
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    try:
        fields = re.split(r"\r?\n(?![ \t])", head.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    fields = [f.replace("\r\n", "\n") for f in fields
              if not re.match(r"(content-|mime-version|from )", f, re.I)]
    return Case(name, fields, body.replace("\r\n", "\n"), False)


def mail_bytes(header, body, subtype="plain", encoding="8bit"):
    data = body.encode("utf-8")
    if encoding == "base64":
        data = base64.encodebytes(data)
    elif encoding == "quoted-printable":
        data = quopri.encodestring(data)
    lines = header + ["MIME-Version: 1.0", "Content-Type: text/%s; charset=utf-8" % subtype,
                      "Content-Transfer-Encoding: %s" % encoding]
    return "\n".join(lines).encode("utf-8") + b"\n\n" + data


OUTER = ["From: Noor Sifri <noor@example.org>", "To: Ana Ruiz <ana@example.org>",
         "Date: Mon, 5 Jan 2032 10:00:00 +0000", "Subject: Re: for the file",
         "Message-ID: <outer-1@example.org>"]


# --- how mailers change a body -------------------------------------------------------------

def wrap_line(line, width):
    mark = MARKS.match(line).group(0)
    rest = line[len(mark):]
    out = []
    while len(mark) + len(rest) > width:
        cut = rest.rfind(" ", 1, width - len(mark) + 1)
        if cut <= 0:
            cut = rest.find(" ", 1)
        if cut <= 0 or not rest[:cut].strip():
            break
        out.append(mark + rest[:cut])
        rest = rest[cut + 1:]
    if rest.strip() or not out:
        out.append(mark + rest)
    return out


def unwrapped(body):
    """Paragraphs that the author's mailer wrapped as one line each, as they were typed."""
    out = []
    for line in body.split("\n"):
        mark = MARKS.match(line).group(0)
        rest = line[len(mark):]
        above = out[-1] if out else ""
        known = MARKS.match(above).group(0)
        if (len(above) - len(known) >= 55 and len(full) >= 55 and mark.strip() == known.strip()
                and (re.match(r"[^\W\d_A-Z]", rest) or re.search(r"\w$", above) and rest[:1].isalpha())
                and not above.endswith(":") and not re.match(r"[\w -]{1,20}:", rest)):
            out[-1] = above + " " + rest
        else:
            out.append(line)
        full = line
    return "\n".join(out)


def wrapped(body, width):
    out = []
    for line in unwrapped(body).split("\n"):
        out.extend(wrap_line(line, width) if line.strip() else [line])
    return "\n".join(out)


def quoted(body):
    return "\n".join((">" if line.startswith(">") else "> ") + line for line in body.split("\n"))


def quote_depth(line):
    return MARKS.match(line).group(0).count(">")


def as_html(body, opening, closing):
    return "<html><body>" + "".join(
        opening + html.escape(line).replace("  ", " &nbsp;") + closing
        if line.strip() else opening + "<br>" * (closing != "<br>") + closing
        for line in body.split("\n")) + "</body></html>"


FORWARDS = (
    ("gmail", "---------- Forwarded message ---------", str),
    ("outlook", "-----Original Message-----", str),
    ("thunderbird", "-------- Forwarded Message --------", str),
    ("apple", "Begin forwarded message:\n", quoted),
)


# --- what must stay --------------------------------------------------------------------------

def fold(text):
    return " ".join((text or "").split())


def who(person):
    return None if person is None else (person["name"], person["address"], person["redacted"])


def facts(message):
    return {
        # what HTML does not mark as a link is none, and in plain text may be a lost one
        "urls": [(u["url"], u["domain"]) for u in message["urls"] if u["url"]],
        "handles": message["handles"],
        "cases": [c["id"] for c in message["cases"]],
        "attachments": [a["name"] for a in message["attachments"]],
        "dates": [(fold(d["raw"]), d["start"], d["end"]) for d in message["dates"]],
        "actions": [(a["kind"], fold(a["text"]), a["due"]) for a in message["actions"]],
    }


def shape(message, base):
    parent = message["parent"]
    return {
        "from": who(message["from"]),
        "to": [who(p) for p in message["to"]],
        "cc": [who(p) for p in message["cc"]],
        "subject": fold(message["subject"]),
        "clock": (message["date"] or {}).get("local"),
        "parent": None if parent is None else parent - base,
        "text": fold(message["text"]),
        "greeting": fold(message["greeting"]),
        "signoff": fold(message["signoff"]),
        "signature": fold(message["signature"]),
        "markings": message["markings"],
        **facts(message),
    }


MARKS_OF_OFFICES = ("(b)(6)", "[redacted]", "XXXXXX", "\u2588\u2588\u2588\u2588\u2588\u2588")


def bare(message, out, mark):
    """What must stay when names go: where messages begin and end, and when. Whose a
    signature in a stack is, only its name could say."""
    return {"clock": message["clock"], "parent": message["parent"],
            "subject": bool(message["subject"]), "text": out.sub(mark, message["text"]),
            "urls": message["urls"], "dates": message["dates"]}


def difference(want, got):
    if len(want) != len(got):
        return "%d messages, not %d" % (len(got), len(want))
    for number, (one, two) in enumerate(zip(want, got)):
        for key in one:
            if one[key] != two[key]:
                return "message %d: %s: %r, not %r" % (number, key, two[key], one[key])
    return None


class Runner:
    EVERY = {"all": 1, "few": 25}.get(os.environ.get("HEDDLE_VARIATIONS"), 5)  # is tried

    def __init__(self, heddle, folder):
        self.heddle = heddle
        self.turn = 0
        self.path = os.path.join(folder, "mail")
        self.count = self.failed = 0
        self.lost = set()

    def chain(self, data, document=False):
        with open(self.path, "wb") as out:
            out.write(data)
        run = subprocess.run([self.heddle, "parse", "--json"] + ["--text"] * document + [self.path],
                             stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
        return json.loads(run.stdout)["chain"] if run.returncode == 0 else None

    def tell(self, name, why):
        sample, variation = name.rsplit(": ", 1)
        lost = [reason for (known, begin), reason in LOST.items()
                if os.path.basename(sample) == known and variation.startswith(begin)]
        if why is not None:
            self.lost |= set(lost)
        self.count += 1
        self.failed += why is not None and not lost
        print("%s %d - %s%s" % ("ok" if why is None else "not ok", self.count, name,
                                " # TODO " + lost[0] if lost and why is not None else ""))
        if why is not None and not self.private:
            print("# " + why)

    def passed_over(self):
        self.turn += 1
        return self.turn % self.EVERY != 0

    def same(self, name, want, data, skip=0, document=False):
        """The chain of DATA without its first SKIP messages is WANT."""
        if self.passed_over():
            return None
        chain = self.chain(data, document)
        if chain is None:
            return self.tell(name, "not parsed")
        return self.tell(name, difference(want, [shape(m, skip) for m in chain[skip:]]))

    def vary(self, case):
        self.private = case.name == "seed"
        self.widths = SEED_WIDTHS if self.private else WIDTHS
        first = case.body.encode("utf-8") if case.document else mail_bytes(case.header, case.body)
        chain = self.chain(first, case.document)
        if chain is None:
            return self.tell(case.name + ": as it is", "not parsed")
        want = [shape(m, 0) for m in chain]
        for width in self.widths:
            body = wrapped(case.body, width)
            if body == case.body:
                continue
            data = body.encode("utf-8") if case.document else mail_bytes(case.header, body)
            self.same("%s: wrapped at %d" % (case.name, width), want, data, document=case.document)
        self.withhold(case, want, chain)
        if case.document:
            return self.forward(case, want)
        for encoding in ("quoted-printable", "base64"):
            self.same("%s: %s" % (case.name, encoding), want,
                      mail_bytes(case.header, case.body, encoding=encoding))
        for name, opening, closing in (("breaks", "", "<br>"), ("divs", "<div>", "</div>")):
            self.same("%s: %s" % (case.name, name), want,
                      mail_bytes(case.header, as_html(case.body, opening, closing), "html"))
        if chain[0]["from"] is not None and chain[0]["from"]["address"] and chain[0]["date"]:
            self.quote(case, want, chain[0])

    def forward(self, case, want):
        """A released document, forwarded and encoded by mailers: the same behind one more
        message."""
        for client, banner, change in FORWARDS:
            body = "For the file.\n\nNoor\n\n" + banner + "\n" + change(case.body)
            for width in (0,) + self.widths:
                text = wrapped(body, width) if width else body
                self.same("%s: forwarded by %s%s" % (case.name, client, ", wrapped at %d" % width
                                                      if width else ""),
                          want, mail_bytes(OUTER, text), 1)
            for encoding in ("quoted-printable", "base64"):
                self.same("%s: forwarded by %s, %s" % (case.name, client, encoding), want,
                          mail_bytes(OUTER, body, encoding=encoding), 1)
            for name, opening, closing in (("breaks", "", "<br>"), ("divs", "<div>", "</div>"),
                                           ("paragraphs", "<p>", "</p>")):
                self.same("%s: forwarded by %s, %s" % (case.name, client, name), want,
                          mail_bytes(OUTER, as_html(body, opening, closing), "html"), 1)

    def withhold(self, case, want, chain):
        """Who is blacked out has neither name nor address; all else stays."""
        names = {p[k] for m in chain for p in [m["from"]] + m["to"] + m["cc"] if p is not None
                 for k in ("name", "address") if p[k]}
        names = sorted((n for n in names if n in case.body and len(n) > 3), key=len, reverse=True)
        if not names:
            return
        for mark in MARKS_OF_OFFICES:
            if self.passed_over():
                continue
            out = re.compile("|".join(r"(?<!\w)%s(?!\w)" % re.escape(n) for n in names))
            body = out.sub(mark, case.body)
            data = body.encode("utf-8") if case.document else mail_bytes(case.header, body)
            chain = self.chain(data, case.document)
            self.tell("%s: withheld as %s" % (case.name, mark), "not parsed" if chain is None else
                      difference([bare(m, out, mark) for m in want],
                                 [bare(shape(m, 0), out, mark) for m in chain]))

    def quote(self, case, want, head):
        """One more answer above: its first message is what was the mail; the header has
        gone, so is what only it said."""
        inner = [dict(m) for m in want]
        inner[0].pop("cases")  # desks write them into subjects
        for key in ("to", "cc"):
            inner[0][key] = []
        inner[0]["subject"] = ""
        clock = head["date"]["local"]
        inner[0]["clock"] = clock[:16] + ":00"
        name, address = head["from"]["name"], head["from"]["address"]
        # An attribution's "via" names the list, and an address is nobody's name.
        person = None if name == address else name and name.split(" via ")[0]
        inner[0]["from"] = (person, address, head["from"]["redacted"])
        line = "On %s at %s, %s <%s> wrote:" % (clock[:10], clock[11:16], name or address, address)
        body = "For the file.\n\n" + line + "\n" + quoted(case.body)
        self.same("%s: quoted" % case.name, inner, mail_bytes(OUTER, body), 1)


def main():
    heddle, samples = sys.argv[1], sys.argv[2]
    cases = []
    for folder, _, files in sorted(os.walk(samples)):
        for file in sorted(set(files) - set(ODD)):
            if file.endswith((".eml", ".txt")):
                path = os.path.join(folder, file)
                cases.append(load(path, os.path.relpath(path, samples)))
    if len(sys.argv) > 3 and os.path.exists(sys.argv[3]):
        cases.append(load(sys.argv[3], "seed"))
    with tempfile.TemporaryDirectory() as scratch:
        runner = Runner(heddle, scratch)
        for case in cases:
            if case is not None:
                runner.vary(case)
        if runner.EVERY == 1:
            for known, reason in LOST.items():
                runner.tell("%s: still lost when %s" % known, None if reason in runner.lost
                            else "no longer: strike it off the list")
        print("1..%d" % runner.count)
    sys.exit(1 if runner.failed or runner.count == 0 else 0)


main()
