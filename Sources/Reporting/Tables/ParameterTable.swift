// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles

/// Every value of a model with where it comes from.
public struct ParameterTable {
  private let leaves: [ModelLeaf]

  public init(_ leaves: [ModelLeaf]) { self.leaves = leaves }

  public var json: JSONValue {
    .list(
      leaves.map { leaf in
        .object([
          ("path", .text(leaf.path)), ("value", .text(leaf.text)),
          ("number", .number(leaf.number)), ("unit", .text(leaf.unit)),
          ("low", .number(leaf.provenance.range?.lowerBound)),
          ("high", .number(leaf.provenance.range?.upperBound)),
          ("evidence", leaf.provenance.evidence.map { .text($0.rawValue) } ?? .null),
          ("grade", leaf.provenance.grade.map { .text($0.rawValue) } ?? .null),
          ("source", .text(leaf.provenance.sourceText)),
          ("note", leaf.provenance.note.map { .text($0) } ?? .null),
          ("file", .text(leaf.place.file)), ("line", .integer(leaf.place.line)),
        ])
      })
  }

  /// Twelve digits: a range made from a factor has no more that mean anything.
  private static func text(_ value: Double) -> String { String(format: "%.12g", value) }

  /// One value a line, in columns as wide as they need.
  public func text(_ language: Language) -> String {
    var table = TextTable(
      labelTitle: ReportPhrase.path.text(language),
      columns: [
        ReportPhrase.value, ReportPhrase.unit, ReportPhrase.range, ReportPhrase.evidence,
        ReportPhrase.grade, ReportPhrase.source,
      ].map { (title: $0.text(language), group: 0) }, alignment: .leading)
    for leaf in leaves {
      let provenance = leaf.provenance
      let unit = leaf.text.hasSuffix(leaf.unit) ? "" : leaf.unit
      let range =
        provenance.range.map { Self.text($0.lowerBound) + " … " + Self.text($0.upperBound) } ?? ""
      table.rows.append(
        .cells(
          label: leaf.path, depth: 0,
          [
            leaf.text, unit, range, provenance.evidence?.rawValue ?? "",
            provenance.grade?.rawValue ?? "", provenance.sourceText,
          ]))
    }
    return table.lines(width: .max).joined(separator: "\n") + "\n"
  }
}
