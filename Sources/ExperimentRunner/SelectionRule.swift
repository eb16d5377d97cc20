// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// How the best of an experiment's points is chosen.
public struct SelectionRule: Hashable, Sendable {
  public enum Method: String, CaseIterable, Hashable, Sendable {
    /// Sequential dropping with a guarantee: ``KimNelsonSelection``.
    case kimNelson = "kn++"
    /// The best use of a given number of replications: ``BudgetAllocation``.
    case budget = "ocba"
  }

  public var series: MeasureSeries
  public var best: BestMean
  public var method: Method
  /// The smallest difference that matters, in the measure's unit; of KN++.
  public var difference: Double?
  /// The probability that KN++ guarantees.
  public var confidence: Double
  /// Replications of all points together; of KN++ the most, `nil` for no limit.
  public var budget: Int?
  /// Replications of each point before any is judged.
  public var firstStage: Int

  public init(
    series: MeasureSeries, best: BestMean, method: Method = .kimNelson,
    difference: Double? = nil, confidence: Double = 0.95, budget: Int? = nil,
    firstStage: Int = 10
  ) {
    self.series = series
    self.best = best
    self.method = method
    self.difference = difference
    self.confidence = confidence
    self.budget = budget
    self.firstStage = firstStage
  }

  /// Refuses what the method cannot do with a design.
  public func check(_ design: ExperimentDesign) throws(RunnerFault) {
    var lines: [String] = []
    if design.points.count < 2 {
      lines.append("there is one scenario only: nothing is to be chosen; write more scenarios")
    }
    // Only forms of money make several points of one scenario without a design over factors.
    if design.provenance["factors"] == nil,
      Set(design.points.map(\.scenario)).count < design.points.count
    {
      lines.append(
        "every scenario is run under two forms of money, and a form is no choice; write money-forms: cost "
          + "or share")
    }
    if design.isBatched {
      lines.append(
        "batches of one run are not drawn one by one; write replications in place of batches")
    }
    if method == .budget, design.randomNumbers == .common {
      lines.append(
        "ocba needs independent random numbers, and the experiment has common ones; add --set "
          + "experiment.random-numbers=independent, or choose --method kn++")
    }
    if let budget, budget < design.points.count * firstStage {
      lines.append(
        "--budget is \(budget); the first stage alone has \(design.points.count) × \(firstStage) = "
          + "\(design.points.count * firstStage) replications")
    }
    if !lines.isEmpty { throw RunnerFault(.invalidInput, lines) }
  }
}

/// A selection on its way.
struct SelectionProcess: SequentialRule {
  let rule: SelectionRule
  let points: Int
  let isCommon: Bool
  /// Values of each point by replication.
  private(set) var values: [[Double]]
  private(set) var elimination: KimNelsonSelection?

  init(_ rule: SelectionRule, points: Int, isCommon: Bool) {
    self.rule = rule
    self.points = points
    self.isCommon = isCommon
    values = Array(repeating: [], count: points)
    if rule.method == .kimNelson {
      elimination = KimNelsonSelection(
        systems: points, best: rule.best, difference: rule.difference ?? 0,
        confidence: rule.confidence, firstStage: rule.firstStage, isCommon: isCommon)
    }
  }

  var series: [MeasureSeries] { [rule.series] }

  var spent: Int { values.reduce(0) { $0 + $1.count } }

  /// Replications that the next stage adds to each point. Stages grow with what there is, a tenth at a
  /// time, so that a long selection does not wait for its slowest replication at every step.
  private var increments: [Int] {
    if spent == 0 { return Array(repeating: rule.firstStage, count: points) }
    var increments = Array(repeating: 0, count: points)
    if let elimination {
      guard !elimination.isDecided else { return increments }
      for point in elimination.survivors {
        increments[point] = max(1, elimination.replications / 10)
      }
      if let budget = rule.budget, spent + increments.reduce(0, +) > budget {
        return Array(repeating: 0, count: points)
      }
      return increments
    }
    let left = (rule.budget ?? 0) - spent
    guard left > 0 else { return increments }
    return BudgetAllocation.increments(
      values.compactMap { SampleMoments($0) }, best: rule.best,
      count: min(left, max(1, spent / 10)))
  }

  func nextStage() -> [ReplicationKey] {
    zip(increments, values).enumerated().flatMap { point, stage in
      (0..<stage.0).map {
        ReplicationKey(point: point + 1, replication: stage.1.count + $0 + 1)
      }
    }
  }

  mutating func take(_ stage: [ReplicationKey], _ found: [ReplicationKey: [Double?]]) throws {
    for key in stage {
      guard let value = found[key]?.first ?? nil else {
        throw RunnerFault.invalid(
          "\(rule.series) has no value in replication \(key.replication) of point \(key.point): "
            + "nothing can be chosen by it")
      }
      values[key.point - 1].append(value)
    }
    guard var next = elimination else { return }
    let standing = Set(next.survivors)
    let last = standing.map { values[$0].count }.min() ?? 0
    while next.replications < last, !next.isDecided {
      let index = next.replications
      next.add(values.map { $0.count > index ? $0[index] : 0 })
    }
    elimination = next
  }

  /// Index of the point that is the best for all that is known.
  var chosen: Int {
    let moments = values.map { SampleMoments($0) }
    let candidates = elimination?.survivors ?? Array(moments.indices)
    return candidates.max {
      (moments[$0].map { rule.best.merit($0.mean) } ?? -.infinity, -$0)
        < (moments[$1].map { rule.best.merit($0.mean) } ?? -.infinity, -$1)
    } ?? 0
  }
}
