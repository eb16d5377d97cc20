// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis
import PatientFlow
import SimulationKernel

extension LoadedExperiment {
  /// The two policies as one point of a design, so that twins are run, stored, resumed and shared out as
  /// any replications are.
  ///
  /// - Throws: ``RunnerFault`` when the experiment cannot be asked for twins.
  public func twinDesign(_ settings: TwinSettings) throws(RunnerFault) -> ExperimentDesign {
    let pair = try twins(settings)
    let groups = pair.baseline.model.trends
    if settings.income != nil,
      let group = groups.incomeWeights.firstIndex(where: { $0 <= 0 })
    {
      throw .invalid(
        "--income: money weighs nothing for the income group \(groups.incomeGroups[group]), so its "
          + "income is not told; give it a money-weight above 0, or leave --income out")
    }
    var design = ExperimentDesign(
      name: plan.name,
      points: [
        DesignPoint(
          scenario: settings.scenario,
          settings: self.design.points[try index(ofScenario: settings.scenario)].settings,
          model: pair, end: plan.window.end)
      ],
      replications: self.design.replications, seed: self.design.seed,
      provenance: self.design.provenance)
    design.provenance[TwinSettings.key] = settings.text
    return design
  }

  /// Reads which scenarios are compared.
  ///
  /// - Parameters:
  ///   - scenario: `nil`: the only one beside the baseline.
  ///   - baseline: `nil`: the experiment's.
  public func twinSettings(
    scenario: String?, baseline: String?
  ) throws(RunnerFault) -> TwinSettings {
    try checkForTwins()
    let base = try index(ofScenario: baseline)
    // Of two forms of money, the first: its scenarios stand first.
    let names = plan.points.prefix(plan.scenarioCount).map(\.scenario)
    let others = names.indices.filter { $0 != base }
    var place = others.first
    if let scenario { place = try index(ofScenario: scenario) }
    guard let place, scenario != nil || others.count == 1 else {
      throw .invalid(
        others.isEmpty
          ? "there is one scenario only; twins need a baseline and another"
          : "which scenario? write --scenario with one of "
            + others.map { names[$0] }.joined(separator: ", "))
    }
    guard place != base else {
      throw .invalid("\(names[base]) is compared with itself; name another with --baseline")
    }
    return TwinSettings(scenario: names[place], baseline: names[base])
  }

  private func checkForTwins() throws(RunnerFault) {
    var lines: [String] = []
    if plan.kind != .region {
      lines.append("twins are residents of a region, and this is a \(plan.kind.rawValue)")
    }
    if plan.pointDesign != nil {
      lines.append(
        "the experiment varies factors; twins need scenarios alone: leave factors and design out")
    }
    if design.isBatched {
      lines.append(
        "twins are compared over replications, and the experiment has batches of one run; write "
          + "replications in their place")
    }
    if design.stopping != nil {
      lines.append(
        "twins have a fixed number of replications: leave precision out, and write replications")
    }
    if design.randomNumbers != .common {
      lines.append(
        "twins share their random numbers, and the experiment has independent ones; add --set "
          + "experiment.random-numbers=common")
    }
    if !lines.isEmpty { throw RunnerFault(.invalidInput, lines) }
  }

  func twins(_ settings: TwinSettings) throws(RunnerFault) -> RunnableTwins {
    try checkForTwins()
    let (base, other) = (
      try index(ofScenario: settings.baseline), try index(ofScenario: settings.scenario)
    )
    // Both leave the design's baseline, each at its instant; until the first of them they are the same.
    func leaves(_ place: Int) -> SimulationTime {
      place == plan.baseline ? plan.window.end : design.points[place].sharesBaselineUntil
    }
    return RunnableTwins(
      baseline: try region(at: base), scenario: try region(at: other),
      shared: min(leaves(base), leaves(other)), settings: settings)
  }
}
