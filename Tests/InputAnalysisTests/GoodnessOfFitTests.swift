// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Glibc
import InputAnalysis
import Randomness
import Testing

@Suite("how well a distribution fits")
struct GoodnessOfFitTests {
  @Test("the measures agree with their definitions, ties included")
  func definitions() throws {
    let values = [0.12, 0.3, 0.3, 0.3, 0.41, 0.6, 0.77, 0.91, 0.91, 0.99]
    let goodness = GoodnessOfFit(
      of: Sample(values.reversed()), to: try .uniform(low: 0, high: 1),
      isOfCounts: false)
    let n = Double(values.count)
    var (greatest, sum) = (0.0, 0.0)
    for (rank, x) in values.enumerated() {
      greatest = max(greatest, abs(Double(rank + 1) / n - x), abs(x - Double(rank) / n))
      sum += Double(2 * rank + 1) * (log(x) + log(1 - values[values.count - 1 - rank]))
    }
    #expect(abs(goodness.kolmogorovSmirnov - greatest) <= 1e-12)
    #expect(abs((goodness.andersonDarling ?? 0) - (-n - sum / n)) <= 1e-12)
    // Ten values make two cells: five of them below one half.
    #expect(goodness.cells == 2)
    #expect(goodness.chiSquare == 0)
  }

  @Test("of counts the steps are compared, and cells hold five expected values at least")
  func counts() throws {
    let values: [Double] =
      Array(repeating: 0, count: 12) + Array(repeating: 1, count: 20) + [2, 2, 5]
    let distribution = try Distribution.poisson(mean: 0.8)
    let goodness = GoodnessOfFit(of: Sample(values), to: distribution, isOfCounts: true)
    func p(_ x: Double) -> Double { exp(-0.8 + x * log(0.8) - lgamma(x + 1)) }
    let n = 35.0
    let at = [12 / n - p(0), 32 / n - p(0) - p(1), 34 / n - p(0) - p(1) - p(2)]
    #expect(abs(goodness.kolmogorovSmirnov - (at.map(abs).max() ?? 0)) <= 1e-12)
    // 0, 1, and all above: 35 P(2) = 5.03 is enough, and what lies above it joins it.
    let expected = [n * p(0), n * p(1), n * (1 - p(0) - p(1))]
    let chi = zip([12.0, 20, 3], expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    #expect(goodness.cells == 3)
    #expect(abs((goodness.chiSquare ?? 0) - chi) <= 1e-9)
    #expect(goodness.andersonDarling == nil)
  }

  /// Of 1,000 samples of an exponential distribution, as many p-values lie at or below 0.05 as the
  /// binomial distribution allows at a false-positive rate of 1e-6. The tables of Kolmogorov and Smirnov,
  /// which do not know that the mean was fitted, would give about 3.
  @Test("p-values are right although the parameters were fitted")
  func size() throws {
    let repetitions: UInt32 = 1_000
    let distribution = try Distribution.exponential(mean: 5)
    var low = (d: 0, a: 0, chi: 0)
    for repetition in 1...repetitions {
      let sample = planted(distribution, count: 40, seed: 77, repetition: repetition)
      let assessment = FitAssessment(
        of: try Fit(.exponential, to: sample), count: sample.count, samples: 59,
        seed: UInt64(repetition))
      if let p = assessment.kolmogorovSmirnov, p <= 0.05 { low.d += 1 }
      if let p = assessment.andersonDarling, p <= 0.05 { low.a += 1 }
      if let p = assessment.chiSquare, p <= 0.05 { low.chi += 1 }
    }
    let allowed = 17...87
    #expect(gsl_cdf_binomial_P(UInt32(allowed.lowerBound - 1), 0.05, repetitions) <= 5e-7)
    #expect(gsl_cdf_binomial_Q(UInt32(allowed.upperBound), 0.05, repetitions) <= 5e-7)
    #expect(allowed.contains(low.d), "\(low)")
    #expect(allowed.contains(low.a), "\(low)")
    // Its few cells make ties, so that it can only be low less often.
    #expect(low.chi <= allowed.upperBound, "\(low)")
  }

  @Test("a family that is wrong gets the least p-value there is")
  func power() throws {
    let sample = planted(try .lognormal(mu: 2, sigma: 0.4), count: 200, seed: 4)
    let assessment = FitAssessment(
      of: try Fit(.exponential, to: sample), count: 200, samples: 99, seed: 1)
    #expect(assessment.kolmogorovSmirnov == 0.01)
    #expect(assessment.andersonDarling == 0.01)
    #expect(assessment.chiSquare == 0.01)
  }

  /// Each range may miss the truth in 37 of 200 samples, which a range that misses 8 % of the time exceeds
  /// with a chance of 1e-6 (the bootstrap of 60 values is a little too narrow for 5 %). Ranges of half
  /// the length would miss a third of the time, 66 of 200.
  @Test("ranges hold the true parameter about as often as they say")
  func coverage() throws {
    var missed = [0, 0]
    for repetition in 1...200 as ClosedRange<UInt32> {
      let sample = planted(
        try .lognormal(mu: 1, sigma: 0.5), count: 60, seed: 9, repetition: repetition)
      let assessment = FitAssessment(
        of: try Fit(.lognormal, to: sample), count: 60, samples: 99, seed: UInt64(repetition))
      for (place, truth) in [exp(1.0), 0.5].enumerated()
      where !assessment.ranges[place].contains(truth) {
        missed[place] += 1
      }
    }
    #expect(gsl_cdf_binomial_Q(37, 0.08, 200) <= 1e-6)
    #expect(missed.allSatisfy { $0 <= 37 }, "\(missed)")
  }

  @Test("the same seed gives the same numbers, whatever else is fitted")
  func determinism() throws {
    let sample = planted(try .gamma(shape: 2, scale: 3), count: 80, seed: 6)
    func p(_ families: [FittedFamily]) -> Double? {
      FitComparison(of: sample, families: families, samples: 50, seed: 3).fits.first {
        $0.fit.family == .gamma
      }?.andersonDarling
    }
    let alone = try #require(p([.gamma]))
    #expect(p([.weibull, .exponential, .gamma]) == alone)
  }
}
