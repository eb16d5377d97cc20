// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// Patients who move between institutions of the tiers, up and back, under the baseline and under a
/// scenario.
struct ReferralFlowsChart {
  let chart: Chart

  private static let measure = "transfers"
  /// With the way patients came; where it is not there, without.
  private static let (withWays, plain) = ("from+to+way", "from+to")
  /// Ways that an institution arranged.
  private static let agreedWays: Set<String> = [
    "referral", "step-down", "handed-down", "aftercare",
  ]
  /// From the highest tier down: what leads up rises.
  private static let order = ["outside", "city", "county", "community", "township", "village"]
  private static let ranks = [
    "village": 0, "township": 1, "community": 1, "county": 2, "city": 3, "outside": 4,
  ]

  /// Between two tiers; agreed or not, `nil` where the file does not tell.
  private struct Move: Hashable {
    var from: String
    var to: String
    var isAgreed: Bool?

    var kind: FlowPhrase {
      switch (ranks[to] ?? 0) - (ranks[from] ?? 0) {
      case 1...: isAgreed.map { $0 ? .upReferred : .upOwn } ?? .up
      case ..<0: isAgreed.map { $0 ? .backAgreed : .backOwn } ?? .back
      default: .sameTier
      }
    }
  }

  init(_ source: ChartSource, _ context: ChartContext) throws {
    let language = context.language
    let dimension =
      source.rows(Self.measure, by: Self.withWays).isEmpty ? Self.plain : Self.withWays
    let request = MeasureRequest(measure: Self.measure, dimension: dimension)
    let rows = source.rows(Self.measure, by: dimension)
    guard !rows.isEmpty else {
      throw source.missing(
        .referralFlows, "run the experiment with measures: [\(Self.measure) by \(Self.withWays)]")
    }
    let told = try source.scenarioTold(context)
    let scenarios = told == source.baseline ? [told] : [source.baseline, told]
    var members: [Move: [MeasureSeries]] = [:]
    let drawn = Set(rows.filter { $0.mean > 0 && scenarios.contains($0.scenario) }.map(\.member))
    for member in drawn.sorted() {
      guard let move = Self.move(member, hasWays: dimension == Self.withWays) else { continue }
      members[move, default: []].append(MeasureSeries(measure: request, member: member))
    }
    guard !members.isEmpty else { throw source.missing(.referralFlows, "nobody moves") }

    let sums = SeriesSums(source)
    let tiers = Self.order.filter { tier in
      members.keys.contains { $0.from == tier || $0.to == tier }
    }
    func node(_ tier: String, _ side: KeyPath<Move, String>) throws -> FlowDiagram.Node {
      let series = members.filter { $0.key[keyPath: side] == tier }.flatMap(\.value)
      return FlowDiagram.Node(
        name: MeasureNames.member(tier, of: "tier", language),
        totals: try scenarios.map { try series.isEmpty ? nil : sums.level(series, of: $0) })
    }
    let kinds = Self.kinds.filter { kind in members.keys.contains { $0.kind == kind.phrase } }
    let moves = members.keys.sorted { one, other in
      func keys(_ move: Move) -> [Int] {
        [
          kinds.firstIndex { $0.phrase == move.kind } ?? 0, -(Self.ranks[move.from] ?? 0),
          tiers.firstIndex(of: move.from) ?? 0, tiers.firstIndex(of: move.to) ?? 0,
          move.isAgreed == true ? 0 : 1,
        ]
      }
      return keys(one).lexicographicallyPrecedes(keys(other))
    }
    let unit = MeasureNames.unit("transfers", language)
    let baseline = source.title(ofScenario: source.baseline)
    let diagram = FlowDiagram(
      panels: scenarios.map(source.title(ofScenario:)),
      left: try tiers.map { try node($0, \.from) }, right: try tiers.map { try node($0, \.to) },
      kinds: kinds.map {
        FlowDiagram.Kind(title: $0.phrase.text(language), colour: $0.colour, shape: $0.shape)
      },
      flows: try moves.map { move in
        let series = members[move] ?? []
        return FlowDiagram.Flow(
          from: tiers.firstIndex(of: move.from) ?? 0, to: tiers.firstIndex(of: move.to) ?? 0,
          kind: kinds.firstIndex { $0.phrase == move.kind } ?? 0,
          name: Self.name(move, language),
          levels: try scenarios.compactMap { try sums.level(series, of: $0) },
          difference: scenarios.count > 1 ? try sums.difference(series, of: told) : nil,
          isAlwaysListed: move.isAgreed == true)
      }, scale: 1,
      differenceTitle: ChartPhrase.difference(from: baseline).text(language),
      differenceUnit: unit, language: language,
      isFull: context.width == .full)
    chart = FlowChartText(
      kind: .referralFlows, title: FlowPhrase.betweenTiers(language),
      notes: [.bandsOfPatients, .directions], told: told
    ).chart(diagram, source, context)
  }

  private static let kinds: [(phrase: FlowPhrase, colour: String, shape: String)] = [
    (.upReferred, ChartStyle.up, "triangle-up"), (.upOwn, "#8fc1e3", "triangle-up"),
    (.up, ChartStyle.up, "triangle-up"), (.backAgreed, ChartStyle.down, "triangle-down"),
    (.backOwn, "#f2b98c", "triangle-down"), (.back, ChartStyle.down, "triangle-down"),
    (.sameTier, "#b0b0b0", "circle"),
  ]

  private static func move(_ member: String, hasWays: Bool) -> Move? {
    let parts = member.split(separator: "+").map(String.init)
    guard parts.count == (hasWays ? 3 : 2), ranks[parts[0]] != nil, ranks[parts[1]] != nil else {
      return nil
    }
    return Move(
      from: parts[0], to: parts[1], isAgreed: hasWays ? agreedWays.contains(parts[2]) : nil)
  }

  private static func name(_ move: Move, _ language: Language) -> String {
    let name = FlowPhrase.arrow(
      FlowPhrase.shortTier(move.from, language), FlowPhrase.shortTier(move.to, language))
    guard move.isAgreed == true else { return name }
    let word = FlowPhrase.arranged.text(language)
    return language == .english ? "\(name), \(word)" : "\(name)（\(word)）"
  }
}
