#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The words of the program, kept in golden/. After a change that is meant,
#
#   YILIAN=.build/release/yilian YILIAN_GOLDEN=write bash Tests/CommandLineTests/words.sh
#
# writes them anew, and the difference is looked through.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"

said() {
  local name=$1
  shift
  "$YILIAN" "$@" >"$folder/out" 2>&1 && golden "$name"
}
claim 'help of the program' said help.txt --help
for command in check warm-up run compare select merge reproduce replicate trace describe schema levers bill \
  cluster sweep diff fit sensitivity explain twins economics seek calibrate uncertainty scorecard baseline new; do
  claim "help of $command" said "help-$command.txt" "$command" --help
done

has() {
  local word
  for word in "$@"; do
    grep -q -F -- "$word" "$folder/out" || { echo "$word is not there"; return 1; }
  done
}
schema() { ends_with 0 "$YILIAN" schema "$@"; }
claim 'schema lists the measures of both kinds' \
  eval 'schema && has "wait  (time units)" "primary-visit-share  (%)" "dimensions: all, tier"'
claim 'schema in Chinese' eval 'schema --language zh && has 基层就诊率 等待时间'
claim 'schema lists the language of networks' \
  eval 'schema && has "EVERY STEP" "seize.keep-free" "EVERY DISTRIBUTION" "at-shift-end"'
claim 'schema as JSON' eval 'schema --json && has "\"name\": \"queue-length\"" "\"formula\":" "\"window\":"'
levers() { ends_with 0 "$YILIAN" levers "$@"; }
claim 'levers lists every lever with its keys and claims' \
  eval 'levers && has "two-way-referral" "registered-share: share of" "0 … 1 share" "Claims served: "'
claim 'levers in Chinese, and some of them' \
  eval 'levers step-down --language zh && has 下转康复 接受下转的比例 && ! grep -q rotating "$folder/out"'
claim 'levers as JSON' eval 'levers --json && has "\"mechanism\":" "\"zh\": \"双向转诊\""'
claim 'a lever that is not there is named, with the nearest' \
  eval 'ends_with 2 "$YILIAN" levers step-dwon && grep -q "did you mean step-down" "$folder/err"'
describes() { ends_with 0 "$YILIAN" describe Models/mm1 --format parameters "$@"; }
claim 'describe gives every number with its evidence and source' \
  eval 'describes && has "resources.server.capacity" "gross-2008" "0.1 … 0.95" assumed'
claim 'describe as JSON' eval 'describes --json && has "\"evidence\": \"assumed\"" "\"low\": 0.1"'
claim 'a value of the command line is marked as a scenario'"'"'s' \
  eval 'describes --set resources.server.capacity=2 && has scenario'
diagram() { ends_with 0 "$YILIAN" describe Models/clinic-network --format diagram --out "$1"; }
# Every name that an edge uses is a node; braces and quotes are closed.
well_formed() {
  python3 - "$1" <<'PYTHON'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
assert bare.count("{") == bare.count("}") and bare.count("[") == bare.count("]")
nodes = re.findall(r'^\s*(\w+) \[label', text, re.M)
assert len(nodes) == len(set(nodes))
edges = re.findall(r'^\s*(\w+) -> (\w+)', text, re.M)
assert len(edges) > 10 and {n for edge in edges for n in edge} <= set(nodes)
# Whatever is not a source is led to; whatever is not a leave leads on.
leaves = set(re.findall(r'^\s*(\w+) \[.*shape=oval', text, re.M))
drawn = {n for n in nodes if n != "resources"}
assert {n for n in drawn if not n.startswith("source_")} == {b for _, b in edges}
assert drawn - leaves == {a for a, _ in edges}
PYTHON
}
claim 'describe draws the pathways as DOT' \
  eval 'diagram "$folder/d.dot" && well_formed "$folder/d.dot" && grep -q "doctor · consultation" "$folder/d.dot"'
region_diagram() {
  ends_with 0 "$YILIAN" describe Models/lanshan --format diagram && cp "$folder/out" "$folder/r.dot" \
    && python3 -c 'import sys; t = open(sys.argv[1]).read(); assert t.count("shape=diamond") > 2' "$folder/r.dot"
}
claim 'describe draws the pathways of a region' region_diagram
drawn() {
  if command -v dot >/dev/null; then
    diagram "$folder/d.svg" && python3 -c 'import sys, xml.etree.ElementTree as t
assert t.parse(sys.argv[1]).getroot().tag.endswith("svg")' "$folder/d.svg"
  fi
}
if [[ ${YILIAN_LONG:-} ]]; then Tests/set-up graphviz >&2; fi
claim 'describe draws SVG where Graphviz is installed' drawn
without_graphviz() {
  mkdir -p "$folder/empty"
  ends_with 3 env PATH="$folder/empty" "$YILIAN" describe Models/mm1 --format diagram --out "$folder/x.svg" \
    && grep -q 'install the Debian package graphviz' "$folder/err" && [[ ! -e $folder/x.svg ]]
}
claim 'without Graphviz an SVG is refused in one sentence' without_graphviz
claim 'help of a command that is not there is refused, with the nearest' \
  eval 'ends_with 2 "$YILIAN" help swep && grep -q "did you mean sweep?" "$folder/err" && ends_with 0 "$YILIAN" help sweep'
claim 'check as JSON' \
  eval 'ends_with 2 "$YILIAN" check Models/mm1 --set no.where=1 --json && has "\"path\": \"no.where\""'

# Each wrong command with what it says and its status.
wrong_commands() {
  local model='Models/mm1' line status
  while IFS= read -r line; do
    status=0
    # shellcheck disable=SC2086  # the words of a line are the arguments
    eval "set -- $line"
    "$YILIAN" "$@" >"$folder/part" 2>&1 </dev/null || status=$?
    printf '$ yilian %s\n' "$line"
    cat "$folder/part"
    printf 'status %d\n\n' "$status"
  done <<'LINES' >"$folder/out"
nonsense
chekc Models/mm1
run
run Models/mm1 --treads 2
run Models/mm1 --threads 0
run Models/mm1 --threads two
run Models/mm1 --replications 0
run Models/mm1 --shard 4/3
run Models/mm1 --set nonsense
run Models/mm1 --set resources.sever.capacity=2
run Models/mm1 --set resources.server.capacity=many
run Models/nowhere
run Models/mm1 --set "run.measures=[wiat, wait by colour]" --out /dev/null/x
check README.md
compare
compare one two
merge one
describe Models/mm1 --format novel
describe Models/mm1 --format diagram --out pathways.pdf
describe Models/mm1 --out pathways.svg
trace
trace Models/mm1 --format xml
trace Models/mm1 --replication zero
replicate
replicate priority-clinc
replicate Models/mm1
replicate priority-clinic --all
check Models/mm1 --set "arrivals.customers.poisson.rate=1.2 /min"
LINES
  golden errors.txt
}
claim 'errors' wrong_commands
