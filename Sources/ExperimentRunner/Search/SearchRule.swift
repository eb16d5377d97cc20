// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis
import SimulationSearch

/// What is sought among the points of a design, and with how many runs.
public struct SearchRule: Hashable, Sendable {
  public var aim: SearchAim
  public var best: BestMean
  public var targets: [SearchTarget]
  /// Replications of a point when it is first run.
  public var replications: Int
  /// The most replications of all points together.
  public var budget: Int
  public var confidence: Double
  /// The points that are sought among, the model as it is first. It follows from the design, and is not
  /// stored with the rule.
  var candidates: [SearchSpace.Candidate] = []

  public static let defaultReplications = 4
  public static let defaultBudget = 400

  public init(
    aim: SearchAim, best: BestMean, targets: [SearchTarget],
    replications: Int = defaultReplications, budget: Int = defaultBudget, confidence: Double = 0.95
  ) {
    self.aim = aim
    self.best = best
    self.targets = targets
    self.replications = replications
    self.budget = budget
    self.confidence = confidence
  }

  /// The rule for the points of an experiment.
  ///
  /// - Throws: ``RunnerFault`` naming all that a search cannot do with them.
  public func over(_ experiment: LoadedExperiment) throws(RunnerFault) -> SearchRule {
    let plan = experiment.plan
    guard let design = plan.pointDesign else {
      throw .invalid(
        "nothing is varied; write factors: into the experiment, or --vary path=v1|v2")
    }
    var lines: [String] = []
    if plan.scenarioCount > 1 {
      lines.append(
        "there are \(plan.scenarioCount) scenarios: a search goes through the factors of one; leave "
          + "scenarios out, and make what differs between them a factor")
    }
    if design.rows.first?.origin != .base {
      lines.append("the model as it is must be the first point; leave base-point: no out")
    }
    if !plan.hasCommonRandomNumbers {
      lines.append("a search needs common random numbers; leave random-numbers: independent out")
    }
    if experiment.design.isBatched {
      lines.append(
        "batches of one run are not drawn one by one; write replications in place of batches")
    }
    let space = SearchSpace(design)
    if space.candidates.count > SearchSpace.mostCandidates {
      lines.append(
        "there are \(space.candidates.count) points to seek among; \(SearchSpace.mostCandidates) are the "
          + "most: take fewer levels or factors")
    }
    if space.candidates.count < 2 {
      lines.append("all points are the model as it is: nothing is varied")
    } else {
      let least = ConstrainedSearch.leastBudget(
        columns: space.columns, candidates: space.candidates.count, replications: replications)
      if budget < least {
        lines.append(
          "\(budget) runs are too few: a search of \(space.columns) factors, words counted one each but the "
            + "first, of \(replications) replications a setting needs \(least) to begin with; write --runs "
            + "\(least) or more")
      }
    }
    if !lines.isEmpty { throw RunnerFault(.invalidInput, lines) }
    var rule = self
    rule.candidates = space.candidates
    return rule
  }

  /// What is looked at in each replication: first what is made the least or most of.
  var series: [MeasureSeries] {
    var all = [aim.series]
    for target in targets where !all.contains(target.series) { all.append(target.series) }
    return all
  }

  /// The question in terms of ``series``.
  var question: SearchQuestion {
    let series = series
    return SearchQuestion(
      objective: 0, best: best, difference: aim.difference,
      requirements: targets.map { target in
        SearchQuestion.Requirement(
          output: series.firstIndex(of: target.series)!, target.isAtLeast ? .atLeast : .atMost,
          target.bound, isChange: target.isChange, tolerance: target.tolerance)
      }, confidence: confidence)
  }
}

/// The points of a design as places in a cube.
struct SearchSpace {
  struct Candidate: Hashable, Sendable {
    /// Identifier of the point, from 1.
    var point: Int
    /// Each from 0 to 1.
    var coordinates: [Double]
  }

  /// The model as it is, then every point that differs from it and from those before.
  let candidates: [Candidate]
  let columns: Int

  /// Beyond this, looking through all of them would take longer than running some.
  static let mostCandidates = 20_000

  /// Values that are numbers, days, or yes and no lie on a line; words each have a column but the first.
  init(_ design: PointDesign) {
    let columns = design.factors.indices.map { Self.columns(of: $0, design) }
    self.columns = columns.first?.first?.count == nil ? 0 : columns.reduce(0) { $0 + $1[0].count }
    var found: [Candidate] = []
    var seen: Set<[Double]> = []
    for index in design.rows.indices {
      let coordinates = columns.flatMap { $0[index] }
      if seen.insert(coordinates).inserted {
        found.append(Candidate(point: index + 1, coordinates: coordinates))
      }
    }
    candidates = found
  }

  /// The columns of a factor, a row a point.
  private static func columns(of place: Int, _ design: PointDesign) -> [[Double]] {
    let factor = design.factors[place]
    let levels = design.rows.map { $0.levels[place] }
    let numbers = levels.map {
      $0.map(\.number) ?? factor.base.flatMap { Factor.Level.number(of: $0) }
    }
    let known = numbers.compactMap { $0 }
    // A model whose own value is not known, or is none of the words, is told from all levels.
    func apart(_ columns: [[Double]]) -> [[Double]] {
      zip(columns, levels).map { $0 + [$1 == nil ? 1 : 0] }
    }
    if zip(numbers, levels).allSatisfy({ $0 != nil || $1 == nil }), let low = known.min(),
      let high = known.max()
    {
      let line = numbers.map {
        [high > low ? (($0 ?? (low + high) / 2) - low) / (high - low) : 0]
      }
      return numbers.contains(nil) ? apart(line) : line
    }
    var names: [String] = []
    for case let level? in levels where !names.contains(level.name) { names.append(level.name) }
    // The first word is where all columns are 0.
    let words = levels.map { level in
      names.dropFirst().map { $0 == level?.name ?? factor.base ?? "" ? 1.0 : 0 }
    }
    return factor.base.map(names.contains) == true ? words : apart(words)
  }
}
