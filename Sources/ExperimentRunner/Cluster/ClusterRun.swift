// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The shards of a design on a cluster: submitted, looked after, and merged.
///
/// What is done is seen from the shards' files and what is on its way from the queue, so that the same
/// command can be given again at any time, from another terminal or another day: it submits what is
/// missing.
public struct ClusterRun {
  public private(set) var folder: ClusterFolder
  private let slurm = Slurm()
  /// Shards found whole: they are not looked into again.
  private var whole: Set<Int> = []

  public init(_ folder: ClusterFolder) { self.folder = folder }

  // MARK: Looking

  /// How far everything is.
  ///
  /// - Parameter asksQueue: Whether Slurm is asked; without it, what is on its way is not known.
  /// - Throws: ``RunnerFault`` when a shard or the results file is of another design, or Slurm does
  ///   not answer.
  public mutating func status(asksQueue: Bool = true) throws -> ClusterStatus {
    // The queue first: what leaves it between the two looks is then found done, not lost.
    let tasks = asksQueue ? try slurm.tasks(of: folder.jobs.all) : []
    let isMerged = try folder.isMerged()
    for shard in 1...folder.shards where !isMerged && !whole.contains(shard) {
      if try folder.isWhole(shard) { whole.insert(shard) }
    }
    var latest: [Int: Slurm.Task] = [:]
    let arrays = Set(folder.jobs.arrays.map(\.job))
    for task in tasks where arrays.contains(task.job) {
      guard let number = task.number else { continue }
      if let known = latest[number], known.job > task.job || known.isActive { continue }
      latest[number] = task
    }
    let submitted = Set(folder.jobs.arrays.flatMap(\.shards))
    return ClusterStatus(
      shards: (1...folder.shards).map { number in
        shard(
          number, isDone: isMerged || whole.contains(number), latest[number],
          wasSubmitted: submitted.contains(number))
      },
      isMergeQueued: tasks.contains { $0.job == folder.jobs.merge && $0.isActive },
      isMerging: tasks.contains { $0.job == folder.jobs.merge && $0.isRunning },
      isMerged: isMerged)
  }

  private func shard(
    _ number: Int, isDone: Bool, _ task: Slurm.Task?, wasSubmitted: Bool
  ) -> ClusterStatus.Shard {
    let total = folder.header.pairs(of: Shard(number: number, of: folder.shards)).count
    var shard = ClusterStatus.Shard(
      number: number, state: .missing, stored: 0, total: total, job: task?.job, note: "")
    if isDone {
      shard.state = .done
      shard.stored = total
      return shard
    }
    shard.stored = min(total, folder.progress(of: number))
    if let task, task.isActive {
      shard.state = task.isRunning ? .running : .waiting
      if shard.state == .waiting { shard.note = task.reason }
    } else if wasSubmitted {
      shard.state = .failed
      shard.note = [task?.state, folder.lastWord(of: number)].compactMap(\.self)
        .joined(separator: ": ")
    }
    return shard
  }

  // MARK: Doing

  /// What ``submit()`` did.
  public struct Submission: Sendable {
    /// Shards put into the queue, and the array that they are of.
    public var shards: [Int] = []
    public var array: Int?
    /// The job that merges, if one was submitted.
    public var merge: Int?
    /// Whether this process has merged, since there was nothing to wait for.
    public var hasMerged = false
  }

  /// Puts into the queue what is missing, and what merges it afterwards.
  ///
  /// - Parameter command: The command line, kept for the reader of the results.
  public mutating func submit(command: String) throws -> Submission {
    let lock = try FileLock(folder.path + "/design.sqlite")
    defer { withExtendedLifetime(lock) {} }
    folder = try ClusterFolder(beside: folder.output)
    let status = try status()
    var submission = Submission()
    guard !status.isMerged else { return submission }
    if status.canMerge {
      if let merge = folder.jobs.merge, status.isMergeQueued { try slurm.cancel(merge) }
      let files = (1...folder.shards).map(folder.file)
      _ = try ResultsMerge(of: files, into: folder.output, command: command)
      submission.hasMerged = true
      return submission
    }
    let lacking = status.lacking
    if lacking.isEmpty, status.isMergeQueued { return submission }

    if !lacking.isEmpty {
      let array = try slurm.submit(
        "shard.sh", in: folder.path, ["--array=" + Self.ranges(lacking)])
      try folder.record { $0.arrays.append(.init(job: array, shards: lacking)) }
      submission.array = array
      submission.shards = lacking
    }
    if let merge = folder.jobs.merge, status.isMergeQueued { try slurm.cancel(merge) }
    let dependency = Self.dependency(on: status, submission.array)
    let merge = try slurm.submit(
      "merge.sh", in: folder.path,
      ["--dependency=" + dependency, "--kill-on-invalid-dep=yes"])
    try folder.record { $0.merge = merge }
    submission.merge = merge
    return submission
  }

  /// All tasks that are still to end well. Those of an earlier array are named one by one, because
  /// another task of that array may have failed.
  private static func dependency(on status: ClusterStatus, _ array: Int?) -> String {
    var jobs = array.map { ["\($0)"] } ?? []
    for shard in status.shards where shard.state == .running || shard.state == .waiting {
      if let job = shard.job { jobs.append("\(job)_\(shard.number)") }
    }
    return (["afterok"] + jobs).joined(separator: ":")
  }

  /// `1-3,7`: numbers, ascending, as `sbatch --array` reads them.
  public static func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}
