// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Glibc
import PatientFlow
import Randomness
import SimulationKernel
import Testing

/// Who is seen first.
extension TwoWayReferralTests {
  @Test("the channel is open in the queues that the agreement names")
  func channel() throws {
    func priorities(_ queues: String) throws -> (consult: Set<UInt8>, bed: Set<UInt8>) {
      let region = try TestRegion.read(
        Self.onlyMembersRefer + [
          "policies.referral.registered-share=1", "policies.referral.green-channel=[\(queues)]",
          "institutions[county-hospital].exam_rooms=0",
          "institutions[county-hospital].acute_beds=3",
          "tiers[county].consult_minutes=40",
        ])
      let run = region.begin()
      let lead = run.site("county-hospital")
      var seen = (consult: Set<UInt8>(), bed: Set<UInt8>())
      for half in 1...48 * 40 {
        run.advance(until: .zero + .hours(Double(half) / 2))
        for contact in run.present where contact.site == lead && contact.isWaiting {
          guard contact.visit.flags.contains(.isRegistered) else { continue }
          let priority = run.simulation.model.flow.entities[contact.entity].priority
          if contact.visit.flags.contains(.hasBegunConsult) {
            seen.bed.insert(priority)
          } else {
            seen.consult.insert(priority)
          }
        }
      }
      return seen
    }
    let all = try priorities("consult, exam, bed")
    #expect(all.consult == [4] && all.bed == [4])
    let bed = try priorities("bed")
    #expect(bed.consult == [8] && bed.bed == [4])
    let consult = try priorities("consult, exam")
    #expect(consult.consult == [4] && consult.bed == [8])
    let none = try priorities("none")
    #expect(none.consult == [8] && none.bed == [8])
  }

  @Test("a channel for the contracted alone opens to residents with a family doctor, at the lead")
  func contracted() throws {
    let region = try TestRegion.read(
      Self.onlyMembersRefer + [
        "policies.referral.registered-share=0",
        "policies.referral.green-channel-for-contracted=yes", "tiers[county].consult_minutes=40",
      ])
    let run = region.begin()
    var seen = 0
    for hour in 1...24 * 40 {
      run.advance(until: .zero + .hours(Double(hour)))
      let domain = run.simulation.model.domain
      for contact in run.present where !contact.visit.flags.contains(.isEmergency) {
        let isOpen =
          contact.site == run.site("county-hospital")
          && domain.population.residents[Int(contact.visit.resident)].hasContract
        #expect(
          run.simulation.model.flow.entities[contact.entity].priority == (isOpen ? 4 : 8))
        seen += isOpen ? 1 : 0
      }
    }
    #expect(seen > 100)
  }
}
