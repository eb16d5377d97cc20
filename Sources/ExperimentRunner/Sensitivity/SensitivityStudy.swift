// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis
import SensitivityAnalysis

/// What a results file of a design over factors says of the factors: the analysis that fits its design.
public struct SensitivityStudy {
  /// The analysis, as JSON names it.
  public enum Method: String, Sendable {
    case morris, sobol
    case rank = "rank-correlation"
    case oneAtATime = "one-at-a-time"

    /// - Returns: `nil` of a design that is made for none.
    public init?(_ design: DesignSettings.Method) {
      switch design {
      case .morris: self = .morris
      case .saltelli: self = .sobol
      case .lhs, .sobol, .grid, .factorial, .fractional, .file: self = .rank
      case .oneAtATime: self = .oneAtATime
      }
    }
  }

  /// What is analysed: a measure in one scenario, or the difference that the scenario makes to it.
  public struct Quantity: Hashable, Sendable {
    public var series: MeasureSeries
    public var scenario: String
    /// The scenario subtracted, by replication at equal values of the factors; `nil`: nothing is.
    public var baseline: String?
  }

  /// What was found.
  public enum Finding: Sendable {
    case morris(ElementaryEffects)
    case sobol(SobolIndices)
    /// Places of the factors that can be ranked, in the order of the coefficients.
    case rank(RankCorrelation, factors: [Int])
    /// Values of the factors at the bars, and the value of the quantity at the base point.
    case oneAtATime(OneAtATimeEffects, values: [[String]], base: ConfidenceInterval?)
    /// The quantity is the same in every run.
    case constant
    /// The quantity is undefined in some run.
    case undefined
  }

  public struct Result: Sendable {
    public var quantity: Quantity
    public var finding: Finding
    /// How much of the variance of means between points is run noise; `nil` under two replications.
    public var noise: ReplicatedNoise?
  }

  public let header: ResultsHeader
  public let path: String
  public let method: Method
  public let factors: [StoredFactor]
  /// Of each point.
  public let replications: Int
  private let results: ResultsFile
  private let design: PointDesign
  private let scenarios: [String]

  /// - Throws: ``RunnerFault`` when the file has no design, or replications are missing.
  public init(_ results: ResultsFile) throws {
    path = results.path
    if results.header.twins != nil {
      throw RunnerFault.invalid("\(path): holds twins; print them with yilian twins \(path)")
    }
    if case .search = results.header.stopping {
      throw RunnerFault.invalid(
        "\(path): is of a search, which runs a few of its points; run all with yilian sweep, or print it "
          + "with yilian seek \(path)")
    }
    let plan = try results.storedPlan()
    guard let design = plan.pointDesign else {
      throw RunnerFault.invalid("\(path): has no factors; \(Self.remedy)")
    }
    let method = try Self.method(design, path: path)
    replications = try results.commonReplications()
    header = results.header
    let missing = header.stopping == nil && replications < header.replications
    guard replications > 0, !missing else {
      let count = try results.storedReplications().count
      throw RunnerFault.invalid(
        "\(path): holds \(count) of \(header.points.count * header.replications) replications; "
          + "go on with yilian run \(path) --resume --out \(path)")
    }
    self.results = results
    self.design = design
    self.method = method
    factors = header.factors
    scenarios = header.scenarioNames
  }

  private static let remedy =
    "run one with factors, by yilian sweep --design morris, saltelli, lhs or one-at-a-time"

  /// Refuses designs from which nothing can be told, before anything is run.
  public static func method(_ design: PointDesign, path: String) throws(RunnerFault) -> Method {
    guard let method = Method(design.settings.method) else {
      throw RunnerFault.invalid("\(path): nothing is told from its design; \(remedy)")
    }
    let points = design.rows.count { $0.origin != .base }
    switch method {
    case .rank where points < RankCorrelation.leastPoints:
      throw RunnerFault.invalid(
        "\(path): has \(points) points; rank correlations need \(RankCorrelation.leastPoints)")
    case .sobol where (design.settings.points ?? 0) < 2:
      throw RunnerFault.invalid("\(path): has 1 point in Saltelli's first sample; write 64 or more")
    case .morris where design.settings.trajectories < 2:
      throw RunnerFault.invalid("\(path): has 1 trajectory; write 10 or more")
    case .oneAtATime where design.rows.first?.origin != .base:
      throw RunnerFault.invalid(
        "\(path): has no base point to compare with; leave base-point: no out")
    default: return method
    }
  }

  /// Every scenario's values of a series, then what each makes of it beside its baseline.
  public func quantities(of series: MeasureSeries) -> [Quantity] {
    let values = scenarios.map { Quantity(series: series, scenario: $0, baseline: nil) }
    guard scenarios.count > 1 else { return values }
    return values
      + scenarios.enumerated().compactMap { place, scenario in
        guard let other = header.baselines[header.points[place].id] else { return nil }
        return Quantity(
          series: series, scenario: scenario, baseline: header.points[other - 1].scenario)
      }
  }

  /// - Throws: ``RunnerFault`` when the replications do not hold the series.
  public func result(of quantity: Quantity) throws -> Result {
    guard let values = try values(of: quantity) else {
      return Result(quantity: quantity, finding: .undefined)
    }
    let first = values[0][0]
    if values.allSatisfy({ $0.allSatisfy { $0 == first } }) {
      return Result(quantity: quantity, finding: .constant)
    }
    // The base point is no draw of the sample.
    let sampled = design.rows.indices.filter { design.rows[$0].origin != .base }
    return Result(
      quantity: quantity, finding: finding(values, sampled),
      noise: ReplicatedNoise(sampled.map { values[$0] }))
  }

  /// By row of the design, one value a replication.
  private func values(of quantity: Quantity) throws -> [[Double]]? {
    func table(_ scenario: String) throws -> [[Double]]? {
      guard let place = scenarios.firstIndex(of: scenario) else { return nil }
      let points = design.rows.indices.map { header.points[$0 * scenarios.count + place].id }
      return try results.table(
        of: quantity.series, points: points, replications: replications)
    }
    guard let values = try table(quantity.scenario) else { return nil }
    guard let baseline = quantity.baseline else { return values }
    guard let others = try table(baseline) else { return nil }
    return zip(values, others).map { zip($0, $1).map { $0 - $1 } }
  }

  // MARK: - The analyses

  /// Keys the bootstraps, beside their purpose: the design's own seed.
  private var seed: UInt64 { design.settings.seed }

  private func finding(_ values: [[Double]], _ sampled: [Int]) -> Finding {
    switch method {
    case .morris: .morris(elementaryEffects(values))
    case .sobol: .sobol(SobolIndices(samples(values), seed: seed))
    case .rank: correlations(values, sampled)
    case .oneAtATime: bars(values)
    }
  }

  private func elementaryEffects(_ values: [[Double]]) -> ElementaryEffects {
    var trajectories: [[ElementaryEffects.Step]] = []
    for (place, row) in design.rows.enumerated() {
      guard case .morris(_, let step) = row.origin else { continue }
      guard let step else {
        trajectories.append([])
        continue
      }
      func coordinate(_ row: PointDesign.Row) -> Double? {
        row.levels[step.factor].flatMap { design.factors[step.factor].coordinate(of: $0) }
      }
      guard let from = coordinate(design.rows[place - 1]), let to = coordinate(row) else {
        continue
      }
      trajectories[trajectories.count - 1].append(
        .init(factor: step.factor, before: place - 1, after: place, length: to - from))
    }
    return ElementaryEffects(
      factors: factors.count, trajectories: trajectories, values: values, seed: seed)
  }

  private func samples(_ values: [[Double]]) -> SobolIndices.Values {
    var samples = SobolIndices.Values(
      a: [], b: [], mixed: Array(repeating: [], count: factors.count))
    for (row, value) in zip(design.rows, values) {
      guard case .saltelli(_, let matrix) = row.origin else { continue }
      switch matrix {
      case .a: samples.a.append(value)
      case .b: samples.b.append(value)
      case .ab(let factor): samples.mixed[factor].append(value)
      }
    }
    return samples
  }

  private func correlations(_ values: [[Double]], _ sampled: [Int]) -> Finding {
    let columns = design.factors.indices.map { factor in
      sampled.map { row in
        design.rows[row].levels[factor].flatMap { design.factors[factor].order(of: $0) }
      }
    }
    // Words without an order have no rank.
    let ranked = columns.indices.filter { columns[$0].allSatisfy { $0 != nil } }
    let points = sampled.indices.map { place in ranked.map { columns[$0][place] ?? 0 } }
    let means = sampled.map { values[$0].reduce(0, +) / Double(values[$0].count) }
    return .rank(RankCorrelation(points: points, values: means), factors: ranked)
  }

  private func bars(_ values: [[Double]]) -> Finding {
    var points = [[Int]](repeating: [], count: factors.count)
    var names = [[String]](repeating: [], count: factors.count)
    var unchanged: Set<Int> = []
    for (place, row) in design.rows.enumerated() {
      guard let factor = row.levels.firstIndex(where: { $0 != nil }),
        let level = row.levels[factor]
      else { continue }
      points[factor].append(place)
      names[factor].append(level.name)
      if let own = design.factors[factor].base,
        own == level.name || level.number.map({ $0 == Factor.Level.number(of: own) }) == true
      {
        unchanged.insert(place)
      }
    }
    return .oneAtATime(
      OneAtATimeEffects(points: points, base: 0, values: values, unchanged: unchanged),
      values: names,
      base: ConfidenceInterval(of: values[0]))
  }
}
