#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sweeps from a shell: an experiment in memory that is run as one from a file is.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

short=(--set 'run.warm-up=20 min' --set 'run.length=200 min' --replications 2)
rate='arrivals.customers.poisson.rate=0.5:0.9:0.1 /min'
mean='durations.service.exponential.mean=0.8:1:0.1 min'
sweep=("$YILIAN" sweep Models/mm1 --vary "$rate" --vary "$mean" "${short[@]}")
file=$folder/sweep.sqlite
claim 'a sweep ends with status 0' ends_with 0 "${sweep[@]}" --threads 1 --out "$file"
mv "$folder/out" "$folder/printed"

sql() { sqlite3 "file:$file?mode=ro" "$1"; }

printed() {
  grep -q '^Grid, 16 points, 2 factors, the first is the model as it is' "$folder/printed" || return
  grep -q '^rate .*0.5 /min … 0.9 /min .*0.8 /min' "$folder/printed" || return
  grep -q '^Utilisation (%)' "$folder/printed"
}
claim 'a sweep prints its design, its factors and between which values measures move' printed

points() {
  [[ $(sql 'SELECT COUNT(*) FROM point') == 16 ]] || return
  [[ $(sql 'SELECT settings FROM point WHERE point_id = 1') == *'"run.length":"200 min"'* ]] || return
  [[ $(sql 'SELECT settings FROM point WHERE point_id = 16') \
    == *'"arrivals.customers.poisson.rate":"0.9 /min","durations.service.exponential.mean":"1 min"'* ]] \
    || return
  [[ $(sql 'SELECT COUNT(DISTINCT point_id) FROM contrast') == 15 ]]
}
claim 'a sweep holds its points, each paired with the model as it is' points

# More load, longer queues, with the same random numbers: no point is out of order.
monotonic() {
  local wrong
  wrong=$(sql "
    WITH value AS (
      SELECT json_extract(p.settings, '\$.\"arrivals.customers.poisson.rate\"') AS rate,
        json_extract(p.settings, '\$.\"durations.service.exponential.mean\"') AS mean, o.value
      FROM observation o JOIN point p USING (point_id)
      WHERE measure = 'utilisation' AND dimension = '' AND replication = 1 AND point_id > 1)
    SELECT COUNT(*) FROM value a JOIN value b
      ON a.mean = b.mean AND a.rate < b.rate AND a.value >= b.value")
  ((wrong == 0)) || { echo "$wrong pairs are out of order"; return 1; }
}
claim 'more load is more utilisation at every pair of points' monotonic

as_file() {
  ends_with 0 "${sweep[@]}" --print || return
  mkdir -p "$folder/Models" && cp -r Models/mm1 "$folder/Models/" && cp "$folder/out" "$folder/mine.yaml"
  ends_with 0 "$YILIAN" check "$folder/mine.yaml" || return
  ends_with 0 "$YILIAN" run "$folder/mine.yaml" "${short[@]}" --threads 2 --quiet \
    --out "$folder/file.sqlite" && same_rows "$file" "$folder/file.sqlite"
}
claim 'a sweep is the experiment that --print shows, on any number of threads' as_file

# What the command line says of a model is in the file that is printed.
held() {
  local set=(--set resources.server.capacity=2 --seed 8)
  ends_with 0 "${sweep[@]}" "${set[@]}" --print || return
  cp "$folder/out" "$folder/held.yaml"
  ends_with 0 "$YILIAN" run "$folder/held.yaml" --quiet --out "$folder/held.sqlite" || return
  ends_with 0 "${sweep[@]}" "${set[@]}" --quiet --out "$folder/direct.sqlite" || return
  same_rows "$folder/held.sqlite" "$folder/direct.sqlite" || return
  ends_with 0 "$YILIAN" sweep Models/mm1 --vary "$rate" --precision 'wait 50 %' --max-replications 9 \
    --print && grep -q 'replications: {precision: .*maximum: 9}' "$folder/out" || return
  ends_with 2 "$YILIAN" sweep Models/mm1 --vary "$rate" --max-replications 9 --print || return
  ends_with 2 "$YILIAN" sweep Models/mm1 --vary "$rate" --set 'arrivals.customers.poisson.rate=1 /min' \
    --print && grep -q 'is set and varied' "$folder/err" || return
  ends_with 2 "$YILIAN" sweep Models/mm1 --vary 'resources.sever.capacity=1|2' --print
}
claim 'a printed sweep holds the settings of the command line, and is checked' held

# An experiment is printed as it reads from where it is printed.
moved() {
  mkdir -p "$folder/ex" && printf '%s\n' '# A queue.' 'model: ../Models/mm1' 'replications: 2' \
    'run: {warm-up: 0 min, length: 100 min}' >"$folder/ex/queue.yaml" || return
  (cd "$folder" && "$YILIAN" sweep ex/queue.yaml --vary 'arrivals.customers.poisson.rate=0.5:0.6:0.1 /min' \
    --print >here.yaml && "$YILIAN" run here.yaml --quiet --out here.sqlite \
    && "$YILIAN" sweep ex/queue.yaml --vary 'arrivals.customers.poisson.rate=0.5:0.6:0.1 /min' --quiet \
      --out there.sqlite) || return
  same_rows "$folder/here.sqlite" "$folder/there.sqlite" || return
  ends_with 2 "$YILIAN" sweep "$folder/ex/queue.yaml" --vary 'resources.server.capacity=1|2' \
    --replications 3 --print && grep -q 'printed as it is written' "$folder/err"
}
claim 'an experiment that is swept is printed for the folder it is printed in' moved

# Points of a CSV file: in the factor's unit, inside its range, and faults by their line.
imported() {
  printf '%s\n' 'model: ../Models/mm1' 'replications: 2' 'run: {warm-up: 0 min, length: 100 min}' \
    'factors:' '  - {name: rate, path: arrivals.customers.poisson.rate, range: 0.4 .. 0.9 /min}' \
    '  - {name: servers, path: resources.server.capacity}' 'design: {file: points.csv}' >"$folder/ex/csv.yaml"
  printf 'rate,servers\n30 /h,1\n0.7,3\n' >"$folder/ex/points.csv"
  ends_with 0 "$YILIAN" run "$folder/ex/csv.yaml" --csv - --out "$folder/csv.sqlite" || return
  [[ $(tail -n +2 "$folder/out" | cut -d , -f 1 | sort -u | tr '\n' ' ') == '0.5 0.7 0.8 ' ]] \
    || { cut -d , -f 1 "$folder/out" | sort -u; return 1; }
  ends_with 0 "$YILIAN" compare "$folder/csv.sqlite" && grep -q '^servers .*1 … 3' "$folder/out" \
    || { cat "$folder/out"; return 1; }
  printf 'rate,servers\n0.5,1\n1,2\n0.6,2.5\n' >"$folder/ex/points.csv"
  ends_with 2 "$YILIAN" check "$folder/ex/csv.yaml" || return
  grep -q 'points.csv:3: rate: is 1 /min, and the factor.s range is 0.4 /min .. 0.9 /min' "$folder/err" \
    || { cat "$folder/err"; return 1; }
  sed -i 3d "$folder/ex/points.csv"
  ends_with 2 "$YILIAN" check "$folder/ex/csv.yaml" || return
  grep -q 'points.csv:3: resources.server.capacity: is 2.5; write a whole number' "$folder/err" \
    || { cat "$folder/err"; return 1; }
}
claim 'imported points are in their unit and range, and their faults in their file' imported

overloaded() {
  ends_with 0 "$YILIAN" sweep Models/mm1 --vary 'arrivals.customers.poisson.rate=0.5:1.5:0.5 /min' \
    --set 'run.length=100 min' --replications 2 --out "$folder/load.sqlite" || return
  grep -q '^warning: .*no steady state.* (at 2 points, the first is point 3: rate = 1 /min)$' "$folder/err" \
    || { cat "$folder/err"; return 1; }
  ends_with 0 "$YILIAN" run Models/mm1 --set 'arrivals.customers.poisson.rate=2 /min' \
    --set 'run.length=100 min' --replications 2 --out "$folder/load2.sqlite" || return
  grep -q '^warning: .*is asked for 2 units at a time and has 1: no steady state' "$folder/err"
}
claim 'a load without a steady state is warned of before it is run, at the points that have it' overloaded

in_parts() {
  local part
  for part in 1 2 3; do
    ends_with 0 "${sweep[@]}" --shard "$part/3" --out "$folder/part-$part.sqlite" --quiet || return
  done
  ends_with 0 "$YILIAN" merge "$folder"/part-{2,3,1}.sqlite --out "$folder/merged.sqlite" || return
  same_rows "$file" "$folder/merged.sqlite"
}
claim 'shards of a sweep merge to its rows' in_parts

extended() {
  cp "$file" "$folder/more.sqlite"
  ends_with 0 "${sweep[@]}" --replications 3 --resume --quiet --out "$folder/more.sqlite" || return
  ends_with 0 "$YILIAN" reproduce "$folder/more.sqlite" --threads 2 || return
  grep -q '48 replications are the same bit for bit' "$folder/out" || return
  ends_with 2 "${sweep[@]}" --design factorial --resume --quiet --out "$folder/more.sqlite" || return
  grep -q 'mm1-sweep.yaml:13: the file has method: grid, this run has method: factorial' "$folder/err"
}
claim 'a sweep is resumed with more replications, reproduced, and no other design is taken for it' \
  extended

tidy() {
  ends_with 0 "${sweep[@]}" --resume --out "$file" --csv - || return
  python3 - "$folder/out" "$(sql 'SELECT COUNT(*) FROM observation')" <<'PYTHON'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
assert list(rows[0]) == ["rate", "mean", "scenario", "point_id", "replication", "measure",
    "dimension", "member", "value"], list(rows[0])
assert len(rows) == int(sys.argv[2]), len(rows)
# Numbers in the factors' units; the first point has the model's own.
assert {float(r["rate"]) for r in rows} == {0.5, 0.6, 0.7, 0.8, 0.9}
assert {(r["rate"], r["mean"]) for r in rows if r["point_id"] == "1"} == {("0.8", "1")}
PYTHON
}
claim '--csv - prints one tidy table, the factors first' tidy

json() {
  ends_with 0 "${sweep[@]}" --print && mv "$folder/out" "$folder/text" || return
  ends_with 0 "${sweep[@]}" --print --json || return
  python3 -c 'import json, sys
assert json.load(open(sys.argv[1]))["text"] == open(sys.argv[2]).read()' "$folder/out" "$folder/text" || return
  ends_with 0 "$YILIAN" compare "$file" --json || return
  python3 - "$folder/out" <<'PYTHON'
import json, sys
answer = json.load(open(sys.argv[1], encoding="utf-8"))
assert answer["design"]["method"] == "grid" and answer["design"]["points"] == 16
assert [f["name"] for f in answer["factors"]] == ["rate", "mean"]
assert answer["factors"][0]["unit"] == "/min" and answer["factors"][0]["base"] == "0.8 /min"
assert answer["points"][15]["factors"] == {"rate": "0.9 /min", "mean": "1 min"}
PYTHON
}
claim 'JSON has the design, the factors and the points' json

chinese() {
  ends_with 0 "$YILIAN" compare "$file" --language zh && grep -q '网格设计，16个点，2个因素' "$folder/out"
}
claim 'a sweep is reported in Chinese' chinese

designs() {
  local method points
  while read -r method points; do
    # shellcheck disable=SC2086
    ends_with 0 "$YILIAN" sweep Models/mm1 --vary "${rate%:0.1*} /min" --vary "${mean%:0.1*} min" \
      "${short[@]}" --quiet --out "$folder/$method.sqlite" --design ${method//_/ } || return
    [[ $(sqlite3 "$folder/$method.sqlite" 'SELECT COUNT(*) FROM point') == "$points" ]] \
      || { echo "$method has other points"; return 1; }
    ends_with 0 "$YILIAN" reproduce "$folder/$method.sqlite" --replication 1 || return
  done <<'EOF'
factorial 5
one-at-a-time_--levels_3 7
lhs_--points_10_--design-seed_3 11
sobol_--points_8_--no-base-point 8
morris_--trajectories_4 13
saltelli_--points_4 17
EOF
}
claim 'each design has its points, and a results file is enough to make them again' designs

experiment() {
  ends_with 0 "$YILIAN" sweep "$tests/experiments/clinic.yaml" --set 'run.length=1 week' \
    --replications 2 --vary 'durations.dispensing.exponential=1 min|2 min' --out "$folder/clinic.sqlite" \
    || return
  # Three scenarios at three points, each at equal values against the first.
  [[ $(sqlite3 "$folder/clinic.sqlite" \
    "SELECT group_concat(point_id || '-' || baseline_point_id, ' ') FROM baseline_pair") \
    == '2-1 3-1 5-4 6-4 8-7 9-7' ]] || return
  grep -q '^Differences from the baseline at equal values' "$folder/out"
}
claim 'an experiment is swept with its scenarios, compared at equal values' experiment

# Points that differ in policies leave the run of the baseline where these begin.
region() {
  local part
  cat >"$folder/region.yaml" <<EOF
model: $top/Models/small-county
run: {start: 2018-12-01, warm-up: 0 d, length: 60 d}
replications: 2
factors:
  - {name: experts, policy: rotating-experts}
  - {name: begins, path: policies.rotating-experts.start, range: 2019-01-01 .. 2019-01-16, step: 15 d}
  - name: alliance
    levels:
      - name: none
      - {name: tight, set: {policies.alliance.in-force: yes, policies.alliance.start: 2019-01-10}}
design: {method: grid, constraints: [experts or alliance == tight]}
EOF
  ends_with 0 "$YILIAN" run "$folder/region.yaml" --quiet --out "$folder/region.sqlite" || return
  [[ $(sqlite3 "$folder/region.sqlite" 'SELECT COUNT(DISTINCT checksum) FROM replication') -gt 8 ]] \
    || { echo 'the points do the same'; return 1; }
  for part in 1 2 3 4 5; do
    ends_with 0 "$YILIAN" run "$folder/region.yaml" --quiet --threads 1 --shard "$part/5" \
      --out "$folder/region-$part.sqlite" || return
  done
  ends_with 0 "$YILIAN" merge "$folder"/region-{1,2,3,4,5}.sqlite --out "$folder/joined.sqlite" \
    && same_rows "$folder/region.sqlite" "$folder/joined.sqlite"
}
claim 'points of a region that share time with the baseline store what they store apart' region

refuses() {
  local words=$1
  shift
  ends_with 2 "$YILIAN" sweep "$@" || return
  grep -q -F -- "$words" "$folder/err" || { cat "$folder/err"; return 1; }
}
claim 'nothing varied' refuses "Missing expected argument '--vary" Models/mm1
claim 'a value that is none' refuses 'names one value' Models/mm1 --vary resources.server.capacity=2
claim 'a path that leads nowhere' refuses 'did you mean resources.server.capacity?' Models/mm1 \
  --vary 'resources.sever.capacity=1|2'
claim 'a value out of range, before anything is run' \
  refuses 'sweep.yaml:4: resources.server.capacity: is -1' Models/mm1 \
  --vary 'resources.server.capacity=1|-1'
claim 'a unit after the word log' refuses 'write resources.server.capacity=1:4 min:log' Models/mm1 \
  --vary 'resources.server.capacity=1:4:log min'
claim 'a negative number of points' refuses 'is -3' Models/mm1 --design lhs --points -3 \
  --vary 'arrivals.customers.poisson.rate=0.5:0.6 /min'
claim 'a continuous factor on a grid' refuses 'is a range without steps' Models/mm1 \
  --vary 'resources.server.capacity=1:4'
claim 'JSON and a table on one output' refuses 'keep one' Models/mm1 --vary 'a.b=1|2' --csv - --json

# Values that are right by themselves and wrong together are told before anything is run.
mkdir "$folder/fork"
cat >"$folder/fork/model.yaml" <<'EOF'
kind: network
time-unit: min
evidence: assumed
range-factor: [0.5, 2]
arrivals: {door: {pathway: visit, poisson: {rate: 0.1 /min}}}
resources: {server: {capacity: 1}}
durations: {service: {uniform: {low: 1 min, high: 6 min}}}
pathways:
  visit:
    - seize: server
    - delay: service
    - release: server
    - leave: home
run: {warm-up: 0 d, length: 60 min, replications: 2}
EOF
together() {
  local both=(--vary 'durations.service.uniform.low=1 min|4 min'
    --vary 'durations.service.uniform.high=3 min|6 min')
  ends_with 2 "$YILIAN" sweep "$folder/fork" "${both[@]}" --out "$folder/fork.sqlite" || return
  grep -q '(at point 4: low = 4 min, high = 3 min)$' "$folder/err" || { cat "$folder/err"; return 1; }
  [[ $(wc -l <"$folder/err") == 1 && ! -e $folder/fork.sqlite ]] || { echo 'something was begun'; return 1; }
  "$YILIAN" sweep "$folder/fork" "${both[@]}" --print >"$folder/fork.yaml" || return
  ends_with 2 "$YILIAN" check "$folder/fork.yaml" || return
  grep -q '(at point 4: low = 4 min, high = 3 min)$' "$folder/err" || { cat "$folder/err"; return 1; }
  ends_with 2 "$YILIAN" check "$folder/fork.yaml" --json || return
  python3 -c 'import json, sys
found = json.load(sys.stdin)
assert [f["points"] for f in found["faults"]] == [[4]] and found["points_compiled"] == 5' <"$folder/out" \
    || return
  sed -i 's/- 4 min/- 2 min/' "$folder/fork.yaml"
  ends_with 0 "$YILIAN" check "$folder/fork.yaml" || return
  grep -q 'no fault, all 5 points compiled in [0-9.]* s' "$folder/out" || { cat "$folder/out"; return 1; }
}
claim 'values that are wrong together are found by check, and by sweep before it begins' together

# What --set gives the first point stands in the table in the factor's unit, like the others.
in_unit() {
  ends_with 0 "$YILIAN" sweep Models/mm1 "${short[@]}" --set 'arrivals.customers.poisson.rate=45 /h' \
    --vary 'arrivals.customers.poisson.rate=0.5:0.6:0.1 /min' --csv - --out "$folder/unit.sqlite" || return
  [[ $(tail -n +2 "$folder/out" | cut -d , -f 1 | sort -u | tr '\n' ' ') == '0.5 0.6 0.75 ' ]] \
    || { cut -d , -f 1 "$folder/out" | sort -u; return 1; }
}
claim 'the tidy table has one unit for what is set and varied' in_unit

# A thousand points of a small network: compiled one by one, and held by none.
large() {
  python3 - "$YILIAN" "$folder" <<'PYTHON'
import resource, subprocess, sys, time
began = time.monotonic()
subprocess.run([sys.argv[1], "sweep", "Models/mm1", "--design", "lhs", "--points", "1000",
    "--vary", "arrivals.customers.poisson.rate=0.3:0.9 /min",
    "--vary", "durations.service.exponential.mean=0.5:1 min",
    "--set", "run.warm-up=20 min", "--set", "run.length=200 min", "--replications", "2",
    "--out", sys.argv[2] + "/large.sqlite", "--quiet"], check=True)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{usage.ru_utime + usage.ru_stime:.1f} s of processor, {usage.ru_maxrss / 1024:.0f} MiB, "
    f"{time.monotonic() - began:.1f} s", file=sys.stderr)
assert usage.ru_maxrss < 300 * 1024, f"{usage.ru_maxrss} KiB"
assert usage.ru_utime < 60, f"{usage.ru_utime} s"
PYTHON
  [[ $(sqlite3 "$folder/large.sqlite" 'SELECT COUNT(*) FROM replication') == 2002 ]]
}
claim 'a sweep of 1,000 points takes little time and memory' large
