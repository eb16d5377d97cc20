// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Event calendar")
struct EventCalendarTests {
  @Test(
    "does what a sorted array does, whatever is scheduled, cancelled and copied",
    arguments: TimePattern.allCases, [UInt64](1...6))
  func agreesWithOracle(pattern: TimePattern, seed: UInt64) {
    var trial = CalendarTrial(pattern: pattern, seed: seed)
    // Growing far beyond what one heap holds, shrinking to nothing, growing again.
    for (steps, growth, cancelling) in [
      (9000, 0.95, 0.01), (9000, 0.5, 0.1), (9000, 0.3, 0.25), (6000, 0.5, 0.5),
      (9000, 0.9, 0.3), (20000, 0.2, 0.1),
    ] {
      trial.run(steps: steps, growth: growth, cancelling: cancelling)
      if trial.failure != nil { break }
    }
    trial.drain()
    #expect(trial.failure == nil)
    #expect(trial.taken > 15_000 && trial.mostPending > 5000)
  }

  @Test("priority comes before order of scheduling, time before both")
  func totalOrder() {
    var calendar = EventCalendar<Int>()
    calendar.schedule(5, at: .zero + .seconds(2), priority: .first)
    calendar.schedule(3, at: .zero + .seconds(1))
    calendar.schedule(4, at: .zero + .seconds(1))
    calendar.schedule(2, at: .zero + .seconds(1), priority: .early)
    calendar.schedule(6, at: .zero + .seconds(2), priority: .late)
    calendar.schedule(1, at: .zero + .seconds(1), priority: .first)
    var order: [Int] = []
    while let event = calendar.next(before: .distantFuture) { order.append(event) }
    #expect(order == [1, 2, 3, 4, 5, 6])
    #expect(calendar.now == .zero + .seconds(2))
  }

  @Test("a handler may schedule for its own instant, before events waiting for the same instant")
  func schedulingForNow() {
    var calendar = EventCalendar<Int>()
    calendar.schedule(1, at: .zero)
    calendar.schedule(3, at: .zero, priority: .late)
    #expect(calendar.next(before: .distantFuture) == 1)
    calendar.schedule(2, at: calendar.now)
    #expect(calendar.next(before: .distantFuture) == 2)
    #expect(calendar.next(before: .distantFuture) == 3)
  }

  @Test("events at the end of a run stay pending, and the clock is left alone")
  func endIsExcluded() {
    var calendar = EventCalendar<Int>()
    calendar.schedule(1, at: .zero + .hours(1))
    #expect(calendar.next(before: .zero + .hours(1)) == nil)
    #expect(calendar.now == .zero)
    #expect(calendar.nextTime() == .zero + .hours(1))
    calendar.advance(to: .zero + .hours(1))
    #expect(calendar.next(before: .zero + .hours(1) + TimeSpan(microseconds: 1)) == 1)
    #expect(calendar.isEmpty && calendar.nextTime() == nil)
  }

  @Test("scheduling before times that were looked at already", arguments: [10, 5000])
  func schedulingInFrontOfTheHorizon(count: Int) {
    var calendar = EventCalendar<Int>()
    for day in 1...count { calendar.schedule(day, at: .zero + .days(Double(day))) }
    #expect(calendar.next(before: .zero + .hours(1)) == nil)
    for minute in (1...2000).reversed() {
      calendar.schedule(-minute, at: .zero + .minutes(Double(minute) / 100))
    }
    for minute in 1...2000 { #expect(calendar.next(before: .distantFuture) == -minute) }
    for day in 1...count { #expect(calendar.next(before: .distantFuture) == day) }
  }

  @Test("two hundred thousand events scheduled latest first come earliest first")
  func latestFirst() {
    var calendar = EventCalendar<Int32>()
    let count: Int32 = 200_000
    for number in (0..<count).reversed() {
      calendar.schedule(number, at: SimulationTime(microseconds: Int64(number) * 1_000_003))
    }
    for number in 0..<count where calendar.next(before: .distantFuture) != number {
      Issue.record("event \(number) out of order")
      return
    }
    #expect(calendar.count == 0)
  }

  @Test("crowds of one instant, each at half the distance of the one before")
  func halvingCrowds() {
    var calendar = EventCalendar<Int32>()
    let crowd: Int32 = 2000
    for number in 0..<50 * crowd {
      let time = Int64(1) << Int64(58 - number / crowd)
      calendar.schedule(number, at: SimulationTime(microseconds: time))
    }
    for place in 0..<50 * crowd {
      let expected = (49 - place / crowd) * crowd + place % crowd
      guard calendar.next(before: .distantFuture) == expected else {
        Issue.record("event \(expected) out of order")
        return
      }
    }
    #expect(calendar.count == 0)
  }

  @Test("the last instant that fits is usable")
  func lastInstant() {
    var calendar = EventCalendar<Int>()
    let last = SimulationTime(microseconds: 1 << 59 - 1)
    for number in 0..<3000 { calendar.schedule(number, at: number % 2 == 0 ? last : .zero) }
    var order: [Int] = []
    while let event = calendar.next(before: .distantFuture) { order.append(event) }
    #expect(order.prefix(1500) == stride(from: 1, to: 3000, by: 2).map { $0 }[...])
    #expect(order.suffix(1500) == stride(from: 0, to: 3000, by: 2).map { $0 }[...])
    #expect(calendar.now == last)
  }

  @Test("a hundred thousand events of one instant come in order of scheduling")
  func manyTies() {
    var calendar = EventCalendar<Int32>()
    for number in 0..<100_000 { calendar.schedule(Int32(number), at: .zero + .hours(3)) }
    for number in 0..<100_000 where calendar.next(before: .distantFuture) != Int32(number) {
      Issue.record("event \(number) out of order")
      return
    }
    #expect(calendar.count == 0)
  }

  @Test("a plain event costs what speed rests on")
  func layout() {
    #expect(MemoryLayout<EventHandle>.size == 8)
    #expect(MemoryLayout<SimulationTime>.size == 8)
    #expect(MemoryLayout<TimeSpan>.size == 8)
    #expect(MemoryLayout<EntityIndex>.size == 4)
    #expect(MemoryLayout<ResourceIndex>.size == 4)
    #expect(MemoryLayout<EventPriority>.size == 1)
    #expect(MemoryLayout<SeizeOutcome>.size <= 5)
    #expect(MemoryLayout<Grant>.size == 16)
    #expect(MemoryLayout<Tally>.size == 40)
  }
}
