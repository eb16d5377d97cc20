// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// Walks through the unit cube in which one factor a step is changed by ±Δ: elementary effects.
///
/// Coordinates lie on the grid {0, 1/(p − 1), …, 1} of p levels, p even, and Δ = p / (2(p − 1)), so
/// that every level is as likely to be met. A trajectory of k factors has k + 1 points, and changes
/// each factor once, in random order, up or down.
///
/// Source: Morris, *Technometrics* 33 (1991) 161–174.
public struct MorrisTrajectories: Hashable, Sendable {
  public let columns: Int
  /// Levels of the grid, an even number.
  public let levels: Int
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

    public init(factor: Int, isUp: Bool) {
      self.factor = factor
      self.isUp = isUp
    }
  }

  public init(columns: Int, levels: Int = 4, seed: UInt64) {
    precondition(columns >= 1, "a design has columns")
    precondition(levels >= 2 && levels.isMultiple(of: 2), "the levels of a grid are an even number")
    self.columns = columns
    self.levels = levels
    self.seed = seed
  }

  /// Δ, the length of a step.
  public var step: Double { Double(levels / 2) / Double(levels - 1) }

  /// A trajectory by its number; each depends on nothing but the seed and that number.
  public func trajectory(_ number: Int) -> [Point] {
    var stream = DesignStream.make("morris", seed: seed, owner: number)
    var places = (0..<columns).map { _ in Int(stream.below(UInt32(levels))) }
    var points = [Point(coordinates: coordinates(places), step: nil)]
    for factor in DesignStream.permutation(of: columns, &stream) {
      // Half the levels away: the lower half can only go up, the upper half only down.
      let isUp = places[factor] < levels / 2
      places[factor] += isUp ? levels / 2 : -levels / 2
      points.append(
        Point(coordinates: coordinates(places), step: Step(factor: factor, isUp: isUp)))
    }
    return points
  }

  private func coordinates(_ places: [Int]) -> [Double] {
    places.map { Double($0) / Double(levels - 1) }
  }
}
