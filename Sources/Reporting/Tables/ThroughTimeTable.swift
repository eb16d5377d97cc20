// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// What scenarios change month by month, with pointwise intervals and simultaneous bands.
public struct ThroughTimeTable {
  private let curve: ThroughTime
  private let unit: String
  private let path: String
  /// What a point of a design over factors is called, by its number; empty without factors.
  private let names: [Int: String]

  public init(_ results: ResultsFile, _ curve: ThroughTime) {
    self.curve = curve
    let (factors, scenarios) = (results.header.factors, results.header.scenarioNames)
    names =
      factors.isEmpty
      ? [:]
      : results.header.points.reduce(into: [:]) { names, point in
        let settings = point.settingValues
        let values = factors.compactMap { factor in
          factor.value(in: settings).map { "\(factor.name) = \($0)" }
        }
        let own = scenarios.count > 1 ? [point.scenario] : []
        names[point.id] = "\(point.id): \((own + values).joined(separator: ", "))"
      }
    path = results.path
    let name = curve.request.measure
    unit = results.header.measureCatalogue.first { $0.observes(name) }?.unit(of: name) ?? ""
  }

  /// The method and its level, and of each contrast its instants in order.
  public var json: JSONValue {
    .object([
      ("results", .text(path)), ("measure", .text(curve.request.measure)),
      ("dimension", .text(curve.request.dimension)), ("level", .number(0.95)),
      ("band", .text("bonferroni")), ("contrasts", .list(curve.contrasts.map(json))),
    ])
  }

  private func json(_ contrast: ThroughTime.Contrast) -> JSONValue {
    .object([
      ("point_id", .integer(contrast.point)), ("scenario", .text(contrast.scenario)),
      ("baseline", .text(contrast.baseline)),
      ("baseline_point_id", .integer(contrast.basePoint)),
      ("compared", .integer(contrast.bands.compared)),
      (
        "instants",
        .list(
          zip(curve.members, contrast.bands.instants).map { member, instant in
            .object([
              ("member", .text(member)), ("n", .integer(instant.difference?.n ?? 0)),
              ("mean_difference", .number(instant.difference?.mean)),
              ("ci_low", .number(instant.difference?.low)),
              ("ci_high", .number(instant.difference?.high)),
              ("band_low", .number(instant.bandLow)), ("band_high", .number(instant.bandHigh)),
            ])
          })
      ),
    ])
  }

  public func text(_ language: Language, width: Int) -> String {
    let dimension = MeasureNames.dimensions[curve.request.dimension]
    var table = TextTable(
      labelTitle: dimension?.text(language) ?? curve.request.dimension,
      columns: curve.contrasts.enumerated().flatMap { index, contrast in
        [
          (
            title: names[contrast.point].map { "\($0) − \(contrast.basePoint)" }
              ?? "\(contrast.scenario) − \(contrast.baseline)", group: index
          ),
          (title: ReportPhrase.simultaneousBand.text(language), group: index),
        ]
      })
    for (index, member) in curve.members.enumerated() {
      table.rows.append(
        .cells(
          label: MeasureNames.member(member, of: curve.request.dimension, language), depth: 0,
          curve.contrasts.flatMap { cells($0.bands.instants[index]) }))
    }
    let name = MeasureNames.label(curve.request.measure, unit: unit, language)
    let isShare = unit == "share"
    let shown =
      isShare ? ReportPhrase.percentPoints.text(language) : MeasureNames.unit(unit, language)
    let isBare = shown.isEmpty || MeasureNames.isCount(unit)
    let lines =
      ["\(name)\(isBare ? "" : " (\(shown))")", ""] + table.lines(width: width) + [""]
      + ReportPhrase.bandNote.text(language).wrapped(to: width)
    return lines.joined(separator: "\n") + "\n"
  }

  private func cells(_ instant: TransientBands.Instant) -> [String] {
    guard let difference = instant.difference else { return ["-", "-"] }
    let scale = unit == "share" ? 100.0 : 1
    let decimals = NumberText.decimals(
      mean: scale * difference.mean, low: scale * difference.low, high: scale * difference.high)
    func number(_ value: Double?) -> String {
      value.map { NumberText.text(scale * $0, decimals: decimals, isSigned: true) } ?? "-"
    }
    return [
      "\(number(difference.mean)) [\(number(difference.low)), \(number(difference.high))]",
      instant.bandLow == nil
        ? "-" : "[\(number(instant.bandLow)), \(number(instant.bandHigh))]",
    ]
  }
}
