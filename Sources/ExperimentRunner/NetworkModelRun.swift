// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel

/// A network as the runner sees it.
struct RunnableNetwork: RunnableModel {
  var model: NetworkModel
  var window: RunWindow
  var requests: [MeasureRequest]

  func begin(_ root: RandomRoot) -> any ModelRun {
    NetworkModelRun(NetworkRun(model: model, window: window, root: root, requested: requests))
  }
}

final class NetworkModelRun: ModelRun {
  private let run: NetworkRun

  init(_ run: NetworkRun) { self.run = run }

  var eventCount: UInt64 { run.eventCount }

  func advance(until instant: SimulationTime) { run.advance(until: instant) }

  func fork(under model: any RunnableModel) -> any ModelRun {
    let model = model.resolved
    if let faulty = model as? FaultyModel { return FaultyRun(faulty.fault) }
    guard let network = model as? RunnableNetwork else {
      preconditionFailure("a run goes on under a model of its own kind")
    }
    return NetworkModelRun(run.copy(under: network.model))
  }

  func fault(at place: String) -> RunnerFault? {
    if let fault = run.fault { return .stopped(fault, in: run.model, at: place) }
    return run.deadlock.map { .deadlock($0, in: run.model, at: place) }
  }

  func finish() -> [ReplicationResult] {
    (run.finishedBatches + [run.batch]).map {
      ReplicationResult(events: $0.events, checksum: $0.checksum, observations: $0.observations)
    }
  }
}
