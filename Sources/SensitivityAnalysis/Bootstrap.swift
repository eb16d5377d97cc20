// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import OutputAnalysis
import Randomness

/// Samples drawn again from a sample, and intervals from what they show.
struct Bootstrap {
  /// Keys the draws.
  let seed: UInt64
  /// What is drawn, by name.
  let kind: String
  /// Values in the sample.
  let count: Int
  let resamples: Int

  /// How often each value of the sample stands in a resample.
  func counts(inResample number: Int) -> [Int] {
    var stream = RandomStream(
      RandomRoot(seed: seed, replication: 0), Purpose("bootstrap", kind), owner: UInt64(number))
    var counts = [Int](repeating: 0, count: count)
    for _ in 0..<count { counts[Int(stream.below(UInt32(count)))] += 1 }
    return counts
  }

  /// The expanded percentile interval: that of percentiles, taken further out as Student's quantile for
  /// the size of the sample is beyond the normal one, so that small samples do not make it too narrow.
  ///
  /// Source: Hesterberg, *The American Statistician* 69 (2015) 371–386, section 5.3.
  ///
  /// - Parameter values: The estimate from each resample, in any order.
  func percentiles(_ values: [Double], level: Double) -> (low: Double, high: Double) {
    let size = Double(count)
    let reach =
      studentQuantile(degreesOfFreedom: count - 1, level: level) * (size / (size - 1)).squareRoot()
    let tail = gsl_cdf_ugaussian_P(-reach)
    let sorted = values.sorted()
    return (
      gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, tail),
      gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, 1 - tail)
    )
  }
}
