// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// What one institution offers one person with one need.
package struct Offer: BitwiseCopyable {
  package var institution: UInt16
  package var tier: Tier
  /// Whether it counts on an expert.
  package var isForExpert = false
  /// Utility but for money.
  package var utility: Double
  /// Quality as the person sees it, 0...1.
  package var perceivedQuality: Double
  /// CNY the person expects to pay.
  package var outOfPocket: Double

  package init(
    institution: UInt16, tier: Tier, utility: Double, perceivedQuality: Double,
    outOfPocket: Double
  ) {
    self.institution = institution
    self.tier = tier
    self.utility = utility
    self.perceivedQuality = perceivedQuality
    self.outOfPocket = outOfPocket
  }
}

/// A nested logit over offers whose nests are tiers, with money that counts less where quality
/// differs much.
///
/// Offers of one tier stand together. The price weight is one number for the whole choice,
/// m = 1 − (1 − m_full) gap, where gap is the best perceived quality less the best of the primary
/// offers, in units of the base gap, clipped to [0, 1].
///
/// One value serves choice after choice: ``clear()``, ``add(_:)`` each offer, ``weigh(money:_:)``,
/// then ask. So no choice allocates or copies its offers.
///
/// Source: McFadden, in Karlqvist et al. (eds.), *Spatial Interaction Theory and Planning Models*,
/// 1978, pp. 75–96, for the nested logit.
package struct NestedLogit {
  package private(set) var offers: [Offer] = []
  /// As many as there may be offers; the first ones are in use.
  private var weights = [Double](repeating: 0, count: ChoiceSets.limit)
  private var total = 0.0
  /// log Σ over nests of exp of their inclusive value: the expected best utility.
  package private(set) var logsum = -Double.infinity
  /// Utility per CNY by which money counts for more than at the usual gap.
  private var unusual = 0.0

  package init() { offers.reserveCapacity(ChoiceSets.limit) }

  package mutating func clear() {
    offers.removeAll(keepingCapacity: true)
  }

  package mutating func add(_ offer: Offer) { offers.append(offer) }

  /// Adds to the utility of every offer of a tier.
  package mutating func raise(_ tier: Tier, by utility: Double) {
    for place in offers.indices where offers[place].tier == tier {
      offers[place].utility += utility
    }
  }

  /// - Parameter money: utility per CNY, negative.
  package mutating func weigh(money: Double, _ parameters: borrowing ChoiceParameters) {
    precondition(offers.count <= weights.count, "a choice has more offers than there can be")
    let priced = money * moneyWeight(parameters)
    unusual = priced - money * parameters.moneyWeight(gap: parameters.usualGap)
    let nestScale = parameters.nestScale
    // One check for the whole loop, instead of one for each weight.
    (total, logsum) = weights.withUnsafeMutableBufferPointer { weights in
      offers.withUnsafeBufferPointer { offers in
        NestedLogit.weigh(offers, into: weights, priced: priced, nestScale: nestScale)
      }
    }
  }

  private static func weigh(
    _ offers: UnsafeBufferPointer<Offer>, into weights: UnsafeMutableBufferPointer<Double>,
    priced: Double, nestScale: Double
  ) -> (total: Double, logsum: Double) {
    let scale = 1 / nestScale
    var best = -Double.infinity
    for place in 0..<offers.count {
      let utility = offers[place].utility + priced * offers[place].outOfPocket
      weights[place] = utility
      if utility > best { best = utility }
    }
    var total = 0.0
    var start = 0
    while start < offers.count {
      let tier = offers[start].tier
      var end = start + 1
      while end < offers.count && offers[end].tier == tier { end += 1 }
      if end == start + 1 {
        // Alone in its nest an offer counts as itself, whatever the scale.
        let weight = exp(weights[start] - best)
        weights[start] = weight
        total += weight
      } else {
        var sum = 0.0
        for place in start..<end {
          let weight = exp((weights[place] - best) * scale)
          weights[place] = weight
          sum += weight
        }
        // The nest's share is exp(λ log sum); within it each offer has weight / sum.
        let nest = sum > 0 ? exp(nestScale * log(sum)) : 0
        let factor = sum > 0 ? nest / sum : 0
        for place in start..<end { weights[place] *= factor }
        total += nest
      }
      start = end
    }
    return (total, best + log(total))
  }

  package func moneyWeight(_ parameters: borrowing ChoiceParameters) -> Double {
    var best = 0.0
    var bestPrimary = 0.0
    for offer in offers {
      if offer.perceivedQuality > best { best = offer.perceivedQuality }
      if offer.tier.isPrimary && offer.perceivedQuality > bestPrimary {
        bestPrimary = offer.perceivedQuality
      }
    }
    return parameters.moneyWeight(gap: best - bestPrimary)
  }

  /// The expected best utility as far as it decides whether care is sought: with money weighed as at
  /// the usual gap, to first order.
  ///
  /// How far apart institutions are tells how much prices count between them. Were it to tell the
  /// weight of every price against staying at home, too, then better primary care, which narrows the
  /// gap, would make all care look dearer, and less of it be sought.
  package var seekingLogsum: Double {
    guard unusual != 0, total > 0 else { return logsum }
    var paid = 0.0
    for place in offers.indices { paid += weights[place] * offers[place].outOfPocket }
    return logsum - unusual * paid / total
  }

  package func share(_ place: Int) -> Double { weights[place] / total }

  /// The share of primary institutions.
  package var primaryShare: Double {
    var sum = 0.0
    for place in offers.indices where offers[place].tier.isPrimary { sum += weights[place] }
    return total > 0 ? sum / total : 0
  }

  /// The offer at a uniform, by inversion in the order of the offers.
  package func choose(_ uniform: Double) -> Offer {
    var rest = uniform * total
    for place in offers.indices {
      rest -= weights[place]
      if rest < 0 { return offers[place] }
    }
    // Only rounding leads here: the last offer that has any weight.
    var last = offers.count - 1
    while last > 0 && weights[last] == 0 { last -= 1 }
    return offers[last]
  }
}

/// The logistic function.
func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }

/// Its inverse; ±∞ at 1 and 0.
func logit(_ share: Double) -> Double { log(share / (1 - share)) }
