#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# However a design is run, its rows are the same.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

clinic=$tests/experiments/clinic.yaml
whole=$folder/whole.sqlite
claim 'a run ends with status 0' \
  ends_with 0 "$YILIAN" run "$clinic" --threads 1 --out "$whole" --quiet

on_threads() {
  ends_with 0 "$YILIAN" run "$clinic" --threads "$1" --out "$folder/threads-$1.sqlite" --quiet \
    && same_rows "$whole" "$folder/threads-$1.sqlite"
}
claim 'two threads store the rows of one' on_threads 2
claim 'seven threads store the rows of one' on_threads 7

# Another process has another seed for its hash tables.
tables_of() { sqlite3 "file:$1?mode=ro" 'SELECT * FROM replication; SELECT * FROM observation'; }
same_bytes() {
  tables_of "$whole" >"$folder/bytes-1" && tables_of "$folder/threads-2.sqlite" >"$folder/bytes-2" \
    && cmp "$folder/bytes-1" "$folder/bytes-2"
}
claim 'two processes write the same bytes in the same order' same_bytes

three_shards() {
  local part
  for part in 1 2 3; do
    ends_with 0 "$YILIAN" run "$clinic" --shard "$part/3" --out "$folder/part-$part.sqlite" --quiet \
      || return
  done
  ends_with 0 "$YILIAN" merge "$folder"/part-{3,1,2}.sqlite --out "$folder/merged.sqlite" \
    && same_rows "$whole" "$folder/merged.sqlite"
}
claim 'three shards merge to the rows of the whole' three_shards

# Each shard of eighteen holds one replication of one scenario, run from time zero by itself.
apart() {
  local part
  for part in 13 14 15 16 17 18; do
    ends_with 0 "$YILIAN" run "$clinic" --shard "$part/18" --out "$folder/one-$part.sqlite" --quiet \
      || return
  done
  ends_with 0 "$YILIAN" merge "$folder"/one-*.sqlite --out "$folder/apart.sqlite" --allow-missing \
    || return
  local query='SELECT * FROM replication WHERE point_id = 3 ORDER BY 1, 2;
    SELECT * FROM observation WHERE point_id = 3 ORDER BY 1, 2, 3, 4, 5'
  cmp <(sqlite3 "$folder/apart.sqlite" "$query") <(sqlite3 "$whole" "$query")
}
claim 'a scenario that left the run of the baseline stores what it stores when run alone' apart

extended() {
  ends_with 0 "$YILIAN" run "$clinic" --replications 2 --out "$folder/extended.sqlite" --quiet \
    && ends_with 0 "$YILIAN" run "$clinic" --out "$folder/extended.sqlite" --resume --quiet \
      --replications 6 && same_rows "$folder/extended.sqlite" "$whole"
}
claim 'more replications extend a file to the rows of a longer run' extended

# What had finished when the signal came is kept.
stopped_by() {
  local file=$folder/stopped-$1.sqlite status=0 process count
  local run=("$YILIAN" run "$clinic" --set 'run.length=400 week' --threads 1 --out "$file")
  "${run[@]}" >"$folder/out" 2>"$folder/err" &
  process=$!
  for _ in {1..200}; do
    sleep 0.05
    count=$(sqlite3 "file:$file?mode=ro" 'SELECT COUNT(*) FROM replication' 2>/dev/null || echo 0)
    ((count > 0)) && break
  done
  kill "-$1" "$process"
  wait "$process" || status=$?
  ((status == 130)) || { echo "status $status"; cat "$folder/err"; return 1; }
  grep -q "stopped: [0-9]* of 18 replications are in $file; --resume goes on" "$folder/err" \
    || { cat "$folder/err"; return 1; }
  count=$(sqlite3 "$file" 'SELECT COUNT(*) FROM replication')
  ((count > 0 && count < 18)) || { echo "$count replications"; return 1; }
  [[ ! -e $file-journal ]] || { echo 'a journal was left'; return 1; }
}
claim 'SIGINT ends a run with status 130 and keeps what was finished' stopped_by INT
claim 'SIGTERM ends a run with status 130 and keeps what was finished' stopped_by TERM

reproduced() {
  ends_with 0 "$YILIAN" reproduce "$whole" --threads 2 || return
  grep -q '18 replications are the same bit for bit' "$folder/out" || return
  ends_with 0 "$YILIAN" reproduce "$whole" --replication 3 --json || return
  grep -q '"compared": 3' "$folder/out"
}
claim 'reproduce finds the same bits, in all replications or in one' reproduced

spoiled() {
  cp "$whole" "$folder/spoiled.sqlite"
  sqlite3 "$folder/spoiled.sqlite" \
    "UPDATE replication SET checksum = '0123456789abcdef' WHERE point_id = 2 AND replication = 5"
  ends_with 1 "$YILIAN" reproduce "$folder/spoiled.sqlite" || return
  grep -q 'point 2, replication 5: checksum: the file has 0123456789abcdef' "$folder/err" || return
  grep -q '1 of 18 replications differ' "$folder/err"
}
claim 'reproduce ends with status 1 and names what differs' spoiled
