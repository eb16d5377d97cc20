// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import SensitivityAnalysis

/// Every scenario's effect on every headline, how far the assumptions move it, and the verdict.
struct VerdictsChart {
  let chart: Chart

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let drawn = ["lhs", "sobol", "file"]
    guard let method = source.header.storedDesign?.method, drawn.contains(method),
      source.scenarios.count > 1
    else { throw source.missing(.verdicts, "yilian uncertainty EXPERIMENT makes such a file") }
    let analysis = try UncertaintyAnalysis(
      source.results, series: context.measure.map { [$0] },
      threads: ProcessInfo.processInfo.activeProcessorCount)
    let language = context.language
    var measures: [MeasureSeries] = []
    for row in analysis.rows where !measures.contains(row.series) { measures.append(row.series) }
    let panels = measures.map { series in
      VerdictPanel(analysis.rows.filter { $0.series == series }, source.label(series), source)
    }
    let moving = panels.filter { !$0.isStill }
    let still = panels.filter(\.isStill).map { $0.label.bareName(language) }
    let title = AnalysisPhrase.verdicts(against: source.title(ofScenario: source.baseline))
      .text(language)
    var notes = [
      [
        source.window(language),
        AnalysisPhrase.draws(
          analysis.draws - analysis.incomplete, of: analysis.factors.count,
          replications: analysis.replications
        ).text(language),
      ].compactMap(\.self).joined(separator: AnalysisPhrase.comma.text(language)),
      AnalysisPhrase.verdictMarks.text(language), AnalysisPhrase.verdictWords.text(language),
    ]
    if analysis.rows.contains(where: { $0.matters != nil }) {
      notes.append(AnalysisPhrase.mattersStrip.text(language))
    }
    if source.drawsForm { notes.append(AnalysisPhrase.formIsDrawn.text(language)) }
    if !still.isEmpty { notes.append(AnalysisPhrase.still(still, language)) }
    let isFull = context.width == .full
    let columns = isFull && moving.count > 1 ? 2 : 1
    let width = (context.width.pixels - (columns - 1) * 20) / columns
    // All panels alike, so that marks stand below each other.
    let texts = (panels.map(\.pixelsOfVerdicts).max() ?? 0) + 8
    let words = panels.map { $0.words }.joined(separator: language == .english ? " " : "")
    let colon = AnalysisPhrase.colon.text(language)
    chart = Chart(
      .verdicts, context, title: title, notes: notes,
      words: "\(title)\(colon)\(words) \(notes.joined(separator: " "))",
      body: [
        "columns": .integer(columns), "spacing": .integer(isFull ? 20 : 10),
        "concat": .list(
          moving.map { $0.body(width: width, texts: texts, context.width) }),
        "resolve": ["scale": ["color": "shared", "shape": "shared"]],
      ])
  }
}

/// One measure: a row a scenario.
private struct VerdictPanel {
  let rows: [UncertaintyAnalysis.Row]
  let label: SeriesLabel
  let source: ChartSource
  private var language: Language { source.language }

  init(_ rows: [UncertaintyAnalysis.Row], _ label: SeriesLabel, _ source: ChartSource) {
    self.rows = rows
    self.label = label
    self.source = source
  }

  var pixelsOfVerdicts: Int { rows.map { ChartStyle.pixels(of: verdict($0)) }.max() ?? 0 }

  /// Whether no scenario does anything to it.
  var isStill: Bool {
    rows.allSatisfy { $0.effect.low == 0 && $0.effect.high == 0 && $0.effect.value == 0 }
  }

  private func verdict(_ row: UncertaintyAnalysis.Row) -> String {
    AnalysisPhrase.verdict(row.verdict).text(language)
  }

  private func text(_ row: UncertaintyAnalysis.Row) -> String {
    NumberText.text(
      mean: row.effect.value, low: row.effect.low, high: row.effect.high, scale: label.scale,
      isSigned: true)
  }

  /// Each effect with its interval, how far assumptions take it, and the verdict in full.
  var words: String {
    let parts = rows.map { row in
      let decimals = NumberText.decimals(
        mean: row.effect.value * label.scale, low: row.effect.low * label.scale,
        high: row.effect.high * label.scale)
      let ends = [row.span.low, row.span.high].map {
        NumberText.text($0 * label.scale, decimals: decimals, isSigned: true)
      }
      return AnalysisPhrase.verdictRow(
        source.title(ofScenario: row.scenario), text(row), low: ends[0], high: ends[1],
        verdict: UncertaintyPhrase.verdict(row.verdict)
      ).text(language)
    }
    return label.title(language, isDifference: true) + AnalysisPhrase.colon.text(language)
      + parts.joined(separator: AnalysisPhrase.semicolon.text(language))
      + AnalysisPhrase.stop.text(language)
  }

  func body(width: Int, texts: Int, _ page: ChartContext.Width) -> JSONValue {
    let scale = label.scale
    let names = ChartRows(
      rows.map { source.title(ofScenario: $0.scenario) }, columns: 18, lines: 2)
    let width = max(80, width - names.pixels - texts)
    let values = rows.enumerated().map { place, row -> JSONValue in
      [
        "row": .integer(place), "scenario": .text(source.title(ofScenario: row.scenario)),
        "effect": .number(scale * row.effect.value), "low": .number(scale * row.effect.low),
        "high": .number(scale * row.effect.high), "from": .number(scale * row.span.low),
        "to": .number(scale * row.span.high), "verdict": .text(verdict(row)),
      ]
    }
    let looks = AnalysisPhrase.verdictLooks
    var series = ChartSeries(
      "verdict", looks.map { $0.phrase.text(language) }, colours: looks.map(\.colour),
      shapes: looks.map(\.shape), width: page)
    series.legend = nil
    let unit = label.axisTitle(language, isDifference: true)
    var axis = ChartAxis(
      unit.isEmpty ? label.bareName(language) : unit, language, isSigned: true, tickCount: 3)
    // Room for half a mark.
    axis.domain = ChartAxis.domain(
      [0]
        + rows.flatMap { [$0.span.low, $0.span.high, $0.effect.low, $0.effect.high] }
        .map { scale * $0 }, pixels: width, left: 6, right: 6)
    let size = (rows.compactMap(\.matters).first ?? 0) * scale
    let strip =
      size > 0
      ? [
        IntervalMarks.strip(
          from: max(-size, axis.domain?.low ?? -size), to: min(size, axis.domain?.high ?? size))
      ] : []
    return [
      "title": [
        "text": .text(label.bareName(language)), "fontSize": 12, "offset": 4, "frame": "group",
      ],
      "width": .integer(width), "height": names.step(16),
      "data": ["values": .list(values)], "encoding": .object(names.place()),
      "layer": .list(
        strip + [
          IntervalMarks.upright(at: 0),
          IntervalMarks.lines(from: "from", to: "to", width: 7, colour: "#c9d7e3"),
          IntervalMarks.lines(), IntervalMarks.points("effect", on: axis, of: series),
          IntervalMarks.texts("verdict"),
        ]),
    ]
  }
}
