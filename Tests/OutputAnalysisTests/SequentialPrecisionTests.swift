// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

@Suite("run to precision")
struct SequentialPrecisionTests {
  /// The rule written out: the first number of replications from which the targets that `which`
  /// selects hold at every count up to and with the look-ahead.
  private static func required(
    _ observations: [[Double?]], _ targets: [PrecisionTarget], which: [Int]
  ) -> Int? {
    func holds(_ count: Int) -> Bool {
      guard count >= 3 else { return false }
      return which.allSatisfy { index in
        let values = observations[..<count].map { $0[index] }
        guard let interval = ConfidenceInterval(of: values, level: targets[index].level)
        else { return false }
        return interval.halfWidth <= targets[index].allowed(around: interval.mean)
      }
    }
    return (3...observations.count).first { start in
      let last = start + (start <= 100 ? 5 : start * 5 / 100)
      return last <= observations.count && (start...last).allSatisfy(holds)
    }
  }

  @Test("it stops where the rule written out stops, for each measure and for all together")
  func writtenOut() {
    let targets = [
      PrecisionTarget(.relative(0.05)), PrecisionTarget(.absolute(0.4), level: 0.9),
      PrecisionTarget(.relative(0.1)),
    ]
    let root = RandomRoot(seed: 48, replication: 0)
    for repetition in 0..<200 {
      var stream = RandomStream(root, Purpose("precision"), owner: UInt64(repetition))
      let observations: [[Double?]] = (0..<160).map { _ in
        [
          10 + 2 * stream.normal(), 3 * stream.normal(),
          stream.uniform() < 0.2 ? nil : 5 + 2 * stream.normal(),
        ]
      }
      var precision = SequentialPrecision(targets: targets)
      for row in observations { precision.add(row) }
      #expect(precision.replications == 160)
      #expect(
        precision.requiredReplications
          == Self.required(observations, targets, which: [0, 1, 2]))
      for index in targets.indices {
        #expect(
          precision.outcome(ofTarget: index).requiredReplications
            == Self.required(observations, targets, which: [index]))
      }
    }
  }

  @Test("it says what was achieved and what it would take")
  func outcome() throws {
    var precision = SequentialPrecision(targets: [PrecisionTarget(.relative(0.01))])
    #expect(precision.outcome(ofTarget: 0).achieved == nil)
    #expect(precision.outcome(ofTarget: 0).projectedReplications == nil)
    for value in [9.0, 10, 11, 10] { precision.add([value]) }
    let outcome = precision.outcome(ofTarget: 0)
    let interval = try #require(outcome.achieved)
    #expect(interval.mean == 10 && interval.n == 4)
    #expect(!precision.isReached)
    let relative = try #require(outcome.achievedRelativeHalfWidth)
    #expect(abs(relative - interval.halfWidth / 10) < 1e-15)
    // (half-width / 0.1)² × 4 = (12.9919)² × 4, rounded up.
    #expect(outcome.projectedReplications == 676)
  }

  @Test("a measure that never varies is precise; a relative target around zero needs no number")
  func corners() {
    var constant = SequentialPrecision(targets: [PrecisionTarget(.relative(0.05))])
    for _ in 0..<8 { constant.add([7]) }
    #expect(constant.requiredReplications == 3)
    // What was never seen is not precise: a share of nothing is no width.
    var unseen = SequentialPrecision(targets: [PrecisionTarget(.relative(0.05))])
    for _ in 0..<20 { unseen.add([0]) }
    #expect(unseen.requiredReplications == nil)
    var around = SequentialPrecision(targets: [PrecisionTarget(.relative(0.05))])
    for value in [-1.0, 1, -1, 1] { around.add([value]) }
    #expect(around.requiredReplications == nil)
    #expect(around.outcome(ofTarget: 0).projectedReplications == nil)
    #expect(around.outcome(ofTarget: 0).achievedRelativeHalfWidth == nil)
    var none = SequentialPrecision(targets: [PrecisionTarget(.relative(0.05))])
    for _ in 0..<20 { none.add([nil]) }
    #expect(none.requiredReplications == nil)
  }

  @Test("luck that does not last over the look-ahead is not enough")
  func luck() {
    var precision = SequentialPrecision(targets: [PrecisionTarget(.absolute(0.5))])
    for value in [1.0, 1.1, 0.9, 1, 9, 1, 1, 1, 1, 1] { precision.add([value]) }
    #expect(!precision.isReached)
    #expect(precision.outcome(ofTarget: 0).requiredReplications == nil)
  }
}
