// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Does the same to a calendar and to the oracle, and compares what they answer.
struct CalendarTrial: ~Copyable {
  var calendar: EventCalendar<UInt32>
  var oracle = SortedArrayCalendar()
  var generator: TestGenerator
  let pattern: TimePattern
  var step = 0
  var taken = 0
  var mostPending = 0
  /// Handles given out, some of them of events long gone.
  var handles: [(EventHandle, Int)] = []
  /// What went wrong first.
  var failure: String?

  init(
    pattern: TimePattern, seed: UInt64,
    calendar: consuming EventCalendar<UInt32> = EventCalendar()
  ) {
    self.calendar = calendar
    self.pattern = pattern
    self.generator = TestGenerator(seed: seed)
  }

  /// - Parameters:
  ///   - growth: The share of steps that schedule; the others take.
  ///   - cancelling: The share of steps that then cancel something.
  mutating func run(steps: Int, growth: Double, cancelling: Double) {
    for _ in 0..<steps where failure == nil {
      step += 1
      if generator.chance(growth) { schedule() } else { take(before: .max) }
      if generator.chance(cancelling) { cancel() }
      if generator.chance(0.02) { takeUpToALimit() }
      if generator.chance(0.0005) { calendar = calendar.copy() }
      mostPending = max(mostPending, calendar.count)
      if calendar.count != oracle.entries.count { fail("count") }
    }
  }

  mutating func drain() {
    while failure == nil && !oracle.entries.isEmpty { take(before: .max) }
    take(before: .max)
  }

  private mutating func schedule() {
    let delay = pattern.delay(step: step, now: oracle.now, &generator)
    let time = min(oracle.now + delay, 1 << 59 - 1)
    let priority = generator.chance(0.2) ? UInt8(generator.below(16)) : 8
    let event = UInt32(truncatingIfNeeded: step)
    let handle = calendar.schedule(
      event, at: SimulationTime(microseconds: time), priority: EventPriority(rawValue: priority))
    let number = oracle.schedule(event, at: time, priority: priority)
    if handles.count < 400 {
      handles.append((handle, number))
    } else {
      handles[generator.below(400)] = (handle, number)
    }
  }

  private mutating func take(before end: Int64) {
    let expected = oracle.next(before: end)
    let event = calendar.next(before: SimulationTime(microseconds: end))
    if event != expected {
      fail("took \(String(describing: event)), not \(String(describing: expected))")
    }
    if calendar.now.microseconds != oracle.now { fail("clock") }
    if event != nil { taken += 1 }
  }

  private mutating func takeUpToALimit() {
    let end = oracle.now + Int64(generator.below(3_000_000))
    for _ in 0..<10 where failure == nil { take(before: end) }
    let next = oracle.entries.last?.time
    if calendar.nextTime()?.microseconds != next { fail("next time") }
    if let next, next >= end, generator.chance(0.5) {
      oracle.advance(to: end)
      calendar.advance(to: SimulationTime(microseconds: end))
    }
  }

  private mutating func cancel() {
    guard !handles.isEmpty else { return }
    let (handle, number) = handles[generator.below(handles.count)]
    let isPending = calendar.isPending(handle)
    let expected = oracle.cancel(number)
    if isPending != expected || calendar.cancel(handle) != expected { fail("cancelling") }
    if calendar.isPending(handle) || calendar.cancel(handle) { fail("cancelled twice") }
  }

  private mutating func fail(_ what: String) {
    if failure == nil { failure = "step \(step): \(what)" }
  }
}
