// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// A rate of arrival that is the product of what is constant between changes: a rate that recurs or
/// not, opening hours, seasons.
///
/// Arrivals are met exactly, by inversion as ``ArrivalClock`` says, from one stretch of constant
/// rate to the next.
struct RateCurve: Sendable {
  /// Rates per microsecond, each from its start on.
  struct Base: Sendable {
    var starts: [Int64]
    var rates: [Double]
    /// What starts count from.
    var origin: Int64
    /// After which it recurs; 0: never.
    var period: Int64
  }

  /// A stretch of constant rate, and where a source stands in it.
  struct Position: BitwiseCopyable, Sendable {
    var start: Int64
    var end: Int64
    /// Per microsecond.
    var rate: Double
    /// Arrivals expected from `start` to the latest one.
    var level: Double
  }

  var base: Base
  var opening: OpeningHours?
  var seasons: SeasonalFactors?
  var weekStart: SimulationTime

  /// Beyond four centuries of nothing nobody comes.
  private static let farthest: Int64 = 400 * 366 * 86_400_000_000

  /// The stretch that begins at an instant, at the latest.
  func position(at time: Int64) -> Position {
    var (rate, end) = base.rate(at: time)
    if let opening {
      let (isOpen, until) = opening.state(at: time, weekStart: weekStart)
      if !isOpen { rate = 0 }
      end = min(end, until)
    }
    if let seasons {
      let (factor, until) = seasons.factor(at: time)
      rate *= factor
      end = min(end, until)
    }
    return Position(start: time, end: end, rate: rate, level: 0)
  }

  /// The next arrival, given its exponential draw of mean 1; `nil` when nobody comes any more.
  func next(_ position: inout Position, _ draw: Double) -> SimulationTime? {
    var stretch = position
    var level = stretch.level + draw
    while true {
      if stretch.end == .max {
        guard stretch.rate > 0 else { return nil }
        break
      }
      let whole = stretch.rate * Double(stretch.end - stretch.start)
      if level < whole { break }
      level -= whole
      guard stretch.end < Self.farthest else { return nil }
      stretch = self.position(at: stretch.end)
    }
    stretch.level = level
    position = stretch
    let instant = stretch.start + Int64((level / stretch.rate).rounded())
    // Rounding must not carry an arrival past closing time.
    return SimulationTime(microseconds: min(instant, stretch.end - 1))
  }

  /// Arrivals expected from time 0 to an instant.
  func expected(until end: SimulationTime) -> Double {
    var sum = 0.0
    var time: Int64 = 0
    while time < end.microseconds {
      let stretch = position(at: time)
      let stop = min(stretch.end, end.microseconds)
      sum += stretch.rate * Double(stop - time)
      time = stop
    }
    return sum
  }
}

extension RateCurve.Base {
  /// One rate for ever.
  init(rate: Double) { self.init(starts: [0], rates: [rate], origin: 0, period: 0) }

  /// Before a period's first change its last rate holds; without a period, none.
  init(
    _ changes: [ArrivalProcess.RateChange], timeUnit: TimeSpan, origin: SimulationTime,
    period: TimeSpan?
  ) {
    starts = changes.map(\.offset.microseconds)
    rates = changes.map { $0.rate / Double(timeUnit.microseconds) }
    if let first = starts.first, first > 0 {
      starts.insert(0, at: 0)
      rates.insert(period == nil ? 0 : rates[rates.count - 1], at: 0)
    }
    self.origin = origin.microseconds
    self.period = period?.microseconds ?? 0
  }

  func rate(at time: Int64) -> (rate: Double, until: Int64) {
    let elapsed = time - origin
    let into = period > 0 ? elapsed % period : elapsed
    let next = starts.partitionPoint { $0 <= into }
    let end = next < starts.count ? starts[next] : period > 0 ? period : .max
    return (rates[next - 1], end == .max ? .max : time - into + end)
  }
}

extension OpeningHours {
  /// Whether it is open at an instant not before the week's start, and until when that lasts.
  func state(at time: Int64, weekStart: SimulationTime) -> (isOpen: Bool, until: Int64) {
    let into = (time - weekStart.microseconds) % Self.week
    let week = time - into
    for span in spans {
      if into < span.lowerBound { return (false, week + span.lowerBound) }
      if into < span.upperBound { return (true, week + span.upperBound) }
    }
    return (false, week + Self.week)
  }
}
