// SPDX-License-Identifier: GPL-3.0-or-later

/// Products of two quantities, each seen in several replications, without what chance alone puts into
/// them.
///
/// The product of means over replications has the covariance of their noise in its expectation: a
/// square is too large by the variance of the mean. Products of values from *different* replications
/// have not, because replications are independent of each other: their mean over all ordered pairs of
/// replications is an unbiased estimate of the product of the two expectations, whatever the noise,
/// alike or not, common to the points or not (a U-statistic; Hoeffding, *Ann. Math. Stat.* 19 (1948)
/// 293–325).
enum CrossProduct {
  /// The mean of x_r · y_s over all r ≠ s; of a single replication the plain product, noise included.
  static func mean(_ x: [Double], _ y: [Double]) -> Double {
    let count = x.count
    guard count > 1 else { return x[0] * y[0] }
    var (sumX, sumY, same) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      sumX += a
      sumY += b
      same += a * b
    }
    return (sumX * sumY - same) / Double(count * (count - 1))
  }
}

/// How much of what a sample of points shows is run noise.
public struct ReplicatedNoise: Hashable, Sendable, BitwiseCopyable {
  /// Variance between points of their expectations: noise taken out; below zero by chance where there
  /// is nothing but noise. Under common random numbers, luck that all points share is in neither.
  public var betweenPoints: Double
  /// Variance of a point's mean over its replications that is run noise.
  public var ofMeans: Double

  /// - Parameter values: Of each point, one value a replication: two points at least.
  /// - Returns: `nil` under two replications, which cannot tell the two apart.
  public init?(_ values: [[Double]]) {
    guard values.count > 1, let replications = values.first?.count, replications > 1 else {
      return nil
    }
    let table = CrossedMean(values)
    guard let between = table.rowVariance, let rest = table.restVariance else { return nil }
    betweenPoints = between
    ofMeans = rest / Double(replications)
  }

  /// Of the variance of means between points, the share that is run noise; 0 where nothing varies.
  public var share: Double {
    let all = max(0, betweenPoints) + ofMeans
    return all > 0 ? ofMeans / all : 0
  }
}
