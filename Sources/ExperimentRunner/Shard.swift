// SPDX-License-Identifier: GPL-3.0-or-later

/// One of several parts of a design that are run apart and merged later, written `2/3`.
public struct Shard: Hashable, Sendable, LosslessStringConvertible {
  /// From 1 to `count`.
  public let number: Int
  public let count: Int

  public static let whole = Shard(number: 1, of: 1)

  public init(number: Int, of count: Int) {
    precondition(1 <= number && number <= count, "a shard is numbered from 1 to their count")
    self.number = number
    self.count = count
  }

  /// Reads `K/N` with 1 ≤ K ≤ N; `nil` for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]),
      1 <= number, number <= count
    else { return nil }
    self.init(number: number, of: count)
  }

  /// Refuses to share out what hangs together.
  ///
  /// - Throws: ``RunnerFault`` for a part of a design whose batches are cut from one run, or whose
  ///   number of replications hangs on what all of them show.
  ///
  /// - Parameter asked: What was written; `nil`: the part.
  public func check(_ design: ExperimentDesign, asked: String? = nil) throws(RunnerFault) {
    guard !isWhole else { return }
    let asked = asked ?? "--shard \(self)"
    if design.stopping != nil {
      throw .invalid(
        "\(asked): how many replications there are hangs on what all of them show; run it "
          + "whole, or give their number with --replications")
    }
    guard design.isBatched else { return }
    throw .invalid(
      "\(asked): all batches of a scenario are cut from one run, which cannot be shared out; "
        + "run it whole, or write replications in place of batches")
  }

  public var description: String { "\(number)/\(count)" }

  public var isWhole: Bool { count == 1 }

  /// The pairs whose index in design order, modulo the number of shards, is this shard's less one.
  public func pairs(of design: ExperimentDesign) -> [ReplicationKey] {
    let pairs = design.pairs
    return stride(from: number - 1, to: pairs.count, by: count).map { pairs[$0] }
  }
}
