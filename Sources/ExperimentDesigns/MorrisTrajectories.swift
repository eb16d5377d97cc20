// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// Walks through the unit cube in which one factor a step is changed by ±Δ: elementary effects.
///
/// Each factor has a grid {0, 1/(p − 1), …, 1} of its own p levels, and its steps are all of one length,
/// half the levels: Δ = ⌊p/2⌋ / (p − 1). A trajectory of k factors has k + 1 points, and changes each
/// factor once, in random order, up or down.
///
/// Of an even p every level has exactly one other at distance Δ, and all are met equally often. Of an
/// odd p the middle level has two such partners and every other one: no walk of equal steps meets all
/// levels alike, and the middle one is met twice as often as each other, before a step and after it.
///
/// Source: Morris, *Technometrics* 33 (1991) 161–174, whose p is even and the same for all factors.
public struct MorrisTrajectories: Hashable, Sendable {
  /// The number of levels on each factor's grid, 2 or more.
  public let levels: [Int]
  public let seed: UInt64

  /// A point of a trajectory.
  public struct Point: Hashable, Sendable {
    public var coordinates: [Double]
    /// What was changed to come here from the point before; `nil` at the start.
    public var step: Step?
  }

  public struct Step: Hashable, Sendable {
    /// From 0.
    public var factor: Int
    public var isUp: Bool
    /// Δ of this factor, above 0: by it the change of a result is divided, with the sign of the step, to
    /// be an elementary effect.
    public var length: Double

    public init(factor: Int, isUp: Bool, length: Double) {
      self.factor = factor
      self.isUp = isUp
      self.length = length
    }
  }

  /// - Parameter levels: Of each factor's grid.
  public init(levels: [Int], seed: UInt64) {
    precondition(!levels.isEmpty, "a design has columns")
    precondition(levels.allSatisfy { $0 >= 2 }, "a factor with one level has no step")
    self.levels = levels
    self.seed = seed
  }

  /// One grid for all factors.
  public init(columns: Int, levels: Int = 4, seed: UInt64) {
    self.init(levels: Array(repeating: levels, count: columns), seed: seed)
  }

  public var columns: Int { levels.count }

  /// Δ, the length of a factor's steps.
  public func step(of factor: Int) -> Double {
    Double(levels[factor] / 2) / Double(levels[factor] - 1)
  }

  /// A trajectory by its number; each depends on nothing but the seed and that number.
  public func trajectory(_ number: Int) -> [Point] {
    var stream = DesignStream.make("morris", seed: seed, owner: number)
    // Any two levels half the grid apart are as likely as any other two, and so are both ways between.
    var isUp: [Bool] = []
    var places = levels.map { levels in
      let pairs = levels - levels / 2
      let way = Int(stream.below(UInt32(2 * pairs)))
      isUp.append(way < pairs)
      return way < pairs ? way : way - pairs + levels / 2
    }
    var points = [Point(coordinates: coordinates(places), step: nil)]
    for factor in DesignStream.permutation(of: columns, &stream) {
      places[factor] += isUp[factor] ? levels[factor] / 2 : -(levels[factor] / 2)
      points.append(
        Point(
          coordinates: coordinates(places),
          step: Step(factor: factor, isUp: isUp[factor], length: step(of: factor))))
    }
    return points
  }

  private func coordinates(_ places: [Int]) -> [Double] {
    zip(places, levels).map { Double($0) / Double($1 - 1) }
  }
}
