// SPDX-License-Identifier: GPL-3.0-or-later

extension ExperimentPlan {
  /// A scenario under settings that no file states: where a search looks next.
  public struct Configuration: Hashable, Sendable {
    /// One of the experiment's.
    public var scenario: String
    /// Set above what the scenario sets.
    public var settings: [Setting]

    public init(scenario: String, settings: [Setting]) {
      self.scenario = scenario
      self.settings = settings
    }
  }

  /// The scenarios, in the order in which the experiment states them.
  public var scenarioNames: [String] { points.prefix(scenarioCount).map(\.scenario) }

  /// This plan with configurations in the place of its points; the first point is the baseline as the
  /// experiment has it, so that configurations which differ from it only in policies share the time
  /// before these.
  ///
  /// - Throws: Paths that lead nowhere.
  public func evaluating(_ configurations: [Configuration]) throws(ModelFaults) -> ExperimentPlan {
    let faults = FaultCollector()
    let named = Dictionary(
      points.prefix(scenarioCount).map { ($0.scenario, $0) },
      uniquingKeysWith: { first, _ in first })
    var plan = self
    let place = SourcePlace(file: "setting")
    let base = points[baseline].setting([], id: 1, baseline: 0, faults)
    let baseDocument = base.document
    plan.points = [base]
    for configuration in configurations {
      guard let scenario = named[configuration.scenario] else {
        preconditionFailure("\(configuration.scenario) is no scenario of \(name)")
      }
      var point = scenario.setting(
        configuration.settings.map { ($0, place) }, id: plan.points.count + 1, baseline: 0, faults)
      point.sharesUntil =
        SharedTime(
          start: run.start, end: window.end, baseline: base, baseDocument, other: point,
          point.document
        ).instant
      plan.points.append(point)
    }
    try faults.throwIfAny()
    return plan
  }
}
