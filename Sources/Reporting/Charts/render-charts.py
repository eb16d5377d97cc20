# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws chart specifications with vl-convert, for yilian.

Reads a JSON object from standard input:
  charts: [{name, grammar: vega-lite | vega, format: svg | png | pdf, scale, spec}]
  sample: a text in the writing that the charts use
Writes a JSON object to standard output: {files: [base64]} or {error, chart}.
Status 4: the package vl-convert-python is not here.
"""

import base64
import json
import sys

try:
    import vl_convert
except ImportError:
    sys.exit(4)

VEGA_LITE = "6.4"
FONT = "Noto Sans CJK SC, WenQuanYi Micro Hei, Noto Sans, Liberation Sans, sans-serif"


def picture_of(text):
    """A picture of nothing but a text."""
    mark = {"type": "text", "font": FONT, "fontSize": 20}
    spec = {
        "width": 100,
        "height": 30,
        "data": {"values": [{}]},
        "mark": mark,
        "encoding": {"text": {"value": text}},
    }
    return vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE)


def is_shown(sample):
    """Whether a font has the characters: else they vanish, or are all drawn as the same box."""
    # Of the private use area, which no font here fills.
    missing = "".join(chr(0xF0000 + k) for k in range(len(sample)))
    return picture_of(sample) not in (picture_of(""), picture_of(missing))


def drawn(chart):
    spec, form = chart["spec"], chart["format"]
    is_lite = chart["grammar"] == "vega-lite"
    draw = getattr(vl_convert, ("vegalite_to_" if is_lite else "vega_to_") + form)
    options = {"vl_version": VEGA_LITE} if is_lite else {}
    if form == "png":
        options["scale"] = chart["scale"]
    picture = draw(spec, **options)
    return picture.encode() if isinstance(picture, str) else picture


def main():
    request = json.load(sys.stdin)
    if not is_shown(request["sample"]):
        return {"error": "font"}
    files = []
    for chart in request["charts"]:
        try:
            files.append(base64.b64encode(drawn(chart)).decode())
        except Exception as problem:  # whatever the renderer throws is told in one line
            # The rest are places in a bundle of JavaScript.
            line = " ".join(str(problem).split()).split(" at ")[0]
            return {"error": "spec", "chart": chart["name"], "reason": line[:300]}
    return {"files": files}


json.dump(main(), sys.stdout)
