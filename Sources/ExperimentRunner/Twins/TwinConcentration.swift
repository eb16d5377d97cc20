// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis

/// How an outcome is shared out among residents from the lowest rank to the highest, under both policies:
/// the points of two concentration curves at the ends of the groups that a results file of twins holds.
///
/// At its ends a group's residents are all counted, so that the points lie on the curve; between them it
/// is known only where all residents of a group have one rank, as by income: there it is straight.
///
/// Source: O'Donnell, van Doorslaer, Wagstaff & Lindelow, *Analyzing Health Equity Using Household Survey
/// Data*, World Bank 2008, chapter 7.
public struct TwinConcentration: Sendable {
  /// The end of a group.
  public struct Point: Sendable {
    /// Share of the residents up to here.
    public var people: Double
    /// Share of the outcome that they have; mean over replications.
    public var share: Double
    /// `nil` under two replications.
    public var interval: ConfidenceInterval?
  }

  public let outcome: TwinOutcome
  public let rank: TwinMeasures.Rank
  /// From the lowest rank up; those in which nobody lives are left out.
  public let groups: [String]
  /// One a group; the last is the whole.
  public let baseline: [Point]
  public let scenario: [Point]

  /// By income where the model tells groups apart, else by nearness.
  ///
  /// - Returns: `nil` where there is but one group, or in some replication nothing to share out.
  /// - Throws: ``RunnerFault`` when the file is not of twins, or its model cannot be read again.
  public init?(_ results: ResultsFile, of outcome: TwinOutcome) throws {
    let findings = try TwinFindings(results)
    self.outcome = outcome
    let incomes = findings.members(of: "income")
    rank = incomes.isEmpty ? .nearness : .income
    let dimension = incomes.isEmpty ? "distance" : "income"
    let all =
      incomes.isEmpty
      ? findings.members(of: "distance").reversed() : try Self.ascending(incomes, results)
    let groups = all.filter { (findings.row(TwinMeasures.residents, dimension, $0)?.mean ?? 0) > 0 }
    self.groups = groups
    func columns(_ measure: String) throws -> [[Int: Double]] {
      try groups.map { group in
        let values = try results.values(
          of: MeasureSeries(
            measure: MeasureRequest(measure: measure, dimension: dimension), member: group))
        return Dictionary(values.map { ($0.key.replication, $0.value) }, uniquingKeysWith: { $1 })
      }
    }
    let counts = try columns(TwinMeasures.residents)
    func curve(_ statistic: TwinStatistic) throws -> [Point]? {
      let means = try columns(TwinMeasures.name(outcome, statistic))
      var people: [[Double]] = []
      var shares: [[Double]] = []
      for replication in (counts.first ?? [:]).keys.sorted() {
        let sizes = counts.map { $0[replication] ?? 0 }
        // In a replication in which a group is empty its mean is undefined, and it has nothing.
        let sums = zip(sizes, means).map { $0 * ($1[replication] ?? 0) }
        let (everybody, everything) = (sizes.reduce(0, +), sums.reduce(0, +))
        guard everybody > 0, everything > 0 else { return nil }
        people.append(Self.runningSums(sizes).map { $0 / everybody })
        shares.append(Self.runningSums(sums).map { $0 / everything })
      }
      let replications = Double(people.count)
      return groups.indices.map { place in
        let own = shares.map { $0[place] }
        return Point(
          people: people.reduce(0) { $0 + $1[place] } / replications,
          share: own.reduce(0, +) / replications, interval: ConfidenceInterval(of: own))
      }
    }
    guard groups.count > 1, let baseline = try curve(.baseline),
      let scenario = try curve(.scenario)
    else { return nil }
    self.baseline = baseline
    self.scenario = scenario
  }

  private static func runningSums(_ values: [Double]) -> [Double] {
    var sum = 0.0
    return values.map { value in
      sum += value
      return sum
    }
  }

  /// The income groups from the poorest up, as the stored model has their incomes.
  private static func ascending(_ groups: [String], _ results: ResultsFile) throws -> [String] {
    guard
      let region = try StoredExperiment(results).loaded.design.points.first?.model
        as? RunnableRegion
    else { return groups }
    let names = region.model.trends.incomeGroups
    let incomes = region.model.relativeIncomes
    func income(_ group: String) -> Double {
      names.firstIndex(of: group).map { incomes[$0] } ?? 0
    }
    return groups.sorted { (income($0), $0) < (income($1), $1) }
  }
}
