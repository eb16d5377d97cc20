// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// Which share of an output's variance each factor brings by itself (first order) and with all its
/// interactions (total), from Saltelli's samples.
///
/// With f at the rows of A, B and AB_i (A with column i of B), f₀ the mean over all points, and V the
/// variance over A and B:
///
/// - first order: mean of (f(B) − f₀)(f(AB_i) − f(A)) over V;
/// - total: ½ mean of (f(A) − f(AB_i))² over V.
///
/// With replications, each product is taken between different replications (``CrossProduct``): run noise
/// then adds nothing on average to either numerator nor to V, and the indices are shares of the variance
/// that factors make, whatever the noise. With one replication, noise is in all three: in V as variance
/// that no factor explains, and in the total of each factor, also of those that do nothing.
///
/// Intervals come from a bootstrap over rows (expanded percentiles). A luck that all rows share, as
/// common random numbers bring it, would escape it: with three replications or more the variance that
/// leaving out one replication at a time shows (jackknife) is added to it. Points of a Sobol sequence
/// are more even than the independent ones that a bootstrap draws, so that intervals are then too
/// wide rather than too narrow.
///
/// Sources: Saltelli et al., *Comput. Phys. Commun.* 181 (2010) 259–270, table 2 (b) and (f), the latter
/// from Jansen, *Comput. Phys. Commun.* 117 (1999) 35–43.
public struct SobolIndices: Sendable {
  /// Of one factor.
  public struct Index: Hashable, Sendable, BitwiseCopyable {
    public var first: ConfidenceInterval
    public var total: ConfidenceInterval
  }

  /// By factor; `nil` where the output does not vary more than run noise does: shares of nothing.
  public var indices: [Index]?
  /// V: the variance of the output over the factors.
  public var variance: ConfidenceInterval
  /// Rows of each sample.
  public var rows: Int
  public var replications: Int

  /// The values at the points, by row of the samples and replication.
  public struct Values: Sendable {
    public var a: [[Double]]
    public var b: [[Double]]
    /// By factor.
    public var mixed: [[[Double]]]

    public init(a: [[Double]], b: [[Double]], mixed: [[[Double]]]) {
      self.a = a
      self.b = b
      self.mixed = mixed
    }

    func without(_ replication: Int) -> Values {
      func cut(_ rows: [[Double]]) -> [[Double]] {
        rows.map { row in row.indices.filter { $0 != replication }.map { row[$0] } }
      }
      return Values(a: cut(a), b: cut(b), mixed: mixed.map(cut))
    }
  }

  /// - Parameters:
  ///   - values: Two rows at least.
  ///   - seed: Of the bootstrap.
  public init(_ values: Values, seed: UInt64, resamples: Int = 1000, level: Double = 0.95) {
    let (rows, replications) = (values.a.count, values.a.first?.count ?? 0)
    precondition(rows > 1 && replications >= 1, "indices need rows and replications")
    (self.rows, self.replications) = (rows, replications)
    let terms = SobolTerms(values)
    let estimate = terms.estimate(nil)
    let bootstrap = Bootstrap(seed: seed, kind: "rows", count: rows, resamples: resamples)
    let drawn = (0..<resamples).map { terms.estimate(bootstrap.counts(inResample: $0)) }
    let left =
      replications > 2
      ? (0..<replications).map { SobolTerms(values.without($0)).estimate(nil) } : []

    func interval(_ value: (SobolTerms.Estimate) -> Double) -> ConfidenceInterval {
      let center = value(estimate)
      let resampled = drawn.map(value)
      var (low, high) = bootstrap.percentiles(resampled, level: level)
      let byRows = SampleMoments(resampled)?.variance ?? 0
      if let leaving = SampleMoments(left.map(value)), byRows > 0 {
        let count = Double(leaving.count)
        let byReplications = leaving.variance * (count - 1) * (count - 1) / count
        let widening = (1 + byReplications / byRows).squareRoot()
        low = center - widening * (center - low)
        high = center + widening * (high - center)
      }
      return ConfidenceInterval(
        estimate: center, low: min(low, center), high: max(high, center), n: rows, level: level)
    }
    variance = interval(\.variance)
    let factors = values.mixed.count
    guard variance.low > 0 else { return }
    indices = (0..<factors).map { factor in
      Index(
        first: interval { $0.first[factor] / $0.variance },
        total: interval { $0.total[factor] / $0.variance })
    }
  }
}

/// What each row brings to the sums of which the indices are made.
private struct SobolTerms {
  struct Estimate {
    /// Numerators, and the variance that divides them.
    var first: [Double]
    var total: [Double]
    var variance: Double
  }

  private let rows: Int
  private let factors: Int
  private let replications: Int
  /// By row: the first and the total of each factor, the squares of A and B, and the sums of A and B by
  /// replication.
  private var flat: [Double] = []
  private var stride: Int { 2 * factors + 1 + replications }

  init(_ values: SobolIndices.Values) {
    rows = values.a.count
    factors = values.mixed.count
    replications = values.a[0].count
    let (factors, replications) = (factors, replications)
    let all = [values.a, values.b] + values.mixed
    let center = (0..<replications).map { replication in
      all.reduce(0) { $0 + $1.reduce(0) { $0 + $1[replication] } } / Double(all.count * rows)
    }
    flat.reserveCapacity(rows * (2 * factors + 1 + replications))
    for row in 0..<rows {
      let a = zip(values.a[row], center).map { $0 - $1 }
      let b = zip(values.b[row], center).map { $0 - $1 }
      let changes = values.mixed.map { mixed in
        zip(mixed[row], values.a[row]).map { $0 - $1 }
      }
      flat += changes.map { CrossProduct.mean(b, $0) }
      flat += changes.map { CrossProduct.mean($0, $0) / 2 }
      flat.append(CrossProduct.mean(a, a) + CrossProduct.mean(b, b))
      flat += zip(a, b).map { $0 + $1 }
    }
  }

  /// - Parameter counts: How often each row counts; `nil`: once.
  func estimate(_ counts: [Int]?) -> Estimate {
    let stride = stride
    var sums = [Double](repeating: 0, count: stride)
    for row in 0..<rows {
      let weight = Double(counts?[row] ?? 1)
      if weight == 0 { continue }
      for place in 0..<stride { sums[place] += weight * flat[row * stride + place] }
    }
    let count = Double(rows)
    let means = sums[(2 * factors + 1)...].map { $0 / (2 * count) }
    return Estimate(
      first: sums[..<factors].map { $0 / count },
      total: sums[factors..<2 * factors].map { $0 / count },
      variance: sums[2 * factors] / (2 * count) - CrossProduct.mean(means, means))
  }
}
