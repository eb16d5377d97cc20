// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// Where capacity of whole institutions becomes that of a sample. Nothing here is called where everybody
/// is simulated.
extension RegionDomain {
  /// The run begins: what all institutions have.
  @inline(never)
  mutating func openSample(_ flow: inout PathwayFlow, _ now: SimulationTime) {
    for site in sites.indices where !sites[site].isExternal {
      let capacity = policies.capacity.capacity(site)
      _ = setSampled(.examRoom, at: site, to: capacity.examRooms, &flow, now)
      _ = setSampled(.acuteBed, at: site, to: capacity.acuteBeds, &flow, now)
      _ = setSampled(.recoveryBed, at: site, to: capacity.recoveryBeds, &flow, now)
    }
  }

  /// Gives an institution the sample's part of so many units of a role.
  ///
  /// - Returns: how many it has.
  @inline(never)
  mutating func setSampled(
    _ role: RegionVocabulary.Role, at site: Int, to whole: Int, _ flow: inout PathwayFlow,
    _ now: SimulationTime
  ) -> Int {
    guard let resource = flow.resource(role: role.rawValue, site: UInt16(site)) else { return 0 }
    let units = sample.units(role, at: site, of: whole)
    // Nobody's stay is made longer by how many beds there are.
    var stretch = 1.0
    switch role {
    case .doctor:
      stretch = sample.stretch(units, for: whole)
      sites[site].consultStretch = stretch
    case .examRoom:
      stretch = sample.stretch(units, for: whole)
      sites[site].examStretch = stretch
    case .acuteBed, .recoveryBed: break
    }
    wholeCapacity.set(
      resource, whole: Double(whole), working: Double(units) / stretch, at: now)
    if flow.resources.capacity(resource) != units {
      flow.resources.setCapacity(resource, to: units, at: now)
    }
    return units
  }

  /// Use of a resource since statistics began, told of the whole region.
  func use(
    of resource: ResourceIndex, _ flow: borrowing PathwayFlow, at now: SimulationTime
  ) -> (held: Double, capacity: Double) {
    let (held, capacity) = flow.resources.integrals(resource, at: now)
    return wholeCapacity.use(
      of: resource, held: Double(held), capacity: Double(capacity), expansion: sample.expansion,
      at: now)
  }
}
