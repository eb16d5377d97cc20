// SPDX-License-Identifier: GPL-3.0-or-later

/// Count, mean, variance and range of observations, without keeping them.
///
/// Source: B. P. Welford, Technometrics 4 (1962) 419–420; for merging, T. F. Chan, G. H. Golub,
/// R. J. LeVeque, The American Statistician 37 (1983) 242–247.
public struct Tally: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var observed: Int
  @usableFromInline var runningMean: Double
  /// Sum of the squared deviations from the mean.
  @usableFromInline var squares: Double
  @usableFromInline var least: Double
  @usableFromInline var greatest: Double

  @inlinable
  public init() {
    self.init(count: 0, mean: 0, squares: 0, least: .infinity, greatest: -.infinity)
  }

  @inlinable
  init(count: Int, mean: Double, squares: Double, least: Double, greatest: Double) {
    self.observed = count
    self.runningMean = mean
    self.squares = squares
    self.least = least
    self.greatest = greatest
  }

  @inlinable
  public mutating func record(_ value: Double) {
    observed &+= 1
    let deviation = value - runningMean
    runningMean += deviation / Double(observed)
    squares += deviation * (value - runningMean)
    least = Swift.min(least, value)
    greatest = Swift.max(greatest, value)
  }

  /// Adds what another tally has seen. The result is that of recording both series, but for the
  /// rounding of the last digits, which depends on the order of merging.
  @inlinable
  public mutating func merge(_ other: Self) {
    guard other.observed > 0 else { return }
    guard observed > 0 else {
      self = other
      return
    }
    let total = Double(observed) + Double(other.observed)
    let difference = other.runningMean - runningMean
    let weight = Double(other.observed) / total
    runningMean += difference * weight
    squares += other.squares + difference * difference * Double(observed) * weight
    observed += other.observed
    least = Swift.min(least, other.least)
    greatest = Swift.max(greatest, other.greatest)
  }

  @inlinable
  public var count: Int { observed }

  /// `nil` when nothing was recorded.
  @inlinable
  public var mean: Double? { count > 0 ? runningMean : nil }

  /// With divisor n − 1; `nil` for fewer than two observations.
  @inlinable
  public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

  @inlinable
  public var standardDeviation: Double? { variance.map { $0.squareRoot() } }

  @inlinable
  public var minimum: Double? { count > 0 ? least : nil }
  @inlinable
  public var maximum: Double? { count > 0 ? greatest : nil }
}
