// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The levels of a run that are watched, each with the time it stood at each of its values.
///
/// Read off the state after each event, so that the kernel and the interpreter know nothing of it.
struct LevelRecord: Sendable {
  let levels: [NetworkRecording.Level]
  private(set) var distributions: [OccupancyDistribution]

  init(_ levels: [NetworkRecording.Level]) {
    self.levels = levels
    distributions = levels.map { _ in OccupancyDistribution() }
  }

  mutating func read(_ flow: borrowing PathwayFlow, at now: SimulationTime) {
    for place in levels.indices {
      let level = Self.level(levels[place], flow)
      if level != distributions[place].level { distributions[place].set(level, at: now) }
    }
  }

  mutating func reset(at now: SimulationTime) {
    for place in levels.indices { distributions[place].reset(at: now) }
  }

  private static func level(
    _ level: NetworkRecording.Level, _ flow: borrowing PathwayFlow
  ) -> Int {
    guard level.kind != .inSystem else { return flow.entities.count }
    var sum = 0
    let places =
      level.resource.map { $0..<$0 + 1 } ?? 0..<flow.resources.count
    for place in places {
      let resource = ResourceIndex(rawValue: UInt32(place))
      sum +=
        level.kind == .occupancy ? flow.resources.held(resource) : flow.resources.waiting(resource)
    }
    return sum
  }
}
