// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis
import Randomness
import Testing

@Suite("whether batches are long enough")
struct BatchCorrelationTests {
  @Test("by hand")
  func byHand() throws {
    // Squared deviations 42, squared steps 7.
    let rising = try #require(BatchCorrelation(of: [1, 2, 3, 4, 5, 6, 7, 8]))
    #expect(abs(rising.lagOne - (1 - 7.0 / 84)) < 1e-12)
    // Mean 0.5, squared deviations 2, squared steps 7.
    let turning = try #require(BatchCorrelation(of: [0, 1, 0, 1, 0, 1, 0, 1]))
    #expect(abs(turning.lagOne - (1 - 7.0 / 4)) < 1e-12)
    #expect(rising.isPositive(alpha: 0.01) && !turning.isPositive(alpha: 0.01))
    // The normal quantile of 1 % times √(6 / 63).
    #expect(abs(rising.limit(alpha: 0.01) - 2.3263479 * (6.0 / 63).squareRoot()) < 1e-6)
    #expect(BatchCorrelation(of: [1, 2, 3, 4, 5, 6, 7]) == nil)
    #expect(BatchCorrelation(of: Array(repeating: 0.1, count: 20)) == nil)
  }

  /// Samples of a first-order autoregression around 10, of normal or skewed steps.
  private func positives(
    correlation: Double, count: Int, samples: Int, seed: UInt64, isSkewed: Bool
  ) -> Int {
    (0..<samples).count { sample in
      var stream = RandomStream(
        RandomRoot(seed: seed, replication: UInt32(sample + 1)), Purpose("batches"), owner: 1)
      func step() -> Double {
        isSkewed ? stream.exponential() - 1 : stream.normal()
      }
      var value = step() / (1 - correlation * correlation).squareRoot()
      let values = (0..<count).map { _ in
        value = correlation * value + step()
        return 10 + value
      }
      return BatchCorrelation(of: values)?.isPositive(alpha: 0.01) ?? false
    }
  }

  /// 20,000 samples and a chance of 0.01: a count outside 5.03 standard deviations of 200 has a chance
  /// of 1e-6 (normal) by itself; a true chance of 0.014, or of 0.007, is found nearly always. The
  /// normal quantile is not quite that of eight values: their chance is allowed to be 0.007 to 0.013.
  @Test("independent values are called correlated as often as stated", arguments: [8, 20, 100])
  func falseAlarms(count: Int) {
    let samples = 20_000
    let found = positives(
      correlation: 0, count: count, samples: samples, seed: 1, isSkewed: false)
    let band = count == 8 ? 60.0 : 0
    let deviation = 5.03 * (200 * 0.99).squareRoot()
    #expect(abs(Double(found) - 200) <= deviation + band, "\(found) of \(samples)")
  }

  @Test("skewed ones hardly more often")
  func skewed() {
    let found = positives(correlation: 0, count: 30, samples: 20_000, seed: 2, isSkewed: true)
    #expect(found < 400, "\(found)")
  }

  /// Theory: of 30 values with a correlation of 0.6 the statistic is above its limit of 0.42 in well
  /// over half of all samples; 1,000 samples of at least 0.7 each give fewer than 600 with less
  /// than 1e-6.
  @Test("correlated values are found")
  func power() {
    let found = positives(correlation: 0.6, count: 30, samples: 1_000, seed: 3, isSkewed: false)
    #expect(found >= 600, "\(found)")
  }
}
