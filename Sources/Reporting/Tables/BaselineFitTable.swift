// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import PatientFlow

/// What a fit of a region's baseline reached, target by target, and the values that did.
public struct BaselineFitTable {
  private let reached: [BaselineFit.Reached]
  private let values: [(path: String, value: Double)]
  private let units: [String: String]

  public init(_ reached: [BaselineFit.Reached], _ fit: BaselineFit) {
    self.reached = reached
    values = fit.values + fit.logsums
    units = Dictionary(
      RegionMeasures.catalogue.map { ($0.name, $0.unit) }, uniquingKeysWith: { first, _ in first })
  }

  public var json: JSONValue {
    .object([
      (
        "targets",
        .list(
          reached.map {
            .object([
              ("measure", .text($0.target.measure)), ("tier", .text($0.target.member)),
              ("target", .number($0.target.value)), ("result", .number($0.result)),
              ("met", .flag($0.isMet)),
            ])
          })
      ),
      ("values", .object(values.map { ($0.path, .number($0.value)) })),
    ])
  }

  public func text(_ language: Language, width: Int) -> String {
    var targets = TextTable(
      labelTitle: ReportPhrase.measure.text(language),
      columns: [
        (BaselineFitPhrase.target.text(language), 0),
        (ReportPhrase.simulated.text(language), 0),
        (ReportPhrase.verdict.text(language), 0),
      ])
    for row in reached {
      let unit = units[row.target.measure] ?? ""
      let scale = unit == "share" ? 100.0 : 1
      var label = MeasureNames.label(row.target.measure, unit: unit, language)
      if unit == "share" { label += " (%)" }
      if !row.target.member.isEmpty {
        label += ", " + MeasureNames.member(row.target.member, of: row.target.dimension, language)
      }
      targets.rows.append(
        .cells(
          label: label, depth: 0,
          [
            NumberText.text(scale * row.target.value, decimals: 2),
            NumberText.text(scale * row.result, decimals: 2),
            (row.isMet ? BaselineFitPhrase.met : BaselineFitPhrase.missed).text(language),
          ]))
    }
    var fitted = TextTable(
      labelTitle: BaselineFitPhrase.path.text(language),
      columns: [(BaselineFitPhrase.value.text(language), 0)])
    fitted.rows = values.map {
      .cells(label: $0.path, depth: 0, [NumberText.text($0.value, decimals: 3)])
    }
    return (targets.lines(width: width) + [""] + fitted.lines(width: width))
      .joined(separator: "\n")
  }
}

/// The words of fitting a baseline.
enum BaselineFitPhrase {
  static let target = Phrase("target", "目标值")
  static let met = Phrase("met", "达到")
  static let missed = Phrase("not met", "未达到")
  static let path = Phrase("Fitted value", "拟合值")
  static let value = Phrase("value", "数值")
}
