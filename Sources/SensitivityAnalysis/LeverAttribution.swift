// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// How much of an effect each of several levers brings: Shapley values, which sum to the whole.
///
/// v(S) is the output with the levers of S pulled. A lever's part is the mean, over all orders in which
/// levers could be pulled one after another, of what it adds when its turn comes. It is formed within each
/// replication, so that under common random numbers its interval is a paired one, and parts sum to the
/// total in each of them: in exact arithmetic, here but for rounding, below 10⁻¹² of the largest v.
///
/// Two levers' interaction is what both bring together beyond what each would by itself, averaged over what
/// the others do: the interaction index of Grabisch and Roubens, for two players that of Owen,
/// I_ij = Σ_S (n−s−2)! s! / (n−1)! · (v(S∪ij) − v(S∪i) − v(S∪j) + v(S)). It is zero where effects add up. Half of
/// it is in either lever's part, if there are but two.
///
/// Sources: Shapley, in *Contributions to the Theory of Games* II, 1953, 307–317; Grabisch and Roubens,
/// *Int. J. Game Theory* 28 (1999) 547–565; orders drawn at random: Castro, Gómez and Tejada, *Comput. Oper.
/// Res.* 36 (2009) 1726–1730.
public struct LeverAttribution: Sendable {
  /// A set of levers: bit 0 is the first.
  public typealias Subset = UInt64

  /// Of one lever.
  public struct Part: Hashable, Sendable, BitwiseCopyable {
    /// Its Shapley value. Of sampled orders, the interval is one over orders and replications.
    public var share: PairedEffect
    /// What it brings by itself.
    public var alone: PairedEffect
    /// What it adds to all others.
    public var last: PairedEffect
  }

  /// Of two levers.
  public struct Interaction: Hashable, Sendable, BitwiseCopyable {
    public var first: Int
    public var second: Int
    public var index: PairedEffect
    /// The chance adjusted by Holm's rule for all pairs; `nil` under two replications.
    public var adjustedPValue: Double?
  }

  /// By lever.
  public var parts: [Part]
  /// All levers less none.
  public var total: PairedEffect
  /// Every pair, by lever; empty where orders are sampled.
  public var interactions: [Interaction]

  /// From every combination.
  ///
  /// - Parameters:
  ///   - levers: Their number.
  ///   - values: Of each subset, its bits being its place in the list, one value a replication.
  public init(levers: Int, values: [[Double]], level: Double = 0.95) {
    precondition(
      1...20 ~= levers && values.count == 1 << levers, "a value for every combination of levers")
    func difference(_ a: Int, _ b: Int) -> [Double] {
      zip(values[a], values[b]).map { $0 - $1 }
    }
    let weights = (0..<levers).map { 1 / (Double(levers) * Self.combinations(levers - 1, $0)) }
    let all = values.count - 1
    parts = (0..<levers).map { lever in
      let bit = 1 << lever
      let share = Self.sum(
        (0..<values.count).filter { $0 & bit == 0 }.map { subset in
          (weights[subset.nonzeroBitCount], difference(subset | bit, subset))
        })
      return Part(
        share: PairedEffect(share, level: level),
        alone: PairedEffect(difference(bit, 0), level: level),
        last: PairedEffect(difference(all, all ^ bit), level: level))
    }
    total = PairedEffect(difference(all, 0), level: level)
    interactions = []
    guard levers > 1 else { return }
    let pairWeights = (0..<(levers - 1)).map {
      1 / (Double(levers - 1) * Self.combinations(levers - 2, $0))
    }
    for first in 0..<levers {
      for second in (first + 1)..<levers {
        let (one, other) = (1 << first, 1 << second)
        let index = Self.sum(
          (0..<values.count).filter { $0 & (one | other) == 0 }.map { subset in
            let both = difference(subset | one | other, subset | one)
            let alone = difference(subset | other, subset)
            return (pairWeights[subset.nonzeroBitCount], zip(both, alone).map { $0 - $1 })
          })
        interactions.append(
          Interaction(
            first: first, second: second, index: PairedEffect(index, level: level)))
      }
    }
    let chances = interactions.compactMap(\.index.pValue)
    guard chances.count == interactions.count else { return }
    for (place, adjusted) in holmAdjusted(chances).enumerated() {
      interactions[place].adjustedPValue = adjusted
    }
  }

  /// From orders drawn at random, each beside its reverse.
  ///
  /// What a lever adds in an order and in its reverse is averaged first: early in one, it is late in the
  /// other. The pairs of orders are the rows of a ``CrossedMean``.
  ///
  /// - Parameters:
  ///   - orders: An even number, two that are each other's reverse side by side.
  ///   - value: What a subset shows, one value a replication: those met along the orders, each lever
  ///     alone, and all but each.
  public init(
    levers: Int, orders: [[Int]], level: Double = 0.95, value: (Subset) -> [Double]
  ) {
    precondition(
      1...63 ~= levers && !orders.isEmpty && orders.count.isMultiple(of: 2),
      "orders come in pairs")
    func difference(_ a: Subset, _ b: Subset) -> [Double] {
      zip(value(a), value(b)).map { $0 - $1 }
    }
    var tables = [[[Double]]](repeating: [], count: levers)
    for order in orders {
      var before: Subset = 0
      for lever in order {
        tables[lever].append(difference(before | 1 << UInt64(lever), before))
        before |= 1 << UInt64(lever)
      }
    }
    let all: Subset = 1 << UInt64(levers) &- 1
    parts = tables.enumerated().map { lever, table in
      let pairs = (0..<table.count / 2).map { pair -> [Double] in
        Self.average(table[2 * pair], table[2 * pair + 1])
      }
      let bit: Subset = 1 << UInt64(lever)
      return Part(
        share: PairedEffect(CrossedMean(pairs, level: level)),
        alone: PairedEffect(difference(bit, 0), level: level),
        last: PairedEffect(difference(all, all ^ bit), level: level))
    }
    total = PairedEffect(difference(all, 0), level: level)
    interactions = []
  }

  private static func combinations(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
  }

  private static func average(_ a: [Double], _ b: [Double]) -> [Double] {
    zip(a, b).map { ($0 + $1) / 2 }
  }

  private static func sum(_ terms: [(weight: Double, values: [Double])]) -> [Double] {
    var sums = terms[0].values.map { _ in 0.0 }
    for (weight, values) in terms {
      for place in sums.indices { sums[place] += weight * values[place] }
    }
    return sums
  }
}
