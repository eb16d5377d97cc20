// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns
import Foundation
import Testing

@Suite struct SpaceFillingTests {
  /// Whether each of `points.count` equal intervals of a column holds one point.
  private func isStratified(_ points: [[Double]], _ column: Int) -> Bool {
    let cells = points.map { Int($0[column] * Double(points.count)) }
    return Set(cells) == Set(points.indices)
  }

  @Test(
    "a Latin hypercube has one point in every interval of every column",
    arguments: [(1, 1), (2, 3), (17, 5), (100, 8)])
  func latinHypercube(count: Int, columns: Int) {
    for seed in UInt64(1)...5 {
      let points = LatinHypercube.points(count, columns: columns, seed: seed)
      #expect(points.count == count && points.allSatisfy { $0.count == columns })
      for column in 0..<columns { #expect(isStratified(points, column)) }
    }
  }

  @Test("exchanges spread a Latin hypercube out")
  func maximin() {
    for seed in UInt64(1)...10 {
      let plain = LatinHypercube.points(40, columns: 3, seed: seed, exchanges: 0)
      let spread = LatinHypercube.points(40, columns: 3, seed: seed)
      // Above 0.15 against 0.13 and less: a search that accepts nothing, or anything, stays below.
      #expect(LatinHypercube.smallestDistance(spread) > 0.15)
      #expect(LatinHypercube.smallestDistance(plain) < 0.13)
    }
  }

  @Test("a Sobol sequence goes on point by point where its first points end")
  func sobolSequence() {
    let points = SobolPoints.points(100, columns: 5, seed: 8)
    var sequence = SobolSequence(columns: 5, seed: 8)
    for point in points { #expect(sequence.next() == point) }
  }

  @Test("a coordinate is uniform over seeds")
  func uniform() {
    // The mean of 4,000 uniforms is off by more than 4.9 standard errors (0.022) with a chance of
    // 10⁻⁶; a coordinate always in the middle of its cell would pass, a shifted one of 0.045 not.
    for points in [
      { LatinHypercube.points(7, columns: 2, seed: $0) },
      { SobolPoints.points(7, columns: 2, seed: $0) },
    ] {
      let centred = (UInt64(0)..<4000).map { points($0)[3][1] - 0.5 }
      let mean = centred.reduce(0, +) / 4000
      #expect(abs(mean) < 4.9 / (12 * 4000.0).squareRoot())
      let squares = centred.map { $0 * $0 }.reduce(0, +) / 4000
      // The variance of (u − ½)² is 1/180.
      let deviation = abs(squares - 1 / 12.0)
      #expect(deviation < 4.9 / (180 * 4000.0).squareRoot())
    }
  }

  @Test("2ᵐ points of a shifted Sobol sequence have one in every interval of every column")
  func sobolColumns() {
    for (count, columns) in [(1, 3), (64, 40), (256, 7)] {
      for seed in UInt64(1)...3 {
        let points = SobolPoints.points(count, columns: columns, seed: seed)
        for column in 0..<columns { #expect(isStratified(points, column)) }
      }
    }
  }

  @Test("the first two columns have one point in every elementary rectangle")
  func sobolNet() {
    // A (0, m, 2)-net in base 2, which a digital shift keeps.
    let points = SobolPoints.points(256, columns: 2, seed: 5)
    for exponent in 0...8 {
      let (wide, high) = (1 << exponent, 1 << (8 - exponent))
      let cells = Set(points.map { Int($0[0] * Double(wide)) * high + Int($0[1] * Double(high)) })
      #expect(cells.count == 256)
    }
  }

  @Test("more points go on where fewer ended, and another seed gives other points")
  func goingOn() {
    let points = SobolPoints.points(100, columns: 3, seed: 8)
    #expect(Array(points[..<37]) == SobolPoints.points(37, columns: 3, seed: 8))
    #expect(points != SobolPoints.points(100, columns: 3, seed: 9))
    #expect(points.joined().allSatisfy { $0 > 0 && $0 < 1 })
  }

  /// The squared L2 discrepancy about the centre: Hickernell, *Math. Comput.* 67 (1998) 299–322.
  private func centredDiscrepancy(_ points: [[Double]]) -> Double {
    let n = Double(points.count)
    var single = 0.0
    var double = 0.0
    for one in points {
      single += one.map { 1 + 0.5 * abs($0 - 0.5) - 0.5 * ($0 - 0.5) * ($0 - 0.5) }.reduce(1, *)
      for other in points {
        var product = 1.0
        for (x, y) in zip(one, other) {
          let sides: Double = abs(x - 0.5) + abs(y - 0.5) - abs(x - y)
          product *= 1 + 0.5 * sides
        }
        double += product
      }
    }
    return pow(13 / 12.0, Double(points[0].count)) - 2 / n * single + double / (n * n)
  }

  @Test("Sobol points are the most even, Latin hypercubes more even than random points")
  func discrepancy() {
    var generator = PlainGenerator(state: 3)
    for seed in UInt64(1)...3 {
      let sobol = centredDiscrepancy(SobolPoints.points(128, columns: 4, seed: seed))
      let latin = centredDiscrepancy(LatinHypercube.points(128, columns: 4, seed: seed))
      let random = centredDiscrepancy(
        (0..<128).map { _ in (0..<4).map { _ in Double.random(in: 0..<1, using: &generator) } })
      #expect(sobol < latin / 1.5 && latin < random / 3, "\(sobol) \(latin) \(random)")
    }
  }

  @Test("a sum of 20 coordinates has the mean of the cube within what balance allows")
  func integral() {
    // Random points would be off by 0.08 in the mean; each column of a balanced sample is off by less
    // than 1/2n.
    let points = SobolPoints.points(256, columns: 20, seed: 2)
    let mean = points.reduce(0) { $0 + $1.reduce(0, +) } / 256
    #expect(abs(mean - 10) < 20 * 0.5 / 256)
  }
}

/// A seeded generator for points that no design made (SplitMix64).
private struct PlainGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
