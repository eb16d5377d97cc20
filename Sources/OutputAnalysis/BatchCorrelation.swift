// SPDX-License-Identifier: GPL-3.0-or-later

/// How far the mean of one batch of a run tells that of the next.
///
/// An interval of batch means rests on batches that are as good as independent. Where they are too
/// short, what is left over at the end of one, such as a long queue, begins the next; their means
/// then rise and fall together, and the interval is too narrow.
///
/// Source: von Neumann, *Ann. Math. Stat.* 12 (1941) 367–395; its use for batch means: Fishman,
/// *Oper. Res.* 26 (1978) 510–521. Of independent normal values the statistic has mean 0 and variance
/// (n − 2) / (n² − 1), and is as good as normal from eight values on.
public struct BatchCorrelation: Hashable, Sendable, BitwiseCopyable {
  /// Fewer values tell nothing.
  public static let fewest = 8

  public let count: Int
  /// The lag-1 autocorrelation: 1 − Σ(xᵢ₊₁ − xᵢ)² / 2Σ(xᵢ − x̄)².
  public let lagOne: Double

  /// - Parameter values: The batch means of one measure, in order.
  /// - Returns: `nil` under eight values, and where they do not vary.
  public init?(of values: [Double]) {
    guard values.count >= Self.fewest, let moments = SampleMoments(values), moments.variance > 0
    else { return nil }
    let steps = zip(values, values.dropFirst()).reduce(0) { sum, pair in
      sum + (pair.1 - pair.0) * (pair.1 - pair.0)
    }
    count = values.count
    lagOne = 1 - steps / (2 * moments.variance * Double(values.count - 1))
  }

  /// What independent batches exceed with a chance of `alpha`.
  public func limit(alpha: Double) -> Double {
    let n = Double(count)
    return Quantiles.normal(tail: alpha) * ((n - 2) / (n * n - 1)).squareRoot()
  }

  /// Whether the batches are too short, at the chance `alpha` of saying so wrongly.
  public func isPositive(alpha: Double) -> Bool { lagOne > limit(alpha: alpha) }
}
