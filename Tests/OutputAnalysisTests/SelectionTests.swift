// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

/// Normal systems, by turns with common and with independent random numbers.
private struct NormalSystems {
  var means: [Double]
  var deviations: [Double]
  /// Share of each system's variance that all have in common.
  var shared = 0.0
  private var streams: [RandomStream]
  private var common: RandomStream

  init(
    means: [Double], deviations: [Double]? = nil, shared: Double = 0, repetition: Int,
    purpose: String
  ) {
    self.means = means
    self.deviations = deviations ?? means.map { _ in 1 }
    self.shared = shared
    let root = RandomRoot(seed: 60, replication: UInt32(repetition))
    streams = means.indices.map { RandomStream(root, Purpose(purpose), owner: UInt64($0 + 1)) }
    common = RandomStream(root, Purpose(purpose), owner: 0)
  }

  mutating func next(_ system: Int) -> Double {
    means[system] + deviations[system] * streams[system].normal()
  }

  mutating func row() -> [Double] {
    let base = common.normal()
    return means.indices.map { system in
      means[system] + deviations[system]
        * (shared.squareRoot() * base + (1 - shared).squareRoot() * streams[system].normal())
    }
  }
}

@Suite("KN++")
struct KimNelsonSelectionTests {
  /// Share of correct choices, and mean replications of all systems together.
  private func trial(
    means: [Double], deviations: [Double]? = nil, shared: Double, difference: Double,
    best: BestMean, right: Int, repetitions: Int
  ) -> (correct: Double, spent: Double) {
    var correct = 0
    var spent = 0
    for repetition in 0..<repetitions {
      var systems = NormalSystems(
        means: means, deviations: deviations, shared: shared, repetition: repetition,
        purpose: "kn-\(means.count)-\(shared)")
      var selection = KimNelsonSelection(
        systems: means.count, best: best, difference: difference, isCommon: shared > 0)
      while !selection.isDecided {
        selection.add(systems.row())
        spent += selection.survivors.count
      }
      if selection.survivors == [right] { correct += 1 }
    }
    return (Double(correct) / Double(repetitions), Double(spent) / Double(repetitions))
  }

  // The least favourable case: the best leads all others by just the difference that matters. A
  // procedure that is right with probability 0.95 is right in fewer than 0.9354 of 4,000 repetitions
  // with a chance of 1e-5; one that is right with 0.92 is found out with a chance above 0.999.
  @Test(
    "the best is chosen as often as was promised when it leads by the difference that matters",
    arguments: [2, 5, 10], [0.0, 0.5, 0.9])
  func promise(systems: Int, shared: Double) {
    let means = [0.5] + Array(repeating: 0.0, count: systems - 1)
    let result = trial(
      means: means, shared: shared, difference: 0.5, best: .highest, right: 0, repetitions: 4000)
    #expect(result.correct > 0.9354, "\(result)")
  }

  @Test("unequal variances, and the lowest looked for")
  func unequal() {
    let result = trial(
      means: [1, 0.5, 1, 1], deviations: [0.5, 2, 1, 1.5], shared: 0, difference: 0.5,
      best: .lowest, right: 1, repetitions: 4000)
    #expect(result.correct > 0.9354, "\(result)")
  }

  @Test("common random numbers decide sooner, and so do systems far apart")
  func cost() {
    func spent(_ means: [Double], _ shared: Double) -> Double {
      trial(
        means: means, shared: shared, difference: 0.5, best: .highest, right: 0, repetitions: 500
      ).spent
    }
    let close = [0.5, 0, 0, 0, 0]
    #expect(spent(close, 0.9) < 0.5 * spent(close, 0))
    #expect(spent([3, 0, 0, 0, 0], 0) < 0.6 * spent(close, 0))
  }

  @Test("systems that never differ are told apart by their order, after the first stage")
  func alike() {
    var selection = KimNelsonSelection(
      systems: 3, best: .lowest, difference: 0.1, firstStage: 4, isCommon: true)
    for value in [5.0, 7, 6, 5] {
      #expect(!selection.isDecided)
      selection.add([value, value, value + 1])
    }
    #expect(selection.survivors == [0])
    #expect(selection.droppedAfter == [nil, 4, 4])
    #expect(selection.replications == 4)
  }

  @Test("of three with the same mean, and leads that rounding turns in a circle, the first stays")
  func tied() {
    var selection = KimNelsonSelection(
      systems: 3, best: .highest, difference: 1, firstStage: 10, isCommon: true)
    let values = ["0010011101", "1011100010", "0101000111"].map { digits in
      digits.map { $0 == "1" ? 1.0 : 0 }
    }
    for replication in 0..<10 { selection.add(values.map { $0[replication] }) }
    #expect(selection.survivors == [0])
    #expect(selection.droppedAfter == [nil, 10, 10])
  }

  @Test("two systems by hand: margin, and the step at which it is crossed")
  func byHand() {
    // Differences 1, 3 and 1, 3, 2 …: with n = 3 and 2 degrees of freedom,
    // η = ((2 · 0.05)^(−1) − 1) / 2 = 4.5 and h² = 18; the variance of 1, 3, 2 is 1, so the margin is
    // δ / 6 · (18 / δ² − 3) = 2.5 for δ = 1, more than the lead of 2.
    var selection = KimNelsonSelection(
      systems: 2, best: .highest, difference: 1, firstStage: 3, isCommon: true)
    for lead in [1.0, 3, 2] { selection.add([lead, 0]) }
    #expect(selection.survivors == [0, 1])
    // n = 4: η = (0.1^(−2/3) − 1) / 2 = 1.8208, h² = 10.925, variance 2/3, margin 0.4104: dropped.
    selection.add([2, 0])
    #expect(selection.survivors == [0])
    #expect(selection.droppedAfter == [nil, 4])
  }
}

@Suite("OCBA")
struct BudgetAllocationTests {
  private func moments(_ count: Int, _ mean: Double, _ variance: Double) -> SampleMoments {
    var moments = SampleMoments([0.0])!
    (moments.count, moments.mean, moments.variance) = (count, mean, variance)
    return moments
  }

  @Test("the shares of the book's rule: nearness squared, and the root of the squares for the best")
  func shares() {
    // Lowest is best: gaps 1 and 2 at variance 1: 1 and 1/4; the best gets √(1 + 1/16).
    let systems = [moments(10, 1, 1), moments(10, 2, 1), moments(10, 3, 1)]
    let weights = BudgetAllocation.weights(systems, best: .lowest)
    #expect(abs(weights[0] - 1.0307764) < 1e-6)
    #expect(weights[1] == 1 && weights[2] == 0.25)
    // Of 60 replications 27.1, 26.3 and 6.6; the third has 10 already, the others share 50.
    let increments = BudgetAllocation.increments(systems, best: .lowest, count: 30)
    #expect(increments == [15, 15, 0])
    // Of 300: 135.6, 131.5 and 32.9, less the ten that each has.
    #expect(BudgetAllocation.increments(systems, best: .lowest, count: 270) == [126, 121, 23])
  }

  @Test("what cannot be learnt gets nothing")
  func corners() {
    #expect(
      BudgetAllocation.increments(
        [moments(5, 1, 0), moments(5, 2, 0)], best: .highest, count: 10) == [0, 0])
    // Only the leader varies.
    #expect(
      BudgetAllocation.increments(
        [moments(5, 1, 0), moments(5, 2, 3)], best: .highest, count: 10) == [0, 10])
    // Two with equal means share all, whatever a third does.
    let tied = [moments(5, 2, 1), moments(5, 2, 1), moments(5, 1, 1)]
    #expect(BudgetAllocation.leader(tied, best: .highest) == 0)
    #expect(BudgetAllocation.increments(tied, best: .highest, count: 10) == [5, 5, 0])
    #expect(
      BudgetAllocation.increments(tied, best: .highest, count: 7).reduce(0, +) == 7)
  }

  /// Replications spent, and whether the choice was right, when stages of five are shared out by
  /// `rule` up to a budget.
  private func trial(_ repetition: Int, budget: Int, isOptimal: Bool) -> Bool {
    var systems = NormalSystems(
      means: (0..<10).map(Double.init), deviations: Array(repeating: 6, count: 10),
      repetition: repetition, purpose: "ocba")
    var values = (0..<10).map { system in (0..<5).map { _ in systems.next(system) } }
    var total = 50
    var turn = 0
    while total < budget {
      let moments = values.map { SampleMoments($0)! }
      var increments = Array(repeating: 0, count: 10)
      if isOptimal {
        increments = BudgetAllocation.increments(moments, best: .lowest, count: 5)
      } else {
        for _ in 0..<5 {
          increments[turn % 10] += 1
          turn += 1
        }
      }
      for system in 0..<10 {
        for _ in 0..<increments[system] { values[system].append(systems.next(system)) }
      }
      total += 5
    }
    let moments = values.map { SampleMoments($0)! }
    return BudgetAllocation.leader(moments, best: .lowest) == 0
  }

  // Ten systems one apart with a standard deviation of 6 (Chen et al. 2000, experiment 1). Equal
  // allocation is right in about 0.79 of 1,000 repetitions with 500 replications; OCBA must reach that
  // with no more than 300, six tenths. If it did no better than equal allocation, which is right in
  // about 0.70 with 300, this would pass with a chance under 1e-4.
  @Test("OCBA needs no more replications than equal allocation for the same probability")
  func saving() {
    func correct(_ budget: Int, _ isOptimal: Bool) -> Double {
      Double((0..<1000).count { trial($0, budget: budget, isOptimal: isOptimal) }) / 1000
    }
    let equal = correct(500, false)
    let optimal = correct(300, true)
    #expect(optimal >= equal, "\(optimal) with 300, \(equal) with 500 shared out equally")
  }
}

@Suite("the estimated probability of a correct selection")
struct CorrectSelectionTests {
  @Test("two systems by hand")
  func byHand() throws {
    let values = [[3.0, 4, 5], [1.0, 2, 3]]
    let moments = values.map { SampleMoments($0)! }
    // Lead 2, standard error √(2/3), Welch's 4 degrees: P(T₄ > 2.449) = 0.03525.
    let independent = try #require(
      CorrectSelection.estimate(independent: moments, chosen: 0, best: .highest))
    #expect(abs(independent - (1 - 0.035242)) < 1e-5)
    // The differences are all 2: certain; and as certainly wrong the other way.
    #expect(CorrectSelection.estimate(paired: values, chosen: 0, best: .highest) == 1)
    #expect(CorrectSelection.estimate(paired: values, chosen: 1, best: .highest) == 0)
    #expect(CorrectSelection.estimate(paired: [[1], [2]], chosen: 0, best: .highest) == nil)
  }

  // Five systems, 20 replications of each; the first leads by `lead` standard deviations. Bonferroni's
  // bound over leads that are themselves uncertain: cautious, the more so the less is known. Means over
  // 2,000 repetitions have standard errors under 0.009; an estimate that promises too much by 0.03 is
  // found out with a chance above 0.99.
  @Test(
    "it promises no more than is kept, and nearly all of it where the best is clear",
    arguments: [(0.6, 0.5), (1.0, 0.9), (1.5, 0.98)])
  func calibration(lead: Double, least: Double) throws {
    var estimates = 0.0
    var correct = 0.0
    for repetition in 0..<2000 {
      var systems = NormalSystems(
        means: [lead, 0, 0, 0, 0], repetition: repetition, purpose: "apcs")
      let moments = (0..<5).map { system in
        SampleMoments((0..<20).map { _ in systems.next(system) })!
      }
      let chosen = BudgetAllocation.leader(moments, best: .highest)
      if chosen == 0 { correct += 1 }
      estimates += try #require(
        CorrectSelection.estimate(independent: moments, chosen: chosen, best: .highest))
    }
    let (estimate, share) = (estimates / 2000, correct / 2000)
    #expect(estimate < share + 0.01, "\(estimate) \(share)")
    #expect(estimate > least, "\(estimate) \(share)")
  }
}
