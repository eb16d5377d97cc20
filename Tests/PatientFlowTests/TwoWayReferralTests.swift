// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct TwoWayReferralTests {
  /// Every institution of the county but the lead and its annex refers by agreement, and nobody
  /// else sends anyone up.
  static let onlyMembersRefer =
    TestRegion.inForce(["referral"]) + [
      "policies.referral.members=[ford-centre, mill-centre, hill-centre, ford-east, ford-west, "
        + "mill-upper, mill-lower, hill-top, hill-foot]",
      "tiers[county].scope=1", "defensive-referral=0", "policies.referral.start=2019-03-04",
      "run.warm-up=0 d", "run.length=180 d",
    ]

  @Test("of those who are sent up a share is registered", arguments: [0.1, 0.5, 0.9])
  func registeredShare(share: Double) throws {
    // Three runs, 8,000 referrals: finds a share off by 0.055 at one half.
    let region = try TestRegion.read(
      Self.onlyMembersRefer + ["policies.referral.registered-share=\(share)"])
    var registered = 0
    var sentUp = 0
    for replication in 1...3 as ClosedRange<UInt32> {
      let run = region.runWhole(replication: replication)
      registered += Int(run.needs(\.registered))
      sentUp += Int(run.needs(\.registered) + run.needs(\.advised))
    }
    #expect(sentUp > 2000)
    expectBinomial(registered, of: sentUp, probability: share)
  }

  @Test("without an agreement nobody is registered; with all registered nobody is advised")
  func ends() throws {
    let none = try TestRegion.read().runWhole()
    #expect(none.needs(\.registered) == 0 && none.counted(\.referralsUp) == 0)
    let all = try TestRegion.read(
      Self.onlyMembersRefer + ["policies.referral.registered-share=1"]
    ).runWhole()
    #expect(all.needs(\.advised) == 0 && all.needs(\.registered) > 500)
  }

  @Test("who is registered attends, fails to come, or is still to come; no-shows are binomial")
  func attendance() throws {
    let region = try TestRegion.read(
      Self.onlyMembersRefer + ["policies.referral.registered-share=1"])
    var attended = 0
    var missed = 0
    for replication in 1...4 as ClosedRange<UInt32> {
      let run = region.runWhole(replication: replication)
      let pending = run.present.count {
        $0.visit.flags.contains(.isRegistered) && $0.visit.arrives >= run.now
      }
      #expect(
        run.needs(\.registered) - run.needs(\.registeredMissed) - Int64(pending)
          == run.counted(\.referralsUp))
      attended += Int(run.counted(\.referralsUp))
      missed += Int(run.needs(\.registeredMissed))
    }
    // 5,000 referrals: finds a no-show rate off by 0.05.
    #expect(attended + missed > 4000)
    expectBinomial(missed, of: attended + missed, probability: 0.144)
  }

  /// Minutes from registration to the first consult at the lead, of those who came by a registered
  /// referral and of those who came by themselves, to the minute.
  static func waits(
    _ run: RegionRun, from start: SimulationTime, days: Int
  ) -> (registered: [Double], own: [Double]) {
    let lead = run.site("county-hospital")
    var open: [Contact.Key: SimulationTime] = [:]
    var seen = Set<Contact.Key>()
    var registered: [Double] = []
    var own: [Double] = []
    run.advance(until: start)
    for _ in 0..<days * 24 * 60 {
      run.advance(until: run.now + .minutes(1))
      for contact in run.present
      where contact.site == lead && !contact.visit.flags.contains(.isEmergency) {
        let visit = contact.visit
        guard visit.arrives < run.now, visit.registered >= start, !seen.contains(contact.key)
        else { continue }
        if visit.flags.contains(.hasBegunConsult) {
          seen.insert(contact.key)
          let wait = (run.now - visit.registered).inMinutes
          if visit.flags.contains(.isRegistered) {
            registered.append(wait)
          } else {
            own.append(wait)
          }
        }
        open[contact.key] = visit.registered
      }
    }
    return (registered, own)
  }

  @Test("in a crowded hospital a registered patient waits less than one who came alone")
  func priority() throws {
    // The same people on the same days: two doctors, 40 minutes a consult.
    let region = try TestRegion.read(
      TestRegion.inForce(["referral"]) + [
        "institutions[county-hospital].clinic_doctors_weekday=2",
        "tiers[county].consult_minutes=40",
        "tiers[county].slots_per_doctor_day=20", "policies.referral.registered-share=0.5",
      ])
    let run = region.begin()
    let waits = Self.waits(run, from: midnight(100), days: 30)
    #expect(waits.registered.count > 50 && waits.own.count > 50)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    #expect(mean(waits.registered) < 0.7 * mean(waits.own))
  }

  @Test("kept slots make the registered wait fewer days for one")
  func reservedSlots() throws {
    // Few slots: without kept ones the registered queue up with all others.
    func days(reserved: Double) throws -> (registered: Double, count: Int) {
      let region = try TestRegion.read(
        TestRegion.inForce(["referral"]) + [
          "tiers[county].slots_per_doctor_day=3", "policies.referral.registered-share=0.1",
          "policies.referral.reserved-share=\(reserved)",
        ])
      let run = region.begin()
      run.advance(until: midnight(95))
      var seen = Set<Contact.Key>()
      var sum = 0.0
      for hour in 1..<24 * 60 {
        run.advance(until: midnight(95) + .hours(Double(hour)))
        for contact in run.present where contact.visit.flags.contains(.isRegistered) {
          guard seen.insert(contact.key).inserted else { continue }
          sum += max(0, (contact.visit.arrives - run.now).inDays)
        }
      }
      return (sum / Double(seen.count), seen.count)
    }
    let without = try days(reserved: 0)
    let with = try days(reserved: 0.4)
    #expect(without.count > 20 && with.count > 20)
    #expect(with.registered < without.registered - 2)
  }

  @Test("handed-down patients have their next refill at the nearest primary centre")
  func handDown() throws {
    let region = try TestRegion.read(
      TestRegion.inForce(["referral"]) + ["policies.referral.hand-down-share=1"])
    let run = region.runWhole()
    let handedDown = run.needs(\.handedDown)
    let waiting = run.simulation.model.domain.population.residents.count { $0.isHandedDown }
    #expect(handedDown > 20)
    // Each comes down once, or is still to come.
    #expect(run.counted(\.referralsDown) <= handedDown)
    #expect(Int(run.counted(\.referralsDown)) >= Int(handedDown) - waiting)
  }

  @Test("results are recognised between the parties of an agreement alone")
  func recognition() throws {
    for (recognises, expected) in [("yes", true), ("no", false)] {
      let run = try TestRegion.read(
        TestRegion.inForce(["referral"]) + ["policies.referral.exam-recognition=\(recognises)"]
      ).begin()
      run.advance(until: midnight(91))
      let policies = run.simulation.model.domain.policies
      let (lead, member) = (run.site("county-hospital"), run.site("ford-centre"))
      let (annex, other) = (run.site("county-annex"), run.site("mill-centre"))
      #expect(policies.areResultsRecognised(from: member, at: lead) == expected)
      #expect(policies.areResultsRecognised(from: lead, at: member) == expected)
      #expect(policies.areResultsRecognised(from: member, at: other) == expected)
      #expect(!policies.areResultsRecognised(from: member, at: annex))
      #expect(!policies.areResultsRecognised(from: annex, at: lead))
    }
  }
}
