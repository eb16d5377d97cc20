// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// What is known of the region beside what the model gives of the baseline: what was fitted apart from
/// what was not, each as a ratio, so that measures of any unit share an axis.
struct ObservedChart {
  let chart: Chart

  private struct Row {
    var name: String
    var target: BaselineTarget
    var found: SummaryRow
  }

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let language = context.language
    let rows = source.header.baselineTargets.compactMap { target -> Row? in
      // Nothing is twice as much as zero.
      guard target.value != 0,
        let found = source.rows(target.measure, by: target.dimension, member: target.member)
          .first(where: { $0.scenario == source.baseline })
      else { return nil }
      return Row(name: Self.name(target, source, language), target: target, found: found)
    }
    guard !rows.isEmpty else {
      throw source.missing(.observed, "the model has no targets: table, or none was measured")
    }
    let uses: [(use: BaselineTarget.Use, title: String)] = [
      (.fitted, ReportPhrase.fitted.text(language)),
      (.implied, ReportPhrase.implied.text(language)),
      (.checked, ReportPhrase.checked.text(language)),
    ].filter { use in rows.contains { $0.target.use == use.0 } }
    let numbers = rows.map { Self.numbers($0, source) }
    let pixels = (numbers.map(ChartStyle.pixels(of:)).max() ?? 0) + 8
    let panels = uses.enumerated().map { place, use in
      Self.panel(
        rows.filter { $0.target.use == use.use }, source, title: use.title,
        isLast: place == uses.count - 1, texts: pixels, context)
    }
    let title = ChartPhrase.observedTitle(source.title(ofScenario: source.baseline)).text(language)
    let quick = QuickLook(
      title: title,
      groups: uses.map { use in
        QuickLook.Group(
          title: use.title,
          rows: rows.filter { $0.target.use == use.use }.map { row in
            let known = row.target.value
            return QuickLook.Row(
              label: row.name, mean: row.found.mean / known, low: row.found.low.map { $0 / known },
              high: row.found.high.map { $0 / known }, text: Self.numbers(row, source))
          })
      }, notes: [ChartPhrase.observedNote.text(language)])
    chart = Chart(
      .observed, context, title: title,
      notes: [source.circumstances(language), ChartPhrase.observedNote.text(language)]
        + (context.width == .full ? [ChartPhrase.observedNumbers.text(language)] : []),
      words: quick.words(language), quickLook: quick,
      body: [
        "vconcat": .list(panels), "spacing": 8, "resolve": ["scale": ["x": "shared"]],
      ])
  }

  /// - Parameter texts: Pixels of the numbers at the right, for which half a page has no room.
  private static func panel(
    _ rows: [Row], _ source: ChartSource, title: String, isLast: Bool, texts: Int,
    _ context: ChartContext
  ) -> JSONValue {
    let language = context.language
    let isFull = context.width == .full
    let values = rows.enumerated().map { place, row -> JSONValue in
      let known = row.target.value
      let isWithin = row.found.mean >= row.target.low && row.found.mean <= row.target.high
      return .object(
        [
          ("row", .integer(place)), ("name", .text(row.name)),
          ("knownLow", .number(row.target.low / known)),
          ("knownHigh", .number(row.target.high / known)),
          ("place", .text((isWithin ? ReportPhrase.within : .outside).text(language))),
          ("text", .text(numbers(row, source))),
        ] + ChartEstimate(row.found).json(1 / known))
    }
    let names = ChartRows(rows.map(\.name), columns: isFull ? 44 : 26, lines: isFull ? 1 : 2)
    let series = ChartSeries(
      "place", [ReportPhrase.within, .outside].map { $0.text(language) },
      colours: [ChartStyle.up, ChartStyle.down], shapes: ["circle", "diamond"],
      width: context.width)
    var axis = ChartAxis(
      isLast ? ChartPhrase.simulatedOverKnown.text(language) : "", language,
      tickCount: isFull ? 6 : 4)
    axis.hasZero = false
    let width = isFull ? 720 - 230 - texts : 350 - 165
    return [
      "title": ["text": .text(title), "fontSize": 11, "offset": 4, "frame": "group"],
      "width": .integer(width), "height": names.step(20),
      "data": ["values": .list(values)], "encoding": .object(names.place()),
      "layer": .list(
        [
          IntervalMarks.lines(from: "knownLow", to: "knownHigh", width: 9, colour: "#d9d9d9"),
          IntervalMarks.upright(at: 1),
          IntervalMarks.lines(width: 2, colour: ChartStyle.ink),
          IntervalMarks.points(on: axis, of: series),
        ] + (isFull ? [IntervalMarks.texts(size: 10)] : [])),
    ]
  }

  private static func name(
    _ target: BaselineTarget, _ source: ChartSource, _ language: Language
  ) -> String {
    let label = source.label(target.measure, by: target.dimension)
    guard !target.member.isEmpty else { return label.bareName(language) }
    return label.bareName(language) + (language == .english ? ", " : "，")
      + source.member(target.member, of: target.dimension, language)
  }

  /// `6.02 ± 0.01 / 6.0 minutes`: simulated, and known.
  private static func numbers(_ row: Row, _ source: ChartSource) -> String {
    let label = source.label(row.target.measure)
    let scale = label.scale
    let unit = label.axisTitle(source.language)
    let simulated = NumberText.text(
      mean: row.found.mean, low: row.found.low, high: row.found.high, scale: scale,
      form: .halfWidth)
    let known = (row.target.value * scale * 1e6).rounded() / 1e6
    let decimals = NumberText.decimals(mean: known, low: nil, high: nil)
    return "\(simulated) / \(NumberText.text(known, decimals: decimals)) \(unit)"
  }
}
