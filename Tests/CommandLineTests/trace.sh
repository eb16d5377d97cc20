#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The log of a run in its forms, and what is refused.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

clinic=$top/Models/clinic-network
trace() { "$YILIAN" trace "$clinic" --quiet "$@"; }

logs() {
  ends_with 0 trace --until '2 d' || return
  [[ $(head -n 1 "$folder/out") == case,class,time_minutes,event,step,pathway,resource,detail ]] \
    || { head -n 1 "$folder/out"; return 1; }
  cp "$folder/out" "$folder/log.csv"
  ends_with 0 trace --until 2880 --out "$folder/same.csv" || return
  cmp "$folder/log.csv" "$folder/same.csv"
}
claim 'trace writes CSV to standard output or to a file' logs

# Waits of the log against those that run stores, over the whole run.
agrees() {
  local short=(--set 'run.warm-up=0 d' --set 'run.length=2 week')
  ends_with 0 trace "${short[@]}" --replication 2 --out "$folder/long.csv" || return
  ends_with 0 "$YILIAN" run "$clinic" "${short[@]}" --replications 2 --quiet --out "$folder/r.sqlite" \
    || return
  cat >"$folder/agrees.py" <<'PYTHON'
import csv, sqlite3, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
stored = {(m, d, k): v for m, d, k, v in sqlite3.connect(sys.argv[2]).execute(
    "SELECT measure, dimension, member, value FROM observation WHERE replication = 2")}
assert sum(r["event"] == "arrive" for r in rows) == stored["arrivals", "", ""]
assert sum(r["event"] == "renege" for r in rows) == stored["reneged", "", ""]
waits, stays, asked, came = {}, [], {}, {}
for r in rows:
    time = float(r["time_minutes"])
    if r["event"] == "arrive": came[r["case"]] = time
    if r["event"] == "request": asked[r["case"]] = time
    if r["event"] == "start": waits.setdefault(r["resource"], []).append(time - asked[r["case"]])
    if r["event"] == "leave": stays.append(time - came[r["case"]])
def agree(values, stored): assert abs(sum(values) / len(values) - stored) < 1e-6, (values, stored)
agree(stays, stored["time-in-system", "", ""])
for resource, values in waits.items(): agree(values, stored["wait", "resource", resource])
assert len(waits) == 7
PYTHON
  python3 "$folder/agrees.py" "$folder/long.csv" "$folder/r.sqlite"
}
claim 'the log gives the measures that run stores' agrees

xes() {
  ends_with 0 trace --until '1 week' --format xes --out "$folder/log.xes" || return
  ends_with 0 trace --until '1 week' --out "$folder/week.csv" || return
  cat >"$folder/xes.py" <<'PYTHON'
import csv, datetime, sys
import xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
space = "{http://www.xes-standard.org/}"
assert root.tag == space + "log" and root.get("xes.version") == "1.0"
extensions = {e.get("prefix") for e in root.findall(space + "extension")}
assert extensions == {"concept", "lifecycle", "time", "org"}
transitions = {"schedule", "start", "suspend", "resume", "complete", "withdraw"}
names, count = set(), 0
for trace in root.findall(space + "trace"):
    name, = (a.get("value") for a in trace.findall(space + "string") if a.get("key") == "concept:name")
    assert name not in names
    names.add(name)
    last = None
    for event in trace.findall(space + "event"):
        values = {a.get("key"): a.get("value") for a in event}
        assert values["concept:name"] and values["lifecycle:transition"] in transitions
        stamp = datetime.datetime.fromisoformat(values["time:timestamp"])
        assert last is None or stamp >= last
        last = stamp
        count += 1
rows = list(csv.DictReader(open(sys.argv[2], newline="", encoding="utf-8")))
assert names == {r["case"] for r in rows}
assert count == sum(r["event"] not in ("branch", "assign") for r in rows)
PYTHON
  python3 "$folder/xes.py" "$folder/log.xes" "$folder/week.csv"
}
claim 'XES is well formed, has its extensions, and holds the events of the CSV' xes

# The example of the page on tracing.
process_mining() {
  ends_with 0 trace --until '2 d' --format xes --out "$folder/clinic.xes" || return
  { sed -n '/^```python$/,/^```$/p' \
      Sources/ExperimentRunner/ExperimentRunner.docc/TracingARun.md | sed '/^```/d'
    echo 'assert starts.keys() == {"arrive"} and ("triage", "nurse") in graph'
  } >"$folder/example.py"
  (cd "$folder" && "$top/.venv/bin/python" example.py)
}
if [[ ${YILIAN_LONG:-} ]]; then
  Tests/set-up --python pm4py >&2
  claim 'pm4py opens the XES' process_mining
fi

story() { ends_with 0 trace --entity walk-ins-17 --language "$1" && golden "story-$1.txt"; }
claim 'the story of one entity' story en
claim 'the story of one entity in Chinese' story zh
dated() {
  ends_with 0 trace --set run.start=2024-01-02 --entity walk-ins-1 --format csv || return
  grep -q '^case,class,time_minutes,date_time,event' "$folder/out" \
    && grep -q -E '^walk-ins-1,walk-in,[0-9.]+,2024-01-0[2-8]T[0-9:]{8}\.[0-9]{6},arrive,,visit,,$' "$folder/out" \
    && ! grep -q walk-ins-2 "$folder/out"
}
claim 'a start gives days and hours, and an entity only its own lines' dated
json() {
  ends_with 0 trace --until '1 d' --json || return
  python3 -c 'import json, sys; assert len(json.load(sys.stdin)) > 1000' <"$folder/out"
}
claim 'the log as JSON' json
scenarios() {
  ends_with 0 "$YILIAN" trace "$tests/experiments/clinic.yaml" --scenario slower --until '1 d' --quiet \
    || return
  cp "$folder/out" "$folder/slower"
  ends_with 0 "$YILIAN" trace "$tests/experiments/clinic.yaml" --until '1 d' --quiet || return
  ! cmp -s "$folder/slower" "$folder/out"
}
claim 'a scenario of an experiment is traced' scenarios

# A replication that stands out in the results is looked into without the files it came from.
stored() {
  local from=$folder/from clinic=$tests/experiments/clinic.yaml
  mkdir "$from" && cp -R "$top/Models/clinic-network" "$from/" || return
  sed "s|^model: .*|model: clinic-network|" "$clinic" >"$from/clinic.yaml"
  ends_with 0 "$YILIAN" run "$from/clinic.yaml" --set durations.second-consultation.lognormal.mean='4 min' \
    --replications 2 --quiet --out "$folder/stored.sqlite" || return
  ends_with 0 "$YILIAN" trace "$from/clinic.yaml" --set durations.second-consultation.lognormal.mean='4 min' \
    --scenario slower --replication 2 --entity walk-ins-17 --quiet || return
  mv "$folder/out" "$folder/story"
  rm -r "$from"
  ends_with 0 "$YILIAN" trace "$folder/stored.sqlite" --scenario slower --replication 2 \
    --entity walk-ins-17 --quiet || return
  grep -q '^walk-ins-17: scenario slower, replication 2' "$folder/out" || { cat "$folder/out"; return 1; }
  cmp "$folder/story" "$folder/out" || return
  # And run again from there, with more replications.
  ends_with 0 "$YILIAN" run "$folder/stored.sqlite" --replications 3 --resume --quiet \
    --out "$folder/stored.sqlite" || return
  [[ $(sqlite3 "$folder/stored.sqlite" 'SELECT COUNT(*) FROM replication') == 9 ]]
}
claim 'the story of an entity, and more replications, from a results file alone' stored

# A point of a sweep, as it was stored.
pointed() {
  local file=$folder/points.sqlite short=(--set 'run.warm-up=0 min' --set 'run.length=300 min')
  ends_with 0 "$YILIAN" sweep Models/mm1 --vary 'resources.server.capacity=1|2|3' "${short[@]}" \
    --replications 2 --quiet --out "$file" || return
  ends_with 0 "$YILIAN" trace "$file" --point 3 --replication 2 --quiet || return
  [[ $(grep -c ',arrive,' "$folder/out") == "$(sqlite3 "$file" "SELECT CAST(value AS INTEGER)
    FROM observation WHERE point_id = 3 AND replication = 2 AND measure = 'arrivals' AND dimension = ''")" ]] \
    || { echo 'other arrivals than are stored'; return 1; }
  mv "$folder/out" "$folder/third"
  ends_with 0 "$YILIAN" trace Models/mm1 "${short[@]}" --set resources.server.capacity=2 \
    --replication 2 --quiet && cmp "$folder/out" "$folder/third" || return
  ends_with 0 "$YILIAN" trace "$file" --point 4 --entity customers-1 --quiet --language en || return
  grep -q '^customers-1: scenario base, point 4 (capacity = 3), replication 1' "$folder/out" \
    || { head -n 3 "$folder/out"; return 1; }
}
claim 'a point of a sweep is traced' pointed

# refuses STATUS WORDS ARGUMENTS...
refuses() {
  local status=$1 words=$2
  shift 2
  ends_with "$status" "$YILIAN" trace "$@" --quiet || return
  grep -q -F -- "$words" "$folder/err" || { cat "$folder/err"; return 1; }
  [[ $(wc -l <"$folder/err") == 1 ]] || { cat "$folder/err"; return 1; }
}
claim 'an unknown source is refused' \
  refuses 2 'there is no source walk-in; did you mean walk-ins?' "$clinic" --entity walk-in-3
claim 'an entity that never comes is refused' \
  refuses 2 'appointments-9999 does not arrive before the end' "$clinic" --entity appointments-9999 \
  --until '2 d'
claim 'an entity without a number is refused' refuses 2 'such as walk-ins-17' "$clinic" --entity walk
claim 'a time after the end is refused' refuses 2 'but the run ends at' "$clinic" --until '900 d'
claim 'a time that is none is refused' refuses 2 'write a time such as 8 h' "$clinic" --until soon
claim 'an unknown scenario is refused' \
  refuses 2 'the scenarios are base' "$clinic" --scenario nowhere
claim 'a point that is not there is refused' \
  refuses 2 'there is no point 2; write a number from 1 to 1' "$clinic" --point 2
claim 'a point of another scenario is refused' refuses 2 'point 2 is of the scenario slower, not of as-is' \
  "$tests/experiments/clinic.yaml" --point 2 --scenario as-is
claim 'a replication below 1 is refused' refuses 2 'write 1 or more' "$clinic" --replication 0
ledger() {
  ends_with 0 "$YILIAN" trace "$top/Experiments/small-county-budget.yaml" --scenario scarce \
    --format ledger || return
  local word
  for word in 'risk reserve' advance purchased 'paid in all' 'deficit carried' pressure; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word is not printed"; return 1; }
  done
}
claim 'a budget year is printed figure by figure' ledger
claim 'a region without a budget has no ledger' refuses 2 'has no global budget in force' \
  "$top/Models/small-county" --format ledger
claim 'a region is refused' refuses 2 'only networks can be traced whole' "$top/Models/lanshan"

county() { "$YILIAN" trace "$top/Models/small-county" --set run.length='300 d' --quiet "$@"; }
resident() {
  ends_with 0 county --entity eastbank-18 --language en || return
  grep -q '^eastbank-18: scenario base, replication 1$' "$folder/out" \
    && grep -q '^2018-03-15$' "$folder/out" \
    && grep -q -E '^  [0-9:]{5}  eastbank-1  first-consult: [0-9.]+ min$' "$folder/out" \
    || { cat "$folder/out"; return 1; }
  ends_with 0 county --entity eastbank-18 --language zh && grep -q '首次看诊：' "$folder/out" || return
  ends_with 0 county --entity eastbank-18 --json || return
  python3 -c 'import json, sys
events = json.load(sys.stdin)
assert sum(e["event"] == "sets-out" for e in events) >= sum(e["event"] == "leaves" for e in events) > 2
times = [e["time_days"] for e in events]
assert times == sorted(times)' <"$folder/out"
}
claim 'the story of one resident of a region' resident
claim 'an unknown town is refused' refuses 2 'there is no town eastbnk; did you mean eastbank?' \
  "$top/Models/small-county" --entity eastbnk-3
claim 'a resident has no event log' refuses 2 'of a resident there is the whole story' \
  "$top/Models/small-county" --entity eastbank-3 --format xes
claim 'a file in a folder that is not there is refused' \
  refuses 2 'cannot be written: No such file' "$clinic" --until '1 d' --out /nowhere/log.csv

# Two wards that each move their patients to the other.
mkdir "$folder/loop"
cat >"$folder/loop/model.yaml" <<'YAML'
kind: network
time-unit: min
evidence: assumed
range-factor: [0.5, 2]
arrivals:
  east: {pathway: eastern, scheduled: {times: [1 min]}}
  west: {pathway: western, scheduled: {times: [3 min]}}
resources:
  a: {capacity: 1}
  b: {capacity: 1}
pathways:
  eastern:
    - seize: a
    - delay: 5 min
    - transfer: {to: b, from: a}
    - delay: 10 min
    - release: b
    - leave: home
  western:
    - seize: b
    - delay: 5 min
    - transfer: {to: a, from: b}
    - delay: 10 min
    - release: a
    - leave: home
run: {length: 1 d, replications: 2}
YAML
stuck='deadlock from time 8 on: west-1 holds b and waits for a, held by east-1, which waits for b, held by west-1; let one'
claim 'a deadlock ends a traced run, its circle named' \
  refuses 2 "scenario base, replication 1: $stuck" "$folder/loop" --out "$folder/loop.csv"
claim 'the log of a deadlocked run is written' grep -q '^west-1,customer,8.0,request,3' "$folder/loop.csv"
run_stuck() {
  ends_with 2 "$YILIAN" run "$folder/loop" --quiet --out "$folder/loop.sqlite" || return
  grep -q -E "scenario base, replication [12]: $stuck" "$folder/err" || { cat "$folder/err"; return 1; }
  [[ $(wc -l <"$folder/err") == 1 && ! -s $folder/out ]]
}
claim 'a deadlock ends a run with status 2' run_stuck
claim 'more capacity ends the deadlock' ends_with 0 "$YILIAN" run "$folder/loop" --quiet \
  --set resources.a.capacity=2 --out "$folder/free.sqlite"
