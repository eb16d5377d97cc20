// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

@Suite("the interval of a ratio of cost to effect")
struct RatioIntervalTests {
  /// Arms whose paired differences of cost and effect are given.
  private static func ratio(_ costs: [Double], _ effects: [Double]) -> IncrementalRatio {
    let zeros = costs.map { _ in 0.0 }
    return IncrementalRatio(
      of: EconomicArm(name: "new", costs: costs, effects: effects),
      against: EconomicArm(name: "old", costs: zeros, effects: zeros))
  }

  private static func holds(_ interval: IncrementalRatio.Interval?, _ value: Double) -> Bool {
    switch interval {
    case .between(let low, let high)?: low <= value && value <= high
    case .outside(let low, let high)?: value <= low || high <= value
    case .everything?: true
    case nil: false
    }
  }

  @Test(
    "holds the ratios whose difference a Student test does not tell from zero, and no others",
    arguments: [
      ([9.0, 11, 10, 12, 8], [2.0, 2.2, 1.9, 2.1, 2.0]),  // effect clear of zero
      ([9.0, 11, 10, 12, 8], [0.5, -0.4, 0.3, -0.2, 0.1]),  // cost clear of zero alone
      ([1.0, -2, 3, -1, -0.5], [0.5, -0.4, 0.3, -0.2, 0.1]),  // neither
    ])
  func inverted(costs: [Double], effects: [Double]) throws {
    let interval = Self.ratio(costs, effects).interval
    for step in -400...400 {
      let ratio = Double(step) / 10 + 0.013
      let differences = zip(costs, effects).map { $0 - ratio * $1 }
      let student = try #require(ConfidenceInterval(of: differences))
      #expect(Self.holds(interval, ratio) == student.contains(0), "ratio \(ratio)")
    }
    switch (effects[0], costs[0], interval) {
    case (2, _, .between?), (0.5, 9, .outside?), (0.5, 1, .everything?): break
    default: Issue.record("the interval has another form: \(String(describing: interval))")
    }
  }

  @Test("without run noise the interval is the ratio; one replication has none")
  func certain() {
    #expect(Self.ratio([6, 6, 6], [2, 2, 2]).interval == .between(3, 3))
    #expect(Self.ratio([6], [2]).interval == nil)
    #expect(Self.ratio([6], [2]).ratio == 3)
    #expect(Self.ratio([6, 6], [0, 0]).ratio == nil)
    #expect(Self.ratio([0, 0], [0, 0]).interval == .everything)
  }

  // Cost and effect share noise. 20,000 repetitions of ten pairs: outside 94–96 % with probability
  // 1e-10; an interval that forgets their covariance holds the ratio in fewer than 94 %.
  @Test("95 in 100 hold the ratio")
  func coverage() {
    let root = RandomRoot(seed: 77, replication: 0)
    var holding = 0
    for repetition in 0..<20_000 {
      var stream = RandomStream(root, Purpose("ratio-coverage"), owner: UInt64(repetition))
      var costs: [Double] = []
      var effects: [Double] = []
      for _ in 0..<10 {
        let common = stream.normal()
        effects.append(2 + common)
        costs.append(10 - 2 * common + stream.normal())
      }
      if Self.holds(Self.ratio(costs, effects).interval, 5) { holding += 1 }
    }
    #expect((18_800...19_200).contains(holding), "\(holding) of 20,000")
  }
}
