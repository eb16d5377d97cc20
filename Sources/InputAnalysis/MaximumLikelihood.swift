// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a family has no member that fits a sample best.
public enum NoFit: String, Error, CaseIterable, Sendable {
  /// A value is 0 or below, where the density is 0 or without bound.
  case needsPositive
  /// A value is below 0.
  case needsNonnegative
  /// A value is below 1, or all are 1.
  case needsFromOne
  /// Values vary more than any member's: the likelihood grows towards a border of the family.
  case variesTooMuch
  /// Values vary less than any member's.
  case variesTooLittle
  /// Its bounds must be given, below and above all values.
  case needsBounds
  /// The search found no parameters that a model may write.
  case notFound
  /// A component of a mixture would stand for fewer than ten values.
  case holdsTooFew = "holds-too-few"
}

/// Parameters of greatest likelihood.
///
/// In closed form where there is one; else by Newton's method or, where neither is safe, by GSL's
/// simplex search (Nelder and Mead) or by expectation and maximisation for mixtures. The likelihood of
/// `uniform`, `triangular` and `uniform-integer` is greatest at borders that the data set, where the
/// usual theory of standard errors does not hold.
///
/// Source: Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions*, 2nd ed., 1994–95, and
/// Johnson, Kemp and Kotz, *Univariate Discrete Distributions*, 3rd ed., 2005; further sources stand
/// with each.
struct MaximumLikelihood {
  let sample: Sample
  /// The ends of `beta`.
  let bounds: ClosedRange<Double>?
  /// Parameters to begin a search at; `nil`: guessed from moments.
  var start: [Double]?

  private var n: Double { Double(sample.count) }

  func parameters(of family: FittedFamily) throws(NoFit) -> [Double] {
    try check(family)
    let found: [Double] =
      switch family {
      case .exponential, .poisson: [sample.mean]
      case .uniform, .uniformInteger: [sample.minimum, sample.maximum]
      case .triangular: triangular()
      case .normal: try normal()
      case .lognormal: lognormal()
      case .gamma: gamma()
      case .erlang: erlang()
      case .weibull: weibull()
      case .beta: beta()
      case .hyperexponential: hyperexponential()
      case .lognormals: lognormals()
      case .geometric: [1 / sample.mean]
      case .failures: [1 / (1 + sample.mean)]
      case .binomial: binomial()
      case .negativeBinomial: negativeBinomial()
      }
    guard zip(family.parameters, found).allSatisfy({ !$0.isFitted || $1.isFinite }) else {
      throw .notFound
    }
    // The likelihood of a mixture has no bound: a component of its own for a few values that lie close
    // together always wins, and means nothing.
    if family == .lognormals, min(found[0], 1 - found[0]) * n < Self.leastValues {
      throw .holdsTooFew
    }
    return found
  }

  private func check(_ family: FittedFamily) throws(NoFit) {
    switch family {
    case .exponential, .hyperexponential:
      if sample.minimum < 0 { throw .needsNonnegative }
    case .lognormal, .gamma, .erlang, .weibull, .lognormals:
      if !sample.arePositive { throw .needsPositive }
    case .poisson, .failures, .binomial, .negativeBinomial:
      if sample.minimum < 0 { throw .needsNonnegative }
      if sample.mean == 0 { throw .variesTooLittle }
    case .geometric:
      if sample.minimum < 1 || sample.mean == 1 { throw .needsFromOne }
    case .beta:
      guard let bounds, bounds.lowerBound < sample.minimum, bounds.upperBound > sample.maximum
      else { throw .needsBounds }
    case .uniform, .triangular, .normal, .uniformInteger: break
    }
    switch family {
    // Of these a likelihood has its greatest value inside only if values vary more, or less, than
    // those of the border: exponential, or Poisson.
    case .hyperexponential where sample.variance <= sample.mean * sample.mean:
      throw .variesTooLittle
    case .negativeBinomial where sample.variance <= sample.mean: throw .variesTooLittle
    case .binomial where sample.variance >= sample.mean: throw .variesTooMuch
    default: break
    }
  }

  // MARK: - Two parameters

  /// Without negative values, cut at 0: then by the simplex, over the mean and the logarithm of the
  /// deviation before the cut, from two sums alone.
  private func normal() throws(NoFit) -> [Double] {
    let deviation = sample.variance.squareRoot()
    guard sample.minimum >= 0 else { return [sample.mean, deviation, -.infinity] }
    // As the variation grows to 1 the cut normal becomes an exponential.
    if sample.variation >= 1 { throw .variesTooMuch }
    let (mean, variance) = (sample.mean, sample.variance)
    let found = Simplex.minimum(
      from: start.map { [$0[0] / deviation, log($0[1] / deviation)] } ?? [mean / deviation, 0],
      step: 0.1
    ) { point in
      let (location, spread) = (point[0] * deviation, exp(point[1]) * deviation)
      let distance = mean - location
      return log(spread) + (variance + distance * distance) / (2 * spread * spread)
        + FittedFamily.logShareAbove(0, location, spread)
    }
    return [found[0] * deviation, exp(found[1]) * deviation, 0]
  }

  private func lognormal() -> [Double] {
    let center = sample.meanLogarithm
    let squares = sample.distinct.reduce(0) {
      $0 + Double($1.count) * (log($1.value) - center) * (log($1.value) - center)
    }
    return [exp(center), (squares / n).squareRoot()]
  }

  /// Source: Minka, *Estimating a gamma distribution*, 2002: Newton's method on 1/shape.
  private func gamma() -> [Double] {
    let gap = log(sample.mean) - sample.meanLogarithm
    guard gap > 0 else { return [.nan, .nan] }
    var shape = (3 - gap + ((gap - 3) * (gap - 3) + 24 * gap).squareRoot()) / (12 * gap)
    for _ in 0..<50 {
      let slope = shape - shape * shape * gsl_sf_psi_1(shape)
      let next = 1 / (1 / shape + (log(shape) - gsl_sf_psi(shape) - gap) / slope)
      let isDone = abs(next - shape) <= 1e-13 * shape
      shape = next
      if isDone { break }
    }
    return [shape, sample.mean / shape]
  }

  /// The likelihood is concave in the shape, so the best whole number is next to the gamma's.
  private func erlang() -> [Double] {
    let shape = gamma()[0]
    guard shape.isFinite else { return [.nan, .nan] }
    let (mean, center) = (sample.mean, sample.meanLogarithm)
    func likelihood(_ k: Double) -> Double {
      (k - 1) * center - k - k * log(mean / k) - gsl_sf_lngamma(k)
    }
    let low = min(10_000, max(1, shape.rounded(.down)))
    let high = min(10_000, low + 1)
    return [likelihood(high) > likelihood(low) ? high : low, mean]
  }

  /// Newton's method on the equation of the shape, which grows with it; values are taken over the
  /// greatest, so that no power overflows.
  private func weibull() -> [Double] {
    let top = log(sample.maximum)
    let logs = sample.distinct.map { (log($0.value) - top, Double($0.count)) }
    let center = sample.meanLogarithm - top
    let spread = (logs.reduce(0) { $0 + $1.1 * ($1.0 - center) * ($1.0 - center) } / n).squareRoot()
    guard spread > 0 else { return [.nan, .nan] }
    func sums(_ shape: Double) -> (Double, Double, Double) {
      var sums = (0.0, 0.0, 0.0)
      for (y, weight) in logs {
        let power = weight * exp(shape * y)
        sums.0 += power
        sums.1 += power * y
        sums.2 += power * y * y
      }
      return sums
    }
    var shape = start?[0] ?? 1.28 / spread
    for _ in 0..<100 {
      let (zeroth, first, second) = sums(shape)
      let value = first / zeroth - 1 / shape - center
      let slope = (second * zeroth - first * first) / (zeroth * zeroth) + 1 / (shape * shape)
      let next = max(shape / 4, shape - value / slope)
      let isDone = abs(next - shape) <= 1e-13 * shape
      shape = next
      if isDone { break }
    }
    return [shape, exp(top + log(sums(shape).0 / n) / shape)]
  }

  /// By the simplex over the logarithms of both shapes, from two sums alone.
  private func beta() -> [Double] {
    guard let bounds else { return [.nan, .nan, .nan, .nan] }
    let width = bounds.upperBound - bounds.lowerBound
    var (logs, complements) = (0.0, 0.0)
    for (value, count) in sample.distinct {
      let u = (value - bounds.lowerBound) / width
      logs += Double(count) * log(u) / n
      complements += Double(count) * log1p(-u) / n
    }
    let mean = (sample.mean - bounds.lowerBound) / width
    // By moments; a variance near that of two points leaves next to nothing.
    let common = max(0.05, mean * (1 - mean) / (sample.variance / (width * width)) - 1)
    let guess =
      start.map { [log($0[0]), log($0[1])] } ?? [log(mean * common), log((1 - mean) * common)]
    let found = Simplex.minimum(from: guess, step: 0.2) { point in
      let (alpha, beta) = (exp(point[0]), exp(point[1]))
      guard alpha < 1e6, beta < 1e6, alpha > 1e-6, beta > 1e-6 else { return .infinity }
      return gsl_sf_lnbeta(alpha, beta) - (alpha - 1) * logs - (beta - 1) * complements
    }
    return [exp(found[0]), exp(found[1]), bounds.lowerBound, bounds.upperBound]
  }

  // MARK: - Triangular

  /// For given ends the best mode is one of the values; the ends by the simplex, over the logarithms
  /// of how far they lie beyond the data. The lower end stays at 0 or above where no value is negative.
  ///
  /// Source: Kotz and van Dorp, *Beyond Beta*, 2004, §1.4.
  private func triangular() -> [Double] {
    let (low, high) = (sample.minimum, sample.maximum)
    let width = high - low
    guard width > 0 else { return [.nan, .nan, .nan] }
    let guess = start.map { start in
      [low - start[0], start[2] - high].map { log(max(1e-9, $0 / width)) }
    }
    func ends(_ point: [Double]) -> (low: Double, high: Double) {
      let least = low - exp(point[0]) * width
      return (low >= 0 ? max(0, least) : least, high + exp(point[1]) * width)
    }
    let found = ends(
      Simplex.minimum(from: guess ?? [-3, -3], step: 0.5) { point in
        guard point.allSatisfy({ $0 < 5 && $0 > -25 }) else { return .infinity }
        let (least, greatest) = ends(point)
        return -bestMode(least, greatest).likelihood
      })
    return [found.low, bestMode(found.low, found.high).mode, found.high]
  }

  private func bestMode(_ low: Double, _ high: Double) -> (mode: Double, likelihood: Double) {
    let values = sample.distinct
    var above = values.reduce(0) { $0 + Double($1.count) * log(high - $1.value) }
    var below = 0.0
    var (before, after) = (0.0, n)
    var best = (mode: values[0].value, likelihood: -Double.infinity)
    for (value, count) in values {
      let weight = Double(count)
      let (up, down) = (log(value - low), log(high - value))
      above -= weight * down
      after -= weight
      // A value at the lower end, which has no density unless the mode is there.
      let rising = before > 0 ? below - before * up : 0
      let likelihood = rising + above - after * down
      if likelihood > best.likelihood { best = (value, likelihood) }
      below += weight * up
      before += weight
    }
    return (best.mode, best.likelihood + n * log(2 / (high - low)))
  }

  // MARK: - Mixtures

  /// Values that each component of a mixture must stand for.
  private static let leastValues = 10.0

  /// Source: Feldmann and Whitt, *Fitting mixtures of exponentials to long-tail distributions*, 1998,
  /// for the start; Dempster, Laird and Rubin, 1977, for the steps.
  private func hyperexponential() -> [Double] {
    let squared = sample.variance / (sample.mean * sample.mean)
    // Both components with the same share of the mean.
    let share = 0.5 * (1 + ((squared - 1) / (squared + 1)).squareRoot())
    var p = start ?? [share, sample.mean / (2 * share), sample.mean / (2 * (1 - share))]
    Self.climb { () -> Double in
      var (weight, first, likelihood) = (0.0, 0.0, 0.0)
      let (one, other) = (p[0] / p[1], (1 - p[0]) / p[2])
      for (value, count) in sample.distinct {
        let (a, b) = (one * exp(-value / p[1]), other * exp(-value / p[2]))
        let sum = max(a + b, .leastNormalMagnitude)
        let part = Double(count) * a / sum
        weight += part
        first += part * value
        likelihood += Double(count) * log(sum)
      }
      p = [weight / n, first / weight, (sample.mean * n - first) / (n - weight)]
      return likelihood / n
    }
    // The shorter component first, so that the same mixture is written one way.
    return p[1] <= p[2] ? p : [1 - p[0], p[2], p[1]]
  }

  /// Two normals over the logarithms; no deviation falls under a hundredth of that of all, so that no
  /// component shrinks onto a single value.
  private func lognormals() -> [Double] {
    let logs = sample.distinct.map { (log($0.value), Double($0.count)) }
    let center = sample.meanLogarithm
    let spread = (logs.reduce(0) { $0 + $1.1 * ($1.0 - center) * ($1.0 - center) } / n).squareRoot()
    guard spread > 0 else { return Array(repeating: .nan, count: 5) }
    // Weight of the first; mean and deviation of both.
    var p =
      start.map { [$0[0], log($0[1]), $0[2], log($0[3]), $0[4]] }
      ?? [0.5, center - spread, spread / 2, center + spread, spread / 2]
    Self.climb { () -> Double in
      var sums = (weight: 0.0, first: 0.0, square: 0.0, otherFirst: 0.0, otherSquare: 0.0)
      var likelihood = 0.0
      for (y, weight) in logs {
        let (u, v) = ((y - p[1]) / p[2], (y - p[3]) / p[4])
        let a = p[0] / p[2] * exp(-u * u / 2)
        let b = (1 - p[0]) / p[4] * exp(-v * v / 2)
        let sum = max(a + b, .leastNormalMagnitude)
        let part = weight * a / sum
        let rest = weight - part
        sums.weight += part
        sums.first += part * y
        sums.square += part * y * y
        sums.otherFirst += rest * y
        sums.otherSquare += rest * y * y
        likelihood += weight * log(sum)
      }
      let rest = n - sums.weight
      let (mean, other) = (sums.first / sums.weight, sums.otherFirst / rest)
      let least = spread * spread * 1e-4
      p = [
        sums.weight / n, mean, max(least, sums.square / sums.weight - mean * mean).squareRoot(),
        other, max(least, sums.otherSquare / rest - other * other).squareRoot(),
      ]
      return likelihood / n
    }
    guard p.allSatisfy(\.isFinite) else { return p }
    let natural = [p[0], exp(p[1]), p[2], exp(p[3]), p[4]]
    return p[1] <= p[3] ? natural : [1 - p[0], natural[3], natural[4], natural[1], natural[2]]
  }

  /// Takes steps, each of which tells the mean log likelihood before it, until they gain no more.
  private static func climb(_ step: () -> Double) {
    var last = -Double.infinity
    for _ in 0..<2_000 {
      let value = step()
      if !(value - last > 1e-10) { return }
      last = value
    }
  }

  // MARK: - Counts

  /// Over the number of trials the likelihood has one peak; the probability follows from the mean.
  ///
  /// Source: Levin and Reeds, *Compound multinomial likelihood functions are unimodal*, 1977.
  private func binomial() -> [Double] {
    func likelihood(_ trials: Double) -> Double {
      FittedFamily.binomial.logLikelihood(of: sample, [trials, sample.mean / trials])
    }
    // The last step up of a walk whose steps double; then the peak between by halving.
    var low = max(1, sample.maximum)
    var high = low + 1
    while likelihood(high) > likelihood(high - 1) {
      low = high
      high *= 2
      if high > 1e5 { return [.nan, .nan] }
    }
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      if likelihood(middle) > likelihood(middle - 1) { low = middle } else { high = middle }
    }
    return [low, sample.mean / low]
  }

  /// Over the logarithm of the successes by the simplex; the probability follows from the mean.
  private func negativeBinomial() -> [Double] {
    let mean = sample.mean
    let guess = start?[0] ?? mean * mean / (sample.variance - mean)
    let found = Simplex.minimum(from: [log(min(1e4, guess))], step: 0.2) { point in
      let successes = exp(point[0])
      guard successes < 1e5, successes > 1e-6 else { return .infinity }
      return -FittedFamily.negativeBinomial.logLikelihood(
        of: sample, [successes, successes / (successes + mean)])
    }
    let successes = exp(found[0])
    return [successes, successes / (successes + mean)]
  }
}
