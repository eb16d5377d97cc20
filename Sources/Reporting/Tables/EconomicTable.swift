// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// What scenarios cost and bring: increments, ratios, net benefit, acceptability and budget impact.
public struct EconomicTable {
  private let evaluation: EconomicEvaluation

  public init(_ evaluation: EconomicEvaluation) { self.evaluation = evaluation }

  private var arms: [EconomicArm] { evaluation.analysis.arms }
  private var baselineName: String { arms[evaluation.baseline].name }

  /// What a reader calls the scenarios, in their order.
  private func names(_ language: Language) -> [String] {
    let titles = ScenarioTitles(arms.map(\.name), evaluation.titles, language)
    return arms.map { titles.title(of: $0.name) }
  }
  private var others: [Int] { arms.indices.filter { $0 != evaluation.baseline } }

  // MARK: - For a reader

  public func text(_ language: Language, width: Int) -> String {
    blocks(language).text(width: width)
  }

  /// - Parameter hasOptions: Whether the reader may ask again with other options, which are named then.
  func blocks(_ language: Language, hasOptions: Bool = true) -> [TextBlock] {
    var blocks: [TextBlock] = [.paragraph(title(language))]
    for table in [
      armTable(language), stepTable(language), benefitTable(language), impactTable(language),
    ] {
      if let table { blocks += [.gap, .table(table)] }
    }
    return blocks + [.gap]
      + EconomicPhrase.notes(evaluation, hasOptions: hasOptions).map {
        .paragraph($0.text(language))
      }
  }

  private func title(_ language: Language) -> String {
    let request = evaluation.request
    var parts = [EconomicPhrase.title.text(language)]
    if request.costs.isEmpty || request.perspective != nil {
      parts.append(EconomicPhrase.perspective(request.perspective ?? .society).text(language))
    }
    parts.append(EconomicPhrase.priceYear(request.priceYear).text(language))
    parts.append(EconomicPhrase.discount(request.discountRate).text(language))
    parts.append("n = \(evaluation.replications)")
    return parts.joined(separator: language == .english ? "; " : "；")
  }

  private func armTable(_ language: Language) -> TextTable? {
    let names = names(language)
    let money = MeasureNames.unit(evaluation.costUnit, language)
    let effect = effectName(language)
    var table = TextTable(
      labelTitle: EconomicPhrase.against(names[evaluation.baseline]).text(language),
      columns: [
        ("\(EconomicPhrase.cost.text(language)) (\(money))", 0),
        (effect, 0), ("Δ \(EconomicPhrase.cost.text(language))", 1),
        ("Δ \(EconomicPhrase.effect.text(language))", 1),
        (EconomicPhrase.ratio.text(language), 2),
      ])
    for (index, arm) in arms.enumerated() {
      var cells = [
        text(ConfidenceInterval(of: arm.costs), arm.meanCost),
        text(shown(ConfidenceInterval(of: arm.effects)), shown(arm.meanEffect)),
      ]
      if let ratio = evaluation.ratios[index] {
        cells += [
          text(ratio.cost, ratio.meanCost, isSigned: true),
          text(ratio.effect, ratio.meanEffect, isSigned: true), text(ratio, language),
        ]
      } else {
        cells += ["", "", ""]
      }
      table.rows.append(.cells(label: names[index], depth: 0, cells))
    }
    return table
  }

  /// Effects are shown as they are measured; only differences count their sign towards the better.
  private func shown(_ value: Double) -> Double {
    evaluation.request.isHigherBetter ? value : 0 - value
  }

  private func shown(_ interval: ConfidenceInterval?) -> ConfidenceInterval? {
    guard let interval, !evaluation.request.isHigherBetter else { return interval }
    return ConfidenceInterval(
      estimate: -interval.estimate, low: -interval.high, high: -interval.low, n: interval.n,
      level: interval.level)
  }

  private func stepTable(_ language: Language) -> TextTable? {
    guard arms.count > 2 else { return nil }
    let names = names(language)
    var table = TextTable(
      labelTitle: EconomicPhrase.frontier.text(language),
      columns: [
        (EconomicPhrase.after.text(language), 0), (EconomicPhrase.ratio.text(language), 0),
      ])
    let analysis = evaluation.analysis
    let off = arms.indices.filter { !analysis.frontier.contains($0) }
    for index in analysis.frontier + off {
      let cells: [String] =
        switch analysis.places[index] {
        case .frontier(let previous):
          [
            previous.map { names[$0] } ?? "-",
            analysis.step(to: index).map { text($0, language) } ?? "-",
          ]
        case .dominated(let other):
          [
            (isEqual(index, other)
              ? EconomicPhrase.equal(names[other])
              : EconomicPhrase.dominated(names[other])).text(language), "-",
          ]
        case .extendedlyDominated: [EconomicPhrase.extendedly.text(language), "-"]
        }
      table.rows.append(.cells(label: names[index], depth: 0, cells))
    }
    return table
  }

  private func isEqual(_ one: Int, _ other: Int) -> Bool {
    arms[one].meanCost == arms[other].meanCost && arms[one].meanEffect == arms[other].meanEffect
  }

  private func benefitTable(_ language: Language) -> TextTable? {
    guard let acceptability = evaluation.acceptability else { return nil }
    let names = names(language)
    var columns: [(title: String, group: Int)] = []
    for index in arms.indices {
      if index != evaluation.baseline {
        columns.append(("Δ \(EconomicPhrase.benefit.text(language)), \(names[index])", index))
      }
      columns.append(("\(EconomicPhrase.best.text(language)), \(names[index]) %", index))
    }
    var table = TextTable(labelTitle: EconomicPhrase.threshold.text(language), columns: columns)
    for (row, threshold) in acceptability.thresholds.enumerated() {
      var cells: [String] = []
      for index in arms.indices {
        if index != evaluation.baseline {
          let contrast = benefit(index, threshold)
          cells.append(text(contrast.interval, contrast.mean, isSigned: true))
        }
        cells.append(NumberText.text(100 * acceptability.probabilities[row][index], decimals: 1))
      }
      table.rows.append(.cells(label: Self.plain(threshold), depth: 0, cells))
    }
    return table
  }

  private func benefit(
    _ arm: Int, _ threshold: Double
  ) -> (mean: Double, interval: ConfidenceInterval?) {
    let differences = zip(
      arms[arm].netBenefits(threshold: threshold),
      arms[evaluation.baseline].netBenefits(threshold: threshold)
    ).map { $0 - $1 }
    return (
      differences.reduce(0, +) / Double(differences.count), ConfidenceInterval(of: differences)
    )
  }

  private func impactTable(_ language: Language) -> TextTable? {
    guard let first = evaluation.impacts.first else { return nil }
    let names = names(language)
    var table = TextTable(
      labelTitle: EconomicPhrase.impact.text(language),
      columns: evaluation.impacts.indices.map { (names[$0], $0) }
        + others.map { ("\(names[$0]) − \(names[evaluation.baseline])", arms.count + $0) })
    for year in first.means.indices {
      let cells =
        evaluation.impacts.map { text($0.totals[year], $0.means[year]) }
        + others.map { index in
          let difference = evaluation.impacts[index].differences[year]
          return text(difference.interval, difference.mean, isSigned: true)
        }
      table.rows.append(
        .cells(
          label: EconomicPhrase.year(year + 1, months: evaluation.monthsOfYear(year)).text(
            language),
          depth: 0, cells))
    }
    return table
  }

  private func effectName(_ language: Language) -> String {
    let series = evaluation.request.effect
    let name = MeasureNames.label(
      series.measure.measure, unit: evaluation.effectUnit, language)
    let member =
      series.member.isEmpty
      ? "" : ", " + MeasureNames.member(series.member, of: series.measure.dimension, language)
    let unit =
      evaluation.effectUnit == "share" ? "%" : MeasureNames.unit(evaluation.effectUnit, language)
    return "\(name)\(member) (\(unit))"
  }

  private func text(
    _ interval: ConfidenceInterval?, _ mean: Double, isSigned: Bool = false
  ) -> String {
    NumberText.text(
      mean: mean, low: interval?.low, high: interval?.high, scale: 1, form: .halfWidth,
      isSigned: isSigned)
  }

  private func text(_ ratio: IncrementalRatio, _ language: Language) -> String {
    if let dominance = ratio.dominance {
      let word =
        dominance == .dominates ? EconomicPhrase.dominates : EconomicPhrase.isDominated
      return word.text(language)
        + (isClear(ratio) ? "" : EconomicPhrase.notClearly.text(language))
    }
    guard let mean = ratio.ratio else { return EconomicPhrase.noEffect.text(language) }
    let value =
      ratio.meanEffect < 0
      ? EconomicPhrase.saves(number(mean)).text(language) : number(mean)
    return switch ratio.interval {
    case .between(let low, let high)?: "\(value) [\(number(low)), \(number(high))]"
    case .outside(let low, let high)?:
      "\(value) " + EconomicPhrase.outside(number(low), number(high)).text(language)
    case .everything?: "\(value) " + EconomicPhrase.everything.text(language)
    case nil: value
    }
  }

  /// Whether neither difference may be of the other sign.
  private func isClear(_ ratio: IncrementalRatio) -> Bool {
    guard let cost = ratio.cost, let effect = ratio.effect else { return false }
    return ratio.dominance == .dominates
      ? cost.high <= 0 && effect.low >= 0 : cost.low >= 0 && effect.high <= 0
  }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() ? NumberText.text(value, decimals: 0) : "\(value)"
  }

  private func number(_ value: Double) -> String {
    NumberText.text(value, decimals: NumberText.decimals(mean: value, low: nil, high: nil))
  }

  // MARK: - For a program

  public var json: JSONValue {
    let request = evaluation.request
    return .object([
      ("results", .text(evaluation.path)), ("baseline", .text(baselineName)),
      ("perspective", request.perspective.map { .text($0.rawValue) } ?? .null),
      ("costs", .list(evaluation.costs.map { .text($0.description) })),
      ("effect", .text(request.effect.description)),
      ("better", .text(request.isHigherBetter ? "higher" : "lower")),
      ("cost_unit", .text(evaluation.costUnit)),
      (
        "effect_unit",
        .text(evaluation.effectUnit == "share" ? "percentage points" : evaluation.effectUnit)
      ),
      ("discount_rate", .number(request.discountRate)),
      ("effect_discounted", .flag(evaluation.isEffectDiscounted)),
      ("price_year", request.priceYear.map { .integer($0) } ?? .null),
      ("replications", .integer(evaluation.replications)),
      ("arms", .list(arms.indices.map(armJSON))),
      ("acceptability", .list(acceptabilityJSON)),
      (
        "budget_impact",
        .list(evaluation.impacts.map { Self.impactJSON($0, evaluation.monthsOfYear) })
      ),
    ])
  }

  private func armJSON(_ index: Int) -> JSONValue {
    let arm = arms[index]
    let place: String =
      switch evaluation.analysis.places[index] {
      case .frontier: "frontier"
      case .dominated(let other): isEqual(index, other) ? "equal" : "dominated"
      case .extendedlyDominated: "extendedly-dominated"
      }
    var members: [(String, JSONValue)] = [
      ("scenario", .text(arm.name)),
      ("cost", Self.json(ConfidenceInterval(of: arm.costs), arm.meanCost)),
      (
        "effect",
        Self.json(shown(ConfidenceInterval(of: arm.effects)), shown(arm.meanEffect))
      ),
      ("place", .text(place)),
    ]
    if let ratio = evaluation.ratios[index] {
      members.append(("against_baseline", Self.json(ratio)))
    }
    if let step = evaluation.analysis.step(to: index),
      case .frontier(let previous?) = evaluation.analysis.places[index]
    {
      members.append(("after", .text(arms[previous].name)))
      members.append(("step", Self.json(step)))
    }
    return .object(members)
  }

  private static func json(_ interval: ConfidenceInterval?, _ mean: Double) -> JSONValue {
    .object([
      ("mean", .number(mean)), ("ci_low", .number(interval?.low)),
      ("ci_high", .number(interval?.high)),
    ])
  }

  private static func json(_ ratio: IncrementalRatio) -> JSONValue {
    let (form, low, high): (String?, Double?, Double?) =
      switch ratio.interval {
      case .between(let low, let high)?: ("between", low, high)
      case .outside(let low, let high)?: ("outside", low, high)
      case .everything?: ("everything", nil, nil)
      case nil: (nil, nil, nil)
      }
    return .object([
      ("cost", json(ratio.cost, ratio.meanCost)), ("effect", json(ratio.effect, ratio.meanEffect)),
      ("dominance", ratio.dominance.map { .text($0.rawValue) } ?? .null),
      ("icer", .number(ratio.ratio)), ("interval", form.map { .text($0) } ?? .null),
      ("ci_low", .number(low)), ("ci_high", .number(high)),
    ])
  }

  private var acceptabilityJSON: [JSONValue] {
    guard let acceptability = evaluation.acceptability else { return [] }
    return acceptability.thresholds.enumerated().map { row, threshold in
      .object([
        ("threshold", .number(threshold)), ("best", .text(arms[acceptability.best[row]].name)),
        (
          "arms",
          .list(
            arms.indices.map { index in
              let benefit = benefit(index, threshold)
              return .object([
                ("scenario", .text(arms[index].name)),
                ("net_benefit_gain", Self.json(benefit.interval, benefit.mean)),
                ("probability_best", .number(acceptability.probabilities[row][index])),
              ])
            })
        ),
      ])
    }
  }

  private static func impactJSON(
    _ impact: EconomicEvaluation.Impact, _ months: (Int) -> Int
  ) -> JSONValue {
    .object([
      ("scenario", .text(impact.scenario)),
      (
        "years",
        .list(
          impact.means.indices.map { year in
            .object([
              ("year", .integer(year + 1)), ("months", .integer(months(year))),
              ("cost", json(impact.totals[year], impact.means[year])),
              (
                "difference",
                impact.differences.indices.contains(year)
                  ? json(impact.differences[year].interval, impact.differences[year].mean) : .null
              ),
            ])
          })
      ),
    ])
  }
}
