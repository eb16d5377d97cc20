// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

extension NetworkModel {
  /// The names of sources by their hashes, as entities and trace rows hold them.
  public var sourceNames: [UInt64: String] {
    Dictionary(
      sources.map { (Purpose($0.name).rawValue, $0.name) }, uniquingKeysWith: { a, _ in a })
  }

  /// What an entity is called: its source and its number there, such as `walk-ins-17`; those of a
  /// batch after the first `walk-ins-17.2`, `walk-ins-17.3`, ….
  public func caseName(owner: UInt64, episode: UInt64) -> String {
    let number = ArrivalNumber(episode: episode)
    let name = "\(sourceNames[owner] ?? "entity")-\(number.arrival)"
    return number.member == 0 ? name : "\(name).\(number.member + 1)"
  }
}

extension NetworkRun {
  /// Those who wait for each other for ever, or `nil`; see ``PathwayFlow/deadlock(at:isIdle:)``.
  public var deadlock: Deadlock? {
    simulation.model.flow.deadlock(at: now, isIdle: simulation.calendar.isEmpty)
  }
}
