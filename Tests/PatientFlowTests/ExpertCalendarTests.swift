// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Testing

/// The calendar of experts and what a day of theirs is, without a run.
@Suite struct ExpertCalendarTests {
  static func posting(daysPerMonth: Double, members: Int = 3) -> ExpertPosting {
    ExpertPosting(
      lead: 0, members: Array(1...members), work: .clinic, daysPerMonth: daysPerMonth, sessions: 2,
      sessionCapacity: 4)
  }

  /// Whether each member has an expert, by day; the first day is 1 January 2019.
  ///
  /// - Parameters:
  ///   - kept: share of the plan that is kept on a day.
  ///   - room: experts that the lead can spare on a day.
  static func days(
    _ posting: ExpertPosting, count: Int, kept: (Int) -> Double = { _ in 1 }, room: Int = .max
  ) -> [[Bool]] {
    var rota = ExpertRota(institutions: 40, needs: 1)
    rota.add(
      posting, number: 0, weekdaysBefore: 0,
      days: posting.members.map { _ in
        ExpertDay(opensHour: 8, closesHour: 17.5, sessions: 2, travel: 0)
      })
    return (0..<count).map { day in
      rota.turn(to: day)
      let isWeekend = CalendarDate("2019-01-01")!.advanced(byDays: day).weekday >= 5
      for place in rota.posts.indices {
        let post = (place + day) % rota.posts.count
        rota.fix(
          post, day: day, due: isWeekend ? 0 : posting.perWeekday * kept(day),
          hasRoom: !isWeekend && rota.out(of: 0, on: day) < room)
      }
      return rota.posts.indices.map { rota.isOn($0, day) }
    }
  }

  @Test(
    "the calendar gives each member the stated days a month, to a day",
    arguments: [0.5, 1, 2, 3.5, 5, 8, 10])
  func daysPerMonth(days: Double) {
    var counts: [[String]: Int] = [:]
    for (day, isOn) in Self.days(Self.posting(daysPerMonth: days), count: 1461).enumerated() {
      let date = CalendarDate("2019-01-01")!.advanced(byDays: day)
      for place in 0..<3 {
        #expect(!isOn[place] || date.weekday < 5)
        let month = ["\(date.parts.year)", "\(date.parts.month)", "\(place)"]
        counts[month, default: 0] += isOn[place] ? 1 : 0
      }
    }
    #expect(counts.count == 144)
    for count in counts.values { #expect(abs(Double(count) - days) <= 1) }
    #expect(abs(Double(counts.values.reduce(0, +)) / 144 - days) < 0.05)
  }

  @Test("members take turns: as many experts are out on one weekday as on any other, to one")
  func turns() {
    for members in [1, 3, 7, 15] {
      for days in [1.0, 3, 5, 12] {
        let all = Self.days(Self.posting(daysPerMonth: days, members: members), count: 840)
        let out = all.enumerated()
          .filter { CalendarDate("2019-01-01")!.advanced(byDays: $0.offset).weekday < 5 }
          .map { $0.element.count { $0 } }
        #expect(out.max()! - out.min()! <= 1)
      }
    }
  }

  @Test("whatever willingness does, days given are those due, to one", arguments: [0.1, 0.5, 0.9])
  func due(aim: Double) {
    // The closed form of w from 1 towards the aim in 60 days, summed over weekdays.
    let posting = Self.posting(daysPerMonth: 9)
    let kept = { (day: Int) in aim + (1 - aim) * exp(-Double(day) / 60) }
    let days = Self.days(posting, count: 700, kept: kept)
    for place in 0..<3 {
      var due = Double(place) / 3
      var given = 0
      for day in 0..<700 {
        if CalendarDate("2019-01-01")!.advanced(byDays: day).weekday < 5 {
          due += posting.perWeekday * kept(day)
        }
        given += days[day][place] ? 1 : 0
        #expect(due - Double(given) > -1e-9 && due - Double(given) < 1 + 1e-9)
      }
    }
  }

  @Test("where the lead can spare one at a time, one is out, and each member has its turn")
  func oneAtATime() {
    let days = Self.days(Self.posting(daysPerMonth: 21), count: 700, room: 1)
    #expect(days.allSatisfy { $0.count { $0 } <= 1 })
    let given = (0..<3).map { place in days.count { $0[place] } }
    #expect(given.reduce(0, +) == 500)
    #expect(given.max()! - given.min()! <= 60)
  }

  @Test("the way is out of the expert's day")
  func day() {
    let hour: Int64 = 3_600_000_000
    let half = ExpertDay(opensHour: 8, closesHour: 17.5, sessions: 1, travel: 30)
    #expect(half.leaves == 8 * hour && half.arrives == 8 * hour + hour / 2)
    #expect(half.departs == 13 * hour + hour / 4 && half.returns == 13 * hour + 3 * hour / 4)
    #expect(half.kept == 1)
    let whole = ExpertDay(opensHour: 8, closesHour: 17.5, sessions: 2, travel: 30)
    #expect(whole.returns == 17 * hour + hour / 2 && whole.departs == 17 * hour)
    #expect(abs(whole.kept - 8.5 / 9.5) < 1e-12)
    let there = ExpertDay(opensHour: 8, closesHour: 17.5, sessions: 2, travel: 0)
    #expect(there.kept == 1 && there.departs - there.arrives == there.returns - there.leaves)
    let far = ExpertDay(opensHour: 8, closesHour: 17.5, sessions: 2, travel: 290)
    #expect(!far.isWorthTheWay && far.kept == 0)
  }

  @Test("willingness solves its equation, and its aim is the stated one")
  func willingness() {
    var state = Willingness(adjustmentDays: 180)
    state.aim = 0.2
    for day in 1...1000 {
      state.passDay()
      #expect(abs(state.level - (0.2 + 0.8 * exp(-Double(day) / 180))) < 1e-12)
    }
    var rule = WillingnessRule(
      base: 0.5, moneyResponse: 0.001, promotion: 0, allowance: 300, floor: 0.3, adjustmentDays: 180
    )
    #expect(abs(rule.aim(gained: 100, lost: 1500) - 1 / (1 + exp(0.6))) < 1e-12)
    rule.promotion = 1
    #expect(abs(rule.aim(gained: 100, lost: 1500) - 1 / (1 + exp(-0.4))) < 1e-12)
  }

  @Test("a share of residents comes to know the calendar")
  func known() {
    var posting = Self.posting(daysPerMonth: 5)
    posting.knownShare = 0.5
    posting.knownAfter = 30
    #expect(posting.share(knowingAfter: -3) == 0)
    #expect(posting.share(knowingAfter: 0) == 0)
    #expect(abs(posting.share(knowingAfter: 30) - 0.5 * (1 - exp(-1))) < 1e-12)
    #expect(abs(posting.share(knowingAfter: 1e6) - 0.5) < 1e-12)
  }

  @Test("an expert sees whom his specialty and his work are for, and as many as he has slots")
  func serves() {
    var rota = ExpertRota(institutions: 3, needs: 3)
    let day = ExpertDay(opensHour: 8, closesHour: 17.5, sessions: 2, travel: 0)
    for (number, work) in [ExpertPosting.Work.clinic, .surgery, .teaching].enumerated() {
      var posting = ExpertPosting(
        lead: 0, members: [1], work: work, daysPerMonth: 31, sessions: 2, sessionCapacity: 1)
      posting.specialty = Specialty(name: "one", treats: [false, true, false])
      rota.add(posting, number: number, weekdaysBefore: 0, days: [day])
      rota.fix(number, day: 0, due: 1, hasRoom: true)
    }
    #expect(rota.hasSurgery && rota.posts[2].slots == 0 && Array(rota.posts(at: 1)) == [0, 1, 2])
    #expect(rota.posts(at: 0).isEmpty && rota.posts(at: 2).isEmpty)
    for need in [UInt16(0), 1, 2, Visit.refill] {
      for careClass in [CareClass.refill, .outpatient, .admission] {
        let visit = Visit(
          resident: 0, need: need, careClass: careClass, severity: 0.9, isEmergency: false,
          owner: 0,
          episode: 0)
        #expect(rota.serves(0, visit) == (need == 1 && careClass == .outpatient))
        #expect(rota.serves(1, visit) == (need == 1 && careClass == .admission))
        #expect(!rota.serves(2, visit))
      }
    }
    let seen = (0..<3).map { _ in rota.see(0, today: 0, hasSlot: false) }
    #expect(seen == [true, true, false] && rota.seenToday(0) == 2)
    let first = rota.renewNextDays(at: 1, today: 0, dayCount: 10)
    #expect(first == 0)
    #expect(rota.posts[0].nextDay == -1 && rota.posts[1].nextDay == 0)
    // Who has left again sees nobody.
    rota.end(1)
    let isSeen = rota.see(1, today: 0, hasSlot: true)
    #expect(!isSeen)
  }
}
