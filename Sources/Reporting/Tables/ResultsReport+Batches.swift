// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// Whether the batches of a run were long enough, in words.
extension ResultsReport {
  static func json(_ row: BatchCorrelationRow) -> JSONValue {
    .object([
      ("point_id", .integer(row.point)), ("scenario", .text(row.scenario)),
      ("measure", .text(row.measure)), ("n", .integer(row.correlation.count)),
      ("lag_1", .number(row.correlation.lagOne)),
      ("limit", .number(row.correlation.limit(alpha: ResultsFile.batchAlphaOfEach))),
      (
        "too_short", .flag(row.correlation.isPositive(alpha: ResultsFile.batchAlphaOfEach))
      ),
    ])
  }

  func batchLines(_ language: Language, width: Int) -> [String] {
    guard header.isBatched else { return [] }
    guard let first = correlations.first else {
      return header.replications < BatchCorrelation.fewest
        ? ["", ReportPhrase.tooFewBatches.text(language)] : []
    }
    let (colon, comma, open) = language == .english ? (": ", ", ", " ") : ("：", "，", "")
    let (close, stop) = language == .english ? (")", ".") : ("）", "。")
    func name(_ row: BatchCorrelationRow) -> String {
      MeasureNames.label(row.measure, unit: units[row.measure] ?? "", language)
    }
    let limit = first.correlation.limit(alpha: ResultsFile.batchAlphaOfEach)
    var lines = [
      "",
      ReportPhrase.batchesAlike.text(language) + open + NumberText.text(limit, decimals: 2) + close,
    ]
    let scenarios = header.points.filter { point in correlations.contains { $0.point == point.id } }
    for point in scenarios {
      let values = correlations.filter { $0.point == point.id }.map {
        "\(name($0)) \(NumberText.text($0.correlation.lagOne, decimals: 2))"
      }
      lines += "\(point.scenario)\(colon)\(values.joined(separator: comma))".wrapped(to: width)
    }
    let short = correlations.filter {
      $0.correlation.isPositive(alpha: ResultsFile.batchAlphaOfEach)
    }
    if !short.isEmpty {
      let places = short.map { scenarios.count > 1 ? "\($0.scenario): \(name($0))" : name($0) }
      lines +=
        (ReportPhrase.batchesTooShort.text(language) + open + places.joined(separator: comma)
        + stop).wrapped(to: width)
    }
    return lines
  }
}
