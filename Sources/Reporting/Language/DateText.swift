// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// Days as a reader of each language writes them: `23 July 2020`, `2020年7月23日`.
package enum DateText {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  package static func text(_ date: CalendarDate, _ language: Language) -> String {
    let (year, month, day) = date.parts
    return switch language {
    case .english: "\(day) \(months[month - 1]) \(year)"
    case .chinese: "\(year)年\(month)月\(day)日"
    }
  }

  /// From the start of a window to its last day, as provenance writes both ends (`2020-07-23` and the
  /// day after the last, or spans such as `14 d`).
  package static func window(from start: String, to end: String, _ language: Language) -> String {
    guard let first = CalendarDate(start), let after = CalendarDate(end), first < after else {
      return language == .english ? "\(start) to \(end)" : "\(start) 至 \(end)"
    }
    let last = text(after.advanced(byDays: -1), language)
    return language == .english
      ? "\(text(first, language)) to \(last)" : "\(text(first, language))至\(last)"
  }

  /// Whether a window is one whole year, so that what is counted in it is counted a year.
  package static func isYear(from start: String, to end: String) -> Bool {
    guard let first = CalendarDate(start), let after = CalendarDate(end) else { return false }
    let (one, other) = (first.parts, after.parts)
    return other.year == one.year + 1 && other.month == one.month && other.day == one.day
  }
}
