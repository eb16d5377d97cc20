# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at charts that yilian wrote: charts.py CHECK FILE...; silent when all is well."""

import json
import re
import sqlite3
import sys
import xml.etree.ElementTree as xml


def nodes(value):
    """Every object inside a specification."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def rows(path, sql):
    return list(sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute(sql))


def numbers(chart, results):
    """Visits by tier hold the numbers of the views, and leave out tiers nobody goes to."""
    held = [row for node in nodes(load(chart)) for row in node.get("values", []) if "tier" in row]
    means = rows(
        results,
        "SELECT mean, ci_low, ci_high FROM summary WHERE measure = 'visits' AND dimension = 'tier'"
        " AND mean > 0",
    )
    differences = rows(
        results,
        "SELECT mean_difference, ci_low, ci_high FROM contrast WHERE measure = 'visits'"
        " AND dimension = 'tier'",
    )
    found = {(row["mean"], row["low"], row["high"]) for row in held}
    missing = [row for row in means if row not in found]
    assert len(means) >= 8, means
    assert not missing, missing
    assert found <= set(means) | set(differences), found


def axes(*charts):
    """Every number has an axis with a title that is not empty, and every encoding a type."""
    for chart in charts:
        for node in nodes(load(chart)):
            encoding = node.get("encoding")
            for name, channel in (encoding or {}).items():
                if not isinstance(channel, dict) or "field" not in channel or name.endswith("2"):
                    continue
                assert "type" in channel, (chart, channel)
                if channel["type"] == "quantitative" and name in "xy" and "axis" in channel:
                    assert "title" in channel, (chart, channel)


def picture(*charts):
    """An SVG has marks, and texts in the language that its name ends with."""
    for chart in charts:
        root = xml.parse(chart).getroot()
        texts = "".join(root.itertext())
        shapes = [item for item in root.iter() if item.tag.endswith(("path", "rect"))]
        assert len(shapes) > 10, (chart, len(shapes))
        is_chinese = re.search("[\u4e00-\u9fff]{4}", texts) is not None
        assert is_chinese == ("-zh" in chart), (chart, texts[:200])


def page(chart):
    """A page asks nothing of the network."""
    with open(chart, encoding="utf-8") as file:
        text = file.read()
    assert "Content-Security-Policy" in text and "unsafe-eval" not in text
    # What scripts hold inside are their own strings.
    markup = re.sub(r"(<script[^>]*>).*?</script>", r"\1", text, flags=re.S)
    assert "vegaEmbed" in text and markup.count("<script") == 3
    assert not re.search(r"<(script|img|link|iframe)[^>]*\b(src|href)=", markup)


{"numbers": numbers, "axes": axes, "picture": picture, "page": page}[sys.argv[1]](*sys.argv[2:])
