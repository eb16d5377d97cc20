// SPDX-License-Identifier: GPL-3.0-or-later

/// Hours of the week: some weekdays, and a span of hours on each.
///
/// Hours that end at or before they begin run past midnight into the next day.
public struct WeeklyHours: Hashable, Sendable {
  /// 0 Monday … 6 Sunday, ascending.
  public var days: [Int]
  /// Minutes since midnight, 0..<1440.
  public var opens: Int
  /// Minutes since midnight of the day they open, above `opens`, at most `opens` + 1440.
  public var closes: Int

  static let dayNames = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// The spans in minutes since Monday 00:00; a span past Sunday's midnight is cut in two.
  public var minutesOfWeek: [Range<Int>] {
    let week = 7 * 1440
    return days.flatMap { day -> [Range<Int>] in
      let from = day * 1440 + opens
      let to = day * 1440 + closes
      return to <= week ? [from..<to] : [from..<week, 0..<(to - week)]
    }
  }

  /// Reads `Mon`, `Mon-Fri`, `daily`, or several joined by `+`; `nil` when it is none of these.
  static func days(_ text: String) -> [Int]? {
    var found = Set<Int>()
    for part in text.split(separator: "+", omittingEmptySubsequences: false) {
      let name = part.trimmed.lowercased()
      if name == "daily" {
        found.formUnion(0...6)
        continue
      }
      let ends = name.split(separator: "-", omittingEmptySubsequences: false).map {
        day(String($0).trimmed)
      }
      switch ends.count {
      case 1:
        guard let day = ends[0] else { return nil }
        found.insert(day)
      case 2:
        guard let first = ends[0], let last = ends[1] else { return nil }
        // Fri-Mon goes around the week's end.
        let count = (last - first + 7) % 7
        for step in 0...count { found.insert((first + step) % 7) }
      default: return nil
      }
    }
    return found.isEmpty ? nil : found.sorted()
  }

  /// A weekday by its name or its first three letters.
  static func day(_ name: String) -> Int? {
    dayNames.firstIndex { $0 == name || $0.prefix(3) == name }
  }

  /// Reads `08:00-12:30`; `nil` when it is no span of hours.
  static func hours(_ text: String) -> (opens: Int, closes: Int)? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
      minutes(String($0).trimmed)
    }
    guard ends.count == 2, let opens = ends[0], let closes = ends[1], opens < 1440 else {
      return nil
    }
    return (opens, closes > opens ? closes : closes + 1440)
  }

  /// Minutes since midnight of `08:00`, up to `24:00`.
  static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0...24).contains(hour),
      (0...59).contains(minute), hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }
}

extension ModelSection {
  /// The keys `days` (`Mon-Fri`, `Sat`, `daily`, a list) and `hours` (`08:00-12:00`; all day when
  /// it is left out).
  public func weeklyHours() -> WeeklyHours {
    var result = WeeklyHours(days: [0], opens: 0, closes: 1440)
    var days = Set<Int>()
    for text in texts("days") {
      if let found = WeeklyHours.days(text) {
        days.formUnion(found)
      } else {
        fault("days", "\(text.quotedBriefly) names no weekdays", "write Mon-Fri, Sat or daily")
      }
    }
    if !days.isEmpty { result.days = days.sorted() }
    if let text = textIfPresent("hours") {
      if let (opens, closes) = WeeklyHours.hours(text) {
        result.opens = opens
        result.closes = closes
      } else {
        fault("hours", "\(text.quotedBriefly) is no span of hours", "write 08:00-12:00")
      }
    }
    return result
  }
}
