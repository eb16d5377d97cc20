#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# How long a warm-up a model needs, and what is said of a run that has none.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

short=(--length '4000 min' --replications 6 --quiet)
warm_up() { ends_with "$1" "$YILIAN" warm-up "${@:2}"; }
has() {
  local word
  for word in "$@"; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word is not there"; return 1; }
  done
}
complains() { grep -q -F -- "$1" "$folder/err" || { cat "$folder/err"; return 1; }; }

claim 'a network: the series, what decides, and a curve' eval \
  'warm_up 0 Models/mm1 "${short[@]}" && has "left out" "Number in system" "warm-up: " "Welch" "|"'
claim 'the same in Chinese' eval \
  'warm_up 0 Models/mm1 "${short[@]}" --language zh && has 预热期 系统内人数 曲线'

json() {
  warm_up 0 Models/mm1 "${short[@]}" --threads "$1" --json --csv "$folder/curves-$1.csv" || return
  cp "$folder/out" "$folder/json-$1"
}
same() {
  json 1 && json 3 && cmp "$folder/json-1" "$folder/json-3" \
    && cmp "$folder/curves-1.csv" "$folder/curves-3.csv" || return
  python3 - "$folder/json-1" "$folder/curves-1.csv" <<'PYTHON'
import csv, json, sys
answer = json.load(open(sys.argv[1]))
series = answer["series"]
assert {s["measure"] for s in series} >= {"wait", "time-in-system", "in-system", "queue-length"}
longest = [s["warm_up"] for s in series]
assert answer["longest"] == (None if None in longest else max(longest))
assert answer["replications"] == 6 and answer["length"] == 4000
rows = list(csv.DictReader(open(sys.argv[2])))
assert len(rows) == sum(len(s["curve"]) for s in series)
assert float(rows[0]["mean"]) == series[0]["curve"][0]["mean"]
PYTHON
}
claim 'JSON and CSV hold the curves, whatever the threads' same
claim 'one measure alone' eval \
  'warm_up 0 Models/mm1 "${short[@]}" --measure "occupancy by resource" --json \
    && has "\"measure\": \"occupancy\"" && ! grep -q in-system "$folder/out"'
claim 'a run as short as its transient is to be longer' eval \
  'warm_up 0 Models/mm1 --set "arrivals.customers.poisson.rate=0.95 /min" --length "300 min" \
    --replications 20 --quiet && has "Run longer" "run longer"'
claim 'hours that recur are looked at by the week, twenty weeks at the least' eval \
  'warm_up 2 Models/clinic-network --length "19 week" && complains "write --length"'
claim 'a measure that is not there is named, with the nearest' eval \
  'warm_up 2 Models/mm1 --measure wiat && complains "did you mean wait?"'
claim 'what belongs to regions is refused for networks, and the reverse' eval \
  'warm_up 2 Models/small-county --length "5 d" && complains "is a region"'
claim 'a change takes two years' eval 'warm_up 2 Models/small-county --years 1 && complains "--years"'

region() {
  warm_up 0 Models/small-county --replications 2 --years 2 --quiet --json || return
  python3 - "$folder/out" <<'PYTHON'
import json, sys
answer = json.load(open(sys.argv[1]))
states = answer["warm_up"]["states"]
assert answer["warm_up"]["years"] == 2 and answer["stated_years"] == 1
names = {s["measure"] for s in states}
assert {"warm-up-trust", "warm-up-occupancy", "warm-up-contract-share", "warm-up-skill"} <= names
occupancy = next(s for s in states if s["measure"] == "warm-up-occupancy")
assert len(occupancy["means"]) == 2 and occupancy["n"] == 2
difference = occupancy["means"][1] - occupancy["means"][0]
assert abs(difference - occupancy["mean_change"]) < 1e-12
PYTHON
}
claim 'a region: slow states year by year' region

# A run says how its states stood when the warm-up ended; one that never said it has no warm-up is
# told so in a line.
report() {
  ends_with 0 "$YILIAN" run Models/small-county --replications 2 --quiet --json \
    --set run.start=2017-01-01 --set 'run.warm-up=730 d' --set 'run.length=2 d' \
    --out "$folder/region.sqlite" && has '"warm_up"' '"verdict"' || return
  ends_with 0 "$YILIAN" compare "$folder/region.sqlite" \
    && has 'Slow states at the end of each year' 'Last change: paired by replication'
}
claim 'a report of a region states the change between the last two years' report
mkdir "$folder/model" && cp Models/mm1/* "$folder/model" \
  && sed -i 's/warm-up: 2000 min, length: 100000 min/length: 50 min/' "$folder/model/model.yaml"
claim 'check tells of a run without a warm-up, in one line' eval \
  'ends_with 0 "$YILIAN" check "$folder/model" && complains "run.warm-up: is not given" \
    && [[ $(wc -l <"$folder/err") == 1 ]]'
claim 'run tells of it, too' eval \
  'ends_with 0 "$YILIAN" run "$folder/model" --out "$folder/a.sqlite" \
    && complains "warning: $folder/model/model.yaml:31: run.warm-up: is not given"'
claim 'who says that it begins empty is believed' eval \
  'ends_with 0 "$YILIAN" check "$folder/model" --set "run.warm-up=0 min" && [[ ! -s $folder/err ]]'
claim 'a network has no years to warm up for' eval \
  'ends_with 2 "$YILIAN" warm-up Models/mm1 --years 3 && complains "--years goes with regions"'
claim 'a region warms up for whole years' eval \
  'ends_with 2 "$YILIAN" check Models/small-county --set "run.warm-up=200 d" \
    && complains "write 0 d or 365 d"'
