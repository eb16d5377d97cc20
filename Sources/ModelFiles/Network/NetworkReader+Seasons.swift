// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// When a source of arrivals is open, and how its rates differ within the year.
extension NetworkReader {
  /// `open: {days: Mon-Fri, hours: 08:00-17:00}`, or a list of these.
  func opening(of section: ModelSection) -> OpeningHours? {
    guard let node = section.node["open"] else { return nil }
    var spans = [ModelSection]()
    if case .list = node.content {
      spans = section.items("open")
    } else {
      spans = [section.section("open")]
    }
    return OpeningHours(
      minutesOfWeek: spans.flatMap { span in
        _ = span.textIfPresent("name")
        return span.weeklyHours().minutesOfWeek
      })
  }

  /// Factors of rates: `seasons: {jan: 1.2, jul: 0.8}`, others being 1; or
  /// `seasons: [{from: 12-01, factor: 1.3}, …]`, each until the next, the last into the new year; or a
  /// table with a column `factor` and the key `month` or `from`.
  func seasons(of section: ModelSection) -> SeasonalFactors? {
    guard let node = section.node["seasons"] else { return nil }
    var days = [Double](repeating: 1, count: 366)
    switch node.content {
    case .table:
      let table = section.table("seasons")
      if table.columns.isEmpty { return nil }
      let key = table.data.columns[table.data.keyColumn]
      switch key {
      case "month":
        for row in table.rows {
          let factor = row.number("factor", in: ModelSection.zeroOrMore)
          setMonth(row.key, factor, &days, row.placeOf("month"))
        }
      case "from":
        let changes = table.rows.map { row in
          Change(
            date: row.key, factor: row.number("factor", in: ModelSection.zeroOrMore),
            place: row.placeOf("from"))
        }
        setChanges(changes, &days)
      default:
        table.fault("has the key \(key.quotedBriefly)", "let it be month, or from for a day 12-01")
      }
    case .list:
      let changes = section.items("seasons").map { item in
        _ = item.textIfPresent("name")
        return Change(
          date: item.text("from"), factor: item.number("factor", in: ModelSection.zeroOrMore),
          place: item.placeOf("from"))
      }
      setChanges(changes, &days)
    default:
      let months = section.section("seasons")
      for key in months.keys {
        let factor = months.number(key, in: ModelSection.zeroOrMore)
        setMonth(key, factor, &days, months.placeOf(key))
      }
    }
    return SeasonalFactors(days: days, years: years)
  }

  private struct Change {
    var date: String
    var factor: Double
    var place: SourcePlace
  }

  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private func setMonth(
    _ text: String, _ factor: Double, _ days: inout [Double], _ place: SourcePlace
  ) {
    let name = text.lowercased()
    let number = Int(name).flatMap { (1...12).contains($0) ? $0 - 1 : nil }
    guard
      let month = number
        ?? Self.monthNames.firstIndex(where: { $0 == name || $0.prefix(3) == name })
    else {
      faults.record(place, "\(text.quotedBriefly) is not a month", "write jan, feb, … dec")
      return
    }
    let first = Self.firstDay(ofMonth: month)
    for day in first..<Self.firstDay(ofMonth: month + 1) { days[day] = factor }
  }

  private func setChanges(_ changes: [Change], _ days: inout [Double]) {
    var starts: [(day: Int, factor: Double)] = []
    for change in changes {
      // 2024 is a leap year: 02-29 is a day.
      guard let date = CalendarDate("2024-" + change.date) else {
        faults.record(
          change.place, "is \(change.date.quotedBriefly), no day of the year",
          "write month-day: 12-01")
        continue
      }
      let day = Self.firstDay(ofMonth: date.parts.month - 1) + date.parts.day - 1
      if let last = starts.last, day <= last.day {
        faults.record(change.place, "is not after the one before", "list them by day")
        continue
      }
      starts.append((day, change.factor))
    }
    guard var factor = starts.last?.factor else { return }
    for day in days.indices {
      if let start = starts.first(where: { $0.day == day }) { factor = start.factor }
      days[day] = factor
    }
  }

  /// The number of a month's first day in a leap year; of month 12, the number of days.
  private static func firstDay(ofMonth month: Int) -> Int {
    (0..<month).reduce(0) { $0 + CalendarDate.length(ofMonth: $1 + 1, year: 2024) }
  }

  /// The calendar's years from that of time 0 on; without a start, common ones of which the first
  /// begins at time 0.
  private var years: [SeasonalFactors.Year] {
    let count = 400  // a run has at most two centuries
    guard let start = run.start else {
      return (0..<count).map { .init(start: .zero + .days(365 * Double($0)), isLeap: false) }
    }
    return (0..<count).compactMap { later in
      let year = start.parts.year + later
      return CalendarDate(year: year, month: 1, day: 1).map {
        .init(
          start: $0.time(from: start),
          isLeap: CalendarDate.length(ofMonth: 2, year: year) == 29)
      }
    }
  }
}
