// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The exponential density covered by 256 layers of equal area: a word picks a layer and a place in
/// it, and 989 of 1,000 places lie under the curve for certain.
///
/// A third of the time of −ln(1 − u). What it gives up is that a draw grows with one uniform number;
/// nothing here needs that, because an exponential of any mean is this draw times the mean.
///
/// Layer i > 0 lies between the heights of the curve at its own edge and at the next layer's, and
/// reaches to its own edge; the last one ends at the top. Layer 0 is the strip below them all: as
/// wide as a box of its height and area, tail included.
///
/// Source: Marsaglia, Tsang, *The ziggurat method for generating random variables*, Journal of
/// Statistical Software 5(8), 2000. Layer and place come from separate bits of the word, as Doornik,
/// *An improved ziggurat method to generate normal random samples*, 2005, requires.
@usableFromInline
package enum ExponentialZiggurat {
  @usableFromInline package struct Layer: BitwiseCopyable, Sendable {
    /// Of the layer's 2⁵³ places, so many lie under the curve for certain: left of the next edge.
    @usableFromInline package var inside: Int64
    /// The edge over 2⁵³.
    @usableFromInline var width: Double

    @inlinable
    init(_ inside: Int64, _ width: Double) {
      self.inside = inside
      self.width = width
    }

    package var edge: Double { width * 0x1p53 }
  }

  /// Where the tail begins: the edge of layer 1.
  package static let tail = 7.697_117_470_131_05

  /// Ends a draw whose first word was not certain: about 11 in 1,000.
  @usableFromInline
  @inline(never)
  static func finish(_ first: UInt64, _ stream: inout RandomStream) -> Double {
    var word = first
    var start = 0.0
    while true {
      let number = Int(word & 255)
      let layer = exponentialLayers[number]
      let place = Int64(word &>> 11)
      let value = Double(place) * layer.width
      if place < layer.inside { return start + value }
      if number == 0 {
        start += tail  // beyond it an exponential begins anew
      } else {
        let low = exp(-layer.edge)
        let high = number == 255 ? 1 : exp(-exponentialLayers[number + 1].edge)
        if low + stream.uniform() * (high - low) < exp(-value) { return start + value }
      }
      word = stream.nextWord()
    }
  }
}
