// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Metamodels
import OutputAnalysis

extension ConstrainedSearch {
  /// A candidate that none betters in both the objective and one requirement.
  public struct FrontierPoint: Sendable {
    /// Index of the candidate.
    public var candidate: Int
    public var objective: Prediction
    /// Of the output that the requirement is on: its value, or its change.
    public var reached: Prediction
    /// Of the candidate; 0 where the metamodels alone speak.
    public var replications: Int
  }

  /// What each further step of a requirement's output takes of the objective, over all candidates that are
  /// likelier than not to meet the other requirements, as the metamodels see them.
  ///
  /// - Parameters:
  ///   - requirement: Index of the requirement.
  ///   - most: The points that are kept, spread evenly over the output; those on either side of the bound
  ///     come on top.
  /// - Returns: From the best objective on; empty when too little was run.
  public func frontier(along requirement: Int, most: Int = 12) -> [FrontierPoint] {
    guard let outlook = outlook() else { return [] }
    let rule = question.requirements[requirement]
    var points = candidates.indices.filter {
      !undefined.contains($0)
        && outlook.logFeasibility(at: candidates[$0], without: requirement) >= log(0.5)
    }.map { index -> (merit: Double, slack: Double, point: FrontierPoint) in
      let (objective, slack) =
        seen(index, requirement)
        ?? (
          outlook.objective(at: candidates[index]),
          outlook.naturalSlack(at: candidates[index], of: requirement)
        )
      var reached = slack
      reached.value = rule.side == .atLeast ? rule.bound + slack.value : rule.bound - slack.value
      return (
        question.best.merit(objective.value), slack.value,
        FrontierPoint(
          candidate: index, objective: objective, reached: reached,
          replications: values[index]?.count ?? 0)
      )
    }
    points.sort {
      ($0.merit, $0.slack, -$0.point.candidate) > ($1.merit, $1.slack, -$1.point.candidate)
    }
    var furthest = -Double.infinity
    let frontier = points.filter { point in
      defer { furthest = max(furthest, point.slack) }
      return point.slack > furthest
    }
    guard frontier.count > most, let first = frontier.first, let last = frontier.last else {
      return frontier.map(\.point)
    }
    // One from each of as many equal stretches of the output, the first and the last among them; and
    // those on either side of the bound, which the question is about.
    var next = first.slack
    let reaching = frontier.firstIndex { $0.slack >= 0 } ?? frontier.count
    return frontier.enumerated().filter { index, point in
      let isNext = point.slack >= next
      if isNext { next = point.slack + (last.slack - first.slack) / Double(most - 1) }
      return isNext || point.slack == last.slack || index == reaching || index == reaching - 1
    }.map(\.element.point)
  }

  /// Of the objective, then of each requirement: how good its metamodel is; empty when too little was run.
  public var metamodelQuality: [MetamodelQuality] { outlook()?.quality ?? [] }

  /// What a candidate's own replications show, where it was run.
  private func seen(_ candidate: Int, _ requirement: Int) -> (Prediction, Prediction)? {
    guard let rows = values[candidate], let base = values[0],
      let objective = SampleMoments(rows.map { $0[question.objective] }),
      let slack = SampleMoments(
        zip(rows, base).map { question.slacks($0, base: $1)[requirement] })
    else { return nil }
    func prediction(_ moments: SampleMoments) -> Prediction {
      Prediction(
        value: moments.mean, standardError: moments.standardError,
        degreesOfFreedom: Double(max(1, moments.count - 1)))
    }
    return (prediction(objective), prediction(slack))
  }
}
