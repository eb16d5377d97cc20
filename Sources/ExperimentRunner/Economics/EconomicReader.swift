// SPDX-License-Identifier: GPL-3.0-or-later

import GRDB
import ModelFiles
import OutputAnalysis

/// What an economic evaluation reads of a results file.
struct EconomicReader {
  let results: ResultsFile
  private let catalogue: [MeasureDefinition]

  init(_ results: ResultsFile) {
    self.results = results
    catalogue = results.header.measureCatalogue
  }

  private func definition(of series: MeasureSeries) -> MeasureDefinition? {
    catalogue.first { $0.observes(series.measure.measure) }
  }

  func unit(of series: MeasureSeries) -> String {
    definition(of: series)?.unit(of: series.measure.measure) ?? ""
  }

  func formula(of series: MeasureSeries) -> String { definition(of: series)?.formula ?? "" }

  /// Whether the values of months add up to that of the window: counts and money do, shares and means do
  /// not.
  func addsUp(_ series: MeasureSeries) -> Bool {
    let unit = unit(of: series)
    return !["share", "%", "minutes", "hours", "days", "0 to 1", "time units", ""].contains(unit)
  }

  /// The points, one a scenario.
  func scenarios() throws -> [ResultsHeader.Point] {
    let header = results.header
    guard header.twins == nil else {
      throw RunnerFault.invalid(
        "\(results.path): is of yilian twins; economics needs the scenarios' own results, of yilian run"
      )
    }
    guard Set(header.points.map(\.scenario)).count == header.points.count else {
      throw RunnerFault.invalid(
        "\(results.path): has several points of a scenario, from factors or two forms of money; "
          + "economics compares scenarios: run the experiment without them")
    }
    guard header.points.count >= 2 else {
      throw RunnerFault.invalid(
        "\(results.path): has one scenario; there is nothing to compare it with")
    }
    return header.points
  }

  func baseline(_ name: String?, _ points: [ResultsHeader.Point]) throws -> Int {
    let names = points.map(\.scenario)
    let wanted = name ?? results.header.provenance["baseline"] ?? names[0]
    guard let place = names.firstIndex(of: wanted) else {
      let hint =
        nearestName(to: wanted, among: names).map { "did you mean \($0)?" }
        ?? "there are \(names.joined(separator: ", "))"
      throw RunnerFault.invalid("\(results.path): there is no scenario \(wanted); \(hint)")
    }
    return place
  }

  // MARK: - Values

  /// Of each replication that every series is defined in, their sum.
  func values(of all: [MeasureSeries], point: Int) throws -> [Int: Double] {
    try sums(of: all.compactMap { try identifier(of: $0) }, point)
  }

  /// Of each replication the sums of years: twelve months each, the last what is left.
  func years(of all: [MeasureSeries], _ months: [String], point: Int) throws -> [Int: [Double]] {
    var result: [Int: [Double]] = [:]
    for (year, start) in stride(from: 0, to: months.count, by: 12).enumerated() {
      let identifiers = try months[start..<min(months.count, start + 12)].flatMap { month in
        try all.compactMap { series in
          try identifier(
            of: MeasureSeries(
              measure: MeasureRequest(measure: series.measure.measure, dimension: "month"),
              member: month))
        }
      }
      for (replication, sum) in try sums(of: identifiers, point)
      where (result[replication]?.count ?? 0) == year {
        result[replication, default: []].append(sum)
      }
    }
    let years = (months.count + 11) / 12
    return result.filter { $0.value.count == years }
  }

  /// Months of the window that the file holds all of the series by, from that of the policy start on.
  ///
  /// A month in which the policies start counts whole: before they do, scenarios are the same.
  func months(of all: [MeasureSeries]) throws -> [String] {
    guard all.allSatisfy({ $0.measure.dimension.isEmpty && addsUp($0) }) else { return [] }
    let first = (results.header.provenance["window-start"] ?? "").prefix(7)
    let lists = try all.map { series in
      try faults(at: results.path) {
        try results.database.read { db in
          try String.fetchAll(
            db, sql: "SELECT member FROM series WHERE measure = ? AND dimension = 'month'",
            arguments: [series.measure.measure])
        }
      }
    }
    guard let shortest = lists.min(by: { $0.count < $1.count }) else { return [] }
    return shortest.filter { month in month >= first && lists.allSatisfy { $0.contains(month) } }
      .sorted()
  }

  func needMonths(_ all: [MeasureSeries], found: [String]) throws {
    guard found.isEmpty else { return }
    let asked = all.map { "\($0.measure.measure) by month" }.joined(separator: ", ")
    throw RunnerFault.invalid(
      "\(results.path): later years can be discounted only where they are told apart; run the "
        + "experiment with measures: [\(asked)]")
  }

  private func identifier(of series: MeasureSeries) throws -> Int64? {
    try faults(at: results.path) {
      try results.database.read { db in
        try Int64.fetchOne(
          db,
          sql: "SELECT series_id FROM series WHERE measure = ? AND dimension = ? AND member = ?",
          arguments: [series.measure.measure, series.measure.dimension, series.member])
      }
    }
  }

  /// Of each replication with all its values, the sum of them all.
  private func sums(of wanted: [Int64], _ point: Int) throws -> [Int: Double] {
    guard !wanted.isEmpty else { return [:] }
    return try faults(at: results.path) {
      try results.database.read { db in
        let marks = wanted.map { _ in "?" }.joined(separator: ", ")
        // In one order, so that sums have the same bits each time.
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT replication, value FROM observed_value
            WHERE point_id = ? AND series_id IN (\(marks)) AND value IS NOT NULL
            ORDER BY replication, series_id
            """, arguments: StatementArguments([Int64(point)] + wanted))
        var sums: [Int: (sum: Double, count: Int)] = [:]
        while let row = try rows.next() {
          let sum = sums[row[0]] ?? (0, 0)
          sums[row[0]] = (sum.sum + (row[1] as Double), sum.count + 1)
        }
        return sums.filter { $0.value.count == wanted.count }.mapValues(\.sum)
      }
    }
  }
}
