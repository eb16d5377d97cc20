// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Testing

/// How often a check may fail although the code is right, were its seed drawn anew.
///
/// Seeds are fixed, so a check that passed once passes always. Each check's comment says which
/// deviation it finds with a probability of at least one less this rate.
let falsePositiveRate = 1e-6

/// Expects a count of successes to be binomial (exact, two-sided).
///
/// Finds a probability that is off by about 9.8 √(p(1 − p)/n): 0.049 at p = ½ and 10,000 trials.
func expectBinomial(
  _ count: Int, of trials: Int, probability: Double, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard probability > 0 && probability < 1 else {
    #expect(count == (probability <= 0 ? 0 : trials), comment, sourceLocation: sourceLocation)
    return
  }
  let below = gsl_cdf_binomial_P(UInt32(count), probability, UInt32(trials))
  let above = count == 0 ? 1 : gsl_cdf_binomial_Q(UInt32(count - 1), probability, UInt32(trials))
  #expect(
    2 * min(below, above) >= falsePositiveRate,
    "\(count) of \(trials), expected \(probability). \(comment ?? "")",
    sourceLocation: sourceLocation)
}

/// Expects a count to be Poisson (exact, two-sided).
///
/// Finds a mean that is off by about 9.8/√mean of itself: 9.8 % at 10,000.
func expectPoisson(
  _ count: Int, mean: Double, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let below = gsl_cdf_poisson_P(UInt32(count), mean)
  let above = count == 0 ? 1 : gsl_cdf_poisson_Q(UInt32(count - 1), mean)
  #expect(
    2 * min(below, above) >= falsePositiveRate, "\(count), expected \(mean). \(comment ?? "")",
    sourceLocation: sourceLocation)
}

/// Expects independent counts to be Poisson with these means (chi-square, each cell of its own).
///
/// Cells of which fewer than 20 are expected are joined with the next; a mean of 0 allows no count.
/// With k cells and n counted it finds a root mean square relative error of the means of about
/// √((9.5√(2k) + 110)/n): 3.6 % for 24 cells and 135,000 counted.
func expectPoissonCounts(
  _ counts: [Int], means: [Double], _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var statistic = 0.0
  var cells = 0
  var open = (seen: 0.0, expected: 0.0)
  for (count, mean) in zip(counts, means) {
    if mean == 0 {
      #expect(count == 0, "a count where none can be. \(comment ?? "")")
      continue
    }
    open.seen += Double(count)
    open.expected += mean
    if open.expected >= 20 {
      statistic += (open.seen - open.expected) * (open.seen - open.expected) / open.expected
      cells += 1
      open = (0, 0)
    }
  }
  guard cells >= 2 else {
    Issue.record("too few counts for a chi-square test", sourceLocation: sourceLocation)
    return
  }
  let probability = gsl_cdf_chisq_Q(statistic, Double(cells))
  #expect(
    probability >= falsePositiveRate,
    "chi-square \(statistic) of \(cells) cells, p = \(probability). \(comment ?? "")",
    sourceLocation: sourceLocation)
}

/// Expects counts to be multinomial in proportion to `shares`, which sum to 1 (chi-square).
///
/// As ``expectPoissonCounts(_:means:_:sourceLocation:)``, with one degree of freedom less.
func expectCounts(
  _ counts: [Int], inProportionTo shares: [Double], _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let total = Double(counts.reduce(0, +))
  let whole = shares.reduce(0, +)
  var statistic = 0.0
  var cells = 0
  var open = (seen: 0.0, expected: 0.0)
  for (count, share) in zip(counts, shares) {
    open.seen += Double(count)
    open.expected += total * share / whole
    if open.expected >= 20 {
      statistic += (open.seen - open.expected) * (open.seen - open.expected) / open.expected
      cells += 1
      open = (0, 0)
    }
  }
  guard cells >= 2 else {
    Issue.record("too few counts for a chi-square test", sourceLocation: sourceLocation)
    return
  }
  let probability = gsl_cdf_chisq_Q(statistic, Double(cells - 1))
  #expect(
    probability >= falsePositiveRate,
    "chi-square \(statistic) of \(cells) cells, p = \(probability). \(comment ?? "")",
    sourceLocation: sourceLocation)
}

/// Expects values of independent replications to have a mean (Student's t, two-sided).
///
/// Finds a mean that is off by about twice t·s/√n, which is part of what is said when it fails: with
/// 20 replications t is 7.2.
func expectMean(
  of values: [Double], equals mean: Double, _ comment: Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let count = Double(values.count)
  let average = values.reduce(0, +) / count
  let variance = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / (count - 1)
  let error = (variance / count).squareRoot()
  let limit = gsl_cdf_tdist_Pinv(1 - falsePositiveRate / 2, count - 1) * error
  #expect(
    abs(average - mean) <= limit,
    "\(average), expected \(mean); finds \(2 * limit). \(comment ?? "")",
    sourceLocation: sourceLocation)
}
