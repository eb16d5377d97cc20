// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// When needs arise: seasons, weekdays, hours and shocks, as an integrated rate that can be inverted.
///
/// A profile is a season, for emergencies or for the rest. Its integral counts *factor-days*: a day
/// of factor 1 adds 1. Onsets are exact draws of a Poisson process whose rate is constant within
/// each hour: the unit-exponential distance to the next onset is laid off on the integral.
package struct DemandCalendar: Sendable {
  /// Month (1...12), weekday (0 Monday) and running month of each day of the run.
  package var monthOfDay: [UInt8]
  package var weekdayOfDay: [UInt8]
  package var runningMonthOfDay: [UInt16]
  package var yearOfDay: [Int16]
  /// Names of the running months, such as `2020-07`.
  package var monthNames: [String]
  /// Integral at the start of each day, for each profile: season × 2 + (emergency ? 1 : 0).
  var integrals: [[Double]]
  /// Cumulative share of a day's onsets at the start of each hour; 25 entries, 0 to 1.
  var hourIntegral: [Double]

  /// - Parameters:
  ///   - seasons: factor for each month, for each season.
  ///   - weekdayFactors: 7, Monday first; emergencies ignore them.
  ///   - hourShares: 24, sum 1; emergencies come at any hour alike.
  ///   - shocks: factor for each running month, on all but emergencies.
  package init(
    monthOfDay: [UInt8], weekdayOfDay: [UInt8], runningMonthOfDay: [UInt16], yearOfDay: [Int16],
    monthNames: [String],
    seasons: [[Double]], weekdayFactors: [Double], hourShares: [Double], shocks: [Double]
  ) {
    self.monthOfDay = monthOfDay
    self.weekdayOfDay = weekdayOfDay
    self.runningMonthOfDay = runningMonthOfDay
    self.yearOfDay = yearOfDay
    self.monthNames = monthNames
    integrals = []
    for season in seasons {
      for isEmergency in [false, true] {
        var sum = 0.0
        var integral = [sum]
        for day in monthOfDay.indices {
          var factor = season[Int(monthOfDay[day]) - 1]
          if !isEmergency {
            factor *=
              weekdayFactors[Int(weekdayOfDay[day])] * shocks[Int(runningMonthOfDay[day])]
          }
          sum += factor
          integral.append(sum)
        }
        integrals.append(integral)
      }
    }
    var sum = 0.0
    hourIntegral =
      [0]
      + hourShares.map { share in
        sum += share
        return sum
      }
    for hour in hourIntegral.indices { hourIntegral[hour] /= sum }
  }

  package var dayCount: Int { monthOfDay.count }

  package static func profile(season: Int, isEmergency: Bool) -> Int {
    2 * season + (isEmergency ? 1 : 0)
  }

  /// Adds a profile that is another one with each day's factor multiplied, and returns its number.
  mutating func addProfile(like profile: Int, times factor: (Int) -> Double) -> Int {
    var integral = [0.0]
    for day in 0..<dayCount {
      let width = integrals[profile][day + 1] - integrals[profile][day]
      integral.append(integral[day] + width * factor(day))
    }
    // An emergency's profile is an odd number: the other of the pair is not used.
    let first = integrals.count
    integrals += [integral, integral]
    return first + profile % 2
  }

  /// The instant at which the integral reaches a level; `nil` past the calendar's end.
  ///
  /// - Parameter day: the day to start looking from, and on return the day found: levels asked for
  ///   by one source only grow.
  package func instant(level: Double, profile: Int, from day: inout Int) -> SimulationTime? {
    guard level < integrals[profile][dayCount] else { return nil }
    while integrals[profile][day + 1] <= level { day += 1 }
    let start = integrals[profile][day]
    let share = (level - start) / (integrals[profile][day + 1] - start)
    let hours = profile & 1 == 1 ? 24 * share : hour(at: share)
    return SimulationTime(microseconds: Int64(day) * microsecondsPerDay)
      + TimeSpan.hours(min(hours, 24))
  }

  private func hour(at share: Double) -> Double {
    var hour = 0
    while hour < 23 && hourIntegral[hour + 1] <= share { hour += 1 }
    let width = hourIntegral[hour + 1] - hourIntegral[hour]
    return Double(hour) + (width > 0 ? (share - hourIntegral[hour]) / width : 0)
  }
}

let microsecondsPerDay: Int64 = 86_400_000_000

/// The day of an instant, counted from the start of the run.
func day(of instant: SimulationTime) -> Int { Int(instant.microseconds / microsecondsPerDay) }
