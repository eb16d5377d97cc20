// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// The third level of the choice: at an institution of a tier with titles, whom to see.
///
/// Titles of a tier are the same at all its institutions. With s the stated share of a title, g its
/// quality gain and μ the scale of the nest, 0 < μ ≤ λ, its utility is
///
///     u = μ log s + 0.5 (b_q − b_q of a moderate need) g + m b_c (fee now − fee at the base)
///
/// where the fee is what the patient himself pays of it: so moderate needs at the base find the
/// stated shares. To the utility of the institution comes what the inclusive value μ log Σ exp(u / μ)
/// is more than for the same need at the base: stating titles moves nobody, a fee does.
///
/// Source: McFadden 1978, as ``NestedLogit``.
package struct TitleNest: Sendable {
  private var traits = [TitleTraits](repeating: TitleTraits(), count: Tier.count * Title.count)
  /// Tiers that have any; a bit for each row.
  private var tiers: UInt8 = 0
  /// μ.
  package var scale = 1.0

  package init() {}

  package subscript(tier: Tier, title: Title) -> TitleTraits {
    get { traits[tier.row * Title.count + title.row] }
    set {
      traits[tier.row * Title.count + title.row] = newValue
      tiers &= ~(1 << tier.rawValue)
      let hasAny = Title.allCases.contains { self[tier, $0].share > 0 }
      if hasAny { tiers |= 1 << tier.rawValue }
    }
  }

  package func has(_ tier: Tier) -> Bool { tiers & (1 << tier.rawValue) != 0 }

  package var isEmpty: Bool { tiers == 0 }

  /// The titles of one tier, weighed for one person with one need.
  package struct Weighed: BitwiseCopyable {
    /// Shares of the visits at an institution; they sum to 1.
    package var shares: InlineArray<3, Double>
    /// What the choice among titles adds to the institution's utility.
    package var inclusive: Double

    /// The title at a uniform.
    package func choose(_ uniform: Double) -> Title {
      if uniform < shares[0] { return .attending }
      if uniform < shares[0] + shares[1] { return .associateChief }
      return shares[2] > 0 ? .chief : shares[1] > 0 ? .associateChief : .attending
    }
  }

  /// - Parameters:
  ///   - qualityStep: weight of quality for this need less that for a moderate one, halved, as
  ///     perceived quality is half quality and half trust.
  ///   - money: utility per CNY, negative, as much as it counts in this choice.
  ///   - dearer: CNY that the patient himself pays of each title's fee more than at the base.
  package func weigh(
    _ tier: Tier, qualityStep: Double, money: Double, dearer: InlineArray<3, Double>
  ) -> Weighed {
    let now = inclusive(tier, qualityStep, money, dearer)
    let isAtBase = (0..<Title.count).allSatisfy { dearer[$0] == 0 }
    let base = isAtBase ? now : inclusive(tier, qualityStep, 0, dearer)
    return Weighed(shares: now.shares, inclusive: now.value - base.value)
  }

  private func inclusive(
    _ tier: Tier, _ qualityStep: Double, _ money: Double, _ dearer: InlineArray<3, Double>
  ) -> (shares: InlineArray<3, Double>, value: Double) {
    var utilities = InlineArray<3, Double>(repeating: -.infinity)
    var best = -Double.infinity
    for title in Title.allCases {
      let traits = self[tier, title]
      guard traits.share > 0 else { continue }
      let utility =
        scale * log(traits.share) + qualityStep * traits.qualityGain + money * dearer[title.row]
      utilities[title.row] = utility
      best = max(best, utility)
    }
    var shares = InlineArray<3, Double>(repeating: 0)
    var sum = 0.0
    for row in 0..<Title.count {
      shares[row] = exp((utilities[row] - best) / scale)
      sum += shares[row]
    }
    for row in 0..<Title.count { shares[row] /= sum }
    return (shares, best + scale * log(sum))
  }
}
