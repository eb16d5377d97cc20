// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// What a sentence about a measure speaks of: `the primary share of visits`, `outpatient visits at
/// township centres`, `乡镇卫生院门诊人次`.
struct FindingSubject {
  private let series: MeasureSeries
  private let unit: String

  init(_ series: MeasureSeries, unit: String) {
    self.series = series
    self.unit = unit
  }

  func text(_ language: Language) -> String {
    let dimension = series.measure.dimension
    let name = MeasureNames.label(series.measure.measure, unit: unit, language)
    let member =
      series.member.isEmpty ? "" : MeasureNames.member(series.member, of: dimension, language)
    switch language {
    case .chinese:
      if member.isEmpty { return name }
      return dimension == "tier" ? member + name : "\(member)的\(name)"
    case .english:
      // What stands after a comma ends with one: `referrals up, attended, would rise`.
      let subject = Self.withArticle(Self.lowered(name)) + (name.contains(", ") ? "," : "")
      if member.isEmpty { return subject }
      if dimension == "tier" {
        return subject + (series.member == "outside" ? " " : " at ") + member
      }
      return "\(subject) (\(member))"
    }
  }

  /// The text in the middle of a sentence; an abbreviation keeps its capitals.
  static func lowered(_ text: String) -> String {
    let second = text.dropFirst().first
    return second?.isUppercase == true ? text : text.prefix(1).lowercased() + text.dropFirst()
  }

  /// The text at the start of a sentence.
  static func raised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private static let ends = [
    " of ", " for ", " per ", " in ", " to ", " at ", " by ", " that ", " until ", ",", " between ",
    " before ",
  ]
  /// Nouns that stand for one thing and so need an article.
  private static let singular: Set = [
    "share", "wait", "rate", "budget", "balance", "surplus", "value", "pressure", "gain", "time",
    "length", "number", "onset", "window", "queue",
  ]

  private static func withArticle(_ name: String) -> String {
    let head =
      ends.compactMap { name.range(of: $0)?.lowerBound }.min().map { name[..<$0] } ?? name[...]
    let noun = head.split(whereSeparator: { $0 == " " || $0 == "-" }).last.map(String.init) ?? ""
    return singular.contains(noun) ? "the " + name : name
  }
}
