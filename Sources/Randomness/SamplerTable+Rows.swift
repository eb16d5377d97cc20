// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension SamplerTable.Row {
  /// The row of a form that needs no list beside it; `nil` for the others.
  init?(_ form: Distribution.Form) {
    switch form {
    case .constant(let value): self.init(.constant, value)
    case .uniform(let low, let high): self.init(.uniform, low, high - low, high)
    case .exponential(let mean): self.init(.exponential, mean)
    case .normal(let mean, let deviation, -Double.infinity, Double.infinity):
      self.init(.normal, mean, deviation)
    case .lognormal(let mu, let sigma): self.init(.lognormal, mu, sigma)
    case .triangular(let low, let mode, let high): self.init(.triangular, low, mode, high)
    case .gamma(let shape, let scale): self.init(.gamma, shape, scale)
    case .erlang(let stages, let mean):
      self.init(.gamma, Double(stages), mean / Double(stages))
    case .weibull(let shape, let scale): self.init(.weibull, shape, scale)
    case .beta(let alpha, let beta, let low, let high): self.init(.beta, alpha, beta, low, high)
    case .poisson(let mean): self.init(.poisson, mean)
    case .geometric(let probability): self.init(.geometric, probability)
    case .binomial(let trials, let probability): self.init(.binomial, Double(trials), probability)
    case .negativeBinomial(let successes, let probability):
      self.init(.negativeBinomial, successes, probability)
    case .uniformInteger(let low, let high):
      self.init(.uniformInteger, Double(low), Double(high - low + 1))
    case .normal, .empirical, .mixture, .phaseType, .truncated, .shifted: return nil
    }
  }

  /// Draws a sample: the very one that the table's `sample` draws from this row.
  func sample(_ stream: inout RandomStream) -> Double {
    switch kind {
    case .constant: return a
    case .uniform: return min(a + b * stream.uniform(), c)
    case .exponential: return a * stream.exponential()
    case .normal: return a + b * stream.normal()
    case .lognormal: return stream.lognormal(mu: a, sigma: b)
    case .triangular: return Triangular(low: a, mode: b, high: c).quantile(stream.uniform())
    case .weibull: return gsl_cdf_weibull_Pinv(stream.uniform(), b, a)
    case .gamma: return stream.withGSLGenerator { gsl_ran_gamma($0, a, b) }
    case .beta:
      let part = stream.withGSLGenerator { gsl_ran_beta($0, a, b) }
      return min(c + (d - c) * part, d)
    case .poisson: return Double(stream.withGSLGenerator { gsl_ran_poisson($0, a) })
    case .geometric: return WholeNumbers.geometricQuantile(stream.uniform(), probability: a)
    case .binomial:
      return Double(stream.withGSLGenerator { gsl_ran_binomial($0, b, UInt32(a)) })
    case .negativeBinomial:
      return Double(stream.withGSLGenerator { gsl_ran_negative_binomial($0, b, a) })
    case .uniformInteger: return a + Double(stream.below(UInt32(b)))
    case .truncatedNormal, .empirical, .mixture, .phaseType, .truncated, .shifted:
      fatalError("drawn from the table's lists")
    }
  }
}
