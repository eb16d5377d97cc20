// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// The texts of one claim, in its own unit.
struct ScorecardCells {
  let row: Scorecard.Row
  let language: Language
  /// Assumptions that are told of each claim.
  static let mostMovers = 3

  private func word(_ phrase: Phrase) -> String { phrase.text(language) }
  private var isChinese: Bool { language == .chinese }

  var subject: String { isChinese ? row.claim.subjectChinese : row.claim.subject }
  var place: String { isChinese ? row.claim.placeChinese : row.claim.place }
  var reason: String { isChinese ? row.claim.reasonChinese : row.claim.reason }

  /// Identifier, subject and year.
  var title: String {
    let year =
      row.claim.year.isEmpty ? "" : isChinese ? "（\(row.claim.year)）" : " (\(row.claim.year))"
    return "\(row.claim.id) \(subject)\(year)"
  }

  var verdict: String { row.verdict.map { word(ScorecardPhrase.verdict($0)) } ?? "" }

  /// What becomes of a value: a sign, and the word for its unit.
  private var isSigned: Bool { row.test.map { $0.question.comparison != .level } ?? false }

  private var unit: String {
    guard let test = row.test else { return "" }
    switch test.question.comparison {
    case .relativeChange: return " %"
    case .change, .direction:
      if test.unit == "share" { return " " + ReportPhrase.percentPoints.text(language) }
    case .level: if test.unit == "share" { return " %" }
    }
    if MeasureNames.isCount(test.unit) { return "" }
    return " " + MeasureNames.unit(test.unit, language)
  }

  /// As written, beside what is predicted in its unit.
  var observed: String {
    guard let observed = row.test?.observed ?? row.claim.observed else { return value }
    switch observed {
    case .direction(let direction): return word(ScorecardPhrase.direction(direction))
    case .number(let number, _, let bound):
      guard row.test != nil else { return value }
      let sign = bound == .atLeast ? "≥ " : bound == .atMost ? "≤ " : ""
      // Its own digits: a claim is as exact as it is written.
      let digits = row.claim.value.split(separator: ".").dropFirst().first?.count ?? 0
      return sign + NumberText.text(number, decimals: digits, isSigned: isSigned) + unit
    }
  }

  /// The value as written, with its unit, in the reader's words.
  var value: String {
    ClaimWords.value(row.claim.value, unit: row.claim.unit, language)
  }

  private func number(_ value: Double, _ decimals: Int) -> String {
    NumberText.text(value, decimals: decimals, isSigned: isSigned)
  }

  /// Every assumption as stated, ± run noise.
  var predicted: String {
    guard let prediction = row.prediction else { return "-" }
    return NumberText.text(
      mean: prediction.stated.value, low: prediction.stated.low, high: prediction.stated.high,
      scale: 1, form: .halfWidth, isSigned: isSigned)
  }

  /// The span over the assumptions, widened by run noise, and its width.
  var span: String {
    guard let prediction = row.prediction else { return "-" }
    let ends = prediction.widened
    let decimals = NumberText.decimals(
      mean: prediction.mean.value, low: ends.lowerBound, high: ends.upperBound)
    let width = NumberText.text(prediction.width, decimals: decimals)
    return "\(number(ends.lowerBound, decimals)) … \(number(ends.upperBound, decimals)) (\(width))"
  }

  /// The scenario, and what it is compared with.
  var scenario: String {
    guard let question = row.claim.question else { return "" }
    return word(ScorecardPhrase.scenario(question.scenario, against: row.test?.baseline))
  }

  /// What is predicted, of which scenarios, and by which experiment.
  var asked: String {
    guard let question = row.claim.question else { return "" }
    return "\(question.measure), \(scenario)"
  }

  /// One of the assumptions that move it most.
  struct Mover {
    var path: String
    /// From the low end of the range to the high one.
    var change: String
    var share: String
    var turning: String
  }

  var movers: [Mover] {
    guard let prediction = row.prediction else { return [] }
    let told = prediction.movers.prefix(Self.mostMovers).map { mover in
      Mover(
        path: mover.path,
        change: NumberText.text(
          mean: mover.slope.value, low: mover.slope.low, high: mover.slope.high, scale: 1,
          form: .halfWidth, isSigned: true),
        share: NumberText.text(100 * mover.share.value, decimals: 0) + " %",
        turning: mover.turning.map(turning) ?? "")
    }
    let others = prediction.candidates.prefix(max(0, Self.mostMovers - told.count)).map {
      Mover(
        path: "? " + $0.path,
        change: "r " + NumberText.text($0.correlation, decimals: 2, isSigned: true),
        share: "", turning: word(ScorecardPhrase.maybeChance))
    }
    return told + others
  }

  private func turning(_ turning: TurningPoint) -> String {
    let stated = word(ScorecardPhrase.stated(turning.stated, count: turning.count))
    return word(ScorecardPhrase.turns(at: turning.text, row.test))
      + (isChinese ? "（\(stated)）" : " (\(stated))")
  }

  /// Why there is nothing to judge, or what a reader must know.
  var remark: String {
    let problem = row.problem.map { word(ScorecardPhrase.problem($0)) } ?? ""
    let parts = [problem, reason].filter { !$0.isEmpty }
    return parts.joined(separator: isChinese ? "；" : "; ")
  }

  /// Where it lives in models.
  var places: String {
    row.claim.places.map(\.description).joined(separator: isChinese ? "；" : "; ")
  }
}
