#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Draws of all assumptions: run, stored and told like any design; verdicts on a queue with a known answer.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

mkdir -p "$folder/desk"
cat >"$folder/desk/model.yaml" <<'YAML'
kind: network
name: desk
time-unit: min
evidence: assumed
range-factor: [1, 1]
arrivals: {people: {pathway: visit, poisson: {rate: {value: 0.5 /min, range: [0.4 /min, 0.6 /min]}}}}
resources:
  desk: {capacity: {value: 1, evidence: official, source: rule}}
  spare: {capacity: {value: 1, range: [1, 3]}}
durations: {service: {exponential: {mean: {value: 1 min, range: [0.8 min, 1.3 min]}}}}
pathways:
  visit:
    - branch: {other: {value: 0.6, range-factor: [0.5, 2]}, otherwise: main}
    - {name: other, next: again, delay: 1 min}
    - name: again
      branch: {left: {value: 0.3, range: [0.2, 0.9]}, right: {value: 0.3, range: [0.2, 0.4]}, otherwise: main}
    - {name: left, next: main, delay: 1 min}
    - {name: right, next: main, delay: 2 min}
    - {name: main, seize: desk}
    - delay: service
    - release: desk
    - leave: home
run: {warm-up: 200 min, length: 20000 min, seed: 5}
YAML
printf 'rule: {citation: the house rule}\n' >"$folder/desk/sources.yaml"
cat >"$folder/desks.yaml" <<'YAML'
model: desk
name: desks
replications: 9
matters: {throughput: 0.05}
measures: [wait, throughput]
scenarios:
  - name: one
  - name: two
    set: {resources.desk.capacity: 2}
YAML
file=$folder/desks.sqlite
uncertainty() { ends_with "$1" "$YILIAN" uncertainty "$folder/desks.yaml" --draws 16 "${@:2}"; }

listed() {
  ends_with 0 "$YILIAN" describe "$folder/desks.yaml" --format assumptions || return
  grep -q '^range.arrivals.people.poisson.rate .*0.4 … 0.6' "$folder/out" \
    && grep -q 'branch.left .*at its high end' "$folder/out" \
    && grep -q '^5 moved, 1 held$' "$folder/out" || { cat "$folder/out"; return 1; }
}
claim 'the assumptions are listed, with those that are held and why' listed

claim 'an analysis of uncertainty ends with status 0' \
  uncertainty 0 --threads 2 --out "$file"
mv "$folder/out" "$folder/printed"
told() {
  grep -q '^desks: 16 draws of the assumptions, 4 replications of each, 5 assumptions$' \
    "$folder/printed" || return
  grep -q '^two less one$' "$folder/printed" || return
  # A second desk shortens every wait, whatever is assumed, and lets through no more.
  grep -q '^Wait.* robust down$' "$folder/printed" || return
  grep -q '^Throughput.* none$' "$folder/printed" || return
  grep -q '^  durations.service.exponential.mean' "$folder/printed"
}
claim 'verdicts, and the assumption that moves a queue' told

again() {
  ends_with 0 "$YILIAN" uncertainty "$file" || return
  grep -v '^results: ' "$folder/printed" | sed -e '$d' | diff - "$folder/out"
}
claim 'a results file is told again' again

as_json() {
  ends_with 0 "$YILIAN" uncertainty "$file" --json --measure wait || return
  /usr/bin/python3 - "$folder/out" <<'PY'
import json, sys
told = json.load(open(sys.argv[1]))
effect, = told["effects"]
assert (effect["scenario"], effect["verdict"], effect["draws"]) == ("two", "robust down", 16)
shares = [effect["share_" + part]["value"] for part in ("scenario", "parameters", "noise")]
assert abs(sum(shares) - 1) < 1e-9, shares
assert effect["effect"]["low"] < effect["effect"]["value"] < effect["effect"]["high"] < 0
PY
}
claim 'as JSON, with shares that make up the whole' as_json
claim 'in Chinese' eval '"$YILIAN" uncertainty "$file" --language zh | grep -q 稳健下降'

in_parts() {
  local part
  for part in 1 2; do
    uncertainty 0 --quiet --shard "$part/2" --out "$folder/part-$part.sqlite" || return
  done
  ends_with 0 "$YILIAN" merge "$folder"/part-*.sqlite --out "$folder/merged.sqlite" --quiet || return
  same_rows "$file" "$folder/merged.sqlite"
}
claim 'shards merge to the whole' in_parts

refuses() {
  local words=$1
  shift
  ends_with 2 "$YILIAN" uncertainty "$@" || return
  grep -q -F -- "$words" "$folder/err" || { cat "$folder/err"; return 1; }
}
claim 'one scenario has no effect' refuses 'has one scenario' "$folder/desk"
claim 'an unknown assumption is refused with the nearest' \
  refuses 'did you mean durations.service.exponential.mean?' "$folder/desks.yaml" \
  --hold durations.service.exponential.meen
claim 'one replication shows no noise' refuses 'run noise is seen from 2 on' "$folder/desks.yaml" \
  --replications 1
ends_with 0 "$YILIAN" run Models/mm1 --set 'run.length=50 min' --replications 2 --quiet \
  --out "$folder/mm1.sqlite"
claim 'a results file of another design is refused' \
  refuses 'is no sample of its assumptions' "$folder/mm1.sqlite"
claim 'options that only a run can use are refused beside a results file' \
  refuses 'leave out --draws, --hold, --replications, or name an experiment' "$file" --draws 12 \
  --hold arrivals.people.poisson.rate --replications 9
claim 'a measure that is misspelt is refused before anything is run' \
  refuses 'did you mean wait?' "$folder/desks.yaml" --measure wiat --out "$folder/none.sqlite"
claim 'so is one that is said to matter' \
  refuses 'did you mean utilisation?' "$folder/desks.yaml" --matters 'utilisaton=50 %' \
  --out "$folder/none.sqlite"
claim 'and of a file one that it does not hold' refuses 'did you mean wait?' "$file" --measure wiat
claim 'nothing was run for them' test ! -e "$folder/none.sqlite"
claim 'a part alone names what puts parts together' \
  refuses 'yilian merge puts the parts together' "$folder/part-1.sqlite"

# Killed three times on its way, it comes to the same rows.
killed() {
  local again=$folder/killed.sqlite
  for _ in 1 2 3; do
    timeout --signal=KILL 0.4 "$YILIAN" uncertainty "$folder/desks.yaml" --draws 16 --resume --quiet \
      --threads 1 --out "$again" >/dev/null 2>&1
  done
  uncertainty 0 --quiet --threads 2 --resume --out "$again" || return
  same_rows "$file" "$again" || return
  ends_with 0 "$YILIAN" uncertainty "$again" || return
  grep -v '^results: ' "$folder/printed" | sed -e '$d' | diff - "$folder/out"
}
claim 'an analysis that was killed goes on where it was' killed

# Exams that cost five times as much at the hospital send people to primary care, if money enters choices as
# what is paid; they move nobody if it enters as the rate of reimbursement, which stays as it is.
forms() {
  cp -r Models/small-county "$folder/county"
  cat >>"$folder/county/policies.yaml" <<'YAML'

  dear-exams:
    lever: exam-fees
    in-force: no
    start: 2018-01-01
    tiers: [county]
    factor: {value: 5, range: [5, 5]}
YAML
  cat >"$folder/forms.yaml" <<'YAML'
model: county
name: forms
run: {start: 2018-01-01, warm-up: 0 d, length: 30 d}
policy-start: 2018-01-01
seed: 3
baseline: none
random-numbers: common
money-forms: both
matters: {primary-visit-share: 0.5 %}
measures: [primary-visit-share]
scenarios:
  - name: none
  - name: fees
    set: {policies.dear-exams.in-force: yes}
YAML
  ends_with 0 "$YILIAN" uncertainty "$folder/forms.yaml" --draws 20 --replications 2 --quiet --json \
    --out "$folder/forms.sqlite" || return
  /usr/bin/python3 - "$folder/out" <<'PY' || return
import json, sys
effect, = json.load(open(sys.argv[1]))["effects"]
forms = {form["form"]: (form["draws"], form["verdict"]) for form in effect["forms"]}
assert forms == {"cost": (10, "robust up"), "share": (10, "none")}, forms
assert effect["verdict"] == "form-dependent", effect["verdict"]
PY
  ends_with 0 "$YILIAN" uncertainty "$folder/forms.sqlite" --language zh || return
  grep -q '取决于费用形式' "$folder/out"
}
claim 'an effect that hangs on the form of money is said to' forms
