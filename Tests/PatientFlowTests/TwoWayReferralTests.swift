// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Glibc
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

  // MARK: - Acceptance

  @Test("the lead accepts a share, and refuses who would have no slot; who is refused has advice")
  func acceptance() throws {
    // Slots for all: only the lead's own refusals. 4,000 offers: finds a share off by 0.07.
    let declining =
      Self.onlyMembersRefer + [
        "policies.referral.registered-share=1", "policies.referral.accepted-share=0.6",
        "tiers[county].slots_per_doctor_day=200",
      ]
    var offered = 0
    var declined = 0
    for replication in 1...2 as ClosedRange<UInt32> {
      let run = try TestRegion.read(declining).runWhole(replication: replication)
      #expect(run.needs(\.referralsWithoutSlot) == 0)
      #expect(run.needs(\.advised) == run.needs(\.referralsDeclined))
      #expect(
        run.needs(\.registered) + run.needs(\.referralsDeclined) == run.needs(\.referralsOffered))
      offered += Int(run.needs(\.referralsOffered))
      declined += Int(run.needs(\.referralsDeclined))
    }
    #expect(offered > 1500)
    expectBinomial(declined, of: offered, probability: 0.4)
    // Hardly any slots, and a lead that takes nobody who waits: every booking is for the day itself.
    let short = try TestRegion.read(
      Self.onlyMembersRefer + [
        "policies.referral.registered-share=1", "policies.referral.most-slot-days=0 d",
        "policies.referral.reserved-share=0.5", "policies.referral.release=0 h",
        "tiers[county].slots_per_doctor_day=3",
      ])
    let run = short.begin()
    var days: [Contact.Key: Double] = [:]
    for hour in 1...24 * 120 {
      run.advance(until: .zero + .hours(Double(hour)))
      for contact in run.present where contact.visit.flags.contains(.isRegistered) {
        days[contact.key] =
          days[contact.key] ?? max(0, (contact.visit.arrives - run.now).inDays)
      }
    }
    #expect(run.needs(\.referralsWithoutSlot) > 100)
    #expect(days.count > 50)
    // Who is sent up in the evening may come the day after, or after a weekend without doctors.
    #expect(days.values.max()! < 2.5)
  }

  @Test("the shares offered and sent up defensively are logits of the stated ones")
  func logits() throws {
    let run = try TestRegion.read(
      TestRegion.inForce(["referral", "records"]) + [
        "policies.referral.booking-gain=1.2", "policies.referral.defensive-gain=0.7",
        "policies.referral.registered-share=0.3", "policies.records.coverage=0.4",
      ]
    ).begin()
    run.advance(until: midnight(TestRegion.policyDay + 1))
    let domain = run.simulation.model.domain
    let policy = try #require(domain.policies.referrals.first)
    let (member, lead) = (run.site("ford-centre"), run.site("county-hospital"))
    #expect(
      abs(domain.defensiveShare(at: member) - StepDownTests.logistic(log(0.05 / 0.95) + 0.7))
        < 1e-12)
    #expect(domain.defensiveShare(at: lead) == 0.05)
    #expect(domain.defensiveShare(at: run.site("ford-east")) == 0.05)
    var raised = 0
    for episode in 0..<10_000 {
      let visit = Visit(
        resident: 0, need: 0, careClass: .outpatient, severity: 0.8, isEmergency: false, owner: 7,
        episode: UInt64(episode))
      let share = domain.registeredShare(of: policy, for: visit, from: member)
      let booked = StepDownTests.logistic(log(0.3 / 0.7) + 1.2)
      #expect(abs(share - 0.3) < 1e-12 || abs(share - booked) < 1e-12)
      raised += share > 0.31 ? 1 : 0
      // A clinic that is on no platform books nothing.
      #expect(domain.registeredShare(of: policy, for: visit, from: run.site("ford-east")) == 0.3)
    }
    // Finds a coverage off by 0.05.
    expectBinomial(raised, of: 10_000, probability: 0.4)
  }

  @Test("new terms of an agreement that change nothing change no number")
  func idle() throws {
    let idle = [
      "policies.referral.registered-share=0", "policies.referral.reserved-share=0",
      "policies.referral.exam-recognition=no", "policies.referral.hand-down-share=0",
    ]
    let base = ScenarioTests.Outcome(try TestRegion.read(idle).runWhole())
    // Without a platform nobody books from below, and nobody is followed up.
    let none = try TestRegion.read(
      idle + TestRegion.inForce(["referral"]) + [
        "policies.referral.accepted-share=0", "policies.referral.most-slot-days=0 d",
        "policies.referral.green-channel=[none]", "policies.referral.booking-gain=2",
        "policies.referral.follow-up-share=1",
      ])
    #expect(ScenarioTests.Outcome(none.runWhole()) == base)
    let platform = try TestRegion.read(idle + TestRegion.inForce(["referral", "records"]))
    #expect(ScenarioTests.Outcome(platform.runWhole()) == base)
  }

  // MARK: - Where patients of members go, and follow-up

  @Test("every patient whom a member sends up is registered, or goes inside, outside or nowhere")
  func leakage() throws {
    let run = try TestRegion.read(
      Self.onlyMembersRefer + ["policies.referral.registered-share=0.3"]
    ).runWhole()
    let advised =
      run.needs(\.advisedInside) + run.needs(\.advisedOutside) + run.needs(\.advisedNowhere)
    // The county hospitals and the city send up too: their advice is not a member's.
    #expect(advised > 500 && advised <= run.needs(\.advised))
    #expect(run.needs(\.advisedInside) > 0 && run.needs(\.advisedOutside) > 0)
    let inside = run.needs(\.registered) + run.needs(\.advisedInside)
    let period = run.policyPeriod
    #expect(
      try run.value("upward-leakage")
        == Double(period.advisedOutside)
        / Double(period.registered + period.advisedInside + period.advisedOutside))
    #expect(inside > run.needs(\.registered))
  }

  @Test("discharged patients of the lead are asked to come where their record is, and some do not")
  func followUp() throws {
    let settings =
      TestRegion.inForce(["referral", "records"]) + [
        "policies.referral.start=2019-03-04", "policies.records.start=2019-03-04",
        "policies.referral.follow-up-share=1", "policies.records.coverage=0.7",
        "policies.records.institutions=[county-hospital, ford-centre, mill-centre, hill-centre]",
        "institutions[county-hospital].acute_beds=30", "run.length=300 d",
      ]
    var discharged = 0
    var agreed = 0
    var missed = 0
    var attended = 0
    for replication in 1...3 as ClosedRange<UInt32> {
      let run = try TestRegion.read(settings).runWhole(replication: replication)
      let lead = run.site("county-hospital")
      let admitted = Period.allCases.reduce(0) {
        $0 + Int(run.simulation.model.domain.tally.site($1, lead).admissions)
      }
      discharged +=
        admitted
        - run.simulation.model.flow.resources.held(
          run.resource(.acuteBed, at: "county-hospital"))
      agreed += Int(run.needs(\.aftercareAgreed))
      missed += Int(run.needs(\.aftercareMissed))
      attended += Int(run.counted(\.aftercareVisits))
      #expect(run.counted(\.referralsDown) <= run.needs(\.handedDown))
    }
    // 1,500 discharges: finds a share with a record off by 0.12, and a no-show rate off by 0.1.
    #expect(discharged > 700)
    expectBinomial(agreed, of: discharged, probability: 0.7)
    expectBinomial(missed, of: missed + attended, probability: 0.144)
  }

  @Test("a private member that has not joined refers nobody")
  func takesNoPart() throws {
    let run = try TestRegion.read(TestRegion.inForce(["referral"])).begin()
    run.advance(until: midnight(TestRegion.policyDay + 1))
    var policies = run.simulation.model.domain.policies
    let member = run.site("ford-centre")
    #expect(policies.referral(from: member) != nil)
    policies.isOut[member] = true
    #expect(policies.referral(from: member) == nil)
  }
}
