// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Brings near what events will touch: the rows of a large region lie far from the processor.
extension RegionDomain {
  package mutating func expect(_ event: RegionEvent) {
    switch event {
    case .onset(let source): prefetchResident(sources[Int(source)].resident)
    case .refillDue(let resident): prefetchResident(resident)
    case .dayBegan: break
    }
  }

  package mutating func expect(_ entity: EntityIndex, found: Bool) {
    let index = Int(entity.rawValue)
    guard index < visits.count else { return }
    if found {
      prefetchResident(visits[index].resident)
    } else {
      visits.withUnsafeBufferPointer { Self.prefetchRow($0, index) }
    }
  }

  mutating func prefetchResident(_ row: UInt32) {
    population.residents.withUnsafeBufferPointer { Self.prefetchRow($0, Int(row)) }
  }

  @inline(__always)
  private static func prefetchRow<Row>(_ rows: UnsafeBufferPointer<Row>, _ index: Int) {
    guard let base = rows.baseAddress else { return }
    let row = UnsafeRawPointer(base + index)
    prefetch(row)
    prefetch(row + (MemoryLayout<Row>.size - 1))
  }
}
