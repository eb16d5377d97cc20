// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

@Suite("transient bands")
struct TransientBandTests {
  @Test("two instants by hand, after one that is known")
  func byHand() throws {
    let bands = TransientBands(
      of: [[2, 1, 5], [2, 3, 6], [2, 2, 10]], against: [[2, 0, 0], [2, 0, 0], [2, 0, 0]],
      shared: 1)
    #expect(bands.compared == 2)
    let first = try #require(bands.instants[1].difference)
    #expect(first.mean == 2)
    #expect(abs(first.halfWidth - 2.484138) < 1e-6)  // 4.302653 / √3
    // Student's quantile for 2 degrees at 97.5 %, 6.205347, over √3.
    #expect(abs(try #require(bands.instants[1].bandHigh) - 2 - 3.582659) < 1e-5)
    #expect(abs(try #require(bands.instants[1].bandLow) - 2 + 3.582659) < 1e-5)
    #expect(bands.instants[0].bandLow == 0 && bands.instants[0].bandHigh == 0)
  }

  @Test("a difference that never varied is known before the two part only")
  func unseen() {
    let values: [[Double?]] = [[0, 0, 1], [0, 0, 2], [0, 0, 4]]
    let zeros: [[Double?]] = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
    let bands = TransientBands(of: values, against: zeros, shared: 1)
    #expect(bands.compared == 2)
    #expect(bands.instants[0].bandLow == 0 && bands.instants[0].bandHigh == 0)
    #expect(bands.instants[1].difference?.mean == 0)
    #expect(bands.instants[1].bandLow == nil && bands.instants[1].bandHigh == nil)
    #expect(bands.instants[2].bandLow != nil)
    // The same of every month, but not nothing, is no shared past.
    let ones: [[Double?]] = [[1, 1, 1], [1, 1, 2], [1, 1, 4]]
    #expect(TransientBands(of: ones, against: zeros, shared: 1).compared == 3)
  }

  @Test("what was not observed has no band; one instant alone has the pointwise interval")
  func corners() throws {
    let bands = TransientBands(
      of: [[1, nil], [2, 1], [4, nil]], against: [[0, 1], [0, 1], [0, 1]])
    #expect(bands.instants[1].difference == nil && bands.instants[1].bandLow == nil)
    #expect(bands.compared == 1)
    let pointwise = try #require(bands.instants[0].difference)
    #expect(abs(try #require(bands.instants[0].bandLow) - pointwise.low) < 1e-12)
    #expect(TransientBands(of: [], against: []).instants.isEmpty)
  }

  // 24 months whose differences follow each other with a correlation of `memory`. The band holds all of
  // them with at least 0.95: fewer than 0.9354 of 20,000 repetitions would be 2e-6 chance. A band at
  // the pointwise level holds all of them in about 0.29 (independent) and 0.5 of the repetitions.
  @Test(
    "a band holds the whole curve in 95 of 100 repetitions or more", arguments: [0.0, 0.7, 0.95])
  func coverage(memory: Double) {
    let truth = (0..<24).map { $0 < 6 ? 0 : 2.0 * Double($0 - 5) }
    var holding = 0
    var pointwise = 0
    for repetition in 0..<5000 {
      let root = RandomRoot(seed: 61, replication: UInt32(repetition))
      let curves = (0..<8).map { replication in
        var stream = RandomStream(root, Purpose("bands-\(memory)"), owner: UInt64(replication))
        var state = stream.normal()
        return truth.map { level -> Double? in
          let value = level + 3 * state
          state = memory * state + (1 - memory * memory).squareRoot() * stream.normal()
          return value
        }
      }
      let zeros = curves.map { $0.map { _ -> Double? in 0 } }
      let instants = TransientBands(of: curves, against: zeros).instants
      if zip(instants, truth).allSatisfy({ $0.bandLow! <= $1 && $1 <= $0.bandHigh! }) {
        holding += 1
      }
      if zip(instants, truth).allSatisfy({ $0.difference!.contains($1) }) { pointwise += 1 }
    }
    #expect(Double(holding) / 5000 > 0.9354)
    #expect(Double(pointwise) / 5000 < 0.85)
  }
}
