// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// A source's process, compiled: what the next arrival follows from.
///
/// Rates that change are met exactly, by inversion: the n-th arrival lies where the integral of the
/// rate reaches the sum of the first n exponential draws (Çinlar, *Introduction to Stochastic
/// Processes*, 1975, §4.7). So a change of rates moves arrivals, and changes no draw.
struct ArrivalClock: Sendable {
  enum Kind: UInt8, Sendable { case poisson, scheduled, periodic }

  /// From `start` into the period on, `rate` per microsecond; `level` arrivals expected before it.
  struct Segment: BitwiseCopyable, Sendable {
    var start: Int64
    var rate: Double
    var level: Double
  }

  let kind: Kind
  /// Mean microseconds between arrivals of a Poisson process.
  let meanInterval: Double
  let times: [SimulationTime]
  let segments: [Segment]
  let period: Int64
  /// Arrivals expected in a period.
  let periodLevel: Double

  /// Where a source stands between two arrivals.
  struct Position: BitwiseCopyable, Sendable {
    /// Arrivals so far.
    var count: UInt64 = 0
    /// The start of the current period, in microseconds.
    var periodStart: Int64 = 0
    /// Arrivals expected from there to the latest one.
    var level = 0.0
    var segment: Int32 = 0
  }

  init(_ process: ArrivalProcess, timeUnit: TimeSpan) {
    let microseconds = Double(timeUnit.microseconds)
    switch process {
    case .poisson(let rate):
      kind = .poisson
      meanInterval = microseconds / rate
      (times, segments, period, periodLevel) = ([], [], 0, 0)
    case .scheduled(let times):
      kind = .scheduled
      self.times = times
      (meanInterval, segments, period, periodLevel) = (0, [], 0, 0)
    case .periodic(let span, let changes):
      kind = .periodic
      (meanInterval, times, period) = (0, [], span.microseconds)
      var segments: [Segment] = []
      // Before the period's first change its last rate holds.
      if let first = changes.first, let last = changes.last, first.offset > .zero {
        segments.append(Segment(start: 0, rate: last.rate / microseconds, level: 0))
      }
      for change in changes {
        let start = change.offset.microseconds
        segments.append(
          Segment(
            start: start, rate: change.rate / microseconds,
            level: segments.last.map { $0.level(at: start) } ?? 0))
      }
      self.segments = segments
      periodLevel = segments.last.map { $0.level(at: span.microseconds) } ?? 0
    }
  }

  /// Where the source stands at time 0.
  func start(weekStart: SimulationTime) -> Position {
    var position = Position()
    guard kind == .periodic else { return position }
    let elapsed = -weekStart.microseconds % period
    position.periodStart = -elapsed
    let place = segments.lastIndex { $0.start <= elapsed } ?? 0
    position.segment = Int32(place)
    position.level = segments[place].level(at: elapsed)
    return position
  }

  /// The next arrival of a process with changing rates, given its exponential draw of mean 1.
  func nextPeriodic(_ position: inout Position, _ draw: Double) -> SimulationTime {
    var level = position.level + draw
    while level >= periodLevel {
      level -= periodLevel
      position.periodStart += period
      position.segment = 0
    }
    var place = Int(position.segment)
    while place + 1 < segments.count && segments[place + 1].level <= level { place += 1 }
    position.segment = Int32(place)
    position.level = level
    let segment = segments[place]
    let offset = ((level - segment.level) / segment.rate).rounded()
    return SimulationTime(
      microseconds: position.periodStart + segment.start + Int64(offset))
  }
}

extension ArrivalClock.Segment {
  /// Arrivals expected from the start of the period to an offset within the segment.
  func level(at offset: Int64) -> Double { level + rate * Double(offset - start) }
}
