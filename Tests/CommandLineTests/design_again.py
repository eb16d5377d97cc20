# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes an experiment from what a description under STRESS-DES says of a design, and from nothing else.

    design_again.py DESCRIPTION MODEL FOLDER

The experiment goes to FOLDER/again.yaml; an imported design beside it.
"""
import json
import re
import sys

description, model, folder = sys.argv[1:]
text = open(description, encoding="utf-8").read()
section = text.split("### 2.3 ")[1].split("\n### ")[0]


def tables(markdown):
    """Rows of each table by its titles, in the order of the section."""
    for block in markdown.split("\n\n"):
        lines = [line for line in block.split("\n") if line.startswith("|")]
        if lines:
            rows = [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
                    for line in lines]
            yield rows[0], rows[2:]


def coded(cell):
    return re.findall(r"`([^`]*)`", cell)


found = list(tables(section))
asked = {}
for label, value in found[0][1]:
    asked.setdefault(label, value)
factors = found[1][1]
levels = next((rows for titles, rows in found if titles[:3] == ["factor", "level", "what it sets"]), [])
points = next((rows for titles, rows in found if titles[0] == "point"), [])

method = coded(asked["method"])[0]
lines = [f"model: {model}", "factors:"]
for name, paths, _, low, high, values, unit in factors:
    lines.append(f"  - name: {json.dumps(coded(name)[0])}")
    own = [row for row in levels if row[0] == name]
    if own:
        lines.append("    levels:")
        for level in dict.fromkeys(row[1] for row in own):
            sets = {coded(row[2])[0]: row[3] for row in own if row[1] == level and coded(row[2])}
            settings = ", ".join(f"{json.dumps(path)}: {value}" for path, value in sets.items())
            lines.append(f"      - {{name: {level}, set: {{{settings}}}}}")
        continue
    lines.append(f"    paths: {json.dumps(coded(paths))}")
    step = re.match(r"steps of (.*): \d+ values$", values)
    days = re.match(r"every (\d+) d: ", values)
    if values == "as in the file":
        continue
    if step or days or re.match("whole numbers|any number|each day|[0-9]+ values, evenly", values):
        lines.append(f"    range: {low} .. {high} {unit}".rstrip())
        if step:
            lines.append(f"    step: {step[1]}")
        if days:
            lines.append(f"    step: {days[1]} d")
        if values.startswith("whole"):
            lines.append("    integer: yes")
        if "logarithm" in values:
            lines.append("    scale: log")
    else:
        lines.append("    levels: [" + values.replace("; ", ", ") + "]")
lines.append("design:")
if method == "file":
    lines.append("  file: again.csv")
    with open(folder + "/again.csv", "w", encoding="utf-8") as csv:
        csv.write(",".join(coded(row[0])[0] for row in factors) + "\n")
        first = 1 if asked["base point"] != "none" else 0
        csv.writelines(",".join(row[1:]) + "\n" for row in points[first:])
else:
    lines.append(f"  method: {method}")
for label, key in [("points asked for", "points"), ("rows of sample A", "points"), ("trajectories",) * 2,
                   ("values of a range without steps", "levels"),
                   ("seed of the design, apart from the runs' own", "seed")]:
    if label in asked:
        lines.append(f"  {key}: {asked[label]}")
if "generators" in asked and "points asked for" not in asked:
    lines.append("  generators: " + json.dumps(coded(asked["generators"])))
constraints = coded(asked["constraints, which all points but the base point meet"])
if constraints:
    lines.append("  constraints: " + json.dumps(constraints))
if asked["base point"] == "none":
    lines.append("  base-point: no")
with open(folder + "/again.yaml", "w", encoding="utf-8") as out:
    out.write("\n".join(lines) + "\n")
