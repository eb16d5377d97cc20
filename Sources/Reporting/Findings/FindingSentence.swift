// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
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
        2, max(0, NumberText.decimals(mean: mean * 100, low: low * 100, high: high * 100) - 1))
      return FindingPhrase.fromTo(
        NumberText.text(baselineMean * 100, decimals: decimals),
        NumberText.text(scenarioMean * 100, decimals: decimals), baselineTitle)
    }
    guard baselineMean > 0 else { return nil }
    let (part, ends) = (100 * abs(mean) / baselineMean, (100 / baselineMean * (high - low)) / 2)
    // One digit fewer than the interval bears: what it is a part of has an error, too.
    let decimals = min(
      2, max(0, NumberText.decimals(mean: part, low: part - ends, high: part + ends) - 1))
    let base = FindingValues(mean: baselineMean, low: nil, high: nil, unit: unit, language)
    return FindingPhrase.part(
      NumberText.text(part, decimals: decimals), base.level(like: high - low), baselineTitle)
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

  /// A level, with as many decimals as a difference of such a width is told with.
  func level(like width: Double) -> String {
    let own = QuantityText(unit: unit, largest: mean, isDifference: false, language)
    let half = width / 2 * own.scale
    return own.text(
      mean, decimals: min(2, max(0, NumberText.decimals(mean: 0, low: -half, high: half) - 1)))
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
