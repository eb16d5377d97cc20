// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis
import SensitivityAnalysis

/// How far each assumption moves an effect, or each factor a measure, from the low end of its range to the
/// high one.
struct TornadoChart {
  let chart: Chart

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let design = source.header.storedDesign
    let drawn = ["lhs", "sobol", "file"]
    if let design, drawn.contains(design.method), source.scenarios.count > 1 {
      chart = try Self.ofDraws(source, context)
    } else if design?.method == "one-at-a-time" {
      chart = try Self.oneAtATime(source, context)
    } else {
      throw source.missing(
        .tornado,
        "yilian uncertainty EXPERIMENT makes such a file, and yilian sweep with --design "
          + "one-at-a-time")
    }
  }

  // MARK: - Draws of all assumptions

  private static func ofDraws(_ source: ChartSource, _ context: ChartContext) throws -> Chart {
    let series = try source.headline(context, of: .tornado)
    let analysis = try UncertaintyAnalysis(source.results, series: [series])
    let told = analysis.rows.map(\.scenario)
    let name = try source.toldScenario(context)
    guard let row = analysis.rows.first(where: { $0.scenario == name }) else {
      throw source.missing(
        .tornado,
        "nothing is compared with a baseline in \(name ?? "it"); name one of "
          + told.joined(separator: ", ") + " with --scenario")
    }
    let language = context.language
    let label = source.label(series)
    let scale = label.scale
    let effect = row.effect
    let decimals = NumberText.decimals(
      mean: effect.value * scale, low: effect.low * scale, high: effect.high * scale)
    func number(_ value: Double) -> String {
      NumberText.text(value * scale, decimals: decimals, isSigned: true)
    }
    func text(_ estimate: Estimate) -> String {
      NumberText.text(
        mean: estimate.value, low: estimate.low, high: estimate.high, scale: scale, isSigned: true)
    }
    var bars = [
      TornadoBar(
        row: 0, name: AnalysisPhrase.allAssumptions.text(language), end: .all, value: "",
        start: scale * row.span.low, stop: scale * row.span.high, low: scale * effect.low,
        high: scale * effect.high)
    ]
    // One row an assumption: to one side the low end of its range, to the other the high one.
    for (place, mover) in row.movers.enumerated() {
      for (end, sign) in [(TornadoBar.End.low, -0.5), (.high, 0.5)] {
        let limits = [mover.slope.low, mover.slope.high].map { effect.value + sign * $0 }
        bars.append(
          TornadoBar(
            row: place + 1, name: mover.path, end: end,
            value: source.end(of: mover.path, isLow: end == .low),
            start: scale * effect.value, stop: scale * (effect.value + sign * mover.slope.value),
            low: limits.min().map { scale * $0 }, high: limits.max().map { scale * $0 }))
      }
    }
    let scenario = source.title(ofScenario: row.scenario)
    let compared = AnalysisPhrase.against(scenario, source.title(ofScenario: row.baseline))
      .text(language)
    let unit = label.axisTitle(language, isDifference: true)
    var notes = [
      compared + AnalysisPhrase.stop.text(language)
        + [
          source.window(language),
          AnalysisPhrase.draws(
            row.draws, of: analysis.factors.count, replications: analysis.replications
          ).text(language),
        ].compactMap(\.self).joined(separator: AnalysisPhrase.comma.text(language)),
      AnalysisPhrase.effect(
        text(effect), unit: unit, low: number(row.span.low), high: number(row.span.high),
        verdict: UncertaintyPhrase.verdict(row.verdict)
      ).text(language),
    ]
    if row.movers.isEmpty {
      notes.append(AnalysisPhrase.noMover(row.draws).text(language))
    } else {
      notes.append(AnalysisPhrase.moverBars.text(language))
    }
    if source.drawsForm { notes.append(AnalysisPhrase.formIsDrawn.text(language)) }
    let title = AnalysisPhrase.movers(label.bareName(language), scenario: scenario)
    let rows =
      [
        QuickLook.Row(
          label: AnalysisPhrase.meanEffect.text(language), mean: scale * effect.value,
          low: scale * effect.low, high: scale * effect.high, text: text(effect))
      ]
      + row.movers.map { mover in
        QuickLook.Row(
          label: mover.path, mean: scale * mover.slope.value, low: scale * mover.slope.low,
          high: scale * mover.slope.high, text: text(mover.slope))
      }
    return Tornado(
      bars: bars, strip: (scale * effect.low, scale * effect.high), origin: scale * effect.value,
      axis: ChartAxis(
        AnalysisPhrase.effectAxis.text(language), unit: unit, language, isSigned: true)
    ).chart(
      context, title: title.text(language), notes: notes,
      groups: [
        QuickLook.Group(title: "", rows: Array(rows.prefix(1))),
        QuickLook.Group(
          title: AnalysisPhrase.lowToHigh.text(language), rows: Array(rows.dropFirst())),
      ].filter { !$0.rows.isEmpty })
  }

  // MARK: - One factor at a time

  /// Factors shown at most.
  private static let most = 12

  private static func oneAtATime(_ source: ChartSource, _ context: ChartContext) throws -> Chart {
    let series = try source.headline(context, of: .tornado)
    let study = try SensitivityStudy(source.results)
    let name = try source.toldScenario(context)
    let all = study.quantities(of: series)
    let quantity = all.first { $0.baseline != nil && $0.scenario == name } ?? all[0]
    guard
      case .oneAtATime(let effects, let values, let base) = try study.result(of: quantity).finding
    else {
      throw source.missing(
        .tornado, "\(series) is the same, or undefined, in some runs; name another with --measure")
    }
    let language = context.language
    let label = source.label(series)
    let scale = label.scale
    let moving = effects.order.filter { factor in
      effects.factors[factor].contains { $0.effect.mean != 0 }
    }
    let shown = moving.prefix(most)
    // Where no factor moves the measure twice to the same side, its values share a row.
    let isOneRow = shown.allSatisfy { factor in
      let means = effects.factors[factor].map(\.effect.mean)
      return means.count { $0 < 0 } < 2 && means.count { $0 > 0 } < 2
    }
    var bars: [TornadoBar] = []
    var row = 0
    var groups: [QuickLook.Group] = []
    for factor in shown {
      let name = study.factors[factor].name
      var rows: [QuickLook.Row] = []
      // The value that the model has changes nothing.
      let moved = effects.factors[factor].indices.filter {
        effects.factors[factor][$0].effect.mean != 0
      }
      for place in moved {
        let effect = effects.factors[factor][place].effect
        let last = values[factor].count - 1
        bars.append(
          TornadoBar(
            row: row, name: name, isFirst: isOneRow || place == moved[0],
            end: place == 0 ? .low : place == last ? .high : .between,
            value: values[factor][place], start: 0, stop: scale * effect.mean,
            low: effect.interval.map { scale * $0.low },
            high: effect.interval.map { scale * $0.high }))
        if !isOneRow { row += 1 }
        rows.append(
          QuickLook.Row(
            label: values[factor][place], mean: scale * effect.mean,
            low: effect.interval.map { scale * $0.low },
            high: effect.interval.map { scale * $0.high },
            text: NumberText.text(
              mean: effect.mean, low: effect.interval?.low, high: effect.interval?.high,
              scale: scale, isSigned: true)))
      }
      row += 1
      groups.append(QuickLook.Group(title: name, rows: rows))
    }
    let baseText = NumberText.text(
      mean: base?.mean ?? 0, low: base?.low, high: base?.high, scale: scale)
    let isReplicated = study.replications > 1
    var notes = [
      source.circumstances(language) + AnalysisPhrase.stop.text(language)
        + AnalysisPhrase.oneAtATime.text(language)
    ]
    if base != nil {
      let unit = label.axisTitle(language, isDifference: quantity.baseline != nil)
      notes.append(AnalysisPhrase.atZero("\(baseText) \(unit)").text(language))
    }
    notes.append(
      (isReplicated ? AnalysisPhrase.pairedIntervals : ChartPhrase.noInterval).text(language))
    let still = study.factors.indices.filter { !moving.contains($0) }.map { study.factors[$0].name }
    if !still.isEmpty { notes.append(AnalysisPhrase.unmoved(still, language)) }
    if moving.count > most {
      notes.append(AnalysisPhrase.fewer(moving.count - most).text(language))
    }
    let title =
      quantity.baseline.map {
        AnalysisPhrase.factorsOfEffect(
          label.bareName(language), scenario: source.title(ofScenario: quantity.scenario),
          baseline: source.title(ofScenario: $0))
      } ?? AnalysisPhrase.factors(label.bareName(language))
    return Tornado(
      bars: bars, strip: nil, origin: 0,
      axis: ChartAxis(
        AnalysisPhrase.changeAxis.text(language),
        unit: label.axisTitle(language, isDifference: true), language, isSigned: true)
    ).chart(context, title: title.text(language), notes: notes, groups: groups)
  }
}

/// From an origin to what one value of an assumption gives.
struct TornadoBar {
  enum End: CaseIterable {
    case low, high, between, all
  }

  var row: Int
  var name: String
  /// Whether its name stands at the row.
  var isFirst = true
  var end: End
  /// Of the assumption, as text.
  var value: String
  var start: Double
  var stop: Double
  var low: Double?
  var high: Double?
}

/// Bars from an origin to either side.
private struct Tornado {
  var bars: [TornadoBar]
  /// The interval of the origin itself.
  var strip: (low: Double, high: Double)?
  var origin: Double
  var axis: ChartAxis

  func chart(
    _ context: ChartContext, title: String, notes: [String], groups: [QuickLook.Group]
  ) -> Chart {
    let quick = QuickLook(title: title, groups: groups, notes: notes)
    return Chart(
      .tornado, context, title: title, notes: notes,
      words: ([quick.words(context.language)] + notes).joined(separator: " "), quickLook: quick,
      body: body(context))
  }

  private func body(_ context: ChartContext) -> JSONValue {
    let isFull = context.width == .full
    let count = (bars.map(\.row).max() ?? 0) + 1
    let rows = ChartRows(
      (0..<count).map { row in bars.first { $0.row == row && $0.isFirst }?.name ?? "" },
      columns: isFull ? 44 : 24, lines: 2)
    let shown = bars.map { $0.value.cutInTheMiddle(to: isFull ? 18 : 10) }
    let isLeft = bars.map { $0.stop < $0.start }
    func room(_ isLeftSide: Bool) -> Int {
      zip(shown, isLeft).filter { $0.1 == isLeftSide }.map { ChartStyle.pixels(of: $0.0) + 8 }.max()
        ?? 4
    }
    let width = max(90, context.width.pixels - rows.pixels)
    let numbers =
      bars.flatMap { [$0.start, $0.stop, $0.low ?? $0.stop, $0.high ?? $0.stop] } + [origin]
      + (strip.map { [$0.low, $0.high] } ?? [])
    var axis = axis
    axis.tickCount = isFull ? 6 : 3
    axis.domain = ChartAxis.domain(numbers, pixels: width, left: room(true), right: room(false))
    let ends = TornadoBar.End.allCases.filter { end in bars.contains { $0.end == end } }
    let values = bars.indices.map { place -> JSONValue in
      let bar = bars[place]
      let outer =
        isLeft[place] ? min(bar.stop, bar.low ?? bar.stop) : max(bar.stop, bar.high ?? bar.stop)
      return [
        "row": .integer(bar.row), "assumption": .text(bar.name), "value": .text(bar.value),
        "end": .text(AnalysisPhrase.end(bar.end).text(context.language)),
        "start": .number(bar.start), "stop": .number(bar.stop), "low": .number(bar.low),
        "high": .number(bar.high), "outer": .number(outer), "text": .text(shown[place]),
        "isLeft": .flag(isLeft[place]),
      ]
    }
    func text(isLeftSide: Bool) -> JSONValue {
      [
        "transform": [["filter": .text("datum.isLeft === \(isLeftSide)")]],
        "mark": [
          "type": "text", "align": isLeftSide ? "right" : "left", "dx": isLeftSide ? -4 : 4,
          "color": .text(ChartStyle.ink),
        ],
        "encoding": [
          "x": axis.encoding("outer"), "text": ["field": "text", "type": "nominal"],
        ],
      ]
    }
    let series = ChartSeries(
      "end", ends.map { AnalysisPhrase.end($0).text(context.language) },
      colours: ends.map(Self.colour), width: context.width)
    let zero = axis.domain.map { $0.low < 0 && $0.high > 0 } == true
    let layers: [JSONValue] =
      (strip.map { [IntervalMarks.strip(from: $0.low, to: $0.high)] } ?? [])
      + [IntervalMarks.bars("start", to: "stop", on: axis, of: series)]
      + (zero ? [IntervalMarks.upright(at: 0)] : []) + [IntervalMarks.lines()]
      + [text(isLeftSide: true), text(isLeftSide: false)]
    return [
      "width": .integer(width), "height": rows.step(bars.count > 16 ? 16 : 22),
      "data": ["values": .list(values)], "encoding": .object(rows.place()), "layer": .list(layers),
    ]
  }

  private static func colour(_ end: TornadoBar.End) -> String {
    switch end {
    case .low: ChartStyle.palette[4]
    case .high: ChartStyle.up
    case .between: ChartStyle.palette[5]
    case .all: ChartStyle.baseline
    }
  }
}

extension ChartSource {
  /// The value at an end of an assumption's range, with its unit; empty where it is a whole column of a
  /// table, whose rows have ranges of their own.
  fileprivate func end(of path: String, isLow: Bool) -> String {
    if let factor = header.factors.first(where: { $0.name == path }), let levels = factor.levels {
      return (isLow ? levels.first?.name : levels.last?.name) ?? ""
    }
    guard let assumption = assumptions.first(where: { $0.path == path }), assumption.count == 1
    else { return "" }
    let number = NumberText.plain(isLow ? assumption.low : assumption.high)
    return assumption.unit.isEmpty ? number : "\(number) \(assumption.unit)"
  }
}
