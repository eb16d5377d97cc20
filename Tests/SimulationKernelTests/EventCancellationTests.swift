// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

@Suite("Cancelling events")
struct EventCancellationTests {
  @Test("a handle names its event until that is handled or cancelled, and nothing afterwards")
  func staleHandles() {
    var calendar = EventCalendar<Int>()
    let first = calendar.schedule(1, at: .zero + .minutes(1))
    let second = calendar.schedule(2, at: .zero + .minutes(2))
    let pendingAtFirst = [calendar.isPending(first), calendar.isPending(.none)]
    #expect(pendingAtFirst == [true, false])
    let cancelled = [calendar.cancel(first), calendar.cancel(first), calendar.cancel(.none)]
    #expect(cancelled == [true, false, false])
    let taken = calendar.next(before: .distantFuture)
    #expect(taken == 2 && calendar.count == 0)
    // The same slots are used again; the old handles must not reach the new events.
    for round in 0..<1000 {
      let handle = calendar.schedule(round, after: .minutes(1))
      #expect(handle != first && handle != second)
      let reached = [calendar.cancel(first), calendar.cancel(second), calendar.isPending(first)]
      #expect(reached == [false, false, false])
      let event = calendar.next(before: .distantFuture)
      #expect(event == round)
    }
  }

  @Test("a handler cannot cancel its own event, which has happened")
  func ownEvent() {
    var calendar = EventCalendar<Int>()
    let handle = calendar.schedule(1, at: .zero)
    calendar.schedule(2, at: .zero)
    let event = calendar.next(before: .distantFuture)
    let cancelled = calendar.cancel(handle)
    #expect(event == 1 && !cancelled && calendar.count == 1)
  }

  @Test("cancelling the next event brings up the one after it")
  func cancellingTheNext() {
    var calendar = EventCalendar<Int>()
    let handle = calendar.schedule(1, at: .zero + .minutes(1))
    calendar.schedule(2, at: .zero + .minutes(5))
    calendar.cancel(handle)
    let next = calendar.nextTime()
    #expect(next == .zero + .minutes(5))
    calendar.advance(to: .zero + .minutes(3))
    let event = calendar.next(before: .distantFuture)
    #expect(event == 2)
  }

  @Test("cancelled timers do not pile up", arguments: [5, 3000])
  func timersAreClearedAway(pending: Int) {
    var calendar = EventCalendar<Int>()
    for number in 0..<pending {
      calendar.schedule(number, at: .zero + .days(400) + .hours(Double(number)))
    }
    var most = 0
    for _ in 0..<100_000 {
      let timer = calendar.schedule(-1, after: .days(30))
      calendar.cancel(timer)
      most = max(most, calendar.storedKeyCount)
    }
    #expect(calendar.count == pending)
    #expect(most <= 2 * pending + 66)
    for number in 0..<pending {
      let event = calendar.next(before: .distantFuture)
      #expect(event == number)
    }
  }

  @Test("handles stay valid in a copy, and each goes its own way")
  func copies() {
    var original = EventCalendar<Int>()
    let handles = (0..<5000).map { original.schedule($0, after: .minutes(Double($0 * 7 % 5000))) }
    for handle in handles.prefix(2000) { original.cancel(handle) }
    var copy = original.copy()
    for handle in handles.suffix(2000) { copy.cancel(handle) }
    #expect(original.count == 3000 && copy.count == 1000)
    var fromOriginal: [Int] = []
    while let event = original.next(before: .distantFuture) { fromOriginal.append(event) }
    var fromCopy: [Int] = []
    while let event = copy.next(before: .distantFuture) { fromCopy.append(event) }
    #expect(fromOriginal.sorted() == Array(2000..<5000))
    #expect(fromCopy == fromOriginal.filter { $0 < 3000 })
  }

  @Test("sequence numbers run out without a trace", arguments: TimePattern.allCases)
  func renumbering(pattern: TimePattern) {
    // Renumbered after some thousand events, with thousands pending.
    var trial = CalendarTrial(
      pattern: pattern, seed: 11, calendar: EventCalendar(firstSequence: 1 << 33 - 5000))
    trial.run(steps: 9000, growth: 0.9, cancelling: 0.1)
    trial.run(steps: 3000, growth: 0.5, cancelling: 0.1)
    trial.drain()
    #expect(trial.failure == nil && trial.mostPending > 4000)
  }

  @Test("a slot whose generations are used up is not used again")
  func usedUpSlots() {
    var calendar = EventCalendar<Int>(firstGeneration: .max - 10)
    var handles: Set<EventHandle> = []
    for round in 0..<100 {
      let handle = calendar.schedule(round, after: .minutes(1))
      #expect(handles.insert(handle).inserted)
      let event = round % 3 == 0 ? nil : calendar.next(before: .distantFuture)
      if event == nil { calendar.cancel(handle) }
      #expect(event == nil || event == round)
    }
    // Each had six odd generations left.
    #expect(calendar.slotCount >= 17)
    var trial = CalendarTrial(
      pattern: .exponential, seed: 12, calendar: EventCalendar(firstGeneration: .max - 6))
    trial.run(steps: 9000, growth: 0.5, cancelling: 0.3)
    trial.drain()
    #expect(trial.failure == nil)
  }
}
