// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns
import Testing

@Suite struct FactorialTests {
  @Test("a full factorial has every combination once, the last factor changing fastest")
  func full() {
    #expect(
      FullFactorial.rows(levels: [2, 3]) == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]])
    for counts in [[4], [2, 1, 3], [3, 2, 2, 5]] {
      let rows = FullFactorial.rows(levels: counts)
      #expect(rows.count == FullFactorial.size(levels: counts))
      #expect(Set(rows).count == rows.count)
      #expect(rows.allSatisfy { zip($0, counts).allSatisfy { $0 < $1 } })
    }
    #expect(FullFactorial.size(levels: Array(repeating: 2, count: 62)) == 1 << 62)
    #expect(FullFactorial.size(levels: Array(repeating: 2, count: 63)) == nil)
  }

  @Test("one at a time goes through each factor's levels")
  func oneAtATime() {
    let changes = OneAtATime.changes(levels: [2, 3])
    #expect(changes.map(\.factor) == [0, 0, 1, 1, 1])
    #expect(changes.map(\.level) == [0, 1, 0, 1, 2])
  }

  /// −1 and +1 of a product of factors in a row.
  private func sign(_ word: UInt64, _ row: [Int]) -> Int {
    row.enumerated().reduce(1) { word >> UInt64($1.offset) & 1 == 1 && $1.element == 0 ? -$0 : $0 }
  }

  private func bits(_ letters: String) -> UInt64 {
    letters.utf8.reduce(0) { $0 | 1 << UInt64($1 - 65) }
  }

  @Test("2⁷⁻⁴ of the textbook: orthogonal, resolution III, and its aliases")
  func saturated() throws {
    // D = AB, E = AC, F = BC, G = ABC: Box, Hunter and Hunter, table 6.3.
    let design = try FractionalFactorial(
      factors: 7,
      generators: [(3, "AB"), (4, "AC"), (5, "BC"), (6, "ABC")].map {
        FractionalFactorial.Generator(factor: $0, product: bits($1))
      })
    #expect(design.size == 8 && design.rows.count == 8 && design.resolution == 3)
    #expect(design.definingWords.count == 15)
    #expect(design.definingWords.count { $0.nonzeroBitCount == 3 } == 7)
    // A is mixed with BD, CE and FG, and with no other effect of two factors.
    let pairs = design.aliases(of: bits("A")).filter { $0.nonzeroBitCount == 2 }
    #expect(Set(pairs) == Set(["BD", "CE", "FG"].map(bits)))
  }

  @Test(
    "every product that is not a defining word is balanced, and each defining word is constant",
    arguments: [(5, 4), (6, 4), (7, 3), (9, 5)])
  func orthogonality(factors: Int, free: Int) throws {
    let design = try #require(FractionalFactorial(factors: factors, freeFactors: free))
    let rows = design.rows
    #expect(Set(rows).count == 1 << free)
    let constant = Set(design.definingWords)
    for word in UInt64(1)..<1 << UInt64(factors) {
      let sum = rows.reduce(0) { $0 + sign(word, $1) }
      #expect(abs(sum) == (constant.contains(word) ? rows.count : 0), "\(word)")
    }
  }

  @Test("the other half has the sign of its generator")
  func negative() throws {
    let halves = try [false, true].map {
      try FractionalFactorial(
        factors: 3, generators: [.init(factor: 2, product: 0b11, isNegative: $0)])
    }
    #expect(Set(halves[0].rows).union(halves[1].rows).count == 8)
    #expect(halves[0].rows.contains([1, 1, 1]) && halves[1].rows.contains([1, 1, 0]))
  }

  /// The highest resolutions that there are: Box, Hunter and Hunter, table 6.22, and Montgomery,
  /// *Design and Analysis of Experiments*, table 8.14.
  @Test(
    "the fraction that is looked for has the highest resolution",
    arguments: [
      (3, 2, 3), (4, 3, 4), (5, 3, 3), (6, 3, 3), (7, 3, 3), (5, 4, 5), (6, 4, 4), (7, 4, 4),
      (8, 4, 4), (9, 4, 3), (15, 4, 3), (6, 5, 6), (7, 5, 4), (8, 5, 4), (11, 5, 4), (16, 5, 4),
      (7, 6, 7), (8, 6, 5), (9, 6, 4), (9, 7, 6), (10, 7, 5), (11, 7, 5),
    ])
  func highest(factors: Int, free: Int, resolution: Int) throws {
    let design = try #require(FractionalFactorial(factors: factors, freeFactors: free))
    #expect(design.resolution == resolution)
  }

  /// 2ᵏ rows hold 2ᵏ − 1 factors at resolution III and half of 2ᵏ at IV.
  @Test(
    "more factors than a search could go through are orthogonal, and of the resolution stated",
    arguments: [(26, 5, 3), (31, 5, 3), (28, 6, 4), (32, 6, 4), (33, 6, 3), (63, 6, 3), (42, 7, 4)])
  func large(factors: Int, free: Int, resolution: Int) throws {
    let design = try #require(FractionalFactorial(factors: factors, freeFactors: free))
    #expect(design.resolution == resolution && design.generators.count > 20)
    let rows = design.rows
    #expect(rows.count == 1 << free && Set(rows).count == rows.count)
    // A column a factor: bit i is the factor's level in row i.
    let columns = (0..<factors).map { factor in
      rows.indices.reduce(into: [UInt64](repeating: 0, count: rows.count / 32)) { bits, row in
        if rows[row][factor] == 1 { bits[row / 32] |= 1 << UInt64(row % 32) }
      }
    }
    func highs(_ set: [Int]) -> Int {
      columns[0].indices.reduce(0) { sum, word in
        sum + set.reduce(UInt64(0)) { $0 ^ columns[$1][word] }.nonzeroBitCount
      }
    }
    // A product is balanced where it is at one level in half of the rows, and constant in all or none.
    var constant = Array(repeating: 0, count: 5)
    for a in 0..<factors {
      for b in a + 1..<factors {
        #expect(highs([a, b]) * 2 == rows.count)
        for c in b + 1..<factors {
          if highs([a, b, c]) % rows.count == 0 { constant[3] += 1 }
          if constant[4] == 0, c + 1 < factors,
            (c + 1..<factors).contains(where: {
              highs([a, b, c, $0]) % rows.count == 0
            })
          {
            constant[4] += 1
          }
        }
      }
    }
    #expect((constant[3] > 0) == (resolution == 3) && (constant[4] > 0))
  }

  @Test(
    "the shortest word is that of the list of all", arguments: [(9, 5), (11, 7), (15, 4), (16, 6)])
  func shortest(factors: Int, free: Int) throws {
    let design = try #require(FractionalFactorial(factors: factors, freeFactors: free))
    #expect(design.resolution == design.definingWords.first?.nonzeroBitCount)
  }

  @Test("faults of generators")
  func faults() {
    func fault(_ generators: [(Int, UInt64)]) -> FractionalFactorial.Fault? {
      do throws(FractionalFactorial.Fault) {
        _ = try FractionalFactorial(
          factors: 5, generators: generators.map { .init(factor: $0.0, product: $0.1) })
        return nil
      } catch { return error }
    }
    #expect(fault([(3, 0b111)]) == nil)
    #expect(fault([(3, 0b111), (3, 0b11)]) == .madeTwice(factor: 3))
    #expect(fault([(3, 0b111), (4, 0b1001)]) == .isMadeOfMade(factor: 4, part: 3))
    #expect(fault([(3, 0b10)]) == .confounds(factor: 3, with: 1))
    #expect(fault([(3, 0b11), (4, 0b11)]) == .confounds(factor: 4, with: 3))
    #expect(FractionalFactorial(factors: 8, freeFactors: 3) == nil)
    #expect(FractionalFactorial(factors: 3, freeFactors: 3)?.resolution == .some(nil))
  }
}
