# SPDX-License-Identifier: MIT
"""Whether an answer has the form that docs/schema/NAME.json promises.

schema.py NAME FILE        one document, or for "ingest" one a line
schema.py --self-test      whether the schemas can refuse: each must itself be a
                           schema, and refuse an answer from which any promised
                           field was taken or in which it has a wrong type
"""
import copy
import json
import os
import sys

import jsonschema

FOLDER = os.path.join(os.environ["G_TEST_SRCDIR"], "docs", "schema")


def load(name):
    with open(os.path.join(FOLDER, name + ".json"), encoding="utf-8") as file:
        return json.load(file)


def validator(name):
    return jsonschema.Draft202012Validator(load(name))


def complaints(name, documents):
    check = validator(name)
    for document in documents:
        for error in check.iter_errors(document):
            yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


def example(schema, defs):
    """The least document of that schema, with one item in each list."""
    if "$ref" in schema:
        return example(defs[schema["$ref"].rsplit("/", 1)[1]], defs)
    if "anyOf" in schema:
        return example(schema["anyOf"][0], defs)
    for word in ("const", "enum"):
        if word in schema:
            return schema["const"] if word == "const" else schema["enum"][-1]
    kind = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
    if kind == "object":
        return {key: example(schema["properties"][key], defs) for key in schema["required"]}
    if kind == "array":
        return [example(s, defs) for s in schema["prefixItems"]] if "prefixItems" in schema \
            else [example(schema["items"], defs)]
    if kind == "string":
        return text_like(schema.get("pattern", ""))
    return {"integer": 1, "number": 1.5, "boolean": True}[kind]


def text_like(pattern):
    for text in ("", "@x", "x", "f0", "t0", "m0", "p0", "2018-04-10", "2018-04-10T15:40:00Z",
                 "2018-04-10T15:40:00", "-04:00", "0" * 64):
        if __import__("re").search(pattern, text):
            return text
    raise ValueError(pattern)


def broken(document):
    """Copies of @document, each with one field gone or of a wrong type."""
    def walk(part, path):
        items = part.items() if isinstance(part, dict) else enumerate(part)
        for key, inner in list(items):
            yield path + [key]
            if isinstance(inner, (dict, list)):
                yield from walk(inner, path + [key])

    for path in walk(document, []):
        for remove in (True, False):
            other = copy.deepcopy(document)
            part = other
            for key in path[:-1]:
                part = part[key]
            if not remove:
                part[path[-1]] = {"wrong": []}
            elif isinstance(part, dict):
                del part[path[-1]]
            else:
                continue
            yield path, other


def self_test():
    failures = []
    for name in sorted(n[:-5] for n in os.listdir(FOLDER) if n.endswith(".json")):
        schema = load(name)
        jsonschema.Draft202012Validator.check_schema(schema)
        good = example(schema, schema.get("$defs", {}))
        failures += [f"{name}: {c}" for c in complaints(name, [good])]
        for path, bad in broken(good):
            if not list(complaints(name, [bad])):
                failures.append(f"{name}: takes an answer with a broken {path}")
    return failures


def main():
    if sys.argv[1] == "--self-test":
        found = self_test()
    else:
        name, path = sys.argv[1:]
        with open(path, encoding="utf-8") as file:
            text = file.read()
        documents = [json.loads(line) for line in text.splitlines()] if name == "ingest" \
            else [json.loads(text)]
        found = list(complaints(name, documents))
    for line in found[:20]:
        print(line)
    sys.exit(1 if found else 0)


main()
