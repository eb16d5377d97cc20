#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a results file holds, and that tables, JSON and CSV say the same.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

clinic=$tests/experiments/clinic.yaml
file=$folder/clinic.sqlite
claim 'run prints what is in the file' \
  ends_with 0 "$YILIAN" run "$clinic" --out "$file" --csv "$folder/csv"
mv "$folder/out" "$folder/printed"

sql() { sqlite3 "file:$file?mode=ro" "$1"; }

columns() { [[ $(sql "SELECT group_concat(name, ' ') FROM pragma_table_info('$1')") == "$2" ]]; }
claim 'provenance has its columns' columns provenance 'key value'
claim 'point has its columns' columns point 'point_id scenario settings'
claim 'replication has its columns' columns replication 'point_id replication events checksum'
claim 'observation has its columns' columns observation \
  'point_id replication measure dimension member value'
claim 'summary has its columns' columns summary \
  'point_id scenario measure dimension member n mean sd ci_low ci_high'
claim 'contrast has its columns' columns contrast \
  'point_id scenario baseline measure dimension member n mean_difference ci_low ci_high'

alone() {
  local names
  names=$(cd "$folder" && printf '%s ' clinic.sqlite*)
  [[ $names == 'clinic.sqlite ' ]] || { echo "$names"; return 1; }
  # A copy without the right to write, in a folder without it.
  mkdir "$folder/locked" && cp "$file" "$folder/locked/copy.sqlite" || return
  chmod a-w "$folder/locked" "$folder/locked/copy.sqlite"
  ends_with 0 "$YILIAN" compare "$folder/locked/copy.sqlite"
}
claim 'one file holds everything and opens read-only' alone

provenance() {
  local key
  for key in version command seed start probe-digest model-digest experiment-digest \
    'text of model/model.yaml' 'text of experiment/clinic.yaml'; do
    [[ -n $(sql "SELECT value FROM provenance WHERE key = '$key'") ]] || { echo "$key"; return 1; }
  done
  cmp <(sql "SELECT value FROM provenance WHERE key = 'text of experiment/clinic.yaml'") \
    <(cat "$clinic"; echo)
}
claim 'provenance holds digests and full texts' provenance

settings() {
  [[ $(sql 'SELECT settings FROM point WHERE point_id = 2') \
    == '{"durations.triage.exponential":"3 min"}' ]]
}
claim 'a point holds its settings as JSON' settings

zero() {
  local count wrong
  count=$(sql "SELECT COUNT(*) FROM contrast WHERE scenario = 'same'")
  wrong=$(sql "SELECT COUNT(*) FROM contrast WHERE scenario = 'same'
    AND (mean_difference <> 0 OR ci_low <> 0 OR ci_high <> 0)")
  ((count > 50 && wrong == 0)) || { echo "$wrong of $count differ from zero"; return 1; }
}
claim 'a scenario that changes nothing has contrasts of exactly zero' zero

# The same numbers by way of R's and pandas' reading: plain SQL over observation.
recomputed() {
  local worst
  worst=$(sql "
    WITH moments AS (
      SELECT point_id, measure, dimension, member, COUNT(value) AS n, AVG(value) AS mean,
        SUM(value * value) AS squares
      FROM observation WHERE value IS NOT NULL GROUP BY 1, 2, 3, 4)
    SELECT MAX(ABS(s.mean - m.mean) / MAX(1e-300, ABS(m.mean)))
      + MAX(ABS(s.sd * s.sd - (m.squares - m.n * m.mean * m.mean) / (m.n - 1)) / MAX(1, m.squares))
    FROM summary s JOIN moments m USING (point_id, measure, dimension, member)")
  [[ $(sqlite3 :memory: "SELECT $worst < 1e-9") == 1 ]] || { echo "$worst"; return 1; }
}
claim 'summary agrees with moments taken another way' recomputed

# prints LINE NUMBERS: the line holds an estimate with the ends of its interval, or its half-width.
prints() {
  local line=${1//,/} mean low high half
  read -r mean low high half <<<"$2"
  [[ $line == *" $mean [$low $high]"* || $line == *" $mean ± $half"* ]] && return
  echo "$2 is not in: $1"
  return 1
}

# printed_mean MEASURE DECIMALS SCALE LABEL
printed_mean() {
  local numbers line
  line=$(grep -m 1 -F -- "$4  " "$folder/printed") || { echo "no line $4"; return 1; }
  while read -r numbers; do
    prints "$line" "$numbers" || return
  done < <(sql "SELECT printf('%.$2f %.$2f %.$2f %.$2f', mean * $3, ci_low * $3, ci_high * $3,
      (ci_high - ci_low) / 2 * $3)
    FROM summary WHERE measure = '$1' AND dimension = '' ORDER BY point_id")
}
claim 'the print of a mean agrees with summary' printed_mean wait 1 1 'Wait (minutes)'
claim 'the print of a share agrees with summary' printed_mean utilisation 1 100 'Utilisation (%)'
claim 'the print of a count agrees with summary' printed_mean arrivals 0 1 'Arrivals'

printed_contrast() {
  local line
  line=$(sed -n '/^Difference from/,$p' "$folder/printed" | grep -m 1 '^Wait (minutes)')
  prints "$line" "$(sql "SELECT printf('%+.2f %+.2f %+.2f %.2f', mean_difference, ci_low, ci_high,
      (ci_high - ci_low) / 2)
    FROM contrast WHERE measure = 'wait' AND dimension = '' AND scenario = 'slower'")"
}
claim 'the print of a difference agrees with contrast' printed_contrast

json() {
  ends_with 0 "$YILIAN" compare "$file" --json || return
  local expected
  expected=$(sql "SELECT COUNT(*) FROM summary")
  [[ $(grep -c '"mean":' "$folder/out") == "$expected" ]] || { echo 'summary'; return 1; }
  expected=$(sql "SELECT COUNT(*) FROM contrast")
  [[ $(grep -c '"mean_difference":' "$folder/out") == "$expected" ]] || { echo 'contrast'; return 1; }
}
claim 'JSON holds every row of both views' json

other_baseline() {
  ends_with 0 "$YILIAN" compare "$file" --baseline slower && grep -q '^Difference from slower' "$folder/out" \
    && ends_with 2 "$YILIAN" compare "$file" --baseline slwoer && grep -q 'did you mean slower?' "$folder/err"
}
claim 'compare takes another baseline, and names the nearest to an unknown one' other_baseline

chinese() {
  ends_with 0 "$YILIAN" compare "$file" --language zh && grep -q '等待时间 (分钟)' "$folder/out" || return
  ends_with 0 env LC_ALL= LANG=zh_CN.UTF-8 "$YILIAN" compare "$file" && grep -q '逗留时间' "$folder/out"
}
claim 'tables are in the language asked for, or in that of the locale' chinese

csv() {
  local table
  for table in provenance point replication observation summary contrast; do
    local lines rows
    rows=$(sql "SELECT COUNT(*) FROM $table")
    lines=$(wc -l <"$folder/csv/$table.csv")
    # Texts in provenance have line breaks of their own.
    [[ $table == provenance ]] || ((lines == rows + 1)) || { echo "$table: $lines"; return 1; }
  done
  cmp <(sql "SELECT point_id, replication, checksum FROM replication" | tr '|' ',') \
    <(tail -n +2 "$folder/csv/replication.csv" | cut -d, -f1,2,4)
}
claim '--csv writes the same rows' csv

valid_package() {
  Tests/set-up --python 'frictionless>=5.18,<6' >&2 || return
  (cd "$folder/csv" && "$top/.venv/bin/frictionless" validate datapackage.json)
}
claim 'the CSV is a valid Frictionless data package' valid_package

# The examples of the page on results files.
page=Sources/ExperimentRunner/ExperimentRunner.docc/ResultsFiles.md
block() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$page" | sed '/^```/d'; }
sql_examples() {
  block sql | sqlite3 "file:$file?mode=ro" >"$folder/out" || return
  grep -q '^slower|wait|' "$folder/out" && grep -q '^same|6|ward-bed|' "$folder/out"
}
claim 'the SQL of the documentation runs' sql_examples

example() {
  local language=$1
  shift
  block "$language" >"$folder/example"
  cp "$file" "$folder/results.sqlite"
  (cd "$folder" && "$@" example) >"$folder/out" || return
  grep -q utilisation "$folder/out"
}
Tests/set-up --python pandas duckdb >&2
claim 'the pandas of the documentation runs' example 'python pandas' "$top/.venv/bin/python"
claim 'the DuckDB of the documentation runs' example 'python duckdb' "$top/.venv/bin/python"
if [[ ${YILIAN_LONG:-} ]]; then Tests/set-up r-base-core r-cran-rsqlite >&2; fi
if command -v Rscript >/dev/null && Rscript -e 'library(RSQLite)' >/dev/null 2>&1; then
  claim 'the R of the documentation runs' example r Rscript
fi
