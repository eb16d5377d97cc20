#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The insurance calculator: bills by hand, and one line for each fault of an episode.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

bill() { ends_with 0 "$YILIAN" bill Models/lanshan "$@"; }
has() {
  local word
  for word in "$@"; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word is not there"; cat "$folder/out"; return 1; }
  done
}
episode='visit township 120; stay county 6000 drugs 1800 referred; transfer-down township 900'
# 0.55 × 108; 0.75 × (5400 − 500); 0.85 × (810 − 150), recharged.
claim 'an episode of three bills, by hand' \
  eval 'bill --scheme resident --episode "$episode" && has 59.40 3675.00 561.00 "patient 2724.60"'
claim 'its whole table' eval 'bill --scheme resident --episode "$episode" && golden bill.txt'
claim 'in Chinese' \
  eval 'bill --episode "$episode" --language zh && has 起付线 报销比例 结算后账户 "1 门诊"'
json() {
  bill --scheme resident --episode "$episode" --json && python3 - "$folder/out" <<'PYTHON'
import json, sys
answer = json.load(open(sys.argv[1], encoding="utf-8"))
bills = answer["bills"]
assert [b["fund_fen"] for b in bills] == [5940, 367500, 56100]
assert all(b["fund_fen"] + b["patient_fen"] == b["charges_fen"] + b["fee_fen"] for b in bills)
assert answer["patient_fen"] == 272460 and bills[1]["drugs_fen"] == 180000
assert bills[2]["spell_deductible_paid_fen"] == 65000 and bills[2]["admissions"] == 1
PYTHON
}
claim 'as JSON, in whole fen' json
claim 'a continuous deductible waives it on the way down' \
  eval 'bill --date 2020-08-01 --set policies.deductible-rule.in-force=yes --scheme resident \
    --episode "$episode" && has 688.50'
claim 'a policy begins on its day' \
  eval 'bill --set policies.deductible-rule.in-force=yes --scheme resident --episode "$episode" && has 561.00'
claim 'a drug cover by month, and the turn of the year' \
  eval 'bill --set policies.two-disease-cover.in-force=yes --scheme resident \
    --conditions hypertension --date 2020-08-01 \
    --episode "refill county 70 drugs 50; refill county 70 drugs 50; new-month; refill county 70 drugs 50; new-year; refill county 70 drugs 50" \
    --json && python3 -c "
import json; bills = json.load(open(\"$folder/out\"))[\"bills\"]
assert [b[\"drug_cover_fen\"] for b in bills] == [2500, 500, 2500, 2500], bills
assert [b[\"drug_fund_paid_fen\"] for b in bills] == [2500, 3000, 5500, 2500]
assert [b[\"date\"] for b in bills] == [\"2020-08-01\", \"2020-08-01\", \"2020-09-01\", \"2021-01-01\"]"'
claim 'a breach, a penalty and a place that cannot settle' \
  eval 'bill --date 2020-08-01 --scheme resident --set policies.catalogue-breach.in-force=yes \
    --set policies.catalogue-breach.penalty=0.2 --set policies.station-settlement.in-force=yes \
    --episode "stay county 5000 listed; visit village 45" && has "52.5 %" 2100.00 420.00 "cannot settle"'
file() {
  printf '%s\n' 'scheme: employee' 'date: 2020-08-01' 'episode:' '  - visit county 100' \
    '  - stay lanshan-central 5000' >"$folder/episode.yaml"
  bill --episode "$folder/episode.yaml" && has 'lanshan-central' 'scheme employee' 3520.00
}
claim 'an episode in a file' file

# Each wrong episode with what it says.
wrong_episodes() {
  local line status
  while IFS= read -r line; do
    status=0
    eval "set -- $line"
    "$YILIAN" bill Models/lanshan "$@" >"$folder/part" 2>&1 </dev/null || status=$?
    printf '$ yilian bill Models/lanshan %s\n' "$line"
    cat "$folder/part"
    printf 'status %d\n\n' "$status"
  done <<'LINES' >"$folder/out"
--episode ""
--episode "vist township 120"
--episode "visit township"
--episode "visit townshp 120; visit lanshan-centrl 80"
--episode "visit township 12.345; visit township -5; visit township 9000000"
--episode "visit township 100 drugs 80 exams 30; stay county 100 outside-catalogue 200"
--episode "transfer-up county 500"
--episode "visit township 100 outside-group; visit township 100 months 2; stay county 100 fee 5"
--episode "visit township 100 drugs; visit township 100 drugs 5 drugs 6; visit township 100 drgs 5"
--episode "refill township 100 drugs 50; refill township 100 months 13"
--episode "date 2020-13-01; date 2010-01-01; new-year 2021"
--episode "visit township 100" --scheme residnt --conditions hypertenson --date tomorrow
--episode nowhere.yaml
LINES
  golden bill-errors.txt
}
claim 'each fault of an episode is one line' wrong_episodes
claim 'a network has no bills' \
  eval 'ends_with 2 "$YILIAN" bill Models/mm1 --episode "visit county 5" && grep -q "is not a region" "$folder/err"'
