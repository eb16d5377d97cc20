// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// The levers there are, with their keys.
public enum LeverTable {
  public static func json(_ levers: [LeverDescription]) -> JSONValue {
    .list(
      levers.map { lever in
        .object([
          ("name", .text(lever.name)), ("title", json(lever.title)),
          ("mechanism", json(lever.mechanism)),
          ("claims", .list(lever.claims.map { .text($0) })),
          ("evidence", .object([("grade", .text(lever.grade)), ("basis", json(lever.basis))])),
          ("keys", .list(lever.keys.map(json))),
        ])
      })
  }

  private static func json(_ text: LeverDescription.Text) -> JSONValue {
    .object([("en", .text(text.english)), ("zh", .text(text.chinese))])
  }

  private static func json(_ key: LeverDescription.Key) -> JSONValue {
    .object([
      ("name", .text(key.name)), ("kind", json(key.kind)), ("unit", .text(key.unit)),
      ("lowest", .number(key.range?.lowerBound)), ("highest", .number(key.range?.upperBound)),
      ("optional", .flag(key.isOptional)), ("meaning", json(key.meaning)),
    ])
  }

  /// A paragraph a lever: its name and title, how it acts, its keys, the claims it serves.
  public static func text(
    _ levers: [LeverDescription], _ language: Language, width: Int
  ) -> String {
    levers.map { paragraph($0, language, width) }.joined(separator: "\n")
  }

  private static func paragraph(
    _ lever: LeverDescription, _ language: Language, _ width: Int
  ) -> String {
    var lines = [lever.name + (language == .chinese ? "  \(lever.title.chinese)" : "")]
    lines += indented(text(lever.mechanism, language), by: 2, width)
    for key in lever.keys {
      lines += hanging("\(key.name): \(described(key, language))", width)
    }
    if !lever.grade.isEmpty {
      let (colon, basis) = (language == .chinese ? "：" : ": ", text(lever.basis, language))
      lines += indented(
        "\(ReportPhrase.evidenceGrade.text(language)) \(lever.grade)\(colon)\(basis)", by: 2, width)
    }
    if !lever.claims.isEmpty {
      let claims = lever.claims.joined(separator: ", ")
      lines += indented(
        "\(ReportPhrase.claimsServed.text(language)): \(claims)", by: 2, width)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func described(_ key: LeverDescription.Key, _ language: Language) -> String {
    var kind = text(key.kind, language)
    if let range = key.range {
      let unit = key.unit.isEmpty ? "" : " \(key.unit)"
      kind = "\(number(range.lowerBound)) … \(number(range.upperBound))\(unit)"
    }
    if key.isOptional { kind += ", \(ReportPhrase.optional.text(language))" }
    let (open, close) = language == .chinese ? ("（", "）") : (" (", ")")
    return text(key.meaning, language) + open + kind + close
  }

  private static func text(_ text: LeverDescription.Text, _ language: Language) -> String {
    language == .chinese ? text.chinese : text.english
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private static func indented(_ text: String, by depth: Int, _ width: Int) -> [String] {
    let margin = String(repeating: " ", count: depth)
    return text.wrapped(to: max(20, width - depth)).map { margin + $0 }
  }

  /// The first line by four columns, those that follow by eight.
  private static func hanging(_ text: String, _ width: Int) -> [String] {
    text.wrapped(to: max(20, width - 8)).enumerated().map { index, line in
      (index == 0 ? "    " : "        ") + line
    }
  }
}
