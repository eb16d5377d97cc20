// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles

/// A results file that holds scenarios at draws of the assumptions, and where these are as stated.
struct DrawnSample {
  let scenarios: [String]
  let factors: [StoredFactor]
  let replications: Int
  /// Of the design.
  let draws: Int
  /// Draws of which no replication is missing.
  let whole: Int
  private let header: ResultsHeader
  /// Points of the whole draws, one a scenario, each with its place in the ranges.
  private let blocks: [(points: [ResultsHeader.Point], coordinates: Coordinates)]
  /// Where every assumption is as stated.
  private let base: [ResultsHeader.Point]?

  var incomplete: Int { draws - whole }

  /// - Throws: ``RunnerFault`` when the file is of no such design, or holds too little of it.
  init(_ results: ResultsFile) throws {
    try Self.check(results)
    header = results.header
    scenarios = header.scenarioNames
    replications = header.replications
    let factors = header.factors
    self.factors = factors
    let (points, names) = (header.points, scenarios)
    let all = stride(from: 0, to: points.count, by: names.count).map {
      Array(points[$0..<($0 + names.count)])
    }
    base = header.storedDesign?.basePoint == true ? all.first : nil
    let drawn = all.dropFirst(base == nil ? 0 : 1)
    draws = drawn.count
    let stored = try results.storedReplications()
    let count = header.replications
    blocks = drawn.filter { block in
      block.allSatisfy { point in
        (1...count).allSatisfy {
          stored.contains(ReplicationKey(point: point.id, replication: $0))
        }
      }
    }.map { ($0, Coordinates(factors, $0[0].settingValues)) }
    whole = blocks.count
    guard whole >= UncertaintyAnalysis.fewestDraws else {
      throw RunnerFault.invalid(
        "\(results.path): holds \(whole) whole draws; an analysis needs "
          + "\(UncertaintyAnalysis.fewestDraws) at least: "
          + (header.shard.isWhole ? "--resume goes on" : "yilian merge puts the parts together"))
    }
  }

  /// Refuses what is no sample of points crossed with replications under common random numbers.
  private static func check(_ results: ResultsFile) throws {
    let header = results.header
    func refuse(_ problem: String) throws -> Never {
      throw RunnerFault.invalid("\(results.path): \(problem)")
    }
    guard let design = header.storedDesign, ["lhs", "sobol", "file"].contains(design.method) else {
      try refuse("is no sample of its assumptions; run yilian uncertainty EXPERIMENT")
    }
    if header.provenance["random-numbers"] == "independent" {
      try refuse(
        "its points have random numbers of their own; the crossed components need common ones")
    }
    if header.isBatched || header.stopping != nil || header.replications < 2 {
      try refuse("has not the same two or more replications at every point")
    }
    if header.scenarioNames.count < 2 { try refuse("has one scenario, and no effect to judge") }
  }

  /// The scenario with which one is compared, both by number.
  func baseline(of scenario: Int) -> Int? {
    let block = blocks[0].points
    guard let other = header.baselines[block[scenario].id] else { return nil }
    return block.firstIndex { $0.id == other }
  }

  typealias Pair = (own: Double, base: Double)

  /// A series under a scenario and under another, at each draw where every replication has both, and as
  /// stated.
  ///
  /// - Parameter values: Of the series, by replication.
  func pairs(
    _ values: [ReplicationKey: Double], of scenario: Int, against other: Int
  ) -> (draws: [(coordinates: Coordinates, pairs: [Pair])], stated: [Pair]?) {
    func pairs(_ block: [ResultsHeader.Point]) -> [Pair]? {
      let found = (1...replications).compactMap { replication -> Pair? in
        let own = values[ReplicationKey(point: block[scenario].id, replication: replication)]
        let base = values[ReplicationKey(point: block[other].id, replication: replication)]
        guard let own, let base else { return nil }
        return (own, base)
      }
      return found.count == replications ? found : nil
    }
    return (
      blocks.compactMap { block in pairs(block.points).map { (block.coordinates, $0) } },
      base.flatMap(pairs)
    )
  }

  /// A point of the unit cube, one coordinate a factor.
  struct Coordinates: Sendable {
    var values: [Double]
    /// Which form of money, where both are drawn.
    var form: String?

    init(_ factors: [StoredFactor], _ settings: [String: String]) {
      values = factors.map { factor in
        let text = factor.value(in: settings) ?? ""
        if let levels = factor.levels {
          let place = levels.firstIndex { $0.name == text } ?? 0
          return levels.count > 1 ? Double(place) / Double(levels.count - 1) : 0
        }
        func number(_ text: String?) -> Double? { text.flatMap { Double(factor.number($0)) } }
        guard let value = number(text), let low = number(factor.low),
          let high = number(factor.high),
          high > low
        else { return 0.5 }
        return (value - low) / (high - low)
      }
      form = factors.first { $0.paths == [UncertaintyText.moneyForm] }?.value(in: settings)
    }
  }
}
