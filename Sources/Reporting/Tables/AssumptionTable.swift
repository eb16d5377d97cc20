// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles

/// The assumptions of a model: those that an analysis of uncertainty moves, and those that it holds.
public struct AssumptionTable {
  private let assumptions: [Assumption]

  public init(_ assumptions: [Assumption]) { self.assumptions = assumptions }

  public var json: JSONValue {
    .list(
      assumptions.map { assumption in
        .object([
          ("path", .text("range." + assumption.path)), ("numbers", .integer(assumption.count)),
          ("value", .text(assumption.text)), ("unit", .text(assumption.unit)),
          ("low", .number(assumption.low)), ("high", .number(assumption.high)),
          ("grade", .text(assumption.grade.rawValue)),
          ("note", assumption.note.map { .text($0) } ?? .null),
          ("held", assumption.held.map { .text($0) } ?? .null),
        ])
      })
  }

  /// One assumption a line; of a column its first row's numbers.
  public func text(_ language: Language) -> String {
    var table = TextTable(
      labelTitle: ReportPhrase.path.text(language),
      columns: [
        AssumptionPhrase.numbers, ReportPhrase.value.phrase, ReportPhrase.unit.phrase,
        ReportPhrase.range.phrase, ReportPhrase.grade.phrase, AssumptionPhrase.held,
      ].map { (title: $0.text(language), group: 0) }, alignment: .leading)
    for assumption in assumptions {
      let unit = assumption.text.hasSuffix(assumption.unit) ? "" : assumption.unit
      let ends = [assumption.low, assumption.high].map { String(format: "%.12g", $0) }
      table.rows.append(
        .cells(
          label: "range." + assumption.path, depth: 0,
          [
            "\(assumption.count)", assumption.text, unit, ends.joined(separator: " … "),
            assumption.grade.rawValue, assumption.held ?? "",
          ]))
    }
    let moved = assumptions.count { $0.held == nil }
    return table.lines(width: .max).joined(separator: "\n") + "\n\n"
      + AssumptionPhrase.count(moved, held: assumptions.count - moved).text(language) + "\n"
  }
}

private enum AssumptionPhrase {
  static let numbers = Phrase("numbers", "数值个数")
  static let held = Phrase("held, because", "保持不变的原因")

  static func count(_ moved: Int, held: Int) -> Phrase {
    Phrase("\(moved) moved, \(held) held", "变动 \(moved) 项，保持不变 \(held) 项")
  }
}
