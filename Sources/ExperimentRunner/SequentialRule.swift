// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// Decides from stored replications which ones are run next.
///
/// A rule is a function of the values that the replications show, taken in a fixed order: whatever
/// threads, kills and resumes there were, the same replications are asked for, and the same stored.
protocol SequentialRule {
  /// What the rule looks at in each replication.
  var series: [MeasureSeries] { get }

  /// The pairs that are needed next, whatever they show; empty when all is decided.
  func nextStage() -> [ReplicationKey]

  /// Pairs that may come after the next stage, for threads that it would leave idle.
  func likely(after stage: [ReplicationKey], count: Int) -> [ReplicationKey]

  /// Takes a stage that was run.
  ///
  /// - Parameter values: Of each pair, one value a series; `nil` where it is undefined.
  /// - Throws: ``RunnerFault`` when the rule can do nothing with a value.
  mutating func take(_ stage: [ReplicationKey], _ values: [ReplicationKey: [Double?]]) throws
}

extension SequentialRule {
  func likely(after stage: [ReplicationKey], count: Int) -> [ReplicationKey] { [] }
}

/// Replicates all points alike until every target is met at every point, or the maximum is reached.
struct PrecisionProcess: SequentialRule {
  let rule: PrecisionRule
  let points: Int
  private(set) var precision: SequentialPrecision

  init(_ rule: PrecisionRule, points: Int) {
    self.rule = rule
    self.points = points
    precision = SequentialPrecision(
      targets: (0..<points).flatMap { _ in rule.requests.map(\.target) },
      minimumReplications: rule.minimum)
  }

  var series: [MeasureSeries] {
    rule.requests.map { MeasureSeries(measure: $0.measure, member: $0.member) }
  }

  func nextStage() -> [ReplicationKey] {
    guard !precision.isReached else { return [] }
    return pairs(
      from: precision.replications + 1, through: min(rule.maximum, precision.earliestDecision))
  }

  func likely(after stage: [ReplicationKey], count: Int) -> [ReplicationKey] {
    let last = stage.map(\.replication).max() ?? 0
    let more = (count + points - 1) / points
    return Array(pairs(from: last + 1, through: min(rule.maximum, last + more)).prefix(count))
  }

  private func pairs(from first: Int, through last: Int) -> [ReplicationKey] {
    guard first <= last else { return [] }
    return (1...points).flatMap { point in
      (first...last).map { ReplicationKey(point: point, replication: $0) }
    }
  }

  mutating func take(_ stage: [ReplicationKey], _ values: [ReplicationKey: [Double?]]) {
    let last = stage.map(\.replication).max() ?? 0
    while precision.replications < last, !precision.isReached {
      let next = precision.replications + 1
      precision.add(
        (1...points).flatMap { point in
          values[ReplicationKey(point: point, replication: next)]
            ?? rule.requests.map { _ in nil }
        })
    }
  }
}
