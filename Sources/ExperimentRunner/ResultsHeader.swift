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
    provenance[Self.stoppingKey] = design.stopping?.text
    provenance[Self.mostKey] = design.stopping?.most.map { "\($0)" }
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

  static let sampleKey = "sample"

  /// Share of a region's residents who were simulated; sums over residents are told of all.
  public var sample: Double { provenance[Self.sampleKey].flatMap { Double($0) } ?? 1 }

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
    // A design over factors follows from texts, whose first other line says more than all that follows.
    let hasOtherText = keys.contains {
      ($0.hasPrefix(Self.experimentTextPrefix) || $0.hasPrefix(Self.importedTextPrefix))
        && provenance[$0] != other.provenance[$0]
    }
    let isOtherDesign = hasOtherText && provenance["design"] != nil
    for key in keys.sorted()
    where key != "probe-digest" && provenance[key] != other.provenance[key] {
      // What the command line set is named by the points' settings.
      if key == "overrides" && points != other.points && !isOtherDesign { continue }
      if key.hasPrefix(Self.textPrefix) {
        lines.append(textDifference(from: other, key, here: here, there: there))
        continue
      }
      // Where the texts are there, they say more than their digest.
      if let texts = Self.digestedTexts[key],
        keys.contains(where: { $0.hasPrefix(texts) && provenance[$0] != other.provenance[$0] })
      {
        continue
      }
      if isOtherDesign, key == "design" || key == "factors" { continue }
      if let fields = Self.differingFields(provenance[key], other.provenance[key]) {
        lines += fields.map {
          "\(key), \($0.name): \(here) has \($0.mine), \(there) has \($0.theirs)"
        }
        continue
      }
      lines.append(
        "\(key): \(here) has \(shown(key)), \(there) has \(other.shown(key))")
    }
    if points != other.points, !isOtherDesign {
      let count = max(points.count, other.points.count)
      var differing = 0
      for index in 0..<count {
        let mine = points.indices.contains(index) ? points[index] : nil
        let theirs = other.points.indices.contains(index) ? other.points[index] : nil
        guard mine != theirs else { continue }
        // What differs at one point mostly differs at all in the same way.
        differing += 1
        guard differing <= Self.mostPointsShown else { continue }
        lines.append(
          "point \(index + 1): \(here) has \(Self.shown(mine)), \(there) has \(Self.shown(theirs))")
      }
      if differing > Self.mostPointsShown {
        lines.append("\(differing - Self.mostPointsShown) more points differ")
      }
    }
    return lines
  }

  private static let mostPointsShown = 2

  /// Keys of the provenance that hold the full text of a file start with this.
  static let textPrefix = "text of "
  static let modelTextPrefix = textPrefix + "model/"
  static let experimentTextPrefix = textPrefix + "experiment/"
  static let importedTextPrefix = textPrefix + "design/"

  /// Digests, and the texts that each is of.
  private static let digestedTexts = [
    "model-digest": modelTextPrefix, "experiment-digest": experimentTextPrefix,
  ]

  /// The first line in which a text differs.
  func textDifference(
    from other: ResultsHeader, _ key: String, here: String, there: String
  ) -> String {
    let file = key.dropFirst(Self.textPrefix.count)
    guard let mine = provenance[key] else { return "\(file): \(here) has no such file" }
    guard let theirs = other.provenance[key] else { return "\(file): \(there) has no such file" }
    let (own, others) = (Self.lines(of: mine), Self.lines(of: theirs))
    let place = zip(own, others).prefix { $0 == $1 }.count
    func line(_ lines: [Substring]) -> String {
      guard lines.indices.contains(place) else { return "no such line" }
      let text = lines[place].trimmingCharacters(in: .whitespaces)
      return text.count > 60 ? "\(text.prefix(57))…" : text.isEmpty ? "an empty line" : text
    }
    return "\(file):\(place + 1): \(here) has \(line(own)), \(there) has \(line(others))"
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The fields in which two values differ that are both stored as JSON objects with the same keys; `nil` of
  /// others.
  private static func differingFields(
    _ one: String?, _ other: String?
  ) -> [(name: String, mine: String, theirs: String)]? {
    func fields(_ text: String?) -> [String: Any]? {
      guard let text, text.hasPrefix("{") else { return nil }
      return try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    }
    guard let mine = fields(one), let theirs = fields(other),
      Set(mine.keys) == Set(theirs.keys)
    else { return nil }
    func text(_ value: Any?) -> String {
      switch value {
      case nil, is NSNull: "none"
      case let value as String: value
      case let value?:
        (try? JSONSerialization.data(
          withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys]))
          .map { String(decoding: $0, as: UTF8.self) } ?? "another value"
      }
    }
    return mine.keys.sorted().map { ($0, text(mine[$0]), text(theirs[$0])) }
      .filter { $0.1 != $0.2 }
  }

  private func shown(_ key: String) -> String {
    guard key == Self.stoppingKey, let stopping else { return provenance[key] ?? "none" }
    return stopping.description
  }

  private static func shown(_ point: Point?) -> String {
    point.map { "\($0.scenario) \($0.settings)" } ?? "none"
  }
}

/// 16 lower-case hexadecimal digits.
func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
