// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// A rate that recurs, with its integral: the way to arrivals at weekly rates that needs the fewest
/// steps.
struct PeriodicRate: Sendable {
  /// From `start` into the period on, `rate` per microsecond; `level` arrivals expected before it.
  struct Segment: BitwiseCopyable, Sendable {
    var start: Int64
    var rate: Double
    var level: Double

    /// Arrivals expected from the start of the period to an offset within the segment.
    func level(at offset: Int64) -> Double { level + rate * Double(offset - start) }
  }

  let segments: [Segment]
  let period: Int64
  /// Arrivals expected in a period.
  let periodLevel: Double

  init(_ changes: [ArrivalProcess.RateChange], period: TimeSpan, timeUnit: TimeSpan) {
    let microseconds = Double(timeUnit.microseconds)
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
    self.period = period.microseconds
    periodLevel = segments.last.map { $0.level(at: period.microseconds) } ?? 0
  }

  func position(at time: SimulationTime, weekStart: SimulationTime) -> ArrivalClock.Position {
    var position = ArrivalClock.Position()
    let elapsed = (time.microseconds - weekStart.microseconds) % period
    position.periodStart = time.microseconds - elapsed
    let place = segments.lastIndex { $0.start <= elapsed } ?? 0
    position.segment = Int32(place)
    position.level = segments[place].level(at: elapsed)
    return position
  }

  /// The next arrival, given its exponential draw of mean 1.
  func next(_ position: inout ArrivalClock.Position, _ draw: Double) -> SimulationTime {
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
