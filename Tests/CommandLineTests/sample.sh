#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A sample of a region's residents in place of all of them.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

county=$top/Models/small-county
short=(--set 'run.warm-up=0 d' --set 'run.length=90 d' --replications 2 --threads 1)
run() { "$YILIAN" run "$county" "${short[@]}" "$@"; }

equal_to_none() {
  run --quiet --out "$folder/none.sqlite" 2>"$folder/err" \
    && run --quiet --sample 1 --out "$folder/one.sqlite" 2>"$folder/err" \
    && same_rows "$folder/none.sqlite" "$folder/one.sqlite"
}
claim 'a sample of 1 is no sample' equal_to_none

says_so() {
  run --sample 0.2 --language en --out "$folder/fifth.sqlite" 2>/dev/null >"$folder/out" || return
  grep -q 'Simulated: 20 % of residents' "$folder/out" \
    && "$YILIAN" compare "$folder/fifth.sqlite" --language zh | grep -q '仅模拟 20% 的居民' \
    && ! "$YILIAN" compare "$folder/none.sqlite" --language en | grep -q 'of residents;'
}
claim 'tables say that a sample was simulated, in both languages' says_so

agrees() { ends_with 0 "$YILIAN" reproduce "$folder/fifth.sqlite" --threads 1; }
claim 'a sampled results file is reproduced' agrees

same_by_setting() {
  run --quiet --set 'run.sample=20 %' --out "$folder/set.sqlite" 2>"$folder/err" \
    && same_rows "$folder/fifth.sqlite" "$folder/set.sqlite"
}
claim 'the option and the setting are the same' same_by_setting

refuses() {
  local words=$1
  shift
  ends_with 2 "$YILIAN" run "$@" --quiet || return
  grep -q -F -- "$words" "$folder/err" || { cat "$folder/err"; return 1; }
}
one_line() { refuses "$@" && [[ $(wc -l <"$folder/err") == 1 ]]; }
claim 'a network has no residents to sample' \
  one_line 'is of regions, and this is a network' "$top/Models/mm1" --sample 0.5
claim 'nobody is no sample' refuses 'run.sample' "$county" --sample 0
claim 'more than all is no sample' refuses 'run.sample' "$county" --sample 1.5
claim 'another sample does not continue a file' \
  refuses 'sample: the file has 0.2, this run has 0.5' "$county" "${short[@]}" --sample 0.5 \
  --resume --out "$folder/fifth.sqlite"
