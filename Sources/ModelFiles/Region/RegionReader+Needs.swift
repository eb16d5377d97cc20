// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow
import SimulationKernel

extension RegionReader {
  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  /// Days that the calendar goes on after the run's end, for what is booked ahead.
  private static let daysAhead = 60

  func readDemand(start: CalendarDate) -> DemandCalendar {
    let end = run.window().end
    let days = Int((end - .zero).inDays.rounded(.up)) + Self.daysAhead
    var months: [UInt8] = []
    var weekdays: [UInt8] = []
    var running: [UInt16] = []
    var years: [Int16] = []
    var names: [String] = []
    for day in 0..<days {
      let date = start.advanced(byDays: day)
      let parts = date.parts
      let name = "\(parts.year)-\(parts.month < 10 ? "0" : "")\(parts.month)"
      if names.last != name { names.append(name) }
      months.append(UInt8(parts.month))
      weekdays.append(UInt8(date.weekday))
      running.append(UInt16(names.count - 1))
      years.append(Int16(clamping: parts.year))
    }
    let weekdayFactors = column("factor", of: "weekdays", Self.weekdays, kind: "weekday", 0...100)
    let hours = column("share", of: "hours", (0..<24).map(String.init), kind: "hour", 0...1)
    if hours.reduce(0, +) <= 0 { model.table("hours").fault("has no hour with a share") }
    return DemandCalendar(
      monthOfDay: months, weekdayOfDay: weekdays, runningMonthOfDay: running, yearOfDay: years,
      monthNames: names, seasons: readSeasons(), weekdayFactors: weekdayFactors, hourShares: hours,
      shocks: readShocks(names))
  }

  /// One column of a table with a row for each of these names; 1 where there is none.
  private func column(
    _ column: String, of key: String, _ names: [String], kind: String, _ range: ClosedRange<Double>
  ) -> [Double] {
    let table = model.table(key)
    expectRows(names, in: table, kind: kind)
    return names.map { table.row($0)?.number(column, in: range) ?? 1 }
  }

  /// Faults rows of other names, and if there are none of these, names without a row.
  ///
  /// - Parameter kind: what the rows are; the key column is called so, too.
  func expectRows(_ names: [String], in table: ModelTable, kind: String) {
    guard !table.rows.isEmpty else { return }
    let strays = table.rows.filter { !names.contains($0.key) }
    for row in strays {
      row.fault(
        kind, "\(row.key.quotedBriefly) is not \(withArticle(kind))",
        remedy(for: row.key, among: names, kind: kind))
    }
    for name in names where strays.isEmpty && table.row(name) == nil {
      table.fault("has no row \(name)", "each \(kind) needs one")
    }
  }

  var seasonNames: [String] {
    model.table("seasons").columns.filter {
      !["month", "source", "evidence", "note"].contains($0)
    }
  }

  private func readSeasons() -> [[Double]] {
    let months = (1...12).map(String.init)
    return seasonNames.map { column($0, of: "seasons", months, kind: "month", 0...100) }
  }

  /// Factors by running month; months that the table does not name have 1.
  private func readShocks(_ months: [String]) -> [Double] {
    guard let table = model.tableIfPresent("shocks") else { return months.map { _ in 1 } }
    var factors: [String: Double] = [:]
    for row in table.rows {
      if CalendarDate(row.key + "-01") == nil {
        row.fault("month", "is \(row.key.quotedBriefly)", "write a month such as 2020-02")
      }
      factors[row.key] = row.number("factor", in: 0...100)
    }
    return months.map { factors[$0] ?? 1 }
  }

  func readNeeds() -> [Need] {
    let seasons = seasonNames
    let table = model.table("needs")
    let towns = model.table("towns").rows.count
    if table.rows.count * towns > 65_000 {
      table.fault("has \(table.rows.count) needs for \(towns) towns", "65,000 pairs are the most")
    }
    return table.rows.map { row in
      let season = row.text("season", oneOf: seasons)
      let careClass = row.text("class", oneOf: ["outpatient", "admission"])
      let relative = ageGroups.map { row.number(ageColumn("rate", $0), in: 0...1000) }
      if relative.allSatisfy({ $0 == 0 }) {
        row.fault(
          ageColumn("rate", ageGroups.first ?? ""), "is 0 like all others", "give some age a rate")
      }
      return Need(
        name: row.key, careClass: careClass == "admission" ? .admission : .outpatient,
        isEmergency: row.flag("emergency"),
        ratePerYear: row.number("rate_per_year", .perYear, in: 0...1000),
        relativeRates: relative,
        seekShare: row.number("seek_share", .share, in: 0...1),
        admissionProbability: row.number("admission_probability", .share, in: 0...1),
        uncontrolledRelativeRisk: row.number("relative_risk_uncontrolled", in: 1...100),
        season: seasons.firstIndex(of: season) ?? 0)
    }
  }

  func readSeverity() -> SeverityScale {
    let shares = model.section("severity")
    let names = ["mild", "moderate", "severe", "complex"]
    let parts = names.map { shares.number($0, .share, in: 0...1) }
    if abs(parts.reduce(0, +) - 1) > 0.001 {
      shares.fault("shares sum to \(plainNumber(parts.reduce(0, +)))", "let them sum to 1")
    }
    let admissions = model.section("admission-severity")
    let tiers = ["township", "county", "city"].map {
      admissions.number($0, .share, in: 0.001...0.999)
    }
    if abs(tiers.reduce(0, +) - 1) > 0.001 {
      admissions.fault("shares sum to \(plainNumber(tiers.reduce(0, +)))", "let them sum to 1")
    }
    return SeverityScale(
      mild: parts[0], moderate: parts[1], severe: parts[2], townshipAdmissions: tiers[0],
      countyAdmissions: tiers[1])
  }
}
