// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

extension PathwayFlow {
  /// Traps unless nobody and nothing has been lost or made up: for each class who entered has left
  /// or is present, and for each resource what is held is what entities hold.
  ///
  /// O(entities present + resources + classes); called at the end of warm-up and of a run.
  public func checkConservation() {
    var present = [Int64](repeating: 0, count: program.classes.count)
    var held = [Int](repeating: 0, count: program.resources.count)
    var presentCount = 0
    for place in 0..<entities.indexLimit {
      let entity = entities[EntityIndex(rawValue: UInt32(place))]
      if entity.phase == .absent { continue }
      presentCount += 1
      present[Int(entity.classIndex)] += 1
      for hold in 0..<Int(entity.holdCount) where hold + 1 != Int(entity.lostHold) {
        held[Int(entity.holds[hold].resource.rawValue)] += Int(entity.holds[hold].units)
      }
    }
    precondition(presentCount == entities.count, "the table of entities miscounts who is present")
    for index in 0..<UInt16(program.classes.count) {
      let counts = measures.countsEver(class: index)
      precondition(
        counts.entered + counts.joined == counts.left + present[Int(index)],
        "entities of a class were lost or made up")
    }
    for place in program.resources.indices {
      precondition(
        resources.held(ResourceIndex(rawValue: UInt32(place))) == held[place],
        "units of a resource were lost or made up")
    }
  }
}
