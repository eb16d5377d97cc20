// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles

/// A factor as the provenance of a results file holds it.
public struct StoredFactor: Hashable, Sendable, Decodable {
  public var name: String
  /// Paths that take its value; empty where each level has settings of its own.
  public var paths: [String]
  /// The unit of its numbers; empty for plain ones.
  public var unit: String
  /// What the model has, where no point sets the factor.
  public var base: String?
  /// The ends of a range, as text.
  public var low: String?
  public var high: String?
  /// `linear` or `log`, of a range.
  public var scale: String?
  public var levels: [Level]?

  public struct Level: Hashable, Sendable, Decodable {
    public var name: String
    public var set: [String: String]
  }

  /// - Parameter used: The values that points set, where the factor states none itself.
  init(_ factor: Factor, used: [Factor.Level] = []) {
    name = factor.name
    paths = factor.paths
    unit = factor.unit
    base = factor.base
    switch factor.values {
    case .range(_, _, let step, let isLogarithmic):
      low = factor.ends.first?.name
      high = factor.ends.last?.name
      if step == nil { scale = isLogarithmic ? "log" : "linear" }
    case .days:
      low = factor.ends.first?.name
      high = factor.ends.last?.name
    case .levels(let all):
      levels = all.map { level in
        Level(
          name: level.name,
          set: Dictionary(
            level.settings.map { ($0.path, $0.value) }, uniquingKeysWith: { _, last in last }))
      }
    case .imported:
      let numbers = used.compactMap { level in
        level.number.map { (number: $0, name: level.name) }
      }
      guard numbers.count == used.count else { break }
      low = numbers.min { $0.number < $1.number }.map { Factor.text($0.name, in: unit) }
      high = numbers.max { $0.number < $1.number }.map { Factor.text($0.name, in: unit) }
    }
  }

  public var json: JSONValue {
    let levels = levels.map { levels in
      JSONValue.list(
        levels.map { .object([("name", .text($0.name)), ("set", .texts($0.set))]) })
    }
    func text(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
    return .object([
      ("name", .text(name)), ("paths", .list(paths.map { .text($0) })), ("unit", .text(unit)),
      ("base", text(base)), ("low", text(low)), ("high", text(high)), ("scale", text(scale)),
      ("levels", levels ?? .null),
    ])
  }

  static func text(_ design: PointDesign) -> String {
    JSONValue.list(
      design.factors.enumerated().map { index, factor in
        StoredFactor(factor, used: design.rows.compactMap { $0.levels[index] }).json
      }
    ).description
  }

  /// The value that a point gives the factor: text as it was set, or the name of the level whose
  /// settings the point has; the model's own where the point sets nothing.
  ///
  /// - Parameter settings: Every path that the point sets, with its value.
  public func value(in settings: [String: String]) -> String? {
    // What --set gave the base point may be in another unit.
    if let path = paths.first { return settings[path].map { Factor.text($0, in: unit) } ?? base }
    // A level that sets nothing fits every point: the one that sets most is meant.
    let fitting = (levels ?? []).filter { level in
      level.set.allSatisfy { settings[$0.key] == $0.value }
    }
    return fitting.max { $0.set.count < $1.set.count }?.name
  }

  /// A value without the factor's unit, so that a column of numbers is one.
  public func number(_ value: String) -> String {
    guard !unit.isEmpty, value.hasSuffix(unit) else { return value }
    let digits = value.dropLast(unit.count)
    let number = digits.last == " " ? digits.dropLast() : digits
    return Double(number) == nil ? value : String(number)
  }
}

/// A design as the provenance of a results file holds it: what was asked for, and what became of it.
public struct StoredDesign: Hashable, Sendable, Decodable {
  public var method: String
  /// Points, the base point included; times scenarios, those of the file.
  public var points: Int
  /// Whether the first point is the model as it is.
  public var basePoint: Bool
  public var seed: String?
  public var trajectories: Int?
  public var levels: Int?
  /// Rows of Saltelli's sample A.
  public var rows: Int?
  public var generators: [String]
  public var resolution: Int?
  public var constraints: [String]
  public var leftOut: Int
  public var file: String?
  public var isSobolReplaced: Bool

  enum CodingKeys: String, CodingKey {
    case method, points, seed, trajectories, levels, rows, generators, resolution, constraints, file
    case basePoint = "base_point"
    case leftOut = "left_out"
    case isSobolReplaced = "sobol_replaced"
  }

  init(_ plan: ExperimentPlan) {
    guard let design = plan.pointDesign else { preconditionFailure("there are factors") }
    let settings = design.settings
    method = settings.method.rawValue
    points = design.rows.count
    basePoint = settings.hasBasePoint
    switch settings.method {
    case .lhs, .sobol: seed = "\(settings.seed)"
    case .saltelli:
      seed = "\(settings.seed)"
      rows = settings.points
    case .morris:
      seed = "\(settings.seed)"
      trajectories = settings.trajectories
      levels = settings.levels ?? 4
    case .grid, .factorial, .fractional, .oneAtATime, .file: break
    }
    generators = design.generators
    resolution = design.resolution
    constraints = settings.constraints
    leftOut = design.leftOut
    file = settings.file
    isSobolReplaced = design.isSobolReplaced
  }

  public var json: JSONValue {
    func integer(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }
    return .object([
      ("method", .text(method)), ("points", .integer(points)), ("base_point", .flag(basePoint)),
      ("seed", seed.map { .text($0) } ?? .null),
      ("trajectories", integer(trajectories)), ("levels", integer(levels)),
      ("rows", integer(rows)), ("generators", .list(generators.map { .text($0) })),
      ("resolution", integer(resolution)),
      ("constraints", .list(constraints.map { .text($0) })), ("left_out", .integer(leftOut)),
      ("file", file.map { .text($0) } ?? .null), ("sobol_replaced", .flag(isSobolReplaced)),
    ])
  }
}

extension ResultsHeader {
  /// The factors of a design; empty where there is none.
  public var factors: [StoredFactor] { decoded("factors") ?? [] }

  /// The scenarios, each once: all of them follow each other under each form of money and at each point
  /// of a design.
  public var scenarioNames: [String] {
    let names = points.map(\.scenario)
    guard let first = names.first else { return [] }
    return Array(names.prefix((names.dropFirst().firstIndex(of: first) ?? names.count)))
  }

  /// The design over the factors, if there is one.
  public var storedDesign: StoredDesign? { decoded("design") }

  private func decoded<Value: Decodable>(_ key: String) -> Value? {
    provenance[key].flatMap { try? JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
  }
}

extension ResultsHeader.Point {
  /// Every path that the point sets, with its value.
  public var settingValues: [String: String] {
    (try? JSONDecoder().decode([String: String].self, from: Data(settings.utf8))) ?? [:]
  }
}
