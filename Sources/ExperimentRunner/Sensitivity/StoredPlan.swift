// SPDX-License-Identifier: GPL-3.0-or-later

import GRDB
import ModelFiles
import OutputAnalysis

extension ResultsFile {
  /// The plan that the file's points follow from, read again from its texts; nothing is compiled.
  ///
  /// - Throws: ``RunnerFault`` when the texts are missing, cannot be read, or are not those of the points.
  func storedPlan() throws -> ExperimentPlan {
    let texts = try StoredTexts(header)
    defer { withExtendedLifetime(texts) {} }
    guard let model = texts.model else {
      throw RunnerFault.invalid("\(path): holds no texts of a model")
    }
    let moved = texts.experiment.map { _ in [ExperimentPlan.Setting("experiment.model", model)] }
    do {
      let plan = try ExperimentPlan(
        path: texts.experiment ?? model,
        overrides: try StoredExperiment.overrides(header, path) + (moved ?? []))
      guard plan.points.count == header.points.count,
        plan.modelDigest.text == header.provenance["model-digest"]
      else {
        throw RunnerFault.invalid(
          "\(path): the stored texts are not those the results were made of")
      }
      // Another version may make other points of the same text.
      for (point, stored) in zip(plan.points, header.points) {
        let values = stored.settingValues
        let isSame = (point.row?.settings ?? []).allSatisfy { values[$0.path] == $0.value }
        guard isSame, point.scenario == stored.scenario else {
          throw RunnerFault.invalid(
            "\(path): this version makes another point \(stored.id) of the stored design; run it anew"
          )
        }
      }
      return plan
    } catch let error as ModelFaults {
      throw RunnerFault(
        .invalidInput,
        error.list.map { "\(path): the stored model cannot be read by this version: \($0)" })
    }
  }

  /// The assumptions of the stored model, with their ranges.
  ///
  /// - Throws: ``RunnerFault`` as when the model is read to run it again.
  public func storedAssumptions() throws -> [Assumption] { try storedPlan().assumptions }

  /// How many replications all points have: those of the numbers from 1 on that none lacks.
  func commonReplications() throws -> Int {
    let stored = try storedReplications()
    let most = stored.map(\.replication).max() ?? 0
    return (0..<most).prefix { number in
      header.points.allSatisfy {
        stored.contains(ReplicationKey(point: $0.id, replication: number + 1))
      }
    }.count
  }

  /// What the points show of a series: by point, one value a replication.
  ///
  /// - Parameters:
  ///   - replications: Of each point, from 1.
  ///   - points: Identifiers.
  /// - Returns: `nil` where the series is undefined in one of them.
  /// - Throws: ``RunnerFault`` when the replications have no such row.
  func table(
    of series: MeasureSeries, points: [Int], replications: Int
  ) throws -> [[Double]]? {
    let keys = points.map { point in
      (1...replications).map { ReplicationKey(point: point, replication: $0) }
    }
    let found = try values(of: [series], at: keys.flatMap(\.self))
    var table: [[Double]] = []
    for row in keys {
      let values = row.compactMap { found[$0]?.first ?? nil }
      guard values.count == row.count else { return nil }
      table.append(values)
    }
    return table
  }
}

extension ResultsFile {
  /// Measures and the dimensions by which the replications hold them.
  public func observedMeasures() throws -> Set<MeasureRequest> {
    try faults(at: path) {
      try database.read { db in
        let rows = try Row.fetchAll(db, sql: "SELECT DISTINCT measure, dimension FROM series")
        return Set(rows.map { MeasureRequest(measure: $0[0], dimension: $0[1]) })
      }
    }
  }
}
