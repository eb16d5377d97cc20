#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs to a precision, selections, and what compare says, beside a public implementation.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

servers=$tests/experiments/servers.yaml
precise=$folder/precise.sqlite
has() {
  local word
  for word in "$@"; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word is not there"; return 1; }
  done
}
stored() { sqlite3 "file:$1?mode=ro" 'SELECT COUNT(*) FROM replication'; }

to_precision() {
  ends_with 0 "$YILIAN" run "$servers" --threads 2 --out "$precise" \
    && has 'Wait: ' '± 10 %' 'from this number of replications on' 'p (Holm)' 'noise removed'
}
claim 'a run to a precision says what it asked for and what it achieved' to_precision

on_the_command_line() {
  ends_with 0 "$YILIAN" run "$servers" --set run.replications=3 --precision 'wait 10 %' \
    --threads 7 --out "$folder/option.sqlite" --quiet || return
  # The file asks for five replications at least, which is fewer than there are.
  same_rows "$precise" "$folder/option.sqlite"
}
claim '--precision does what the experiment does, on seven threads' on_the_command_line

killed() {
  local file=$folder/killed.sqlite kill=0 seconds
  while
    printf -v seconds '%d.%03d' $(((kill + 1) * 25 / 1000)) $(((kill + 1) * 25 % 1000))
    ! ends_with 0 timeout -s KILL "$seconds" "$YILIAN" run "$servers" --out "$file" --resume \
      --quiet >/dev/null
  do
    kill=$((kill + 1))
    ((kill < 120)) || { echo 'it never ended'; return 1; }
  done
  same_rows "$precise" "$file"
}
claim 'killed again and again, it is resumed to the same rows' killed

most() {
  local file=$folder/most.sqlite
  ends_with 0 "$YILIAN" run "$servers" --precision 'wait 0.1 %' --max-replications 8 --quiet \
    --out "$file" || return
  cp "$file" "$folder/again.sqlite"
  # From the file alone the limit is the one it was run under.
  ends_with 0 "$YILIAN" run "$folder/again.sqlite" --resume --quiet --out "$folder/again.sqlite" || return
  same_rows "$file" "$folder/again.sqlite" || return
  ends_with 0 "$YILIAN" run "$folder/again.sqlite" --max-replications 9 --resume --quiet \
    --out "$folder/again.sqlite" || return
  ends_with 0 "$YILIAN" run "$folder/again.sqlite" --quiet --out "$folder/fresh.sqlite" || return
  same_rows "$folder/again.sqlite" "$folder/fresh.sqlite" || return
  [[ $(stored "$folder/fresh.sqlite") == 27 ]]
}
claim 'a results file keeps the most replications it was run under' most

refused() {
  ends_with 2 "$YILIAN" run "$servers" --shard 1/2 && grep -q -- '--shard 1/2: how many' "$folder/err" \
    && ends_with 2 "$YILIAN" run "$servers" --precision 'wait 5 %' --replications 4 \
    && ends_with 2 "$YILIAN" run "$servers" --precision 'wait' \
    && ends_with 2 "$YILIAN" run "$servers" --precision 'wait 100 %' \
    && grep -q 'write a share below 100 %' "$folder/err" \
    && ends_with 2 "$YILIAN" run "$servers" --precision 'wiat 5 %' \
    && grep -q 'did you mean wait?' "$folder/err" \
    && ends_with 2 "$YILIAN" run "$servers" --precision 'wait-p95 5 %' \
    && grep -q 'add it to measures' "$folder/err" \
    && ends_with 2 "$YILIAN" run Models/mm1 --max-replications 9 \
    && ends_with 2 "$YILIAN" merge "$precise" --out "$folder/merged.sqlite"
}
claim 'what a precision cannot go with is refused' refused

faulty() {
  sed 's/{measure: wait, relative: 10 %}/{measure: wait, relativ: 10 %}, {dimension: resource}/' \
    "$servers" | sed "s|../../..|$top|; s/maximum: 100/maximum: 4/" >"$folder/faulty.yaml"
  ends_with 2 "$YILIAN" check "$folder/faulty.yaml" || return
  local word
  for word in 'relativ: is not a key' 'does not say how narrow' 'has no measure' 'stands alone' \
    'maximum: is 4'; do
    grep -q -F -- "$word" "$folder/err" || { echo "$word"; cat "$folder/err"; return 1; }
  done
}
claim 'all faults of a precision come at once' faulty

reproduced() { ends_with 0 "$YILIAN" reproduce "$precise" --replication 7; }
claim 'a replication of a run to a precision is run again bit for bit' reproduced

json() {
  ends_with 0 "$YILIAN" compare "$precise" --json && python3 - "$folder/out" <<'PYTHON'
import json, sys
report = json.load(open(sys.argv[1]))
assert report["precision"]["reached"] and report["precision"]["required"] >= 5
assert all(t["relative_half_width"] <= 0.1 for t in report["precision"]["targets"])
family = [c for c in report["contrasts"] if c["measure"] == "wait" and not c["dimension"]]
assert len(family) == 2
small, large = sorted(c["p_value"] for c in family)
assert sorted(c["p_holm"] for c in family) == sorted([2 * small, max(2 * small, large)])
for c in family:
    assert abs(c["variance_removed"] - (1 - 1 / c["variance_reduction"])) < 1e-12
PYTHON
}
claim 'JSON has the precision, the p-values and the gain of pairing' json

selects() { ends_with 0 "$YILIAN" select "$servers" --measure wait --best lowest "$@"; }
kim_nelson() {
  selects --difference 0.2 --out "$folder/kn.sqlite" --quiet \
    && has 'Chosen: quick.' '95.0 % at least' 'share their random numbers' \
    && selects --difference 0.2 --out "$folder/kn.sqlite" --resume --quiet --language zh && has '选中“quick”'
}
claim 'select chooses by KN++, and says it again' kim_nelson

ocba() {
  ends_with 2 "$YILIAN" select "$servers" --measure wait --best lowest --method ocba --budget 200 \
    && grep -q 'needs independent random numbers' "$folder/err" || return
  selects --method ocba --budget 200 --set experiment.random-numbers=independent --json \
    --out "$folder/ocba.sqlite" && has '"chosen": "quick"' '"replications": 200' || return
  [[ $(stored "$folder/ocba.sqlite") == 200 ]]
}
claim 'select by OCBA spends its budget, and refuses common random numbers' ocba

tied() {
  ends_with 0 "$YILIAN" select "$servers" --measure reneged --best lowest --difference 0.1 --quiet \
    --out "$folder/tied.sqlite" && has 'nothing tells them apart' || return
  ! grep -q 'Probability that it is the best' "$folder/out" || return
  ends_with 0 "$YILIAN" select "$servers" --measure reneged --best lowest --difference 0.1 --json --resume \
    --out "$folder/tied.sqlite" && has '"tied": true' '"probability_estimated": null'
}
claim 'a choice among equals says that it is none' tied

unusable() {
  ends_with 2 "$YILIAN" select "$servers" --measure wait --best lowest \
    && ends_with 2 "$YILIAN" select "$servers" --measure wait --best lowest --difference 1 \
      --first-stage 9223372036854775807 --budget 100 \
    && ends_with 2 "$YILIAN" select Models/mm1 --measure wait --best lowest --difference 1 \
      --out "$folder/none.sqlite" && ends_with 2 "$YILIAN" select "$servers" --measure wiat \
      --best lowest --difference 1 && ends_with 2 "$YILIAN" run "$servers" --resume \
      --out "$folder/kn.sqlite" && grep -q 'stopping-rule: the file has a selection (lowest wait, kn++), this run has a precision' \
      "$folder/err" \
    && ends_with 2 "$YILIAN" check "$folder/kn.sqlite" && grep -q 'is a results file; name the model' "$folder/err"
}
claim 'a selection that cannot be made is refused' unusable

# Candidates of a design are called by their values; ocba promises nothing, and a form of money is no choice.
candidates() {
  cat >"$folder/rates.yaml" <<EOF
model: $top/Models/mm1
run: {length: 2000 min}
factors: [{name: rate, path: arrivals.customers.poisson.rate, levels: [0.3 /min, 0.9 /min]}]
design: {method: grid, base-point: no}
EOF
  ends_with 0 "$YILIAN" select "$folder/rates.yaml" --measure wait --best lowest --difference 1 --quiet \
    --out "$folder/rates.sqlite" && has 'rate 0.3 /min ' 'rate 0.9 /min ' 'Chosen: rate 0.3 /min.' || return
  ends_with 2 "$YILIAN" select "$servers" --measure wait --best lowest --method ocba --budget 90 --confidence 0.9 \
    && grep -q 'ocba takes no --confidence' "$folder/err" || return
  printf 'model: %s/Models/small-county\nmoney-forms: both\nrun: {length: 30 d}\n' "$top" >"$folder/forms.yaml"
  ends_with 2 "$YILIAN" select "$folder/forms.yaml" --measure visits --best lowest --difference 1 \
    && grep -q 'a form is no choice; write money-forms: cost or share' "$folder/err"
}
claim 'candidates are called by what they set, and forms of money are none' candidates

months() {
  ends_with 0 "$YILIAN" run Experiments/small-county-gatekeeping.yaml --replications 3 --quiet \
    --set run.measures='[visits by month]' --out "$folder/months.sqlite" || return
  ends_with 0 "$YILIAN" compare "$folder/months.sqlite" --through-time visits \
    && has 'simultaneous band' 2019-12 \
    && ends_with 0 "$YILIAN" compare "$folder/months.sqlite" --through-time 'visits by month' --json \
    && has '"band": "bonferroni"' '"band_low"' \
    && ends_with 2 "$YILIAN" compare "$folder/months.sqlite" --through-time admissions \
    && ends_with 2 "$YILIAN" compare "$folder/months.sqlite" --through-time vists \
    && grep -q 'did you mean visits?' "$folder/err" || return
  # A network has no months, whatever measures its experiment asks for.
  ends_with 2 "$YILIAN" compare "$precise" --through-time wait && grep -q 'is not observed by month' "$folder/err"
}
claim 'compare shows a measure through time with bands' months

# Without a policy start the policies' own days say which months the scenarios share: October to December
# are known, January and February 2019 share the risk.
parting() {
  sed "s|^model: .*|model: $top/Models/small-county|; /^policy-start/d; /^run:/d" \
    Experiments/small-county-gatekeeping.yaml >"$folder/parting.yaml"
  echo "run: {start: 2018-01-01, warm-up: 0 d, length: 440 d}" >>"$folder/parting.yaml"
  ends_with 0 "$YILIAN" run "$folder/parting.yaml" --replications 3 --quiet \
    --set run.measures='[visits by month]' --out "$folder/parting.sqlite" || return
  ends_with 0 "$YILIAN" compare "$folder/parting.sqlite" --through-time visits --json || return
  python3 - "$folder/out" <<'PYTHON'
import json, sys
for contrast in json.load(open(sys.argv[1]))["contrasts"]:
    assert contrast["compared"] == 2, contrast["compared"]
PYTHON
}
# Of a design over factors each column names its point.
swept_months() {
  printf '%s\n' "model: $top/Models/small-county" 'run: {start: 2018-12-01, warm-up: 0 d, length: 60 d}' \
    'replications: 2' 'measures: [visits by month]' 'factors: [{name: gate, policy: gatekeeping}]' \
    'design: {method: grid}' >"$folder/swept.yaml"
  ends_with 0 "$YILIAN" run "$folder/swept.yaml" --quiet --out "$folder/swept.sqlite" || return
  ends_with 0 "$YILIAN" compare "$folder/swept.sqlite" --through-time visits --language en \
    && has '3: gate = yes − 1'
}
claim 'months before any policy begins are known without a policy start' parting
claim 'a measure through time names the points of a design' swept_months

# The same numbers through the public package sim-tools.
public() {
  Tests/set-up --python 'sim-tools==1.3.0' >&2 || return
  ends_with 0 "$YILIAN" run "$servers" --replications 150 --out "$folder/fixed.sqlite" --quiet \
    --set experiment.random-numbers=independent || return
  ends_with 0 "$YILIAN" run "$servers" --precision 'wait 7 %' --out "$folder/seven.sqlite" --quiet \
    --set experiment.random-numbers=independent || return
  .venv/bin/python Tests/CommandLineTests/sim_tools_check.py "$folder"
}
if [[ ${YILIAN_LONG:-} ]]; then
  # The package brings half a gigabyte of others with it.
  claim 'intervals, numbers of replications and choices agree with sim-tools' public
fi
