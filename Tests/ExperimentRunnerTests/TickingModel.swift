// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import Randomness
import SimulationKernel

/// A cheap stand-in for a simulation: every second it stirs its state and counts a visit with a
/// chance that a lever may raise from an instant on.
struct TickingModel: RunnableModel {
  var chance = 0.3
  /// The chance from `leverStart` on.
  var leveredChance = 0.3
  var leverStart = SimulationTime.zero
  /// Microseconds of sleep at each tick, to be stopped or killed in.
  var delay: UInt32 = 0

  static let second = SimulationTime(microseconds: 1_000_000)

  func begin(_ root: RandomRoot) -> any ModelRun { TickingRun(self, root) }
}

final class TickingRun: ModelRun {
  private var model: TickingModel
  private let root: RandomRoot
  private var tick: UInt64 = 0
  private var state: UInt64 = 0
  private var visits = [0, 0]

  init(_ model: TickingModel, _ root: RandomRoot) {
    self.model = model
    self.root = root
  }

  var eventCount: UInt64 { tick }

  func advance(until end: SimulationTime) {
    while Int64(tick) * 1_000_000 < end.microseconds {
      var stream = RandomStream(root, Purpose("tick"), owner: tick)
      let now = SimulationTime(microseconds: Int64(tick) * 1_000_000)
      let chance = now >= model.leverStart ? model.leveredChance : model.chance
      let draw = stream.uniform()
      if draw < chance { visits[tick.isMultiple(of: 2) ? 0 : 1] += 1 }
      state = (state ^ draw.bitPattern) &* 0x9E37_79B9_7F4A_7C15
      tick += 1
      if model.delay > 0 { pause(microseconds: model.delay) }
    }
  }

  func fork(under model: any RunnableModel) -> any ModelRun {
    let copy = TickingRun(model as! TickingModel, root)
    copy.tick = tick
    copy.state = state
    copy.visits = visits
    return copy
  }

  func finish() -> [ReplicationResult] { [result] }

  private var result: ReplicationResult {
    let total = visits[0] + visits[1]
    return ReplicationResult(
      events: tick, checksum: state &+ UInt64(total),
      observations: [
        Observation(measure: "visits", value: Double(total)),
        Observation(measure: "visits", dimension: "tier", member: "even", value: Double(visits[0])),
        Observation(measure: "visits", dimension: "tier", member: "odd", value: Double(visits[1])),
        Observation(
          measure: "even-share", value: total == 0 ? nil : Double(visits[0]) / Double(total)),
        Observation(measure: "never", value: nil),
      ])
  }
}
