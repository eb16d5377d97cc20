// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct RotatingExpertsTests {
  static func lever(_ changes: [String: Double] = [:], members: [Int] = [2, 3, 4])
    -> RotatingExperts
  {
    var settings = LeverSettings()
    settings.institutions = ["lead": [0], "members": members]
    settings.numbers = [
      "days-per-month": 5, "compliance": 1, "sessions-per-day": 2, "session-capacity": 4,
      "quality-gain": 0.35, "scope-gain": 0.1, "skill-per-day": 0.01, "known-share": 0.5,
      "known-after": 30,
    ]
    settings.numbers.merge(changes) { $1 }
    return RotatingExperts(settings)
  }

  @Test(
    "the calendar gives each member the stated days a month, to a day",
    arguments: [0.5, 1, 2, 3.5, 5, 8, 10])
  func daysPerMonth(days: Double) {
    let lever = Self.lever(["days-per-month": days])
    var counts: [[String]: Int] = [:]
    var weekdays = 0
    for day in 0..<1461 {
      let date = CalendarDate("2019-01-01")!.advanced(byDays: day)
      for place in 0..<3 {
        let isExpertDay = lever.isExpertDay(
          member: place, isWeekend: date.weekday >= 5, weekdaysBefore: weekdays)
        #expect(!isExpertDay || date.weekday < 5)
        let month = ["\(date.parts.year)", "\(date.parts.month)", "\(place)"]
        counts[month, default: 0] += isExpertDay ? 1 : 0
      }
      if date.weekday < 5 { weekdays += 1 }
    }
    #expect(counts.count == 144)
    for count in counts.values { #expect(abs(Double(count) - days) <= 1) }
    let mean = Double(counts.values.reduce(0, +)) / 144
    #expect(abs(mean - days) < 0.05)
  }

  @Test("members take turns: as many experts are out on one weekday as on any other, to one")
  func turns() {
    for members in [1, 3, 7, 15] {
      for days in [1.0, 3, 5, 12] {
        let lever = Self.lever(["days-per-month": days], members: Array(1...members))
        let out = (0..<600).map { weekday in
          (0..<members).count {
            lever.isExpertDay(member: $0, isWeekend: false, weekdaysBefore: weekday)
          }
        }
        #expect(out.max()! - out.min()! <= 1)
      }
    }
  }

  @Test("compliance scales the days, and a share of residents comes to know the calendar")
  func compliance() {
    let full = Self.lever(["days-per-month": 4])
    let half = Self.lever(["days-per-month": 8, "compliance": 0.5])
    for weekday in 0..<500 {
      #expect(
        full.isExpertDay(member: 1, isWeekend: false, weekdaysBefore: weekday)
          == half.isExpertDay(member: 1, isWeekend: false, weekdaysBefore: weekday))
    }
    #expect(full.share(knowingAfter: -3) == 0)
    #expect(full.share(knowingAfter: 0) == 0)
    #expect(abs(full.share(knowingAfter: 30) - 0.5 * (1 - exp(-1))) < 1e-12)
    #expect(abs(full.share(knowingAfter: 1e6) - 0.5) < 1e-12)
  }

  /// What a day of a run with experts showed.
  struct Day {
    var day: Int
    /// By member, in the order of the policy.
    var isExpertDay: [Bool]
    var visits: [Int]
    var booked: [Int]
    var doctors: [Int]
    var leadDoctors: Int
    var skill: [Double]
  }

  static func days(_ run: RegionRun) -> [Day] {
    let members = ["ford-centre", "mill-centre", "hill-centre"]
    var days: [Day] = []
    for day in TestRegion.policyDay..<180 {
      run.advance(throughDay: day)
      let domain = run.simulation.model.domain
      guard let experts = domain.policies.experts.first else { return [] }
      let sites = members.map { run.site($0) }
      days.append(
        Day(
          day: day, isExpertDay: sites.indices.map { domain.isExpertDay(experts, $0, day) },
          visits: sites.map { Int(domain.expertVisitsToday[$0]) },
          booked: sites.map { domain.expertBook.bookedSlots($0, day: day) },
          doctors: members.map { run.capacity(.doctor, at: $0) },
          leadDoctors: run.capacity(.doctor, at: "county-hospital"),
          skill: sites.map { domain.states[$0].skill }))
    }
    return days
  }

  /// A hamlet that is short of experts: many need one, and know when he comes.
  static let crowded = [
    "policies.experts.known-share=1", "policies.experts.known-after=1 d",
    "policies.experts.session-capacity=3", "policies.experts.days-per-month=8",
    "towns[ford].population=8000", "severity.mild=0.4", "severity.moderate=0.45",
  ]

  @Test("experts never see or promise more than their slots, on any day at any member")
  func slots() throws {
    for settings in [[], Self.crowded] {
      let region = try TestRegion.read(settings + TestRegion.inForce(TestRegion.policies))
      let run = region.begin()
      let days = Self.days(run)
      let slots = settings.isEmpty ? 8 : 6
      var total = 0
      for day in days {
        for member in 0..<3 {
          #expect(day.visits[member] <= slots)
          #expect(day.booked[member] <= slots)
          #expect(day.isExpertDay[member] || day.visits[member] == 0)
          total += day.visits[member]
        }
      }
      #expect(run.counted(\.expertVisits) == Int64(total))
      #expect(total > 100)
      // Some day a member's expert is fully taken, or the check has nothing to find.
      if !settings.isEmpty { #expect(days.contains { $0.visits.contains(slots) }) }
    }
  }

  @Test("expert days are those of the roster, and begin with the policy")
  func roster() throws {
    let region = try TestRegion.read(TestRegion.inForce(["experts"]))
    let run = region.begin()
    let days = Self.days(run)
    let lever = Self.lever()
    var weekdays = 0
    var expected = 0
    for day in 0..<180 {
      let isWeekend = day % 7 >= 5
      for member in 0..<3 {
        let isExpertDay =
          day >= TestRegion.policyDay
          && lever.isExpertDay(member: member, isWeekend: isWeekend, weekdaysBefore: weekdays)
        if day >= TestRegion.policyDay {
          #expect(days[day - TestRegion.policyDay].isExpertDay[member] == isExpertDay)
        }
        // The run ends with the last day, before its midnight counts it.
        if isExpertDay && day < 179 { expected += 1 }
      }
      if !isWeekend { weekdays += 1 }
    }
    run.advance(until: region.window.end)
    #expect(run.needs(\.expertDays) == Int64(expected))
    #expect(expected >= 3 * 13 && expected <= 3 * 16)
  }

  @Test("on an expert's day the member has a doctor more, and the lead one less for each away")
  func capacity() throws {
    let region = try TestRegion.read(TestRegion.inForce(["experts"]))
    let run = region.begin()
    for day in Self.days(run) {
      let isWeekend = day.day % 7 >= 5
      let own = isWeekend ? [1, 0, 1] : [2, 2, 1]
      let away = day.isExpertDay.count { $0 }
      for member in 0..<3 {
        #expect(day.doctors[member] == own[member] + (day.isExpertDay[member] ? 1 : 0))
      }
      #expect(day.leadDoctors == max(1, (isWeekend ? 1 : 3) - away))
    }
  }

  @Test("skill is what the days have left, each decayed since")
  func skill() throws {
    let region = try TestRegion.read(
      TestRegion.inForce(["experts"]) + ["skill-half-life=40 d", "skill-limit=0.5"])
    let run = region.begin()
    let decay = exp2(-1 / 40.0)
    let days = Self.days(run)
    for member in 0..<3 {
      // At the end of a day: days d before it have left 0.01 each, halved every 40 days since.
      for day in days {
        var expected = 0.0
        for earlier in days where earlier.day < day.day && earlier.isExpertDay[member] {
          expected += 0.01 * pow(decay, Double(day.day - 1 - earlier.day))
        }
        #expect(abs(day.skill[member] - expected) < 1e-12)
      }
    }
    #expect(days.last!.skill.allSatisfy { $0 > 0.05 })
  }

  @Test("skill stops at its limit, and raises scope and quality by its weights")
  func limit() throws {
    let region = try TestRegion.read(
      TestRegion.inForce(["experts"])
        + ["policies.experts.skill-per-day=0.08", "skill-limit=0.2"])
    let run = region.begin()
    run.advance(until: midnight(170))
    let site = run.site("ford-centre")
    let domain = run.simulation.model.domain
    #expect(domain.states[site].skill > 0.19 && domain.states[site].skill <= 0.2)
    let visit = Visit(
      resident: 0, need: 0, careClass: .outpatient, severity: 0.7, isEmergency: false, owner: 0,
      episode: 0)
    #expect(
      abs(domain.scope(of: site, for: visit) - (0.68 + 0.25 * domain.states[site].skill)) < 1e-12)
    var seen = visit
    seen.flags.insert(.sawExpert)
    #expect(
      abs(domain.scope(of: site, for: seen) - domain.scope(of: site, for: visit) - 0.1) < 1e-12)
  }

  @Test("who knows the calendar weighs the expert's quality against the days until he comes")
  func offers() throws {
    let region = try TestRegion.read(
      TestRegion.inForce(["experts"])
        + ["policies.experts.known-share=1", "policies.experts.known-after=1 d"])
    let run = region.begin()
    run.advance(until: midnight(120) + .hours(3))
    let site = run.site("ford-centre")
    let person = 3
    run.simulation.model.domain.population.residents[person].newsRank = 0
    func offer(_ severity: Double, expertDay: Int) -> Offer {
      run.simulation.model.domain.states[site].expertDay = expertDay
      let visit = Visit(
        resident: person, need: 0, careClass: .outpatient, severity: severity, isEmergency: false,
        owner: 0, episode: 0)
      run.simulation.model.domain.weighOffers(for: visit)
      return run.simulation.model.domain.choiceAtHand.offers.first {
        Int($0.institution) == site
      }!
    }
    for (severity, weight) in [(0.3, 1.0), (0.8, 2.0), (0.9, 3.5)] {
      let without = offer(severity, expertDay: -1)
      #expect(!without.isForExpert)
      for days in 0...7 {
        let with = offer(severity, expertDay: 120 + days)
        let gain = weight * 0.5 * 0.35 - 0.077 * Double(days)
        // A severe need does not wait for a day of the calendar.
        let isWorthIt = gain > 0 && (severity < 0.85 || days == 0)
        #expect(with.isForExpert == isWorthIt)
        #expect(abs(with.utility - without.utility - (isWorthIt ? gain : 0)) < 1e-12)
        #expect(
          abs(with.perceivedQuality - without.perceivedQuality - (isWorthIt ? 0.175 : 0)) < 1e-12)
      }
    }
    run.simulation.model.domain.population.residents[person].newsRank = 255
    run.simulation.model.domain.policies.experts[0].startDay = 120
    #expect(!offer(0.3, expertDay: 120).isForExpert)
  }

  @Test("two expert policies have each its own slots and gains")
  func twoPolicies() throws {
    let two = try RegionCopy(edits: [
      "policies.yaml": {
        $0.replacing(
          "members: [ford-centre, mill-centre, hill-centre]\n    days",
          by: "members: [ford-centre]\n    days")
            + """
              others:
                lever: rotating-experts
                in-force: no
                start: 2019-06-02
                lead: county-annex
                members: [mill-centre]
                days-per-month: 20
                sessions-per-day: 1
                session-capacity: 1
                quality-gain: 0.5
                skill-per-day: 0.02
                compliance: 1
                scope-gain: 0.2
                known-share: 1
                known-after: 1 d

            """
      }
    ])
    let region = try TestRegion.read(
      TestRegion.inForce(["experts", "others"]), folder: two.folder)
    let run = region.begin()
    var most = 0
    for day in TestRegion.policyDay..<170 {
      run.advance(throughDay: day)
      let domain = run.simulation.model.domain
      let mill = run.site("mill-centre")
      #expect(domain.expertVisitsToday[mill] <= 1)
      #expect(domain.expertBook.bookedSlots(mill, day: day) <= 1)
      most = max(most, Int(domain.expertVisitsToday[run.site("ford-centre")]))
    }
    #expect(most > 1)
    run.advance(until: region.window.end)
    run.checkConservation()
  }
}
