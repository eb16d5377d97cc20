// SPDX-License-Identifier: GPL-3.0-or-later

/// The section `design` of an experiment: how its factors are varied.
public struct DesignSettings: Sendable {
  public enum Method: String, CaseIterable, Sendable {
    case grid, factorial, fractional
    case oneAtATime = "one-at-a-time"
    case lhs, sobol, morris, saltelli
    /// Rows of a CSV file.
    case file
  }

  public var method: Method
  /// Points of a sample, of Saltelli's sample A, or rows of a fraction.
  public var points: Int?
  public var trajectories = 10
  /// Of a range that has no step: on Morris's grid, or in combinations.
  public var levels: Int?
  public var seed: UInt64 = 1
  /// As written: `d = a * b * c`, or `D=ABC`.
  public var generators: [String] = []
  /// Conditions on factors, of which every point must meet all.
  public var constraints: [String] = []
  /// The file of the method ``Method/file``, as seen from the experiment.
  public var file: String?
  /// Whether the first point is the model as it is.
  public var hasBasePoint = true

  /// Most points of a design, times scenarios.
  static let mostPoints = 1_000_000

  /// The methods that know a key; the others refuse it.
  private static let users: [String: [Method]] = [
    "points": [.lhs, .sobol, .saltelli, .fractional], "trajectories": [.morris],
    "levels": [.morris, .grid, .oneAtATime], "seed": [.lhs, .sobol, .morris, .saltelli],
    "generators": [.fractional],
    "constraints": [.grid, .factorial, .oneAtATime, .lhs, .sobol, .morris, .file],
  ]

  /// Reads the section; faults tell what is missing or does not belong.
  init?(_ section: ModelSection) {
    guard !section.isMissing else { return nil }
    let words = Method.allCases.filter { $0 != .file }.map(\.rawValue)
    section.state.asked.formUnion(Self.users.keys)
    section.state.asked.insert("base-point")
    file = section.textIfPresent("file")
    if file != nil {
      if section.has("method") {
        section.fault("method", "stands beside file", "keep one of them")
        _ = section.entry("method")
      }
      method = .file
    } else {
      guard section.has("method") else {
        _ = section.text("method", oneOf: words)
        return nil
      }
      guard let word = section.textIfPresent("method", oneOf: words),
        let known = Method(rawValue: word)
      else { return nil }
      method = known
    }
    points = section.integerIfPresent("points", in: 1...Self.mostPoints)
    trajectories = section.integerIfPresent("trajectories", in: 1...100_000) ?? trajectories
    levels = section.integerIfPresent("levels", in: 2...100_000)
    seed = section.seedIfPresent("seed") ?? seed
    generators = section.textsIfPresent("generators") ?? []
    constraints = section.textsIfPresent("constraints") ?? []
    hasBasePoint = section.flagIfPresent("base-point") ?? true
    for (key, methods) in Self.users.sorted(by: { $0.key < $1.key })
    where section.has(key) && !methods.contains(method) {
      let names = methods.map(\.rawValue).joined(separator: ", ")
      section.fault(key, "does not belong to \(method.rawValue)", "it belongs to \(names)")
    }
    checkNeeds(section)
  }

  private func checkNeeds(_ section: ModelSection) {
    switch method {
    case .lhs, .sobol, .saltelli:
      if points == nil { section.fault("has no points", "add points: 100") }
    case .fractional:
      if generators.isEmpty == (points == nil) {
        section.fault(
          points == nil ? "has no generators" : "has points and generators",
          "write generators: [d = a * b * c], or points: 16 to have them chosen")
      }
      if let points, points < 4 || points.nonzeroBitCount != 1 {
        section.fault("points", "is \(points)", "a fraction has 4, 8, 16, 32 … points")
      }
    case .morris:
      if let levels, !levels.isMultiple(of: 2) {
        section.fault("levels", "is \(levels)", "Morris's grid has an even number of levels")
      }
    case .grid, .factorial, .oneAtATime, .file: break
    }
  }
}
