#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Charts of analyses hold the numbers that the analyses tell.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

mkdir -p "$folder/Models" && cp -r Models/mm1 Models/mmc "$folder/Models/"
cat >"$folder/levers.yaml" <<'YAML'
model: Models/mm1
run: {length: 5000 min}
replications: 6
measures: [utilisation, wait]
scenarios:
  - name: as-is
  - name: both
    set: {arrivals.customers.poisson.rate: 0.6 /min, durations.service.exponential.mean: 0.8 min}
levers:
  - {name: demand, paths: [arrivals]}
YAML
cat >"$folder/ranged.yaml" <<'YAML'
model: Models/mmc
run: {warm-up: 100 min, length: 1500 min}
replications: 3
measures: [wait, utilisation]
scenarios:
  - name: three
  - name: four
    set: {resources.servers.capacity: 4}
YAML
cat >"$folder/crew.yaml" <<'YAML'
model: Models/mmc
run: {warm-up: 100 min, length: 1500 min}
factors:
  - {name: servers, path: resources.servers.capacity, levels: [3, 4, 5, 6]}
  - {name: service, path: durations.service.exponential.mean, range: 0.6 .. 1.2 min, step: 0.2 min}
seek:
  most: utilisation ± 1 %
  targets: [wait <= 0.1 ± 0.03]
YAML
levers=$folder/levers.sqlite ranged=$folder/ranged.sqlite crew=$folder/crew.sqlite
single=$folder/single.sqlite twins=$folder/twins.sqlite county=$folder/county.sqlite
short=(--set run.warm-up='0 d' --set run.length='60 d' --set run.start=2019-01-01)

made() {
  ends_with 0 "$YILIAN" explain "$folder/levers.yaml" --scenario both --out "$levers" --quiet \
    && ends_with 0 "$YILIAN" uncertainty "$folder/ranged.yaml" --draws 12 --out "$ranged" --quiet \
    && ends_with 0 "$YILIAN" sweep Models/mmc --vary 'arrivals.customers.poisson.rate=1.6 /min:2.3 /min' \
      --vary 'resources.servers.capacity=4|5' --design one-at-a-time --levels 2 --replications 4 \
      --out "$single" --quiet \
    && ends_with 0 "$YILIAN" seek "$folder/crew.yaml" --runs 72 --out "$crew" --quiet \
    && ends_with 0 "$YILIAN" twins Experiments/small-county-gatekeeping.yaml --scenario strict "${short[@]}" \
      --replications 2 --out "$twins" --quiet \
    && ends_with 0 "$YILIAN" run Experiments/small-county-gatekeeping.yaml "${short[@]}" \
      --replications 2 --set 'experiment.measures=[primary-visit-share, out-of-pocket, fund-spend]' \
      --out "$county" --quiet
}
claim 'files of analyses to draw' made

# holds CHART FILE ARGUMENT... < PROGRAM: the program sees the chart as `spec` and all its rows of data as
# `rows`, and what the analysis says as `told`.
holds() {
  local chart=$1 file=$2
  ends_with 0 "$YILIAN" chart "$file" "$chart" --out "$folder/$chart.json" || return
  ends_with 0 "${@:3}" --json || return
  { cat <<'PYTHON'
import json, sys
spec, told = (json.load(open(path)) for path in sys.argv[1:3])
def below(node, key):
    if isinstance(node, dict):
        if key in node: yield node[key]
        for value in node.values(): yield from below(value, key)
    elif isinstance(node, list):
        for value in node: yield from below(value, key)
rows = [row for values in below(spec, "values") if isinstance(values, list) for row in values]
def near(a, b): return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
for encoding in below(spec, "encoding"):
    for axis in ("x", "y"):
        place = encoding.get(axis)
        if isinstance(place, dict) and place.get("axis"):
            assert place.get("title") or place["field"] == "row", (axis, place)
assert len(spec["description"]) > 40 and spec["title"]["text"] and spec["title"]["subtitle"]
PYTHON
    cat; } >"$folder/check.py"
  python3 "$folder/check.py" "$folder/$chart.json" "$folder/out"
}

explanation() {
  holds explanation "$levers" "$YILIAN" explain "$levers" --measure utilisation <<'PYTHON'
effect = told["effects"][0]
parts = {p["lever"]: p for p in effect["parts"]}
drawn = {r["lever"]: r for r in rows}
assert set(parts) | {"as-is", "both"} == set(drawn), drawn
for name, part in parts.items():
    row = drawn[name]
    assert near(row["end"] - row["start"], 100 * part["part"]), (row, part)
    assert near(row["high"] - row["start"], 100 * part["part_high"]), (row, part)
assert near(drawn["both"]["end"] - drawn["as-is"]["end"], 100 * effect["total"])
last = [r for r in rows if r["lever"] in parts][-1]
assert near(last["end"], drawn["both"]["end"])
PYTHON
}
claim 'the waterfall leads from the baseline to the scenario by the parts told' explanation

tornado() {
  holds tornado "$single" "$YILIAN" sensitivity "$single" <<'PYTHON'
assert {r["value"] for r in rows} >= {"4", "5"}, rows
for row in rows:
    assert row["start"] == 0 and row["low"] <= row["stop"] <= row["high"], row
    assert row["outer"] in (row["low"], row["high"]), row
PYTHON
}
claim 'a tornado of one factor at a time has a bar a value, with its interval' tornado

movers() {
  holds tornado "$ranged" "$YILIAN" uncertainty "$ranged" <<'PYTHON'
effect = next(e for e in told["effects"] if e["measure"] == "wait")
whole = [r for r in rows if r["assumption"] == "all assumptions"]
assert len(whole) == 1 and near(whole[0]["start"], effect["span_low"])
assert len(rows) == 1 + 2 * len(effect["moved_by"])
for mover in effect["moved_by"]:
    ends = {r["end"]: r for r in rows if r["assumption"] == mover["assumption"]}
    low, high = ends["low end of the range"], ends["high end of the range"]
    assert near(high["stop"] - low["stop"], mover["slope"]["value"])
    assert low["value"] and high["value"], ends
if not effect["moved_by"]: assert "told from chance" in spec["description"]
PYTHON
}
claim 'a tornado of draws has the effect at both ends of what moves it' movers

verdicts() {
  holds verdicts "$ranged" "$YILIAN" uncertainty "$ranged" <<'PYTHON'
assert len(rows) == len(told["effects"])
scale = {"wait": 1, "utilisation": 100}
for row, effect in zip(rows, told["effects"]):
    by = scale[effect["measure"]]
    assert near(row["effect"], by * effect["effect"]["value"]), (row, effect)
    assert near(row["low"], by * effect["effect"]["low"]) and row["verdict"] == effect["verdict"]
PYTHON
}
claim 'verdicts are drawn as they are told' verdicts

frontier() {
  holds frontier "$crew" "$YILIAN" seek "$crew" <<'PYTHON'
points = [r for r in rows if "look" in r]
run = {p["point_id"] for p in told["run"]}
steps = {p["point_id"] for p in told["frontier"]}
assert len(points) == len(run | steps), (len(points), run, steps)
predicted = [p for p in points if p["look"] == "frontier, predicted"]
assert len(predicted) == sum(1 for s in told["frontier"] if s["n"] == 0)
for point in predicted:
    assert point["replications"] == 0 and point["aimLow"] < point["aim"] < point["aimHigh"]
assert any(near(v, 0.1) for v in below(spec, "datum") if isinstance(v, float))
PYTHON
}
claim 'the frontier has every setting, what was not run apart' frontier

equity() {
  holds equity "$twins" "$YILIAN" twins "$twins" <<'PYTHON'
values = {(v["measure"], v["dimension"], v["member"]): v for v in told["values"]}
changes = [r for r in rows if "change" in r]
known = {values[key]["mean"] for key in values
         if key[:2] == ("twin-out-of-pocket-change", "distance") and values[key]["mean"] is not None}
assert {r["change"] for r in changes} == known and len(known) > 1, changes
for policy in (told["baseline"], told["scenario"]):
    curve = [r for r in rows if r.get("policy") == policy]
    shares = [(r["people"], r["share"]) for r in curve]
    assert shares == sorted(shares) and shares[0] == (0, 0), shares
    assert near(shares[-1][0], 100) and near(shares[-1][1], 100), shares
    # Twice the area between the curve through the ends of groups and the line of equality is the
    # index but for what differs inside groups.
    area = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in zip(shares, shares[1:])) / 1e4
    arm = "baseline" if policy == told["baseline"] else "scenario"
    index = values["twin-concentration-out-of-pocket-by-nearness", "arm", arm]["mean"]
    assert abs(1 - 2 * area - index) < 0.05, (area, index)
PYTHON
}
claim 'the curves of equity end at all, and bend as the index says' equity

acceptability() {
  holds acceptability "$county" "$YILIAN" economics "$county" --effect primary-visit-share \
    --threshold 0 <<'PYTHON'
first = {r["scenario"]: r["chance"] for r in rows if r["worth"] == 0}
assert near(sum(first.values()), 100)
for worth in {r["worth"] for r in rows}:
    assert near(sum(r["chance"] for r in rows if r["worth"] == worth), 100)
PYTHON
}
claim 'chances of the highest net benefit add up at every price' acceptability

chinese() {
  local pair chart file
  for pair in "explanation $levers" "tornado $single" "tornado $ranged" \
    "verdicts $ranged" "frontier $crew" "equity $twins" "acceptability $county"; do
    read -r chart file <<<"$pair"
    ends_with 0 "$YILIAN" chart "$file" "$chart" --language zh --width half --json || return
    python3 - "$folder/out" <<'PYTHON' || { echo "$chart"; return 1; }
import json, re, sys
spec = json.load(open(sys.argv[1]))
title = spec["title"]
for text in title["text"] + title["subtitle"][:1] + [spec["description"]]:
    assert re.search("[一-鿿]", text), text
PYTHON
    cp "$folder/out" "$folder/once"
    ends_with 0 "$YILIAN" chart "$file" "$chart" --language zh --width half --json \
      && cmp "$folder/once" "$folder/out" || return
  done
}
claim 'each is told in Chinese, and the same twice' chinese

refused() {
  local chart
  for chart in explanation tornado verdicts frontier equity; do
    ends_with 2 "$YILIAN" chart "$county" "$chart" || return
    [[ $(wc -l <"$folder/err") -eq 1 ]] && grep -q 'yilian .* makes such a file' "$folder/err" \
      || { cat "$folder/err"; return 1; }
  done
  ends_with 2 "$YILIAN" chart "$levers" explanation --measure nonsense || return
  ends_with 2 "$YILIAN" chart "$twins" equity --measure visit \
    && grep -q 'did you mean visits?' "$folder/err" || return
  ends_with 2 "$YILIAN" chart "$ranged" tornado --scenario fur \
    && grep -q 'there are three, four' "$folder/err"
}
claim 'a chart of another kind of file is refused in one line' refused

# One replication: no interval is drawn, and the chart says so.
lone() {
  ends_with 0 "$YILIAN" explain "$folder/levers.yaml" --scenario both --replications 1 \
    --out "$folder/lone.sqlite" --quiet \
    && ends_with 0 "$YILIAN" sweep Models/mmc --vary 'resources.servers.capacity=4|5' \
      --design one-at-a-time --replications 1 --out "$folder/lone-single.sqlite" --quiet \
    && ends_with 0 "$YILIAN" twins Experiments/small-county-gatekeeping.yaml --scenario strict "${short[@]}" \
      --replications 1 --out "$folder/lone-twins.sqlite" --quiet || return
  local pair chart file
  for pair in 'explanation lone' 'tornado lone-single' 'equity lone-twins'; do
    read -r chart file <<<"$pair"
    ends_with 0 "$YILIAN" chart "$folder/$file.sqlite" "$chart" --json \
      && grep -q 'One replication: no intervals' "$folder/out" \
      && ! grep -q '"low": [0-9-]' "$folder/out" || { echo "$chart"; return 1; }
    ends_with 0 "$YILIAN" chart "$folder/$file.sqlite" "$chart" || return
  done
}
claim 'a chart of one replication has no intervals and says so' lone
