// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// How the delays of a hold model are spread.
enum DelayPattern: String, CaseIterable {
  /// Exponential: what the C yardsticks use.
  case exponential
  /// A minute or a month, as often.
  case bimodal
  /// To the next of instants that a thousandth of the pending events share.
  case bursts
  /// Exponential to the fourth power: many short, few very long.
  case skewed

  /// Microseconds.
  @inline(__always)
  func delay(_ draws: inout ExponentialDraws, after now: SimulationTime) -> Int64 {
    switch self {
    case .exponential:
      return Int64(draws.next() * 1e9)
    case .bimodal:
      let draw = draws.next()
      return Int64(draws.next() * (draw < 0.693_147 ? 6e7 : 2.6e12))
    case .bursts:
      let time = now.microseconds + Int64(draws.next() * 1e9)
      return (time / 1_000_000 + 1) * 1_000_000 - now.microseconds
    case .skewed:
      let draw = draws.next()
      return Int64(draw * draw * draw * draw * 1e9)
    }
  }
}

/// The hold model: take the earliest event, schedule it again after a random delay.
struct HoldBenchmark: ~Copyable {
  private var calendar = EventCalendar<UInt64>()
  private var draws = ExponentialDraws(seed: 12345)
  private let pattern: DelayPattern

  init(pending: Int, pattern: DelayPattern) {
    self.pattern = pattern
    for number in 0..<pending { schedule(UInt64(number)) }
  }

  @inline(__always)
  private mutating func schedule(_ number: UInt64) {
    let delay = pattern.delay(&draws, after: calendar.now)
    calendar.schedule(number, after: TimeSpan(microseconds: delay))
  }

  /// - Returns: Nanoseconds for each hold, and a number that hangs on the order of all events.
  mutating func run(holds: Int) -> (nanoseconds: Double, checksum: UInt64) {
    let start = processorTime()
    let checksum =
      switch pattern {
      // Each pattern gets a loop of its own, without a branch for the others.
      case .exponential: hold(holds, .exponential)
      case .bimodal: hold(holds, .bimodal)
      case .bursts: hold(holds, .bursts)
      case .skewed: hold(holds, .skewed)
      }
    return ((processorTime() - start) / Double(holds) * 1e9, checksum)
  }

  @inline(__always)
  private mutating func hold(_ holds: Int, _ pattern: DelayPattern) -> UInt64 {
    var checksum: UInt64 = 0
    for _ in 0..<holds {
      guard let number = calendar.next(before: .distantFuture) else { break }
      checksum = checksum &* 31 &+ number
      let delay = pattern.delay(&draws, after: calendar.now)
      calendar.schedule(number, after: TimeSpan(microseconds: delay))
    }
    return checksum
  }
}
