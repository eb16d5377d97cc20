// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The scheduler Slurm, by way of its own programs.
///
/// Nothing but `sbatch`, `squeue` and `scancel` is asked, so that clusters without accounting do.
public struct Slurm: Sendable {
  /// What is asked for each task, in Slurm's own words; `nil` leaves it to the cluster.
  public struct Resources: Hashable, Sendable {
    public var time: String?
    public var memory: String?
    public var partition: String?
    public var account: String?
    /// Threads of each task.
    public var processors = 1
    /// Further options of `sbatch`, as they are written there.
    public var options: [String] = []

    public init() {}

    /// The lines by which a script asks for them.
    var lines: [String] {
      let named = [
        ("time", time), ("mem", memory), ("partition", partition), ("account", account),
      ]
      return named.compactMap { name, value in value.map { "#SBATCH --\(name)=\($0)" } }
        + options.map { "#SBATCH \($0)" }
    }
  }

  /// A task of a job array, or a job by itself.
  public struct Task: Hashable, Sendable {
    /// The job, or the array that the task is of.
    public var job: Int
    /// Of an array's task: its number.
    public var number: Int?
    /// Slurm's word, such as `PENDING`.
    public var state: String
    /// Why it waits or has failed.
    public var reason: String

    /// Whether it has not begun, runs, or will run again without being asked.
    public var isActive: Bool { Self.active.contains(state) }
    public var isRunning: Bool { ["RUNNING", "COMPLETING", "STAGE_OUT"].contains(state) }

    private static let active: Set<String> = [
      "PENDING", "CONFIGURING", "RUNNING", "COMPLETING", "REQUEUED", "REQUEUE_HOLD",
      "REQUEUE_FED", "SUSPENDED", "RESIZING", "SIGNALING", "STOPPED", "STAGE_OUT", "SPECIAL_EXIT",
    ]
  }

  public init() {}

  /// Submits a script from its folder.
  ///
  /// - Parameter arguments: Options beyond those the script names.
  /// - Returns: The number of the job.
  public func submit(_ script: String, in folder: String, _ arguments: [String])
    throws(RunnerFault) -> Int
  {
    let answer = try program("sbatch").run(["--parsable"] + arguments + [script], in: folder)
    let number = answer.output.split { $0 == ";" || $0.isWhitespace }.first.flatMap { Int($0) }
    guard answer.status == 0, let number else {
      throw .machine("sbatch refused \(script): \(Self.reason(answer))")
    }
    return number
  }

  /// This user's tasks of some jobs, as far as Slurm still knows them.
  public func tasks(of jobs: Set<Int>) throws(RunnerFault) -> [Task] {
    guard !jobs.isEmpty else { return [] }
    // Asked for all of the user's jobs: a number that Slurm has forgotten would be an error.
    let arguments = ["--me", "--noheader", "--array", "--states=all", "--format=%F|%K|%T|%r"]
    let answer = try program("squeue").run(arguments)
    guard answer.status == 0 else { throw .machine("squeue failed: \(Self.reason(answer))") }
    return answer.output.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count >= 4, let job = Int(cells[0]), jobs.contains(job) else { return nil }
      return Task(
        job: job, number: Int(cells[1]), state: String(cells[2]),
        reason: cells[3...].joined(separator: "|"))
    }
  }

  /// Takes a job out of the queue; one that is no longer there is no fault.
  public func cancel(_ job: Int) throws(RunnerFault) {
    _ = try program("scancel").run(["\(job)"])
  }

  private func program(_ name: String) throws(RunnerFault) -> ExternalProgram {
    guard let program = ExternalProgram(name) else {
      throw .machine(
        "\(name) is not here: start this where jobs are submitted to Slurm, or write the job "
          + "scripts alone with --no-submit")
    }
    return program
  }

  /// The line in which a program says what it did not like.
  private static func reason(_ answer: ExternalProgram.Answer) -> String {
    let lines = answer.errors.split(separator: "\n")
    let line = lines.first { $0.contains("error:") } ?? lines.first
    return line.map(String.init) ?? "it gave no reason (status \(answer.status))"
  }
}
