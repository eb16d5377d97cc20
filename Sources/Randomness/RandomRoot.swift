// SPDX-License-Identifier: GPL-3.0-or-later

/// What all random numbers of one replication have in common: the key of the generator.
public struct RandomRoot: Hashable, Sendable, BitwiseCopyable {
  /// The seed of the experiment.
  public var seed: UInt64
  /// The number of the replication.
  public var replication: UInt32
  /// The design point, when points shall be independent; 0 when they share random numbers.
  public var point: UInt32

  /// The root of a replication.
  ///
  /// - Parameters:
  ///   - seed: The seed of the experiment.
  ///   - replication: The number of the replication.
  ///   - point: 0 for common random numbers; the number of the design point, from 1, for
  ///     independent ones.
  @inlinable
  public init(seed: UInt64, replication: UInt32, point: UInt32 = 0) {
    self.seed = seed
    self.replication = replication
    self.point = point
  }
}
