// SPDX-License-Identifier: GPL-3.0-or-later

/// A day of the week. There are no public holidays: a day counts as the weekday that it is.
///
/// The raw value is what ``DemandCalendar/weekdayOfDay`` holds.
package enum Weekday: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  package static let count = 7

  package var name: String { String(describing: self) }
  package var row: Int { Int(rawValue) }
}

extension DemandCalendar {
  /// The weekday of a day of the run.
  func weekday(of day: Int) -> Weekday { Weekday(rawValue: weekdayOfDay[day])! }
}
