// SPDX-License-Identifier: GPL-3.0-or-later

import GRDB
import ModelFiles
import OutputAnalysis

/// A row of the view `summary`.
public struct SummaryRow: Hashable, Sendable {
  public var point: Int
  public var scenario: String
  public var measure: String
  public var dimension: String
  public var member: String
  public var n: Int
  public var mean: Double
  /// `nil` under two replications, as are the ends of the interval.
  public var standardDeviation: Double?
  public var low: Double?
  public var high: Double?
}

/// A row of the view `contrast`, and what common random numbers did for it.
public struct ContrastRow: Hashable, Sendable {
  public var point: Int
  public var scenario: String
  public var baseline: String
  public var measure: String
  public var dimension: String
  public var member: String
  public var n: Int
  public var meanDifference: Double
  /// `nil` under two replications, as is `high`.
  public var low: Double?
  public var high: Double?
  /// Share of the variance of a difference of independent runs that the pairing takes away; negative
  /// where it adds some; `nil` when neither side varies, or under two replications.
  public var varianceRemoved: Double?
  /// How many times as many independent replications would give the interval: the summed variances of
  /// both sides over that of their difference; `nil` where the difference does not vary.
  public var varianceReduction: Double?
  /// Chance of a mean difference so far from zero if there were none; `nil` under two replications.
  public var pValue: Double?
  /// The same, raised by Holm's rule for all scenarios that the measure is compared for.
  public var adjustedPValue: Double?
}

extension ResultsFile {
  /// The view `summary`, in its order.
  public func summary() throws -> [SummaryRow] {
    try faults(at: path) {
      try database.read { db in
        try Row.fetchAll(db, sql: "SELECT * FROM summary").map { row in
          SummaryRow(
            point: row["point_id"], scenario: row["scenario"], measure: row["measure"],
            dimension: row["dimension"], member: row["member"], n: row["n"], mean: row["mean"],
            standardDeviation: row["sd"], low: row["ci_low"], high: row["ci_high"])
        }
      }
    }
  }

  /// The view `contrast`, in its order, or the same over pairs with another baseline.
  ///
  /// - Throws: ``RunnerFault`` when no scenario has the name of `baseline`.
  public func contrasts(baseline: String? = nil) throws -> [ContrastRow] {
    let pairs = try pairs(with: baseline)
    return try faults(at: path) {
      try database.read { db in
        let sql =
          baseline == nil
          ? "SELECT * FROM contrast" : ResultsSchema.contrast(pairs: Self.values(of: pairs))
        let gains = try pairingGains(pairs, db)
        let rows = try Row.fetchAll(db, sql: sql).map { row in
          let name = SeriesName(
            measure: row["measure"], dimension: row["dimension"], member: row["member"])
          let gain = gains[row["point_id"] as Int]?[name]
          return ContrastRow(
            point: row["point_id"], scenario: row["scenario"], baseline: row["baseline"],
            measure: name.measure, dimension: name.dimension, member: name.member, n: row["n"],
            meanDifference: row["mean_difference"], low: row["ci_low"], high: row["ci_high"],
            varianceRemoved: gain?.removed, varianceReduction: gain?.reduction,
            pValue: gain?.pValue)
        }
        return adjusted(rows)
      }
    }
  }

  /// Holm's rule over the scenarios of each measure, apart for each form of money: the forms are the
  /// same question asked twice.
  private func adjusted(_ rows: [ContrastRow]) -> [ContrastRow] {
    let forms = header.points.reduce(into: [Int: String]()) { $0[$1.id] = $1.moneyForm }
    var families: [[String]: [Int]] = [:]
    for (index, row) in rows.enumerated() where row.pValue != nil {
      families[[row.measure, row.dimension, row.member, forms[row.point] ?? ""], default: []]
        .append(index)
    }
    var rows = rows
    for family in families.values {
      let values = holmAdjusted(family.compactMap { rows[$0].pValue })
      for (index, value) in zip(family, values) { rows[index].adjustedPValue = value }
    }
    return rows
  }

  /// Each point with that of the baseline scenario under the same form of money and at the same values
  /// of factors; of a single scenario, with the first point; without a name, as the experiment pairs
  /// them.
  func pairs(with baseline: String?) throws -> [Int: Int] {
    guard let baseline else { return header.baselines }
    let names = header.scenarioNames
    guard let place = names.firstIndex(of: baseline) else {
      let hint =
        nearestName(to: baseline, among: names).map { "did you mean \($0)?" }
        ?? "there are \(names.joined(separator: ", "))"
      throw RunnerFault.invalid("\(path): there is no scenario \(baseline); \(hint)")
    }
    var pairs: [Int: Int] = [:]
    for (index, point) in header.points.enumerated() {
      // Of one scenario the points of a design are compared with the first; forms of money are not
      // compared with each other.
      let isDesign = names.count == 1 && header.storedDesign != nil
      let first = isDesign ? 0 : index - index % names.count
      let base = header.points[first + place]
      if point.id != base.id { pairs[point.id] = base.id }
    }
    return pairs
  }

  /// A table of pairs in the place of a name.
  private static func values(of pairs: [Int: Int]) -> String {
    let rows = pairs.sorted { $0.key < $1.key }.map {
      "SELECT \($0.key) AS point_id, \($0.value) AS baseline_point_id"
    }
    return rows.isEmpty
      ? "(SELECT 0 AS point_id, 0 AS baseline_point_id WHERE 0)"
      : "(" + rows.joined(separator: " UNION ALL ") + ")"
  }

  private func pairingGains(_ pairs: [Int: Int], _ db: Database) throws
    -> [Int: [SeriesName: PairingGain]]
  {
    var result: [Int: [SeriesName: PairingGain]] = [:]
    for (point, baseline) in pairs {
      var series: SeriesName?
      var scenarioValues: [Double?] = []
      var baselineValues: [Double?] = []
      func close() {
        if let series {
          result[point, default: [:]][series] =
            PairingGain(scenarioValues, baselineValues)
        }
        scenarioValues = []
        baselineValues = []
      }
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT s.measure, s.dimension, s.member, x.value AS value, b.value AS base
          FROM observed_value x JOIN observed_value b ON b.point_id = ?
            AND b.replication = x.replication AND b.series_id = x.series_id
            JOIN series s ON s.series_id = x.series_id
          WHERE x.point_id = ? ORDER BY x.series_id, x.replication
          """, arguments: [baseline, point])
      while let row = try rows.next() {
        let name = SeriesName(measure: row[0], dimension: row[1], member: row[2])
        if name != series {
          close()
          series = name
        }
        scenarioValues.append(row[3])
        baselineValues.append(row[4])
      }
      close()
    }
    return result
  }
}

/// What a contrast owes to its pairs, over those in which both sides are defined.
private struct PairingGain {
  /// 1 − Var(difference) ÷ (sum of the variances).
  var removed: Double?
  var reduction: Double?
  var pValue: Double

  init?(_ scenario: [Double?], _ baseline: [Double?]) {
    guard let contrast = PairedContrast(of: scenario, against: baseline) else { return nil }
    reduction = contrast.varianceReduction
    pValue = contrast.pValue
    removed = contrast.varianceReduction.map { 1 - 1 / $0 }
    // The difference never varies: all is removed, if there was anything.
    if reduction == nil, Set(scenario.compactMap(\.self)).count > 1 { removed = 1 }
  }
}
