// SPDX-License-Identifier: GPL-3.0-or-later

/// A 64-bit digest of integers in order, for telling whether two states are equal.
///
/// Each word is mixed by the finaliser of SplitMix64 (Steele, Lea, Flood, *Fast Splittable
/// Pseudorandom Number Generators*, OOPSLA 2014).
public struct StateDigest: Sendable {
  public private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  public init() {}

  public mutating func add(_ word: UInt64) {
    var mixed = (value ^ word) &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    value = mixed ^ (mixed >> 31)
  }

  public mutating func add(_ number: Int64) { add(UInt64(bitPattern: number)) }
  public mutating func add(_ number: Int) { add(Int64(number)) }

  public mutating func add(_ number: Int128) {
    let bits = UInt128(truncatingIfNeeded: number)
    add(UInt64(truncatingIfNeeded: bits))
    add(UInt64(truncatingIfNeeded: bits >> 64))
  }

  public mutating func add(_ number: Double) { add(number.bitPattern) }
}
