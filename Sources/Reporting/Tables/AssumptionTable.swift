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
          ("low", .number(Self.rounded(assumption.low))),
          ("high", .number(Self.rounded(assumption.high))),
          ("grade", .text(assumption.grade.rawValue)),
          ("note", assumption.note.map { .text($0) } ?? .null),
          ("held", assumption.held.map { .text(AssumptionPhrase.reason($0).english) } ?? .null),
        ])
      })
  }

  /// Without what a product of a value and a factor leaves behind the last digit.
  private static func text(_ end: Double) -> String { String(format: "%.12g", end) }
  private static func rounded(_ end: Double) -> Double { Double(text(end)) ?? end }

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
      let ends = [assumption.low, assumption.high].map(Self.text)
      table.rows.append(
        .cells(
          label: "range." + assumption.path, depth: 0,
          [
            "\(assumption.count)", assumption.text, unit, ends.joined(separator: " … "),
            assumption.grade.rawValue,
            assumption.held.map { AssumptionPhrase.reason($0).text(language) } ?? "",
          ]))
    }
    let moved = assumptions.count { $0.held == nil }
    let note =
      assumptions.contains { $0.count > 1 } ? AssumptionPhrase.columns.text(language) + "\n" : ""
    return table.lines(width: .max).joined(separator: "\n") + "\n\n" + note
      + AssumptionPhrase.count(moved, held: assumptions.count - moved).text(language) + "\n"
  }
}

private enum AssumptionPhrase {
  static let columns = Phrase(
    "Of several numbers moved together, value and range are those of the first.",
    "多个数值一并变动时，取值与范围为其中第一个的。")
  static let numbers = Phrase("numbers", "数值个数")
  static let held = Phrase("held, because", "保持不变的原因")

  /// A fault is told as yilian check tells it, in English.
  static func reason(_ reason: Assumption.Reason) -> Phrase {
    switch reason {
    case .setByScenario(let name): Phrase("scenario \(name) sets it", "由方案 \(name) 设定")
    case .setByCommand: Phrase("the command line sets it", "由命令行设定")
    case .byAuthor: Phrase("held by the author", "由作者固定")
    case .faulty(let isHigh, let fault):
      Phrase(
        "at its \(isHigh ? "high" : "low") end: \(fault)", "取\(isHigh ? "上限" : "下限")时：\(fault)")
    }
  }

  static func count(_ moved: Int, held: Int) -> Phrase {
    Phrase("\(moved) moved, \(held) held", "变动 \(moved) 项，保持不变 \(held) 项")
  }
}
