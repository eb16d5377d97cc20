// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness
import Testing

@Suite("A distribution")
struct DistributionTests {
  @Test("states its parameterisation by its moments")
  func parameterisations() throws {
    func expect(
      _ distribution: Distribution, _ mean: Double, _ variance: Double,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(
        abs(distribution.mean - mean) <= 1e-12 * abs(mean), "mean \(distribution.mean)",
        sourceLocation: sourceLocation)
      #expect(
        abs(distribution.variance - variance) <= 1e-12 * variance,
        "variance \(distribution.variance)", sourceLocation: sourceLocation)
    }
    expect(try .constant(4), 4, 0)
    expect(try .exponential(mean: 4), 4, 16)
    expect(try .uniform(low: 2, high: 8), 5, 3)
    expect(try .triangular(low: 0, mode: 3, high: 6), 3, 1.5)
    expect(try .normal(mean: -2, standardDeviation: 3), -2, 9)
    expect(try .lognormal(mean: 10, standardDeviation: 7), 10, 49)
    expect(try .lognormal(mu: 0, sigma: 1), 1.6487212707001282, 4.670774270471604)
    expect(try .gamma(shape: 3, scale: 2), 6, 12)
    expect(try .erlang(stages: 4, mean: 10), 10, 25)
    expect(try .weibull(shape: 1, scale: 5), 5, 25)
    expect(try .weibull(shape: 2, scale: 1), 0.886226925452758, 0.21460183660255172)
    expect(try .beta(alpha: 2, beta: 3), 0.4, 0.04)
    expect(try .beta(alpha: 2, beta: 3, low: 10, high: 20), 14, 4)
    expect(try .poisson(mean: 6), 6, 6)
    expect(try .empirical(values: [0, 10], weights: [3, 1]), 2.5, 18.75)
    expect(try .mixture([.constant(0), .exponential(mean: 8)], weights: [1, 3]), 6, 60)
  }

  @Test("the half-normal has the moments of the textbook")
  func halfNormal() throws {
    let half = try Distribution.normal(mean: 0, standardDeviation: 1, lowest: 0)
    #expect(abs(half.mean - 0.7978845608028654) <= 1e-15)
    #expect(abs(half.variance - 0.3633802276324187) <= 1e-15)
  }

  @Test(
    "mean and variance are the integrals of the distribution function",
    arguments: DistributionCase.continuous + DistributionCase.composed)
  func moments(_ item: DistributionCase) {
    let distribution = item.distribution
    let (mean, variance) = integratedMoments(distribution)
    let scale = distribution.standardDeviation
    #expect(
      abs(mean - distribution.mean) <= 1e-7 * scale, "mean off by \(mean - distribution.mean)")
    #expect(
      abs(variance / distribution.variance - 1) <= 1e-6, "ratio \(variance / distribution.variance)"
    )
  }

  /// E[X] = m + ∫(1 − F) above m − ∫F below m, and the variance likewise, by Gauss-Legendre
  /// integration between quantiles.
  private func integratedMoments(_ distribution: Distribution) -> (mean: Double, variance: Double) {
    let middle = distribution.quantile(0.5)
    var edges = [middle]
    for step in 1...600 {
      let tail = 0.5 * gsl_sf_exp(-Double(step) * 0.05)
      edges.append(distribution.quantile(1 - tail))
      edges.insert(distribution.quantile(tail), at: 0)
    }
    let table = gsl_integration_glfixed_table_alloc(12)
    defer { gsl_integration_glfixed_table_free(table) }
    var first = 0.0
    var second = 0.0
    for (low, high) in zip(edges, edges.dropFirst()) where high > low {
      for point in 0..<12 {
        var x = 0.0
        var weight = 0.0
        gsl_integration_glfixed_point(low, high, point, &x, &weight, table)
        let below = distribution.cumulative(x)
        let part = x < middle ? -below : 1 - below
        first += weight * part
        second += weight * 2 * (x - middle) * part
      }
    }
    return (middle + first, second - first * first)
  }

  @Test("mean and variance of whole numbers are the sums over them")
  func poissonMoments() throws {
    for mean in [0.01, 3.0, 60] {
      let distribution = try Distribution.poisson(mean: mean)
      var sum = 0.0
      var squares = 0.0
      for k in 0..<400 {
        let probability =
          distribution.cumulative(Double(k)) - distribution.cumulative(Double(k) - 1)
        #expect(abs(probability - gsl_ran_poisson_pdf(UInt32(k), mean)) <= 1e-14)
        sum += Double(k) * probability
        squares += (Double(k) - mean) * (Double(k) - mean) * probability
      }
      #expect(abs(sum - mean) <= 1e-9 && abs(squares - mean) <= 1e-9)
    }
  }

  @Test(
    "the quantile undoes the distribution function",
    arguments: DistributionCase.continuous + DistributionCase.composed)
  func quantiles(_ item: DistributionCase) {
    let distribution = item.distribution
    var last = -Double.infinity
    let tails = stride(from: -30.0, through: -1, by: 1).map { gsl_sf_exp($0) }
    for p in tails + (1..<100).map({ Double($0) / 100 }).filter({ $0 > tails.last! }) {
      let x = distribution.quantile(p)
      #expect(x >= last, "quantiles never fall")
      #expect(distribution.support.contains(x))
      last = x
      // Numbers next to x bracket p, but for rounding where x is coarse against the spread.
      let step = max(abs(x) * 1e-14, distribution.standardDeviation * 1e-13)
      let below = distribution.cumulative(x - step)
      let above = distribution.cumulative(x + step)
      let slack = p * 1e-8 + item.coarseness
      #expect(below <= p + slack && above >= p - slack, "\(below) \(p) \(above)")
    }
    #expect(distribution.quantile(0) == distribution.support.lowerBound)
    #expect(distribution.quantile(1) == distribution.support.upperBound)
  }

  @Test(
    "the quantile of a discrete one is the least value that suffices",
    arguments: DistributionCase.discrete + DistributionCase.counts)
  func discreteQuantiles(_ item: DistributionCase) {
    let distribution = item.distribution
    for p in [1e-9, 0.01, 0.3, 0.5, 0.77, 0.999, 1 - 1e-9] {
      let x = distribution.quantile(p)
      #expect(distribution.cumulative(x) >= p)
      #expect(x == distribution.support.lowerBound || distribution.cumulative(x.nextDown) < p)
    }
  }

  @Test(
    "the distribution function is 0 below all samples and 1 above",
    arguments: DistributionCase.all)
  func ends(_ item: DistributionCase) {
    let distribution = item.distribution
    let support = distribution.support
    #expect(distribution.cumulative(-.infinity) == 0)
    #expect(distribution.cumulative(.infinity) == 1)
    #expect(distribution.cumulative(support.lowerBound.nextDown) == 0)
    #expect(distribution.cumulative(support.upperBound) == 1)
  }

  @Test("says whether it can be a duration")
  func nonnegative() throws {
    #expect(try Distribution.exponential(mean: 1).isNonnegative)
    #expect(try Distribution.normal(mean: 1, standardDeviation: 1, lowest: 0).isNonnegative)
    #expect(try Distribution.constant(0).isNonnegative)
    #expect(try !Distribution.normal(mean: 100, standardDeviation: 1).isNonnegative)
    #expect(try !Distribution.empirical(values: [3, -1]).isNonnegative)
    #expect(
      try !Distribution.mixture([.constant(1), .uniform(low: -1, high: 1)]).isNonnegative)
  }

  @Test("equal tables of values are equal distributions, whatever their order")
  func empiricalOrder() throws {
    let first = try Distribution.empirical(values: [1, 2, 3, 2], weights: [1, 2, 4, 1])
    let second = try Distribution.empirical(values: [3, 7, 2, 1], weights: [4, 0, 3, 1])
    #expect(first == second)
  }

  @Test("GSL reports errors instead of stopping the process")
  func errorHandler() async throws {
    await #expect(processExitsWith: .success) {
      _ = try Distribution.gamma(shape: 2, scale: 1).cumulative(1)
      var result = gsl_sf_result()
      #expect(throws: GSLError(code: 1)) {  // 1 is GSL_EDOM
        try GSLError.check(gsl_sf_log_e(-1, &result))
      }
      try GSLError.check(gsl_sf_log_e(1, &result))
    }
  }
}
