// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import PatientFlow
import SimulationKernel
import Testing

/// Recognition of results, shared centres, and doctors asked from afar.
@Suite struct ExamCentreTests {
  /// A run whose policies have just begun, on a Sunday morning after midnight.
  static func begin(_ settings: [String], _ inForce: [String], hours: Double = 0.01) throws
    -> RegionRun
  {
    let run = try SharedCare.region(settings, inForce).begin()
    run.advance(until: midnight(TestRegion.policyDay) + .hours(hours))
    return run
  }

  // MARK: - Recognition

  @Test("levels say whose results hold where")
  func levels() {
    func rule(_ levels: ExamRecognition.Levels) -> ExamRecognition {
      ExamRecognition(
        institutions: [0, 1, 2], tiers: [.township, .community, .county], levels: levels,
        withoutPlatform: 1)
    }
    let (same, above, all) = (rule(.sameLevel), rule(.fromAbove), rule(.all))
    let cases: [(Tier, Tier, Bool, Bool, Bool)] = [
      (.township, .township, true, true, true), (.township, .community, true, true, true),
      (.county, .township, false, true, true), (.township, .county, false, false, true),
      (.county, .county, true, true, true), (.city, .county, false, false, false),
      (.county, .village, false, false, false),
    ]
    for (from, at, isSame, isAbove, isAll) in cases {
      #expect(same.holds(from: 0, from, at: 1, at) == isSame)
      #expect(above.holds(from: 0, from, at: 1, at) == isAbove)
      #expect(all.holds(from: 0, from, at: 1, at) == isAll)
      #expect(!all.holds(from: 0, from, at: 3, at) && !all.holds(from: 3, from, at: 1, at))
    }
  }

  @Test(
    "exams are repeated as the share of recognised results says",
    arguments: [
      ([], 0.35), (["recognition"], 0.35 - 0.5 * 0.25),
      (["recognition", "platform"], 0.35 - 0.9 * 0.25),
    ] as [([String], Double)])
  func repeats(inForce: [String], probability: Double) throws {
    let run = try Self.begin([], inForce)
    var desk = SharedCare.Desk(run, at: "county-annex")
    var repeated = 0
    // 20,000 patients: finds a probability off by 0.035.
    for number in 0..<20_000 {
      var visit = SharedCare.visit(number)
      visit.flags.insert(.bringsResults)
      visit.resultsFrom = UInt16(run.site("ford-centre"))
      desk.visit = visit
      if desk.decide(.examNeed) == 0 { repeated += 1 }
    }
    expectBinomial(repeated, of: 20_000, probability: probability)
  }

  @Test("what a centre has read is its lead's: recognised there and at its members, not elsewhere")
  func centreResults() throws {
    let run = try Self.begin([], ["centre"])
    let policies = run.simulation.model.domain.policies
    let lead = run.site("county-hospital")
    for (name, share) in [
      ("county-hospital", 1.0), ("mill-centre", 1), ("county-annex", 0), ("hill-centre", 0),
    ] {
      let site = run.site(name)
      let tier = run.model.institutions[site].tier
      #expect(
        policies.recognisedShare(
          from: lead, .county, at: site, tier, isFromCentre: true, on: 91) == share)
      #expect(
        policies.recognisedShare(
          from: lead, .county, at: site, tier, isFromCentre: false, on: 91) == 0)
    }
  }

  // MARK: - Shared centres

  @Test("a share of the members' exams goes to the centre, by a rank; emergencies do not")
  func share() throws {
    let run = try Self.begin(
      ["policies.centre.without-platform=0.25", "tiers[township].exam_probability=1"],
      ["centre", "platform"])
    let more = try Self.begin(
      ["policies.centre.without-platform=0.5", "tiers[township].exam_probability=1"],
      ["centre", "platform"])
    var desk = SharedCare.Desk(run, at: "ford-centre")
    var wider = SharedCare.Desk(more, at: "ford-centre")
    var sent = 0
    for number in 0..<20_000 {
      desk.visit = SharedCare.visit(number)
      wider.visit = desk.visit
      #expect(desk.decide(.examNeed) == 0 && wider.decide(.examNeed) == 0)
      let isSent = desk.decide(.examReading) == 1
      if isSent {
        sent += 1
        #expect(desk.visit.examCentre == 1 && wider.visit.examCentre == 1)
      } else {
        #expect(desk.visit.examCentre == 0)
      }
    }
    // 0.6 of exams, of which 0.8 have the record and a quarter of the others goes all the same: finds
    // a share off by 0.034.
    expectBinomial(sent, of: 20_000, probability: 0.6 * (0.8 + 0.2 * 0.25))
    desk.visit = SharedCare.visit(1)
    desk.visit.flags.insert(.isEmergency)
    for number in 0..<100 {
      desk.visit.episode = UInt64(number)
      _ = desk.decide(.examNeed)
      #expect(desk.visit.examCentre == 0)
    }
    var other = SharedCare.Desk(run, at: "hill-centre")
    other.visit = SharedCare.visit(1)
    #expect(other.decide(.examReading) == 0)
  }

  @Test(
    "an exam that goes away takes its part of the time, its way, its reading, and the patient back")
  func times() throws {
    let run = try Self.begin(
      ["policies.centre.reading-variation=0", "policies.centre.collection=4 h"], ["centre"])
    var desk = SharedCare.Desk(run, at: "ford-centre")
    desk.visit = SharedCare.visit(5)
    // Monday at nine.
    let monday = midnight(TestRegion.policyDay + 1)
    let now = monday + .hours(9)
    desk.visit.registered = now
    let whole = desk.last(.exam, at: now)
    #expect(desk.last(.examTransport, at: now) == .zero)
    #expect(desk.last(.examReading, at: now) == .zero)
    desk.visit.examCentre = 1
    #expect(abs((desk.last(.exam, at: now).inMinutes - whole.inMinutes / 2)) < 1e-6)
    // Collected at 8, 12 and 16.
    for (hour, minutes) in [(9.0, 185.0), (8, 5), (12, 5), (12.5, 215), (16, 5)] {
      #expect(desk.last(.examTransport, at: monday + .hours(hour)).inMinutes == minutes)
    }
    // Three come at once to one reader, who needs 12 minutes each, from eight until four.
    #expect(desk.last(.examReading, at: monday + .hours(12)).inMinutes == 12)
    #expect(desk.last(.examReading, at: monday + .hours(12)).inMinutes == 24)
    #expect(desk.domain.tally.needs.allSatisfy { $0.calledBack == 0 })
    // At 15:55 five minutes are left: seven are read the next morning, and the patient comes for it.
    let late = monday + .hours(15) + .minutes(55)
    #expect(abs(desk.last(.examReading, at: late).inMinutes - (16 * 60 + 12)) < 1e-6)
    #expect(desk.domain.tally.needs.reduce(0) { $0 + $1.calledBack } == 1)
    // Sent on Friday evening to a place without weekend doctors: seen on Monday at eight.
    var mill = SharedCare.Desk(run, at: "mill-centre")
    mill.visit = SharedCare.visit(6)
    mill.visit.registered = midnight(TestRegion.policyDay + 5) + .hours(16)
    mill.visit.examCentre = 1
    let friday = midnight(TestRegion.policyDay + 5) + .hours(17)
    let waited = mill.last(.examReading, at: friday)
    #expect((friday + waited) == midnight(TestRegion.policyDay + 8) + .hours(8))
    #expect(mill.domain.tally.needs.reduce(0) { $0 + $1.calledBack } == 1)
    #expect(mill.domain.policies.examCentres[0].line.count == 1)
  }

  @Test("readers from the clinic are missing there, in whole days that add up")
  func duty() throws {
    // One reader for eight hours, half of it from a clinic of nine and a half: 8/19 of a doctor.
    let run = try Self.begin([], ["centre"], hours: 0)
    var away = 0
    for day in TestRegion.policyDay..<179 {
      run.advance(throughDay: day)
      let rostered = day % 7 >= 5 ? 1 : 3
      away += rostered - run.capacity(.doctor, at: "county-hospital")
      // The last doctor of a weekend stays.
      #expect(run.capacity(.doctor, at: "county-hospital") >= 1)
      #expect(run.needs(\.dutyDays) == Int64(away))
    }
    let duty = DoctorDuty(institution: 0, doctors: 8.0 / 19, startDay: TestRegion.policyDay)
    let expected = (TestRegion.policyDay..<179).reduce(0) {
      $0 + ($1 % 7 < 5 ? duty.doctors(on: $1) : 0)
    }
    #expect(away == expected && expected > 20)
  }

  @Test(
    "all that is sent is read or still on its way, and reports take as long as the line makes them")
  func whole() throws {
    let settings =
      SharedCare.fromStart(["centre"]) + [
        "tiers[township].exam_probability=0.9", "policies.centre.share=1", "run.warm-up=0 d",
      ]
    let run = try SharedCare.region(settings, ["centre"]).runWhole()
    let sent = run.needs(\.examsSentAway)
    let pending = run.present.count { $0.visit.examCentre > 0 }
    #expect(sent > 500)
    #expect(run.needs(\.reports) <= sent && sent - run.needs(\.reports) <= Int64(pending))
    let line = run.simulation.model.domain.policies.examCentres[0].line
    #expect(line.count == run.needs(\.reports))
    let hours = try run.value("report-hours")
    #expect(hours > (5 + 12) / 60.0)
  }

  // MARK: - Doctors asked from afar

  @Test("the desk is asked about needs somewhat beyond the scope, and its advice widens it")
  func asked() throws {
    let run = try Self.begin(
      ["recognition=1", "policies.telemedicine.request-share=1"], ["telemedicine"])
    var desk = SharedCare.Desk(run, at: "ford-centre")
    // The township treats up to 0.68; up to 0.88 is asked about, up to 0.78 is treated then.
    for (severity, isAsked, isTreated) in [
      (0.67, false, true), (0.70, true, true), (0.77, true, true), (0.80, true, false),
      (0.87, true, false), (0.90, false, false),
    ] {
      desk.visit = SharedCare.visit(9, severity: severity)
      #expect((desk.decide(.remoteConsult) == 0) == isAsked)
      #expect(desk.visit.flags.contains(.wasConsulted) == isAsked)
      let scope = desk.domain.scope(of: run.site("ford-centre"), for: desk.visit)
      #expect((severity <= scope) == isTreated)
    }
    for change in 0..<3 {
      var visit = SharedCare.visit(9, severity: 0.7, change == 0 ? .refill : .outpatient)
      if change == 1 { visit.flags.insert(.isEmergency) }
      desk.visit = visit
      #expect((desk.decide(.remoteConsult) == 0) == (change == 2))
    }
    var other = SharedCare.Desk(run, at: "county-annex")
    other.visit = SharedCare.visit(9, severity: 0.97)
    #expect(other.decide(.remoteConsult) == 1)
  }

  @Test("requests are as many as doctors who see the need, ask, and have the record")
  func requests() throws {
    let run = try Self.begin(
      ["policies.telemedicine.without-platform=0.25"], ["telemedicine", "platform"])
    var desk = SharedCare.Desk(run, at: "ford-centre")
    var asked = 0
    for number in 0..<20_000 {
      desk.visit = SharedCare.visit(number, severity: 0.7)
      if desk.decide(.remoteConsult) == 0 { asked += 1 }
    }
    // Finds a probability off by 0.034.
    expectBinomial(asked, of: 20_000, probability: 0.85 * 0.9 * (0.8 + 0.2 * 0.25))
  }

  @Test("who would wait too long is not asked for, and is sent up as before")
  func limit() throws {
    // Two hours a day, a quarter of an hour each, eight a day; and it is Monday, eight o'clock.
    let run = try Self.begin(
      [
        "recognition=1", "policies.telemedicine.request-share=1",
        "policies.telemedicine.consult-variation=0", "policies.telemedicine.limit=24 h",
      ]
        + ["cold", "other-outpatient", "injury", "stroke", "other-admission"].map {
          "needs[\($0)].rate_per_year=0"
        }, ["telemedicine"], hours: 32)
    var desk = SharedCare.Desk(run, at: "ford-centre")
    let monday = midnight(TestRegion.policyDay + 1)
    var waits: [Double] = []
    for number in 0..<30 {
      desk.visit = SharedCare.visit(number, severity: 0.7)
      desk.visit.registered = monday + .hours(8)
      guard desk.decide(.remoteConsult) == 0 else { continue }
      waits.append(desk.last(.remoteConsult, at: monday + .hours(8)).inMinutes)
    }
    // Eight on Monday, and the first of Tuesday, whose wait is a day exactly.
    let monday8: [Double] = (1...8).map { 15 * Double($0) }
    #expect(waits == monday8 + [1455])
    func total(_ field: KeyPath<NeedCell, Int64>, _ cells: [NeedCell]) -> Int64 {
      cells.reduce(0) { $0 + $1[keyPath: field] }
    }
    let cells = desk.domain.tally.needs
    #expect(total(\.remoteAsked, cells) == 9 && total(\.remoteDeclined, cells) == 21)
    #expect(total(\.remoteResolved, cells) == 9 && total(\.calledBack, cells) == 1)
    #expect(total(\.remoteTime, cells) == 9 * TimeSpan.minutes(15).microseconds)
  }

  @Test("the fee is on the bill, and insurance pays its part where it settles, to the fen")
  func fee() throws {
    let settings = [
      "policies.telemedicine.fee=50 CNY", "tiers[township].visit_bill_cv=0", "eligible-share=0",
    ]
    let run = try Self.begin(settings, ["telemedicine"])
    let site = run.site("ford-centre")
    for isConsulted in [false, true] {
      var desk = SharedCare.Desk(run, at: "ford-centre")
      desk.visit = SharedCare.visit(3, severity: 0.1)
      desk.domain.population.residents[0].scheme = 0
      if isConsulted { desk.visit.flags.insert(.wasConsulted) }
      let before = desk.domain.ledger.receipts(institution: site, kind: .outpatient)
      _ = desk.decide(.outcome)
      let after = desk.domain.ledger.receipts(institution: site, kind: .outpatient)
      #expect((after.billed - before.billed).fen == 6200 + (isConsulted ? 5000 : 0))
      #expect((after.fromFund - before.fromFund).fen == (isConsulted ? 2000 : 0))
    }
  }

  @Test("no more is advised than there is time for, and fewer are sent up")
  func effect() throws {
    let settings =
      SharedCare.fromStart(["telemedicine"]) + [
        "run.warm-up=0 d", "policies.telemedicine.minutes-per-day=20 min", "defensive-referral=0",
      ]
    let run = try SharedCare.region(settings, ["telemedicine"]).runWhole()
    #expect(run.needs(\.remoteAsked) > 100 && run.needs(\.remoteDeclined) > 50)
    #expect(Double(run.needs(\.remoteTime)) / 6e7 <= 20 * 182)
    #expect(run.needs(\.remoteResolved) > 50)
  }

  @Test("an experiment cannot use a centre or a desk whose decision the pathway leaves out")
  func missingDecision() throws {
    let copy = try RegionCopy(edits: [
      "policies.yaml": { $0 + SharedCare.policies },
      "pathways.yaml": {
        $0.replacing(
          """
              - decide: exam-reading
                exits: {here: results, away: next}
              - delay: exam-transport
              - delay: exam-reading

          """, by: "")
      },
    ])
    _ = try TestRegion.read(TestRegion.inForce(["telemedicine"]), folder: copy.folder)
    #expect(throws: (any Error).self) {
      try TestRegion.read(TestRegion.inForce(["centre"]), folder: copy.folder)
    }
  }
}
