// SPDX-License-Identifier: GPL-3.0-or-later

import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far a sample is from a distribution, by three measures.
public struct GoodnessOfFit: Hashable, Sendable {
  /// Kolmogorov and Smirnov's D: the greatest distance between both distribution functions.
  public let kolmogorovSmirnov: Double
  /// Anderson and Darling's A², which weighs the tails more; `nil` of counts, and where the
  /// distribution ends at a value of the sample.
  public let andersonDarling: Double?
  /// Pearson's statistic over cells that are about as likely each; `nil` with fewer than two cells.
  public let chiSquare: Double?
  public let cells: Int

  /// Source: Law, *Simulation Modeling and Analysis*, 5th ed., 2015, §6.6.2.
  public init(of sample: Sample, to distribution: Distribution, isOfCounts: Bool) {
    let n = Double(sample.count)
    var greatest = 0.0
    var before = 0.0
    var anderson = -n
    var rank = 0.0
    var cells: [(seen: Double, expected: Double)] = []
    let count = isOfCounts ? 0 : Self.cellCount(sample.count)
    var seen = Array(repeating: 0.0, count: count)
    var open = (seen: 0.0, expected: 0.0)
    var last = 0.0
    for (value, many) in sample.distinct {
      let share = Double(many) / n
      let at = distribution.cumulative(value)
      // A whole number's probability is a step: the function just below it is that of the one before.
      let below = isOfCounts ? distribution.cumulative(value - 1) : at
      greatest = max(greatest, abs(before - below), abs(before + share - at))
      before += share
      if isOfCounts {
        // What lies between the last value and this one, then this one.
        open.expected += n * (below - last)
        if open.expected >= 5 { Self.close(&open, &cells) }
        open.expected += n * (at - below)
        open.seen += Double(many)
        if open.expected >= 5 { Self.close(&open, &cells) }
        last = at
      } else {
        let first = 2 * rank + 1
        // The sum over i from 1 to n of (2i − 1) ln F(xᵢ) + (2n + 1 − 2i) ln(1 − F(xᵢ)), for equal values
        // at once.
        let weight = Double(many) * (first + Double(many) - 1)
        anderson -= (weight * log(at) + (Double(many) * 2 * n - weight) * log1p(-at)) / n
        seen[min(count - 1, Int(at * Double(count)))] += Double(many)
        rank += Double(many)
      }
    }
    if isOfCounts {
      open.expected += n * (1 - last)
      if open.expected >= 5 || cells.isEmpty {
        cells.append(open)
      } else {
        cells[cells.count - 1].seen += open.seen
        cells[cells.count - 1].expected += open.expected
      }
    } else {
      cells = seen.map { ($0, n / Double(count)) }
    }
    kolmogorovSmirnov = greatest
    andersonDarling = !isOfCounts && anderson.isFinite ? anderson : nil
    self.cells = cells.count
    chiSquare =
      cells.count < 2
      ? nil
      : cells.reduce(0) {
        $0 + ($1.seen - $1.expected) * ($1.seen - $1.expected)
          / max($1.expected, .leastNormalMagnitude)
      }
  }

  private static func close(
    _ open: inout (seen: Double, expected: Double),
    _ cells: inout [(seen: Double, expected: Double)]
  ) {
    cells.append(open)
    open = (0, 0)
  }

  /// As many as two fifths' power of the count asks, with five values expected in each.
  private static func cellCount(_ count: Int) -> Int {
    max(2, min(count / 5, 50, Int((2 * pow(Double(count), 0.4)).rounded(.up))))
  }
}
