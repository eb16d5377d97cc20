// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Variates of which one key gives the same quantile under different parameters: by inversion, each
/// from one word and growing with its uniform, but for the exponential, of which that is true because
/// the mean only scales it.
extension RandomStream {
  /// A uniform variate of the open interval (0, 1): never 0, never 1.
  ///
  /// One of the 2⁵² odd multiples of 2⁻⁵³, each as likely: the 53-bit numbers that lie evenly about
  /// ½, so that 1 − u is another of them, exactly.
  @inlinable
  @inline(__always)
  public mutating func uniform() -> Double {
    Self.uniform(of: nextWord())
  }

  /// An exponential variate of mean 1.
  ///
  /// Usually takes one word; for another mean m use m · x: x stays the same in every scenario.
  @inlinable
  @inline(__always)
  public mutating func exponential() -> Double {
    let word = nextWord()
    let layer = exponentialLayers[unchecked: Int(word & 255)]
    let place = Int64(bitPattern: word &>> 11)
    if place < layer.inside { return Double(place) * layer.width }
    var copy = self  // so that usually the stream need not be in memory
    defer { self = copy }
    return ExponentialZiggurat.finish(word, &copy)
  }

  /// A normal variate of mean 0 and standard deviation 1, by inversion; within ±8.3.
  ///
  /// For another mean m and standard deviation s use m + s·z: z stays the same in every scenario.
  @inlinable
  @inline(__always)
  public mutating func normal() -> Double {
    StandardNormal.quantile(uniform())
  }

  /// A variate whose logarithm is normal with mean `mu` and standard deviation `sigma`.
  @inlinable
  @inline(__always)
  public mutating func lognormal(mu: Double, sigma: Double) -> Double {
    exp(mu + sigma * normal())
  }

  /// A whole number from 0 to `n` − 1, each exactly as likely.
  ///
  /// Takes a second word with a probability below n/2⁶⁴.
  ///
  /// - Precondition: `n` > 0.
  ///
  /// Source: Lemire, *Fast random integer generation in an interval*, ACM TOMACS 29(1), 2019.
  @inlinable
  @inline(__always)
  public mutating func below(_ n: UInt32) -> UInt32 {
    precondition(n > 0, "no number is below 0")
    let range = UInt64(n)
    var product = nextWord().multipliedFullWidth(by: range)
    if product.low < range {
      let surplus = (0 &- range) % range  // 2^64 mod n: as many words are too many
      while product.low < surplus { product = nextWord().multipliedFullWidth(by: range) }
    }
    return UInt32(truncatingIfNeeded: product.high)
  }

  /// The uniform variate that `uniform()` makes of a word.
  @inlinable
  @inline(__always)
  static func uniform(of word: UInt64) -> Double {
    // Upper 52 bits j as the number 1 + j/2^52, less 1 - 2^-53: both steps are exact.
    Double(bitPattern: word &>> 12 | 0x3FF0_0000_0000_0000) - (1 - 0x1p-53)
  }
}
