// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Randomness

/// What a results file says before its first replication: where it comes from and what it will hold.
public struct ResultsHeader: Sendable {
  /// A row of the table `point`.
  public struct Point: Hashable, Sendable {
    public var id: Int
    public var scenario: String
    /// JSON of every overridden path.
    public var settings: String

    /// How money enters choices, in an experiment that asks for several forms.
    public var moneyForm: String? {
      struct Form: Decodable {
        var form: String?
        enum CodingKeys: String, CodingKey { case form = "money-form" }
      }
      return try? JSONDecoder().decode(Form.self, from: Data(settings.utf8)).form
    }
  }

  public var provenance: [String: String]
  public var points: [Point]
  /// Identifier of the point with which each other point is compared.
  public var baselines: [Int: Int]

  /// The header of a design.
  ///
  /// - Parameter command: The command line, kept for the reader of the file.
  public init(_ design: ExperimentDesign, shard: Shard = .whole, command: String) {
    provenance = design.provenance
    provenance["version"] = YilianVersion.current
    provenance["command"] = command
    provenance["experiment"] = design.name
    provenance["seed"] = "\(design.seed)"
    provenance["replications"] = "\(design.replications)"
    provenance["shard"] = shard.description
    provenance["random-numbers"] = design.randomNumbers.rawValue
    provenance["baseline"] = design.points[design.baseline].scenario
    provenance["probe-digest"] = Self.probeDigest
    points = design.points.enumerated().map { index, point in
      Point(
        id: index + 1, scenario: point.scenario,
        settings: JSONValue.texts(point.settings).description)
    }
    baselines = [:]
    for (point, described) in zip(points, design.points) {
      let baseline = (described.baseline ?? design.baseline) + 1
      if point.id != baseline { baselines[point.id] = baseline }
    }
  }

  init(provenance: [String: String], points: [Point], baselines: [Int: Int]) {
    self.provenance = provenance
    self.points = points
    self.baselines = baselines
  }

  /// 16 hexadecimal digits that stand for this machine's mathematical functions.
  public static let probeDigest = hexadecimal(platformProbeDigest())

  public var replications: Int { Int(provenance["replications"] ?? "") ?? 0 }

  /// Whether what is numbered as replications are batches of one run.
  public var isBatched: Bool { provenance["batches"] != nil }

  public var shard: Shard { Shard(provenance["shard"] ?? "") ?? .whole }

  /// All pairs that the whole design has, in design order.
  public var pairs: [ReplicationKey] {
    points.flatMap { point in
      (1...max(1, replications)).map { ReplicationKey(point: point.id, replication: $0) }
    }
  }

  /// How another header differs, one line each; empty when both are of the same design.
  ///
  /// - Parameter ignored: Keys of the provenance that may differ.
  func differences(
    from other: ResultsHeader, ignoring ignored: Set<String>, here: String, there: String
  ) -> [String] {
    var lines: [String] = []
    if provenance["probe-digest"] != other.provenance["probe-digest"] {
      lines.append(
        "probe-digest: \(here) has \(shown("probe-digest")), \(there) has "
          + "\(other.shown("probe-digest")): the mathematical functions of the machines differ, and "
          + "with them the last digits of results")
    }
    let keys = Set(provenance.keys).union(other.provenance.keys).subtracting(ignored)
    for key in keys.sorted()
    where key != "probe-digest" && provenance[key] != other.provenance[key] {
      // A text is named by its digest, and what the command line set by the points' settings.
      if key.hasPrefix(Self.textPrefix) || key == "overrides" && points != other.points { continue }
      lines.append(
        "\(key): \(here) has \(shown(key)), \(there) has \(other.shown(key))")
    }
    if points != other.points {
      let count = max(points.count, other.points.count)
      for index in 0..<count {
        let mine = points.indices.contains(index) ? points[index] : nil
        let theirs = other.points.indices.contains(index) ? other.points[index] : nil
        guard mine != theirs else { continue }
        lines.append(
          "point \(index + 1): \(here) has \(Self.shown(mine)), \(there) has \(Self.shown(theirs))")
      }
    }
    return lines
  }

  /// Keys of the provenance that hold the full text of a file start with this.
  static let textPrefix = "text of "
  static let modelTextPrefix = textPrefix + "model/"
  static let experimentTextPrefix = textPrefix + "experiment/"

  private func shown(_ key: String) -> String { provenance[key] ?? "none" }

  private static func shown(_ point: Point?) -> String {
    point.map { "\($0.scenario) \($0.settings)" } ?? "none"
  }
}

/// 16 lower-case hexadecimal digits.
func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
