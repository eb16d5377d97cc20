// SPDX-License-Identifier: GPL-3.0-or-later

/// How far the shards of a cluster folder are.
public struct ClusterStatus: Sendable {
  public enum State: String, CaseIterable, Sendable {
    /// Its file is there, whole.
    case done
    case running
    /// In the queue.
    case waiting
    /// It was submitted, and neither in the queue nor done.
    case failed
    /// It was never submitted.
    case missing
  }

  public struct Shard: Sendable {
    /// From 1.
    public var number: Int
    public var state: State
    /// Replications that are stored, and those of the whole shard.
    public var stored: Int
    public var total: Int
    /// The job or array that it is in the queue with.
    var job: Int?
    /// Of one that failed, Slurm's word and the last line of its log; of one that waits, why.
    public var note: String
  }

  public var shards: [Shard]
  /// Whether the job that merges is in the queue.
  public var isMergeQueued: Bool
  /// Whether that job runs.
  public var isMerging: Bool
  /// Whether the results file is there.
  public var isMerged: Bool

  public var stored: Int { shards.reduce(0) { $0 + $1.stored } }
  public var total: Int { shards.reduce(0) { $0 + $1.total } }

  public func count(_ state: State) -> Int { shards.reduce(0) { $0 + ($1.state == state ? 1 : 0) } }

  /// Shards that neither are done nor will be by what is in the queue.
  public var lacking: [Int] {
    shards.filter { $0.state == .failed || $0.state == .missing }.map(\.number)
  }

  /// Whether all shards are there, and nothing makes one file of them yet. Slurm's own merge may wait
  /// for a task that it runs again, after a node was lost, though the first attempt has ended well.
  public var canMerge: Bool { !isMerged && !isMerging && count(.done) == shards.count }

  public var isActive: Bool {
    isMergeQueued || shards.contains { $0.state == .running || $0.state == .waiting }
  }
}
