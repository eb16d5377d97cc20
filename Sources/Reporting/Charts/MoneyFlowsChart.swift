// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// What patients and the fund pay to the institutions of each tier and to retail pharmacies, under the
/// baseline and under a scenario.
struct MoneyFlowsChart {
  let chart: Chart

  /// Who pays, by which measure a tier receives it, and by which a pharmacy does.
  private static let payers:
    [(payer: FlowPhrase, kind: FlowPhrase, tier: String, pharmacy: String)] = [
      (.patients, .patientsPay, "out-of-pocket", "pharmacy-out-of-pocket"),
      (.fund, .fundPays, "fund-to-institutions", "pharmacy-fund-spend"),
    ]
  private static let pharmacy = "pharmacy"

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let language = context.language
    for payer in Self.payers where source.rows(payer.tier, by: "tier").isEmpty {
      throw source.missing(
        .moneyFlows, "run the experiment with measures: [\(payer.tier) by tier]")
    }
    let told = try source.scenarioTold(context)
    let scenarios = told == source.baseline ? [told] : [source.baseline, told]
    /// By payer and who is paid; empty where nothing is.
    func series(_ payer: Int, _ paid: String) -> [MeasureSeries] {
      let (measure, dimension, member) =
        paid == Self.pharmacy
        ? (Self.payers[payer].pharmacy, "", "") : (Self.payers[payer].tier, "tier", paid)
      let rows = source.rows(measure, by: dimension, member: member)
      guard rows.contains(where: { $0.mean != 0 && scenarios.contains($0.scenario) }) else {
        return []
      }
      return [
        MeasureSeries(
          measure: MeasureRequest(measure: measure, dimension: dimension), member: member)
      ]
    }
    let all = ["outside", "city", "county", "community", "township", "village", Self.pharmacy]
    let paid = all.filter { name in
      Self.payers.indices.contains { !series($0, name).isEmpty }
    }
    guard !paid.isEmpty else { throw source.missing(.moneyFlows, "nothing is paid") }

    let sums = SeriesSums(source)
    func node(_ name: String, _ series: [MeasureSeries]) throws -> FlowDiagram.Node {
      FlowDiagram.Node(
        name: name,
        totals: try scenarios.map { try series.isEmpty ? nil : sums.level(series, of: $0) })
    }
    func name(_ paid: String) -> String {
      paid == Self.pharmacy
        ? FlowPhrase.pharmacies.text(language) : MeasureNames.member(paid, of: "tier", language)
    }
    var flows: [FlowDiagram.Flow] = []
    for (row, payer) in Self.payers.enumerated() {
      for (column, to) in paid.enumerated() {
        let parts = series(row, to)
        guard !parts.isEmpty else { continue }
        flows.append(
          FlowDiagram.Flow(
            from: row, to: column, kind: row,
            name: FlowPhrase.arrow(
              payer.payer.text(language),
              to == Self.pharmacy ? name(to) : FlowPhrase.shortTier(to, language)),
            levels: try scenarios.compactMap { try sums.level(parts, of: $0) },
            difference: scenarios.count > 1 ? try sums.difference(parts, of: told) : nil))
      }
    }
    let colours = [ChartStyle.palette[4], ChartStyle.palette[0]]
    let diagram = FlowDiagram(
      panels: scenarios.map(source.title(ofScenario:)),
      left: try Self.payers.enumerated().map { row, payer in
        try node(payer.payer.text(language), paid.flatMap { series(row, $0) })
      },
      right: try paid.map { to in
        try node(name(to), Self.payers.indices.flatMap { series($0, to) })
      },
      kinds: zip(Self.payers, colours).enumerated().map { row, payer in
        FlowDiagram.Kind(
          title: payer.0.kind.text(language), colour: payer.1,
          shape: row == 0 ? "circle" : "square")
      }, flows: flows, scale: language == .english ? 1e-6 : 1e-4,
      differenceTitle: ChartPhrase.difference(from: source.title(ofScenario: source.baseline))
        .text(language),
      differenceUnit: FlowPhrase.millionCNY.text(language), language: language,
      isFull: context.width == .full)
    let hasPenalties = source.rows("breach-penalties", by: "").contains { $0.mean > 0 }
    chart = FlowChartText(
      kind: .moneyFlows, title: FlowPhrase.whoPays(language),
      notes: [.bandsOfMoney, .moneySources] + (hasPenalties ? [.penalties] : []), told: told
    ).chart(diagram, source, context)
  }
}
