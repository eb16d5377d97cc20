// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct RotatingExpertsTests {
  /// What a day of a run with experts showed.
  struct Day {
    var day: Int
    /// By member, in the order of the policy; doctors at noon.
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
      run.advance(until: midnight(day) + .hours(12))
      let noon = (
        doctors: members.map { run.capacity(.doctor, at: $0) },
        lead: run.capacity(.doctor, at: "county-hospital")
      )
      run.advance(throughDay: day)
      let domain = run.simulation.model.domain
      let posts = domain.experts.posts.indices
      let sites = members.map { run.site($0) }
      days.append(
        Day(
          day: day, isExpertDay: posts.map { domain.experts.isOn($0, day) },
          visits: sites.map { Int(domain.expertVisitsToday[$0]) },
          booked: posts.map { domain.experts.bookedSlots($0, day: day) },
          doctors: noon.doctors, leadDoctors: noon.lead,
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
      // Two half-days less the way there and back.
      let slots = settings.isEmpty ? 7 : 5
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
    // Each member's credit: 5 days a month, shifted by a third of a day against the next one's.
    let due = 5 * 12 / (365.25 * 5 / 7)
    func credit(_ member: Int, _ weekdays: Int) -> Double {
      (due * Double(weekdays) + Double(member) / 3).rounded(.down)
    }
    var weekdays = 0
    var expected = 0
    for day in 0..<180 {
      let isWeekend = day % 7 >= 5
      for member in 0..<3 {
        let isExpertDay =
          day >= TestRegion.policyDay && !isWeekend
          && credit(member, weekdays + 1) > credit(member, weekdays)
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
      run.simulation.model.domain.experts.setNextDay(0, expertDay)
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
    run.simulation.model.domain.experts.setKnown(0, 0.5)
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
      TestRegion.inForce(["experts", "others"])
        + ["institutions[county-annex].clinic_doctors_weekday=2"], folder: two.folder)
    let run = region.begin()
    var most = 0
    for day in TestRegion.policyDay..<170 {
      run.advance(throughDay: day)
      let domain = run.simulation.model.domain
      let mill = run.site("mill-centre")
      #expect(domain.expertVisitsToday[mill] <= 1)
      #expect(domain.experts.bookedSlots(1, day: day) <= 1)
      #expect(domain.experts.posts[1].member == mill)
      most = max(most, Int(domain.expertVisitsToday[run.site("ford-centre")]))
    }
    #expect(most > 1)
    run.advance(until: region.window.end)
    run.checkConservation()
  }
}
