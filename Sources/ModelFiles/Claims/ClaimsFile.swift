// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Reads the claims of one model, `claims.csv` in its folder, into checked rows.
struct ClaimsFile {
  static let name = "claims.csv"
  static let columns = [
    "claim", "place", "place_zh", "year", "kind", "subject", "subject_zh", "value", "unit",
    "compared_with", "use", "where", "experiment", "scenario", "measure", "as", "reason",
    "reason_zh",
  ]

  let faults: FaultCollector

  /// - Returns: The rows that are right; every fault is recorded.
  func claims(_ path: String) -> [Claim] {
    guard let text = FileText.read(path, shown: path, faults),
      let table = CSVReading.table(
        of: text, file: path, key: "claim", asker: SourcePlace(file: path), faults)
    else { return [] }
    let head = SourcePlace(file: path, line: table.headerLine)
    let missing = Self.columns.filter { table.column($0) == nil }
    for name in missing {
      faults.record(head, "has no column \(name)", "add it, empty where unused")
    }
    for name in table.columns where !Self.columns.contains(name) {
      faults.record(
        head.appending(name), "is not a column of claims",
        remedy(for: name, among: missing.isEmpty ? Self.columns : missing, kind: "column"))
    }
    guard missing.isEmpty else { return [] }
    return table.rows.compactMap { row in
      ClaimRow(
        cells: Dictionary(
          zip(table.columns, row.cells.map(\.trimmed)), uniquingKeysWith: { first, _ in first }),
        place: SourcePlace(file: path, line: row.line), faults: faults
      ).claim
    }
  }
}

/// One row: what it must have hangs on its use.
private struct ClaimRow {
  let cells: [String: String]
  let place: SourcePlace
  let faults: FaultCollector

  private subscript(_ column: String) -> String { cells[column] ?? "" }

  private func fault(_ column: String, _ problem: String, _ remedy: String) {
    faults.record(place.appending(column), problem, remedy)
  }

  private func word<Word: RawRepresentable & CaseIterable>(_ column: String, _: Word.Type) -> Word?
  where Word.RawValue == String {
    if let word = Word(rawValue: self[column]) { return word }
    let known = Word.allCases.map(\.rawValue)
    let text = self[column]
    fault(
      column, text.isEmpty ? "is empty" : "is \(text.quotedBriefly)",
      (nearestName(to: text, among: known).map { "did you mean \($0)? " } ?? "")
        + "write \(known.joined(separator: ", "))")
    return nil
  }

  private func check(filled columns: [String], _ why: String) {
    for column in columns where self[column].isEmpty { fault(column, "is empty", why) }
  }

  var claim: Claim? {
    let before = faults.count
    check(
      filled: ["place", "place_zh", "subject", "subject_zh"],
      "write it in both languages, in words of your own")
    let kind = word("kind", Claim.Kind.self)
    let use = word("use", Claim.Use.self)
    let places = readPlaces()
    let question = readQuestion()
    if let kind, let use { check(kind, use, places, question) }
    guard faults.count == before, let kind, let use else { return nil }
    return Claim(
      id: self["claim"], place: self["place"], placeChinese: self["place_zh"], year: self["year"],
      kind: kind, subject: self["subject"], subjectChinese: self["subject_zh"],
      value: self["value"],
      unit: self["unit"], comparedWith: self["compared_with"], use: use, places: places,
      question: question, reason: self["reason"], reasonChinese: self["reason_zh"], written: place)
  }

  private func readPlaces() -> [ClaimPlace] {
    do {
      return try ClaimPlace.all(self["where"])
    } catch {
      fault("where", error.problem, error.remedy)
      return []
    }
  }

  private static let ofQuestions = ["experiment", "scenario", "measure", "as"]

  private func readQuestion() -> Claim.Question? {
    guard Self.ofQuestions.contains(where: { !self[$0].isEmpty }) else { return nil }
    let before = faults.count
    check(filled: ["experiment", "scenario", "measure"], "write all of experiment to as, or none")
    let comparison = word("as", Claim.Question.Comparison.self)
    if self["experiment"].contains("/") || self["experiment"].hasSuffix(".yaml") {
      fault(
        "experiment", "is \(self["experiment"].quotedBriefly)", "write the name of the file alone")
    }
    guard faults.count == before, let comparison else { return nil }
    return Claim.Question(
      experiment: self["experiment"], scenario: self["scenario"], measure: self["measure"],
      comparison: comparison)
  }

  private func check(
    _ kind: Claim.Kind, _ use: Claim.Use, _ places: [ClaimPlace], _ question: Claim.Question?
  ) {
    switch use {
    case .placed:
      if self["where"].isEmpty {
        fault("where", "is empty", "write MODEL: PATH, or another use with a reason")
      }
    case .context, .notComparable, .unserved:
      check(filled: ["reason", "reason_zh"], "say why it is \(use.rawValue), in both languages")
    case .scored, .fitted, .target:
      if Self.ofQuestions.allSatisfy({ self[$0].isEmpty }) {
        fault(
          "experiment", "is empty",
          "name the experiment, scenario, measure and as by which it is \(use.rawValue)")
      }
      checkValue(use, question)
    }
    if ![.context, .notComparable, .unserved].contains(use),
      self["reason"].isEmpty != self["reason_zh"].isEmpty
    {
      fault(
        self["reason"].isEmpty ? "reason" : "reason_zh", "is empty", "write it in both languages")
    }
    // An aim that nobody has reached judges nothing.
    if kind == .target, use == .scored || use == .fitted {
      fault("use", "is \(use.rawValue), and it is an aim", "write target")
    } else if kind != .target, use == .target {
      fault("use", "is target, and it is \(withArticle(kind.rawValue))", "write scored or placed")
    }
  }

  /// What results can be held beside.
  private func checkValue(_ use: Claim.Use, _ question: Claim.Question?) {
    guard let question else { return }
    let value = self["value"]
    let isDirection = question.comparison == .direction
    switch ObservedValue(value) {
    case .direction where isDirection: return
    case .number(_, _, let bound) where !isDirection:
      if bound != .exactly, use != .target {
        fault("value", "is \(value.quotedBriefly)", "only aims have a bound; write a plain number")
      }
    default:
      fault(
        "value", value.isEmpty ? "is empty" : "is \(value.quotedBriefly)",
        isDirection
          ? "write up, down or none" : "write a plain number, such as -12, or as: direction")
    }
  }
}
