#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The worked studies of Models/studies: every one is without fault, and what it obtains agrees with what
# was published. The seeds are theirs, so a study that passes here passes everywhere; one in twenty rows
# would pass with a bias as large as its band, and a row without bias passes with the power it prints.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

studies=Models/studies
checks() {
  local study
  for study in "$studies"/*/; do
    ends_with 0 "$YILIAN" check "${study%/}" || return
    for file in model.yaml sources.yaml published.csv README.md; do
      [[ -s $study$file ]] || { echo "$study$file is not there"; return 1; }
    done
    grep -q -F "($(basename "$study"))" "$studies/README.md" \
      || { echo "$study is not in $studies/README.md"; return 1; }
  done
}
claim 'every study is without fault and listed' checks

answers() {
  ends_with 0 "$YILIAN" replicate --all --json --quiet --threads 2 || return
  cp "$folder/out" "$folder/all.json"
  (($(grep -c '"study": ' "$folder/out") >= 13)) || { echo 'studies are missing'; return 1; }
  ! grep '"verdict": ' "$folder/out" | grep -v '"equivalent"' || return
  # The least power of each study, and of each row.
  local weak
  weak=$(grep -o '"power": [0-9.e-]*' "$folder/out" | awk '$2 < 0.9' | sort -u)
  [[ -z $weak ]] || { echo "power below 0.9: $weak"; return 1; }
}
claim 'every study obtains what was published, at a power of 0.9 or more' answers

by_path() {
  ends_with 0 "$YILIAN" replicate office-hours --json --quiet --threads 1 || return
  mv "$folder/out" "$folder/by-name"
  ends_with 0 "$YILIAN" replicate "$studies/office-hours" --json --quiet --threads 2 || return
  cmp "$folder/by-name" "$folder/out"
}
claim 'a study by name and by path, on one thread and on two, gives the same bytes' by_path

# falsified STUDY ROW VALUE: a copy whose published value is another one.
falsified() {
  rm -rf -- "$folder/copy"
  cp -r -- "$studies/$1" "$folder/copy" || return
  awk -F, -v row="$2" -v value="$3" 'BEGIN { OFS = "," } $1 == row { $7 = value } { print }' \
    "$studies/$1/published.csv" >"$folder/copy/published.csv"
  ! cmp -s "$studies/$1/published.csv" "$folder/copy/published.csv" || return
  ends_with 1 "$YILIAN" replicate "$folder/copy" --language en || return
  grep -q -E ' (differs|undecided)$' "$folder/out"
}
claim 'a wrong published value is found' falsified office-hours wait 6.9
claim 'and one that is wrong by one band' falsified emergency-boarding diverted 0.2526

broken() {
  cp -r -- "$studies/office-hours" "$folder/broken" || return
  sed -i 's/queue-length/queue-lenght/' "$folder/broken/published.csv"
  ends_with 2 "$YILIAN" "$1" "$folder/broken" || return
  grep -q -F 'published.csv:3: [queue].measure: “queue-lenght” is not a measure' "$folder/err" \
    || { cat "$folder/err"; return 1; }
}
claim 'check finds a fault in published.csv' broken check
rm -rf -- "$folder/broken"
claim 'replicate finds it before it runs' broken replicate

table() {
  ends_with 0 "$YILIAN" replicate office-hours --language en || return
  grep -q -E '^Wait, doctor \(hours\) .* agrees$' "$folder/out" \
    && grep -q -F 'doi:10.1287/ijoc.1050.0157' "$folder/out" \
    && grep -q -F '5 of 5 agree' "$folder/out" || return
  ends_with 0 "$YILIAN" replicate office-hours --language zh || return
  grep -q -F '一致' "$folder/out"
}
claim 'the table says measure, value, band, power and verdict' table
