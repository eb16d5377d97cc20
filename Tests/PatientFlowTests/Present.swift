// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow
import SimulationKernel

/// A contact under way, as a run stands.
struct Contact {
  var entity: EntityIndex
  var site: Int
  var visit: Visit
  /// Waits in a line.
  var isWaiting: Bool

  /// What tells a contact from every other one of the run.
  struct Key: Hashable {
    var owner, episode: UInt64
    var contact: UInt8
  }
  var key: Key { Key(owner: visit.owner, episode: visit.episode, contact: visit.contact) }
}

extension RegionRun {
  /// Every contact under way.
  var present: [Contact] {
    let limit = simulation.model.flow.entities.indexLimit
    return (0..<UInt32(limit)).compactMap { row in
      let index = EntityIndex(rawValue: row)
      let entity = simulation.model.flow.entities[index]
      guard entity.phase != .absent else { return nil }
      return Contact(
        entity: index, site: Int(entity.site),
        visit: simulation.model.domain.visits[Int(row)], isWaiting: entity.phase == .waiting)
    }
  }

  /// The resource that provides a role at an institution.
  func resource(_ role: RegionVocabulary.Role, at site: String) -> ResourceIndex {
    simulation.model.flow.resource(role: role.rawValue, site: UInt16(self.site(site)))!
  }

  func capacity(_ role: RegionVocabulary.Role, at site: String) -> Int {
    let resource = resource(role, at: site)
    return simulation.model.flow.resources.capacity(resource)
  }

  func statistics(_ role: RegionVocabulary.Role, at site: String) -> ResourceStatistics {
    let resource = resource(role, at: site)
    return simulation.model.flow.resources.statistics(resource, at: now)
  }

  /// Goes on to the last microsecond of a day.
  func advance(throughDay day: Int) {
    advance(until: SimulationTime(microseconds: midnight(day + 1).microseconds - 1))
  }
}
