// SPDX-License-Identifier: GPL-3.0-or-later

import GRDB
import ModelFiles
import OutputAnalysis

extension ResultsFile {
  /// What stored replications show of some series.
  ///
  /// - Throws: ``RunnerFault`` when the replications have no such row.
  func values(of series: [MeasureSeries], at pairs: [ReplicationKey]) throws
    -> [ReplicationKey: [Double?]]
  {
    try faults(at: path) {
      try database.read { db in
        let identifiers = try series.map { try identifier(of: $0, db) }
        var result: [ReplicationKey: [Double?]] = [:]
        let statement = try db.cachedStatement(
          sql: """
            SELECT value FROM observed_value
            WHERE point_id = ? AND replication = ? AND series_id = ?
            """)
        for key in pairs {
          result[key] = try identifiers.map { identifier in
            try Row.fetchOne(
              statement, arguments: [key.point, key.replication, identifier])?[0]
          }
        }
        return result
      }
    }
  }

  /// - Throws: ``RunnerFault`` naming each series that the replications do not have, and what comes near.
  func check(_ all: [MeasureSeries]) throws {
    try faults(at: path) {
      try database.read { db in for series in all { _ = try identifier(of: series, db) } }
    }
  }

  private func identifier(of series: MeasureSeries, _ db: Database) throws -> Int64 {
    let (measure, dimension) = (series.measure.measure, series.measure.dimension)
    let found = try Int64.fetchOne(
      db,
      sql: "SELECT series_id FROM series WHERE measure = ? AND dimension = ? AND member = ?",
      arguments: [measure, dimension, series.member])
    if let found { return found }
    let members = try String.fetchAll(
      db, sql: "SELECT member FROM series WHERE measure = ? AND dimension = ? ORDER BY member",
      arguments: [measure, dimension])
    let known = header.measureCatalogue
    let hint: String
    if !members.isEmpty {
      hint =
        nearestName(to: series.member, among: members).map { "did you mean \($0)?" }
        ?? (members == [""]
          ? "it is of the whole" : "there are \(members.joined(separator: ", "))")
    } else if known.contains(where: { $0.observes(measure) }) {
      hint = "run the experiment with measures: [\(series.measure)]"
    } else {
      let names = known.flatMap(\.observedNames)
      hint =
        nearestName(to: measure, among: names).map { "did you mean \($0)?" }
        ?? "yilian schema lists the measures"
    }
    throw RunnerFault.invalid("\(path): holds no \(series); \(hint)")
  }

  /// Gives a rule what is stored, as far as its stages are whole.
  func replay<Rule: SequentialRule>(_ rule: Rule) throws -> Rule {
    var rule = rule
    let stored = try storedReplications()
    while true {
      let stage = rule.nextStage()
      guard !stage.isEmpty, stage.allSatisfy(stored.contains) else { return rule }
      try rule.take(stage, values(of: rule.series, at: stage))
    }
  }
}

/// How near the intervals of a run to precision have come to what was asked for.
public struct PrecisionAchieved: Sendable {
  public struct Row: Sendable {
    public var point: Int
    public var scenario: String
    public var request: PrecisionRequest
    public var outcome: PrecisionOutcome
  }

  /// By request, then by point.
  public var rows: [Row]
  /// Replications of each point that were looked at.
  public var replications: Int
  /// From how many replications on all targets were met together; `nil` when they were not.
  public var required: Int?

  /// - Returns: `nil` of a file whose number of replications was given.
  public init?(_ results: ResultsFile) throws {
    guard case .precision(var rule) = results.header.stopping else { return nil }
    let points = results.header.points
    let stored = try results.storedReplications()
    // The maximum is not stored, and cuts the last stage short.
    rule.maximum =
      (1...(stored.count + 1)).prefix { replication in
        points.allSatisfy {
          stored.contains(ReplicationKey(point: $0.id, replication: replication))
        }
      }.count
    let process = try results.replay(PrecisionProcess(rule, points: points.count))
    replications = process.precision.replications
    required = process.precision.requiredReplications
    rows = rule.requests.enumerated().flatMap { place, request in
      points.enumerated().map { index, point in
        Row(
          point: point.id, scenario: point.scenario, request: request,
          outcome: process.precision.outcome(ofTarget: index * rule.requests.count + place))
      }
    }
  }
}

/// What a selection has come to.
public struct SelectionOutcome: Sendable {
  public struct Candidate: Sendable {
    public var point: Int
    public var scenario: String
    /// JSON of every overridden path.
    public var settings: String
    /// Replications stored.
    public var replications: Int
    /// Mean with its interval; `nil` under two replications.
    public var mean: ConfidenceInterval?
    /// After how many replications KN++ dropped it; `nil` where it did not.
    public var droppedAfter: Int?
  }

  public var rule: SelectionRule
  /// In design order.
  public var candidates: [Candidate]
  /// Index of the best in ``candidates``.
  public var chosen: Int
  /// Indices of those whose values are the chosen one's in every replication that both have: nothing
  /// tells them from it but their order.
  public var equals: [Int]
  /// Whether the rule came to its end; else it takes more replications, or a larger budget.
  public var isDecided: Bool
  /// Whether replications share their random numbers.
  public var isCommon: Bool
  /// The probability of a correct selection that the method promises, if the best leads by the
  /// difference that matters; `nil` of a method that promises none, and as long as nothing is decided.
  public var guaranteed: Double?
  /// The probability as the data estimate it; see ``CorrectSelection``.
  public var estimated: Double?
  /// Whether all candidates have one and the same value in all replications: nothing tells them apart,
  /// and neither probability means anything.
  public var isTied: Bool { equals.count == candidates.count - 1 }

  /// Replications of all candidates together.
  public var spent: Int { candidates.reduce(0) { $0 + $1.replications } }

  /// - Throws: ``RunnerFault`` when the file is not one of a selection.
  public init(_ results: ResultsFile) throws {
    guard case .selection(let rule) = results.header.stopping else {
      throw RunnerFault.invalid("\(results.path): is not the file of a selection")
    }
    let points = results.header.points
    isCommon = results.header.provenance["random-numbers"] != "independent"
    let process = try results.replay(
      SelectionProcess(rule, points: points.count, isCommon: isCommon))
    let values = process.values
    let best = process.chosen
    chosen = best
    equals = values.indices.filter { index in
      let common = zip(values[index], values[best])
      return index != best && min(values[index].count, values[best].count) >= 2
        && common.allSatisfy { $0 == $1 }
    }
    self.rule = rule
    candidates = points.enumerated().map { index, point in
      Candidate(
        point: point.id, scenario: point.scenario, settings: point.settings,
        replications: values[index].count, mean: ConfidenceInterval(of: values[index]),
        droppedAfter: process.elimination?.droppedAfter[index])
    }
    switch rule.method {
    case .kimNelson:
      isDecided = process.elimination?.isDecided == true
      guaranteed = isDecided ? rule.confidence : nil
    case .budget: isDecided = process.spent > 0 && process.nextStage().isEmpty
    }
    if isTied {
      guaranteed = nil
    } else if isCommon {
      estimated = CorrectSelection.estimate(paired: values, chosen: best, best: rule.best)
    } else {
      let moments = values.compactMap { SampleMoments($0) }
      if moments.count == values.count {
        estimated = CorrectSelection.estimate(
          independent: moments, chosen: best, best: rule.best)
      }
    }
  }
}
