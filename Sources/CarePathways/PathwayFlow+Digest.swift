// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

extension PathwayFlow {
  /// Adds the state to a digest: who is present and where, what is held, and what was counted.
  public func add(to digest: inout StateDigest, at now: SimulationTime) {
    digest.add(entities.count)
    for place in 0..<entities.indexLimit { add(entity: place, to: &digest) }
    for index in 0..<UInt16(program.classes.count) {
      let counts = measures.countsEver(class: index)
      digest.add(counts.entered)
      digest.add(counts.joined)
      for reason in 0..<UInt16(program.leaveReasons.count) {
        digest.add(measures.left(class: index, reason: reason))
      }
      digest.add(counts.timeInSystem)
      digest.add(counts.waited)
    }
    for place in program.resources.indices {
      let index = ResourceIndex(rawValue: UInt32(place))
      let statistics = resources.statistics(index, at: now)
      // What nobody ever had or asked for is as if it were not there.
      if resources.capacity(index) == 0 && statistics.requests == 0
        && statistics.capacityIntegral == 0
      {
        continue
      }
      for count in [
        resources.capacity(index), resources.held(index), statistics.requests, statistics.grants,
        statistics.refused, statistics.reneged, statistics.interruptions, statistics.waiting,
      ] {
        digest.add(count)
      }
      for total in [
        statistics.waitTotal, statistics.waitingIntegral, statistics.heldIntegral,
        statistics.heldWithinCapacityIntegral, statistics.capacityIntegral,
      ] {
        digest.add(total)
      }
    }
  }

  private func add(entity place: Int, to digest: inout StateDigest) {
    let entity = entities[EntityIndex(rawValue: UInt32(place))]
    digest.add(Int(entity.phase.rawValue))
    guard entity.phase != .absent else { return }
    for field in [entity.row, entity.site, entity.destination, entity.classIndex] {
      digest.add(Int(field))
    }
    digest.add(Int(entity.pass) << 8 | Int(entity.priority))
    digest.add(entity.owner)
    digest.add(entity.episode)
    digest.add(entity.enteredAt.microseconds)
    digest.add(entity.waited.microseconds)
    if rows.remembersDelays, place < delays.count {
      digest.add(delays[place].length.microseconds)
      digest.add(Int(delays[place].redraws))
    }
    for attribute in 0..<program.rare.attributes.count {
      digest.add(self.attribute(attribute, of: EntityIndex(rawValue: UInt32(place))))
    }
  }
}
