// SPDX-License-Identifier: GPL-3.0-or-later

import GRDB
import ModelFiles
import OutputAnalysis

/// A measure month by month: what each scenario changes, with bands.
public struct ThroughTime: Sendable {
  public struct Contrast: Sendable {
    public var point: Int
    public var scenario: String
    public var baseline: String
    /// The point of the baseline.
    public var basePoint: Int
    public var bands: TransientBands
  }

  /// The dimensions whose members follow each other in time.
  public static let dimensions = ["month", "period"]

  public let request: MeasureRequest
  /// The months in order, or the periods.
  public let members: [String]
  public let contrasts: [Contrast]

  /// - Parameters:
  ///   - request: `visits by month`; without a dimension, by month.
  ///   - baseline: The scenario to compare with; `nil`: the experiment's.
  /// - Throws: ``RunnerFault`` when the file does not hold the measure so.
  public init(_ results: ResultsFile, _ request: MeasureRequest, baseline: String? = nil) throws {
    var request = request
    if request.dimension.isEmpty { request.dimension = Self.dimensions[0] }
    guard Self.dimensions.contains(request.dimension) else {
      throw RunnerFault.invalid(
        "--through-time \(request): a \(request.dimension) is not a time; write by "
          + Self.dimensions.joined(separator: " or by "))
    }
    let found = try results.members(of: request)
    guard !found.isEmpty else {
      let catalogue = results.header.measureCatalogue
      guard let measure = catalogue.first(where: { $0.observes(request.measure) }) else {
        let hint = nearestName(to: request.measure, among: catalogue.flatMap(\.observedNames))
        throw RunnerFault.invalid(
          "--through-time \(request.measure): is not a measure of \(results.path); "
            + (hint.map { "did you mean \($0)?" } ?? "yilian schema lists the measures"))
      }
      // Where the kind of model has no such rows, another run would have none either.
      guard measure.dimensions.contains(request.dimension) else {
        let others = Self.dimensions.filter(measure.dimensions.contains)
        throw RunnerFault.invalid(
          "--through-time \(request.measure): is not observed by \(request.dimension); "
            + (others.isEmpty
              ? "time is gone through by measures of regions that have months"
              : "write \(request.measure) by \(others[0])"))
      }
      throw RunnerFault.invalid(
        "\(results.path): holds no \(request); run the experiment with measures: [\(request)]")
    }
    let members =
      request.dimension == "period"
      ? ["before", "after"].filter(found.contains) : found.sorted()
    let pairs = try results.pairs(with: baseline)
    let names = results.header.points.reduce(into: [Int: String]()) { $0[$1.id] = $1.scenario }
    var curves: [Int: [Int: [Double?]]] = [:]
    for point in Set(pairs.keys).union(pairs.values) {
      curves[point] = try results.curves(of: request, members: members, point: point)
    }
    self.request = request
    self.members = members
    let shared = SharedMembers(results, members, of: request.dimension)
    contrasts = pairs.sorted { $0.key < $1.key }.map { point, base in
      let (mine, theirs) = (curves[point] ?? [:], curves[base] ?? [:])
      let common = mine.keys.filter { theirs[$0] != nil }.sorted()
      return Contrast(
        point: point, scenario: names[point] ?? "", baseline: names[base] ?? "",
        basePoint: base,
        bands: TransientBands(
          of: common.map { mine[$0] ?? [] }, against: common.map { theirs[$0] ?? [] },
          shared: shared.count(of: point, against: base)))
    }
  }
}

/// How many of the first members lie wholly before two scenarios part, where those of one replication are
/// the same run.
private struct SharedMembers {
  private let members: [String]
  private let isOfPeriods: Bool
  /// The day on which the experiment lets all policies begin.
  private let policyStart: String?
  /// The experiment itself, where it names no such day: its policies then say when each begins.
  private let plan: ExperimentPlan?

  init(_ results: ResultsFile, _ members: [String], of dimension: String) {
    let provenance = results.header.provenance
    self.members = members
    isOfPeriods = dimension == "period"
    guard provenance["random-numbers"] != "independent" else {
      (policyStart, plan) = (nil, nil)
      return
    }
    policyStart = provenance["policy-start"]
    plan = policyStart == nil ? (try? StoredExperiment(results))?.loaded.plan : nil
  }

  func count(of point: Int, against base: Int) -> Int {
    if isOfPeriods { return policyStart == nil ? 0 : members.prefix { $0 == "before" }.count }
    guard let day = policyStart ?? parting(of: point, from: base) else { return 0 }
    // The month of a day, as months are named: 2021-01 of 2021-01-15.
    let month = String(day.prefix(7))
    return members.prefix { $0 < month }.count
  }

  /// The day on which two points part; `nil` where that may be the first.
  private func parting(of point: Int, from base: Int) -> String? {
    guard let plan, let start = plan.run.start, plan.points.indices.contains(max(point, base) - 1),
      var until = plan.points[point - 1].sharesUntil
    else { return nil }
    if base - 1 != plan.baseline {
      // What both share with the baseline, they share with each other.
      guard let other = plan.points[base - 1].sharesUntil,
        plan.points[base - 1].baseline == plan.points[point - 1].baseline
      else { return nil }
      until = min(until, other)
    }
    return CalendarDate(at: until, from: start).description
  }
}

extension ResultsFile {
  fileprivate func members(of request: MeasureRequest) throws -> [String] {
    try faults(at: path) {
      try database.read { db in
        try String.fetchAll(
          db, sql: "SELECT member FROM series WHERE measure = ? AND dimension = ?",
          arguments: [request.measure, request.dimension])
      }
    }
  }

  /// Of each replication of a point, one value a member.
  fileprivate func curves(of request: MeasureRequest, members: [String], point: Int) throws
    -> [Int: [Double?]]
  {
    let places = Dictionary(uniqueKeysWithValues: zip(members, members.indices))
    return try faults(at: path) {
      try database.read { db in
        var result: [Int: [Double?]] = [:]
        let rows = try Row.fetchCursor(
          db,
          sql: """
            SELECT o.replication, s.member, o.value
            FROM series s JOIN observed_value o ON o.series_id = s.series_id AND o.point_id = ?
            WHERE s.measure = ? AND s.dimension = ?
            """, arguments: [point, request.measure, request.dimension])
        while let row = try rows.next() {
          let replication: Int = row[0]
          guard let place = places[row[1]] else { continue }
          result[replication, default: members.map { _ in nil }][place] = row[2]
        }
        return result
      }
    }
  }
}
