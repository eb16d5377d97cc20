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
      notes.append(
        (source.isPaired
          ? WeekPhrase.pairedDifference(from: baseline)
          : WeekPhrase.ownDifference(from: baseline)).text(language))
    }
    notes.append(WeekPhrase.axisFromAnywhere.text(language))
    let quick = measures.map { panels.quickLook($0) }
    chart = Chart(
      .week, context,
      title: source.compared(
        WeekPhrase.throughWeek(
          measures.map { source.label($0).bareName(language) }, language), panels.scenarios),
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
  let width: ChartContext.Width
  let isSingle: Bool
  /// Those that the file has rows of.
  let scenarios: [String]

  init(_ source: ChartSource, _ context: ChartContext, _ measures: [String]) {
    (self.source, language, width) = (source, context.language, context.width)
    isSingle = measures.count == 1
    scenarios = source.scenarios.filter { name in
      measures.contains { measure in
        source.rows(measure, by: WeekChart.dimension).contains { $0.scenario == name }
      }
    }
  }

  var isFull: Bool { width == .full }
  private var days: [String] { WeekPhrase.order.compactMap { WeekPhrase.day($0, language) } }
  private var series: ChartSeries {
    ChartSeries(of: scenarios, source, width, shapes: Self.shapes)
  }

  func column(_ measure: String) -> JSONValue {
    let label = source.label(measure)
    let levels = source.rows(measure, by: WeekChart.dimension).map {
      row($0.member, $0.scenario, ChartEstimate($0), label.scale)
    }
    let differences = source.contrasts(measure, by: WeekChart.dimension).map {
      row($0.member, $0.scenario, ChartEstimate($0), label.scale)
    }
    var panels = [
      panel(
        levels, label.bareName(language), unit: label.axisTitle(language),
        height: isFull ? 170 : 130, isDifference: false, isLast: differences.isEmpty)
    ]
    if !differences.isEmpty {
      let baseline = source.title(ofScenario: source.baseline)
      panels.append(
        panel(
          differences, ChartPhrase.difference(from: baseline).text(language),
          unit: label.axisTitle(language, isDifference: true),
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
    _ rows: [JSONValue], _ title: String, unit: String, height: Int, isDifference: Bool,
    isLast: Bool
  ) -> JSONValue {
    let series = series
    var axis = ChartAxis(
      title, unit: unit, language, columns: height / 6, isSigned: isDifference, tickCount: 4)
    axis.hasZero = isDifference
    let horizontal: [(String, JSONValue)] = [
      (
        "x",
        [
          "field": "day", "type": "nominal", "sort": .list(days.map { .text($0) }),
          "title": isLast ? .text(WeekPhrase.weekday.text(language)) : .null,
          "scale": ["domain": .list(days.map { .text($0) }), "paddingInner": 0.35],
          "axis": ["labelAngle": 0, "labels": .flag(isLast), "ticks": .flag(isLast)],
        ]
      ), ("xOffset", series.offset),
    ]
    // Side by side, many scenarios have a few pixels each.
    let isCrowded = scenarios.count > 4
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
            "encoding": .object(
              horizontal + [("y", axis.encoding("mean")), ("color", series.colour)]),
          ],
          [
            "mark": ["type": "rule", "strokeWidth": isCrowded ? 1 : 1.6],
            "encoding": .object(
              horizontal + [
                ("y", axis.encoding("low")), ("y2", ["field": "high"]), ("color", series.colour),
              ]),
          ],
          [
            "mark": ["type": "point", "filled": true, "size": isCrowded ? 14 : 34, "opacity": 1],
            "encoding": .object(horizontal + [("y", axis.encoding("mean"))] + series.looks),
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
