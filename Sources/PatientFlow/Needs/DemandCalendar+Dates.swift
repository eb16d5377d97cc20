// SPDX-License-Identifier: GPL-3.0-or-later

extension DemandCalendar {
  /// Where in its year a day stands.
  package struct Date: Hashable, Sendable {
    /// 1...12.
    package var month: Int
    /// Days of the year that are left, this one included, and of the whole year.
    package var daysLeft: Int
    package var yearDays: Int

    package init(month: Int, daysLeft: Int, yearDays: Int) {
      self.month = month
      self.daysLeft = daysLeft
      self.yearDays = yearDays
    }
  }

  /// Where in its year a day of the run stands. A run within one month is taken to begin on its
  /// first day.
  package func date(of day: Int) -> Date {
    let year = Int(yearOfDay[day])
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let month = Int(monthOfDay[day])
    var first = day
    while first > 0 && runningMonthOfDay[first - 1] == runningMonthOfDay[day] { first -= 1 }
    var dayOfMonth = day - first + 1
    if first == 0, let next = runningMonthOfDay.firstIndex(where: { $0 != runningMonthOfDay[day] }),
      next > day
    {
      // The run began within this month.
      dayOfMonth = lengths[month - 1] - (next - day) + 1
    }
    let before = lengths[..<(month - 1)].reduce(0, +) + dayOfMonth - 1
    let yearDays = isLeap ? 366 : 365
    return Date(month: month, daysLeft: yearDays - before, yearDays: yearDays)
  }
}
