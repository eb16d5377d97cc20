// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Student quantiles and intervals")
struct StudentIntervalTests {
  @Test(
    "the quantiles are those of the printed tables",
    arguments: [
      (1, 0.95, 12.7062), (2, 0.95, 4.3027), (4, 0.95, 2.7764), (10, 0.95, 2.2281),
      (19, 0.95, 2.0930), (30, 0.95, 2.0423), (100, 0.95, 1.9840), (1, 0.99, 63.6567),
      (10, 0.99, 3.1693), (5, 0.90, 2.0150),
    ])
  func printedTable(degreesOfFreedom: Int, level: Double, quantile: Double) {
    let found = studentQuantile(degreesOfFreedom: degreesOfFreedom, level: level)
    #expect(abs(found - quantile) < 5.1e-5)
  }

  @Test("the density integrates to the level between ± the quantile", arguments: 1...200)
  func density(degreesOfFreedom: Int) {
    let nu = Double(degreesOfFreedom)
    let constant = exp(lgamma((nu + 1) / 2) - lgamma(nu / 2)) / (nu * Double.pi).squareRoot()
    let end = studentQuantile(degreesOfFreedom: degreesOfFreedom)
    // Simpson's rule over [0, quantile].
    let panels = 4000
    var integral = 0.0
    for point in 0...panels {
      let t = end * Double(point) / Double(panels)
      let weight = point == 0 || point == panels ? 1.0 : point % 2 == 1 ? 4.0 : 2.0
      integral += weight * constant * pow(1 + t * t / nu, -(nu + 1) / 2)
    }
    integral *= 2 * end / Double(panels) / 3
    #expect(abs(integral - 0.95) < 1e-9)
  }

  @Test("the table for the results file falls from 12.7 to the normal's 1.96")
  func table() {
    let table = studentQuantiles(throughDegreesOfFreedom: 2000)
    #expect(table.count == 2000)
    #expect(table[3] == studentQuantile(degreesOfFreedom: 4))
    #expect(zip(table, table.dropFirst()).allSatisfy { $0 > $1 })
    #expect(table[1999] > 1.959964 && table[1999] < 1.9615)
  }

  @Test("five values by hand")
  func byHand() throws {
    let interval = try #require(ConfidenceInterval(of: [1.0, 2, 3, 4, 5]))
    #expect(interval.mean == 3)
    #expect(interval.n == 5)
    #expect(interval.level == 0.95)
    #expect(abs(interval.halfWidth - 1.963243) < 1e-6)  // 2.776445 × √(2.5 / 5)
    #expect(abs(interval.low - 1.036757) < 1e-6)
    #expect(interval.contains(4.9) && !interval.contains(5.0))
  }

  @Test("fewer than two defined observations give no interval")
  func tooFew() {
    #expect(ConfidenceInterval(of: [Double]()) == nil)
    #expect(ConfidenceInterval(of: [1.0]) == nil)
    #expect(ConfidenceInterval(of: [nil, 1.0, nil]) == nil)
    #expect(
      ConfidenceInterval(of: [nil, 1.0, nil, 3.0]) == ConfidenceInterval(of: [1.0, 3.0]))
  }

  // The count of intervals that hold the mean is binomial (20,000, 0.95) when all is right: it
  // leaves 94–96 % with probability 1e-10. A true coverage of 93.5 or 96.5 % is caught with
  // probability above 0.99.
  @Test("95 intervals in 100 hold the mean", arguments: [2, 5, 20])
  func coverage(observations: Int) throws {
    let root = RandomRoot(seed: 41, replication: 0)
    let purpose = Purpose("coverage-\(observations)")
    var holding = 0
    for repetition in 0..<20_000 {
      var stream = RandomStream(root, purpose, owner: UInt64(repetition))
      let sample = (0..<observations).map { _ in 10 + 3 * stream.normal() }
      if try #require(ConfidenceInterval(of: sample)).contains(10) { holding += 1 }
    }
    #expect((0.94...0.96).contains(Double(holding) / 20_000))
  }
}

@Suite("quantile intervals")
struct QuantileIntervalTests {
  @Test(
    "ranks of the median's interval at 95 % are those of the sign-test tables",
    arguments: [(6, 1, 6), (8, 1, 8), (10, 2, 9), (15, 4, 12), (20, 6, 15), (25, 8, 18)])
  func medianRanks(n: Int, low: Int, high: Int) throws {
    let sample = (1...n).map(Double.init).reversed()
    let interval = try #require(ConfidenceInterval(ofQuantile: 0.5, of: Array(sample)))
    #expect(interval.low == Double(low))
    #expect(interval.high == Double(high))
    #expect(interval.estimate == Double((n + 1) / 2))
    #expect(interval.n == n)
  }

  @Test("a sample that cannot bound the quantile gives none")
  func tooFew() {
    let sample = (0..<100).map(Double.init)
    #expect(ConfidenceInterval(ofQuantile: 0.5, of: Array(sample[..<5])) == nil)
    #expect(ConfidenceInterval(ofQuantile: 0.95, of: Array(sample[..<71])) == nil)
    #expect(ConfidenceInterval(ofQuantile: 0.95, of: Array(sample[..<72])) != nil)
    #expect(ConfidenceInterval(ofQuantile: 0.05, of: Array(sample[..<72])) != nil)
  }

  // Its coverage is known exactly from the binomial; the share of 20,000 that hold the quantile
  // lies within 1 % of it but with probability 1e-9.
  @Test(
    "coverage is the binomial sum between the ranks, and at least the level",
    arguments: [(40, 0.5), (100, 0.9), (200, 0.95)])
  func coverage(n: Int, probability: Double) throws {
    let ranks = try #require(
      ConfidenceInterval(ofQuantile: probability, of: (1...n).map(Double.init)))
    var exact = 0.0
    for below in Int(ranks.low)..<Int(ranks.high) {
      let k = Double(below)
      let m = Double(n)
      exact += exp(
        lgamma(m + 1) - lgamma(k + 1) - lgamma(m - k + 1) + k * log(probability)
          + (m - k) * log(1 - probability))
    }
    #expect(exact >= 0.95 && exact < 0.985)

    let quantile = -log(1 - probability)
    let root = RandomRoot(seed: 42, replication: 0)
    let purpose = Purpose("quantile-coverage-\(n)")
    var holding = 0
    for repetition in 0..<20_000 {
      var stream = RandomStream(root, purpose, owner: UInt64(repetition))
      let sample = (0..<n).map { _ in stream.exponential() }
      let interval = try #require(ConfidenceInterval(ofQuantile: probability, of: sample))
      if interval.contains(quantile) { holding += 1 }
    }
    #expect(abs(Double(holding) / 20_000 - exact) < 0.01)
  }
}

@Suite("proportions and counts")
struct CountIntervalTests {
  // Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, methods 3 and 5.
  @Test(
    "Wilson's and the exact interval are those that Newcombe printed",
    arguments: [
      (81, 263, 0.2553...0.3662, 0.2527...0.3676), (15, 148, 0.0624...0.1605, 0.0578...0.1617),
      (0, 20, 0...0.1611, 0...0.1684), (1, 29, 0.0061...0.1718, 0.0009...0.1776),
    ])
  func printed(
    successes: Int, trials: Int, wilson: ClosedRange<Double>, exact: ClosedRange<Double>
  ) throws {
    let score = try #require(ConfidenceInterval(proportionOf: successes, in: trials))
    #expect(abs(score.low - wilson.lowerBound) < 5.1e-5)
    #expect(abs(score.high - wilson.upperBound) < 5.1e-5)
    #expect(score.estimate == Double(successes) / Double(trials))
    let binomial = try #require(ConfidenceInterval(exactProportionOf: successes, in: trials))
    #expect(abs(binomial.low - exact.lowerBound) < 5.1e-5)
    #expect(abs(binomial.high - exact.upperBound) < 5.1e-5)
  }

  @Test("all and none mirror each other; no trial gives nothing")
  func mirror() throws {
    for trials in [1, 2, 10, 1000] {
      for successes in [0, 1, trials / 2, trials] where successes <= trials {
        let one = try #require(ConfidenceInterval(proportionOf: successes, in: trials))
        let other = try #require(ConfidenceInterval(proportionOf: trials - successes, in: trials))
        #expect(abs(one.low - (1 - other.high)) < 1e-12)
        let exact = try #require(ConfidenceInterval(exactProportionOf: successes, in: trials))
        #expect(exact.low <= one.estimate && one.estimate <= exact.high)
      }
    }
    #expect(ConfidenceInterval(proportionOf: 0, in: 0) == nil)
    #expect(ConfidenceInterval(exactProportionOf: 0, in: 0) == nil)
  }

  @Test("over all outcomes, exact intervals cover at least the level and Wilson's on average")
  func proportionCoverage() throws {
    let trials = 40
    let scores = try (0...trials).map {
      try #require(ConfidenceInterval(proportionOf: $0, in: trials))
    }
    let exacts = try (0...trials).map {
      try #require(ConfidenceInterval(exactProportionOf: $0, in: trials))
    }
    var scoreSum = 0.0
    for step in 1..<1000 {
      let share = Double(step) / 1000
      var score = 0.0
      var exact = 0.0
      for k in 0...trials {
        let n = Double(trials)
        let probability = exp(
          lgamma(n + 1) - lgamma(Double(k) + 1) - lgamma(n - Double(k) + 1)
            + Double(k) * log(share) + (n - Double(k)) * log(1 - share))
        if scores[k].contains(share) { score += probability }
        if exacts[k].contains(share) { exact += probability }
      }
      #expect(exact >= 0.95 - 1e-9)
      scoreSum += score
    }
    #expect((0.945...0.965).contains(scoreSum / 999))
  }

  @Test(
    "exact Poisson intervals are those of the printed tables",
    arguments: [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)])
  func poisson(count: Int, low: Double, high: Double) {
    let interval = ConfidenceInterval(poissonCount: count)
    #expect(abs(interval.low - low) < 6e-4)
    #expect(abs(interval.high - high) < 6e-4)
    #expect(interval.estimate == Double(count))
  }

  @Test("the rule of three is the upper end at 90 % for a count of zero")
  func ruleOfThree() {
    #expect(abs(ConfidenceInterval(poissonCount: 0, level: 0.9).high - log(20)) < 1e-9)
  }

  // GSL's inverse chi-square and F miss some of these.
  @Test("large counts: the exact intervals close in on the normal ones")
  func largeCounts() throws {
    for count in [4244, 15_342, 16_877, 32_894, 45_027, 93_861] {
      let poisson = ConfidenceInterval(poissonCount: count)
      let spread = 1.959964 * Double(count).squareRoot()
      #expect(abs(poisson.low - (Double(count) - spread)) < 0.03 * spread)
      #expect(abs(poisson.high - (Double(count) + spread)) < 0.05 * spread)
      for successes in [count / 11, count * 8 / 11, count - 5] {
        let exact = try #require(ConfidenceInterval(exactProportionOf: successes, in: count))
        let score = try #require(ConfidenceInterval(proportionOf: successes, in: count))
        #expect(abs(exact.low - score.low) < 0.35 * score.halfWidth)
        #expect(abs(exact.high - score.high) < 0.35 * score.halfWidth)
        #expect(exact.low < exact.estimate && exact.estimate < exact.high)
      }
    }
  }

  @Test("the ends of a Poisson interval are the means that make the count barely likely")
  func poissonTails() {
    for count in [1, 3, 7, 30] {
      let interval = ConfidenceInterval(poissonCount: count)
      func atMost(_ k: Int, mean: Double) -> Double {
        (0...k).reduce(0) { $0 + exp(Double($1) * log(mean) - mean - lgamma(Double($1) + 1)) }
      }
      #expect(abs(atMost(count, mean: interval.high) - 0.025) < 1e-9)
      #expect(abs(1 - atMost(count - 1, mean: interval.low) - 0.025) < 1e-9)
    }
  }
}
