// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Those who wait for conditions.
///
/// After every event the first of them whose condition holds goes on, in the order in which they
/// came, then the first of the rest, until there is none. A condition reads resources, and what does
/// not change while its entity waits; so nobody need be looked at again before a resource that some
/// condition reads has changed. Where the conditions of several in a row are one and read nothing of
/// the entity, one look serves for all.
extension PathwayFlow {
  /// Takes the first entity whose condition holds out of those that wait for one, and sends it on.
  ///
  /// O(resources that conditions read) when none of these has changed; else O(entities that wait).
  @usableFromInline
  @inline(never)
  mutating func popFulfilled(at now: SimulationTime) -> EntityIndex? {
    if haveWatchedChanged() { hopeless = 0 }
    var failed = PathwayStep.none
    while hopeless < hoping.count {
      let entity = hoping[hopeless]
      let step = rows.step(entities.at(entity).pointee.row)
      let wait = rows.waits + Int(step.pointee.operand)
      if wait.pointee.operand == failed || !holds(wait.pointee.operand, entity, now) {
        if wait.pointee.isAlike { failed = wait.pointee.operand }
        hopeless += 1
        continue
      }
      stopHoping(hopeless)
      entities[entity].phase = .running
      entities[entity].go(to: step.pointee.next)
      return entity
    }
    return nil
  }

  /// Takes an entity out of those that wait for conditions.
  mutating func stopHoping(_ place: Int) {
    for later in place + 1..<max(place + 1, hoping.count) { hoping[later - 1] = hoping[later] }
    hoping.count -= 1
    if place < hopeless { hopeless -= 1 }
  }

  /// Whether something that conditions read has changed since this was asked last.
  private mutating func haveWatchedChanged() -> Bool {
    // A floor above may have changed what an entity is.
    var hasChanged = rows.watchesEntities
    if watched.count < rows.watchedCount * 4 {
      hasChanged = true
      while watched.count < rows.watchedCount * 4 { watched.append(0) }
    }
    for place in 0..<rows.watchedCount {
      let resource = ResourceIndex(rawValue: rows.watchedResources[place])
      let state: InlineArray<4, Int> = [
        resources.free(resource), resources.held(resource), resources.waiting(resource),
        resources.capacity(resource),
      ]
      for number in 0..<4 where watched[place * 4 + number] != state[number] {
        watched[place * 4 + number] = state[number]
        hasChanged = true
      }
    }
    return hasChanged
  }
}
