#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Charts of flows of patients and money, of the week, and the map of towns, from the experiment to the
# picture.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

ready() { "$top/Tests/set-up" --charts >"$folder/set-up" 2>&1 || { tail -n 1 "$folder/set-up"; return 1; }; }
claim 'set-up installs what draws charts' ready

cat >"$folder/flows.yaml" <<YAML
model: $top/Models/small-county
name: flows
run: {start: 2018-12-03, warm-up: 0 d, length: 57 d}
policy-start: 2018-12-24
replications: 3
seed: 5
baseline: none
measures:
  - primary-visit-share by town
  - visits by town
  - wait-minutes by weekday
  - occupancy by weekday
  - transfers by from+to+way
scenarios:
  - name: none
  - name: alliance
    set: {policies.two-way-referral.in-force: yes, policies.step-down.in-force: yes}
YAML
results=$folder/flows.sqlite
claim 'an experiment for charts of flows runs' ends_with 0 "$YILIAN" run "$folder/flows.yaml" \
  --threads 1 --quiet --out "$results"
look() { python3 "$tests/charts_of_flows.py" "$@"; }
chart() { ends_with 0 "$YILIAN" chart "$results" "$@"; }
charts='referral-flows money-flows week map'

data() {
  local name width language
  for name in $charts; do
    for width in full half; do
      for language in en zh; do
        chart "$name" --width "$width" --language "$language" \
          --out "$folder/$name-$width-$language.json" || return
      done
    done
  done
  python3 "$tests/charts.py" axes "$folder"/*.json
}
claim 'every number is typed, and every axis says its unit' data
claim 'the week holds the numbers of the views' \
  eval 'look week "$folder/week-full-en.json" "$results"'
claim 'money adds up to what institutions received' \
  eval 'look money "$folder/money-flows-full-en.json" "$results"'
claim 'referral flows are all transfers' \
  eval 'look moves "$folder/referral-flows-half-zh.json" "$results"'
claim 'the map holds the differences, and towns are as far apart as on the ground' \
  eval 'look map "$folder/map-full-en.json" "$results" "$top/Models/small-county/towns.csv" \
    && look map "$folder/map-half-zh.json" "$results" "$top/Models/small-county/towns.csv"'

pictures() {
  local name language
  for name in $charts; do
    for language in en zh; do
      chart "$name" --width half --language "$language" --out "$folder/$name-$language.svg" || return
    done
  done
  python3 "$tests/charts.py" picture "$folder"/*-en.svg "$folder"/*-zh.svg
}
claim 'pictures have marks, and texts in their language' pictures

same() {
  local name
  for name in $charts; do
    chart "$name" --language zh --width half --out "$folder/again.json" || return
    cmp "$folder/again.json" "$folder/$name-half-zh.json" || return
  done
}
claim 'the same results give the same charts, byte for byte' same

glance() {
  local name
  for name in $charts; do
    chart "$name" && grep -q '●' "$folder/out" || return
  done
}
claim 'without a file a chart for the terminal is printed' glance
claim 'a scenario that is not there is named beside those that are' \
  eval 'ends_with 2 "$YILIAN" chart "$results" map --scenario aliance && grep -q "there are none, alliance" "$folder/err"'
claim 'another measure is drawn on the map' \
  eval 'chart map --measure visits --out "$folder/visits.json" && grep -q "Outpatient visits by town" "$folder/visits.json"'
claim 'a measure that is not there by town says what to run' \
  eval 'ends_with 2 "$YILIAN" chart "$results" map --measure admissions && grep -q "measures: \[admissions by town\]" "$folder/err"'
