// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import GRDB
import ModelFiles
import OutputAnalysis

/// In what two models, two experiments or two results files differ.
public struct FileComparison: Sendable {
  public enum Kind: String, Sendable { case model, experiment, results }

  public let kind: Kind
  /// What the files say otherwise: of a model by its paths, of an experiment by those that begin with
  /// `experiment.`, of a results file also by `provenance.` and `point.`.
  public let keys: [Difference]
  /// Pairs of scenario and replication that both results files hold, and how many of them came out
  /// otherwise, by event count and checksum.
  public let replications: (shared: Int, different: Int)?
  /// Means that differ in any bit, or that only one results file has.
  public let means: [MeanDifference]

  /// Whether nothing differs.
  public var isEqual: Bool { keys.isEmpty && means.isEmpty && replications?.different ?? 0 == 0 }

  /// Reads both paths and compares them.
  ///
  /// - Throws: ``RunnerFault`` when they are of different kinds, and every fault of both at once.
  public init(_ old: String, _ new: String) throws {
    let (first, second) = (Self.kind(of: old), Self.kind(of: new))
    guard first == second else {
      throw RunnerFault.invalid(
        "\(old) is \(first.inWords), and \(new) is \(second.inWords); name two of a kind")
    }
    kind = first
    switch first {
    case .model:
      keys = try Self.models(old, new)
      replications = nil
      means = []
    case .experiment:
      keys = try Self.experiments(old, new)
      replications = nil
      means = []
    case .results:
      let results = try ResultsComparison(ResultsFile.open(old), ResultsFile.open(new))
      keys = results.keys
      replications = results.replications
      means = results.means
    }
  }

  private static func kind(of path: String) -> Kind {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return .model
    }
    return StoredExperiment.isDatabase(path) ? .results : .experiment
  }

  /// Both models need to be readable, not to compile: what is wrong may be what differs.
  private static func models(_ old: String, _ new: String) throws(ModelFaults) -> [Difference] {
    let faults = FaultCollector()
    let (first, second) = (ModelDocument(folder: old, faults), ModelDocument(folder: new, faults))
    try faults.throwIfAny()
    guard let first, let second else {
      preconditionFailure("a model that cannot be read has recorded a fault")
    }
    return first.differences(to: second)
  }

  private static func experiments(_ old: String, _ new: String) throws(ModelFaults) -> [Difference]
  {
    let faults = FaultCollector()
    let plans = [old, new].map { ExperimentPlan(path: $0, faults) }
    try faults.throwIfAny()
    guard let first = plans[0], let second = plans[1],
      let (_, oldText) = first.experimentText, let (_, newText) = second.experimentText
    else { preconditionFailure("an experiment that failed has recorded no fault") }
    let models = try models(first.points[0].document.folder, second.points[0].document.folder)
    return Difference.between(experiment: oldText, and: newText)
      + designs(first.pointDesign?.imported?.text, second.pointDesign?.imported?.text) + models
  }

  /// The imported designs of two experiments, told by digests.
  fileprivate static func designs(_ old: String?, _ new: String?) -> [Difference] {
    guard old != new else { return [] }
    func digest(_ text: String?) -> String? { text.map { ModelDigest([("", $0)]).text } }
    return [Difference(path: "experiment.design (imported)", old: digest(old), new: digest(new))]
  }
}

extension FileComparison.Kind {
  fileprivate var inWords: String {
    switch self {
    case .model: "a folder"
    case .experiment: "an experiment"
    case .results: "a results file"
    }
  }
}

/// A mean that two results files do not share.
public struct MeanDifference: Hashable, Sendable {
  public var scenario: String
  /// JSON of the point's settings, where several points have the scenario's name; else empty.
  public var settings: String
  public var measure: String
  public var dimension: String
  public var member: String
  /// `nil` where that file has no such mean.
  public var old: SummaryRow?
  public var new: SummaryRow?

  public var difference: Double? {
    guard let old, let new else { return nil }
    return new.mean - old.mean
  }
}

/// The differences of two results files.
struct ResultsComparison {
  private(set) var keys: [Difference] = []
  private(set) var replications: (shared: Int, different: Int)
  private(set) var means: [MeanDifference] = []

  init(_ old: ResultsFile, _ new: ResultsFile) throws {
    let points = Self.pairs(old.header, new.header)
    replications = try Self.replications(old, new, points)
    keys = try Self.texts(old.header, new.header)
    keys += Self.points(old.header, new.header, points, known: Set(keys.map(\.path)))
    keys += Self.provenance(old.header, new.header)
    means = try Self.means(old, new, points)
    if replications.different == 0, !means.isEmpty {
      replications.different = try Self.altered(old, new, points, means)
    }
  }

  // MARK: - Points

  /// Points of the new file by those of the old: of the same scenario and settings or, where a
  /// scenario has one point in each file, of the same scenario.
  private static func pairs(_ old: ResultsHeader, _ new: ResultsHeader) -> [Int: Int] {
    var pairs: [Int: Int] = [:]
    for point in old.points {
      let same = new.points.filter { $0.scenario == point.scenario }
      let isOnlyOne = old.points.count { $0.scenario == point.scenario } == 1 && same.count == 1
      pairs[point.id] =
        (same.first { $0.settings == point.settings } ?? (isOnlyOne ? same.first : nil))?.id
    }
    return pairs
  }

  private static func name(_ point: ResultsHeader.Point, _ header: ResultsHeader) -> String {
    header.points.count { $0.scenario == point.scenario } == 1
      ? point.scenario : "\(point.scenario)\(point.settings)"
  }

  private static func settings(_ point: ResultsHeader.Point) -> [String: String] {
    (try? JSONDecoder().decode([String: String].self, from: Data(point.settings.utf8))) ?? [:]
  }

  /// - Parameter known: paths that the texts of the experiments have told already.
  private static func points(
    _ old: ResultsHeader, _ new: ResultsHeader, _ pairs: [Int: Int], known: Set<String>
  ) -> [Difference] {
    var list: [Difference] = []
    for point in old.points {
      let path = "point.\(name(point, old))"
      guard let other = new.points.first(where: { $0.id == pairs[point.id] }) else {
        list.append(Difference(path: path, old: point.settings, new: nil))
        continue
      }
      let (before, after) = (settings(point), settings(other))
      for key in Set(before.keys).union(after.keys).sorted() where before[key] != after[key] {
        if known.contains("experiment.scenarios.\(point.scenario).set.\(key)") { continue }
        list.append(Difference(path: "\(path).\(key)", old: before[key], new: after[key]))
      }
    }
    let matched = Set(pairs.values)
    for point in new.points where !matched.contains(point.id) {
      list.append(Difference(path: "point.\(name(point, new))", old: nil, new: point.settings))
    }
    return list
  }

  // MARK: - Where they come from

  /// The command names the file itself, and texts differ by their keys.
  private static func provenance(_ old: ResultsHeader, _ new: ResultsHeader) -> [Difference] {
    let told: Set = ["command", "overrides", "model-digest", "experiment-digest"]
    let keys = Set(old.provenance.keys).union(new.provenance.keys).filter {
      !told.contains($0) && !$0.hasPrefix(ResultsHeader.textPrefix)
    }
    return keys.sorted().compactMap { key in
      let (before, after) = (old.provenance[key], new.provenance[key])
      return before == after ? nil : Difference(path: "provenance.\(key)", old: before, new: after)
    }
  }

  private static func texts(_ old: ResultsHeader, _ new: ResultsHeader) throws -> [Difference] {
    if ["model-digest", "experiment-digest"].allSatisfy({ old.provenance[$0] == new.provenance[$0] }
    ) {
      return []
    }
    let (first, second) = (try StoredTexts(old), try StoredTexts(new))
    defer { withExtendedLifetime((first, second)) {} }
    var list: [Difference] = []
    if let one = first.experiment.flatMap(Self.text),
      let other = second.experiment.flatMap(Self.text)
    {
      list += Difference.between(experiment: one, and: other)
    }
    list += FileComparison.designs(imported(old), imported(new))
    let faults = FaultCollector()
    if let one = first.model.flatMap({ ModelDocument(folder: $0, faults) }),
      let other = second.model.flatMap({ ModelDocument(folder: $0, faults) })
    {
      list += one.differences(to: other)
    }
    return list
  }

  private static func imported(_ header: ResultsHeader) -> String? {
    header.provenance.first { $0.key.hasPrefix(ResultsHeader.importedTextPrefix) }?.value
  }

  private static func text(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }

  // MARK: - What came out

  private static func replications(
    _ old: ResultsFile, _ new: ResultsFile, _ pairs: [Int: Int]
  ) throws -> (shared: Int, different: Int) {
    let (first, second) = (try old.checksums(), try new.checksums())
    var (shared, different) = (0, 0)
    for (key, sum) in first {
      guard let point = pairs[key.point],
        let other = second[ReplicationKey(point: point, replication: key.replication)]
      else { continue }
      shared += 1
      if sum != other { different += 1 }
    }
    return (shared, different)
  }

  /// Of replications that ended alike, by their checksums, those of which the files tell other values.
  private static func altered(
    _ old: ResultsFile, _ new: ResultsFile, _ pairs: [Int: Int], _ means: [MeanDifference]
  ) throws -> Int {
    let series = means.filter { $0.old != nil && $0.new != nil }.map { row in
      MeasureSeries(
        measure: MeasureRequest(measure: row.measure, dimension: row.dimension), member: row.member)
    }
    let known = try new.storedReplications()
    let shared = try old.storedReplications().compactMap { key in
      pairs[key.point].map {
        (old: key, new: ReplicationKey(point: $0, replication: key.replication))
      }
    }.filter { known.contains($0.new) }
    let distinct = series.reduce(into: [MeasureSeries]()) { list, one in
      if !list.contains(one) { list.append(one) }
    }
    let before = try old.values(of: distinct, at: shared.map(\.old))
    let after = try new.values(of: distinct, at: shared.map(\.new))
    return shared.count { before[$0.old] != after[$0.new] }
  }

  private static func means(
    _ old: ResultsFile, _ new: ResultsFile, _ pairs: [Int: Int]
  ) throws -> [MeanDifference] {
    struct Key: Hashable {
      var point: Int
      var name: ResultsFile.SeriesName
    }
    func key(_ row: SummaryRow, _ point: Int) -> Key {
      Key(
        point: point,
        name: ResultsFile.SeriesName(
          measure: row.measure, dimension: row.dimension, member: row.member))
    }
    func difference(_ old: SummaryRow?, _ new: SummaryRow?, _ header: ResultsHeader)
      -> MeanDifference
    {
      guard let row = old ?? new else { preconditionFailure("one of them is there") }
      let isOnly = header.points.count { $0.scenario == row.scenario } == 1
      let settings = header.points.first { $0.id == row.point }?.settings ?? ""
      return MeanDifference(
        scenario: row.scenario, settings: isOnly ? "" : settings, measure: row.measure,
        dimension: row.dimension, member: row.member, old: old, new: new)
    }
    let (before, after) = (try old.summary(), try new.summary())
    let others = Dictionary(after.map { (key($0, $0.point), $0) }, uniquingKeysWith: { a, _ in a })
    var seen = Set<Key>()
    var list: [MeanDifference] = []
    for row in before {
      let match = pairs[row.point].map { key(row, $0) }
      if let match { seen.insert(match) }
      let other = match.flatMap { others[$0] }
      if let other, other.mean == row.mean, other.n == row.n,
        other.standardDeviation == row.standardDeviation
      {
        continue
      }
      list.append(difference(row, other, old.header))
    }
    for row in after where !seen.contains(key(row, row.point)) {
      list.append(difference(nil, row, new.header))
    }
    return list
  }
}

extension ResultsFile {
  fileprivate func checksums() throws -> [ReplicationKey: String] {
    try faults(at: path) {
      try database.read { db in
        var sums: [ReplicationKey: String] = [:]
        let rows = try Row.fetchCursor(
          db, sql: "SELECT point_id, replication, events, checksum FROM replication")
        while let row = try rows.next() {
          sums[ReplicationKey(point: row[0], replication: row[1])] =
            "\(row[2] as Int) \(row[3] as String)"
        }
        return sums
      }
    }
  }
}
