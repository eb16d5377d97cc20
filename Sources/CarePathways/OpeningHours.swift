// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Hours of the week in which arrivals are let in.
public struct OpeningHours: Hashable, Sendable {
  /// In microseconds since the start of the week: in order, apart from one another, not empty.
  let spans: [Range<Int64>]

  static let week: Int64 = 7 * 86_400_000_000

  /// Hours given in minutes since the start of the week, in any order, overlapping or not.
  ///
  /// - Precondition: none goes beyond the week.
  public init(minutesOfWeek: [Range<Int>]) {
    let minute: Int64 = 60_000_000
    var merged: [Range<Int64>] = []
    for span in minutesOfWeek.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound })
    {
      precondition(span.lowerBound >= 0 && span.upperBound <= 7 * 1440, "hours outside the week")
      let part = Int64(span.lowerBound) * minute..<Int64(span.upperBound) * minute
      if let last = merged.last, last.upperBound >= part.lowerBound {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, part.upperBound)
      } else {
        merged.append(part)
      }
    }
    spans = merged
  }

  /// The share of the week that is open.
  public var share: Double {
    Double(spans.reduce(0) { $0 + $1.upperBound - $1.lowerBound }) / Double(Self.week)
  }

  /// Whether arrivals are let in at an instant; at the end of a span they no longer are.
  public func isOpen(at time: SimulationTime, weekStart: SimulationTime) -> Bool {
    let place = Self.intoWeek(time, weekStart)
    return spans.contains { $0.contains(place) }
  }

  /// The instant at which so much open time has passed since another; when it is over just as a
  /// span ends, the start of the next.
  ///
  /// - Precondition: there is a span.
  func instant(
    _ open: TimeSpan, after time: SimulationTime, weekStart: SimulationTime
  ) -> SimulationTime {
    let total = spans.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    var rest = open.microseconds % total
    let into = Self.intoWeek(time, weekStart)
    // The start of the week in which the rest is spent.
    var week = time.microseconds - into + open.microseconds / total * Self.week
    var from = into
    while true {
      for span in spans where span.upperBound > from {
        let begin = max(span.lowerBound, from)
        if rest < span.upperBound - begin {
          return SimulationTime(microseconds: week + begin + rest)
        }
        rest -= span.upperBound - begin
      }
      week += Self.week
      from = 0
    }
  }

  private static func intoWeek(_ time: SimulationTime, _ weekStart: SimulationTime) -> Int64 {
    let rest = (time.microseconds - weekStart.microseconds) % week
    return rest < 0 ? rest + week : rest
  }
}
