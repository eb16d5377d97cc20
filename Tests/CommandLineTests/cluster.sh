#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The shards of a design on a cluster of two nodes, and by GNU parallel: killed, stopped and lost on
# the way, they give the rows of one machine.
source "$(dirname -- "${BASH_SOURCE[0]}")/testing.bash"
source "$tests/slurm.bash"
Tests/set-up slurm-wlm munge parallel >&2 || exit

trap 'slurm_down "$folder/slurm"; rm -rf -- "$folder"' EXIT
claim 'a cluster of two nodes starts' slurm_up "$folder/slurm" 2
export SLURM_CONF=$folder/slurm/slurm.conf

# An experiment that is changed while jobs wait; a shard of it runs for seconds.
sed "s|^model: .*|model: $top/Models/clinic-network|; s|length: 8 week|length: 400 week|" \
  "$tests/experiments/clinic.yaml" >"$folder/clinic.yaml"
cp "$folder/clinic.yaml" "$folder/kept.yaml"
whole=$folder/whole.sqlite
claim 'one machine runs it' ends_with 0 "$YILIAN" run "$folder/kept.yaml" --out "$whole" --quiet
# The name of an experiment is in the file, so that a copy is the same design.

cluster() { "$YILIAN" cluster "$folder/clinic.yaml" "$@"; }
field() { python3 -c 'import json, sys; print(eval("d" + sys.argv[1], {"d": json.load(sys.stdin)}))' "$1"; }
states() {
  cluster --status --json --out "$1" | field '["shards"]' | python3 -c '
import ast, sys
print(*(s["state"] for s in ast.literal_eval(sys.stdin.read())))'
}
is_running() { [[ $(states "$1" | cut -d ' ' -f "$2") == running ]]; }
is_failed() { [[ $(states "$1" | cut -d ' ' -f "$2") == failed ]]; }

# process_of FOLDER SHARD: the yilian that runs a shard there.
process_of() {
  local place words
  for place in /proc/[0-9]*; do
    # Without a program of its own for each process: on a loaded machine the shard would be over by then.
    mapfile -d '' -t words <"$place/cmdline" || continue
    if [[ ${words[*]} == *"yilian run design.sqlite --shard $2/"* \
      && $(readlink "$place/cwd") == "$1" ]]; then
      echo "${place#/proc/}"
    fi
  done 2>/dev/null
}
# Replications of a shard that are on the disk.
has_stored() {
  local file
  for file in "$1"/shard-"$2"-of-*.part-*; do
    [[ $file != *-journal && $(sqlite3 "file:$file?mode=ro" 'SELECT COUNT(*) FROM replication') -gt 0 ]] \
      && return
  done
  return 1
}

# A task is killed while the file that the experiment was read from is changed.
killed_task() {
  local out=$folder/killed.sqlite process
  ends_with 0 cluster --shards 4 --out "$out" --json || return
  [[ $(field '["submitted"]' <"$folder/out") == '[1, 2, 3, 4]' ]] || { cat "$folder/out"; return 1; }
  sed -i 's/seed: .*/seed: 3/' "$folder/clinic.yaml"
  until_true 600 has_stored "$folder/killed.shards" 2 || { echo 'shard 2 does not begin'; return 1; }
  process=$(process_of "$folder/killed.shards" 2)
  kill -9 "$process" || return
  until_true 400 is_failed "$out" 2 || { cluster --status --out "$out"; return 1; }
  cluster --status --out "$out" --language en >"$folder/out"
  grep -q '  shard 2  failed .*FAILED' "$folder/out" || { cat "$folder/out"; return 1; }
  cluster --status --out "$out" --language zh | grep -q '分片 2  失败' || { echo 'no Chinese'; return 1; }
  # What was submitted is what the folder holds, not what the file says now.
  ends_with 2 cluster --out "$out" || return
  grep -q 'experiment/clinic.yaml:.*: the folder has seed: 20240229, this design has seed: 3' \
    "$folder/err" || { cat "$folder/err"; return 1; }
  cp "$folder/kept.yaml" "$folder/clinic.yaml"
  ends_with 0 cluster --out "$out" --json --quiet || return
  [[ $(field '["submitted"]' <"$folder/out") == '[2]' ]] || { cat "$folder/out"; return 1; }
  ends_with 0 cluster --out "$out" --wait || return
  same_rows "$whole" "$out"
}
claim 'a task killed on its way is submitted again, alone, and the rows are those of one machine' killed_task

# Slurm may run the merge again after it has ended well, and a folder may be asked for its commands again.
merged_again() {
  local out=$folder/killed.sqlite
  cp "$out" "$folder/before.sqlite"
  (cd "$folder/killed.shards" && bash merge.sh) || return
  cmp "$out" "$folder/before.sqlite" || return
  ends_with 0 cluster --out "$out" --no-submit || return
  [[ ! -s $folder/out ]] && grep -q 'is there and whole' "$folder/err" || return
  ends_with 0 cluster --out "$out" --no-submit --json || return
  [[ $(field '["merged"], d["commands"]' <"$folder/out") == '(True, [])' ]] || return
  # Without the merged file, and without one shard, that one is what the commands submit.
  mv "$out" "$folder/aside.sqlite"
  mv "$folder/killed.shards/shard-3-of-4.sqlite" "$folder/third.sqlite"
  ends_with 0 cluster --out "$out" --no-submit && grep -q -- '--array=3 shard.sh' "$folder/out" || return
  # What is in the place of the results and is not them is refused.
  cp "$folder/third.sqlite" "$out"
  ends_with 2 cluster --out "$out" --no-submit || return
  rm "$out"
  mv "$folder/third.sqlite" "$folder/killed.shards/shard-3-of-4.sqlite"
  mv "$folder/aside.sqlite" "$out"
}
claim 'a merge that is run again, and commands asked for again, see what is there' merged_again

merged_already() {
  ends_with 0 cluster --out "$folder/killed.sqlite" || return
  grep -q '4 shards done; 18 of 18 replications; merged' "$folder/out" || { cat "$folder/out"; return 1; }
  [[ ! -s $folder/err ]]
}
claim 'what is merged is not submitted again' merged_already

# A node is lost: Slurm gives its task to the other node, while the old process goes on.
killed_node() {
  local out=$folder/node.sqlite number node
  ends_with 0 cluster --shards 4 --out "$out" --quiet || return
  until_true 600 has_stored "$folder/node.shards" 1 || { echo 'shard 1 does not begin'; return 1; }
  until_true 600 has_stored "$folder/node.shards" 2 || { echo 'shard 2 does not begin'; return 1; }
  read -r number node < <(squeue -h -r -t R -o '%K %N' | sort | head -n 1)
  [[ $node == n[12] ]] || { squeue; return 1; }
  kill -9 "$(cat "$folder/slurm/slurmd.$node.pid")" || return
  scontrol update nodename="$node" state=down reason=test || return
  until_true 200 runs_again "$number" || { squeue; return 1; }
  until_true 400 is_over "$out" || { cluster --status --out "$out"; squeue; return 1; }
  slurmd -f "$SLURM_CONF" -N "$node" && scontrol update nodename="$node" state=resume 2>/dev/null
  same_rows "$whole" "$out"
}
# Slurm holds the task of a lost node for two minutes, unless it is told otherwise.
runs_again() {
  local job
  job=$(squeue -h -r -t PD -o '%i %r %K' | awk -v k="$1" '$2 == "BeginTime" && $3 == k { print $1 }')
  [[ $job ]] && scontrol update jobid="$job" StartTime=now
}
is_over() { [[ -e $1 ]]; }
claim 'a node lost on the way changes no row' killed_node
claim 'the node is back' until_true 100 all_idle 2

# A task told to stop, as at its time limit, leaves what it has to the next attempt. The script and the
# program are told together.
stopped_task() {
  local out=$folder/stopped.sqlite process script before
  ends_with 0 cluster --shards 2 --out "$out" --quiet || return
  until_true 600 has_stored "$folder/stopped.shards" 1 || { echo 'shard 1 does not begin'; return 1; }
  process=$(process_of "$folder/stopped.shards" 1)
  script=$(awk '/^PPid:/ { print $2 }' "/proc/$process/status") || return
  kill -TERM "$script" "$process" || return
  until_true 200 is_failed "$out" 1 || { states "$out"; return 1; }
  before=$(sqlite3 "$folder/stopped.shards/shard-1-of-2.stopped" 'SELECT COUNT(*) FROM replication') \
    || return
  ends_with 0 cluster --out "$out" --wait || return
  ((before > 0)) && same_rows "$whole" "$out"
}
claim 'what a stopped task has stored is kept' stopped_task

# Stopping the watch stops no job.
left_alone() {
  local out=$folder/left.sqlite process status=0
  "$YILIAN" cluster "$folder/clinic.yaml" --shards 2 --out "$out" --wait >"$folder/out" 2>"$folder/watch" &
  process=$!
  until_true 200 grep 'submitted the merge' "$folder/watch"
  kill -INT "$process"
  wait "$process" || status=$?
  ((status == 130)) || { echo "status $status"; cat "$folder/watch"; return 1; }
  until_true 400 is_over "$out" && same_rows "$whole" "$out"
}
claim 'a watch that is stopped leaves the jobs alone' left_alone

by_hand() {
  local out=$folder/hand.sqlite
  ends_with 0 cluster --shards 3 --out "$out" --no-submit --time 10 --mem 100M --partition main \
    --cpus 1 --sbatch --nice=0 || return
  grep -q '^#SBATCH --time=10$' "$folder/hand.shards/shard.sh" || return
  (eval "$(cat "$folder/out")") >"$folder/jobs" || return
  until_true 400 is_over "$out" && same_rows "$whole" "$out"
}
claim 'the scripts can be submitted by hand' by_hand

# A sweep is an experiment, and goes the same way.
swept() {
  local out=$folder/sweep.sqlite
  ends_with 0 "$YILIAN" sweep "$top/Models/mm1" --vary 'arrivals.customers.poisson.rate=0.1:0.9 /min' \
    --design lhs --points 20 --print || return
  cp "$folder/out" "$folder/sweep.yaml"
  ends_with 0 "$YILIAN" cluster "$folder/sweep.yaml" --replications 2 --shards 3 --wait --quiet \
    --out "$out" || return
  ends_with 0 "$YILIAN" run "$folder/sweep.yaml" --replications 2 --quiet --out "$folder/one.sqlite" \
    && same_rows "$folder/one.sqlite" "$out"
}
claim 'a sweep on the cluster has the rows of one machine' swept

# refuses STATUS WORDS ARGUMENTS...
refuses() {
  local status=$1 words=$2
  shift 2
  ends_with "$status" "$@" || return
  grep -q -F -- "$words" "$folder/err" || { cat "$folder/err"; return 1; }
}
claim 'another number of shards is refused' refuses 2 'the folder has 4, this command has 5' \
  cluster --shards 5 --out "$folder/killed.sqlite"
claim 'another seed is refused' refuses 2 'seed: the folder has 20240229, this design has 9' \
  cluster --seed 9 --out "$folder/killed.sqlite"
claim 'a file that is there is refused' refuses 2 'the file exists' cluster --shards 2 --out "$whole"
claim 'more shards than replications are refused' refuses 2 'there are 18 replications in all' \
  cluster --shards 19 --out "$folder/none.sqlite"
claim 'a number of shards is asked for' refuses 2 '--shards is missing' cluster --out "$folder/none.sqlite"
claim 'the status of nothing is refused' refuses 2 'nothing was submitted yet' \
  cluster --status --out "$folder/none.sqlite"
claim 'what Slurm does not take is its own word' refuses 3 'sbatch refused shard.sh: sbatch: error:' \
  cluster --shards 2 --partition nowhere --out "$folder/nowhere.sqlite"
claim 'without Slurm there is one clear sentence' refuses 3 'sbatch is not here' \
  env PATH=/nowhere "$YILIAN" cluster "$folder/clinic.yaml" --shards 2 --out "$folder/nothing.sqlite"

foreign_shard() {
  ends_with 0 cluster --shards 2 --out "$folder/foreign.sqlite" --no-submit || return
  ends_with 0 "$YILIAN" run "$folder/clinic.yaml" --seed 4 --set 'run.length=8 week' --shard 2/2 \
    --out "$folder/foreign.shards/shard-2-of-2.sqlite" --quiet || return
  refuses 2 'shard-2-of-2.sqlite: is of another design: seed: it has 4, the design has 20240229' \
    cluster --out "$folder/foreign.sqlite"
}
claim 'a shard of another design is refused' foreign_shard

foreign_output() {
  local out=$folder/taken.sqlite
  local words='taken.sqlite: is of another design: seed: it has 4, the design has 20240229'
  ends_with 0 cluster --shards 2 --out "$out" --no-submit || return
  ends_with 0 "$YILIAN" run "$folder/clinic.yaml" --seed 4 --set 'run.length=8 week' --out "$out" \
    --quiet || return
  cp "$out" "$folder/taken.before"
  refuses 2 "$words" cluster --out "$out" && refuses 2 "$words" cluster --status --out "$out" \
    && refuses 2 'the file exists' env -C "$folder/taken.shards" bash merge.sh || return
  cmp "$out" "$folder/taken.before" || return
  # Of the same design, but not all of it.
  rm "$out"
  ends_with 0 "$YILIAN" merge "$folder/left.shards/shard-1-of-2.sqlite" --allow-missing --out "$out" \
    --quiet || return
  refuses 2 'taken.sqlite: does not hold all of the design' cluster --out "$out"
}
claim 'results of another design are not taken for merged' foreign_output

# --- The same shards by GNU parallel, as the page on clusters has it ----------------------------

page=Sources/ExperimentRunner/ExperimentRunner.docc/RunningOnACluster.md
mkdir "$folder/bin" "$folder/parallel"
ln -s "$YILIAN" "$folder/bin/yilian"
ln -s "$top/Models" "$folder/parallel/Models"
sed -n '/^```sh parallel$/,/^```$/p' "$page" | sed '/^```/d' >"$folder/parallel/shards.sh"
in_parallel() {
  local process
  cd "$folder/parallel" && export PATH=$folder/bin:$PATH HOME=$folder || return
  # The first attempt is killed on its way, with all that it had started; the second goes on from there.
  setsid bash shards.sh >/dev/null 2>"$folder/err" &
  process=$!
  until_true 100 test -s shard-2-of-8.sqlite
  kill -9 -- "-$process"
  wait "$process" 2>/dev/null
  rm -f clinic.sqlite
  ends_with 0 bash shards.sh || return
  ends_with 0 yilian run Models/clinic-network --out one.sqlite --quiet || return
  same_rows one.sqlite clinic.sqlite
}
claim 'GNU parallel runs the shards, killed and taken up again' in_parallel
