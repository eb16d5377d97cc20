// SPDX-License-Identifier: GPL-3.0-or-later

/// Several arms against each other: which of them a payer would choose at some price of the effect, and
/// what each further step costs.
///
/// By the means. An arm is dominated when another costs no more and brings no less, and extendedly
/// dominated when a mixture of two others does; what is left has rising ratios.
///
/// Source: Drummond et al., *Methods for the Economic Evaluation of Health Care Programmes*, 4th ed.,
/// 2015, §4.4; Karlsson & Johannesson, *PharmacoEconomics* 9 (1996) 113–120.
public struct IncrementalAnalysis: Sendable {
  public enum Place: Hashable, Sendable {
    /// Some arm costs no more and brings no less.
    case dominated(by: Int)
    /// A mixture of two arms of the frontier costs less for the same effect.
    case extendedlyDominated
    /// On the frontier, next after `previous`; `nil`: the cheapest of it.
    case frontier(after: Int?)
  }

  public let arms: [EconomicArm]
  /// Of each arm, in the given order.
  public let places: [Place]
  /// Indices of the arms on the frontier, from the cheapest.
  public let frontier: [Int]

  public init(_ arms: [EconomicArm]) {
    self.arms = arms
    let means = arms.map { (cost: $0.meanCost, effect: $0.meanEffect) }
    var places = [Place](repeating: .extendedlyDominated, count: arms.count)
    var left: [Int] = []
    for index in arms.indices {
      let better = arms.indices.first { other in
        guard other != index, means[other].cost <= means[index].cost,
          means[other].effect >= means[index].effect
        else { return false }
        let isEqual =
          means[other].cost == means[index].cost && means[other].effect == means[index].effect
        // Of equals the first stays.
        return !isEqual || other < index
      }
      if let better { places[index] = .dominated(by: better) } else { left.append(index) }
    }
    left.sort { means[$0].cost < means[$1].cost }
    // The lower convex hull of effect against cost.
    var hull: [Int] = []
    func slope(_ from: Int, _ to: Int) -> Double {
      (means[to].cost - means[from].cost) / (means[to].effect - means[from].effect)
    }
    for index in left {
      while hull.count >= 2,
        slope(hull[hull.count - 1], index) <= slope(hull[hull.count - 2], hull[hull.count - 1])
      {
        hull.removeLast()
      }
      hull.append(index)
    }
    for (place, index) in hull.enumerated() {
      places[index] = .frontier(after: place > 0 ? hull[place - 1] : nil)
    }
    self.places = places
    frontier = hull
  }

  /// What an arm of the frontier costs and brings beyond the one before it; `nil` off the frontier and for
  /// its first.
  public func step(to index: Int) -> IncrementalRatio? {
    guard case .frontier(let previous?) = places[index] else { return nil }
    return IncrementalRatio(of: arms[index], against: arms[previous])
  }
}
