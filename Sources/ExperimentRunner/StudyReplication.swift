// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis

/// What a study's source published, beside what its model gives when it is run here.
public struct StudyReplication: Sendable {
  /// Chance that a row agrees when the bias is as large as its band.
  public static let alpha = 0.05
  /// The least power at which an answer is worth having.
  public static let leastPower = 0.9

  /// One published value and the answer to it.
  public struct Row: Sendable {
    public var published: PublishedValue
    /// As measures name it; empty for a quotient of two.
    public var unit: String
    /// What the model was changed by; empty when by nothing.
    public var scenario: String
    /// The mean over replications with its interval of 95 %; `nil` where a replication has no value.
    public var obtained: ConfidenceInterval?
    /// Whether the mean lies within the band, beyond doubt.
    public var test: EquivalenceTest?
    /// The least chance that a simulator without bias agrees, at the error seen, wherever inside
    /// its rounding the exact value lies.
    public var power: Double?

    public var agrees: Bool { test?.verdict == .equivalent }
  }

  public let study: Study
  public let rows: [Row]
  public let outcome: ExperimentRun.Outcome

  public var agrees: Bool { outcome == .complete && rows.allSatisfy(\.agrees) }
  /// The least power of a row.
  public var power: Double? {
    rows.contains { $0.power == nil } ? nil : rows.compactMap(\.power).min()
  }

  /// Runs a study.
  public init(
    of study: Study, threads: Int, stop: StopFlag = StopFlag(),
    progress: (RunProgress) -> Void = { _ in }
  ) throws {
    self.study = study
    let design = study.design
    let none = [Double?](repeating: nil, count: design.replications)
    var values = Array(repeating: none, count: study.published.rows.count)
    outcome = try ExperimentRun(design, threads: threads).run(
      design.pairs, alreadyDone: 0, stop: stop, progress: progress,
      store: { finished in
        for one in finished {
          for (index, row) in study.published.rows.enumerated()
          where study.points[index] == one.key.point {
            values[index][one.key.replication - 1] = Self.value(of: row, in: one.result)
          }
        }
      })
    rows = study.published.rows.indices.map { index in
      Self.row(
        study.published.rows[index], unit: study.units[index],
        scenario: design.points[study.points[index] - 1].scenario, values[index])
    }
  }

  private static func value(of row: PublishedValue, in result: ReplicationResult) -> Double? {
    func observed(_ measure: String, _ dimension: String, _ member: String) -> Double? {
      result.observations.first {
        $0.measure == measure && $0.dimension == dimension && $0.member == member
      }?.value
    }
    let value = observed(row.measure, row.dimension, row.member)
    guard let divisor = row.divisor else { return value }
    guard let value,
      let other = observed(divisor.measure, divisor.dimension, divisor.member), other != 0
    else { return nil }
    return value / other
  }

  private static func row(
    _ published: PublishedValue, unit: String, scenario: String, _ values: [Double?]
  ) -> Row {
    var row = Row(published: published, unit: unit, scenario: scenario)
    let defined = values.compactMap(\.self)
    guard defined.count == values.count else { return row }
    row.obtained = ConfidenceInterval(of: defined)
    row.test = EquivalenceTest(
      of: defined, theory: published.value, absoluteTolerance: published.band, alpha: alpha)
    // The exact value may lie at an end of the rounding: then the tolerance is all the room left.
    row.power =
      EquivalenceTest(
        of: defined, theory: published.value, absoluteTolerance: published.tolerance, alpha: alpha
      )?.power
    return row
  }
}
