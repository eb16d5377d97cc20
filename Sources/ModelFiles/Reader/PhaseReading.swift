// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// Reads a phase-type distribution: its rates and exits, or its sub-generator.
struct PhaseReading {
  let section: ModelSection
  let unit: ModelUnit

  func read() throws(DistributionError) -> Distribution? {
    section.state.asked.insert("initial")
    guard section.has("rates") || section.has("exits") || section.has("generator") else {
      section.fault(
        "has no rates",
        "add rates: [[…], …] between phases and exits: […], or generator: [[…], …]")
      return nil
    }
    for key in ["rates", "exits"] where section.has(key) && section.has("generator") {
      section.fault(key, "does not go with generator", "write rates and exits; or generator")
      return nil
    }
    let isGenerator = section.has("generator")
    let key = isGenerator ? "generator" : "rates"
    let exits =
      isGenerator ? nil : section.numbers("exits", unit.perUnit, in: ModelSection.zeroOrMore)
    guard let rows = rows(key, isGenerator ? ModelSection.anyNumber : ModelSection.zeroOrMore)
    else { return nil }
    let count = rows.count
    for (row, numbers) in rows.enumerated() where numbers.count != count {
      section.fault(
        key, "has \(numbers.count) numbers in row \(row + 1) for \(count) phases",
        "give one for each phase")
      return nil
    }
    if let exits, exits.count != count {
      section.fault(
        "exits", "has \(exits.count) numbers for \(count) phases", "give one for each phase")
      return nil
    }
    let initial = section.has("initial") ? section.numbers("initial", .share, in: 0...1) : nil
    if let initial, initial.count != count {
      section.fault(
        "initial", "has \(initial.count) shares for \(count) phases", "give one for each phase")
      return nil
    }
    let beginning = initial ?? (0..<count).map { $0 == 0 ? 1 : 0 }
    if let exits {
      guard let wrong = (0..<count).first(where: { rows[$0][$0] != 0 }) else {
        return try .phaseType(initial: beginning, rates: rows, exits: exits)
      }
      section.fault(
        key, "leads from phase \(wrong + 1) to itself",
        "write 0 there, or the whole matrix as generator")
      return nil
    }
    for row in 0..<count where rows[row][row] >= 0 || sum(rows[row]) > -1e-9 * rows[row][row] {
      section.fault(
        key, "has a row \(row + 1) that does not sum to 0 or less",
        "write minus the rate of leaving a phase on the diagonal")
      return nil
    }
    return try .phaseType(initial: beginning, subgenerator: rows)
  }

  private func sum(_ row: [Double]) -> Double { row.reduce(0, +) }

  /// A list of lists of rates, in which 0 needs no unit; `nil` after a fault.
  private func rows(_ key: String, _ range: ClosedRange<Double>) -> [[Double]]? {
    guard let entry = section.required(key, example: "[[…], …]") else { return nil }
    var matrix = entry
    if let value = entry.node["value"] { matrix.node = value }
    let inside = section.scopeInside(entry)
    guard case .list = matrix.node.content else {
      section.fault(key, "is \(matrix.node.kindInWords)", "write a list of rows: [[…], …]")
      return nil
    }
    var rows: [[Double]] = []
    for row in section.items(of: matrix) {
      guard case .list = row.node.content else {
        section.reading.faults.record(
          section.placeOf(row), "is \(row.node.kindInWords)", "write a row of numbers: […]")
        return nil
      }
      var numbers: [Double] = []
      for item in section.items(of: row) {
        if item.node.text == "0" {
          numbers.append(0)
        } else if let number = section.number(
          of: item, unit.perUnit, range, within: inside)
        {
          numbers.append(number)
        } else {
          return nil
        }
      }
      rows.append(numbers)
    }
    return rows
  }
}
