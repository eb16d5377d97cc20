#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Descriptions under reporting standards, of models, experiments and results files.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

describe() { ends_with 0 "$YILIAN" describe "$@"; }
has() {
  local words
  for words in "$@"; do
    grep -q -F -- "$words" "$folder/out" || { echo "$words is not there"; return 1; }
  done
}
claim 'an experiment under every heading of STRESS-DES, nothing missing' \
  eval 'describe Experiments/lanshan.yaml --format stress-des && has "### 1.1 Purpose of the model" \
    "### 6.1 Computer model sharing statement" "policies.alliance.in-force" \
    && ! grep -q "NOT PROVIDED" "$folder/out"'
claim 'a model under every heading of ODD, in Chinese' \
  eval 'describe Models/mm1 --format odd --language zh && has "### 4.12 个体决策（ODD+D）" "## 7 子模型" \
    && ! grep -q 未提供 "$folder/out"'
claim 'what an author left out is said to be missing' \
  eval 'describe Models/mmc --format stress-des && has "**NOT PROVIDED** (\`documentation.purpose\`)"'
json() {
  describe Models/mmc --format odd --json || return
  python3 - "$folder/out" <<'PYTHON'
import json, sys
items = json.load(open(sys.argv[1], encoding="utf-8"))["items"]
assert len(items) == 20 and [i["number"] for i in items if not i["provided"]] == ["1", "4.1", "4.2"]
assert all(i["heading"] and i["heading_zh"] and i["keys"] for i in items)
PYTHON
}
claim 'as JSON, with what is missing' json
of_results() {
  ends_with 0 "$YILIAN" run Models/mm1 --replications 2 --set 'run.length=500 min' --quiet \
    --out "$folder/mm1.sqlite" || return
  describe "$folder/mm1.sqlite" --format stress-des --out "$folder/mm1.md" || return
  cp "$folder/mm1.md" "$folder/out"
  has '# STRESS-DES: M/M/1 queue' '2 of 2 pairs' 'length 500 min' 'yilian reproduce' '| base | `wait` |'
}
claim 'a results file is described with its run, into a file' of_results

# Whoever has nothing but the report makes the points of a design again, all of them.
mkdir "$folder/two"
cat >"$folder/two/model.yaml" <<'EOF_MODEL'
kind: network
time-unit: min
evidence: assumed
range-factor: [0.5, 2]
arrivals: {door: {pathway: visit, poisson: {rate: 0.3 /min}}}
resources: {desk: {capacity: 1}, doctor: {capacity: 2}}
durations: {talk: {uniform: {low: 1 min, high: 6 min}}}
pathways: {visit: [seize: desk, delay: talk, release: desk, seize: doctor, delay: talk, release: doctor, leave: home]}
run: {warm-up: 0 d, length: 20 min, replications: 1, measures: [wait, utilisation]}
EOF_MODEL
rate='{name: rate, path: arrivals.door.poisson.rate, range: 6 .. 30 /h'
staff='{name: staff, paths: [resources.desk.capacity, resources.doctor.capacity], range: 1 .. 4, integer: yes}'
talk='{name: talk, path: durations.talk.uniform.high, levels: [5 min, 9 min]}'
ways='{name: ways, levels: [{name: as it is}, {name: quick, set: {durations.talk.uniform.low: 0.5 min}}]}'
printf 'rate,staff\n10,1\n24,3\n0.2 /min,2\n' >"$folder/points.csv"
points_of() { sqlite3 "file:$1?mode=ro" 'SELECT point_id, settings FROM point ORDER BY 1'; }
again() {
  printf 'model: two\nfactors:\n' >"$folder/first.yaml"
  printf '  - %s\n' "${@:2}" >>"$folder/first.yaml"
  printf 'design: {%s}\n' "$1" >>"$folder/first.yaml"
  describe "$folder/first.yaml" --format stress-des || return
  python3 Tests/CommandLineTests/design_again.py "$folder/out" two "$folder" || return
  local name
  for name in first again; do
    rm -f "$folder/$name.sqlite"
    ends_with 0 "$YILIAN" run "$folder/$name.yaml" --threads 1 --quiet --out "$folder/$name.sqlite" || return
    points_of "$folder/$name.sqlite" >"$folder/$name.points" || return
  done
  [[ $(wc -l <"$folder/first.points") -gt 3 ]] || { echo 'few points'; return 1; }
  cmp "$folder/first.points" "$folder/again.points"
}
claim 'a grid is made again from its description' \
  again 'method: grid, levels: 3, constraints: [rate * 3 min < staff]' "$rate, scale: log}" "$staff" "$talk" "$ways"
claim 'so are steps, one at a time, without a base point' \
  again 'method: one-at-a-time, base-point: no' "$rate, step: 7}" "$staff" "$ways"
claim 'so is a fraction' \
  again 'method: fractional, generators: [ways = -rate * talk]' "$rate}" "$talk" "$ways"
claim 'so is a Latin hypercube' again 'method: lhs, points: 9, seed: 5' "$rate, scale: log}" "$staff" "$ways"
claim 'so are Sobol points under a constraint' \
  again 'method: sobol, points: 9, seed: 5, constraints: [rate * 3 min < staff, staff != 2]' "$rate}" "$staff"
claim 'so are trajectories' \
  again 'method: morris, trajectories: 3, levels: 6, seed: 2' "$rate}" "$staff" "$talk"
claim 'so are the samples of Saltelli' again 'method: saltelli, points: 4, seed: 7' "$rate}" "$talk"
claim 'so is an imported design' again 'file: points.csv' "$rate}" "$staff"

# Section 1.2 tells the rows of its outputs apart by the values of the factors.
rows_apart() {
  again 'method: grid' "$rate, step: 8}" "$staff" || return
  describe "$folder/first.sqlite" --format stress-des || return
  has '| point | rate | staff | name | value | replications |' '| 1 | 18 /h | as in the model | `wait` | ' '| 17 | 30 /h | 4 | `utilisation` |'
}
design_words() {
  again 'method: grid, constraints: [rate * 3 min < staff]' "$rate, step: 8}" "$staff" "$ways" || return
  printf 'replications: {precision: [{measure: wait, relative: 0.05}, {measure: utilisation, absolute: 0.01}]}\n' \
    >>"$folder/first.yaml"
  local language
  for language in en zh; do
    describe "$folder/first.yaml" --format stress-des --language "$language" || return
    awk '/^###? /{on = /^### (2\.3|4\.3) /} on' "$folder/out" >>"$folder/words"
  done
  mv "$folder/words" "$folder/out"
  golden design.txt
}
claim 'a report of results names the point and its values in each row' rows_apart
claim 'the words of a design' design_words

refuses() {
  local words=$1
  shift
  ends_with 2 "$YILIAN" describe "$@" && grep -q -F -- "$words" "$folder/err" \
    || { cat "$folder/err"; return 1; }
}
claim '--set changes nothing of a results file' \
  refuses '--set can change nothing' "$folder/mm1.sqlite" --format odd --set run.seed=2
claim 'a file of another kind is refused' \
  refuses 'let it end in .md' Models/mm1 --format odd --out mm1.pdf
