// SPDX-License-Identifier: GPL-3.0-or-later
import CKernelHints  // links the C mathematics library, which square roots and ceilings may call

/// Quantiles of spans of time, without keeping them.
///
/// A histogram whose bins are exact below 256 µs and at most 1/128 of their value wide above, so an
/// estimate differs from the sample quantile by at most 0.4 % of it (1/256), and not at all below
/// 256 µs. It does not depend on the order of recording or merging: equal samples give equal
/// sketches. At most 57 kB.
///
/// Source: the bins are those of G. Tene's HdrHistogram.
public struct QuantileSketch: Hashable, Sendable {
  @usableFromInline var counts: [UInt64]
  @usableFromInline var total: UInt64

  @inlinable
  public init() {
    self.counts = []
    self.total = 0
  }

  /// - Precondition: `span` is not negative.
  @inlinable
  public mutating func record(_ span: TimeSpan) {
    precondition(span.microseconds >= 0, "Only spans that are not negative have a bin")
    let bin = Self.bin(of: UInt64(span.microseconds))
    if bin >= counts.count { extend(to: bin) }
    counts[bin] &+= 1
    total &+= 1
  }

  @inlinable
  public mutating func merge(_ other: Self) {
    if other.counts.count > counts.count { extend(to: other.counts.count - 1) }
    for (bin, count) in other.counts.enumerated() { counts[bin] += count }
    total += other.total
  }

  /// Spans recorded.
  @inlinable
  public var count: Int { Int(total) }

  /// The smallest value that at least a share `probability` of the spans do not exceed, up to the
  /// error stated above; `nil` when nothing was recorded.
  ///
  /// - Precondition: `probability` lies in 0...1.
  public func quantile(_ probability: Double) -> TimeSpan? {
    precondition((0...1).contains(probability), "A probability lies in 0...1")
    guard total > 0 else { return nil }
    let rank = Swift.max(1, UInt64((probability * Double(total)).rounded(.up)))
    var below: UInt64 = 0
    for (bin, count) in counts.enumerated() {
      below += count
      if below >= rank { return TimeSpan(microseconds: Self.middle(of: bin)) }
    }
    return nil
  }

  /// The share of the spans that are longer than `limit`, counting the bin of `limit` as not longer;
  /// `nil` when nothing was recorded.
  public func share(over limit: TimeSpan) -> Double? {
    guard total > 0 else { return nil }
    guard limit.microseconds >= 0 else { return 1 }
    let longer = counts.dropFirst(Self.bin(of: UInt64(limit.microseconds)) + 1).reduce(0, +)
    return Double(longer) / Double(total)
  }

  @inlinable @inline(never)
  mutating func extend(to bin: Int) {
    counts.append(contentsOf: repeatElement(0, count: bin + 1 - counts.count))
  }

  /// Values below 256 have a bin each; each doubling beyond has 128.
  @inlinable
  static func bin(of value: UInt64) -> Int {
    let shift = Swift.max(0, 56 - value.leadingZeroBitCount)
    return shift &<< 7 &+ Int(value &>> UInt64(shift))
  }

  static func middle(of bin: Int) -> Int64 {
    guard bin >= 256 else { return Int64(bin) }
    let shift = Int64(bin >> 7) - 1
    let lowest = Int64(bin & 127 | 128) << shift
    return lowest + (Int64(1) << shift) / 2
  }
}
