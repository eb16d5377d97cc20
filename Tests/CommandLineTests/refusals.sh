#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is refused, with which status and in which words.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

mm1=$top/Models/mm1
file=$folder/mm1.sqlite
short=(--replications 2 --set 'run.length=500 min' --quiet)
claim 'a run ends with status 0' ends_with 0 "$YILIAN" run "$mm1" "${short[@]}" --out "$file"
cp "$file" "$folder/before.sqlite"

# refuses STATUS WORDS COMMAND...: one line on standard error holds the words, nothing else is said.
refuses() {
  local status=$1 words=$2
  shift 2
  ends_with "$status" "$@" || return
  grep -q -F -- "$words" "$folder/err" || { cat "$folder/err"; return 1; }
  [[ $(wc -l <"$folder/err") == 1 && ! -s $folder/out ]] || { cat "$folder/err" "$folder/out"; return 1; }
}
untouched_by() { "$@" && cmp "$file" "$folder/before.sqlite"; }
merge_other() {
  ends_with 0 "$YILIAN" run "$mm1" "${short[@]}" --seed 5 --out "$folder/seed-5.sqlite" || return
  refuses 2 'seed: it has 5' "$YILIAN" merge "$file" "$folder/seed-5.sqlite" --out "$folder/m.sqlite"
}
merge_missing() {
  ends_with 0 "$YILIAN" run "$mm1" "${short[@]}" --shard 1/2 --out "$folder/half.sqlite" || return
  refuses 2 'they belong to shard 2/2' "$YILIAN" merge "$folder/half.sqlite" --out "$folder/m.sqlite" \
    && [[ ! -e $folder/m.sqlite ]]
}
untouched() { refuses "$@" && cmp "$file" "$folder/before.sqlite"; }

claim 'an existing file is refused without --resume, and untouched' \
  untouched 2 'the file exists' "$YILIAN" run "$mm1" "${short[@]}" --out "$file"
claim 'a complete file is resumed to nothing' \
  untouched_by ends_with 0 "$YILIAN" run "$mm1" "${short[@]}" --out "$file" --resume
claim 'another seed is refused' untouched 2 'seed: the file has 1, this run has 2' \
  "$YILIAN" run "$mm1" "${short[@]}" --seed 2 --out "$file" --resume
claim 'another setting is refused' untouched 2 'this run has' \
  "$YILIAN" run "$mm1" "${short[@]}" --set resources.server.capacity=2 --out "$file" --resume
claim 'fewer replications are refused' untouched 2 'replications: the file has 2, this run has 1' \
  "$YILIAN" run "$mm1" "${short[@]}" --replications 1 --out "$file" --resume
claim 'a shard does not continue a whole run' untouched 2 'shard: the file has 1/1' \
  "$YILIAN" run "$mm1" "${short[@]}" --shard 1/2 --out "$file" --resume
claim 'a folder that is not there is refused' \
  refuses 2 'does not exist; make it first' "$YILIAN" run "$mm1" "${short[@]}" --out "$folder/no/where.sqlite"
claim 'an empty name is refused' \
  refuses 2 'the name of the results file is empty' "$YILIAN" run "$mm1" "${short[@]}" --out ''
claim 'a file that is no results file is refused' \
  refuses 2 'is not a results file' "$YILIAN" compare "$top/README.md"
claim 'a missing results file is refused' \
  refuses 2 'there is no such file' "$YILIAN" compare "$folder/none.sqlite"
claim 'merge refuses an existing output' \
  untouched 2 'the file exists' "$YILIAN" merge "$file" --out "$file"
claim 'merge refuses other designs' merge_other
claim 'merge refuses missing shards' merge_missing
claim 'reproduce refuses a replication that is not there' \
  refuses 2 'holds no replication 9' "$YILIAN" reproduce "$file" --replication 9
claim 'a folder for CSV that a file stands in the way of is refused before the run' \
  refuses 2 '/dev/null is a file, not a folder' "$YILIAN" run "$mm1" "${short[@]}" --out "$folder/csv.sqlite" \
  --csv /dev/null/csv
full_output() {
  local status=0
  "$YILIAN" compare "$file" >/dev/full 2>"$folder/err" || status=$?
  ((status == 3)) && grep -q 'standard output cannot be written' "$folder/err"
}
claim 'an output that cannot be written is the machine'"'"'s fault' full_output

# Members that are known beforehand are looked up before anything is run, and no file is begun.
unknown_member() {
  refuses 2 'resource has no “sever”; did you mean server?' "$YILIAN" run "$mm1" --quiet \
    --precision 'wait by resource=sever 5 %' --out "$folder/member.sqlite" \
    && refuses 2 'class has no “nobody”' "$YILIAN" select "$tests/experiments/clinic.yaml" --best lowest \
      --measure 'wait by class=nobody' --difference 1 --out "$folder/member.sqlite" \
    && refuses 2 'tier has no “towns”' "$YILIAN" run "$top/Models/small-county" --quiet \
      --precision 'visits by tier=towns 5 %' --out "$folder/member.sqlite" \
    && [[ ! -e $folder/member.sqlite ]]
}
claim 'a member that no dimension has is refused before anything is run' unknown_member
