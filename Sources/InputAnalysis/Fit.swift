// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// The member of a family that makes a sample likeliest.
public struct Fit: Sendable {
  public let family: FittedFamily
  /// In the order of ``FittedFamily/parameters``.
  public let parameters: [Double]
  public let distribution: Distribution
  /// The logarithm of the likelihood, base e.
  public let logLikelihood: Double
  /// Akaike's criterion, 2k − 2 ln L with k parameters: the least is best.
  public let aic: Double
  /// Schwarz's criterion, k ln n − 2 ln L: the least is best.
  public let bic: Double
  public let goodness: GoodnessOfFit

  /// - Parameters:
  ///   - bounds: the ends of `beta`, which lie below and above all values.
  ///   - start: parameters to begin a search at.
  /// - Throws: ``NoFit`` when the family has no member that fits best.
  public init(
    _ family: FittedFamily, to sample: Sample, bounds: ClosedRange<Double>? = nil,
    start: [Double]? = nil
  ) throws(NoFit) {
    let search = MaximumLikelihood(sample: sample, bounds: bounds, start: start)
    let parameters = try search.parameters(of: family)
    guard let distribution = try? family.distribution(parameters) else { throw .notFound }
    let logLikelihood = family.logLikelihood(of: sample, parameters)
    guard logLikelihood.isFinite else { throw .notFound }
    self.family = family
    self.parameters = parameters
    self.distribution = distribution
    self.logLikelihood = logLikelihood
    let count = Double(family.fittedCount)
    aic = 2 * count - 2 * logLikelihood
    bic = count * logarithm(Double(sample.count)) - 2 * logLikelihood
    goodness = GoodnessOfFit(of: sample, to: distribution, isOfCounts: family.isOfCounts)
  }

  /// The density at x; of counts the probability.
  public func density(_ x: Double) -> Double {
    exponential(family.logDensity(parameters)(x))
  }
}
