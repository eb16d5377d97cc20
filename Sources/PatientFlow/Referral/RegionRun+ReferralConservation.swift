// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// What must come out even of referrals and of beds, whatever the policies.
extension RegionRun {
  /// Traps unless every referral is where it must be. O(people present + cells).
  func checkReferrals() {
    let domain = simulation.model.domain
    var needs = NeedCell()
    for period in domain.tally.needs {
      needs.registered += period.registered
      needs.registeredMissed += period.registeredMissed
      needs.referralsOffered += period.referralsOffered
      needs.referralsWithoutSlot += period.referralsWithoutSlot
      needs.referralsDeclined += period.referralsDeclined
      needs.aftercareAgreed += period.aftercareAgreed
      needs.aftercareMissed += period.aftercareMissed
      needs.stepDownsOffered += period.stepDownsOffered
      needs.stepDownsAccepted += period.stepDownsAccepted
      needs.stepDownsDeclined += period.stepDownsDeclined
    }
    var attended = FlowCell()
    for cell in domain.tally.sites { attended += cell }
    var onTheWay: Int64 = 0
    var toBeFollowedUp: Int64 = 0
    var waitingToMove: Int64 = 0
    var blocked = [Int64](repeating: 0, count: model.institutions.count)
    for row in 0..<UInt32(simulation.model.flow.entities.indexLimit) {
      let index = EntityIndex(rawValue: row)
      guard simulation.model.flow.entities[index].phase != .absent else { continue }
      let flags = domain.visits[Int(row)].flags
      if !flags.contains(.hasArrived) {
        if flags.contains(.isRegistered) { onTheWay += 1 }
        if flags.contains(.isAftercare) { toBeFollowedUp += 1 }
      }
      if flags.contains(.isSteppedDown), !flags.contains(.hasBedBelow) {
        waitingToMove += 1
        blocked[Int(simulation.model.flow.entities[index].site)] += 1
      }
    }
    precondition(
      needs.referralsOffered
        == needs.registered + needs.referralsWithoutSlot + needs.referralsDeclined,
      "a referral was neither accepted nor refused")
    precondition(
      needs.registered == attended.referralsUp + needs.registeredMissed + onTheWay,
      "a registered referral was lost or made up")
    precondition(
      needs.aftercareAgreed == attended.aftercareVisits + needs.aftercareMissed + toBeFollowedUp,
      "a follow-up was lost or made up")
    precondition(
      needs.stepDownsOffered == needs.stepDownsAccepted + needs.stepDownsDeclined
        && needs.stepDownsAccepted == attended.stepDowns + waitingToMove,
      "a step-down was lost or made up")
    for site in model.institutions.indices {
      precondition(
        blocked[site] == domain.bedBook.blockedNow(at: site), "a blocked bed was lost or made up")
    }
  }

  /// Traps unless the bed-time that patients had is what the beds were held for, to the microsecond,
  /// since the end of the warm-up.
  func checkBeds() {
    for site in model.institutions.indices {
      for role in [RegionVocabulary.Role.acuteBed, .recoveryBed] {
        guard
          let bed = simulation.model.flow.resource(role: role.rawValue, site: UInt16(site))
        else { continue }
        let held = simulation.model.flow.resources.statistics(bed, at: now).heldIntegral
        precondition(
          held == Int128(simulation.model.domain.bedBook.held(bed, until: now)),
          "bed-days were lost or made up")
      }
    }
  }
}
