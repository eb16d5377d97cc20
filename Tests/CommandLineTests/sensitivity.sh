#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sensitivity of a network to its factors, and a scenario taken apart into levers: known answers, and those
# of SALib and SciPy on the same points.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

# Two stations in a row: how busy the first is, is the rate of arrivals times the mean of its service, and
# nothing else; the second station does not touch it.
mkdir -p "$folder/two" && cat >"$folder/two/model.yaml" <<'YAML'
kind: network
name: two
time-unit: min
evidence: assumed
range-factor: [0.1, 10]
arrivals: {door: {pathway: visit, poisson: {rate: 0.5 /min}}}
resources: {first: {capacity: 1}, second: {capacity: 1}}
durations:
  one: {exponential: {mean: 1 min}}
  other: {exponential: {mean: 0.5 min}}
pathways:
  visit:
    - seize: first
    - delay: one
    - release: first
    - seize: second
    - delay: other
    - release: second
    - leave: home
run: {warm-up: 100 min, length: 2000 min, replications: 3, seed: 4}
YAML
vary=(--vary 'arrivals.door.poisson.rate=0.3:0.7 /min' --vary 'durations.one.exponential.mean=0.5:1.2 min'
  --vary 'durations.other.exponential.mean=0.2:0.8 min')
busy='utilisation by resource=first'

sweep() { ends_with 0 "$YILIAN" sweep "$folder/two" "${vary[@]}" --quiet --out "$folder/$1.sqlite" "${@:2}"; }
tells() { ends_with 0 "$YILIAN" sensitivity "$folder/$1.sqlite" --json "${@:2}" && cp "$folder/out" "$folder/$1.json"; }

morris() { sweep morris --design morris --trajectories 20 && tells morris --measure "$busy" --measure wait; }
claim 'a Morris design is analysed' morris
saltelli() { sweep saltelli --design saltelli --points 128 && tells saltelli --measure "$busy"; }
claim "Saltelli's samples are analysed" saltelli
lhs() { sweep lhs --design lhs --points 60 && tells lhs --measure "$busy"; }
claim 'a Latin hypercube is analysed' lhs
alone() { sweep alone --design one-at-a-time --levels 3 && tells alone --measure "$busy"; }
claim 'factors one at a time are analysed' alone

# Of a product of two uniform factors, by hand.
known() {
  python3 - "$folder" <<'PYTHON'
import json, sys
def read(name):
    answer = json.load(open(f"{sys.argv[1]}/{name}.json", encoding="utf-8"))
    assert answer["noise_taken_out"] and answer["replications"] == 3, answer["replications"]
    return answer["analyses"][0]["factors"]
rate, mean = ((0.3 + 0.7) / 2, 0.4 ** 2 / 12), ((0.5 + 1.2) / 2, 0.7 ** 2 / 12)
main = [mean[0] ** 2 * rate[1], rate[0] ** 2 * mean[1]]
both = rate[1] * mean[1]
whole = sum(main) + both
found = read("saltelli")
for place in (0, 1):
    assert found[place]["first_low"] <= main[place] / whole <= found[place]["first_high"], found
    assert found[place]["total_low"] <= (main[place] + both) / whole <= found[place]["total_high"], found
    assert found[place]["total_high"] - found[place]["total_low"] < 0.3, found
assert found[2]["first"] == 0 and found[2]["total"] == 0, found
found = read("morris")
for factor, exact in zip(found, (0.4 * 0.85, 0.7 * 0.5, 0)):
    assert factor["mu_low"] <= exact <= factor["mu_high"], (factor, exact)
    assert factor["told"] == (exact > 0), factor
    assert factor["steps"] == 20
assert found[2]["mu_star"] == 0 == found[2]["sigma"]
found = read("lhs")
assert found[0]["rho"] > 0.3 and found[1]["rho"] > 0.5 and found[0]["p_holm"] < 0.05
assert found[2]["rho_low"] < 0 < found[2]["rho_high"] and found[2]["partial_p_holm"] > 0.001
assert found[0]["partial_rho"] > found[0]["rho"]
found = read("alone")
for value, exact in zip(found[0]["values"], (0.3 - 0.5, 0, 0.7 - 0.5)):
    assert value["effect_low"] <= exact + 1e-9 and value["effect_high"] >= exact - 1e-9, value
assert [v["effect"] for v in found[2]["values"]] == [0, 0, 0]
PYTHON
}
claim 'the known shares, effects and ranks of a product come out, and nothing for what does nothing' known

words() {
  ends_with 0 "$YILIAN" sensitivity "$folder/$1.sqlite" --measure "$busy" --language "$2" || return
  local word
  for word in "${@:3}"; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word"; cat "$folder/out"; return 1; }
  done
}
claim 'tables in English and Chinese' eval 'words morris en "μ* [95 %]" "told from chance" \
  && words saltelli en "by itself, % [95 %]" "run noise in the variance" && words lhs en "partial ρ" \
  && words alone en "lower | higher" "│" "0.3 /min" && words morris zh "可与偶然区分" \
  && words saltelli zh "单独作用" && words lhs zh "偏 ρ" && words alone zh "变化"'

# An experiment is run first; two scenarios, of which the second has another rate of service at each point.
cat >"$folder/e.yaml" <<'YAML'
model: two
replications: 2
scenarios:
  - name: as-is
  - name: quick
    set: {durations.other.exponential.mean: 0.1 min}
factors:
  - {name: rate, path: arrivals.door.poisson.rate, range: 0.3 .. 0.7 /min}
  - {name: mean, path: durations.one.exponential.mean, range: 0.5 .. 1.2 min}
design: {method: morris, trajectories: 4}
YAML
scenarios() {
  ends_with 0 "$YILIAN" sensitivity "$folder/e.yaml" --out "$folder/e.sqlite" --threads 1 --json --quiet \
    --measure wait --measure "$busy" || return
  cp "$folder/out" "$folder/e.json"
  ends_with 0 "$YILIAN" sensitivity "$folder/e.sqlite" --json --measure wait --measure "$busy" || return
  cmp "$folder/out" "$folder/e.json" || return
  python3 - "$folder/e.json" <<'PYTHON'
import json, sys
found = json.load(open(sys.argv[1], encoding="utf-8"))["analyses"]
assert [(f["measure"], f["scenario"], f["baseline"]) for f in found] == [
    ("wait", "as-is", None), ("wait", "quick", None), ("wait", "quick", "as-is"),
    ("utilisation", "as-is", None), ("utilisation", "quick", None), ("utilisation", "quick", "as-is")]
# What the scenario changes of the wait hangs on the factors, and of the first station nothing.
assert found[2]["finding"] == "told" and found[2]["factors"][0]["mu"] < 0
assert found[5]["finding"] == "constant"
PYTHON
}
claim 'an experiment is run and analysed, and what its scenario changes, too' scenarios

refuses() {
  local words=$1
  shift
  ends_with 2 "$YILIAN" "$@" || return
  grep -q -F -- "$words" "$folder/err" && [[ ! -s $folder/out ]] || { cat "$folder/err"; return 1; }
}
claim 'an experiment without factors is refused before it is run' \
  refuses 'has no factors' sensitivity Models/mm1 --out "$folder/none.sqlite"
claim 'a measure that is not there is refused, with the nearest' \
  refuses 'did you mean wait?' sensitivity "$folder/e.yaml" --measure wiat --out "$folder/none.sqlite"
claim 'nothing was begun' test ! -e "$folder/none.sqlite"
started() {
  ends_with 0 "$YILIAN" sweep "$folder/two" "${vary[@]}" --design morris --quiet --shard 1/2 \
    --out "$folder/part.sqlite" && refuses 'go on with yilian run' sensitivity "$folder/part.sqlite"
}
claim 'a file that lacks replications is refused' started
other_points() {
  cp "$folder/morris.sqlite" "$folder/other.sqlite"
  sqlite3 "$folder/other.sqlite" \
    "UPDATE point SET settings = replace(settings, '0.7 /min', '0.6 /min') WHERE point_id > 5" || return
  refuses 'makes another point' sensitivity "$folder/other.sqlite"
}
claim 'a file whose points this version would not make is refused' other_points

# --- Levers --------------------------------------------------------------------------------------

# Rate and service together: 0.8 × 1 to 0.6 × 0.8. Alone −0.2 and −0.16, together −0.32, so that they
# interact by 0.04, of which each has half.
cat >"$folder/levers.yaml" <<YAML
model: $top/Models/mm1
run: {length: 20000 min}
replications: 8
scenarios:
  - name: as-is
  - name: both
    set: {arrivals.customers.poisson.rate: 0.6 /min, durations.service.exponential.mean: 0.8 min}
levers:
  - {name: demand, paths: [arrivals]}
YAML
explained() {
  ends_with 0 "$YILIAN" explain "$folder/levers.yaml" --scenario both --measure utilisation --json --quiet \
    --out "$folder/levers.sqlite" || return
  cp "$folder/out" "$folder/levers.json"
  ends_with 0 "$YILIAN" explain "$folder/levers.sqlite" --measure utilisation --json || return
  cmp "$folder/out" "$folder/levers.json" || return
  python3 - "$folder/levers.json" <<'PYTHON'
import json, sys
answer = json.load(open(sys.argv[1], encoding="utf-8"))
assert answer["method"] == "every-combination"
effect = answer["effects"][0]
def holds(part, name, exact):
    assert part[f"{name}_low"] <= exact <= part[f"{name}_high"], (part, name, exact)
    assert part[f"{name}_high"] - part[f"{name}_low"] < 0.03, part
demand, service = effect["parts"]
assert [demand["lever"], service["lever"]] == ["demand", "durations.service.exponential.mean"]
holds(effect, "total", -0.32)
holds(demand, "part", -0.18)
holds(service, "part", -0.14)
holds(demand, "alone", -0.2)
holds(service, "last", -0.12)
assert abs(demand["part"] + service["part"] - effect["total"]) < 1e-12
(pair,) = effect["interactions"]
holds(pair, "index", 0.04)
assert pair["p_holm"] < 0.001
PYTHON
}
claim 'two levers that interact by construction have the known parts and interaction' explained
story() {
  ends_with 0 "$YILIAN" explain "$folder/levers.sqlite" --measure utilisation --language "$1" || return
  local word
  for word in "${@:2}"; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word"; cat "$folder/out"; return 1; }
  done
}
claim 'explained in English and Chinese' eval 'story en "both − as-is: 2 levers, 4 combinations" demand \
  "of the total" "100 %" "Grabisch" "×" && story zh 贡献 2项措施 全部合计'
sampled() {
  ends_with 0 "$YILIAN" explain "$folder/levers.yaml" --scenario both --orders 16 --print || return
  grep -q '^  orders: 16$' "$folder/out" || return
  ends_with 0 "$YILIAN" explain "$folder/levers.yaml" --scenario both --orders 16 --measure utilisation --quiet \
    --json --out "$folder/orders.sqlite" || return
  python3 -c 'import json, sys
answer = json.load(open(sys.argv[1])); effect = answer["effects"][0]
assert answer["method"] == "sampled-orders" and effect["interactions"] is None
assert abs(sum(p["part"] for p in effect["parts"]) - effect["total"]) < 1e-12' "$folder/out"
}
claim 'orders are drawn where they are asked for' sampled
in_parts() {
  local part explain=("$YILIAN" explain "$folder/levers.yaml" --scenario both --quiet)
  for part in 1 2; do
    ends_with 0 "${explain[@]}" --shard "$part/2" --out "$folder/levers-$part.sqlite" || return
  done
  ends_with 0 "$YILIAN" merge "$folder"/levers-{1,2}.sqlite --out "$folder/levers-merged.sqlite" || return
  same_rows "$folder/levers.sqlite" "$folder/levers-merged.sqlite" || return
  ends_with 0 "$YILIAN" explain "$folder/levers-merged.sqlite" --measure utilisation --json || return
  diff <(sed '/"results"/d' "$folder/levers.json") <(sed '/"results"/d' "$folder/out")
}
claim 'an explanation is run in parts, merged and told from the merged file' in_parts
claim 'a results file is read as it stands: options of a run are refused' \
  refuses 'leave out --replications, --orders' explain "$folder/levers.sqlite" --replications 9 --orders=16
claim 'a scenario that is not there is refused, with the nearest' \
  refuses 'did you mean both?' explain "$folder/levers.yaml" --scenario bth
sed 's/paths: \[arrivals\]/paths: [arrivlas]/' "$folder/levers.yaml" >"$folder/stray.yaml"
claim 'a lever of paths that no scenario sets is refused, with those that are' \
  refuses 'paths: “arrivlas” is set by no scenario; the known ones are arrivals.customers.poisson.rate, durations.service.exponential.mean' \
  explain "$folder/stray.yaml" --scenario both
claim 'results that were not run for it are refused' \
  refuses 'was not run to be explained' explain "$folder/morris.sqlite"

# --- The examples of the pages -------------------------------------------------------------------

pages=$top/Sources/ExperimentRunner/ExperimentRunner.docc
# block N PAGE: the N-th block of lines between fences.
block() { awk -v n="$1" '/^```/ { if (open) { open = 0 } else { open = 1; count++ } next } open && count == n' "$pages/$2.md"; }
as_written() {
  mkdir -p "$folder/page/e" && ln -s "$top/Models" "$folder/page/Models" || return
  (
    cd "$folder/page" || exit
    yilian() {
      local short=()
      [[ $1 == sweep ]] && short=(--quiet --set 'run.length=500 min' --set 'run.warm-up=50 min')
      "$YILIAN" "$@" "${short[@]}"
    }
    eval "$(block 1 FindingWhatMatters)" || exit
    cd e && block 1 ExplainingAnEffect >levers.yaml && eval "$(block 2 ExplainingAnEffect)"
  ) >"$folder/out" || return
  grep -q 'capacity .*yes$' "$folder/out" && grep -q '^demand .*-18' "$folder/out" && grep -q '^service .*-14' "$folder/out"
}
claim 'the commands of the pages run, and say what the pages say' as_written

# --- SALib and SciPy on the same points ----------------------------------------------------------

points() {
  ends_with 0 "$YILIAN" sweep "$folder/two" "${vary[@]}" --resume --quiet --out "$folder/$1.sqlite" --csv - "${@:2}" \
    && cp "$folder/out" "$folder/$1.csv"
}
exported() {
  points morris --design morris --trajectories 20 && points saltelli --design saltelli --points 128 \
    && points lhs --design lhs --points 60 || return
  sweep once --design saltelli --points 128 --replications 1 && tells once --measure "$busy" \
    && points once --design saltelli --points 128 --replications 1
}
claim 'the points of the designs are exported' exported
if Tests/set-up --python 'SALib>=1.5,<2' 'scipy>=1.15,<2' 'numpy>=2,<3' >&2; then
  claim 'SALib and SciPy agree on the same points' \
    .venv/bin/python Tests/CommandLineTests/sensitivity.py "$folder"
else
  claim 'SALib can be installed' false
fi
