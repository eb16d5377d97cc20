// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// Waits and occupancy from Monday to Sunday under each scenario, and below each what differs from the
/// baseline.
struct WeekChart {
  let chart: Chart

  static let dimension = "weekday"
  /// What is drawn where nothing is asked for.
  private static let first = ["wait-minutes", "occupancy"]

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let language = context.language
    let asked = context.measure.map { [$0.measure.measure] } ?? Self.first
    let measures = asked.filter { !source.rows($0, by: Self.dimension).isEmpty }
    guard !measures.isEmpty else {
      let wanted = asked.map { "\($0) by \(Self.dimension)" }.joined(separator: ", ")
      throw source.missing(.week, "run the experiment with measures: [\(wanted)]")
    }
    let panels = WeekPanels(source, context, measures)
    let rows = measures.flatMap { source.rows($0, by: Self.dimension) }
    let hasIntervals = rows.contains { $0.low != nil }
    let hasDifferences = measures.contains { !source.contrasts($0, by: Self.dimension).isEmpty }
    let baseline = source.title(ofScenario: source.baseline)
    var notes = [source.circumstances(language)]
    notes.append(
      hasIntervals
        ? WeekPhrase.pointsAndLines.text(language) : ChartPhrase.noInterval.text(language))
    if hasIntervals, hasDifferences {
      let isPaired = source.header.provenance["random-numbers"] != "independent"
      notes.append(
        (isPaired
          ? WeekPhrase.pairedDifference(from: baseline)
          : WeekPhrase.ownDifference(from: baseline)).text(language))
    }
    notes.append(WeekPhrase.axisFromAnywhere.text(language))
    let quick = measures.map { panels.quickLook($0) }
    chart = Chart(
      .week, context,
      title: WeekPhrase.throughWeek(
        measures.map { source.label($0).bareName(language) }, language),
      notes: notes,
      words: quick.map { $0.words(language) }.joined(separator: language == .english ? " " : ""),
      quickLook: quick[0],
      body: [
        panels.isFull ? "hconcat" : "vconcat": .list(measures.map { panels.column($0) }),
        "spacing": .integer(panels.isFull ? 24 : 14),
        "resolve": ["scale": ["color": "shared", "shape": "shared"]],
      ])
  }
}

/// The panels of a measure: its level by weekday, and the difference from the baseline.
private struct WeekPanels {
  let source: ChartSource
  let language: Language
  let isFull: Bool
  let isSingle: Bool
  /// Those that the file has rows of.
  let scenarios: [String]

  init(_ source: ChartSource, _ context: ChartContext, _ measures: [String]) {
    (self.source, language, isFull) = (source, context.language, context.width == .full)
    isSingle = measures.count == 1
    scenarios = source.scenarios.filter { name in
      measures.contains { measure in
        source.rows(measure, by: WeekChart.dimension).contains { $0.scenario == name }
      }
    }
  }

  private var days: [String] { WeekPhrase.order.compactMap { WeekPhrase.day($0, language) } }
  private var titles: [String] { scenarios.map(source.title(ofScenario:)) }

  func column(_ measure: String) -> JSONValue {
    let label = source.label(measure)
    let name = label.bareName(language)
    func bracketed(_ text: String, _ unit: String) -> String {
      // A unit of two words stays on a line.
      let unit = unit.replacing(" ", with: "\u{a0}")
      return unit.isEmpty ? text : language == .english ? "\(text) (\(unit))" : "\(text)（\(unit)）"
    }
    let levels = source.rows(measure, by: WeekChart.dimension).map {
      row($0.member, $0.scenario, ChartEstimate($0), label.scale)
    }
    let differences = source.contrasts(measure, by: WeekChart.dimension).map {
      row($0.member, $0.scenario, ChartEstimate($0), label.scale)
    }
    var panels = [
      panel(
        levels, title: bracketed(name, label.axisTitle(language)), height: isFull ? 170 : 130,
        isDifference: false, isLast: differences.isEmpty)
    ]
    if !differences.isEmpty {
      let baseline = source.title(ofScenario: source.baseline)
      panels.append(
        panel(
          differences,
          title: bracketed(
            ChartPhrase.difference(from: baseline).text(language),
            label.axisTitle(language, isDifference: true)),
          height: isFull ? 120 : 100, isDifference: true, isLast: true))
    }
    return ["vconcat": .list(panels), "spacing": 10]
  }

  private func row(
    _ member: String, _ scenario: String, _ estimate: ChartEstimate, _ scale: Double
  ) -> JSONValue {
    .object(
      [
        ("day", .text(WeekPhrase.day(member, language) ?? member)),
        ("scenario", .text(source.title(ofScenario: scenario))),
      ] + estimate.json(scale))
  }

  private func panel(
    _ rows: [JSONValue], title: String, height: Int, isDifference: Bool, isLast: Bool
  ) -> JSONValue {
    let names = JSONValue.list(titles.map { .text($0) })
    let longest = titles.map(\.displayWidth).max() ?? 0
    let colours = ChartStyle.colours(of: scenarios, baseline: source.baseline)
    let horizontal: [(String, JSONValue)] = [
      (
        "x",
        [
          "field": "day", "type": "nominal", "sort": .list(days.map { .text($0) }),
          "title": isLast ? .text(WeekPhrase.weekday.text(language)) : .null,
          "scale": ["domain": .list(days.map { .text($0) }), "paddingInner": 0.35],
          "axis": ["labelAngle": 0, "labels": .flag(isLast), "ticks": .flag(isLast)],
        ]
      ),
      (
        "xOffset",
        ["field": "scenario", "type": "nominal", "sort": names, "scale": ["domain": names]]
      ),
    ]
    let colour: JSONValue = [
      "field": "scenario", "type": "nominal", "title": "",
      "scale": ["domain": names, "range": .list(colours.map { .text($0) })],
      "legend": [
        "symbolOpacity": 1,
        // As many of the longest name as fit, with their signs.
        "columns": .integer(max(1, (isFull ? 700 : 330) / (30 + 6 * longest))),
      ],
    ]
    let shape: JSONValue = [
      "field": "scenario", "type": "nominal", "title": "",
      "scale": [
        "domain": names,
        "range": .list(titles.indices.map { .text(Self.shapes[$0 % Self.shapes.count]) }),
      ],
    ]
    // Side by side, many scenarios have a few pixels each.
    let isCrowded = scenarios.count > 4
    func vertical(_ field: String) -> JSONValue {
      [
        "field": .text(field), "type": "quantitative", "scale": ["zero": .flag(isDifference)],
        "title": .list(title.wrapped(to: height / 6).map { .text($0) }),
        "axis": [
          "format": isDifference ? ChartStyle.signedNumbers : ChartStyle.numbers,
          "tickCount": 4,
        ],
      ]
    }
    let zero: [JSONValue] =
      isDifference
      ? [
        [
          "mark": ["type": "rule", "color": .text(ChartStyle.faint), "strokeDash": [3, 3]],
          "encoding": ["y": ["datum": 0, "type": "quantitative"]],
        ]
      ] : []
    return [
      "width": .integer(isFull ? (isSingle ? 600 : 285) : 275), "height": .integer(height),
      "data": ["values": .list(rows)],
      "layer": .list(
        zero + [
          [
            "mark": ["type": "line", "strokeWidth": 1, "opacity": isCrowded ? 0.25 : 0.55],
            "encoding": .object(horizontal + [("y", vertical("mean")), ("color", colour)]),
          ],
          [
            "mark": ["type": "rule", "strokeWidth": isCrowded ? 1 : 1.6],
            "encoding": .object(
              horizontal + [
                ("y", vertical("low")), ("y2", ["field": "high"]), ("color", colour),
              ]),
          ],
          [
            "mark": ["type": "point", "filled": true, "size": isCrowded ? 14 : 34, "opacity": 1],
            "encoding": .object(
              horizontal + [("y", vertical("mean")), ("color", colour), ("shape", shape)]),
          ],
        ]),
    ]
  }

  private static let shapes = [
    "circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "triangle-right",
    "triangle-left",
  ]

  func quickLook(_ measure: String) -> QuickLook {
    let label = source.label(measure)
    let rows = source.rows(measure, by: WeekChart.dimension)
    return QuickLook(
      title: WeekPhrase.throughWeek([label.title(language)], language),
      groups: WeekPhrase.order.compactMap { day in
        let values = scenarios.compactMap { scenario in
          rows.first { $0.scenario == scenario && $0.member == day }.map {
            ChartEstimate($0).row(source.title(ofScenario: scenario), label.scale)
          }
        }
        guard !values.isEmpty, let name = WeekPhrase.day(day, language) else { return nil }
        return QuickLook.Group(title: name, rows: values)
      }, notes: [source.circumstances(language)])
  }
}
