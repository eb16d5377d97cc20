// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// The experiment that an analysis of uncertainty runs: every scenario at draws of all assumptions, and as
/// stated.
public struct UncertaintyExperiment {
  public let survey: AssumptionSurvey
  /// Where it would stand as a file, beside the experiment.
  public let path: String
  public let text: String

  /// - Parameters:
  ///   - path: An experiment file.
  ///   - plan: What it says, as ``check(_:path:)`` found it right.
  ///   - held: Assumptions that the author holds.
  public init(
    path: String, _ plan: ExperimentPlan, draws: Int, method: DesignSettings.Method = .lhs,
    seed: UInt64? = nil, holding held: [String] = [], threads: Int
  ) throws {
    survey = try AssumptionSurvey(plan, holding: held, threads: threads)
    let moved = survey.moved
    guard !moved.isEmpty else {
      throw RunnerFault.invalid(
        "\(path): its model assumes nothing that could be moved; yilian describe --format "
          + "assumptions says why")
    }
    var text = UncertaintyText(path: path, assumptions: moved, draws: draws)
    text.method = method
    text.seed = seed
    text.drawsMoneyForm = plan.drawsMoneyForm
    (self.path, self.text) = try text.experiment()
  }

  /// Refuses an experiment from which no effects can be drawn.
  public static func check(_ plan: ExperimentPlan, path: String) throws(RunnerFault) {
    func refuse(_ problem: String) throws(RunnerFault) -> Never {
      throw RunnerFault.invalid("\(path): \(problem)")
    }
    if plan.pointDesign != nil {
      try refuse("has factors; leave them out, the assumptions are drawn in their place")
    }
    if plan.experimentText == nil || Set(plan.points.map(\.scenario)).count < 2 {
      try refuse("has one scenario; an experiment with a baseline and another is needed")
    }
    if !plan.hasCommonRandomNumbers {
      try refuse("has independent random numbers; leave out random-numbers, they are shared")
    }
    if plan.run.batches != nil {
      try refuse("has batches; replications are needed")
    }
  }
}
