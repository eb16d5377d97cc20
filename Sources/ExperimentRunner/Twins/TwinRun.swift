// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel

/// A region under two policies at once, as the runner sees it.
struct RunnableTwins: RunnableModel {
  var baseline: RunnableRegion
  var scenario: RunnableRegion
  /// Up to this instant both are the same.
  var shared: SimulationTime
  var settings: TwinSettings

  func begin(_ root: RandomRoot) -> any ModelRun { TwinRun(self, root) }
}

/// One replication of both: the same people with the same random numbers, run apart from where the policies
/// part.
final class TwinRun: ModelRun {
  let model: RunnableTwins
  let baseline: RegionRun
  /// `nil` while both are the same.
  private(set) var scenario: RegionRun?

  init(_ model: RunnableTwins, _ root: RandomRoot) {
    self.model = model
    func begin(_ region: RunnableRegion) -> RegionRun {
      RegionRun(
        model: region.model, window: region.window, root: root, recordsResidents: true)
    }
    baseline = begin(model.baseline)
    if model.shared <= .zero { scenario = begin(model.scenario) }
  }

  var eventCount: UInt64 { baseline.eventCount + (scenario?.eventCount ?? 0) }

  func advance(until instant: SimulationTime) {
    if scenario == nil, instant > model.shared {
      baseline.advance(until: model.shared)
      part()
    }
    baseline.advance(until: instant)
    scenario?.advance(until: instant)
  }

  private func part() { scenario = baseline.copy(under: model.scenario.model) }

  func fork(under model: any RunnableModel) -> any ModelRun {
    preconditionFailure("twins are a point of their own, which nothing leaves")
  }

  func fault(at place: String) -> RunnerFault? {
    (baseline.fault ?? scenario?.fault).map { .stopped($0, timeUnit: .days(1), at: place) }
  }

  func finish() -> [ReplicationResult] {
    let comparison = comparison()
    var digest = StateDigest()
    digest.add(baseline.checksum)
    digest.add(scenario?.checksum ?? 0)
    return [
      ReplicationResult(
        events: eventCount, checksum: digest.value, observations: comparison.observations)
    ]
  }

  /// What both have come to, at the end.
  func comparison() -> TwinComparison {
    if scenario == nil { part() }
    guard let scenario else { preconditionFailure("they have parted") }
    baseline.checkConservation()
    scenario.checkConservation()
    return TwinComparison(baseline, scenario, model.settings)
  }
}
