// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles

/// In what two models, experiments or results files differ.
public struct DifferenceTable {
  private let comparison: FileComparison
  private let old: String
  private let new: String

  /// - Parameters:
  ///   - old: what the first file is called.
  ///   - new: what the second one is called.
  public init(_ comparison: FileComparison, old: String, new: String) {
    self.comparison = comparison
    self.old = old
    self.new = new
  }

  // MARK: - JSON

  public var json: JSONValue {
    .object([
      ("kind", .text(comparison.kind.rawValue)), ("old", .text(old)), ("new", .text(new)),
      ("equal", .flag(comparison.isEqual)),
      ("keys", .list(comparison.keys.map(Self.json))),
      (
        "replications",
        comparison.replications.map {
          .object([("shared", .integer($0.shared)), ("different", .integer($0.different))])
        } ?? .null
      ),
      ("means", .list(comparison.means.map(Self.json))),
    ])
  }

  private static func json(_ difference: Difference) -> JSONValue {
    .object([
      ("path", .text(difference.path)), ("change", .text(difference.change.rawValue)),
      ("old", difference.old.map { .text($0) } ?? .null),
      ("new", difference.new.map { .text($0) } ?? .null), ("unit", .text(difference.unit)),
      ("old_number", .number(difference.oldNumber)),
      ("new_number", .number(difference.newNumber)),
    ])
  }

  private static func json(_ mean: MeanDifference) -> JSONValue {
    func side(_ row: SummaryRow?) -> JSONValue {
      guard let row else { return .null }
      return .object([
        ("n", .integer(row.n)), ("mean", .number(row.mean)), ("low", .number(row.low)),
        ("high", .number(row.high)),
      ])
    }
    return .object([
      ("scenario", .text(mean.scenario)), ("settings", .text(mean.settings)),
      ("measure", .text(mean.measure)), ("dimension", .text(mean.dimension)),
      ("member", .text(mean.member)), ("old", side(mean.old)), ("new", side(mean.new)),
      ("difference", .number(mean.difference)),
    ])
  }

  // MARK: - Text

  /// One line a key, then a table of the means that are of no dimension.
  public func text(_ language: Language, width: Int) -> String {
    guard !comparison.isEqual else { return DifferencePhrase.nothing.text(language) + "\n" }
    var lines: [String] = []
    if !comparison.keys.isEmpty {
      lines += DifferencePhrase.legend.text(language).wrapped(to: width) + [""]
      lines += comparison.keys.map { Self.line($0) }
    }
    if let replications = comparison.replications {
      if !lines.isEmpty { lines.append("") }
      lines.append(
        DifferencePhrase.replications.text(language)
          + (language == .chinese ? "：" : ": ")
          + "\(replications.different) / \(replications.shared)")
    }
    if !comparison.means.isEmpty { lines += [""] + means(language, width) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `~ path: old → new unit`; what is new begins with +, what is gone with -.
  private static func line(_ difference: Difference) -> String {
    switch difference.change {
    case .added: return "+ \(difference.path): \(difference.new ?? "")"
    case .removed: return "- \(difference.path): \(difference.old ?? "")"
    case .changed:
      var (before, after) = (difference.old ?? "", difference.new ?? "")
      if let old = difference.oldNumber, let new = difference.newNumber {
        (before, after) = (number(old), number(new))
        if !difference.unit.isEmpty { after += " " + difference.unit }
      }
      return "~ \(difference.path): \(before) → \(after)"
    }
  }

  /// Twelve digits: a number that was converted has no more that mean anything.
  private static func number(_ value: Double) -> String { String(format: "%.12g", value) }

  private func means(_ language: Language, _ width: Int) -> [String] {
    let shown = comparison.means.filter { $0.dimension.isEmpty }
    var table = TextTable(
      labelTitle: ReportPhrase.measure.text(language),
      columns: [DifferencePhrase.first, .second, .difference].map { ($0.text(language), 0) })
    var heading = ""
    for mean in shown {
      let title = mean.scenario + mean.settings
      if title != heading {
        heading = title
        table.rows.append(.heading(title))
      }
      table.rows.append(
        .cells(label: mean.measure, depth: 1, Self.cells(mean, language)))
    }
    var lines = shown.isEmpty ? [] : table.lines(width: width)
    let rest = comparison.means.count - shown.count
    if rest > 0 {
      lines += [""] + "\(rest) \(DifferencePhrase.byDimension.text(language))".wrapped(to: width)
    }
    return lines
  }

  private static func cells(_ mean: MeanDifference, _ language: Language) -> [String] {
    func side(_ row: SummaryRow?) -> String {
      guard let row else { return DifferencePhrase.onlyThere.text(language) }
      return NumberText.text(mean: row.mean, low: row.low, high: row.high, scale: 1)
    }
    let difference = mean.difference.map {
      NumberText.text(
        $0, decimals: NumberText.decimals(mean: $0, low: nil, high: nil), isSigned: true)
    }
    return [side(mean.old), side(mean.new), difference ?? ""]
  }
}
