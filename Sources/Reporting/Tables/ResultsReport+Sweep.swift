// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// What is said of a design over factors: a table with a column a point would be read by nobody.
extension ResultsReport {
  /// The design and its factors, and what each point sets; nothing where there are no factors.
  var designJSON: [(String, JSONValue)] {
    guard let design = header.storedDesign else { return [] }
    let factors = header.factors
    let points = header.points.map { point -> JSONValue in
      let settings = point.settingValues
      let values = factors.map { factor -> (String, JSONValue) in
        (factor.name, factor.value(in: settings).map { .text($0) } ?? .null)
      }
      return .object([
        ("point_id", .integer(point.id)), ("scenario", .text(point.scenario)),
        ("factors", .object(values)),
      ])
    }
    return [
      ("design", design.json), ("factors", .list(factors.map(\.json))), ("points", .list(points)),
    ]
  }

  func sweepBlocks(_ design: StoredDesign, _ language: Language) -> [TextBlock] {
    let table = SweepTable(header: header, design: design, language: language)
    let titles = ScenarioTitles(header, language)
    let colon = language == .english ? ": " : "："
    var blocks = table.designBlocks
    if isIncomplete { blocks += [.gap, .paragraph(ReportPhrase.incomplete.text(language))] }
    let scenarios = header.scenarioNames
    for scenario in scenarios {
      let place = scenarios.count > 1 ? colon + titles.title(of: scenario) : ""
      let rows = rows(isDifference: false, language) { measure in
        summary.filter { $0.scenario == scenario && $0.measure == measure && $0.dimension.isEmpty }
          .map { .init(point: $0.point, mean: $0.mean, low: $0.low, high: $0.high) }
      }
      blocks += [
        .gap, .heading(SweepPhrase.atPoints.text(language) + place), .gap,
        .table(table.table(of: rows, isDifference: false)),
      ]
    }
    // A single scenario is compared with itself at the base point, which the table above shows.
    for scenario in scenarios where scenarios.count > 1 {
      let differences = contrasts.filter { $0.scenario == scenario && $0.dimension.isEmpty }
      guard !differences.isEmpty else { continue }
      let rows = rows(isDifference: true, language) { measure in
        differences.filter { $0.measure == measure }
          .map { .init(point: $0.point, mean: $0.meanDifference, low: $0.low, high: $0.high) }
      }
      blocks += [
        .gap,
        .heading(SweepPhrase.differences.text(language) + colon + titles.title(of: scenario)),
        .gap, .table(table.table(of: rows, isDifference: true)),
      ]
    }
    return blocks + [.gap, .paragraph(SweepPhrase.allPoints.text(language))]
  }

  private func rows(
    isDifference: Bool, _ language: Language, _ values: (String) -> [SweepTable.Value]
  ) -> [SweepTable.Row] {
    layout.groups.flatMap(\.measures).filter { layout.dimensions[$0]?.contains("") == true }.map {
      SweepTable.Row(
        label: label($0, isDifference, language), scale: scale($0), values: values($0))
    }
  }
}
