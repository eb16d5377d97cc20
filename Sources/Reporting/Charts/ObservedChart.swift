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
    let isFull = context.width == .full
    let panels = uses.enumerated().map { place, use in
      Self.panel(
        rows.filter { $0.target.use == use.use }, title: use.title,
        isLast: place == uses.count - 1, isFull: isFull, language)
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
      notes: [source.circumstances(language), ChartPhrase.observedNote.text(language)],
      words: quick.words(language), quickLook: quick,
      body: [
        "vconcat": .list(panels), "spacing": 8, "resolve": ["scale": ["x": "shared"]],
      ])
  }

  private static func panel(
    _ rows: [Row], title: String, isLast: Bool, isFull: Bool, _ language: Language
  ) -> JSONValue {
    let values = rows.map { row -> JSONValue in
      let known = row.target.value
      let isWithin = row.found.mean >= row.target.low && row.found.mean <= row.target.high
      return [
        "name": .text(row.name), "mean": .number(row.found.mean / known),
        "low": .number(row.found.low.map { $0 / known }),
        "high": .number(row.found.high.map { $0 / known }),
        "knownLow": .number(row.target.low / known), "knownHigh": .number(row.target.high / known),
        "place": .text((isWithin ? ReportPhrase.within : .outside).text(language)),
      ]
    }
    let vertical: JSONValue = [
      "field": "name", "type": "nominal", "title": .null,
      "sort": .list(rows.map { .text($0.name) }),
      "axis": ["ticks": false, "domain": false, "labelLimit": .integer(isFull ? 260 : 130)],
    ]
    func horizontal(_ field: String) -> JSONValue {
      [
        "field": .text(field), "type": "quantitative",
        "title": isLast ? .text(ChartPhrase.simulatedOverKnown.text(language)) : .null,
        "scale": ["zero": false], "axis": ["format": ChartStyle.numbers, "tickCount": 6],
      ]
    }
    func span(_ low: String, _ high: String, _ mark: JSONValue) -> JSONValue {
      [
        "mark": mark,
        "encoding": [
          "y": vertical, "x": horizontal(low), "x2": ["field": .text(high)],
        ],
      ]
    }
    let words = [ReportPhrase.within, .outside].map { JSONValue.text($0.text(language)) }
    return [
      "title": ["text": .text(title), "fontSize": 11, "fontWeight": "normal", "offset": 4],
      "width": .integer(isFull ? 400 : 190), "height": ["step": 20],
      "data": ["values": .list(values)],
      "layer": [
        span(
          "knownLow", "knownHigh",
          ["type": "rule", "strokeWidth": 9, "color": "#d9d9d9", "strokeCap": "butt"]),
        [
          "mark": ["type": "rule", "color": .text(ChartStyle.faint), "strokeDash": [3, 3]],
          "encoding": ["x": ["datum": 1, "type": "quantitative"]],
        ],
        span("low", "high", ["type": "rule", "strokeWidth": 2, "color": .text(ChartStyle.ink)]),
        [
          "mark": ["type": "point", "filled": true, "size": 55, "opacity": 1],
          "encoding": [
            "y": vertical, "x": horizontal("mean"),
            "color": [
              "field": "place", "type": "nominal", "title": "",
              "scale": [
                "domain": .list(words),
                "range": [.text(ChartStyle.up), .text(ChartStyle.down)],
              ],
            ],
            "shape": [
              "field": "place", "type": "nominal", "title": "",
              "scale": ["domain": .list(words), "range": ["circle", "diamond"]],
            ],
          ],
        ],
      ],
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

  /// `6.0 known, 6.02 ± 0.01 simulated`, without the words.
  private static func numbers(_ row: Row, _ source: ChartSource) -> String {
    let scale = source.label(row.target.measure).scale
    let simulated = NumberText.text(
      mean: row.found.mean, low: row.found.low, high: row.found.high, scale: scale,
      form: .halfWidth)
    let known = (row.target.value * scale * 1e6).rounded() / 1e6
    let decimals = NumberText.decimals(mean: known, low: nil, high: nil)
    return "\(simulated) / \(NumberText.text(known, decimals: decimals))"
  }
}
