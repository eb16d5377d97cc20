// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis
import Randomness

/// Costs and effects of an experiment's scenarios, from its results file.
public struct EconomicEvaluation {
  /// What a scenario costs year by year, and beyond the baseline.
  public struct Impact: Sendable {
    public var scenario: String
    /// By year from 1; `nil` under two replications.
    public var totals: [ConfidenceInterval?]
    /// Mean, and the paired interval, of the difference from the baseline; none of the baseline itself.
    public var means: [Double]
    public var differences: [(mean: Double, interval: ConfidenceInterval?)]
  }

  public let path: String
  /// What people call its scenarios.
  public let titles: ExperimentTitles?
  public let request: EconomicRequest
  public let costs: [MeasureSeries]
  public let costUnit: String
  /// Of one unit by which effects are counted: of a share, a point of a hundred.
  public let effectUnit: String
  /// Definitions of what is counted, for the reader.
  public let formulas: [(name: String, formula: String)]
  public let replications: Int
  /// Scenarios in design order.
  public let analysis: IncrementalAnalysis
  /// Index of the one that the others are compared with.
  public let baseline: Int
  /// Of each scenario against the baseline, in design order; `nil` of the baseline itself.
  public let ratios: [IncrementalRatio?]
  /// `nil` where no threshold is given.
  public let acceptability: Acceptability?
  /// Costs by year, not discounted; empty where the file has no months, or one year only and none.
  public let impacts: [Impact]
  /// The first and last whole month of the window; `nil` where totals are of the whole window.
  public let months: ClosedRange<String>?
  private let monthCount: Int
  /// Whether effects are discounted too: those that add up over time.
  public let isEffectDiscounted: Bool

  /// Times that replications are drawn again for the acceptability.
  public static let resamples = 2000

  /// - Throws: ``RunnerFault`` when the file does not hold what is asked for.
  public init(_ results: ResultsFile, _ request: EconomicRequest) throws {
    let reader = EconomicReader(results)
    path = results.path
    titles = results.header.titles
    self.request = request
    let costs = try Self.costs(of: request, results.header)
    self.costs = costs
    guard !costs.contains(request.effect) else {
      throw RunnerFault.invalid(
        "--effect \(request.effect): is the cost itself; name what the money brings")
    }
    let points = try reader.scenarios()
    try results.check(costs + [request.effect])
    costUnit = reader.unit(of: costs[0])
    let unit = reader.unit(of: request.effect)
    effectUnit = unit
    formulas = (costs + [request.effect]).map { ($0.description, reader.formula(of: $0)) }
    baseline = try reader.baseline(request.baseline, points)

    // Years: whole months from the start of the policies on, in twelves.
    let costMonths = try reader.months(of: costs)
    let isDiscounted = request.discountRate > 0
    let addsUp = reader.addsUp(request.effect)
    let effectMonths = addsUp ? try reader.months(of: [request.effect]) : []
    if isDiscounted {
      try reader.needMonths(costs, found: costMonths)
      if addsUp { try reader.needMonths([request.effect], found: effectMonths) }
    }
    isEffectDiscounted = isDiscounted && addsUp
    let scale = unit == "share" ? 100.0 : 1
    let sign = request.isHigherBetter ? 1.0 : -1
    var yearly: [[Int: [Double]]] = []
    var values: [(costs: [Int: Double], effects: [Int: Double])] = []
    for point in points {
      let years = try reader.years(of: costs, costMonths, point: point.id)
      yearly.append(years)
      var total = try reader.values(of: costs, point: point.id)
      var effects = try reader.values(of: [request.effect], point: point.id)
      if isDiscounted {
        func today(_ years: [Int: [Double]]) -> [Int: Double] {
          years.mapValues { Discounting.presentValue($0, rate: request.discountRate) }
        }
        total = today(years)
        if addsUp {
          effects = today(
            try reader.years(of: [request.effect], effectMonths, point: point.id))
        }
      }
      values.append((total, effects))
    }
    // Arms are compared over the replications that all of them have.
    let common = (values.first?.costs.keys.sorted() ?? []).filter { replication in
      values.allSatisfy { $0.costs[replication] != nil && $0.effects[replication] != nil }
    }
    let count = common.count
    guard count > 0 else {
      throw RunnerFault.invalid(
        "\(results.path): holds no replication in which every scenario has a cost and an effect")
    }
    let paired = zip(points, values).map { point, value in
      EconomicArm(
        name: point.scenario, costs: common.map { value.costs[$0]! },
        effects: common.map { sign * scale * value.effects[$0]! })
    }
    replications = count
    analysis = IncrementalAnalysis(paired)
    let base = baseline
    ratios = paired.indices.map {
      $0 == base ? nil : IncrementalRatio(of: paired[$0], against: paired[base])
    }
    acceptability =
      request.thresholds.isEmpty
      ? nil
      : Acceptability(
        paired, thresholds: request.thresholds,
        resamples: Self.resamples(of: count, header: results.header))
    impacts = Self.impacts(
      paired.map(\.name), yearly.map { years in common.compactMap { years[$0] } }, baseline: base)
    monthCount = costMonths.count
    months =
      isDiscounted && !costMonths.isEmpty ? costMonths[0]...costMonths[costMonths.count - 1] : nil
  }

  /// Months in a year of ``impacts``, from 0: twelve but for the last.
  public func monthsOfYear(_ year: Int) -> Int { min(12, monthCount - 12 * year) }

  private static func costs(
    of request: EconomicRequest, _ header: ResultsHeader
  ) throws -> [MeasureSeries] {
    let isRegion = header.provenance["kind"] == ExperimentPlan.ModelKind.region.rawValue
    if let perspective = request.perspective, !isRegion {
      throw RunnerFault.invalid(
        "--perspective \(perspective.rawValue): perspectives are those of a region; name costs with --cost"
      )
    }
    // The money of one purse is no cost to another.
    let purses = EconomicRequest.Perspective.society.costs ?? []
    if let perspective = request.perspective, let own = perspective.costs,
      let foreign = request.costs.first(where: {
        purses.contains($0.measure.measure) && !own.contains($0.measure.measure)
      })
    {
      throw RunnerFault.invalid(
        "--cost \(foreign): is no cost to the \(perspective.rawValue); leave --perspective out, or --cost"
      )
    }
    if !request.costs.isEmpty { return request.costs }
    guard isRegion else {
      return [MeasureSeries(measure: MeasureRequest(measure: "cost"))]
    }
    let perspective = request.perspective ?? .society
    guard let costs = perspective.costs else {
      throw RunnerFault.invalid(
        "--perspective \(perspective.rawValue): what institutions spend is not simulated; name what "
          + "stands for it with --cost")
    }
    return costs.map { MeasureSeries(measure: MeasureRequest(measure: $0)) }
  }

  /// The same for the same file, whoever asks.
  private static func resamples(of count: Int, header: ResultsHeader) -> [[Int]] {
    let root = RandomRoot(
      seed: UInt64(header.provenance["seed"] ?? "") ?? 0, replication: 0)
    return (0..<resamples).map { number in
      var stream = RandomStream(root, Purpose("economics-resample"), owner: UInt64(number))
      return (0..<count).map { _ in Int(stream.below(UInt32(count))) }
    }
  }

  /// - Parameter yearly: of each arm, by replication and year.
  private static func impacts(
    _ names: [String], _ yearly: [[[Double]]], baseline: Int
  ) -> [Impact] {
    let count = yearly.first?.count ?? 0
    guard let years = yearly.first?.first?.count, yearly.allSatisfy({ $0.count == count }) else {
      return []
    }
    return names.indices.map { arm in
      func column(_ arm: Int, _ year: Int) -> [Double] { yearly[arm].map { $0[year] } }
      return Impact(
        scenario: names[arm],
        totals: (0..<years).map { ConfidenceInterval(of: column(arm, $0)) },
        means: (0..<years).map { column(arm, $0).reduce(0, +) / Double(count) },
        differences: arm == baseline
          ? []
          : (0..<years).map { year in
            let differences = zip(column(arm, year), column(baseline, year)).map { $0 - $1 }
            return (
              differences.reduce(0, +) / Double(count), ConfidenceInterval(of: differences)
            )
          })
    }
  }
}
