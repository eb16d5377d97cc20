#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is told of weekdays, of the ways between tiers and of money, from the file that a user writes to
# the table that he reads.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

flows=$folder/flows.yaml
results=$folder/flows.sqlite
# The measures are those of the page.
{
  printf '%s\n' "model: $top/Models/small-county" 'name: flows' 'policy-start: 2019-01-01' \
    'run: {start: 2018-12-03, warm-up: 0 d, length: 71 d}' 'replications: 2' 'seed: 5' 'baseline: none' \
    'scenarios:' '  - name: none' '  - name: alliance' '    set:' \
    '      policies.two-way-referral.in-force: yes' '      policies.step-down.in-force: yes'
  sed -n '/^measures:/,/^```/{/^```/d;p}' Sources/PatientFlow/PatientFlow.docc/FlowsThroughARegion.md
} >"$flows"

has() {
  local word
  for word in "$@"; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word is not there"; return 1; }
  done
}
# before TEXT TEXT: the first line with the one stands above the first line with the other.
before() {
  awk -v one="$1" -v other="$2" \
    'index($0, one) && !a { a = NR } index($0, other) && !b { b = NR } END { exit !(a && b && a < b) }' \
    "$folder/out" || { echo "$1 is not before $2"; return 1; }
}
# All of them make a table so long that it folds the longest parts.
claim 'the measures of the page are run' eval 'ends_with 0 "$YILIAN" run "$flows" --threads 1 --out "$results" \
  && has "by tier and weekday: "'
some='experiment.measures=[visits-per-day by tier+weekday, transfers by from+to, transfers by from+to+way]'
runs() {
  ends_with 0 env COLUMNS=140 "$YILIAN" run "$flows" --set "$some" --threads 1 --out "$folder/some.sqlite" \
    && has 'county hospitals, Monday' 'township centres → county hospitals' \
      'township centres → county hospitals, registered referral' \
    && ! grep -q 'township centres → village clinics, registered referral' "$folder/out" \
    && before 'village clinics, Monday' 'village clinics, Tuesday' \
    && before 'village clinics, Sunday' 'township centres, Monday'
}
claim 'they are named and listed in order' runs
claim 'and in Chinese' eval 'ends_with 0 env COLUMNS=140 "$YILIAN" compare "$folder/some.sqlite" --language zh \
  && has 县级医院，周一 "乡镇卫生院 → 县级医院，登记上转" 日均门诊人次'

# Each replication: the ways into a tier by referral are the referrals counted there.
adds_up() {
  sqlite3 "file:$results?mode=ro" "SELECT COUNT(*), SUM(referred), SUM(ABS(referred - counted)) FROM (
    SELECT a.value AS counted, (SELECT SUM(b.value) FROM observation b
      WHERE b.point_id = a.point_id AND b.replication = a.replication AND b.measure = 'transfers'
        AND b.dimension = 'from+to+way' AND b.member LIKE '%+' || a.member || '+referral') AS referred
    FROM observation a WHERE a.measure = 'referrals-up' AND a.dimension = 'tier' AND a.member = 'county')" \
    >"$folder/out"
  awk -F'|' '$1 == 4 && $2 > 0 && $3 == 0 { good = 1 } END { exit !good }' "$folder/out" \
    || { cat "$folder/out"; return 1; }
}
claim 'transfers by referral are the referrals attended' adds_up

refused() {
  ends_with 2 "$YILIAN" check "$flows" --set 'experiment.measures=[visits by wekday, transfers]' \
    && grep -q 'visits is not observed by wekday; did you mean weekday?' "$folder/err" \
    && grep -q 'transfers is not observed of the whole; by way, from+to, from+to+way' "$folder/err"
}
claim 'a weekday that is misspelt, and transfers of the whole, are refused in a line each' refused
