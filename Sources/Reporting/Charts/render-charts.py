# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws chart specifications with vl-convert, for yilian.

Reads a JSON object from standard input:
  charts: [{name, grammar: vega-lite | vega, format: svg | png | pdf, scale, spec}]
  font: the families that the charts name
  sample: a text in the writing that the charts use
Writes a JSON object to standard output: {files: [base64]} or {error, chart, reason}.
Status 4: the package vl-convert-python is not here.
"""

import base64
import concurrent.futures
import json
import multiprocessing
import os
import re
import sys

try:
    import vl_convert
except ImportError:
    sys.exit(4)

VEGA_LITE = "6.4"
# Under so many charts a second process takes longer to start than it saves.
FEWEST_FOR_TWO = 4


def picture_of(text, font):
    """A picture of nothing but a text."""
    mark = {"type": "text", "font": font, "fontSize": 20}
    spec = {
        "width": 100,
        "height": 30,
        "data": {"values": [{}]},
        "mark": mark,
        "encoding": {"text": {"value": text}},
    }
    return vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE)


def is_shown(sample, font):
    """Whether a font has the characters: else they vanish, or are all drawn as the same box."""
    # Of the private use area, which no font here fills.
    missing = "".join(chr(0xF0000 + k) for k in range(len(sample)))
    return picture_of(sample, font) not in (picture_of("", font), picture_of(missing, font))


def drawn(chart):
    spec, form = chart["spec"], chart["format"]
    is_lite = chart["grammar"] == "vega-lite"
    draw = getattr(vl_convert, ("vegalite_to_" if is_lite else "vega_to_") + form)
    options = {"vl_version": VEGA_LITE} if is_lite else {}
    if form == "png":
        options["scale"] = chart["scale"]
    picture = draw(spec, **options)
    return renumbered(picture).encode() if isinstance(picture, str) else picture


def renumbered(svg):
    """Vega counts clips and gradients on from chart to chart; here each chart begins anew."""
    names = {}
    return re.sub(
        r'(id="|url\(#|href="#)((?:clip|gradient_)\d+)',
        lambda found: found[1] + names.setdefault(found[2], f"part-{len(names)}"),
        svg,
    )


def answer_to(chart):
    """The file of a chart, or what is wrong with it."""
    try:
        return {"file": base64.b64encode(drawn(chart)).decode()}
    except Exception as problem:  # whatever the renderer throws is told in one line
        # The rest are places in a bundle of JavaScript.
        line = " ".join(str(problem).split()).split(" at ")[0]
        return {"error": "spec", "chart": chart["name"], "reason": line[:300]}


def answers_to(charts, sample, font):
    """In their order, whichever process drew them."""
    here = lambda part: is_shown(sample, font) and [answer_to(chart) for chart in part]
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if len(charts) < FEWEST_FOR_TWO or (os.cpu_count() or 1) < 2 or not can_fork:
        return here(charts)
    # The first half is drawn here, while another process draws the rest. Costs differ from chart to
    # chart, but are alike for its widths, which stand side by side: each takes every other chart.
    # The other process starts before this one has a renderer, whose threads it could not take over.
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(1, context) as pool:
        rest = pool.map(answer_to, charts[1::2], chunksize=len(charts))
        first = here(charts[0::2])
        if not first:
            pool.shutdown(wait=False, cancel_futures=True)
            return first
        answers = [None] * len(charts)
        answers[0::2], answers[1::2] = first, list(rest)
        return answers


def main():
    request = json.load(sys.stdin)
    answers = answers_to(request["charts"], request["sample"], request["font"])
    if answers is False:
        return {"error": "font"}
    wrong = [answer for answer in answers if "error" in answer]
    return wrong[0] if wrong else {"files": [answer["file"] for answer in answers]}


json.dump(main(), sys.stdout)
