// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

/// Points of which each column has one in every one of as many equal intervals.
public enum LatinHypercube {
  /// Points of the open unit cube, a column a factor, spread out by exchanges.
  ///
  /// Begins with random permutations. Then two points exchange their place in one column, drawn at
  /// random, if that lowers Σ d⁻¹⁶ over all distances d between points: a smooth stand-in for the
  /// smallest distance, which it makes large (maximin). In the end each point lies somewhere in its
  /// cell.
  ///
  /// - Parameter exchanges: How many are tried; by default 100 a point and column, but less for large
  ///   designs: a try costs the number of points times that of columns, and all together some seconds
  ///   at most.
  ///
  /// Sources: McKay, Beckman and Conover, *Technometrics* 21 (1979) 239–245; Morris and Mitchell,
  /// *J. Stat. Plan. Inference* 43 (1995) 381–402, equation 3.1 with p = 16.
  public static func points(
    _ count: Int, columns: Int, seed: UInt64, exchanges: Int? = nil
  ) -> [[Double]] {
    precondition(count >= 1 && columns >= 1, "a design has points and columns")
    var cells = Array(repeating: [Int](repeating: 0, count: columns), count: count)
    for column in 0..<columns {
      var stream = DesignStream.make("latin hypercube", seed: seed, owner: column)
      for (row, cell) in DesignStream.permutation(of: count, &stream).enumerated() {
        cells[row][column] = cell
      }
    }
    let affordable = 300_000_000 / (count * columns)
    spread(&cells, exchanges: exchanges ?? min(100 * count * columns, affordable), seed)
    return cells.enumerated().map { row, cells in
      cells.enumerated().map { column, cell in
        var stream = DesignStream.make("place in a cell", seed: seed, owner: column, episode: row)
        return (Double(cell) + stream.uniform()) / Double(count)
      }
    }
  }

  /// The smallest distance between two points.
  public static func smallestDistance(_ points: [[Double]]) -> Double {
    var smallest = Double.infinity
    for (index, point) in points.enumerated() {
      for other in points[..<index] {
        smallest = min(
          smallest, zip(point, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
      }
    }
    return smallest.squareRoot()
  }

  private static func spread(_ cells: inout [[Int]], exchanges: Int, _ seed: UInt64) {
    let (count, columns) = (cells.count, cells[0].count)
    // With one column, or two points, every Latin hypercube is as good as another.
    guard count > 2, columns > 1 else { return }
    var flat = cells.flatMap { $0.map { Double($0) / Double(count) } }
    var stream = DesignStream.make("exchanges", seed: seed, owner: 0)
    for _ in 0..<exchanges {
      let first = Int(stream.below(UInt32(count)))
      let second = (first + 1 + Int(stream.below(UInt32(count - 1)))) % count
      let column = Int(stream.below(UInt32(columns)))
      let (a, b) = (flat[first * columns + column], flat[second * columns + column])
      var change = 0.0
      for other in 0..<count where other != first && other != second {
        var toFirst = 0.0
        var toSecond = 0.0
        for place in 0..<columns {
          let x = flat[other * columns + place]
          let one = flat[first * columns + place] - x
          let two = flat[second * columns + place] - x
          toFirst += one * one
          toSecond += two * two
        }
        // The squared distances after the exchange differ in this column alone; in whole cells, the
        // smallest is one cell in each of two columns.
        let x = flat[other * columns + column]
        let (fromA, fromB) = ((a - x) * (a - x), (b - x) * (b - x))
        change += nearness(toFirst - fromA + fromB) - nearness(toFirst)
        change += nearness(toSecond - fromB + fromA) - nearness(toSecond)
      }
      if change < 0 {
        flat[first * columns + column] = b
        flat[second * columns + column] = a
        (cells[first][column], cells[second][column]) =
          (cells[second][column], cells[first][column])
      }
    }
  }

  /// d⁻¹⁶ of a squared distance.
  private static func nearness(_ squared: Double) -> Double {
    let inverse = 1 / squared
    let fourth = inverse * inverse
    return fourth * fourth * fourth * fourth
  }
}
