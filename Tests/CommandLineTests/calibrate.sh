#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Calibration from a shell: of an M/M/1 queue that was simulated with 0.7 customers a minute, served in
# 0.8 minutes, by what theory says of it.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

told=Tests/CommandLineTests/experiments/told.yaml
fitted=Tests/CommandLineTests/experiments/fitted.yaml

# of FILE PATH: a value of a JSON file.
of() { sqlite3 :memory: "SELECT json_extract(readfile('$1'), '$2')"; }

# holds NAME: both intervals of NAME.json hold the truth, and the wait, held out, is met.
holds() {
  local held
  held=$(sqlite3 :memory: "
    SELECT SUM(json_extract(value, '$.ci_low') <= truth AND truth <= json_extract(value, '$.ci_high'))
    FROM json_each(readfile('$folder/$1.json'), '$.fitted')
    JOIN (SELECT 'rate' AS name, 0.7 AS truth UNION SELECT 'mean', 0.8)
      ON name = json_extract(value, '$.name')")
  [[ $held == 2 ]] || { echo "$held of 2 intervals hold the truth"; return 1; }
  sqlite3 :memory: "SELECT abs(json_extract(readfile('$folder/$1.json'), '$.targets[2].miss')) < 2" \
    | grep -qx 1
}

# recovers METHOD RUNS: the truth is held by narrow intervals, and no ridge is named.
recovers() {
  ends_with 0 "$YILIAN" calibrate "$told" --method "$1" --runs "$2" --json --quiet \
    --out "$folder/$1.sqlite" || return
  mv "$folder/out" "$folder/$1.json"
  holds "$1" || return
  [[ $(of "$folder/$1.json" '$.ridges[0]') == '' ]] || { echo 'a ridge is named'; return 1; }
  sqlite3 :memory: "SELECT json_extract(readfile('$folder/$1.json'), '$.fitted[0].width') < 0.2" \
    | grep -qx 1
}
claim 'nelder-mead recovers a queue from what is known of it' recovers nelder-mead 90
claim 'smc recovers it' recovers smc 240
claim 'history matching recovers it' recovers history-matching 48

tolerant() {
  ends_with 0 "$YILIAN" calibrate "$told" --method abc --runs 200 --json --quiet \
    --out "$folder/abc.sqlite" || return
  mv "$folder/out" "$folder/abc.json"
  grep -q 'times as large. More --runs' "$folder/abc.json" || return
  holds abc
}
claim 'abc holds it, too, and says by how much it is too wide for want of runs' tolerant

ridge() {
  ends_with 0 "$YILIAN" calibrate "$fitted" --method history-matching --runs 32 --language en \
    --out "$folder/ridge.sqlite" || return
  cp "$folder/out" "$folder/ridge.txt"
  grep -q 'do not tell rate, mean apart: only rate · mean is determined' "$folder/ridge.txt" || return
  grep -q 'rate · mean is determined' "$folder/ridge-values.yaml" || return
  grep -q 'evidence: calibrated' "$folder/ridge-values.yaml"
}
claim 'with the load alone known, only the product of rate and mean is said to be' ridge

chinese() {
  ends_with 0 "$YILIAN" calibrate "$fitted" --method history-matching --runs 32 --language zh --resume \
    --out "$folder/ridge.sqlite" || return
  grep -q '目标无法区分 rate、mean：仅 rate · mean 可判定' "$folder/out"
}
claim 'the report is printed in Chinese, from what is kept' chinese

killed() {
  local args=("$YILIAN" calibrate "$fitted" --method history-matching --runs 32 --json)
  ends_with 0 "${args[@]}" --quiet --threads 1 --out "$folder/whole.sqlite" || return
  sed 's/whole/part/g' "$folder/out" >"$folder/whole.json"
  local try
  for try in 1 2 3; do
    timeout -s KILL "0.$((try * 2))" "${args[@]}" --resume --quiet --out "$folder/part.sqlite" \
      >/dev/null 2>&1
  done
  ends_with 0 "${args[@]}" --resume --quiet --threads 2 --out "$folder/part.sqlite" || return
  cmp "$folder/out" "$folder/whole.json" || return
  cmp "$folder/part-draws.csv" "$folder/whole-draws.csv"
}
claim 'killed and gone on with, on other threads, it comes to the same bytes' killed

imported() {
  local rows
  rows=$(($(wc -l <"$folder/whole-draws.csv") - 1))
  sed -n '/^model/p;/^run/p' "$fitted" | sed "s|\.\./\.\./\.\./Models|$top/Models|" >"$folder/draws.yaml"
  cat >>"$folder/draws.yaml" <<'YAML'
replications: 1
factors:
  - {name: rate, path: arrivals.customers.poisson.rate}
  - {name: mean, path: durations.service.exponential.mean}
design: {file: whole-draws.csv, base-point: no}
YAML
  ends_with 0 "$YILIAN" run "$folder/draws.yaml" --set 'run.length=100 min' --quiet \
    --out "$folder/draws.sqlite" || return
  [[ $(sqlite3 "$folder/draws.sqlite" 'SELECT COUNT(*) FROM point') == "$rows" ]]
}
claim 'its draws are a design that an experiment imports' imported

refused() {
  ends_with 2 "$YILIAN" calibrate "$fitted" --out "$folder/whole.sqlite" || return
  grep -q 'go on with it by --resume' "$folder/err" || return
  ends_with 2 "$YILIAN" calibrate Tests/CommandLineTests/experiments/clinic.yaml || return
  grep -q 'names nothing to be fitted' "$folder/err" || return
  ends_with 2 "$YILIAN" calibrate "$fitted" --replications 1 || return
  ends_with 2 "$YILIAN" calibrate "$fitted" --runs 5 --out "$folder/none.sqlite" || return
  grep -q -- '--runs is 5; history-matching needs 8' "$folder/err" || return
  [[ ! -e $folder/none.sqlite ]] || return
  ends_with 2 "$YILIAN" calibrate "$fitted" --runs 5000 --out "$folder/none.sqlite" || return
  grep -q 'history-matching makes use of 800 at most' "$folder/err" || return
  ends_with 2 "$YILIAN" calibrate "$folder/whole.sqlite" || return
  grep -q 'is a database; name the experiment' "$folder/err" || return
  ends_with 2 "$YILIAN" compare "$folder/whole.sqlite" || return
  grep -q 'holds the evaluations of a calibration; yilian calibrate' "$folder/err" || return
  sed 's/^\(  - {measure: throughput, value: 0.7, deviation: \)0.01/\11 %/; s|\.\./\.\./\.\./Models|'"$top"'/Models|' \
    "$fitted" >"$folder/percent.yaml"
  ends_with 2 "$YILIAN" calibrate "$folder/percent.yaml" --out "$folder/none.sqlite" || return
  grep -q 'throughput is no share, and has a number in per cent' "$folder/err" || return
  ends_with 2 "$YILIAN" calibrate "$fitted" --set experiment.random-numbers=independent \
    --out "$folder/none.sqlite" || return
  grep -q 'common random numbers' "$folder/err"
}
claim 'what cannot be calibrated is refused in a line' refused

# No queue of this model lets 2.7 customers a minute through.
hopeless() {
  sed 's/measure: throughput, value: 0.7/measure: throughput, value: 2.7/; s|\.\./\.\./\.\./Models|'"$top"'/Models|' \
    "$told" >"$folder/hopeless.yaml"
  ends_with 0 "$YILIAN" calibrate "$folder/hopeless.yaml" --method history-matching --runs 32 --quiet \
    --language en --out "$folder/hopeless.sqlite" || return
  grep -q 'nothing in the ranges comes near all targets' "$folder/out" || return
  # No interval, and no share that is left open.
  grep -Eq '^rate .* - +0\.4 … 0\.9 +- *$' "$folder/out" || { cat "$folder/out"; return 1; }
  grep -q 'evidence: assumed' "$folder/hopeless-values.yaml" || return
  grep -q '^# Caution: nothing in the ranges' "$folder/hopeless-values.yaml" || return
  ! grep -q 'evidence: calibrated' "$folder/hopeless-values.yaml"
}
claim 'where nothing fits, no interval is told, and the values say so' hopeless

emulated() {
  grep -q 'The draws come from metamodels. That of .* (R²), and its 95 % intervals hold [0-9]* of them' \
    <(tr '\n' ' ' <"$folder/ridge.txt")
}
claim 'draws of metamodels come with how good these are' emulated

documented() {
  local page=Sources/ExperimentRunner/ExperimentRunner.docc/CalibratingAModel.md
  sed -n '/^```yaml/,/^```/p' "$page" | sed '/^```/d;/^factors/,$d' >"$folder/page.yaml"
  sed -i "s|\.\./Models|$top/Models|" "$folder/page.yaml"
  ends_with 0 "$YILIAN" check "$folder/page.yaml" || return
  ends_with 0 "$YILIAN" calibrate "$folder/page.yaml" --runs 32 --quiet --out "$folder/page.sqlite"
}
claim 'the example of the documentation is checked and run' documented
