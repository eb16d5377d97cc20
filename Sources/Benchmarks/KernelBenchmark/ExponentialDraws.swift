// SPDX-License-Identifier: GPL-3.0-or-later
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The draws of the C yardsticks, number for number, so that only the calendars differ.
///
/// Source: generator, D. Blackman and S. Vigna, xoshiro256++ (public domain); variate, G. Marsaglia
/// and W. W. Tsang, Journal of Statistical Software 5 (2000) 8, with 256 layers and 53 bits.
struct ExponentialDraws: ~Copyable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  /// Right edges and heights of the layers, 257 of each.
  private let edges: UnsafeMutablePointer<Double>
  private let heights: UnsafeMutablePointer<Double>

  init(seed: UInt64) {
    var seed = seed
    func next() -> UInt64 {
      seed &+= 0x9E37_79B9_7F4A_7C15
      var z = seed
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    state = (next(), next(), next(), next())
    edges = .allocate(capacity: 257)
    heights = .allocate(capacity: 257)
    let area = 0.0039496598225815571993
    edges[0] = area / exp(-Self.tail)
    edges[1] = Self.tail
    edges[256] = 0
    for layer in 2..<256 {
      edges[layer] = -log(area / edges[layer - 1] + exp(-edges[layer - 1]))
    }
    for layer in 0..<257 { heights[layer] = exp(-edges[layer]) }
  }

  deinit {
    edges.deallocate()
    heights.deallocate()
  }

  private static var tail: Double { 7.69711747013104972 }

  @inline(__always)
  private mutating func word() -> UInt64 {
    let sum = state.0 &+ state.3
    let result = (sum << 23 | sum >> 41) &+ state.0
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  @inline(__always)
  private mutating func uniform() -> Double { Double(word() >> 11) * 0x1p-53 }

  /// With mean one.
  @inline(__always)
  mutating func next() -> Double {
    var beyond = 0.0
    while true {
      let bits = word()
      let layer = Int(bits & 255)
      let x = Double(bits >> 11) * 0x1p-53 * edges[layer]
      if x < edges[layer + 1] { return beyond + x }
      if layer == 0 {
        beyond += Self.tail
        continue
      }
      let height = heights[layer + 1] + (heights[layer] - heights[layer + 1]) * uniform()
      if height < exp(-x) { return beyond + x }
    }
  }
}
