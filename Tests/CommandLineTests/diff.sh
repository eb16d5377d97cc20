#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What differs between two models, experiments or results files, and the status that says whether
# anything does.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

diffs() { ends_with "$1" "$YILIAN" diff "${@:2}"; }
has() {
  local line
  for line in "$@"; do
    grep -q -x -F -- "$line" "$folder/out" || { echo "no line: $line"; cat "$folder/out"; return 1; }
  done
}
cp -r Models/mm1 "$folder/other"
sed -i 's/value: 0.8 .min/value: 48 \/h/; s/value: 1 min/value: 90 s/' "$folder/other/model.yaml"
sed -i '/^    - delay: service/i\    - delay: {uniform: {low: 0 min, high: 1 min}}' "$folder/other/model.yaml"

claim 'a model is no other than itself' \
  eval 'diffs 0 Models/mm1 Models/mm1 && has "No difference."'
page() {
  local line
  diffs 1 Models/mm1 Models/mmc || return
  sed -n '/^```/,/^```/p' Sources/ModelFiles/ModelFiles.docc/TellingModelsApart.md \
    | grep -E '^([~+-] |Changed)' >"$folder/page"
  (($(wc -l <"$folder/page") == 6)) || return
  while IFS= read -r line; do has "$line" || return; done <"$folder/page"
}
claim 'the example of the documentation is what it prints' page
claim 'models differ by key, old, new and unit, and a rate in another unit is no other rate' \
  eval 'diffs 1 Models/mm1 "$folder/other" && has "~ durations.service.exponential.mean: 1 → 1.5 min" \
    && has "+ pathways.service[2]: {delay: {uniform: {low: 0 min, high: 1 min}}}" \
    && (($(grep -c "^[~+-] " "$folder/out") == 2))'
claim 'the words are Chinese if wanted' \
  eval 'diffs 0 Models/mm1 Models/mm1 --language zh && has 没有差异。'
json() {
  diffs 1 Models/mm1 "$folder/other" --json || return
  python3 - "$folder/out" <<'PYTHON'
import json, sys
answer = json.load(open(sys.argv[1], encoding="utf-8"))
assert answer["kind"] == "model" and answer["equal"] is False
mean = next(k for k in answer["keys"] if k["path"] == "durations.service.exponential.mean")
assert (mean["change"], mean["old_number"], mean["new_number"], mean["unit"]) == ("changed", 1, 1.5, "min")
PYTHON
}
claim 'as JSON' json
claim 'with --quiet the status alone tells' \
  eval 'diffs 1 Models/mm1 "$folder/other" --quiet && [[ ! -s $folder/out ]]'

cat >"$folder/one.yaml" <<YAML
model: $top/Models/mm1
replications: 2
scenarios: [{name: base}, {name: two, set: {resources.server.capacity: 2}}]
YAML
sed 's/capacity: 2/capacity: 3/; s/replications: 2/run: {replications: 2}/' "$folder/one.yaml" >"$folder/two.yaml"
claim 'experiments differ by what their scenarios set' \
  eval 'diffs 1 "$folder/one.yaml" "$folder/two.yaml" \
    && has "~ experiment.scenarios.two.set.resources.server.capacity: 2 → 3" \
    && (($(grep -c "^[~+-] " "$folder/out") == 1))'

run() { ends_with 0 "$YILIAN" run "$1" --out "$2" --quiet --set 'run.length=500 min' "${@:3}"; }
results() {
  run "$folder/one.yaml" "$folder/a.sqlite" || return
  run "$folder/one.yaml" "$folder/same.sqlite" --threads 1 || return
  run "$folder/two.yaml" "$folder/b.sqlite" --seed 2 || return
  diffs 0 "$folder/a.sqlite" "$folder/same.sqlite" && has 'No difference.' || return
  diffs 1 "$folder/a.sqlite" "$folder/b.sqlite" || return
  has '~ provenance.seed: 1 → 2' '~ experiment.scenarios.two.set.resources.server.capacity: 2 → 3' \
    'replications in both files that came out otherwise: 4 / 4' || return
  grep -q '^  wait ' "$folder/out" || { echo 'no means'; cat "$folder/out"; return 1; }
}
claim 'results differ by seed, design, replications and means; the same run twice does not' results
fewer() {
  run "$folder/one.yaml" "$folder/more.sqlite" --replications 3 || return
  diffs 1 "$folder/a.sqlite" "$folder/more.sqlite" || return
  has '~ provenance.replications: 2 → 3' 'replications in both files that came out otherwise: 0 / 4'
}
claim 'more replications of the same run are told as that' fewer

refuses() {
  ends_with 2 "$YILIAN" diff "$1" "$2" && grep -q -F -- "$3" "$folder/err" || { cat "$folder/err"; return 1; }
}
claim 'two kinds are refused' \
  refuses Models/mm1 "$folder/one.yaml" 'is a folder, and'
claim 'a missing file is refused' refuses "$folder/one.yaml" "$folder/three.yaml" 'does not exist'
printf 'SQLite format 3\0 and nothing more' >"$folder/broken.sqlite"
claim 'a damaged results file is refused' \
  refuses "$folder/a.sqlite" "$folder/broken.sqlite" 'is not a results file'
