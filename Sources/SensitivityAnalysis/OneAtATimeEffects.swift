// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// What each factor does by itself, the others as the model has them: the bars of a tornado chart.
///
/// Effects are differences from the base point, paired by replication; their intervals are Student's, and
/// their p-values adjusted by Holm's rule over all of them. One at a time shows no interaction.
public struct OneAtATimeEffects: Sendable {
  /// A factor at one of its values.
  public struct Bar: Hashable, Sendable {
    /// Place of its point in the list of values.
    public var point: Int
    public var effect: PairedEffect
    /// The chance adjusted for all bars; `nil` under two replications, and at the base's own value, where
    /// nothing is compared.
    public var adjustedPValue: Double?
  }

  /// By factor, in the order of its values.
  public var factors: [[Bar]]

  /// Factors by the largest effect that one of their values has, the largest first.
  public var order: [Int] {
    let sizes = factors.map { bars in bars.map { abs($0.effect.mean) }.max() ?? 0 }
    return factors.indices.sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }
  }

  /// - Parameters:
  ///   - points: By factor, the places of the points at which it alone is set.
  ///   - base: The place of the point at which none is.
  ///   - values: Of each point, one value a replication.
  ///   - unchanged: Points at which a factor is set to the value that it has at the base.
  public init(
    points: [[Int]], base: Int, values: [[Double]], unchanged: Set<Int> = [], level: Double = 0.95
  ) {
    factors = points.map { places in
      places.map { place in
        Bar(
          point: place,
          effect: PairedEffect(zip(values[place], values[base]).map { $0 - $1 }, level: level))
      }
    }
    let all = factors.indices.flatMap { factor in factors[factor].indices.map { (factor, $0) } }
      .filter { !unchanged.contains(factors[$0.0][$0.1].point) }
    let chances = all.compactMap { factors[$0.0][$0.1].effect.pValue }
    guard chances.count == all.count else { return }
    for (place, adjusted) in zip(all, holmAdjusted(chances)) {
      factors[place.0][place.1].adjustedPValue = adjusted
    }
  }
}
