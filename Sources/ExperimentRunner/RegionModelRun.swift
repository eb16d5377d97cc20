// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import OutputAnalysis
import PatientFlow
import Randomness
import SimulationKernel

/// A region as the runner sees it.
struct RunnableRegion: RunnableModel {
  var model: RegionModel
  var window: RunWindow
  var requests: [MeasureRequest]

  func begin(_ root: RandomRoot) -> any ModelRun {
    RegionModelRun(RegionRun(model: model, window: window, root: root), requests)
  }
}

final class RegionModelRun: ModelRun {
  private let run: RegionRun
  private let requests: [MeasureRequest]

  init(_ run: RegionRun, _ requests: [MeasureRequest]) {
    self.run = run
    self.requests = requests
  }

  var eventCount: UInt64 { run.eventCount }

  func advance(until instant: SimulationTime) { run.advance(until: instant) }

  func fork(under model: any RunnableModel) -> any ModelRun {
    let model = model.resolved
    if let faulty = model as? FaultyModel { return FaultyRun(faulty.fault) }
    guard let region = model as? RunnableRegion else {
      preconditionFailure("a run goes on under a model of its own kind")
    }
    return RegionModelRun(run.copy(under: region.model), region.requests)
  }

  func fault(at place: String) -> RunnerFault? {
    run.fault.map { .stopped($0, timeUnit: .days(1), at: place) }
  }

  func finish() -> [ReplicationResult] {
    run.checkConservation()
    return [
      ReplicationResult(
        events: run.eventCount, checksum: run.checksum,
        observations: run.observations(requested: requests))
    ]
  }
}
