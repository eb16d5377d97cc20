// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import SensitivityAnalysis

/// A finding in sentences that a person would write, none of which claims more than its interval.
extension Finding {
  /// - Parameter baselineTitle: What a reader calls the baseline.
  public func sentences(_ language: Language, baselineTitle: String) -> String {
    var parts: [String] = []
    if case .unknown = verdict, assumptions != nil {
      // Nothing but the draws was read.
    } else {
      parts.append(ownSentence(language, baselineTitle))
    }
    if let assumptions { parts.append(assumptions.sentence(language, unit: unit)) }
    return parts.joined(separator: language == .english ? " " : "")
  }

  private func ownSentence(_ language: Language, _ baselineTitle: String) -> String {
    let subject = FindingSubject(series, unit: unit).text(language)
    let values = FindingValues(mean: mean, low: low, high: high, unit: unit, language)
    let phrase: Phrase
    switch verdict {
    case .up, .down:
      phrase = FindingPhrase.direction(
        isUp: verdict == .up, subject, values.size, values.sizeInterval,
        share(language, baselineTitle))
    case .none:
      phrase = FindingPhrase.none(
        subject, bound: values.plain(matters ?? 0), values.signed, values.signedInterval)
    case .same: phrase = FindingPhrase.same(subject, replications)
    case .unclear(let more):
      phrase = FindingPhrase.unclear(
        subject, values.signed, values.signedInterval, more: more,
        most: NumberText.text(Double(EffectVerdict.mostReplications), decimals: 0))
    case .notAmongMany(let count):
      phrase = FindingPhrase.notAmongMany(subject, values.signed, values.signedInterval, count)
    case .unknown: phrase = FindingPhrase.unknown(subject, values.signed)
    case .formDependent(let cost, let share):
      phrase = FindingPhrase.formDependent(subject, cost: cost, share: share)
    }
    return phrase.text(language)
  }

  /// What part of the baseline the difference is, or from where to where a share moves.
  private func share(_ language: Language, _ baselineTitle: String) -> Phrase? {
    guard let baselineMean, let low, let high else { return nil }
    if unit == "share" {
      guard let scenarioMean else { return nil }
      let decimals = min(
        2, max(0, NumberText.toldDecimals(mean: mean * 100, low: low * 100, high: high * 100)))
      return FindingPhrase.fromTo(
        NumberText.text(baselineMean * 100, decimals: decimals),
        NumberText.text(scenarioMean * 100, decimals: decimals), baselineTitle)
    }
    guard baselineMean > 0 else { return nil }
    let part = 100 * abs(mean) / baselineMean
    let ends = [low, high].map { 100 * abs($0) / baselineMean }.sorted()
    // One digit fewer than the interval bears: what it is a part of has an error, too.
    let decimals = min(
      2, NumberText.toldDecimals(mean: part, low: ends[0], high: ends[1]),
      NumberText.decimals(mean: part, low: ends[0], high: ends[1]) - 1)
    let values = FindingValues(mean: mean, low: low, high: high, unit: unit, language)
    return FindingPhrase.part(
      NumberText.text(part, decimals: max(0, decimals)), values.level(baselineMean), baselineTitle)
  }
}

/// The numbers of a finding as its sentence has them.
struct FindingValues {
  private let mean: Double
  private let low: Double?
  private let high: Double?
  private let unit: String
  private let language: Language
  private let quantity: QuantityText
  private let decimals: Int

  init(mean: Double, low: Double?, high: Double?, unit: String, _ language: Language) {
    (self.mean, self.low, self.high, self.unit, self.language) = (mean, low, high, unit, language)
    let largest = [mean, low ?? 0, high ?? 0].map { abs($0) }.max() ?? 0
    quantity = QuantityText(unit: unit, largest: largest, isDifference: true, language)
    decimals = quantity.decimals(mean, low, high)
  }

  /// Without its sign.
  var size: String { quantity.text(abs(mean), decimals: decimals) }
  var signed: String { quantity.text(mean, decimals: decimals, isSigned: true) }

  /// The ends of the interval of a size, which do not differ in sign, the smaller first.
  var sizeInterval: Phrase? {
    guard let low, let high else { return nil }
    let ends = [abs(low), abs(high)].sorted().map { quantity.number($0, decimals: decimals) }
    return FindingPhrase.interval(ends[0], ends[1])
  }

  var signedInterval: Phrase? {
    guard let low, let high else { return nil }
    return FindingPhrase.interval(
      quantity.number(low, decimals: decimals, isSigned: true),
      quantity.number(high, decimals: decimals, isSigned: true))
  }

  func plain(_ value: Double) -> String {
    let own = QuantityText(unit: unit, largest: value, isDifference: true, language)
    return own.text(
      value,
      decimals: max(0, NumberText.decimals(mean: value * own.scale, low: nil, high: nil) - 1))
  }

  /// A level that the difference starts from, with a digit fewer than the difference: it has an error, too.
  func level(_ value: Double) -> String {
    let own = QuantityText(unit: unit, largest: value, isDifference: false, language)
    // What is small beside the difference is not rounded away.
    let fewest = 1 - Int(log10(value * own.scale).rounded(.down))
    return own.text(value, decimals: min(2, max(fewest, own.decimals(mean, low, high) - 1)))
  }
}

extension AssumptionFinding {
  private static let mostNamed = 3

  func sentence(_ language: Language, unit: String) -> String {
    let subject = FindingSubject(row.series, unit: unit).text(language)
    let effect = FindingValues(
      mean: row.effect.value, low: row.effect.low, high: row.effect.high, unit: unit, language)
    let span = FindingValues(
      mean: row.effect.value, low: row.span.low, high: row.span.high, unit: unit, language)
    let scope = FindingPhrase.scope(draws: draws, assumptions: assumptions)
    let phrase: Phrase
    switch row.verdict {
    case .robustUp, .robustDown:
      let isUp = row.verdict == .robustUp
      phrase = FindingPhrase.robust(
        scope, isUp: isUp, subject, effect.size, effect.sizeInterval, span.signedInterval)
    case .none:
      phrase = FindingPhrase.robustNone(
        scope, subject, bound: row.matters.map(effect.plain), effect.signed, effect.signedInterval)
    case .undetermined:
      let flipping = row.movers.filter(\.flips).map(\.path)
      let moving = row.movers.map(\.path)
      phrase = FindingPhrase.undetermined(
        scope, subject, span.signedInterval, flips: Array(flipping.prefix(Self.mostNamed)),
        moves: Array(moving.prefix(Self.mostNamed)))
    case .unclear(let more):
      phrase = FindingPhrase.unclearOverDraws(
        scope, subject, effect.signed, effect.signedInterval, more: more)
    case .formDependent:
      phrase = FindingPhrase.formsOverDraws(
        scope, subject, row.forms.map { ($0.form, FindingPhrase.badge($0.verdict)) })
    }
    return phrase.text(language)
  }
}
