// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// e to a power.
func exponential(_ x: Double) -> Double { exp(x) }

/// The natural logarithm.
func logarithm(_ x: Double) -> Double { log(x) }

extension FittedFamily {
  /// The logarithm of the likelihood of a sample: the sum of those of the density, or for counts of the
  /// probability, at each value.
  ///
  /// −∞ where a value cannot be.
  public func logLikelihood(of sample: Sample, _ parameters: [Double]) -> Double {
    let density = logDensity(parameters)
    return sample.distinct.reduce(0) { $0 + Double($1.count) * density($1.value) }
  }

  /// The logarithm of the density, or for counts of the probability.
  func logDensity(_ p: [Double]) -> (Double) -> Double {
    switch self {
    case .exponential:
      let constant = log(p[0])
      return { x in x >= 0 ? -constant - x / p[0] : -.infinity }
    case .uniform:
      let constant = -log(p[1] - p[0])
      return { x in x >= p[0] && x <= p[1] ? constant : -.infinity }
    case .triangular: return Self.triangularDensity(low: p[0], mode: p[1], high: p[2])
    case .normal:
      let constant = -log(p[1]) - halfLogTwoPi - Self.logShareAbove(p[2], p[0], p[1])
      return { x in
        let z = (x - p[0]) / p[1]
        return x >= p[2] ? constant - z * z / 2 : -.infinity
      }
    case .lognormal: return Self.lognormalDensity(mu: log(p[0]), sigma: p[1])
    case .gamma: return Self.gammaDensity(shape: p[0], scale: p[1])
    case .erlang: return Self.gammaDensity(shape: p[0], scale: p[1] / p[0])
    case .weibull:
      let (constant, logScale) = (log(p[0] / p[1]), log(p[1]))
      return { x in
        guard x > 0 else { return x == 0 && p[0] == 1 ? constant : -.infinity }
        let y = log(x) - logScale
        return constant + (p[0] - 1) * y - exp(p[0] * y)
      }
    case .beta:
      let (low, width) = (p[2], p[3] - p[2])
      let constant = -gsl_sf_lnbeta(p[0], p[1]) - log(width)
      return { x in
        let u = (x - low) / width
        return u > 0 && u < 1 ? constant + (p[0] - 1) * log(u) + (p[1] - 1) * log1p(-u) : -.infinity
      }
    case .hyperexponential:
      let (first, second) = (log(p[0] / p[1]), log((1 - p[0]) / p[2]))
      return { x in x >= 0 ? logSum(first - x / p[1], second - x / p[2]) : -.infinity }
    case .lognormals:
      let (one, other) = (
        Self.lognormalDensity(mu: log(p[1]), sigma: p[2]),
        Self.lognormalDensity(mu: log(p[3]), sigma: p[4])
      )
      let (first, second) = (log(p[0]), log(1 - p[0]))
      return { x in logSum(first + one(x), second + other(x)) }
    case .poisson:
      let logMean = log(p[0])
      return { x in x * logMean - p[0] - gsl_sf_lngamma(x + 1) }
    case .geometric:
      let (success, failure) = (log(p[0]), log1p(-p[0]))
      return { x in x >= 1 ? success + (x - 1) * failure : -.infinity }
    case .failures:
      let (success, failure) = (log(p[0]), log1p(-p[0]))
      return { x in success + x * failure }
    case .binomial:
      let (success, failure, all) = (log(p[1]), log1p(-p[1]), gsl_sf_lngamma(p[0] + 1))
      return { x in
        guard x <= p[0] else { return -.infinity }
        return all - gsl_sf_lngamma(x + 1) - gsl_sf_lngamma(p[0] - x + 1) + x * success
          + (x == p[0] ? 0 : (p[0] - x) * failure)
      }
    case .negativeBinomial:
      let constant = p[0] * log(p[1]) - gsl_sf_lngamma(p[0])
      let failure = log1p(-p[1])
      return { x in
        constant + gsl_sf_lngamma(x + p[0]) - gsl_sf_lngamma(x + 1) + x * failure
      }
    case .uniformInteger:
      let constant = -log(p[1] - p[0] + 1)
      return { x in x >= p[0] && x <= p[1] ? constant : -.infinity }
    }
  }

  private static func triangularDensity(low: Double, mode: Double, high: Double) -> (Double) ->
    Double
  {
    let top = log(2 / (high - low))
    return { x in
      if x == mode { return top }
      guard x > low, x < high else { return -.infinity }
      return x < mode
        ? top + log((x - low) / (mode - low)) : top + log((high - x) / (high - mode))
    }
  }

  private static func lognormalDensity(mu: Double, sigma: Double) -> (Double) -> Double {
    let constant = -log(sigma) - halfLogTwoPi
    return { x in
      guard x > 0 else { return -.infinity }
      let y = log(x)
      let z = (y - mu) / sigma
      return constant - y - z * z / 2
    }
  }

  private static func gammaDensity(shape: Double, scale: Double) -> (Double) -> Double {
    let constant = -gsl_sf_lngamma(shape) - shape * log(scale)
    return { x in
      guard x > 0 else { return x == 0 && shape == 1 ? constant : -.infinity }
      return constant + (shape - 1) * log(x) - x / scale
    }
  }

  /// The logarithm of the probability that a normal variable is above a bound.
  static func logShareAbove(_ bound: Double, _ mean: Double, _ deviation: Double) -> Double {
    guard bound.isFinite else { return 0 }
    return gsl_sf_log_erfc((bound - mean) / deviation / 2.0.squareRoot()) - log(2)
  }
}

private let halfLogTwoPi = 0.5 * log(2 * Double.pi)

/// log(eᵃ + eᵇ).
func logSum(_ a: Double, _ b: Double) -> Double {
  let high = max(a, b)
  return high == -.infinity ? high : high + log1p(exp(min(a, b) - high))
}
