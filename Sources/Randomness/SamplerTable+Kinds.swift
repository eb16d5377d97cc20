// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension SamplerTable {
  /// The row of a distribution, whose lists go to the end of the other tables.
  mutating func compile(_ distribution: Distribution) -> Row {
    switch distribution.form {
    case .constant(let value): return Row(.constant, value)
    case .uniform(let low, let high): return Row(.uniform, low, high - low, high)
    case .exponential(let mean): return Row(.exponential, mean)
    case .normal(let mean, let deviation, -Double.infinity, Double.infinity):
      return Row(.normal, mean, deviation)
    case .normal(let mean, let deviation, let lowest, let highest):
      var row = Row(.truncatedNormal)
      row.first = UInt32(truncations.count)
      truncations.append(
        TruncatedNormal(
          mean: mean, standardDeviation: deviation, lowest: lowest, highest: highest))
      return row
    case .lognormal(let mu, let sigma): return Row(.lognormal, mu, sigma)
    case .triangular(let low, let mode, let high): return Row(.triangular, low, mode, high)
    case .gamma(let shape, let scale): return Row(.gamma, shape, scale)
    case .erlang(let stages, let mean):
      return Row(.gamma, Double(stages), mean / Double(stages))
    case .weibull(let shape, let scale): return Row(.weibull, shape, scale)
    case .beta(let alpha, let beta, let low, let high):
      return Row(.beta, alpha, beta, low, high)
    case .poisson(let mean): return Row(.poisson, mean)
    case .empirical(let points):
      let row = listRow(.empirical, weights: points.map(\.weight))
      // Other lists before this one may have been mixtures': the values stay at their places.
      values.append(contentsOf: repeatElement(0, count: Int(row.first) - values.count))
      values.append(contentsOf: points.map(\.value))
      return row
    case .mixture(let parts):
      let compiled = parts.map { compile($0.distribution) }
      let row = listRow(.mixture, weights: parts.map(\.weight))
      let unused = Row(.constant)
      components.append(
        contentsOf: repeatElement(unused, count: Int(row.first) - components.count))
      components.append(contentsOf: compiled)
      return row
    }
  }

  /// A row whose probabilities are added to `cumulative`.
  private mutating func listRow(_ kind: Kind, weights: [Double]) -> Row {
    var row = Row(kind)
    row.first = UInt32(cumulative.count)
    row.count = UInt32(weights.count)
    var sum = 0.0
    for weight in weights {
      sum += weight
      cumulative.append(sum)
    }
    cumulative[cumulative.count - 1] = 1  // whatever rounding left
    return row
  }

  /// Draws from the kinds that `sample` does not draw in line, and from parts of mixtures.
  @usableFromInline
  func sampleOutOfLine(_ start: Row, _ stream: inout RandomStream) -> Double {
    var row = start
    while row.kind == .mixture { row = components[place(in: row, stream.uniform())] }
    switch row.kind {
    case .constant: return row.a
    case .gamma: return stream.withGSLGenerator { gsl_ran_gamma($0, row.a, row.b) }
    case .beta:
      let part = stream.withGSLGenerator { gsl_ran_beta($0, row.a, row.b) }
      return min(row.c + (row.d - row.c) * part, row.d)
    case .poisson: return Double(stream.withGSLGenerator { gsl_ran_poisson($0, row.a) })
    default: return quantile(of: row, stream.uniform())
    }
  }

  /// The sample that inversion makes of the uniform number `u`.
  private func quantile(of row: Row, _ u: Double) -> Double {
    switch row.kind {
    case .uniform: return min(row.a + row.b * u, row.c)
    case .exponential: return row.a * -log(1 - u)
    case .normal: return row.a + row.b * StandardNormal.quantile(u)
    case .lognormal: return exp(row.a + row.b * StandardNormal.quantile(u))
    case .triangular: return Triangular(low: row.a, mode: row.b, high: row.c).quantile(u)
    case .truncatedNormal: return truncations[Int(row.first)].quantile(u)
    case .weibull: return gsl_cdf_weibull_Pinv(u, row.b, row.a)
    case .empirical: return values[place(in: row, u)]
    case .constant, .gamma, .beta, .poisson, .mixture: fatalError("not drawn by inversion")
    }
  }

  /// The place whose share of the unit interval holds `u`: a search of about log₂(count) steps.
  private func place(in row: Row, _ u: Double) -> Int {
    var low = Int(row.first)
    var length = Int(row.count)
    while length > 1 {
      let half = length / 2
      if cumulative[low + half - 1] <= u { low += half }
      length -= half
    }
    return low
  }
}
