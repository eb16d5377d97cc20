// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Brings near what events will touch: the rows of a large region lie far from the processor.
extension RegionDomain {
  package mutating func expect(_ event: RegionEvent) {
    switch event {
    case .onset(let source): prefetchResident(sources[Int(source)].resident)
    case .refillDue(let resident): prefetchResident(resident)
    case .dayBegan, .expert: break
    }
  }

  package mutating func expect(_ entity: EntityIndex, found: Bool) {
    let index = Int(entity.rawValue)
    guard index < visits.count else { return }
    if found {
      prefetchResident(visits[index].resident)
    } else {
      visits.prefetchRow(index)
    }
  }

  private mutating func prefetchResident(_ row: UInt32) {
    population.residents.prefetchRow(Int(row))
  }
}
