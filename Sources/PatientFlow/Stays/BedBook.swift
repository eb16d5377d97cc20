// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// Bed-time as patients have it: from the grant of a bed to its being given back, and of that the time
/// in which a bed is blocked.
///
/// It is kept apart from what the beds themselves count, so that the two can be held against each
/// other at the end of a run.
package struct BedBook: Sendable {
  /// Time that some have something, as a sum of instants: exact, and of the same size however many
  /// there are.
  struct Account: BitwiseCopyable, Sendable {
    private(set) var holders: Int64 = 0
    private var sum: Int64 = 0

    mutating func begin(at now: SimulationTime) {
      holders += 1
      sum &-= now.microseconds
    }

    mutating func end(at now: SimulationTime) {
      holders -= 1
      precondition(holders >= 0, "a bed was given back that nobody had")
      sum &+= now.microseconds
    }

    /// Microseconds since the last reset, until now. Wraps on the way, and is right at the end.
    func microseconds(until now: SimulationTime) -> Int64 { sum &+ holders &* now.microseconds }

    mutating func reset(at now: SimulationTime) { sum = 0 &- holders &* now.microseconds }
  }

  /// By resource of the flow; only beds are used.
  private var beds: [Account]
  /// Acute beds whose patient waits for a recovery bed elsewhere, by institution.
  private var blocked: [Account]

  init(resources: Int, institutions: Int) {
    beds = Array(repeating: Account(), count: resources)
    blocked = Array(repeating: Account(), count: institutions)
  }

  mutating func take(_ bed: ResourceIndex, at now: SimulationTime) {
    beds[Int(bed.rawValue)].begin(at: now)
  }

  mutating func giveBack(_ bed: ResourceIndex, at now: SimulationTime) {
    beds[Int(bed.rawValue)].end(at: now)
  }

  mutating func block(at site: Int, _ now: SimulationTime) { blocked[site].begin(at: now) }
  mutating func unblock(at site: Int, _ now: SimulationTime) { blocked[site].end(at: now) }

  /// Microseconds for which a bed was held since the end of the warm-up.
  package func held(_ bed: ResourceIndex, until now: SimulationTime) -> Int64 {
    beds[Int(bed.rawValue)].microseconds(until: now)
  }

  package func blockedNow(at site: Int) -> Int64 { blocked[site].holders }

  /// Takes out the blocked time of an institution since it was taken out last.
  mutating func takeBlocked(at site: Int, until now: SimulationTime) -> Int64 {
    let time = blocked[site].microseconds(until: now)
    blocked[site].reset(at: now)
    return time
  }

  /// Begins the window of the beds' own statistics.
  mutating func reset(at now: SimulationTime) {
    for bed in beds.indices { beds[bed].reset(at: now) }
  }
}

extension RegionDomain {
  package mutating func released(
    _ entity: EntityIndex, _ held: HeldUnits, _ flow: inout PathwayFlow, _ now: SimulationTime
  ) {
    if held.role >= RegionVocabulary.Role.acuteBed.rawValue {
      bedBook.giveBack(held.resource, at: now)
    }
  }

  /// Counts the blocked time of all leads until now; due whenever a period or a month ends.
  mutating func countBlocked(until now: SimulationTime) {
    for policy in policies.stepDowns {
      let site = policy.lead
      let time = bedBook.takeBlocked(at: site, until: now)
      if time > 0 { tally.count(at: site, tier: sites[site].tier) { $0.blocked += time } }
    }
  }
}
