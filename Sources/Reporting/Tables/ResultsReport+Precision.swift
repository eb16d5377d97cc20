// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// How near a run to precision came to what was asked of it.
extension ResultsReport {
  static func json(_ achieved: PrecisionAchieved) -> JSONValue {
    .object([
      ("reached", .flag(achieved.required != nil)),
      ("replications", .integer(achieved.replications)),
      ("required", achieved.required.map { .integer($0) } ?? .null),
      ("targets", .list(achieved.rows.map(json))),
    ])
  }

  private static func json(_ row: PrecisionAchieved.Row) -> JSONValue {
    let asked: (String, JSONValue) =
      switch row.request.target.halfWidth {
      case .relative(let share): ("asked_relative", .number(share))
      case .absolute(let width): ("asked_absolute", .number(width))
      }
    return .object([
      ("point_id", .integer(row.point)), ("scenario", .text(row.scenario)),
      ("measure", .text(row.request.measure.measure)),
      ("dimension", .text(row.request.measure.dimension)),
      ("member", .text(row.request.member)), asked,
      ("mean", .number(row.outcome.achieved?.mean)),
      ("half_width", .number(row.outcome.achieved?.halfWidth)),
      ("relative_half_width", .number(row.outcome.achievedRelativeHalfWidth)),
      ("required", row.outcome.requiredReplications.map { .integer($0) } ?? .null),
      ("projected", row.outcome.projectedReplications.map { .integer($0) } ?? .null),
    ])
  }

  /// For each request, the scenario that needed most.
  func precisionLines(_ language: Language, width: Int) -> [String] {
    guard let precision else { return [] }
    var table = TextTable(
      labelTitle: ReportPhrase.precisionTitle.text(language),
      columns: [ReportPhrase.asked, .achieved, .requiredReplications].map {
        (title: $0.text(language), group: 0)
      })
    for request in precision.rows.map(\.request).reduce(into: [PrecisionRequest](), appendOnce) {
      let rows = precision.rows.filter { $0.request == request }
      guard let worst = rows.max(by: { Self.need($0) < Self.need($1) }) else { continue }
      let unit = units[request.measure.measure] ?? ""
      var label = MeasureNames.label(request.measure.measure, unit: unit, language)
      if !request.member.isEmpty {
        label += ", " + MeasureNames.member(request.member, of: request.measure.dimension, language)
      }
      if rows.count > 1 { label += ": " + worst.scenario }
      table.rows.append(
        .cells(
          label: label, depth: 0,
          [
            Self.asked(request, unit, language), Self.achieved(worst, unit, language),
            worst.outcome.requiredReplications.map { "\($0)" } ?? "-",
          ]))
    }
    let verdict =
      precision.required.map {
        ReportPhrase.precisionReached.text(language) + (language == .english ? " " : "") + "\($0)"
      } ?? ReportPhrase.precisionMissed.text(language)
    return [""] + table.lines(width: width) + verdict.wrapped(to: width)
  }

  private func appendOnce(_ list: inout [PrecisionRequest], _ request: PrecisionRequest) {
    if !list.contains(request) { list.append(request) }
  }

  /// Replications that a row needed, or would need.
  private static func need(_ row: PrecisionAchieved.Row) -> Int {
    row.outcome.requiredReplications ?? row.outcome.projectedReplications ?? .max
  }

  private static func asked(
    _ request: PrecisionRequest, _ unit: String, _ language: Language
  ) -> String {
    switch request.target.halfWidth {
    case .relative(let share): "± " + short(100 * share) + " %"
    case .absolute(let width): "± " + absolute(width, unit, language)
    }
  }

  private static func achieved(
    _ row: PrecisionAchieved.Row, _ unit: String, _ language: Language
  ) -> String {
    guard let interval = row.outcome.achieved else { return "-" }
    switch row.request.target.halfWidth {
    case .relative:
      return row.outcome.achievedRelativeHalfWidth.map {
        "± " + NumberText.text(100 * $0, decimals: 2) + " %"
      } ?? "-"
    case .absolute: return "± " + absolute(interval.halfWidth, unit, language)
    }
  }

  /// In the measure's unit; shares in points of per cent, which no reader takes for a share of the mean.
  private static func absolute(_ width: Double, _ unit: String, _ language: Language) -> String {
    unit == "share"
      ? short(100 * width) + " " + ReportPhrase.percentPoints.text(language) : short(width)
  }

  /// As a person wrote it, or three digits of a computed number.
  private static func short(_ value: Double) -> String {
    let rounded = (value * 1e9).rounded() / 1e9
    return NumberText.text(
      rounded, decimals: max(0, NumberText.decimals(mean: rounded, low: nil, high: nil) - 1))
  }
}
