// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import ModelFiles
import PatientFlow
import SimulationKernel
import Testing

/// Where doctors' time goes when experts are sent, and what it does to a queue.
@Suite struct ExpertTimeTests {
  /// Every lever that sends experts, in the hamlet's words.
  static let levers = """
      heads:
        lever: standing-heads
        in-force: no
        start: 2019-06-02
        lead: county-hospital
        members: [mill-centre]
        share-of-time: 0.8
        session-capacity: 3
        quality-gain: 0.3
        scope-gain: 0.1
        skill-per-day: 0.004
        known-share: 0.5
        known-after: 30 d
        specialty: general
        willingness-base: 1
        money-response: 0.0005 1/CNY
      practice:
        lever: multi-site-practice
        in-force: no
        start: 2019-06-02
        lead: county-hospital
        members: [ford-centre, hill-centre]
        doctors: 6
        days-per-year: 12
        filing: yes
        filing-share: 0.5
        sessions-per-day: 1
        session-capacity: 3
        quality-gain: 0.3
        scope-gain: 0.1
        skill-per-day: 0
        known-share: 0.5
        known-after: 30 d
      surgery:
        lever: touring-surgery
        in-force: no
        start: 2019-06-02
        lead: city-hospital
        members: [ford-centre, mill-centre]
        days-per-month: 6
        sessions-per-day: 2
        session-capacity: 4
        quality-gain: 0.4
        scope-gain: 0.32
        skill-per-day: 0
        known-share: 0.8
        known-after: 10 d
      teaching:
        lever: expert-teaching
        in-force: no
        start: 2019-06-02
        lead: county-hospital
        members: [ford-centre]
        days-per-month: 4
        sessions-per-day: 1
        skill-per-day: 0.01

    """
  static let names = ["experts", "heads", "practice", "surgery", "teaching"]

  static func hamlet() throws -> RegionCopy {
    try RegionCopy(edits: [
      "policies.yaml": { $0 + levers },
      "model.yaml": { $0 + "\nspecialties:\n  general: [cold, other-outpatient]\n" },
    ])
  }

  @Test("what leads give is received or spent on the way, to the microsecond, at any instant")
  func balance() throws {
    let copy = try Self.hamlet()
    let base = try TestRegion.read(folder: copy.folder).runWhole()
    let region = try TestRegion.read(TestRegion.inForce(Self.names), folder: copy.folder)
    let run = region.begin()
    for hour in 0..<480 {
      run.advance(until: midnight(90) + .hours(Double(hour) * 4.3))
      run.checkConservation()
    }
    run.advance(until: region.window.end)
    run.checkConservation()
    let time = run.simulation.model.domain.expertTime
    var taken: Int64 = 0
    var received: Int64 = 0
    for site in run.model.institutions.indices {
      taken += time.taken(from: site, at: run.now)
      received += time.received(at: site, at: run.now)
      // Clinics in the region have as much less or more of doctors' time as was given and received.
      guard !run.model.institutions[site].isExternal else { continue }
      let name = run.model.institutions[site].name
      let changed =
        run.statistics(.doctor, at: name).capacityIntegral
        - base.statistics(.doctor, at: name).capacityIntegral
      #expect(
        Int64(changed)
          == time.received(at: site, at: run.now) - time.taken(from: site, at: run.now), "\(name)")
    }
    #expect(taken == received + time.travelled(at: run.now))
    #expect(time.travelled(at: run.now) > 0 && received > 0)
    // All experts are back: what was counted day by day is the same.
    #expect(run.needs(\.expertTimeTaken) == taken && run.needs(\.expertTimeReceived) == received)
  }

  @Test("each lever sends whom it says: doctors, days, filing and time at the member")
  func postings() throws {
    let copy = try Self.hamlet()
    let model = try TestRegion.read(
      TestRegion.inForce(Self.names), folder: copy.folder
    ).model
    func posting(_ name: String) throws -> ExpertPosting {
      let policy = try #require(model.policies.first { $0.name == name })
      return try #require(policy.lever as? any SendsExperts).posting
    }
    #expect(abs(try posting("heads").perWeekday - 0.8) < 1e-12)
    #expect(try posting("heads").staysThere && posting("heads").specialty?.name == "general")
    // 6 doctors of whom half file, 12 days a year each, at two members.
    #expect(abs(try posting("practice").perWeekday - 18 / (365.25 * 5 / 7)) < 1e-12)
    #expect(try posting("surgery").work == .surgery && posting("teaching").work == .teaching)
    #expect(try posting("experts").willingness == nil)
    let rule = try #require(try posting("heads").willingness)
    #expect(rule.base == 1 && rule.moneyResponse == 0.0005 && rule.adjustmentDays == 180)
  }

  @Test("experts of each kind who never come change no number", arguments: names)
  func zero(name: String) throws {
    let copy = try Self.hamlet()
    let key = ["heads": "share-of-time", "practice": "doctors"][name] ?? "days-per-month"
    let settings = ["policies.\(name).\(key)=0"]
    let base = try TestRegion.read(settings, folder: copy.folder).runWhole()
    let scenario = try TestRegion.read(
      settings + TestRegion.inForce([name]), folder: copy.folder
    ).runWhole()
    #expect(ScenarioTests.Outcome(scenario) == ScenarioTests.Outcome(base))
  }

  @Test("a tour admits at the member, on its days, patients beyond the member's own scope")
  func surgery() throws {
    let copy = try Self.hamlet()
    func beyond(_ settings: [String]) throws -> [(day: Int, site: Int, run: RegionRun)] {
      let region = try TestRegion.read(settings, folder: copy.folder)
      let run = region.begin()
      var found: [(Int, Int, RegionRun)] = []
      for day in TestRegion.policyDay..<180 {
        run.advance(throughDay: day)
        for contact in run.present
        where contact.visit.acuteDays > 0 && contact.visit.severity > 0.68
          && run.model.institutions[contact.site].tier == .township
        {
          found.append((day, contact.site, run))
        }
      }
      return found
    }
    #expect(try beyond([]).isEmpty)
    let operated = try beyond(TestRegion.inForce(["surgery"]))
    #expect(operated.count > 20)
    let run = try #require(operated.first).run
    let members = Set([run.site("ford-centre"), run.site("mill-centre")])
    #expect(Set(operated.map(\.site)).isSubset(of: members))
    // A city hospital has doctors without number, and none of the region's is away.
    let time = run.simulation.model.domain.expertTime
    #expect(time.taken(from: run.site("county-hospital"), at: run.now) == 0)
    #expect(time.taken(from: run.site("city-hospital"), at: run.now) > 0)
  }

  @Test("experts of a specialty see its needs and no others, in the clinic and in choices")
  func specialty() throws {
    let copy = try RegionCopy(edits: [
      "policies.yaml": { $0 + Self.levers },
      "model.yaml": { $0 + "\nspecialties:\n  general: [cold]\n" },
    ])
    let run = try TestRegion.read(
      TestRegion.inForce(["heads"]) + ["policies.heads.known-after=1 d"], folder: copy.folder
    ).begin()
    let cold = UInt16(try #require(run.model.needs.firstIndex { $0.name == "cold" }))
    var seen = 0
    for hour in 0..<600 {
      run.advance(until: midnight(95) + .hours(Double(hour) * 1.7))
      for contact in run.present
      where contact.visit.flags.contains(.sawExpert) || contact.visit.flags.contains(.seeksExpert) {
        #expect(contact.visit.need == cold && contact.site == run.site("mill-centre"))
        seen += 1
      }
    }
    #expect(seen > 50)
  }

  @Test("a lead keeps a doctor in clinic, and days that it cannot spare are taken back")
  func lastDoctor() throws {
    let copy = try Self.hamlet()
    let region = try TestRegion.read(
      TestRegion.inForce(["experts", "heads"])
        + ["policies.experts.days-per-month=\(ExpertPosting.weekdaysPerMonth)"],
      folder: copy.folder)
    let run = region.begin()
    for day in TestRegion.policyDay..<150 {
      run.advance(until: midnight(day) + .hours(12))
      #expect(run.capacity(.doctor, at: "county-hospital") >= 1)
      #expect(run.simulation.model.domain.experts.out(of: 0, on: day) <= 2)
    }
  }

  @Test("willingness runs its course: days held are those due by the equation, to one a member")
  func willingness() throws {
    // Money does not count: w* = σ(−1.5), in 40 days; the audit keeps 0.35 of the plan.
    let copy = try RegionCopy(edits: [
      "policies.yaml": {
        $0.replacing(
          "    known-after: 30 d\n  referral:",
          by: """
                known-after: 30 d
                willingness-base: -1.5
                willingness-floor: 0.35
                adjustment: 40 d
              referral:
            """)
      }
    ])
    let run = try TestRegion.read(
      TestRegion.inForce(["experts"])
        + ["policies.experts.days-per-month=12", "run.length=400 d"], folder: copy.folder
    ).runWhole()
    let aim = 1 / (1 + exp(1.5))
    let level = run.simulation.model.domain.experts.willingness[0]
    #expect(abs(level.aim - aim) < 1e-12)
    // The run ends after 459 midnights, the first of which was that of day 91.
    #expect(abs(level.level - (aim + (1 - aim) * exp(-Double(459 - 90) / 40))) < 1e-9)
    var due = 0.0
    for day in 90..<459 where day % 7 < 5 {
      // Each day was fixed when it came within the horizon; those of the first week at the start.
      let w = aim + (1 - aim) * exp(-Double(max(0, day - 7 - 90)) / 40)
      due += 12 / (365.25 * 5 / 7 / 12) * max(0.35, w)
    }
    #expect(abs(Double(run.needs(\.expertDays)) / 3 - due) <= 1)
  }

  @Test("what a day below costs the lead is what its doctors' days have brought")
  func lostRevenue() throws {
    let keys = """
          known-after: 30 d
          willingness-base: 0.2
          money-response: 0.001 1/CNY
          allowance: 150 CNY
          promotion: yes
          promotion-response: 0.7
        referral:
      """
    let copy = try RegionCopy(edits: [
      "policies.yaml": {
        $0.replacing("    known-after: 30 d\n  referral:", by: keys)
      }
    ])
    let region = try TestRegion.read(TestRegion.inForce(["experts"]), folder: copy.folder)
    let run = region.begin()
    run.advance(until: midnight(90))
    let lead = run.site("county-hospital")
    let visits = Period.allCases.reduce(Int64(0)) {
      $0 + run.simulation.model.domain.tally.site($1, lead).visits
    }
    run.advance(until: midnight(90) + .hours(1))
    // Three doctors on weekdays, one at weekends, in 90 days from a Monday on: 65 weekdays.
    let doctorDays = Double(3 * 65 + 25)
    let bill = 0.4 * (140 + 0.45 * 140)
    let lost = Double(visits) / doctorDays * bill
    // Two half-days and the way make the whole day.
    let aim = 1 / (1 + exp(-(0.2 + 0.001 * (150 - lost) + 0.7)))
    #expect(abs(run.simulation.model.domain.experts.willingness[0].aim - aim) < 1e-9)
    run.advance(until: region.window.end)
    #expect(
      run.needs(\.expertAllowances) == 15000 * run.needs(\.expertDays)
        + 15000
        * Int64(
          run.simulation.model.domain.experts.posts.indices.count {
            run.simulation.model.domain.experts.isOn($0, 179)
          }))
  }
}
