#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fitted distributions: what is printed goes into a model as it stands, what is wrong with data is told
# all at once, and SciPy finds the same parameters, statistics and p-values.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

# 300 waits with a gamma's shape: sums of two exponentials by a plain generator.
awk 'BEGIN { s = 42; print "patient,wait_minutes,visits"
  for (i = 1; i <= 300; i++) {
    for (j = 0; j < 3; j++) { s = (s * 16807) % 2147483647; u[j] = s / 2147483647 }
    printf "%d,%.3f,%d\n", i, -6 * log(u[0] * u[1]), int(-2 * log(u[2]))
  } }' >"$folder/waits.csv"
fit() { ends_with "$1" "$YILIAN" fit "$folder/waits.csv" --bootstrap 50 "${@:2}"; }
has() {
  local word
  for word in "$@"; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word is not there"; cat "$folder/out"; return 1; }
  done
}
claim 'measured values are fitted in the unit of their column, with plots and lines for the model' \
  eval 'fit 0 --column wait_minutes --language en \
    && has "300 values" "gamma" "weibull" "AIC" "◆" "│" "evidence: derived" " min, range: [" "Not fitted: "'
claim 'in Chinese' eval 'fit 0 --column wait_minutes --language zh && has 个数值 分布 未拟合'
claim 'whole numbers without a unit are counts' \
  eval 'fit 0 --column visits && has poisson negative-binomial && ! grep -q weibull "$folder/out"'
claim 'the same seed gives the same bytes' eval 'fit 0 --column visits --json && mv "$folder/out" "$folder/a" \
  && fit 0 --column visits --json && cmp "$folder/a" "$folder/out"'

units() {
  local line value
  awk 'BEGIN { print "stay_min,visits,wait_minutes"; for (i = 1; i <= 40; i++) printf "%d,%d,%d\n", i % 9, i % 9, i % 9 }' \
    >"$folder/units.csv"
  # Of whole numbers the unit decides: it is told, whichever way it is written.
  for line in 'stay_min=measured, in min.' 'wait_minutes=measured, in min.' 'visits=counts (--kind'; do
    ends_with 0 "$YILIAN" fit "$folder/units.csv" --column "${line%%=*}" --bootstrap 20 --language en || return
    has "Taken as ${line#*=}" || return
  done
  for value in stay_min wait_minutes; do
    refuses "--unit: is h, and the column $value is in min by its name" "$folder/units.csv" --column "$value" \
      --unit h || return
    ends_with 0 "$YILIAN" fit "$folder/units.csv" --column "$value" --unit minutes --bootstrap 20 || return
  done
  tr , ';' <"$folder/units.csv" >"$folder/semicolons.csv"
  refuses 'has semicolons between its columns' "$folder/semicolons.csv" \
    && refuses '--name is “a b”; write letters, digits and hyphens, such as a-b' "$folder/units.csv" --column visits \
      --name 'a b'
}

# What is printed for the model is read by it, whichever family it is.
pasted() {
  local family
  for family in "" exponential uniform triangular normal lognormal gamma erlang weibull beta \
    hyperexponential mixture empirical; do
    rm -rf "$folder/model" && cp -r Models/mm1 "$folder/model" || return
    ends_with 0 "$YILIAN" fit "$folder/waits.csv" --column wait_minutes --name wait --bootstrap 20 --json \
      --low 0 --high 1000 ${family:+--family "$family"} || {
      # No family need fit, but it must say so.
      grep -q 'cannot be fitted' "$folder/err" && continue
      return 1
    }
    python3 - "$folder" <<'PYTHON' || return
import json, sys
folder = sys.argv[1]
answer = json.load(open(folder + "/out", encoding="utf-8"))
path = folder + "/model/model.yaml"
text = open(path, encoding="utf-8").read()
lines = "".join("  " + line + "\n" for line in answer["yaml"].splitlines())
open(path, "w", encoding="utf-8").write(
    text.replace("durations:\n", "durations:\n" + lines).replace("delay: service", "delay: wait"))
with open(folder + "/model/sources.yaml", "a", encoding="utf-8") as sources:
    sources.write("\n" + answer["sources_yaml"])
PYTHON
    ends_with 0 "$YILIAN" check "$folder/model" --json || { cat "$folder/err"; return 1; }
    python3 -c 'import json, sys
warnings = json.load(open(sys.argv[1]))["warnings"]
assert all("no steady state" in w["problem"] or "used by no step" in w["problem"] for w in warnings), warnings' \
      "$folder/out" || return
  done
}
claim 'what is printed is read by a model as it stands' pasted

faults() {
  printf 'a,b\n1,2\nx,3\n4\n,5\n6 min,7\n' >"$folder/bad.csv"
  ends_with 2 "$YILIAN" fit "$folder/bad.csv" --column a --unit mins || return
  local words
  for words in '--unit: “mins” is not a unit' ':3: a: is “x”; write a number' ':4: has 1 fields' \
    ':5: a: is empty' ':6: a: is “6 min”; write a bare number'; do
    grep -q -F -- "$words" "$folder/err" || { echo "$words"; cat "$folder/err"; return 1; }
  done
  [[ $(wc -l <"$folder/err") == 5 && ! -s $folder/out ]]
}
claim 'every fault of the data is told at once, by line' faults
refuses() {
  local words=$1
  shift
  ends_with 2 "$YILIAN" fit "$@" || return
  grep -q -F -- "$words" "$folder/err" && [[ $(wc -l <"$folder/err") == 1 && ! -s $folder/out ]] \
    || { cat "$folder/err"; return 1; }
}
claim 'the unit is what the column says, and what was taken is told' units
claim 'several columns without a choice are refused' \
  refuses 'name one with --column: patient, wait_minutes, visits' "$folder/waits.csv"
claim 'a column that is not there is refused, with the nearest' \
  refuses 'did you mean visits?' "$folder/waits.csv" --column vists
printf 'x\n3\n3\n3\n3\n3\n3\n3\n3\n3\n3\n' >"$folder/same.csv"
claim 'one value over and over is refused' refuses 'has the value 3 in every row' "$folder/same.csv"
printf 'x\n1\n2\n' >"$folder/few.csv"
claim 'too few values are refused' refuses 'has 2 values' "$folder/few.csv"
printf '1\n2\n3\n' >"$folder/bare.csv"
claim 'a file without a header is refused' refuses 'write a header line' "$folder/bare.csv"
claim 'a family that cannot be fitted is refused with the reason' \
  refuses 'needs --low and --high' "$folder/waits.csv" --column wait_minutes --family beta
claim 'an unknown family is refused, with the nearest' \
  refuses 'did you mean weibull?' "$folder/waits.csv" --column wait_minutes --family weibul

if Tests/set-up --python 'numpy>=2,<3' 'scipy>=1.15,<2' >&2; then
  claim 'SciPy agrees on parameters, likelihoods, statistics and p-values' \
    .venv/bin/python Tests/CommandLineTests/fit.py "$YILIAN" "$folder"
else
  claim 'SciPy can be installed' false
fi
