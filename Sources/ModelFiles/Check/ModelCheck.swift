// SPDX-License-Identifier: GPL-3.0-or-later

/// What `yilian check` finds in a model or an experiment: every fault and warning at once, and for
/// a network the load that arrivals put on each resource.
public struct ModelCheck: Sendable {
  public let faults: ModelFaults?
  public let warnings: [ModelFault]
  /// The kind and the scenarios; `nil` when not even these can be read.
  public let kind: ExperimentPlan.ModelKind?
  /// One entry a scenario of a network that compiles.
  public let loads: [ScenarioLoads]

  /// The loads of one scenario.
  public struct ScenarioLoads: Sendable {
    public var scenario: String
    /// The unit of times and rates, as files write it.
    public var timeUnit: String
    public var resources: [ResourceLoad]
  }

  /// Reads and compiles every scenario of a path.
  public init(path: String, overrides: [ExperimentPlan.Setting] = []) {
    let collector = FaultCollector()
    let plan = ExperimentPlan(path: path, overrides: overrides, requiresRun: false, collector)
    var loads: [ScenarioLoads] = []
    for (index, point) in (plan?.probes ?? []).enumerated() {
      switch plan?.kind {
      case .network?:
        guard let network = NetworkReader.network(point.document, collector) else { continue }
        if plan?.experimentText == nil, PublishedValues.isPresent(in: path) {
          _ = PublishedValues(beside: point.document, network, collector)
        }
        let resources = network.loads
        // Behind the scenarios stand values of factors, each by itself, which may be no point.
        guard index < plan?.scenarioCount ?? 0 else { continue }
        Self.warn(of: resources, in: point, collector)
        loads.append(
          ScenarioLoads(
            scenario: point.scenario, timeUnit: network.timeUnit, resources: resources))
      case .region?: _ = RegionReader.region(point.document, collector)
      case nil: break
      }
    }
    kind = plan?.kind
    self.loads = loads
    warnings = collector.sortedWarnings
    faults = collector.isEmpty ? nil : ModelFaults(list: collector.sorted)
  }

  /// Warns of each resource that is asked for more than it has.
  package static func warn(
    of loads: [ResourceLoad], in point: ExperimentPlan.Point, _ collector: FaultCollector
  ) {
    for load in loads where !load.hasSteadyState {
      let place = point.document.place(of: "resources.\(load.resource)")
      let offered = rounded(load.offeredLoad)
      let capacity = rounded(load.capacity ?? 0)
      collector.warn(
        place, "is asked for \(offered) units at a time and has \(capacity): no steady state",
        "its line grows without end; add capacity, or let some give up or be turned away")
    }
  }

  /// Three significant figures.
  private static func rounded(_ value: Double) -> String {
    guard value > 0, value < 1e12 else { return plainNumber(value) }
    var scale = 1.0
    while value * scale < 100 { scale *= 10 }
    return plainNumber((value * scale).rounded() / scale)
  }
}
