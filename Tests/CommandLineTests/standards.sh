#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Descriptions under reporting standards, of models, experiments and results files.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

describe() { ends_with 0 "$YILIAN" describe "$@"; }
has() {
  local words
  for words in "$@"; do
    grep -q -F -- "$words" "$folder/out" || { echo "$words is not there"; return 1; }
  done
}
claim 'an experiment under every heading of STRESS-DES, nothing missing' \
  eval 'describe Experiments/lanshan.yaml --format stress-des && has "### 1.1 Purpose of the model" \
    "### 6.1 Computer model sharing statement" "policies.alliance.in-force" \
    && ! grep -q "NOT PROVIDED" "$folder/out"'
claim 'a model under every heading of ODD, in Chinese' \
  eval 'describe Models/mm1 --format odd --language zh && has "### 4.12 个体决策（ODD+D）" "## 7 子模型" \
    && ! grep -q 未提供 "$folder/out"'
claim 'what an author left out is said to be missing' \
  eval 'describe Models/mmc --format stress-des && has "**NOT PROVIDED** (\`documentation.purpose\`)"'
json() {
  describe Models/mmc --format odd --json || return
  python3 - "$folder/out" <<'PYTHON'
import json, sys
items = json.load(open(sys.argv[1], encoding="utf-8"))["items"]
assert len(items) == 20 and [i["number"] for i in items if not i["provided"]] == ["1", "4.1", "4.2"]
assert all(i["heading"] and i["heading_zh"] and i["keys"] for i in items)
PYTHON
}
claim 'as JSON, with what is missing' json
of_results() {
  ends_with 0 "$YILIAN" run Models/mm1 --replications 2 --set 'run.length=500 min' --quiet \
    --out "$folder/mm1.sqlite" || return
  describe "$folder/mm1.sqlite" --format stress-des --out "$folder/mm1.md" || return
  cp "$folder/mm1.md" "$folder/out"
  has '# STRESS-DES: M/M/1 queue' '2 of 2 pairs' 'length 500 min' 'yilian reproduce' '| base | `wait` |'
}
claim 'a results file is described with its run, into a file' of_results
refuses() {
  local words=$1
  shift
  ends_with 2 "$YILIAN" describe "$@" && grep -q -F -- "$words" "$folder/err" \
    || { cat "$folder/err"; return 1; }
}
claim '--set changes nothing of a results file' \
  refuses '--set can change nothing' "$folder/mm1.sqlite" --format odd --set run.seed=2
claim 'a file of another kind is refused' \
  refuses 'let it end in .md' Models/mm1 --format odd --out mm1.pdf
