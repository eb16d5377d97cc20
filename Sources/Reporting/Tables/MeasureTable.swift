// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// What can be measured, by kind of model.
public enum MeasureTable {
  /// Measures by kind of model, and the language of networks.
  public static var json: JSONValue {
    .object(
      ExperimentPlan.ModelKind.allCases.map { kind in
        (kind.rawValue, .list(MeasureCatalogue.measures(of: kind).map(json)))
      } + [("language", LanguageText.json)])
  }

  private static func json(_ measure: MeasureDefinition) -> JSONValue {
    let statistics = measure.statistics + measure.families.map(\.rawValue)
    return .object([
      ("name", .text(measure.name)), ("unit", .text(measure.unit)),
      ("formula", .text(measure.formula)), ("window", .text(measure.window)),
      ("dimensions", .list(measure.dimensions.map { .text($0) })),
      ("statistics", .list(statistics.map { .text($0) })),
    ])
  }

  public static func text(_ language: Language, width: Int) -> String {
    var lines: [String] = []
    for kind in ExperimentPlan.ModelKind.allCases {
      let measures = MeasureCatalogue.measures(of: kind)
      guard !measures.isEmpty else { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(ReportPhrase.title(of: kind).text(language))
      for measure in measures {
        let label = MeasureNames.label(measure.name, unit: measure.unit, language)
        let unit = MeasureNames.unit(measure.unit, language)
        lines.append("")
        lines.append("\(measure.name)  (\(unit))  \(label)")
        let dimensions = measure.dimensions.map {
          $0.isEmpty ? ReportPhrase.whole.text(language) : $0
        }
        lines += indented(MeasureFormulas.formula(measure, of: kind, language), width)
        let window = MeasureFormulas.window(measure, language)
        lines += indented("\(ReportPhrase.window.text(language)): \(window)", width)
        lines += indented(
          "\(ReportPhrase.dimensions.text(language)): \(dimensions.joined(separator: ", "))",
          width)
        let statistics =
          measure.observedNames.dropFirst()
          + measure.families.map { "\(measure.name)-\($0.rawValue)" }
        if !statistics.isEmpty {
          let names = statistics.joined(separator: ", ")
          lines += indented("\(ReportPhrase.statistics.text(language)): \(names)", width)
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func indented(_ text: String, _ width: Int) -> [String] {
    text.wrapped(to: max(20, width - 4)).map { "    " + $0 }
  }
}
