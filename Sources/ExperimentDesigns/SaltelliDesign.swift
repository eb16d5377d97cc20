// SPDX-License-Identifier: GPL-3.0-or-later

/// Points from which the first-order and total effects of each factor can be estimated: two samples A
/// and B, and for each factor i the sample A with column i of B.
///
/// A and B are the two halves of the columns of one sample of 2k columns: of a shifted Sobol sequence
/// to 20 factors, of a Latin hypercube beyond. The points of one row follow each other: A, B, then AB₁
/// to AB_k; N rows make N(k + 2) points.
///
/// Sources: Saltelli et al., *Comput. Phys. Commun.* 181 (2010) 259–270; Sobol', *Math. Comput. Simul.*
/// 55 (2001) 271–280.
public struct SaltelliDesign: Hashable, Sendable {
  /// Which of the samples a point belongs to.
  public enum Matrix: Hashable, Sendable {
    case a, b
    /// A with this factor, from 0, of B.
    case ab(Int)
  }

  public struct Point: Hashable, Sendable {
    /// From 0.
    public var row: Int
    public var matrix: Matrix
    public var coordinates: [Double]
  }

  public let points: [Point]

  /// Whether the sample is of a Sobol sequence, whose balance is best when N is a power of two.
  public static func usesSobol(columns: Int) -> Bool { 2 * columns <= SobolPoints.mostColumns }

  /// - Parameters:
  ///   - rows: N, points of A.
  ///   - columns: k, factors.
  public init(rows: Int, columns: Int, seed: UInt64) {
    let sample =
      Self.usesSobol(columns: columns)
      ? SobolPoints.points(rows, columns: 2 * columns, seed: seed)
      : LatinHypercube.points(rows, columns: 2 * columns, seed: seed, exchanges: 0)
    points = sample.enumerated().flatMap { row, both in
      let (a, b) = (Array(both[..<columns]), Array(both[columns...]))
      let mixed = (0..<columns).map { factor in
        var coordinates = a
        coordinates[factor] = b[factor]
        return Point(row: row, matrix: .ab(factor), coordinates: coordinates)
      }
      return [
        Point(row: row, matrix: .a, coordinates: a), Point(row: row, matrix: .b, coordinates: b),
      ] + mixed
    }
  }
}
