// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis

/// How likely each scenario has the highest net benefit, over what one unit of the effect may be worth.
struct AcceptabilityChart {
  let chart: Chart
  /// Prices from nothing to the highest.
  private static let steps = 40

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let language = context.language
    guard source.header.storedDesign == nil, source.header.explanation == nil,
      source.header.twins == nil, source.header.stopping == nil, source.scenarios.count > 1
    else {
      throw source.missing(
        .acceptability, "it needs two scenarios or more and no factors, as yilian run makes them")
    }
    let effect = try source.headline(context, of: .acceptability)
    var request = EconomicRequest(effect: effect)
    request.baseline = source.baseline
    let most = try Self.highestPrice(EconomicEvaluation(source.results, request))
    guard let most else {
      throw source.missing(
        .acceptability,
        "the scenarios do not differ in \(effect) or in cost; name another effect "
          + "with --measure")
    }
    request.thresholds = (0...Self.steps).map { most * Double($0) / Double(Self.steps) }
    let evaluation = try EconomicEvaluation(source.results, request)
    guard let found = evaluation.acceptability else { preconditionFailure("prices are given") }
    let label = source.label(effect)
    let arms = evaluation.analysis.arms.map(\.name)
    let names = arms.map(source.title(ofScenario:))
    let name = label.bareName(language)
    let costs = evaluation.costs.map { source.label($0.measure.measure).bareName(language) }
      .joined(separator: AnalysisPhrase.comma.text(language))
    let title = AnalysisPhrase.acceptability(name).text(language)
    let notes = [
      source.circumstances(language),
      AnalysisPhrase.countsAsGain(name, costs: costs).text(language),
      AnalysisPhrase.resampled(EconomicEvaluation.resamples).text(language),
    ]
    let money = MeasureNames.unit(evaluation.costUnit, language)
    let told = [0, Self.steps / 4, Self.steps / 2, Self.steps].map { row -> String in
      let chances = found.probabilities[row]
      let best = chances.indices.max { chances[$0] < chances[$1] } ?? 0
      return AnalysisPhrase.likeliest(
        names[best], NumberText.text(100 * chances[best], decimals: 0),
        at: "\(NumberText.plain(found.thresholds[row])) \(money)"
      ).text(language)
    }
    let values = names.indices.flatMap { arm in
      found.thresholds.indices.map { row -> JSONValue in
        [
          "scenario": .text(names[arm]), "worth": .number(found.thresholds[row]),
          "chance": .number(100 * found.probabilities[row][arm]),
        ]
      }
    }
    let isFull = context.width == .full
    var series = ChartSeries(of: arms, source, context.width, isLines: true)
    series.dashes = [[1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2], [1, 3]]
    let across = ChartAxis(
      AnalysisPhrase.worth.text(language),
      unit: AnalysisPhrase.price(money, of: label.axisTitle(language, isDifference: true))
        .text(language), language, columns: isFull ? 100 : 48, tickCount: isFull ? 7 : 4)
    var up = ChartAxis(
      AnalysisPhrase.chanceOfBest.text(language), unit: "%", language)
    up.domain = (0, 100)
    chart = Chart(
      .acceptability, context, title: title, notes: notes,
      words: ([
        title + AnalysisPhrase.colon.text(language)
          + told.joined(separator: AnalysisPhrase.semicolon.text(language))
          + AnalysisPhrase.stop.text(language)
      ] + notes).joined(separator: " "),
      body: [
        "width": .integer(context.width.pixels - 60), "height": .integer(isFull ? 260 : 200),
        "data": ["values": .list(values)],
        "mark": ["type": "line", "strokeWidth": 2],
        "encoding": [
          "x": across.encoding("worth"), "y": up.encoding("chance"), "color": series.colour,
          "strokeDash": series.dash,
        ],
      ])
  }

  /// Twice the price at which the last choice turns, as a round number; where one scenario is cheaper and
  /// better at every price, one that is of the size of what the costs differ by.
  private static func highestPrice(_ evaluation: EconomicEvaluation) -> Double? {
    let ratios = evaluation.ratios.compactMap(\.self)
    let turning = ratios.filter { $0.meanEffect * $0.meanCost > 0 }.map {
      $0.meanCost / $0.meanEffect
    }
    let effect = ratios.map { abs($0.meanEffect) }.max() ?? 0
    let cost = ratios.map { abs($0.meanCost) }.max() ?? 0
    guard effect > 0, cost > 0 else { return nil }
    let most = 2 * (turning.max() ?? cost / effect)
    let unit = pow(10, log10(most).rounded(.down))
    return [1, 2, 4, 5, 8, 10].map { $0 * unit }.first { $0 >= most * (1 - 1e-9) }
  }
}
