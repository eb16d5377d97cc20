// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns
import Foundation
import Testing

/// Designs for sensitivity analysis; their points are enough for the estimators they are made for.
@Suite struct SensitivityDesignTests {
  @Test(
    "a Morris trajectory changes each factor once, by ±Δ, and stays on the grid",
    arguments: [(1, 4), (5, 4), (12, 6), (3, 2)])
  func trajectories(columns: Int, levels: Int) {
    let design = MorrisTrajectories(columns: columns, levels: levels, seed: 4)
    for number in 0..<50 {
      let points = design.trajectory(number)
      #expect(points.count == columns + 1 && points[0].step == nil)
      var changed: Set<Int> = []
      for (before, after) in zip(points, points.dropFirst()) {
        let differing = (0..<columns).filter { before.coordinates[$0] != after.coordinates[$0] }
        #expect(differing.count == 1 && after.step?.factor == differing[0])
        let change = after.coordinates[differing[0]] - before.coordinates[differing[0]]
        let step = design.step(of: differing[0])
        #expect(abs(abs(change) - step) < 1e-12 && (change > 0) == after.step?.isUp)
        #expect(after.step?.length == step)
        changed.insert(differing[0])
      }
      #expect(changed.count == columns)
      for coordinate in points.flatMap(\.coordinates) {
        let place = coordinate * Double(levels - 1)
        #expect(abs(place - place.rounded()) < 1e-12 && (0...1).contains(coordinate))
      }
    }
  }

  @Test("every level is as likely, up is as likely as down, and so is each factor as the first")
  func morrisBalance() {
    let design = MorrisTrajectories(columns: 3, levels: 4, seed: 1)
    var levels = [Int](repeating: 0, count: 4)
    var (up, first) = (0, 0)
    let count = 4000
    for number in 0..<count {
      let points = design.trajectory(number)
      levels[Int((points[0].coordinates[1] * 3).rounded())] += 1
      up += points.count { $0.step?.factor == 2 && $0.step?.isUp == true }
      first += points[1].step?.factor == 0 ? 1 : 0
    }
    // Counts of a binomial: off by 4.9 standard deviations with a chance of 10⁻⁶; a chance that is off
    // by 0.067 (of ¼), 0.077 (of ½) or 0.073 (of ⅓) is found.
    func agrees(_ seen: Int, _ chance: Double) -> Bool {
      abs(Double(seen) - Double(count) * chance)
        < 4.9 * (Double(count) * chance * (1 - chance)).squareRoot()
    }
    #expect(levels.allSatisfy { agrees($0, 0.25) })
    #expect(agrees(up, 0.5) && agrees(first, 1 / 3.0))
  }

  @Test("each factor has levels of its own, met alike if their number is even, by equal steps")
  func ownGrids() {
    let design = MorrisTrajectories(levels: [2, 3, 4, 5, 7, 10, 12, 366], seed: 6)
    // Places seen before a step and after it, of each factor.
    var seen = design.levels.map { _ in [Int: [Int]]() }
    var wrong = 0
    for number in 0..<6000 {
      let points = design.trajectory(number)
      for (before, after) in zip(points, points.dropFirst()) {
        let factor = after.step!.factor
        let half = design.levels[factor] / 2
        let last = Double(design.levels[factor] - 1)
        let places = [before, after].map { $0.coordinates[factor] * last }
        let (from, to) = (Int(places[0].rounded()), Int(places[1].rounded()))
        let isOnGrid = places.allSatisfy { abs($0 - $0.rounded()) < 1e-9 }
        let isHalf = abs(from - to) == half && after.step!.length == Double(half) / last
        wrong += isOnGrid && isHalf ? 0 : 1
        seen[factor][0, default: Array(repeating: 0, count: design.levels[factor])][from] += 1
        seen[factor][1, default: Array(repeating: 0, count: design.levels[factor])][to] += 1
      }
    }
    #expect(wrong == 0)
    // 4.9 standard deviations of a binomial for each of some 820 counts: one is off by chance once in
    // 1,200 seeds. A grid of four levels cut into ten values would give two of them shares of 0.2 and six
    // none.
    for (levels, counts) in zip(design.levels, seen) {
      let middle = levels.isMultiple(of: 2) ? nil : levels / 2
      for side in 0...1 {
        for (place, count) in (counts[side] ?? []).enumerated() {
          let share = Double(place == middle ? 2 : 1) / Double(levels + (middle == nil ? 0 : 1))
          let expected = 6000 * share
          let spread = (expected * (1 - share)).squareRoot()
          // Of rare counts the normal law has too thin a tail.
          #expect(
            abs(Double(count) - expected) < 4.9 * spread + 3,
            "\(levels) levels, place \(place): \(count) for \(expected)")
        }
      }
    }
  }

  @Test("elementary effects of a linear model are its coefficients, without spread")
  func linear() {
    let design = MorrisTrajectories(levels: [4, 3, 10, 7], seed: 9)
    let coefficients = [3.0, -2, 0.5, 0]
    for number in 0..<20 {
      let points = design.trajectory(number)
      let values = points.map { zip($0.coordinates, coefficients).reduce(0) { $0 + $1.0 * $1.1 } }
      for place in 1..<points.count {
        guard let step = points[place].step else { continue }
        let effect =
          (values[place] - values[place - 1]) / (step.isUp ? step.length : -step.length)
        #expect(abs(effect - coefficients[step.factor]) < 1e-12)
      }
    }
  }

  @Test("of Saltelli's samples, AB_i is A but for column i, which is B's", arguments: [3, 25])
  func matrices(columns: Int) {
    let design = SaltelliDesign(rows: 16, columns: columns, seed: 3)
    #expect(design.points.count == 16 * (columns + 2))
    #expect(SaltelliDesign.usesSobol(columns: columns) == (columns == 3))
    for row in 0..<16 {
      let points = design.points.filter { $0.row == row }
      let (a, b) = (points[0].coordinates, points[1].coordinates)
      #expect(points[0].matrix == .a && points[1].matrix == .b)
      for factor in 0..<columns {
        #expect(points[2 + factor].matrix == .ab(factor))
        for column in 0..<columns {
          let from = column == factor ? b : a
          #expect(points[2 + factor].coordinates[column] == from[column])
        }
      }
    }
  }

  /// Ishigami and Homma, 1990: S = 0.3139, 0.4424, 0; S_T = 0.5576, 0.4424, 0.2437.
  @Test("the indices of the Ishigami function come out of the points")
  func ishigami() {
    let design = SaltelliDesign(rows: 4096, columns: 3, seed: 7)
    let values = design.points.map { point in
      let x = point.coordinates.map { .pi * (2 * $0 - 1) }
      return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0])
    }
    let (first, total) = indices(values, factors: 3)
    // Fed with another factor's column, an index would be off by 0.11 or more: so far apart they are.
    for (seen, exact) in zip(first, [0.3139, 0.4424, 0]) { #expect(abs(seen - exact) < 0.02) }
    for (seen, exact) in zip(total, [0.5576, 0.4424, 0.2437]) { #expect(abs(seen - exact) < 0.02) }
  }

  /// First-order indices by Saltelli 2010 (b) and total ones by Jansen 1999.
  private func indices(_ values: [Double], factors: Int) -> (first: [Double], total: [Double]) {
    let stride = factors + 2
    let rows = values.count / stride
    let both = (0..<rows).flatMap { [values[$0 * stride], values[$0 * stride + 1]] }
    let mean = both.reduce(0, +) / Double(both.count)
    let variance = both.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(both.count)
    var (first, total) = ([Double](), [Double]())
    for factor in 0..<factors {
      var (one, two) = (0.0, 0.0)
      for row in 0..<rows {
        let (a, b) = (values[row * stride], values[row * stride + 1])
        let mixed = values[row * stride + 2 + factor]
        one += (b - mean) * (mixed - a)
        two += (a - mixed) * (a - mixed)
      }
      first.append(one / Double(rows) / variance)
      total.append(two / Double(2 * rows) / variance)
    }
    return (first, total)
  }
}
