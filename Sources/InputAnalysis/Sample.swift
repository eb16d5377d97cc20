// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Observed values to which distributions are fitted.
public struct Sample: Sendable {
  /// Ascending.
  public let values: [Double]
  /// Each value that occurs, ascending, and how often.
  public let distinct: [(value: Double, count: Int)]
  public let mean: Double
  /// The mean squared distance from the mean: divided by the number of values, as likelihood has it.
  public let variance: Double
  /// Mean of the logarithms; not a number unless all values are above 0.
  let meanLogarithm: Double

  public var count: Int { values.count }
  public var minimum: Double { values[0] }
  public var maximum: Double { values[values.count - 1] }
  /// The standard deviation over the mean.
  public var variation: Double { variance.squareRoot() / mean }
  public var arePositive: Bool { minimum > 0 }
  /// Whether all values are whole numbers from 0 on, as counts are.
  public let areCounts: Bool

  /// - Precondition: there are two values at least, and all are finite.
  public init(_ values: [Double]) {
    precondition(values.count >= 2, "a sample has two values at least")
    precondition(values.allSatisfy(\.isFinite), "values of a sample are finite")
    let sorted = values.sorted()
    self.values = sorted
    let count = Double(sorted.count)
    let mean = sorted.reduce(0, +) / count
    self.mean = mean
    variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    meanLogarithm = sorted[0] > 0 ? sorted.reduce(0) { $0 + log($1) } / count : .nan
    // What is counted in thousands of millions is a measure, or a name written in digits.
    areCounts =
      sorted[0] >= 0 && sorted[sorted.count - 1] < 0x1p31
      && sorted.allSatisfy { $0 == $0.rounded() }
    var distinct: [(value: Double, count: Int)] = []
    for value in sorted {
      if let last = distinct.last, last.value == value {
        distinct[distinct.count - 1].count += 1
      } else {
        distinct.append((value, 1))
      }
    }
    self.distinct = distinct
  }

  /// The share of values at or below x: the empirical distribution function.
  public func cumulative(_ x: Double) -> Double {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return Double(low) / Double(count)
  }

  /// The value that a share of the sample does not exceed, 0 < share < 1.
  public func quantile(_ share: Double) -> Double {
    values[min(count - 1, max(0, Int((share * Double(count)).rounded(.up)) - 1))]
  }
}
