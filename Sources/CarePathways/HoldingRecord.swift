// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Units held, and grants, by class and resource, followed grant by grant: what resources count only
/// for all classes together.
struct HoldingRecord: Sendable {
  private let resources: Int
  /// By class, then resource.
  private var held: [TimeWeighted]
  private var granted: [Int64]
  /// What interrupted entities lost, until they have it again.
  private var lost: [EntityIndex: HeldUnits] = [:]

  init(resources: Int, lines: Int) {
    self.resources = resources
    held = Array(repeating: TimeWeighted(), count: lines)
    granted = Array(repeating: 0, count: lines)
  }

  var isOn: Bool { !held.isEmpty }

  mutating func reset(at now: SimulationTime) {
    for line in held.indices {
      held[line].reset(at: now)
      granted[line] = 0
    }
  }

  /// Unit-microseconds until now.
  func integral(_ line: Int, at now: SimulationTime) -> Int128 { held[line].integral(at: now) }

  func grants(_ line: Int) -> Int64 { granted[line] }

  private func line(_ classIndex: UInt16, _ units: HeldUnits) -> Int {
    Int(classIndex) * resources + Int(units.resource.rawValue)
  }

  /// An entity has been granted what it holds last.
  mutating func grant(_ entity: Entity, at now: SimulationTime) {
    let units = entity.holds[Int(entity.holdCount) - 1]
    let line = line(entity.classIndex, units)
    held[line].change(by: Int(units.units), at: now)
    granted[line] += 1
  }

  mutating func release(_ entity: Entity, role: UInt16, at now: SimulationTime) {
    guard let units = entity.held(role: role) else { return }
    held[line(entity.classIndex, units)].change(by: -Int(units.units), at: now)
  }

  /// An entity has lost a resource for a while.
  mutating func interrupt(_ index: EntityIndex, _ entity: Entity, at now: SimulationTime) {
    let units = entity.holds[Int(entity.lostHold) - 1]
    lost[index] = units
    held[line(entity.classIndex, units)].change(by: -Int(units.units), at: now)
  }

  mutating func resume(_ index: EntityIndex, _ entity: Entity, at now: SimulationTime) {
    guard let units = lost.removeValue(forKey: index) else { return }
    held[line(entity.classIndex, units)].change(by: Int(units.units), at: now)
  }

  /// An entity is about to be of another class, and with it what it holds.
  mutating func changeClass(_ entity: Entity, to classIndex: UInt16, at now: SimulationTime) {
    for place in 0..<Int(entity.holdCount) {
      let units = entity.holds[place]
      held[line(entity.classIndex, units)].change(by: -Int(units.units), at: now)
      held[line(classIndex, units)].change(by: Int(units.units), at: now)
    }
  }
}
