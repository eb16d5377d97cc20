# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a report as a page: page.py FILE LANGUAGE [WORD...]

Elements are closed in order, headings follow each other, every table has a caption or stands under
methods, every picture has its words, identifiers stand once and links lead to them, and nothing is asked
for from elsewhere.
"""

import re
import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.links = [], [], [], []
        self.headings, self.text, self.tables, self.charts = [], [], 0, 0
        self.captions = 0

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if "id" in names:
            self.ids.append(names["id"])
        if tag in ("script", "iframe", "object", "embed", "link", "base"):
            self.faults.append(f"element {tag}")
        for name, value in attributes:
            if name.startswith("on"):
                self.faults.append(f"{tag} {name}")
            if name in ("src", "href", "xlink:href", "srcset", "action") and value:
                if value.startswith("#"):
                    self.links.append(value[1:])
                else:
                    self.faults.append(f"{tag} asks for {value}")
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if names.get("role") == "img":
            self.charts += 1
            if len(names.get("aria-label") or "") < 30:
                self.faults.append("a picture without words")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


path, language, *words = sys.argv[1:]
source = open(path, encoding="utf-8").read()
page = Page()
page.feed(source)
page.close()
faults = page.faults
if page.open:
    faults.append(f"left open: {page.open}")
if page.headings.count(1) != 1 or page.headings[0] != 1:
    faults.append(f"headings {page.headings[:5]}")
faults += [f"h{a} then h{b}" for a, b in zip(page.headings, page.headings[1:]) if b > a + 1]
faults += [f"twice: {i}" for i in sorted({i for i in page.ids if page.ids.count(i) > 1})]
faults += [f"leads nowhere: {i}" for i in page.links if i not in page.ids]
for part in ("main-findings", "assumptions", "methods", "provenance"):
    if part not in page.ids:
        faults.append(f"no part {part}")
if page.captions == 0:
    faults.append("no table has a caption")
style = source[source.index("<style>") : source.index("</style>")]
if re.search(r"url\(|@import", style):
    faults.append("the style sheet asks for something")
text = "".join(page.text)
if f'<html lang="{"zh-CN" if language == "zh" else "en"}">' not in source:
    faults.append("the language is not told")
faults += [f"{word} is not there" for word in words if word not in text]
if faults:
    sys.exit("; ".join(faults[:8]))
