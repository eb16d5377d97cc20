// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness

/// Points of a Sobol sequence under a random digital shift.
public enum SobolPoints {
  /// As many as GSL has direction numbers for.
  public static let mostColumns = 40
  /// As many as the sequence has before it ends.
  public static let mostPoints = 1 << 29

  /// The first points of the sequence, its origin included, each coordinate with its binary digits
  /// shifted (exclusive or) by one random word a column: every point is uniform in the unit cube, and
  /// the sequence keeps its balance. The first 2ᵐ points have one in each of 2ᵐ equal intervals of
  /// every column.
  ///
  /// - Precondition: `columns` is from 1 to ``mostColumns``, `count` to ``mostPoints``.
  ///
  /// Sources: Sobol', *USSR Comput. Math. Math. Phys.* 16 (1976) 236–242, by Bratley and Fox,
  /// *ACM TOMS* 14 (1988) 88–100, as GSL has it; L'Ecuyer and Lemieux, in *Modeling Uncertainty*, 2002,
  /// 419–474, section 2.3 (digital shift).
  public static func points(_ count: Int, columns: Int, seed: UInt64) -> [[Double]] {
    precondition(1...mostPoints ~= count, "a Sobol sequence has 2^29 points here")
    var sequence = SobolSequence(columns: columns, seed: seed)
    var points: [[Double]] = []
    points.reserveCapacity(count)
    for _ in 0..<count { points.append(sequence.next()) }
    return points
  }
}

/// A shifted Sobol sequence, point by point; see ``SobolPoints``.
public struct SobolSequence: ~Copyable {
  /// Binary digits of GSL's sequence.
  private static let digits: UInt64 = 30

  private let generator: UnsafeMutablePointer<gsl_qrng>
  private let shifts: [UInt64]
  private var point: [Double]
  private var isAtOrigin = true

  /// - Precondition: `columns` is from 1 to ``SobolPoints/mostColumns``.
  public init(columns: Int, seed: UInt64) {
    precondition(
      1...SobolPoints.mostColumns ~= columns, "GSL has the Sobol sequence to 40 columns")
    guard let generator = gsl_qrng_alloc(cgsl_sobol(), UInt32(columns)) else {
      preconditionFailure("out of memory")
    }
    self.generator = generator
    shifts = (0..<columns).map { column in
      var stream = DesignStream.make("digital shift", seed: seed, owner: column)
      return stream.nextWord() >> (64 - Self.digits)
    }
    point = [Double](repeating: 0, count: columns)
  }

  deinit { gsl_qrng_free(generator) }

  /// The next point, of at most ``SobolPoints/mostPoints``.
  public mutating func next() -> [Double] {
    // GSL leaves the origin out, without which the first 2ᵐ points are not balanced.
    if !isAtOrigin { _ = gsl_qrng_get(generator, &point) }
    isAtOrigin = false
    return zip(point, shifts).map { coordinate, shift in
      let whole = UInt64(coordinate * Double(1 << Self.digits)) ^ shift
      // The middle of the smallest interval: never 0, never 1.
      return (Double(whole) + 0.5) / Double(1 << Self.digits)
    }
  }
}
