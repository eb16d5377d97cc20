// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis

/// What a results file of twins holds, over its replications.
public struct TwinFindings {
  public let path: String
  public let settings: TwinSettings
  /// What people call its scenarios.
  public let titles: ExperimentTitles?
  public let replications: Int
  /// In the order of the view `summary`.
  public let rows: [SummaryRow]
  private let places: [[String]: Int]

  /// - Throws: ``RunnerFault`` when the file is not of twins, or holds no replication yet.
  public init(_ results: ResultsFile) throws {
    guard let settings = results.header.twins else {
      throw RunnerFault.invalid(
        "\(results.path): holds no twins; yilian twins EXPERIMENT makes such a file")
    }
    rows = try results.summary()
    guard let first = rows.first else {
      throw RunnerFault.invalid("\(results.path): holds no replication yet")
    }
    path = results.path
    self.settings = settings
    titles = results.header.titles
    replications = first.n
    places = Dictionary(
      rows.enumerated().map { ([$1.measure, $1.dimension, $1.member], $0) },
      uniquingKeysWith: { first, _ in first })
  }

  public func row(_ measure: String, _ dimension: String = "", _ member: String = "") -> SummaryRow?
  {
    places[[measure, dimension, member]].map { rows[$0] }
  }

  /// The dimensions by which residents are told apart, in their order.
  public var dimensions: [String] {
    TwinGroups.dimensions.filter { !members(of: $0).isEmpty }
  }

  /// Members of a dimension: tiers and distances from near to far, ages from young to old, the rest by
  /// name.
  public func members(of dimension: String) -> [String] {
    let found = rows.filter { $0.measure == TwinMeasures.residents && $0.dimension == dimension }
      .map(\.member)
    let known = dimension == "distance" ? TwinGroups.bandNames : TwinMeasures.tierNames
    func place(_ member: String) -> Int {
      if let place = known.firstIndex(of: member) { return place }
      let digits = member.prefix { $0.isNumber }
      return Int(digits) ?? .max
    }
    return found.sorted { (place($0), $0) < (place($1), $1) }
  }
}
