// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// Networks in which everybody leaves at once, so that arrivals can be counted.
enum ArrivalCounts {
  static func network(
    _ sources: [ArrivalSource], classes: [String] = ["patient"],
    weekStart: SimulationTime = .zero
  ) throws -> NetworkModel {
    var builder = PathwayBuilder()
    builder.addSite("network")
    for name in classes { builder.addClass(name) }
    builder.addLeaveReason("home")
    builder.addPathway("visit", steps: [.leave()])
    return try NetworkModel(
      program: try builder.build(), sources: sources, timeUnit: .hours(1), weekStart: weekStart)
  }

  static func source(_ process: ArrivalProcess, name: String = "door") -> ArrivalSource {
    ArrivalSource(
      name: name, process: process, pathway: "visit", classes: [.init("patient", share: 1)])
  }

  static func run(
    _ model: NetworkModel, hours: Double, seed: UInt64 = 3, replication: UInt32 = 1
  ) -> NetworkRun {
    NetworkRun(
      model: model, window: RunWindow(warmUpEnd: .zero, end: .zero + .hours(hours)),
      root: RandomRoot(seed: seed, replication: replication))
  }

  /// Arrivals in each slice of so many hours, batches counted once: nothing else happens.
  static func counts(
    _ model: NetworkModel, slices: Int, hours: Double, seed: UInt64 = 3, replication: UInt32 = 1
  ) -> [Int] {
    let run = run(
      model, hours: hours * Double(slices), seed: seed, replication: replication)
    return (1...slices).map { slice in
      let before = run.eventCount
      run.advance(until: .zero + .hours(hours * Double(slice)))
      return Int(run.eventCount - before)
    }
  }

  /// Whether arrivals come at these instants in order, to the microsecond, and at no others before
  /// the end.
  static func comeAt(
    _ times: [SimulationTime], _ model: NetworkModel, hours: Double
  ) -> Bool {
    let run = run(model, hours: hours)
    var place = 0
    while place < times.count {
      let time = times[place]
      let next = times[place...].firstIndex { $0 != time } ?? times.count
      run.advance(until: time)
      if run.eventCount != UInt64(place) { return false }
      run.advance(until: time + TimeSpan(microseconds: 1))
      if run.eventCount != UInt64(next) { return false }
      place = next
    }
    run.advance(until: .zero + .hours(hours))
    return run.eventCount == UInt64(times.count)
  }
}
