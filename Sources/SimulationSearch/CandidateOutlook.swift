// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Metamodels
import OutputAnalysis

/// What is known of all candidates after some were run: of each output, a metamodel's word.
struct CandidateOutlook {
  /// Of the objective, turned so that more is better; the error is that of a comparison between
  /// candidates, without what they have in common.
  struct Merit {
    var value: Double
    var error: Double
  }

  let question: SearchQuestion
  /// What was found of lengths and variances, for the next outlook; a key an output and scale.
  private(set) var processes: [Int: GaussianProcess] = [:]
  /// The first candidate, whose change is none.
  private let base: [Double]
  private let objective: Level
  private let requirements: [Level]

  /// Of one output: the metamodel, and how the luck that all candidates have in common is corrected.
  private struct Level {
    var model: any Metamodel
    /// What the first candidate's later replications show of its earlier ones' luck.
    var shift = 0.0
    /// Variance of the common luck as the metamodel has it, and as it is after the correction.
    var variance = (before: 0.0, after: 0.0)
    /// Of a slack in logarithms: the bound, and the sign with which the output's logarithm enters.
    var logarithm: (bound: Double, sign: Double)?

    /// - Parameters:
    ///   - first: Of the first candidate, all replications; `nil` of changes against it.
    ///   - early: How many of them the metamodel knows.
    init(_ model: any Metamodel, _ points: TrainingPoints, first: [Double]?, early: Int) {
      self.model = model
      variance = (points.sharedVariance, points.sharedVariance)
      guard let first, first.count > early, let all = SampleMoments(first),
        let known = SampleMoments(Array(first.prefix(early)))
      else { return }
      shift = all.mean - known.mean
      let own = points.variances?.first ?? 0
      variance.after = all.standardError * all.standardError + own
    }

    func prediction(at point: [Double]) -> Prediction {
      var prediction = model.prediction(at: point)
      prediction.value += shift
      prediction.standardError = (own(prediction) + variance.after).squareRoot()
      return prediction
    }

    /// The variance of a prediction without what all candidates have in common.
    func own(_ prediction: Prediction) -> Double {
      max(0, prediction.standardError * prediction.standardError - variance.before)
    }
  }

  /// - Parameters:
  ///   - coordinates: Of the candidates that were run, the first one first.
  ///   - values: By candidate, replication, output; the same replications of each.
  ///   - first: Of the first candidate, all replications.
  ///   - known: Processes of an earlier outlook, whose lengths are kept.
  /// - Returns: `nil` when no metamodel can be made of them.
  init?(
    _ question: SearchQuestion, coordinates: [[Double]], values: [[[Double]]],
    first: [[Double]], seed: UInt64, known: [Int: GaussianProcess] = [:]
  ) {
    var made: [Int: GaussianProcess] = [:]
    func model(
      _ outputs: [[Double]], of places: [[Double]], key: Int
    ) -> (any Metamodel, TrainingPoints)? {
      let points = TrainingPoints(
        coordinates: places, replications: outputs, randomNumbers: .common)
      var candidates: [any Metamodel] = []
      if let surface = try? QuadraticSurface(points) { candidates.append(surface) }
      for trend in [GaussianProcess.Trend.linear, .constant] where made[key] == nil {
        let earlier = known[key].flatMap { $0.trend == trend ? $0 : nil }
        made[key] = try? GaussianProcess(
          points, trend: trend, seed: seed, starts: 2, after: earlier)
      }
      if let process = made[key] { candidates.append(process) }
      return bestMetamodel(candidates).map { ($0, points) }
    }
    let early = values[0].count
    let levels = values.map { $0.map { $0[question.objective] } }
    guard let (found, points) = model(levels, of: coordinates, key: 0) else { return nil }
    objective = Level(
      found, points, first: first.map { $0[question.objective] }, early: early)
    var models: [Level] = []
    for (place, requirement) in question.requirements.enumerated() {
      let isLogarithmic = Self.isSkewed(requirement, values)
      let sign = requirement.side == .atLeast ? 1.0 : -1
      func slack(_ outputs: [Double], _ base: [Double]) -> Double {
        let value = outputs[requirement.output]
        return isLogarithmic
          ? sign * log(value / requirement.bound)
          : requirement.slack(value - (requirement.isChange ? base[requirement.output] : 0))
      }
      let slacks = values.map { replications in
        zip(replications, values[0]).map { slack($0, $1) }
      }
      // Of changes the first candidate's is none, without an error, and tells nothing of the others' noise.
      let rest = requirement.isChange ? 1 : 0
      guard
        let (found, points) = model(
          Array(slacks[rest...]), of: Array(coordinates[rest...]),
          key: 2 * (place + 1) + (isLogarithmic ? 1 : 0))
      else { return nil }
      // A value of 0 that the first replications did not have has no logarithm.
      let own =
        isLogarithmic && first.contains { $0[requirement.output] <= 0 }
        ? nil : first.map { slack($0, $0) }
      var level = Level(found, points, first: requirement.isChange ? nil : own, early: early)
      if isLogarithmic { level.logarithm = (requirement.bound, sign) }
      models.append(level)
    }
    requirements = models
    processes = made
    base = coordinates[0]
    self.question = question
  }

  /// Of the objective, then of each requirement: how well its metamodel tells candidates left out.
  var quality: [MetamodelQuality] {
    ([objective] + requirements).map {
      MetamodelQuality(
        summary: LeaveOneOutSummary($0.model.leftOut), isLogarithmic: $0.logarithm != nil)
    }
  }

  /// Whether an output is told better by its logarithm: above 0 everywhere, over more than a factor of ten.
  private static func isSkewed(
    _ requirement: SearchQuestion.Requirement, _ values: [[[Double]]]
  ) -> Bool {
    guard !requirement.isChange, requirement.bound > 0 else { return false }
    let all = values.joined().map { $0[requirement.output] }
    guard let least = all.min(), let greatest = all.max() else { return false }
    return least > 0 && greatest > 10 * least
  }

  /// The slack of a requirement in its unit, for which that of a logarithm is turned back.
  func naturalSlack(at point: [Double], of requirement: Int) -> Prediction {
    let level = requirements[requirement]
    let slack = slack(at: point, of: requirement)
    guard let (bound, sign) = level.logarithm else { return slack }
    let value = bound * exp(sign * slack.value)
    return Prediction(
      value: sign * (value - bound), standardError: value * slack.standardError,
      degreesOfFreedom: slack.degreesOfFreedom)
  }

  func merit(at point: [Double]) -> Merit {
    let prediction = objective.model.prediction(at: point)
    return Merit(
      value: question.best == .highest ? prediction.value : -prediction.value,
      error: objective.own(prediction).squareRoot())
  }

  /// The objective's value with its whole error.
  func objective(at point: [Double]) -> Prediction { objective.prediction(at: point) }

  /// The slack of each requirement.
  func slacks(at point: [Double]) -> [Prediction] {
    requirements.indices.map { slack(at: point, of: $0) }
  }

  private func slack(at point: [Double], of requirement: Int) -> Prediction {
    let rule = question.requirements[requirement]
    // The first candidate's change is known without a metamodel, which was not made of it.
    guard rule.isChange, point == base else {
      return requirements[requirement].prediction(at: point)
    }
    return Prediction(value: rule.slack(0), standardError: 0)
  }

  /// The logarithm of the probability that all requirements are met, as if they were independent.
  ///
  /// - Parameter left: The index of one that is left out.
  func logFeasibility(at point: [Double], without left: Int? = nil) -> Double {
    slacks(at: point).enumerated().reduce(0) { sum, requirement in
      let (index, slack) = requirement
      guard index != left else { return sum }
      return sum
        + (slack.standardError > 0
          ? gsl_sf_log_erfc(-slack.value / slack.standardError / 2.0.squareRoot()) - M_LN2
          : slack.value >= 0 ? 0 : -700)
    }
  }

  /// By how much a candidate is expected to surpass a merit, counting it only where it does.
  ///
  /// Source: Jones, Schonlau and Welch, *J. Global Optim.* 13 (1998) 455–492, equation 15.
  static func expectedImprovement(_ merit: Merit, over best: Double) -> Double {
    let lead = merit.value - best
    guard merit.error > 0 else { return max(0, lead) }
    let z = lead / merit.error
    return lead * gsl_cdf_ugaussian_P(z) + merit.error * gsl_ran_ugaussian_pdf(z)
  }
}

/// How good the metamodel of an output is, told from candidates left out.
public struct MetamodelQuality: Hashable, Sendable {
  public var summary: LeaveOneOutSummary
  /// Whether it is one of the output's logarithm.
  public var isLogarithmic: Bool
}
