# SPDX-License-Identifier: MIT
"""What an exported page is, seen from outside.

page.py serve FILE           a web server on a free port of 127.0.0.1, its number the first
                             line of FILE, each path that was asked for a line more
page.py still FILE           whether the page of FILE can load or do nothing and leads nowhere
page.py value FILE EXPR      print EXPR: d is a list of (tag, attributes, text)
page.py drawn FILE.png       whether the picture shows something: many pixels that differ
"""
import html.parser
import http.server
import re
import struct
import sys
import zlib

HOLLOW = {"meta", "br", "link", "img", "input", "circle", "path"}
TAGS = {"html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "p",
        "code", "section", "ul", "li", "figure", "figcaption", "svg", "desc", "path", "circle",
        "text", "tspan", "main", "article", "time", "strong", "span", "bdi", "div", "details",
        "summary"}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "href", "id",
              "aria-labelledby", "role", "dir", "datetime", "tabindex", "open",
              "viewbox", "width", "height", "d", "r", "cx", "cy", "x", "y"}


class Page(html.parser.HTMLParser):
    """Elements with the text in them and in what they hold."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.stack, self.trouble = [], [], []
        self.feed(text)
        self.close()
        self.trouble += [f"<{e[0]}> is not closed" for e in self.stack]

    def handle_starttag(self, tag, attrs):
        element = [tag, dict(attrs), ""]
        self.elements.append(element)
        if tag not in HOLLOW:
            self.stack.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])

    def handle_endtag(self, tag):
        if tag in HOLLOW:
            return
        if not self.stack or self.stack[-1][0] != tag:
            self.trouble.append(f"</{tag}> closes something else")
        else:
            self.stack.pop()

    def handle_data(self, data):
        for element in self.stack:
            element[2] += data


def read(path):
    with open(path, encoding="utf-8") as file:
        return Page(file.read())


def still(path):
    page = read(path)
    ids = [a["id"] for _, a, _ in page.elements if "id" in a]
    yield from page.trouble
    if len(ids) != len(set(ids)):
        yield "an id stands twice"
    policy = [a["content"] for t, a, _ in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    if len(policy) != 1 or not policy[0].startswith("default-src 'none'; style-src 'unsafe-inline'"):
        yield f"policy {policy}"
    for tag, attributes, text in page.elements:
        if tag not in TAGS:
            yield f"<{tag}>"
        yield from (f"<{tag} {name}=>" for name in attributes if name not in ATTRIBUTES)
        if "href" in attributes and attributes["href"].lstrip("#") not in ids:
            yield f"href {attributes['href']}"
        if tag == "style" and re.search(r"url|@import|expression", text):
            yield "a style that loads"
        if tag not in ("style",) and re.search(r"https?://", text):
            yield f"a live URL in <{tag}>"


def drawn(path):
    with open(path, "rb") as file:
        data = file.read()
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            packed += body
        at += size + 12
    step = {2: 3, 6: 4, 0: 1}[colour]
    rows, line, other = zlib.decompress(packed), bytearray(width * step), 0
    assert depth == 8
    for y in range(height):
        begin = y * (width * step + 1)
        kind, new = rows[begin], bytearray(rows[begin + 1:begin + 1 + width * step])
        for x in range(len(new)):
            a = new[x - step] if x >= step else 0
            b, c = line[x], line[x - step] if x >= step else 0
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            new[x] = (new[x] + (0, a, b, (a + b) // 2, paeth)[kind]) & 255
        line = new
        if y == 0:
            ground = bytes(new[:step])
        other += sum(bytes(new[x:x + step]) != ground for x in range(0, len(new), step * 4))
    if other < 500:
        yield f"{other} pixels differ from the ground"


def serve(path):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            say(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args):
            pass

    def say(line):
        with open(path, "a", encoding="utf-8") as file:
            file.write(line + "\n")

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    say(str(server.server_address[1]))
    server.serve_forever()


def main():
    verb, path = sys.argv[1:3]
    if verb == "serve":
        serve(path)
    elif verb == "value":
        print(eval(sys.argv[3], {"d": [tuple(e) for e in read(path).elements], "re": re}))
    else:
        found = list({"still": still, "drawn": drawn}[verb](path))
        print("\n".join(found[:20]))
        sys.exit(1 if found else 0)


main()
