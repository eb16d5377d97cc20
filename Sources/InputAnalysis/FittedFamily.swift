// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// A family of distributions that can be fitted, in the parameterisation in which a model writes it.
public enum FittedFamily: String, CaseIterable, Hashable, Sendable {
  case exponential, uniform, triangular
  /// Cut at 0 where no value is negative, as a duration's must be; else not cut.
  case normal
  case lognormal, gamma, erlang, weibull
  /// Between bounds that are given, not fitted.
  case beta
  /// One of two exponentials.
  case hyperexponential
  /// One of two lognormals.
  case lognormals = "mixture"
  case poisson
  /// Trials up to the first success, from 1.
  case geometric
  /// Failures before the first success, from 0, as R has it.
  case failures = "geom"
  case binomial
  case negativeBinomial = "negative-binomial"
  case uniformInteger = "uniform-integer"

  /// Whether its values are whole numbers.
  public var isOfCounts: Bool {
    switch self {
    case .poisson, .geometric, .failures, .binomial, .negativeBinomial, .uniformInteger: true
    default: false
    }
  }

  /// A parameter as a model writes it.
  public struct Parameter: Hashable, Sendable {
    /// The key; of one of two components also its number, `2.mean`.
    public var name: String
    /// Whether it is in the unit of the values; else a plain number.
    public var isInUnit: Bool
    /// Whether it is estimated; else given beforehand.
    public var isFitted: Bool

    package init(name: String, isInUnit: Bool, isFitted: Bool = true) {
      self.name = name
      self.isInUnit = isInUnit
      self.isFitted = isFitted
    }
  }

  /// The parameters, in the order of ``Fit/parameters``.
  public var parameters: [Parameter] {
    func value(_ name: String) -> Parameter { Parameter(name: name, isInUnit: true) }
    func plain(_ name: String) -> Parameter { Parameter(name: name, isInUnit: false) }
    func given(_ name: String) -> Parameter {
      Parameter(name: name, isInUnit: true, isFitted: false)
    }
    return switch self {
    case .exponential: [value("mean")]
    case .uniform: [value("low"), value("high")]
    case .triangular: [value("low"), value("mode"), value("high")]
    case .normal: [value("mean"), value("standard-deviation"), given("lowest")]
    case .lognormal: [value("median"), plain("sigma")]
    case .gamma, .weibull: [plain("shape"), value("scale")]
    case .erlang: [plain("stages"), value("mean")]
    case .beta: [plain("alpha"), plain("beta"), given("low"), given("high")]
    case .hyperexponential: [plain("1.weight"), value("1.mean"), value("2.mean")]
    case .lognormals:
      [
        plain("1.weight"), value("1.median"), plain("1.sigma"), value("2.median"),
        plain("2.sigma"),
      ]
    case .poisson: [value("mean")]
    case .geometric: [plain("probability")]
    case .failures: [plain("prob")]
    case .binomial: [plain("trials"), plain("probability")]
    case .negativeBinomial: [plain("successes"), plain("probability")]
    case .uniformInteger: [value("low"), value("high")]
    }
  }

  /// How many parameters are estimated.
  public var fittedCount: Int { parameters.count(where: \.isFitted) }

  /// The distribution with these parameters.
  ///
  /// - Throws: ``DistributionError`` for parameters that make none, or that a model may not write.
  func distribution(_ p: [Double]) throws(DistributionError) -> Distribution {
    switch self {
    case .exponential: return try .exponential(mean: p[0])
    case .uniform: return try .uniform(low: p[0], high: p[1])
    case .triangular: return try .triangular(low: p[0], mode: p[1], high: p[2])
    case .normal:
      return try .normal(
        mean: p[0], standardDeviation: p[1], lowest: p[2].isFinite ? p[2] : nil, highest: nil)
    case .lognormal: return try .lognormal(mu: logarithm(p[0]), sigma: p[1])
    case .gamma: return try .gamma(shape: p[0], scale: p[1])
    case .weibull: return try .weibull(shape: p[0], scale: p[1])
    case .erlang: return try .erlang(stages: Int(p[0]), mean: p[1])
    case .beta: return try .beta(alpha: p[0], beta: p[1], low: p[2], high: p[3])
    case .hyperexponential:
      return try .mixture(
        [.exponential(mean: p[1]), .exponential(mean: p[2])], weights: [p[0], 1 - p[0]])
    case .lognormals:
      return try .mixture(
        [
          .lognormal(mu: logarithm(p[1]), sigma: p[2]),
          .lognormal(mu: logarithm(p[3]), sigma: p[4]),
        ], weights: [p[0], 1 - p[0]])
    case .poisson: return try .poisson(mean: p[0])
    case .geometric: return try .geometric(probability: p[0])
    case .failures: return try .negativeBinomial(successes: 1, probability: p[0])
    case .binomial: return try .binomial(trials: Int(p[0]), probability: p[1])
    case .negativeBinomial: return try .negativeBinomial(successes: p[0], probability: p[1])
    case .uniformInteger: return try .uniformInteger(low: Int(p[0]), high: Int(p[1]))
    }
  }
}
