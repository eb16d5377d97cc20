// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis
import Randomness
import SensitivityAnalysis
import Testing

@Suite("the mean of a table of two samples")
struct CrossedMeanTests {
  /// Standard deviations of rows, columns and the rest.
  struct Components {
    var row: Double
    var column: Double
    var rest: Double
    var rows: Int
    var columns: Int

    func table(_ trial: Int) -> [[Double]] {
      func normal(_ purpose: String, _ owner: Int) -> Double {
        var stream = RandomStream(
          RandomRoot(seed: UInt64(trial), replication: 0), Purpose(purpose), owner: UInt64(owner))
        return stream.normal()
      }
      let columnLuck = (0..<columns).map { column * normal("column", $0) }
      return (0..<rows).map { place in
        let rowLuck = row * normal("row", place)
        return columnLuck.enumerated().map { column, luck in
          3 + rowLuck + luck + rest * normal("rest", place * columns + column)
        }
      }
    }
  }

  /// In 2,000 trials a rate of 0.95 comes out below 0.93 with a chance of 10⁻⁴.
  @Test(
    "is held by its interval at its rate",
    arguments: [
      Components(row: 1, column: 0, rest: 1, rows: 10, columns: 3),
      Components(row: 1, column: 1, rest: 0.5, rows: 20, columns: 5),
      Components(row: 0, column: 1, rest: 1, rows: 15, columns: 4),
      Components(row: 1, column: 0, rest: 0, rows: 8, columns: 1),
      Components(row: 0.2, column: 1, rest: 0.2, rows: 64, columns: 5),
    ])
  func coverage(components: Components) throws {
    var holding = 0
    for trial in 0..<2000 {
      let interval = try #require(CrossedMean(components.table(trial)).interval)
      if interval.contains(3) { holding += 1 }
    }
    #expect(Double(holding) >= 0.93 * 2000, "\(holding)")
  }

  @Test("finds the components without bias")
  func components() throws {
    let planted = Components(row: 1, column: 2, rest: 0.7, rows: 12, columns: 4)
    var (row, rest) = (0.0, 0.0)
    for trial in 0..<2000 {
      let found = CrossedMean(planted.table(trial))
      row += try #require(found.rowVariance) / 2000
      rest += try #require(found.restVariance) / 2000
    }
    // Standard errors 0.011 and 0.003; with the rest left in, rows would have 1.12.
    #expect(abs(row - 1) < 0.05 && abs(rest - 0.49) < 0.015)
  }

  @Test("is told as the components are")
  func asComponents() throws {
    let table = Components(row: 1, column: 0.3, rest: 0.7, rows: 9, columns: 4).table(3)
    let (mean, components) = (CrossedMean(table), CrossedComponents(table))
    let ends = components.meanInterval()
    #expect(mean.interval?.low == ends.low && mean.interval?.high == ends.high)
    #expect(mean.mean == components.mean && mean.restVariance == components.ownNoiseVariance)
    #expect(mean.rowVariance == components.parameterVariance)
  }

  @Test("of equal values has a width of zero, and of one cell none")
  func equal() throws {
    let same = try #require(CrossedMean(Array(repeating: [0.1, 0.1, 0.1], count: 7)).interval)
    #expect(same.low == same.high && abs(same.mean - 0.1) < 1e-15)
    #expect(CrossedMean([[2]]).interval == nil)
  }
}
