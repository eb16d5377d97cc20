// SPDX-License-Identifier: GPL-3.0-or-later

/// The number, mean and variance of a sample, found in two passes.
///
/// The first pass finds the mean; the second sums the squares of the deviations from it and takes
/// back the rounding of the first, so that equal values have a variance of exactly zero.
public struct SampleMoments: Hashable, Sendable, BitwiseCopyable {
  public var count: Int
  public var mean: Double
  /// Sum of squared deviations over `count − 1`; zero for a single value.
  public var variance: Double

  /// The moments of a sample, or `nil` when it is empty.
  public init?(_ sample: [Double]) {
    guard !sample.isEmpty else { return nil }
    count = sample.count
    var sum = 0.0
    for value in sample { sum += value }
    let firstMean = sum / Double(count)
    var squares = 0.0
    var remainder = 0.0
    for value in sample {
      let deviation = value - firstMean
      squares += deviation * deviation
      remainder += deviation
    }
    mean = firstMean + remainder / Double(count)
    squares -= remainder * remainder / Double(count)
    variance = count > 1 ? max(0, squares) / Double(count - 1) : 0
  }

  public var standardDeviation: Double { variance.squareRoot() }

  /// Standard deviation of the mean: `√(variance / count)`.
  public var standardError: Double { (variance / Double(count)).squareRoot() }
}
