// SPDX-License-Identifier: GPL-3.0-or-later

import Metamodels
import ModelFiles
import OutputAnalysis
import SimulationSearch

/// What a search has come to.
public struct SearchOutcome: Sendable {
  /// A point that was run.
  public struct Candidate: Sendable {
    /// Identifier of the point, from 1.
    public var point: Int
    /// The value of each factor, by name.
    public var settings: [(factor: String, value: String)]
    public var replications: Int
    /// Of the aim, then of each target: the mean with its interval; `nil` where there is none.
    public var aim: ConfidenceInterval?
    public var targets: [ConfidenceInterval?]
    /// Change of the aim against the model as it is, over common replications.
    public var change: ConfidenceInterval?
    /// Whether the last comparison has it.
    public var isContender: Bool
    /// Whether it is known, from this comparison or one before, to meet all targets, or to miss one.
    public var meetsTargets: Bool?
    /// Whether a measure had no value in some replication, so that it was left out.
    public var isUndefined: Bool
    /// Whether its means miss no target by more than what does not matter.
    public var isNearTargets: Bool
  }

  /// How good the metamodel of the aim, or of a target, is.
  public struct Metamodel: Sendable {
    public var series: MeasureSeries
    public var isChange: Bool
    public var quality: MetamodelQuality
  }

  /// A step of the frontier.
  public struct Step: Sendable {
    public var point: Int
    public var settings: [(factor: String, value: String)]
    public var replications: Int
    public var aim: Prediction
    public var reached: Prediction
  }

  public var rule: SearchRule
  /// Points to seek among, the model as it is included.
  public var candidates: Int
  /// Replications of all points together.
  public var spent: Int
  /// In the order in which they were first run.
  public var run: [Candidate]
  /// Index in ``run`` of the choice; `nil` when none was made, or none meets the targets.
  public var chosen: Int?
  /// Index in ``run`` of what leads as long as nothing is chosen.
  public var leader: Int?
  /// Whether the last step came to its end: with a choice, or with none that meets the targets.
  public var isDecided: Bool
  /// Whether the search asks for nothing more.
  public var isEnded: Bool
  public var promise: ConstrainedSearch.Promise?
  /// Along the first target, if there is one.
  public var frontier: [Step]
  /// Of the aim, then of each target; empty when too little was run.
  public var metamodels: [Metamodel]

  /// - Throws: ``RunnerFault`` when the file is not one of a search.
  public init(_ results: ResultsFile) throws {
    guard case .search = results.header.stopping else {
      throw RunnerFault.invalid("\(results.path): is not the file of a search")
    }
    let stored = try StoredExperiment(results).loaded
    guard case .search(let rule)? = stored.design.stopping, let design = stored.plan.pointDesign
    else { preconditionFailure("a stored search has its rule and its design") }
    let process = try results.replay(SearchProcess(rule))
    let search = process.search
    func settings(_ point: Int) -> [(factor: String, value: String)] {
      zip(design.factors, design.rows[point - 1].levels).map {
        ($0.name, $1?.name ?? $0.base ?? "")
      }
    }
    let question = rule.question
    let base = search.values[0] ?? []
    self.rule = rule
    candidates = rule.candidates.count
    spent = search.spent
    run = search.order.map { index in
      let values = search.values[index] ?? []
      let slot = search.contenders.firstIndex(of: index)
      let aim = values.map { $0[0] }
      let isUndefined = search.undefined.contains(index)
      let targets = question.requirements.map { requirement -> ConfidenceInterval? in
        guard !isUndefined else { return nil }
        let column = values.map { $0[requirement.output] }
        return ConfidenceInterval(
          of: requirement.isChange
            ? zip(column, base).map { $0 - $1[requirement.output] } : column)
      }
      return Candidate(
        point: rule.candidates[index].point, settings: settings(rule.candidates[index].point),
        replications: values.count, aim: isUndefined ? nil : ConfidenceInterval(of: aim),
        targets: targets,
        change: index == 0 || isUndefined
          ? nil : ConfidenceInterval(of: zip(aim, base).map { $0 - $1[0] }),
        isContender: slot != nil, meetsTargets: search.meets[index], isUndefined: isUndefined,
        isNearTargets: !isUndefined
          && zip(question.requirements, targets).allSatisfy { requirement, interval in
            interval.map { requirement.slack($0.mean) >= -requirement.tolerance } ?? false
          })
    }
    func place(_ candidate: Int?) -> Int? { candidate.flatMap { search.order.firstIndex(of: $0) } }
    chosen = place(search.chosen)
    leader = place(search.leader)
    isDecided = search.selection?.isDecided == true
    isEnded = search.nextStage().isEmpty
    promise = search.promise
    metamodels = zip(
      [(rule.aim.series, false)] + rule.targets.map { ($0.series, $0.isChange) },
      search.metamodelQuality
    ).map { Metamodel(series: $0.0, isChange: $0.1, quality: $1) }
    frontier =
      rule.targets.isEmpty
      ? []
      : search.frontier(along: 0).map { step in
        let point = rule.candidates[step.candidate].point
        return Step(
          point: point, settings: settings(point), replications: step.replications,
          aim: step.objective, reached: step.reached)
      }
  }
  /// What a point has otherwise than the model as it is, such as `servers 4`.
  public func changes(in settings: [(factor: String, value: String)]) -> [String] {
    let own = run.first?.settings.map(\.value) ?? []
    return zip(settings, own).filter { $0.value != $1 }.map { "\($0.0.factor) \($0.0.value)" }
  }
}
