// SPDX-License-Identifier: GPL-3.0-or-later

import SimulationKernel

/// Runs one work unit in slices short enough that a stop is noticed well within a second.
struct UnitRunner {
  let design: ExperimentDesign
  let trunks: SharedTrunks
  let stop: StopFlag
  /// Called with each finished replication, or with all batches of a run.
  let finished: ([FinishedReplication]) throws -> Void
  /// Called after each slice with the simulated microseconds it covered.
  let advanced: (Double) -> Void

  /// Thrown out of a replication in flight, which is then given up.
  struct Stopped: Error {}

  func run(_ unit: WorkUnit) throws {
    for stage in unit.stages(in: design, trunks) {
      switch stage {
      case .whole(let point):
        let key = ReplicationKey(point: point, replication: unit.replication)
        let run = design.points[point - 1].model.begin(design.root(of: key))
        try complete(run, key, from: .zero)
      case .trunk(let point, let departures):
        try runTrunk(point, departures, replication: unit.replication)
      }
    }
  }

  private func runTrunk(
    _ own: Int, _ departures: [(point: Int, at: SimulationTime)], replication: Int
  ) throws {
    let key = ReplicationKey(point: own, replication: replication)
    let trunk = design.points[own - 1].model.begin(design.root(of: key))
    var now = SimulationTime.zero
    for (point, instant) in departures where point != own {
      try advance(trunk, from: now, to: instant, key)
      now = instant
      let branch = trunk.fork(under: design.points[point - 1].model)
      try complete(branch, ReplicationKey(point: point, replication: replication), from: instant)
    }
    if departures.contains(where: { $0.point == own }) { try complete(trunk, key, from: now) }
  }

  private func complete(_ run: any ModelRun, _ key: ReplicationKey, from start: SimulationTime)
    throws
  {
    try advance(run, from: start, to: design.points[key.point - 1].end, key)
    let results = run.finish()
    precondition(
      results.count == (design.isBatched ? design.replications : 1),
      "a run ends with as many results as it has batches")
    try finished(
      results.enumerated().map { place, result in
        let number = design.isBatched ? place + 1 : key.replication
        return FinishedReplication(
          key: ReplicationKey(point: key.point, replication: number), result: result)
      })
  }

  /// Slices grow or shrink until each takes between 20 and 80 ms: their ends leave no trace in the
  /// run, so that its results do not hang on the speed of the machine.
  private func advance(
    _ run: any ModelRun, from start: SimulationTime, to end: SimulationTime, _ key: ReplicationKey
  ) throws {
    let clock = ContinuousClock()
    var now = start.microseconds
    var slice = max(1, end.microseconds / 4096)
    // A run that means nothing any more is not run to its end; looking for it seldom costs nothing.
    let stretch = max(1, (end - start).microseconds / 16)
    var nextLook = now + stretch
    while now < end.microseconds {
      if stop.isRaised { throw Stopped() }
      let began = clock.now
      let next = slice < end.microseconds - now ? now + slice : end.microseconds
      run.advance(until: SimulationTime(microseconds: next))
      advanced(Double(next - now))
      now = next
      if now >= nextLook || now == end.microseconds {
        let point = design.points[key.point - 1]
        let place =
          "scenario \(point.scenario)" + (point.place.isEmpty ? "" : ", \(point.place)")
          + ", replication \(key.replication)"
        if let fault = run.fault(at: place) { throw fault }
        nextLook = now + stretch
      }
      let took = began.duration(to: clock.now)
      if took < .milliseconds(20) {
        slice *= 2
      } else if took > .milliseconds(80) {
        slice = max(1, slice / 2)
      }
    }
    if stop.isRaised { throw Stopped() }
  }
}

/// A replication that is done and on its way to the results file.
struct FinishedReplication: Sendable {
  var key: ReplicationKey
  var result: ReplicationResult
}
