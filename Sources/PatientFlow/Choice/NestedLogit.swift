// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// What one institution offers one person with one need.
struct Offer: BitwiseCopyable {
  var institution: UInt16
  var tier: Tier
  /// Utility but for money.
  var utility: Double
  /// Quality as the person sees it, 0...1.
  var perceivedQuality: Double
  /// CNY the person expects to pay.
  var outOfPocket: Double
  /// Whether it counts on an expert.
  var isForExpert = false
}

/// The offers among which one choice is made.
struct Offers: BitwiseCopyable {
  private(set) var count = 0
  private var places: InlineArray<24, Offer>

  init() {
    places = InlineArray(
      repeating: Offer(
        institution: 0, tier: .village, utility: 0, perceivedQuality: 0, outOfPocket: 0))
  }

  mutating func add(_ offer: Offer) {
    places[count] = offer
    count += 1
  }

  subscript(place: Int) -> Offer {
    get { places[place] }
    set { places[place] = newValue }
  }
}

/// A nested logit over offers whose nests are tiers, with money that counts less where quality
/// differs much.
///
/// Offers of one tier stand together. The price weight is one number for the whole choice,
/// m = 1 − (1 − m_full) gap, where gap is the best perceived quality less the best of the primary
/// offers, in units of the base gap, clipped to [0, 1].
///
/// Source: McFadden, in Karlqvist et al. (eds.), *Spatial Interaction Theory and Planning Models*,
/// 1978, pp. 75–96, for the nested logit.
struct NestedLogit: BitwiseCopyable {
  /// log Σ over nests of exp of their inclusive value: the expected best utility.
  private(set) var logsum = -Double.infinity
  private var total = 0.0
  private var weights: InlineArray<24, Double>
  private let count: Int

  /// - Parameter money: utility per CNY, negative.
  init(_ offers: borrowing Offers, money: Double, _ parameters: borrowing ChoiceParameters) {
    count = offers.count
    weights = InlineArray(repeating: 0)
    guard count > 0 else { return }
    let priced = money * NestedLogit.moneyWeight(offers, parameters)
    let scale = 1 / parameters.nestScale
    var best = -Double.infinity
    for place in 0..<count {
      let utility = offers[place].utility + priced * offers[place].outOfPocket
      weights[place] = utility
      if utility > best { best = utility }
    }
    var start = 0
    while start < count {
      let tier = offers[start].tier
      var end = start
      var sum = 0.0
      while end < count && offers[end].tier == tier {
        let weight = exp((weights[end] - best) * scale)
        weights[end] = weight
        sum += weight
        end += 1
      }
      // The nest's share is exp(λ log sum); within it each offer has weight / sum.
      let nest = sum > 0 ? exp(parameters.nestScale * log(sum)) : 0
      let factor = sum > 0 ? nest / sum : 0
      for place in start..<end { weights[place] *= factor }
      total += nest
      start = end
    }
    logsum = best + log(total)
  }

  static func moneyWeight(
    _ offers: borrowing Offers, _ parameters: borrowing ChoiceParameters
  ) -> Double {
    var best = 0.0
    var bestPrimary = 0.0
    for place in 0..<offers.count {
      let quality = offers[place].perceivedQuality
      if quality > best { best = quality }
      if offers[place].tier.isPrimary && quality > bestPrimary { bestPrimary = quality }
    }
    let gap = min(1, max(0, (best - bestPrimary) / parameters.fullGap))
    return 1 - (1 - parameters.fullGapMoneyWeight) * gap
  }

  func share(_ place: Int) -> Double { weights[place] / total }

  /// The offer at a uniform, by inversion in the order of the offers.
  func choose(_ uniform: Double) -> Int {
    var rest = uniform * total
    for place in 0..<count {
      rest -= weights[place]
      if rest < 0 { return place }
    }
    // Only rounding leads here: the last offer that has any weight.
    return (0..<count).last { weights[$0] > 0 } ?? 0
  }
}

/// The logistic function.
func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }

/// Its inverse; ±∞ at 1 and 0.
func logit(_ share: Double) -> Double { log(share / (1 - share)) }
