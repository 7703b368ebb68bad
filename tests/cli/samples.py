# SPDX-License-Identifier: MIT
"""Each sample against its expected answer, a TAP line a file.

For every samples/TOPIC/NAME.eml (or NAME.txt, read with --text) the answer of
`heddle parse --json` must equal NAME.json, field by field; the order of fields and
the white space do not count. What differs is said by its path.
"""
import json
import os
import subprocess
import sys

MOST_DIFFERENCES = 12


def differences(want, have, path=""):
    """Yield one line for each place where @have is not @want."""
    if isinstance(want, dict) and isinstance(have, dict):
        for key in sorted(set(want) | set(have)):
            place = f"{path}.{key}"
            if key not in have:
                yield f"{place}: is not there, want {short(want[key])}"
            elif key not in want:
                yield f"{place}: {short(have[key])}, want no such field"
            else:
                yield from differences(want[key], have[key], place)
    elif isinstance(want, list) and isinstance(have, list):
        for i in range(max(len(want), len(have))):
            place = f"{path}[{i}]"
            if i >= len(have):
                yield f"{place}: is not there, want {short(want[i])}"
            elif i >= len(want):
                yield f"{place}: {short(have[i])}, want no such item"
            else:
                yield from differences(want[i], have[i], place)
    elif want != have or isinstance(want, bool) != isinstance(have, bool):
        yield f"{path}: {short(have)}, want {short(want)}"


def short(value):
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 160 else text[:157] + "..."


def samples(top):
    for folder, folders, files in os.walk(top):
        folders.sort()
        for name in sorted(files):
            if name.endswith((".eml", ".txt")):
                yield os.path.join(folder, name)


def check(heddle, path):
    """The complaints about one sample, none when all is well."""
    stem, kind = os.path.splitext(path)
    command = [heddle, "parse", "--json", path]
    if kind == ".txt":
        command.insert(2, "--text")
    run = subprocess.run(command, capture_output=True, timeout=60)
    if run.returncode != 0:
        return [f"exit status {run.returncode}: {run.stderr.decode(errors='replace').strip()}"]
    if not os.path.exists(stem + ".json"):
        return [f"no {stem}.json with the expected answer"]
    with open(stem + ".json", encoding="utf-8") as file:
        want = json.load(file)
    return list(differences(want, json.loads(run.stdout)))


def self_test():
    """The comparison itself must be able to fail."""
    same = {"a": [1, {"b": None}], "c": False}
    broken = [{"a": [1, {"b": None}], "c": 0}, {"a": [1], "c": False}, {"a": [1, {"b": ""}], "c": False},
              {"a": [1, {"b": None}, 2], "c": False}, {"a": [1, {"b": None}]}, dict(same, d=1)]
    return not list(differences(same, same)) and all(list(differences(same, b)) for b in broken)


def main():
    heddle, top = sys.argv[1:]
    paths = list(samples(top))
    print(f"1..{len(paths) + 1}")
    print(("" if self_test() else "not ") + "ok 1 - a wrong answer is seen")
    for number, path in enumerate(paths, 2):
        found = check(heddle, path)
        for line in found[:MOST_DIFFERENCES]:
            print(f"# {line}")
        if len(found) > MOST_DIFFERENCES:
            print(f"# ... and {len(found) - MOST_DIFFERENCES} more")
        print(("not " if found else "") + f"ok {number} - {os.path.relpath(path, top)}")


main()
