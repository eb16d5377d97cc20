#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A results file outlives kills, full disks and folders that may not be written; what is damaged,
# foreign or of another layout is refused in one sentence and left as it is.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

clinic=$tests/experiments/clinic.yaml
RANDOM=20240229

microseconds() { echo "${EPOCHREALTIME//[.,]/}"; }

# stored FILE: its replications; 0 as long as it has no tables.
stored() { sqlite3 "file:$1?mode=ro" 'SELECT COUNT(*) FROM replication' 2>/dev/null || echo 0; }

# killed NAME KILLS COMMAND...: the command stores the rows of an uninterrupted run when it is killed at
# so many random moments and taken up again each time. A moment lies within a quarter of the time that a
# whole run takes.
killed() {
  local whole=$folder/$1-whole.sqlite file=$folder/$1.sqlite most=$2 kills=0 held=0 before
  shift 2
  local began took pause process status
  began=$(microseconds)
  ends_with 0 "$@" --quiet --out "$whole" || return
  took=$(($(microseconds) - began))
  while :; do
    "$@" --quiet --out "$file" --resume >"$folder/out" 2>"$folder/err" &
    process=$!
    if ((kills < most)); then
      pause=$((RANDOM * took / 4 / 32768))
      sleep "$((pause / 1000000)).$(printf '%06d' $((pause % 1000000)))"
      if kill -9 "$process" 2>/dev/null; then kills=$((kills + 1)); fi
    fi
    status=0
    wait "$process" 2>/dev/null || status=$?
    if [[ -s $file ]]; then
      # Reading takes back what was half done. 2: killed before the file had anything in it.
      "$YILIAN" compare "$file" >/dev/null 2>"$folder/err" || (($? == 2)) \
        || { cat "$folder/err"; return 1; }
      [[ $(sqlite3 "$file" 'PRAGMA integrity_check') == ok ]] || { echo 'the file is damaged'; return 1; }
    fi
    before=$held
    held=$(stored "$file")
    ((held >= before)) || { echo "$before replications were stored, then $held"; return 1; }
    ((status == 137)) && continue
    ((status == 0)) || { cat "$folder/err"; return 1; }
    ((kills == most)) && break
    # Over before all kills were spent: begun anew, so that each falls into a run.
    rm -- "$file"
    held=0
  done
  same_rows "$whole" "$file"
}
claim 'a run killed at 20 random moments and resumed each time stores the rows of a whole one' \
  killed clinic 20 "$YILIAN" run "$clinic" --replications 150 --threads 2

if [[ ${YILIAN_LONG:-} ]]; then
  claim 'so does a sweep of 1,000 points of a network' \
    killed sweep 20 "$YILIAN" sweep Models/mm1 --vary 'arrivals.customers.poisson.rate=0.05:0.95 /min' \
    --design lhs --points 1000 --replications 2 --set 'run.length=2000 min' --threads 2
  # 20 points, 5 replications, 60 days.
  {
    printf 'model: %s/Models/small-county\nname: towns\nreplications: 5\nseed: 6\n' "$top"
    printf 'run: {start: 2018-01-01, warm-up: 0 d, length: 60 d}\nscenarios:\n'
    for k in {1..20}; do
      printf '  - {name: s%d, set: {travel: -0.0%02d 1/min}}\n' "$k" $((10 + k))
    done
  } >"$folder/region.yaml"
  claim 'so does a region under 20 scenarios' \
    killed region 20 "$YILIAN" run "$folder/region.yaml" --threads 2
fi

# --- Disks ---------------------------------------------------------------------------------------

whole=$folder/clinic-whole.sqlite
large=("$YILIAN" run "$clinic" --replications 150 --quiet)

# A file that may not grow, and then may.
limited() {
  local file=$folder/limited.sqlite held
  ends_with 3 bash -c 'ulimit -f 512; exec "$@"' _ "${large[@]}" --out "$file" || return
  [[ $(wc -l <"$folder/err") == 1 ]] && grep -q "$file: cannot be written" "$folder/err" \
    || { cat "$folder/err"; return 1; }
  held=$(stored "$file")
  ((held > 0 && held < 450)) || { echo "$held replications"; return 1; }
  ends_with 0 "$YILIAN" compare "$file" && ends_with 0 "${large[@]}" --resume --out "$file" \
    && same_rows "$whole" "$file"
}
claim 'a file that may not grow ends a run in one sentence; what it holds is kept' limited

# Mounts need a namespace of one's own, which not every machine gives.
can_mount() { unshare -rm mount -t tmpfs -o size=1m none "$folder/disk" 2>/dev/null; }
mkdir "$folder/disk"
full() {
  cat >"$folder/full.sh" <<'BASH'
mount -t tmpfs -o size=512k none disk || exit
status=0
"$@" --out disk/full.sqlite 2>err || status=$?
((status == 3)) && [[ $(wc -l <err) == 1 ]] && grep -q 'full.sqlite: the disk is full' err \
  || { echo "status $status"; cat err; exit 1; }
mount -o remount,size=100m disk
held=$(sqlite3 disk/full.sqlite 'SELECT COUNT(*) FROM replication')
((held > 0 && held < 450)) || { echo "$held replications"; exit 1; }
"$@" --resume --out disk/full.sqlite && cp disk/full.sqlite kept.sqlite
BASH
  (cd "$folder" && unshare -rm bash full.sh "${large[@]}") && same_rows "$whole" "$folder/kept.sqlite"
}
read_only() {
  cat >"$folder/read-only.sh" <<'BASH'
mount -t tmpfs none disk && cp kept.sqlite disk/results.sqlite && mount -o remount,ro disk || exit
refused() {
  local status=0
  "$@" 2>err || status=$?
  ((status == 3)) && [[ $(wc -l <err) == 1 ]] && grep -q '^disk/[a-z]*.sqlite: ' err && return
  echo "status $status: $*"
  cat err
  exit 1
}
refused "$@" --out disk/new.sqlite
refused "$@" --out disk/results.sqlite --resume --replications 151
"$YILIAN" compare disk/results.sqlite >/dev/null
BASH
  cp "$whole" "$folder/kept.sqlite" && (cd "$folder" && unshare -rm bash read-only.sh "${large[@]}")
}
if can_mount; then
  claim 'a full disk ends a run in one sentence; with room again, it goes on' full
  claim 'a disk that may only be read is read, and not written to in one sentence' read_only
fi
# Nobody keeps root from writing.
locked() {
  mkdir "$folder/locked" && chmod a-w "$folder/locked" || return
  ends_with 3 "${large[@]}" --out "$folder/locked/new.sqlite" || return
  [[ $(wc -l <"$folder/err") == 1 ]] && grep -q 'cannot be created' "$folder/err"
}
if ((EUID != 0)); then claim 'a folder that may not be written ends a run in one sentence' locked; fi

# --- Files that are none, or no longer -----------------------------------------------------------

# refused WORDS: the file $folder/odd.sqlite is refused by whatever would read or go on with it, and
# stays as it is.
refused() {
  local words=$1 file=$folder/odd.sqlite command
  cp "$file" "$folder/odd.before"
  for command in "compare $file" "reproduce $file" "run $clinic --replications 150 --resume --out $file" \
    "run $file --out $folder/never.sqlite" "merge $whole $file --out $folder/never.sqlite"; do
    # shellcheck disable=SC2086 # the words of a command
    ends_with 2 "$YILIAN" $command --quiet || return
    [[ $(wc -l <"$folder/err") == 1 ]] && grep -q -F -- "$file: $words" "$folder/err" \
      || { echo "$command:"; cat "$folder/err"; return 1; }
    cmp "$file" "$folder/odd.before" || return
  done
  [[ ! -e $folder/never.sqlite && ! -e $file-journal && ! -e $file-wal ]]
}

truncated() {
  local size share
  size=$(stat -c %s "$whole")
  for share in 5 40 75 99; do
    head -c "$((size * share / 100))" "$whole" >"$folder/odd.sqlite"
    refused 'is not a results file, or a damaged one' || { echo "at $share %"; return 1; }
  done
}
claim 'a truncated file is refused' truncated

foreign() {
  rm -f "$folder/odd.sqlite"
  sqlite3 "$folder/odd.sqlite" 'CREATE TABLE replication (a); INSERT INTO replication VALUES (1)'
  refused 'is a database, but not a results file of yilian'
}
claim 'another database is refused' foreign

logged() {
  rm -f "$folder/odd.sqlite"
  sqlite3 "$folder/odd.sqlite" 'PRAGMA journal_mode = WAL; CREATE TABLE a (b)' >/dev/null
  refused 'is a database, but not a results file of yilian'
}
claim 'another database keeps its journal mode' logged

old() {
  cp "$whole" "$folder/odd.sqlite"
  sqlite3 "$folder/odd.sqlite" 'PRAGMA user_version = 0'
  refused 'its layout is number 0; this version reads number 1'
}
claim 'a file of another layout is refused' old

# Another model is named by its file and line.
other_model() {
  mkdir "$folder/other" && cp -R Models/clinic-network "$folder/other/" || return
  sed "s|^model: .*|model: clinic-network|" "$clinic" >"$folder/other/clinic.yaml"
  sed -i '0,/mean: 2 min/s//mean: 3 min/' "$folder/other/clinic-network/model.yaml"
  cp "$whole" "$folder/kept.sqlite"
  ends_with 2 "$YILIAN" run "$folder/other/clinic.yaml" --replications 150 --resume --quiet \
    --out "$folder/kept.sqlite" || return
  grep -q -E 'model/model.yaml:[0-9]+: the file has .*mean: 2 min.*, this run has .*mean: 3 min' \
    "$folder/err" || { cat "$folder/err"; return 1; }
  cmp "$whole" "$folder/kept.sqlite"
}
claim 'a file of another model is refused, with the line that differs' other_model
