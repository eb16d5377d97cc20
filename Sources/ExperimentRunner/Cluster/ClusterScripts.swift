// SPDX-License-Identifier: GPL-3.0-or-later

/// The two job scripts of a cluster folder: one for each shard, as a task of a job array, and one
/// that merges them. Both start in their folder and name nothing outside it but the program and the
/// results file, so that they can be read, changed and submitted by hand.
struct ClusterScripts {
  var name: String
  /// The path of `yilian` on the nodes.
  var program: String
  var shards: Int
  /// Of the results file, beside the folder.
  var output: String
  var resources: Slurm.Resources

  /// A task writes under a name of its own and renames the file when it is whole: one that is killed,
  /// or goes on at a node given up for lost, never leaves half a shard under its proper name. What a
  /// task that is told to stop leaves, as at its time limit, is taken up by the next attempt.
  var shard: String {
    """
    #!/bin/bash
    #SBATCH --job-name=\(jobName)
    #SBATCH --ntasks=1
    #SBATCH --cpus-per-task=\(resources.processors)
    #SBATCH --requeue
    #SBATCH --open-mode=append
    #SBATCH --output=log/%A_%a.log
    \(lines)# Runs one shard of design.sqlite: sbatch --array=1-\(shards) shard.sh
    set -u
    yilian=\(quoted(program))
    shards=\(shards)
    shard=${SLURM_ARRAY_TASK_ID:?start this with sbatch --array=1-\(shards)}
    name=shard-$shard-of-$shards
    [[ ! -e $name.sqlite ]] || exit 0
    part=$name.part-$SLURM_JOB_ID-${SLURM_RESTART_COUNT:-0}
    mv -- "$name.stopped" "$part" 2>/dev/null
    "$yilian" run design.sqlite --shard "$shard/$shards" --out "$part" --resume --quiet \\
      --threads "${SLURM_CPUS_PER_TASK:-1}" &
    child=$!
    # Where Slurm tells the script alone, it passes the word on; the program may have been told, too.
    trap 'sleep 1; kill -TERM "$child" 2>/dev/null' TERM
    while :; do
      wait "$child"
      kill -0 "$child" 2>/dev/null || break
    done
    # A signal may have ended that wait; bash still knows how the program ended.
    wait "$child"
    status=$?
    if ((status == 0)); then
      mv -- "$part" "$name.sqlite"
    elif ((status == 130)) && [[ ! -e $part-journal ]]; then
      mv -- "$part" "$name.stopped"
    fi
    exit "$status"

    """
  }

  var merge: String {
    """
    #!/bin/bash
    #SBATCH --job-name=\(jobName)-merge
    #SBATCH --ntasks=1
    #SBATCH --requeue
    #SBATCH --open-mode=append
    #SBATCH --output=log/merge-%j.log
    \(lines)# Merges the shards once all are there: sbatch --dependency=afterok:ARRAY merge.sh
    set -eu
    yilian=\(quoted(program))
    out=\(quoted("../" + output))
    # Slurm may start a job again that has ended well, as when its node is lost right after.
    [[ -e merged && -e $out ]] && exit 0
    "$yilian" merge shard-*-of-\(shards).sqlite --out "$out" --quiet
    touch merged
    rm -f -- shard-*.part-* shard-*.stopped

    """
  }

  private var lines: String { resources.lines.map { $0 + "\n" }.joined() }

  /// Letters, digits and marks that stand in a script's line as they are.
  private var jobName: String {
    "yilian-"
      + name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" }
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
