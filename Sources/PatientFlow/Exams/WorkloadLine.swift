// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// A line of equal servers that take patients, samples or pictures in the order in which they come.
///
/// It is held as the workload vector of Kiefer and Wolfowitz: the instants at which the servers come
/// free. Who comes takes the one that is free first, so the wait is known on arrival and the line
/// needs no events of its own. This is exact for any arrivals and services as long as nobody overtakes.
///
/// Servers work some hours of each day, and work under way at closing goes on when they open again.
/// All is reckoned in *working time*, the time for which the line has been open, in which the line has
/// no nights: the order of arrivals, and with it the line, is the same in both.
package struct WorkloadLine: Sendable {
  /// When each server comes free, in working time, earliest first.
  private var free: [Int64]
  /// From midnight to opening, and from opening to closing.
  private let opening: Int64
  private let open: Int64
  /// Working time of all services taken so far, whether they have ended or not.
  package private(set) var booked = TimeSpan.zero
  package private(set) var count: Int64 = 0
  private var latest = Int64.min

  /// - Parameters:
  ///   - servers: at least one.
  ///   - hoursPerDay: 0 < hours ≤ 24, from the opening hour on.
  package init(servers: Int, opensHour: Double, hoursPerDay: Double) {
    precondition(servers > 0 && hoursPerDay > 0 && hoursPerDay <= 24)
    free = Array(repeating: .min, count: servers)
    opening = TimeSpan.hours(opensHour).microseconds
    open = max(1, TimeSpan.hours(hoursPerDay).microseconds)
  }

  package var servers: Int { free.count }

  /// How long a newcomer would wait for a server, nights included.
  package func wait(at now: SimulationTime) -> TimeSpan {
    let arrival = working(now)
    guard free[0] > arrival else { return first(arrival, notBefore: now) - now }
    return first(free[0], notBefore: now) - now
  }

  /// Takes one, who is served as soon as a server is free; arrivals must come in order.
  ///
  /// - Returns: When the service begins and ends.
  package mutating func take(
    _ service: TimeSpan, at now: SimulationTime
  ) -> (begins: SimulationTime, ends: SimulationTime) {
    let arrival = working(now)
    precondition(arrival >= latest && service >= .zero, "a line was joined out of order")
    latest = arrival
    let begins = max(arrival, free[0])
    let ends = begins + service.microseconds
    // The server takes its new place among the others: earliest first.
    var place = 0
    while place + 1 < free.count && free[place + 1] < ends {
      free[place] = free[place + 1]
      place += 1
    }
    free[place] = ends
    booked = booked + service
    count += 1
    return (first(begins, notBefore: now), last(ends, notBefore: now))
  }

  /// Work that is booked and not yet done.
  package func ahead(at now: SimulationTime) -> TimeSpan {
    let instant = working(now)
    return TimeSpan(microseconds: free.reduce(0) { $0 + max(0, $1 == .min ? 0 : $1 - instant) })
  }

  /// For how long the line has been open between two instants.
  package func openTime(from start: SimulationTime, to end: SimulationTime) -> TimeSpan {
    TimeSpan(microseconds: working(end) - working(start))
  }

  /// Working time at an instant.
  private func working(_ instant: SimulationTime) -> Int64 {
    let shifted = instant.microseconds - opening
    // The hours before the first opening belong to a day before the first.
    let day = (shifted >= 0 ? shifted : shifted - microsecondsPerDay + 1) / microsecondsPerDay
    return day * open + min(shifted - day * microsecondsPerDay, open)
  }

  /// The first instant at which something may begin that has reached a working time.
  private func first(_ work: Int64, notBefore now: SimulationTime) -> SimulationTime {
    let day = (work >= 0 ? work : work - open + 1) / open
    return max(
      now,
      SimulationTime(microseconds: day * microsecondsPerDay + work - day * open + opening))
  }

  /// The instant at which something ends at a working time: at closing rather than the next morning.
  private func last(_ work: Int64, notBefore now: SimulationTime) -> SimulationTime {
    guard work > .min + open else { return now }
    return max(
      now,
      first(work - 1, notBefore: SimulationTime(microseconds: .min)) + TimeSpan(microseconds: 1))
  }
}
