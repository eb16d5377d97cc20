// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// A design over factors with all that is needed to make its points again: how it was made, what each
/// factor goes through, what each level sets, and the points themselves where they are few.
struct DesignDescription {
  let design: PointDesign
  /// Scenarios that are run at each point.
  let scenarios: Int
  /// Of a shell, which lists the points.
  let command: String
  let language: Language

  /// More points than these are not listed: a report would be read by nobody.
  static let mostListed = 60

  private func word(_ phrase: DesignPhrase) -> String { phrase.text(language) }

  /// In Markdown.
  var blocks: [String] {
    var blocks = [
      MarkdownTable.text([word(.setting), StandardPhrase.value.text(language)], settings),
      MarkdownTable.text(
        [.factor, .paths, .base, .low, .high, .values].map(word)
          + [StandardPhrase.unit.text(language)],
        design.factors.enumerated().map { row(of: $1, $0) }),
    ]
    let levels = design.factors.flatMap(levelRows)
    if !levels.isEmpty {
      blocks.append(
        MarkdownTable.text(
          [word(.factor), word(.level), word(.sets), StandardPhrase.value.text(language)], levels))
    }
    blocks.append(
      design.rows.count <= Self.mostListed
        ? MarkdownTable.text(
          [word(.point)] + design.factors.map(\.name),
          design.rows.indices.map { [numbers(ofRow: $0)] + values(atRow: $0) })
        : DesignPhrase.manyPoints(design.rows.count, command: command).text(language))
    return blocks
  }

  // MARK: - What was asked for

  private var settings: [[String]] {
    let settings = design.settings
    let name = SweepPhrase.method(settings.method.rawValue).text(language)
    let making = DesignPhrase.making(settings.method).text(language)
    let isMorris = settings.method == .morris
    var rows = [[word(.method), "\(name) (`\(settings.method.rawValue)`): \(making)"]]
    func add(_ phrase: DesignPhrase, _ text: String?) {
      if let text, !text.isEmpty { rows.append([word(phrase), text]) }
    }
    if design.isSobolReplaced { add(.method, word(.sobolReplaced)) }
    add(.points, "\(design.rows.count)")
    add(
      settings.method == .saltelli ? .rowsOfA : .asked, settings.points.map { "\($0)" })
    if scenarios > 1 {
      add(.blocks, "\(scenarios) × \(design.rows.count) = \(scenarios * design.rows.count)")
    }
    if isMorris { add(.trajectories, "\(settings.trajectories)") }
    if hasLevelsOfRanges { add(.levelsOfRanges, "\(levelsOfRanges)") }
    if Self.isRandom(settings.method) { add(.seed, "\(settings.seed)") }
    add(.generators, design.generators.map { "`\($0)`" }.joined(separator: ", "))
    add(.resolution, design.resolution.map { "\($0)" })
    add(.file, settings.file.map { "`\($0)`" })
    add(
      .constraints,
      settings.constraints.isEmpty
        ? word(.none) : settings.constraints.map { "`\($0)`" }.joined(separator: ", "))
    if !settings.constraints.isEmpty {
      add(isMorris ? .trajectoriesLeftOut : .leftOut, "\(design.leftOut)")
    }
    add(.basePoint, word(settings.hasBasePoint ? .basePointFirst : .none))
    return rows
  }

  private static func isRandom(_ method: DesignSettings.Method) -> Bool {
    switch method {
    case .lhs, .sobol, .morris, .saltelli: true
    case .grid, .factorial, .fractional, .oneAtATime, .file: false
    }
  }

  /// Whether a range without steps is cut into a number of values that the design states.
  private var hasLevelsOfRanges: Bool {
    guard [.grid, .oneAtATime, .morris].contains(design.settings.method) else { return false }
    return design.factors.contains { factor in
      if case .range(_, _, nil, _) = factor.values { true } else { false }
    }
  }

  private var levelsOfRanges: Int {
    design.settings.levels ?? (design.settings.method == .morris ? 4 : 2)
  }

  // MARK: - Factors

  private func row(of factor: Factor, _ column: Int) -> [String] {
    var (low, high) = ("", "")
    switch factor.values {
    case .range(let from, let to, _, _): (low, high) = (plainNumber(from), plainNumber(to))
    case .days(let first, let last, _): (low, high) = (first.description, last.description)
    case .levels: break
    case .imported:
      let used = design.rows.compactMap { $0.levels[column] }
      let sorted = used.filter { $0.number != nil }.sorted { $0.number! < $1.number! }
      if sorted.count == used.count, let first = sorted.first, let last = sorted.last {
        (low, high) = (first.name, last.name)
      }
    }
    let base =
      factor.base
      ?? (factor.paths.isEmpty ? word(.ownSettings) : word(.pathsDiffer))
    return [
      "`\(factor.name)`",
      factor.paths.isEmpty
        ? word(.ownSettings) : factor.paths.map { "`\($0)`" }.joined(separator: ", "),
      base, low, high, values(of: factor), factor.unit,
    ]
  }

  /// What the design takes of a factor.
  private func values(of factor: Factor) -> String {
    let method = design.settings.method
    let takesEnds = method == .factorial || method == .fractional
    let phrase: Phrase
    switch factor.values {
    case .levels(let levels): return Self.list(levels)
    case .range where takesEnds, .days where takesEnds: return Self.list(factor.ends)
    case .imported: phrase = DesignPhrase.imported.phrase
    case .days(_, _, let step):
      phrase = DesignPhrase.days(step: step, count: factor.levelCount ?? 0)
    case .range(let low, _, let step?, _):
      let count = factor.levelCount ?? 0
      phrase =
        step == 1 && low == low.rounded() && factor.unit.isEmpty
        ? DesignPhrase.wholeNumbers(count: count)
        : DesignPhrase.steps(plainNumber(step) + Self.suffix(factor.unit), count: count)
    case .range(_, _, nil, let isLogarithmic):
      switch method {
      case .grid, .oneAtATime, .morris:
        phrase = DesignPhrase.evenly(count: levelsOfRanges, isLogarithmic: isLogarithmic)
      case .file: phrase = DesignPhrase.imported.phrase
      case .factorial, .fractional, .lhs, .sobol, .saltelli:
        phrase = (isLogarithmic ? DesignPhrase.continuousLog : .continuous).phrase
      }
    }
    return phrase.text(language)
  }

  private static func list(_ levels: [Factor.Level]) -> String {
    levels.map(\.name).joined(separator: "; ")
  }

  private static func suffix(_ unit: String) -> String { unit.isEmpty ? "" : " " + unit }

  /// What each level of a factor sets, where levels have settings of their own.
  private func levelRows(of factor: Factor) -> [[String]] {
    guard case .levels(let levels) = factor.values, factor.paths.isEmpty else { return [] }
    return levels.flatMap { level in
      level.settings.isEmpty
        ? [["`\(factor.name)`", level.name, word(.setsNothing), ""]]
        : level.settings.map { ["`\(factor.name)`", level.name, "`\($0.path)`", $0.value] }
    }
  }

  // MARK: - Points

  /// The numbers of a row's points in results, which has one for each scenario.
  private func numbers(ofRow row: Int) -> String {
    let first = row * scenarios + 1
    return scenarios == 1 ? "\(first)" : "\(first)–\(first + scenarios - 1)"
  }

  /// The value of each factor at a row of the design, as it is set.
  func values(atRow row: Int) -> [String] {
    zip(design.factors, design.rows[row].levels).map { factor, level in
      level?.name ?? factor.base ?? word(.asInModel)
    }
  }
}
