#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A scorecard of a small county with claims of its own: run, kept, run again when the model changes.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

mkdir -p "$folder/Models" "$folder/Experiments"
cp -r Models/small-county "$folder/Models/county"
[[ ! -e Models/china ]] || cp -r Models/china "$folder/Models/china"
cat >"$folder/Experiments/dearer.yaml" <<'YAML'
# Exams at ten times the price, and as they are.
model: ../Models/county
run: {start: 2018-01-01, warm-up: 0 d, length: 21 d}
replications: 2
seed: 7
measures: [visits by tier, primary-visit-share]
scenarios:
  - name: now
  - name: dearer
    title: Dearer exams
    set: {"tiers[county].exam_fee_yuan": 2000}
YAML
claims=$folder/Models/county/claims.csv
cat >"$claims" <<'CSV'
claim,place,place_zh,year,kind,subject,subject_zh,value,unit,compared_with,use,where,experiment,scenario,measure,as,reason,reason_zh
XX-001,County,小县,2018,input,Township centres,乡镇卫生院数,3,centres,,placed,county: institutions[*].tier ~ township # 3,,,,,,
XX-002,County,小县,2018,outcome,Crowding,县级医院拥挤,down,direction,now,scored,,dearer,dearer,visits.county,direction,,
XX-003,County,小县,2018,outcome,"Visits, county hospitals",县级医院就诊,+400,percent,now,scored,,dearer,dearer,visits.county,relative-change,,
XX-004,County,小县,2018,outcome,Primary share,基层就诊率,99,percent,,fitted,,dearer,now,primary-visit-share,level,,
XX-005,County,小县,2018,target,Primary share,基层就诊率,>=10,percent,,target,,dearer,dearer,primary-visit-share,level,,
XX-006,County,小县,2018,outcome,Growth,增长率,6.3,percent,,not-comparable,,,,,,"XX-003 and 5 cannot both hold","与XX-003矛盾"
CSV
kept=$folder/kept
score() {
  ends_with "$1" "$YILIAN" scorecard "$folder/Models" --results "$kept" --language en --threads 2 "${@:2}"
}
has() {
  local word
  for word in "$@"; do
    grep -q -E -- "$word" "$folder/out" || { echo "“$word” is not printed"; cat "$folder/out"; return 1; }
  done
}
said() { grep -q -F -- "$1" "$folder/err" || { cat "$folder/err"; return 1; }; }

claim 'without results nothing is said, where nothing may be run' \
  eval 'score 2 --reuse-only && said "dearer.sqlite: there is no such file; leave out --reuse-only"'
claim 'a scorecard runs what it needs' score 0 --draws 10 --replications 2
claim 'it judges each claim' has \
  '^XX-002 Crowding \(2018\): down  right$' '^XX-003 Visits, county hospitals \(2018\): \+400 %  miss$' \
  '^XX-004 Primary share \(2018\): 99 %  fitted: not recovered$' \
  '^XX-005 Primary share \(2018\): ≥ 10 %  reached$' \
  'Effects with a direction: 2, of which 1 right, 1 wrong, 0 unclear'
elsewhere() {
  tr '\n' ' ' <"$folder/out" >"$folder/line"
  grep -q -F 'XX-001 Township centres (2018): 3 centres; county: institutions[*].tier ~ township # 3' \
    "$folder/line" && grep -q -F '[XX-003 Visits, county hospitals (2018): +400 %]' "$folder/line" \
    || { cat "$folder/line"; return 1; }
}
claim 'and says where the others live, and what contradicts what' elsewhere
claim 'what moves a claim is named' has '^    .*(%|may be chance)$'
mv "$folder/out" "$folder/first"

again() {
  score 0 --reuse-only || return
  cmp "$folder/first" "$folder/out"
}
claim 'what is kept is read again, to the same bytes' again
claim 'in Chinese' eval '"$YILIAN" scorecard "$folder/Models" --results "$kept" --reuse-only --language zh \
  | grep -q "^XX-003 县级医院就诊（2018）：+400 %  不符$"'

as_data() {
  score 0 --reuse-only --json && /usr/bin/python3 - "$folder/out" <<'PY' || return
import json, sys
told = json.load(open(sys.argv[1]))
by = {row["claim"]: row for row in told["claims"]}
assert told["counts"]["right"] == 1 and told["counts"]["wrong"] == 1, told["counts"]
visits = by["XX-003"]
assert visits["verdict"] == "miss" and visits["baseline"] == "now" and visits["draws"] == 10
assert visits["widened_low"] <= visits["span_low"] <= visits["span_high"] <= visits["widened_high"]
assert abs(visits["width"] - (visits["widened_high"] - visits["widened_low"])) < 1e-9
assert by["XX-004"]["direction"] is None and by["XX-001"]["verdict"] is None
PY
  score 0 --reuse-only --format csv --out "$folder/card.csv" && /usr/bin/python3 - "$folder/card.csv" <<'PY' \
    || return
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
assert [row["claim"] for row in rows] == [f"XX-00{k}" for k in range(1, 7)]
assert rows[1]["verdict"] == "right" and rows[0]["verdict"] == ""
PY
  score 0 --reuse-only --format markdown && has '^## Outcomes that are predicted, out of sample' \
    '^\| County \| XX-003 .* \| \+400 % \| .* \| miss \|'
}
claim 'as JSON, CSV and Markdown' as_data
drawn() {
  score 0 --reuse-only --quiet --chart "$folder/card.json" && /usr/bin/python3 - "$folder/card.json" <<'PY'
import json, sys
spec = json.load(open(sys.argv[1]))
values = [v for panel in spec["vconcat"] for v in panel["data"]["values"]]
assert [v["name"][:6] for v in values] == ["XX-003", "XX-004", "XX-005"], values
assert values[0]["observed"] == 400
PY
}
claim 'as a chart' drawn
claim 'of some claims only' \
  eval 'score 0 --reuse-only --only xx-004 --only XX-001 && has "2 claims of 1 place" && ! grep -q XX-003 "$folder/out"'
claim 'a name that is none is refused with the nearest' \
  eval 'score 2 --only XX-01 && said "did you mean xx-001?"'
claim 'few draws are refused' eval 'score 2 --draws 9 && said "a verdict needs 10 at least"'

# A stop by signal keeps what was finished; the same command goes on, and comes to the same rows.
stopped() {
  kept=$folder/other
  mkdir -p "$kept"
  local tries=0
  for _ in 1 2 3; do
    timeout --signal=INT 1 "$YILIAN" scorecard "$folder/Models" --results "$kept" --draws 10 \
      --threads 1 --quiet >/dev/null 2>&1 || tries=$((tries + 1))
  done
  score 0 --draws 10 --quiet || return
  cmp "$folder/first" "$folder/out" || return
  same_rows "$kept/dearer.sqlite" "$folder/kept/dearer.sqlite"
  local same=$?
  kept=$folder/kept
  return $same
}
claim 'stopped and given again it comes to the same' stopped
kept=$folder/kept
more() {
  score 0 --replications 3 --only XX-002 || return
  said 'dearer: goes on with' && [[ $(sqlite3 "$kept/dearer.sqlite" \
    'SELECT MAX(replication) FROM replication') == 3 ]]
}
claim 'more replications are added to those that are kept' more
changed() {
  sed -i 's/exam_fee_yuan": 2000/exam_fee_yuan": 1800/' "$folder/Experiments/dearer.yaml"
  score 2 --reuse-only || return
  said 'its experiment is another now; leave out --reuse-only' || return
  score 0 --draws 10 --only XX-002 || return
  said 'run again, what was there is' && [[ -e $kept/dearer-old.sqlite ]]
}
claim 'what is kept of another experiment is put aside, and run again' changed

refused() {
  local change=$1
  cp "$claims" "$folder/right.csv"
  sed -i "$change" "$claims"
  score 2 || { mv "$folder/right.csv" "$claims"; return 1; }
  mv "$folder/right.csv" "$claims"
  said "$2"
}
claim 'a place that does not hold is refused' \
  refused 's/# 3/# 4/' 'where: county: institutions[*].tier has township 3 times, not 4'
claim 'so is an unknown scenario' \
  refused 's/dearer,dearer,visits.county/dearer,dearest,visits.county/' 'did you mean dearer?'
claim 'a measure that is not written' \
  refused 's/visits.county/visits.cuonty/' 'claims.csv:4: measure: '
claim 'an experiment that is not there' \
  refused 's/,dearer,dearer,visits.county/,dear,dearer,visits.county/' 'Experiments/dear.yaml'
claim 'and a use that is none' refused 's/fitted/fited/' 'did you mean fitted?'
