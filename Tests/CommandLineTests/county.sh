#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A region over a few weeks: the rows do not hang on how it is run, and what changes nothing is zero.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

county=$tests/experiments/county.yaml
whole=$folder/whole.sqlite
claim 'a region runs' ends_with 0 env COLUMNS=120 "$YILIAN" run "$county" --threads 2 --out "$whole"
mv "$folder/out" "$folder/printed"

# Six pairs in six shards: each scenario is run from time zero, none leaves the baseline's run.
apart() {
  local part
  for part in 1 2 3 4 5 6; do
    ends_with 0 "$YILIAN" run "$county" --shard "$part/6" --threads 1 \
      --out "$folder/part-$part.sqlite" --quiet || return
  done
  ends_with 0 "$YILIAN" merge "$folder"/part-*.sqlite --out "$folder/merged.sqlite" \
    && same_rows "$whole" "$folder/merged.sqlite"
}
claim 'scenarios that share the time before their policies store what whole runs store' apart

zero() {
  local count wrong
  count=$(sqlite3 "$whole" "SELECT COUNT(*) FROM contrast WHERE scenario = 'same'")
  wrong=$(sqlite3 "$whole" "SELECT COUNT(*) FROM contrast WHERE scenario = 'same'
    AND (mean_difference <> 0 OR ci_low <> 0 OR ci_high <> 0)")
  ((count > 50 && wrong == 0)) || { echo "$wrong of $count differ from zero"; return 1; }
}
claim 'a policy set to what it is changes no number' zero

shows() {
  local word
  for word in Visits 'village clinics' 'Primary share of visits (%)' 'In-county share of visits (%)' \
    'Referrals up, attended' 'Wait for the first consult (minutes)' 'Bed occupancy (%)' \
    'Out-of-pocket spend per head (CNY)' 'Fund spend per head (CNY)' 'noise removed'; do
    grep -q -F -- "$word" "$folder/printed" || { echo "$word is not printed"; return 1; }
  done
}
claim 'the print says what a planner reads' shows
claim 'a region reproduces bit for bit' ends_with 0 "$YILIAN" reproduce "$whole" --replication 1
