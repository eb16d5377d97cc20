// SPDX-License-Identifier: GPL-3.0-or-later

// What a change of capacity does to those in service.

extension ResourceSet {
  /// Changes the number of units there are: a new shift begins.
  ///
  /// Those who are interrupted come out of ``nextInterruption()``, to be drained first; those who are
  /// served by a rise or by the new shift's free units come out of ``nextGrant()``. With
  /// ``ShiftEnd/handOver`` it costs O(1), with ``ShiftEnd/finish`` O(number of holders), with
  /// ``ShiftEnd/interrupt`` as much for each who is interrupted; and what serving costs.
  ///
  /// An entity waits for one thing at a time, so a holder that waits for something else when its
  /// shift ends is not interrupted: it finishes in overtime. Who is in overtime already stays there.
  ///
  /// - Parameters:
  ///   - capacity: Units of the new shift.
  ///   - ending: What becomes of those in service; by default what was said when the resource was
  ///     added.
  /// - Precondition: Unless units are handed over, the resource is preemptive or was added with
  ///   another ending than that; if somebody is to be interrupted, all grants have been taken.
  public mutating func setCapacity(
    _ resource: ResourceIndex, to capacity: Int, at now: SimulationTime, ending: ShiftEnd? = nil
  ) {
    precondition(capacity >= 0, "A capacity is not negative")
    let state = self.state(resource)
    let ending = ending ?? state.pointee.ending
    state.pointee.changeCapacity(to: capacity, at: now.microseconds)
    if ending != .handOver {
      precondition(state.pointee.tracksHolders, "It is not known who holds this resource")
      if ending == .finish {
        holdOver(resource.rawValue, at: now.microseconds)
      } else {
        precondition(!hasGrants, "Grants are taken before anybody is interrupted")
        interruptExcess(resource.rawValue, at: now.microseconds)
      }
    }
    if state.pointee.levels != 0 { serve(resource.rawValue, at: now.microseconds) }
  }

  /// Leaves everything that is held to the old shift.
  private mutating func holdOver(_ row: UInt32, at now: Int64) {
    let state = self.state(row)
    var holding = state.pointee.firstHolding
    while holding != .max {
      holdings[holding].isOvertime = true
      holding = holdings[holding].next
    }
    state.pointee.changeHeldOver(by: state.pointee.held, at: now)
    state.pointee.changeHeld(by: -state.pointee.held, at: now)
  }

  private mutating func interruptExcess(_ row: UInt32, at now: Int64) {
    while state(row).pointee.free < 0,
      let chosen = leastUrgentHolding(row, below: -1, freeing: 0, except: nil)
    {
      interrupted.grow(to: interruptedCount + 1, keeping: interruptedCount)
      interrupted[interruptedCount] = Interruption(
        entity: EntityIndex(rawValue: holdings[chosen].entity),
        resource: ResourceIndex(rawValue: row))
      interruptedCount += 1
      interrupt(chosen, at: now)
    }
  }

  /// Takes the next entity that the end of a shift has interrupted, in the order of interrupting.
  public mutating func nextInterruption() -> Interruption? {
    if interruptedTaken == interruptedCount { return nil }
    let interruption = interrupted[interruptedTaken]
    interruptedTaken += 1
    if interruptedTaken == interruptedCount {
      interruptedTaken = 0
      interruptedCount = 0
    }
    return interruption
  }
}
