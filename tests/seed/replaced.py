# SPDX-License-Identifier: MIT
"""The seed thread with every person's name and every date replaced, consistently: what
heddle parse finds must be what it found before, with the same replacements made in it.
So nothing rests on who these people are or on which days they wrote.
"""
import datetime
import re

# Of other lengths, with hyphens, apostrophes and letters that are not ASCII.
NAMES = ("Tilda", "Okonek", "Ruben", "Castellanos", "Bela", "Strand", "Ove", "Lund-Berg", "Zo\u00eb",
         "Nyg\u00e5rd", "Li", "Quispe", "Ingrid", "Vale", "\u0141ucja", "O'Hara", "Per", "Sifri")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH = "|".join(m + "|" + m[:3] for m in MONTHS)
DATE = re.compile(
    r"(?:\b(?P<weekday>%s)(?P<comma>,? ))?"
    r"(?:\b(?P<m1>%s) (?P<d1>\d{1,2}), (?P<y1>\d{4})|\b(?P<d2>\d{1,2}) (?P<m2>%s) (?P<y2>\d{4})"
    r"|\b(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d))(?!\d)"
    % ("|".join(d + "|" + d[:3] for d in DAYS), MONTH, MONTH))


def month_of(name):
    return [m[:3] for m in MONTHS].index(name[:3]) + 1


class Replacement:
    def __init__(self, people, days):
        """PEOPLE: names that the chain has; DAYS: how much later all is."""
        words = []
        for name in people:
            words += [w for w in re.findall(r"\w{3,}", name) if w not in words]
        self.words = dict(zip(words, NAMES))
        assert len(words) <= len(NAMES), "more names are wanted"
        self.pattern = re.compile(r"\b(%s)\b" % "|".join(map(re.escape, words)))
        self.shift = datetime.timedelta(days=days)

    def date(self, match):
        part = match.groupdict()
        if part["y3"]:
            old = datetime.date(int(part["y3"]), int(part["m3"]), int(part["d3"]))
        else:
            old = datetime.date(int(part["y1"] or part["y2"]), month_of(part["m1"] or part["m2"]),
                                int(part["d1"] or part["d2"]))
        new = old + self.shift
        front = ""
        if part["weekday"]:
            day = DAYS[new.weekday()]
            front = (day if len(part["weekday"]) > 3 else day[:3]) + part["comma"]
        if part["y3"]:
            return front + new.isoformat()
        written = part["m1"] or part["m2"]
        month = MONTHS[new.month - 1]
        month = month[:3] if len(written) == 3 and written != "May" else month
        if part["m1"]:
            return "%s%s %d, %d" % (front, month, new.day, new.year)
        return "%s%d %s %d" % (front, new.day, month, new.year)

    def text(self, text):
        return DATE.sub(self.date, self.pattern.sub(lambda m: self.words[m.group(0)], text))

    def answer(self, value):
        """The same in an answer: its clocks and days are dates as well."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.answer(v) for v in value]
        if isinstance(value, dict):
            return {key: self.answer(v) for key, v in value.items()}
        return value


def people_of(chain):
    names = [p["name"] for m in chain for p in [m["from"]] + m["to"] + m["cc"] if p and p["name"]]
    return list(dict.fromkeys(names))


def first_difference(want, got, path=""):
    """Where two answers differ: the path alone, since the words are not ours to print."""
    if isinstance(want, dict) and isinstance(got, dict):
        for key in want:
            found = first_difference(want[key], got.get(key), path + "." + key)
            if found:
                return found
        return None
    if isinstance(want, list) and isinstance(got, list):
        if len(want) != len(got):
            return "%s: %d, not %d" % (path, len(got), len(want))
        for number, (one, two) in enumerate(zip(want, got)):
            found = first_difference(one, two, "%s[%d]" % (path, number))
            if found:
                return found
        return None
    return None if want == got else path


def without(chain, keys):
    return [{k: v for k, v in m.items() if k not in keys} for m in chain]


def check(ok, parse, text, answer):
    """OK and PARSE are the caller's; ANSWER is what the text as it is gives."""
    chain = answer["chain"]
    people = people_of(chain)
    # Whole weeks keep what "over the weekend" means; other days do not.
    for days, left_out in ((7 * 143, ()), (-7 * 211, ()), (500, ("dates", "actions"))):
        made = Replacement(people, days)
        got = parse(made.text(text))
        name = "names and dates replaced, %d days away" % days
        ok(got is not None, name + ": parsed")
        if got is None:
            continue
        ok(made.text(text) != text and not any(p in made.text(text) for p in people),
           name + ": no name is left")
        why = first_difference(made.answer(without(chain, left_out)), without(got["chain"], left_out))
        ok(why is None, name + ": the same chain", why or "")
        why = first_difference(made.answer(answer["lines"]), got["lines"])
        ok(why is None, name + ": the same lines", why or "")
