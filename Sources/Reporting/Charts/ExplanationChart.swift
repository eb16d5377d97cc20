// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import SensitivityAnalysis

/// From the baseline's value to the scenario's, lever by lever: a waterfall of Shapley values.
struct ExplanationChart {
  let chart: Chart

  init(_ source: ChartSource, _ context: ChartContext) throws {
    guard source.header.explanation != nil else {
      throw source.missing(
        .explanation, "yilian explain EXPERIMENT --scenario NAME makes such a file")
    }
    let file = try EffectExplanation(source.results)
    let series = try source.headline(context, of: .explanation)
    let results = try file.results(of: series).filter { $0.attribution != nil }
    guard !results.isEmpty else {
      throw source.missing(
        .explanation, "\(series) is undefined in some run; name another with --measure")
    }
    let language = context.language
    let label = source.label(series)
    let waterfalls = results.map { Waterfall($0, file, label, source) }
    let title = AnalysisPhrase.explanation(label.bareName(language)).text(language)
    let explanation = file.explanation
    let ways =
      explanation.orders.map { AnalysisPhrase.orders($0) }
      ?? AnalysisPhrase.combinations(explanation.subsets.count)
    let compared = AnalysisPhrase.against(
      source.title(ofScenario: explanation.scenario),
      source.title(ofScenario: explanation.baseline))
    var notes = [
      [
        compared.text(language),
        source.circumstances(language, isEveryForm: true), ways.text(language),
      ]
      .joined(separator: language == .english ? "; " : "；"),
      AnalysisPhrase.shapleyBars.text(language), WeekPhrase.axisFromAnywhere.text(language),
      (file.replications > 1 ? AnalysisPhrase.pairedLines : ChartPhrase.noInterval).text(language),
    ]
    notes += waterfalls.flatMap(\.interactions)
    let quick = QuickLook(title: title, groups: waterfalls.map(\.quick), notes: notes)
    let panels = waterfalls.map { $0.panel(context) }
    chart = Chart(
      .explanation, context, title: title, notes: notes, words: quick.words(language),
      quickLook: quick,
      body: panels.count == 1
        ? panels[0]
        : ["vconcat": .list(panels), "resolve": ["scale": ["color": "shared"]], "spacing": 14])
  }
}

/// The waterfall of one form of money.
private struct Waterfall {
  struct Step {
    var name: String
    var kind: AnalysisPhrase.Direction?
    var start: Double
    var end: Double
    var low: Double?
    var high: Double?
    var text: String
  }

  let steps: [Step]
  let form: String?
  let language: Language
  let label: SeriesLabel
  let quick: QuickLook.Group
  /// A sentence for each pair that is clear of zero.
  let interactions: [String]

  init(
    _ result: EffectExplanation.Result, _ file: EffectExplanation, _ label: SeriesLabel,
    _ source: ChartSource
  ) {
    guard let found = result.attribution else { preconditionFailure("it is defined") }
    self.label = label
    let language = source.language
    self.language = language
    form = result.moneyForm.map { ChartPhrase.form($0).text(language) }
    let scenario = source.title(ofScenario: file.explanation.scenario)
    let baselineName = source.title(ofScenario: file.explanation.baseline)
    let scale = label.scale
    let levers = file.explanation.levers.map(\.name)
    func text(_ effect: PairedEffect) -> String {
      NumberText.text(
        mean: effect.mean, low: effect.interval?.low, high: effect.interval?.high, scale: scale,
        form: .halfWidth, isSigned: true)
    }
    func step(_ name: String, from start: Double, _ effect: PairedEffect, isTotal: Bool) -> Step {
      Step(
        name: name, kind: isTotal ? .total : effect.mean < 0 ? .lowers : .raises,
        start: scale * start, end: scale * (start + effect.mean),
        low: effect.interval.map { scale * (start + $0.low) },
        high: effect.interval.map { scale * (start + $0.high) }, text: text(effect))
    }
    let baseline = result.baseline
    let from = result.baselineMean ?? 0
    var steps = [
      Step(
        name: baselineName, start: scale * from, end: scale * from,
        text: NumberText.text(
          mean: from, low: baseline?.low, high: baseline?.high, scale: scale, form: .halfWidth))
    ]
    let order = found.parts.indices.sorted {
      (-abs(found.parts[$0].share.mean), $0) < (-abs(found.parts[$1].share.mean), $1)
    }
    var sum = from
    for lever in order {
      steps.append(step(levers[lever], from: sum, found.parts[lever].share, isTotal: false))
      sum += found.parts[lever].share.mean
    }
    steps.append(step(scenario, from: from, found.total, isTotal: true))
    self.steps = steps
    var rows = order.map { lever in (levers[lever], found.parts[lever].share) }
    rows.append((AnalysisPhrase.Direction.total.phrase.text(language), found.total))
    quick = QuickLook.Group(
      title: [form, "\(baselineName) \(steps[0].text)"].compactMap(\.self)
        .joined(separator: ", "),
      rows: rows.map { name, effect in
        QuickLook.Row(
          label: name, mean: scale * effect.mean, low: effect.interval.map { scale * $0.low },
          high: effect.interval.map { scale * $0.high }, text: text(effect))
      })
    let clear = found.interactions.filter { ($0.adjustedPValue ?? 1) < 0.05 }.sorted {
      (-abs($0.index.mean), $0.first, $0.second) < (-abs($1.index.mean), $1.first, $1.second)
    }
    interactions = clear.prefix(2).map { pair in
      AnalysisPhrase.interaction(levers[pair.first], levers[pair.second], text(pair.index))
        .text(language)
    }
  }

  func panel(_ context: ChartContext) -> JSONValue {
    let isFull = context.width == .full
    let rows = ChartRows(steps.map(\.name), columns: isFull ? 34 : 20, lines: 2)
    let texts = (steps.map { ChartStyle.pixels(of: $0.text) }.max() ?? 0) + 8
    let values = steps.enumerated().map { row, step -> JSONValue in
      [
        "row": .integer(row), "lever": .text(step.name),
        "kind": step.kind.map { .text($0.phrase.text(language)) } ?? .null,
        "start": .number(step.start), "end": .number(step.end), "low": .number(step.low),
        "high": .number(step.high), "text": .text(step.text),
        // Down to the row below, whose bar begins where this one ends; the total begins anew.
        "next": row < steps.count - 2 ? .integer(row + 1) : .null,
      ]
    }
    let series = ChartSeries(
      "kind", AnalysisPhrase.Direction.allCases.map { $0.phrase.text(language) },
      colours: [ChartStyle.up, ChartStyle.down, ChartStyle.baseline], width: context.width)
    var axis = ChartAxis(
      label.bareName(language), unit: label.axisTitle(language), language,
      columns: isFull ? 80 : 36, tickCount: isFull ? 6 : 3)
    axis.hasZero = false
    let layers: [JSONValue] = [
      [
        "transform": [["filter": "datum.next !== null"]],
        "mark": ["type": "rule", "color": "#999999"],
        "encoding": [
          "x": axis.encoding("end"), "y": ["field": "row", "type": "nominal"],
          "y2": ["field": "next"],
        ],
      ],
      IntervalMarks.bars("start", to: "end", on: axis, of: series)
        .with(["transform": [["filter": "datum.kind !== null"]]]),
      [
        "transform": [["filter": "datum.kind === null"]],
        "mark": ["type": "tick", "thickness": 3, "color": .text(ChartStyle.ink)],
        "encoding": ["x": axis.encoding("end")],
      ],
      IntervalMarks.lines(), IntervalMarks.texts(),
    ]
    return .object(
      (form.map { [("title", ["text": .text($0), "fontSize": 12, "frame": "group"])] } ?? []) + [
        ("width", .integer(max(90, context.width.pixels - rows.pixels - texts))),
        ("height", rows.step(26)), ("data", ["values": .list(values)]),
        ("encoding", .object(rows.place())), ("layer", .list(layers)),
      ])
  }
}
