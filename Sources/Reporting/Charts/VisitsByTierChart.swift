// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// Visits at each tier under each scenario, and beside them what differs from the baseline: differences
/// that matter are often too small to be seen between bars.
struct VisitsByTierChart {
  let chart: Chart

  private static let dimension = "tier"

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let measure = context.measure?.measure.measure ?? "visits"
    let rows = source.rows(measure, by: Self.dimension)
    guard !rows.isEmpty else {
      throw source.missing(.visitsByTier, "run the experiment with measures: [\(measure) by tier]")
    }
    // A tier that nobody goes to under any scenario is not one of the region.
    let shown = ReportLayout.ordered(
      Set(rows.filter { $0.mean != 0 }.map(\.member)), of: Self.dimension)
    guard !shown.isEmpty else { throw source.missing(.visitsByTier, "all of them are zero") }
    let language = context.language
    let scenarios = source.scenarios.filter { name in rows.contains { $0.scenario == name } }
    let panels = TierPanels(
      label: source.label(measure), tiers: shown,
      levels: rows.map { ($0.member, $0.scenario, ChartEstimate($0)) },
      differences: source.contrasts(measure, by: Self.dimension)
        .map { ($0.member, $0.scenario, ChartEstimate($0)) },
      source: source, scenarios: scenarios, context: context)

    let hasIntervals = rows.contains { $0.low != nil }
    var notes = [source.circumstances(language)]
    notes.append((hasIntervals ? ChartPhrase.barsAndLines : ChartPhrase.noInterval).text(language))
    if panels.hasDifferences, hasIntervals { notes.append(source.differenceNote) }
    let name = panels.label.bareName(language)
    let title = source.compared(ChartPhrase.byTier(Phrase(name, name)).text(language), scenarios)
    let quick = panels.quickLook(title)
    chart = Chart(
      .visitsByTier, context, title: title, notes: notes, words: quick.words(language),
      quickLook: quick, body: panels.body)
  }
}

/// Bars of the levels, and points of the differences.
private struct TierPanels {
  typealias Row = (tier: String, scenario: String, estimate: ChartEstimate)

  let label: SeriesLabel
  let tiers: [String]
  let levels: [Row]
  let differences: [Row]
  let source: ChartSource
  let scenarios: [String]
  let context: ChartContext

  private var language: Language { context.language }
  private var isFull: Bool { context.width == .full }
  private var names: [String] {
    tiers.map { MeasureNames.member($0, of: "tier", language) }
  }
  private var series: ChartSeries { ChartSeries(of: scenarios, source, context.width) }
  var hasDifferences: Bool { differences.contains { tiers.contains($0.tier) } }

  private func values(_ rows: [Row], isSigned: Bool) -> JSONValue {
    .list(
      rows.compactMap { row in
        tiers.firstIndex(of: row.tier).map { place in
          .object(
            [
              ("row", .integer(place)), ("tier", .text(names[place])),
              ("scenario", .text(source.title(ofScenario: row.scenario))),
              ("text", .text(row.estimate.text(label.scale, isSigned: isSigned))),
            ] + row.estimate.json(label.scale))
        }
      })
  }

  var body: JSONValue {
    let rows = ChartRows(names, columns: isFull ? 24 : 18)
    let step: JSONValue = ["step": .integer(scenarios.count > 3 ? 12 : 15)]
    let texts =
      (differences.map {
        ChartStyle.pixels(of: $0.estimate.text(label.scale, isSigned: true))
      }.max() ?? 0) + 10
    let bars: JSONValue = [
      "width": .integer(isFull ? 300 : 230), "height": step,
      "data": ["values": values(levels, isSigned: false)],
      "encoding": .object(rows.place(series)),
      "layer": [
        IntervalMarks.bars(
          on: ChartAxis(label.axisTitle(language), language, tickCount: isFull ? 6 : 4),
          of: series), IntervalMarks.lines(width: 1.2),
      ],
    ]
    guard hasDifferences else { return ["hconcat": [bars]] }
    let width = isFull ? 720 - 300 - 16 - rows.pixels : 350 - rows.pixels
    let points: JSONValue = [
      "width": .integer(max(90, width - texts)), "height": step,
      "data": ["values": values(differences, isSigned: true)],
      "encoding": .object(rows.place(series, hasLabels: !isFull)),
      "layer": [
        IntervalMarks.upright(at: 0, isOffset: true),
        IntervalMarks.lines(width: 2, of: series),
        IntervalMarks.points(
          on: ChartAxis(
            ChartPhrase.difference(from: source.title(ofScenario: source.baseline)).text(language),
            unit: label.axisTitle(language, isDifference: true), language,
            columns: isFull ? 40 : 50, isSigned: true, tickCount: isFull ? 4 : 3),
          of: series, size: 42), IntervalMarks.texts(size: 10),
      ],
    ]
    return [
      isFull ? "hconcat" : "vconcat": [bars, points], "spacing": .integer(isFull ? 16 : 10),
      "resolve": ["scale": ["color": "shared"]],
    ]
  }

  func quickLook(_ title: String) -> QuickLook {
    QuickLook(
      title: title,
      groups: zip(tiers, names).map { tier, name in
        QuickLook.Group(
          title: name,
          rows: scenarios.compactMap { scenario in
            levels.first { $0.scenario == scenario && $0.tier == tier }.map {
              $0.estimate.row(source.title(ofScenario: scenario), label.scale)
            }
          })
      }, notes: [source.circumstances(language)])
  }
}
