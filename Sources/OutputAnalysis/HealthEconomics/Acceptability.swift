// SPDX-License-Identifier: GPL-3.0-or-later

/// How sure it is which arm has the highest net monetary benefit, over prices of the effect.
///
/// Replications are drawn again with replacement, the same for all arms, and the means compared: what is
/// told is how far run noise leaves the choice open, at the parameters as they are stated.
///
/// Source: van Hout et al., *Health Economics* 3 (1994) 309–319; Fenwick, Claxton & Sculpher, *Health
/// Economics* 10 (2001) 779–787 (the frontier is the arm of the highest mean).
public struct Acceptability: Sendable {
  /// λ, money for one unit of the effect.
  public let thresholds: [Double]
  /// By threshold and arm; each row adds up to 1.
  public let probabilities: [[Double]]
  /// The arm with the highest mean at each threshold.
  public let best: [Int]

  /// - Parameters:
  ///   - arms: With equally many replications, at least one.
  ///   - resamples: Each the indices of replications drawn again, as many as there are.
  public init(_ arms: [EconomicArm], thresholds: [Double], resamples: [[Int]]) {
    precondition(!arms.isEmpty && !resamples.isEmpty, "there is something to compare")
    self.thresholds = thresholds
    // The means of each resample serve every threshold.
    let drawn = resamples.map { indices in
      arms.map { arm in
        var (cost, effect) = (0.0, 0.0)
        for index in indices {
          cost += arm.costs[index]
          effect += arm.effects[index]
        }
        return (cost: cost / Double(indices.count), effect: effect / Double(indices.count))
      }
    }
    func highest(_ benefits: [Double]) -> [Int] {
      let most = benefits.max()!
      return benefits.indices.filter { benefits[$0] == most }
    }
    probabilities = thresholds.map { threshold in
      var shares = [Double](repeating: 0, count: arms.count)
      for means in drawn {
        // Arms that are equal, as before a policy, share the draw.
        let winners = highest(means.map { threshold * $0.effect - $0.cost })
        for winner in winners { shares[winner] += 1 / Double(winners.count) }
      }
      return shares.map { $0 / Double(resamples.count) }
    }
    best = thresholds.map { threshold in
      highest(arms.map { threshold * $0.meanEffect - $0.meanCost })[0]
    }
  }
}
