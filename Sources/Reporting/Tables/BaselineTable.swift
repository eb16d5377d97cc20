// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// The baseline scenario beside what is known of the region: what was fitted apart from what was not.
struct BaselineTable {
  let targets: [BaselineTarget]
  let units: [String: String]
  /// The baseline's row of a measure, dimension and member.
  let simulated: (BaselineTarget) -> SummaryRow?

  func table(_ language: Language) -> TextTable {
    var table = TextTable(
      labelTitle: ReportPhrase.measure.text(language),
      columns: [
        (ReportPhrase.known.text(language), 0), (ReportPhrase.simulated.text(language), 0),
        (ReportPhrase.verdict.text(language), 0),
      ])
    for (use, title) in [
      (BaselineTarget.Use.fitted, ReportPhrase.fitted), (.implied, .implied),
      (.checked, .checked),
    ] {
      let rows = targets.filter { $0.use == use }
      guard !rows.isEmpty else { continue }
      table.rows.append(.heading(title.text(language)))
      for target in rows { table.rows.append(row(target, language)) }
    }
    return table
  }

  private func row(_ target: BaselineTarget, _ language: Language) -> TextTable.Row {
    let unit = units[target.measure] ?? ""
    let scale = unit == "share" ? 100.0 : 1
    func number(_ value: Double) -> String {
      // A file's 0.07 is 7 per cent, whatever binary fractions make of it.
      let scaled = (value * scale * 1e6).rounded() / 1e6
      return NumberText.text(
        scaled, decimals: NumberText.decimals(mean: scaled, low: nil, high: nil))
    }
    var label = MeasureNames.label(target.measure, unit: unit, language)
    if unit == "share" { label += " (%)" }
    if !target.member.isEmpty {
      label += ", " + MeasureNames.member(target.member, of: target.dimension, language)
    }
    let row = simulated(target)
    let mean = row?.mean
    let verdict: String
    switch mean {
    case nil: verdict = "-"
    case let mean? where mean < target.low: verdict = ReportPhrase.below.text(language)
    case let mean? where mean > target.high: verdict = ReportPhrase.above.text(language)
    default: verdict = ReportPhrase.within.text(language)
    }
    return .cells(
      label: label, depth: 1,
      [
        "\(number(target.value)) (\(number(target.low))–\(number(target.high)))",
        row.map {
          NumberText.text(
            mean: $0.mean, low: $0.low, high: $0.high, scale: scale, form: .halfWidth)
        } ?? "-", verdict,
      ])
  }
}
