// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles
import OutputAnalysis
import SensitivityAnalysis

/// How much of a scenario's effect each of its levers brings, from the file of an explanation.
public struct EffectExplanation {
  /// A measure under one form of money.
  public struct Result: Sendable {
    public var series: MeasureSeries
    /// `nil` where the experiment asks for one form only.
    public var moneyForm: String?
    /// `nil` where the measure is undefined in some run.
    public var attribution: LeverAttribution?
    /// The measure in the baseline.
    public var baselineMean: Double?
    /// `nil` under two replications.
    public var baseline: ConfidenceInterval?
  }

  public let explanation: Explanation
  public let header: ResultsHeader
  public let path: String
  /// Of each set of levers.
  public let replications: Int
  private let results: ResultsFile

  /// - Throws: ``RunnerFault`` when the file is not one of an explanation, or replications are missing.
  public init(_ results: ResultsFile) throws {
    header = results.header
    path = results.path
    guard let explanation = header.explanation else {
      throw RunnerFault.invalid(
        "\(path): was not run to be explained; yilian explain EXPERIMENT --scenario NAME runs it")
    }
    self.explanation = explanation
    self.results = results
    replications = try results.commonReplications()
    let isMissing = header.stopping == nil && replications < header.replications
    guard replications > 0, !isMissing else {
      throw RunnerFault.invalid(
        "\(path): replications are missing; go on with yilian run \(path) --resume --out \(path)")
    }
  }

  /// One result a form of money.
  ///
  /// - Throws: ``RunnerFault`` when the replications do not hold the series.
  public func results(of series: MeasureSeries) throws -> [Result] {
    let names = header.scenarioNames
    let subsets = explanation.subsets
    let places = subsets.compactMap { names.firstIndex(of: explanation.name(of: $0)) }
    guard places.count == subsets.count else {
      throw RunnerFault.invalid("\(path): lacks scenarios of its explanation")
    }
    let blocks = header.points.count / names.count
    return try (0..<blocks).map { block in
      let points = places.map { header.points[block * names.count + $0] }
      let table = try results.table(
        of: series, points: points.map(\.id), replications: replications)
      return Result(
        series: series, moneyForm: blocks > 1 ? points.first?.moneyForm : nil,
        attribution: table.map { attribution($0, subsets) },
        baselineMean: table.map { $0[0].reduce(0, +) / Double($0[0].count) },
        baseline: table.flatMap { ConfidenceInterval(of: $0[0]) })
    }
  }

  private func attribution(_ table: [[Double]], _ subsets: [UInt64]) -> LeverAttribution {
    let levers = explanation.levers.count
    guard let orders = explanation.drawnOrders else {
      return LeverAttribution(levers: levers, values: table)
    }
    let values = Dictionary(uniqueKeysWithValues: zip(subsets, table))
    return LeverAttribution(levers: levers, orders: orders) { values[$0] ?? [] }
  }
}

extension ResultsHeader {
  static let explanationKey = "explanation"

  /// What the file's scenarios take apart, if they were made for that.
  public var explanation: Explanation? {
    provenance[Self.explanationKey].flatMap {
      try? JSONDecoder().decode(Explanation.self, from: Data($0.utf8))
    }
  }

  static func text(of explanation: Explanation) -> String {
    let levers = explanation.levers.map { lever in
      JSONValue.object([
        ("name", .text(lever.name)), ("paths", .list(lever.paths.map { .text($0) })),
      ])
    }
    return JSONValue.object([
      ("scenario", .text(explanation.scenario)), ("baseline", .text(explanation.baseline)),
      ("levers", .list(levers)),
      ("orders", explanation.orders.map { .integer($0) } ?? .null),
      ("seed", .integer(Int(clamping: explanation.seed))),
    ]).description
  }
}
