// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// Visits at each tier under each scenario, and beside them what differs from the baseline: differences
/// that matter are often too small to be seen between bars.
struct VisitsByTierChart {
  let chart: Chart

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let measure = context.measure?.measure.measure ?? "visits"
    let dimension = "tier"
    let rows = source.rows(measure, by: dimension)
    guard !rows.isEmpty else {
      throw source.missing(.visitsByTier, "run the experiment with measures: [\(measure) by tier]")
    }
    let language = context.language
    let label = source.label(measure)
    let scale = label.scale
    // A tier that nobody goes to under any scenario is not one of the region.
    let shown = ReportLayout.ordered(
      Set(rows.filter { $0.mean != 0 }.map(\.member)), of: dimension)
    guard !shown.isEmpty else { throw source.missing(.visitsByTier, "all of them are zero") }
    let names = shown.map { MeasureNames.member($0, of: dimension, language) }
    let scenarios = source.scenarios.filter { name in rows.contains { $0.scenario == name } }
    let titles = scenarios.map(source.title(ofScenario:))
    let baseline = source.title(ofScenario: source.baseline)
    let contrasts = source.contrasts(measure, by: dimension).filter { shown.contains($0.member) }

    func value(_ number: Double?) -> JSONValue { .number(number.map { $0 * scale }) }
    func tier(_ member: String) -> JSONValue { .text(names[shown.firstIndex(of: member) ?? 0]) }
    let means = rows.filter { shown.contains($0.member) }.map { row -> JSONValue in
      [
        "tier": tier(row.member), "scenario": .text(source.title(ofScenario: row.scenario)),
        "mean": value(row.mean), "low": value(row.low), "high": value(row.high),
      ]
    }
    let differences = contrasts.map { row -> JSONValue in
      [
        "tier": tier(row.member), "scenario": .text(source.title(ofScenario: row.scenario)),
        "mean": value(row.meanDifference), "low": value(row.low), "high": value(row.high),
      ]
    }
    let isFull = context.width == .full
    let step: JSONValue = ["step": .integer(scenarios.count > 3 ? 11 : 15)]
    let colour: JSONValue = [
      "field": "scenario", "type": "nominal", "title": "",
      "scale": [
        "domain": .list(titles.map { .text($0) }),
        "range": .list(
          ChartStyle.colours(of: scenarios, baseline: source.baseline).map { .text($0) }),
      ],
      "legend": ["columns": .integer(isFull ? 4 : 2)],
    ]
    func vertical(hasLabels: Bool) -> [(String, JSONValue)] {
      [
        (
          "y",
          [
            "field": "tier", "type": "nominal", "sort": .list(names.map { .text($0) }),
            "title": .null,
            "scale": ["domain": .list(names.map { .text($0) }), "paddingInner": 0.25],
            "axis": ["ticks": false, "domain": false, "labels": .flag(hasLabels)],
          ]
        ),
        (
          "yOffset",
          [
            "field": "scenario", "type": "nominal", "sort": .list(titles.map { .text($0) }),
            "scale": ["domain": .list(titles.map { .text($0) })],
          ]
        ),
      ]
    }
    func interval(_ width: JSONValue, _ colour: JSONValue?, _ ink: String) -> JSONValue {
      let ends: [(String, JSONValue)] = [
        ("x", ["field": "low", "type": "quantitative"]), ("x2", ["field": "high"]),
      ]
      return [
        "mark": ["type": "rule", "strokeWidth": width, "color": .text(ink)],
        "encoding": .object(ends + (colour.map { [("color", $0)] } ?? [])),
      ]
    }
    let unit = label.axisTitle(language)
    let left: JSONValue = [
      "width": .integer(isFull ? 330 : 230), "height": step, "data": ["values": .list(means)],
      "encoding": .object(vertical(hasLabels: true)),
      "layer": [
        [
          "mark": ["type": "bar"],
          "encoding": [
            "x": [
              "field": "mean", "type": "quantitative", "title": .text(unit),
              "axis": ["format": ChartStyle.numbers, "tickCount": .integer(isFull ? 6 : 4)],
            ],
            "color": colour,
          ],
        ],
        interval(1.2, nil, "#1a1a1a"),
      ],
    ]
    let right: JSONValue = [
      "width": .integer(isFull ? 210 : 230), "height": step,
      "data": ["values": .list(differences)],
      "encoding": .object(vertical(hasLabels: !isFull)),
      "layer": [
        [
          "mark": ["type": "rule", "color": .text(ChartStyle.faint), "strokeDash": [3, 3]],
          "encoding": ["x": ["datum": 0, "type": "quantitative"], "y": .null, "yOffset": .null],
        ],
        interval(2, colour, ChartStyle.ink),
        [
          "mark": ["type": "point", "filled": true, "size": 42, "opacity": 1],
          "encoding": [
            "x": [
              "field": "mean", "type": "quantitative",
              "title": .text(
                ChartPhrase.difference(
                  from: baseline, in: label.axisTitle(language, isDifference: true)
                ).text(language)),
              "axis": ["format": ChartStyle.signedNumbers, "tickCount": 4],
            ],
            "color": colour,
          ],
        ],
      ],
    ]
    let panels = differences.isEmpty ? [left] : [left, right]
    let isPaired = source.header.provenance["random-numbers"] != "independent"
    let hasIntervals = rows.contains { $0.low != nil }
    var notes = [source.circumstances(language)]
    notes.append((hasIntervals ? ChartPhrase.barsAndLines : ChartPhrase.noInterval).text(language))
    if !differences.isEmpty, hasIntervals {
      notes.append(
        (isPaired
          ? ChartPhrase.pairedDifference(from: baseline)
          : ChartPhrase.ownDifference(from: baseline))
          .text(language))
    }
    let title = Self.title(label, language)
    let quick = QuickLook(
      title: title,
      groups: zip(shown, names).map { member, name in
        QuickLook.Group(
          title: name,
          rows: scenarios.compactMap { scenario in
            rows.first { $0.scenario == scenario && $0.member == member }.map { row in
              QuickLook.Row(
                label: source.title(ofScenario: scenario), mean: row.mean * scale,
                low: row.low.map { $0 * scale }, high: row.high.map { $0 * scale },
                text: NumberText.text(
                  mean: row.mean, low: row.low, high: row.high, scale: scale, form: .halfWidth))
            }
          })
      }, notes: [source.circumstances(language)])
    chart = Chart(
      .visitsByTier, context, title: title, notes: notes,
      words: quick.words(language), quickLook: quick,
      body: [
        isFull ? "hconcat" : "vconcat": .list(panels), "spacing": .integer(isFull ? 16 : 10),
        "resolve": ["scale": ["color": "shared"]],
      ])
  }

  private static func title(_ label: SeriesLabel, _ language: Language) -> String {
    let name = label.bareName(language)
    return ChartPhrase.byTier(Phrase(name, name)).text(language)
  }
}
