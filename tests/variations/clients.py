# SPDX-License-Identifier: MIT
"""Which clients have samples, in which form and language: docs/clients.md, and that none of
what must be there is missing.

A sample's client is a word of its name, its language what its name begins with in
samples/languages/ (English elsewhere); its form is whether the first message inside is
answered or forwarded, and whether the mail has HTML. Every client of NEEDED has English and
another language, and its forms but for those of NOT_SEEN; every language has three clients.

Use: clients.py SAMPLES PAGE [--print]; prints TAP, or the page.
"""
import collections
import email
import glob
import json
import os
import re
import sys

TAGS = """en de fr es pt pt-BR it nl pl cs sk sv da nb fi et hu ro hr sr sr-Latn bg el tr ru uk ar
fa he zh-Hans zh-Hant ja ko vi id hi""".split()
ALIASES = {"163": "netease", "iphone": "apple", "libero": "openxchange", "free": "zimbra",
           "abv": "abv.bg", "hotmail": "outlook", "live": "outlook", "pine": "alpine"}
NEEDED = """aol apple blackberry ccmail fastmail freshdesk gmail gnus google-groups groupwise horde
hubspot ionos k9 lotus mailman mailmate mailru missive mutt nabble naver netease outlook proton qq
roundcube rt salesforce samsung spark squirrelmail superhuman thunderbird tutanota yahoo yandex
zammad zendesk zimbra""".split()
OTHERS = """abv.bg alpine becky claws daum eudora evolution foxmail gmx jira kmail onet openxchange
osticket seznam sina sogo yahoogroups zoho""".split()
FORMS = ("reply text", "reply HTML", "forward text", "forward HTML")
PLAIN = "writes plain text only"
NO_HTML = "its HTML was seen nowhere, or without a mark of its own"
NO_FORWARD = "forwards were seen nowhere"
ATTACHES = "forwards what it attaches"
DESK = "a desk answers; it forwards nothing"
NOT_SEEN = {
    "aol": {"forward text": NO_FORWARD, "forward HTML": NO_FORWARD},
    "blackberry": {"reply HTML": PLAIN, "forward text": NO_FORWARD, "forward HTML": PLAIN},
    "ccmail": {"reply HTML": PLAIN, "forward text": NO_FORWARD, "forward HTML": PLAIN},
    "fastmail": {"forward text": NO_FORWARD, "forward HTML": NO_FORWARD},
    "freshdesk": {"forward text": DESK, "forward HTML": DESK},
    "gnus": {"reply HTML": PLAIN, "forward HTML": PLAIN},
    "google-groups": {"reply HTML": NO_HTML, "forward text": NO_FORWARD, "forward HTML": NO_FORWARD},
    "groupwise": {"forward text": ATTACHES, "forward HTML": ATTACHES},
    "horde": {"reply HTML": NO_HTML, "forward text": ATTACHES, "forward HTML": ATTACHES},
    "hubspot": {"reply text": "answers as Gmail does", "reply HTML": NO_HTML, "forward HTML": NO_HTML},
    "ionos": {"reply HTML": NO_HTML, "forward HTML": NO_HTML},
    "k9": {"forward text": "the header style of its answers", "forward HTML": NO_HTML},
    "lotus": {"reply HTML": NO_HTML, "forward HTML": NO_HTML},
    "mailman": {"reply text": "sends digests", "reply HTML": PLAIN, "forward HTML": PLAIN},
    "mailmate": {"reply HTML": NO_HTML, "forward HTML": NO_HTML},
    "mailru": {"forward text": NO_FORWARD},
    "missive": {"reply text": "answers as Gmail does", "reply HTML": NO_HTML, "forward HTML": NO_HTML},
    "mutt": {"reply HTML": PLAIN, "forward HTML": PLAIN},
    "nabble": {"reply HTML": NO_HTML, "forward text": "a forum forwards nothing",
               "forward HTML": "a forum forwards nothing"},
    "naver": {"forward HTML": NO_FORWARD},
    "netease": {"forward text": NO_FORWARD, "forward HTML": NO_FORWARD},
    "proton": {"forward text": NO_FORWARD, "forward HTML": NO_FORWARD},
    "qq": {"forward HTML": "the same markup as in its answers"},
    "roundcube": {"forward HTML": NO_HTML},
    "rt": {"forward text": DESK, "forward HTML": DESK},
    "salesforce": {"reply HTML": NO_HTML, "forward text": DESK, "forward HTML": DESK},
    "samsung": {"forward HTML": "the same markup as in its answers"},
    "spark": {"forward text": NO_FORWARD, "forward HTML": NO_FORWARD},
    "squirrelmail": {"reply HTML": PLAIN, "forward HTML": PLAIN},
    "superhuman": {"forward text": NO_FORWARD, "forward HTML": NO_FORWARD},
    "yandex": {"forward text": NO_FORWARD, "forward HTML": NO_FORWARD},
    "zendesk": {"forward text": DESK, "forward HTML": DESK},
    "zimbra": {"forward HTML": NO_HTML},
}


def client_of(name):
    """The first client that NAME speaks of."""
    words = sorted(set(NEEDED + OTHERS + list(ALIASES)), key=len, reverse=True)
    found = [(m.start(), -len(w), ALIASES.get(w, w)) for w in words
             for m in [re.search(r"(?<![a-z0-9])%s(?![a-z0-9])" % re.escape(w), name)] if m]
    return min(found)[2] if found else None


def survey(samples):
    """{client: {form: {language}}}, {language: {client}}"""
    clients = collections.defaultdict(lambda: collections.defaultdict(set))
    languages = collections.defaultdict(set)
    folders = ("gmail", "outlook", "apple", "thunderbird", "yahoo")
    for path in sorted(glob.glob(os.path.join(samples, "*", "*.eml"))):
        folder, base = path.split(os.sep)[-2:]
        if folder not in folders + ("clients", "languages", "html"):
            continue
        name, tag = base[:-4], "en"
        if folder == "languages":
            tag = next(t for t in sorted(TAGS, key=len, reverse=True) if name.startswith(t + "-"))
            name = name[len(tag) + 1:]
        client = client_of(folder + "-" + name if folder in folders else name)
        with open(path[:-4] + ".json", encoding="utf-8") as file:
            chain = json.load(file)["chain"]
        if client is None or len(chain) < 2:
            continue
        with open(path, "rb") as file:
            types = {part.get_content_type() for part in email.message_from_binary_file(file).walk()}
        kind = "forward" if chain[1]["kind"] == "forward" else "reply"
        if chain[1]["kind"] != "attached":
            if "text/html" in types:
                clients[client][kind + " HTML"].add(tag)
            if "text/plain" in types:
                clients[client][kind + " text"].add(tag)
        languages[tag].add(client)
    return clients, languages


def page(clients, languages):
    out = ["<!-- SPDX-License-Identifier: MIT -->",
           "<!-- printed by `make clients` from samples/ -->",
           "# Clients, forms and languages of the samples", "",
           "The languages in which each client's answers and forwards stand in `samples/`. What a",
           "client does not do, or was not seen to do, stands instead, in italics.", "",
           "| client | " + " | ".join(FORMS) + " |", "|---" * 5 + "|"]
    for client in NEEDED + OTHERS:
        cells = [" ".join(t for t in TAGS if t in clients[client][form])
                 or "*%s*" % NOT_SEEN.get(client, {}).get(form, "not there") for form in FORMS]
        out.append("| %s | %s |" % (client, " | ".join(cells)))
    out += ["", "| language | clients |", "|---|---|"]
    out += ["| %s | %s |" % (tag, " ".join(sorted(languages[tag]))) for tag in TAGS]
    return "\n".join(out) + "\n"


def faults(clients, languages):
    """What is missing, a sentence each, by what was looked at."""
    for client in NEEDED:
        tags = {tag for form in clients[client].values() for tag in form}
        yield client + ": English and another language", "en" in tags and len(tags) > 1
        for form in FORMS:
            there = bool(clients[client][form])
            excused = form in NOT_SEEN.get(client, {})
            yield "%s: %s" % (client, form), there != excused
    for tag in TAGS:
        yield tag + ": three clients", len(languages[tag]) >= 3


def main():
    clients, languages = survey(sys.argv[1])
    text = page(clients, languages)
    if "--print" in sys.argv:
        sys.stdout.write(text)
        return 0
    results = list(faults(clients, languages))
    with open(sys.argv[2], encoding="utf-8") as file:
        results.append(("docs/clients.md is what `make clients` prints", file.read() == text))
    for number, (name, good) in enumerate(results, 1):
        print("%s %d - %s" % ("ok" if good else "not ok", number, name))
    print("1..%d" % len(results))
    return 0 if all(good for _, good in results) else 1


sys.exit(main())
