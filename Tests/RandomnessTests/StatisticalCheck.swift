// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Glibc
import Testing

/// How often a check may fail although the code is right, were its seed drawn anew.
///
/// Seeds are fixed, so a check that passed once passes always. Each check's comment says which
/// deviation it finds with a probability of at least one less this rate.
let falsePositiveRate = 1e-6

/// Expects samples of a continuous distribution to follow `cumulative` (Kolmogorov-Smirnov).
///
/// By the inequality of Dvoretzky, Kiefer, Wolfowitz and Massart the greatest distance of the
/// empirical distribution function is beyond t = √(ln(2/rate)/2n) with at most the stated rate; so a
/// sampler that is off by 2t somewhere is caught: by 0.0085 of probability with 400,000 samples, by
/// 0.0027 with 4 million.
func expectSamples(
  _ samples: [Double], follow cumulative: (Double) -> Double, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let count = Double(samples.count)
  var greatest = 0.0
  var place = 0.0
  for (rank, x) in samples.sorted().enumerated() {
    let probability = cumulative(x)
    let distance = max(
      Double(rank + 1) / count - probability, probability - Double(rank) / count)
    // Not `max`: a probability that is no number must count.
    if !(distance <= greatest) {
      greatest = distance
      place = x
    }
  }
  let allowed = (log(2 / falsePositiveRate) / (2 * count)).squareRoot()
  #expect(
    greatest <= allowed, "distance \(greatest) at \(place). \(comment ?? "")",
    sourceLocation: sourceLocation)
}

/// Expects counts to be in proportion to `probabilities`, which sum to 1 (chi-square).
///
/// Cells of which fewer than 20 are expected are joined with the next.
///
/// With k cells and n samples it finds a root mean square relative error of the cells'
/// probabilities of about √((9.5√(2k) + 110)/n): 1.2 % for 1,000 cells and 4 million samples.
func expectCounts(
  _ counts: [Int], matchProbabilities probabilities: [Double], _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let total = Double(counts.reduce(0, +))
  var cells: [(seen: Double, expected: Double)] = []
  var open = (seen: 0.0, expected: 0.0)
  for (count, probability) in zip(counts, probabilities) {
    open.seen += Double(count)
    open.expected += total * probability
    if open.expected >= 20 {
      cells.append(open)
      open = (0, 0)
    }
  }
  if !cells.isEmpty {
    cells[cells.count - 1].seen += open.seen
    cells[cells.count - 1].expected += open.expected
  }
  guard cells.count >= 2 else {
    Issue.record("too few samples for a chi-square test", sourceLocation: sourceLocation)
    return
  }
  let statistic = cells.reduce(0) {
    $0 + ($1.seen - $1.expected) * ($1.seen - $1.expected) / $1.expected
  }
  let probability = gsl_cdf_chisq_Q(statistic, Double(cells.count - 1))
  #expect(
    probability >= falsePositiveRate,
    "chi-square \(statistic) of \(cells.count) cells, p = \(probability). \(comment ?? "")",
    sourceLocation: sourceLocation)
}

/// Expects the mean of samples, whose standard deviation is known (normal approximation).
///
/// Finds a mean that is off by 9.8 standard errors: 1.5 % of a standard deviation with 400,000
/// samples.
func expectMean(
  of samples: some Collection<Double>, equals mean: Double, standardDeviation: Double,
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  let observed = samples.reduce(0, +) / Double(samples.count)
  let error = standardDeviation / Double(samples.count).squareRoot()
  let allowed = gsl_cdf_ugaussian_Qinv(falsePositiveRate / 2) * error
  #expect(
    abs(observed - mean) <= allowed,
    "mean \(observed), expected \(mean) within \(allowed). \(comment ?? "")",
    sourceLocation: sourceLocation)
}

/// Expects the variance of samples about a known mean; its standard error is taken from the
/// samples' fourth moment.
///
/// Finds a variance that is off by 9.8 standard errors: 2 % for a normal variable and 400,000
/// samples, 4.5 % for an exponential one.
func expectVariance(
  of samples: [Double], equals variance: Double, mean: Double, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let squares = samples.map { ($0 - mean) * ($0 - mean) }
  let observed = squares.reduce(0, +) / Double(squares.count)
  let spread = squares.reduce(0) { $0 + ($1 - observed) * ($1 - observed) } / Double(squares.count)
  expectMean(
    of: squares, equals: variance, standardDeviation: spread.squareRoot(), comment,
    sourceLocation: sourceLocation)
}

/// Expects two series to be uncorrelated (normal approximation of the product moment).
///
/// Finds a correlation of 9.8/√n: 0.031 with 100,000 pairs.
func expectNoCorrelation(
  _ first: [Double], _ second: [Double], _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let correlation = gsl_stats_correlation(first, 1, second, 1, first.count)
  let allowed =
    gsl_cdf_ugaussian_Qinv(falsePositiveRate / 2) / Double(first.count).squareRoot()
  #expect(
    abs(correlation) <= allowed, "correlation \(correlation). \(comment ?? "")",
    sourceLocation: sourceLocation)
}
