// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

/// How far Student's interval is from its level where values are not normal; the table of the page on
/// comparing scenarios.
@Suite("coverage on skewed data")
struct SkewedCoverageTests {
  enum Shape: String {
    case exponential, lognormal, difference

    /// A value with the mean of ``mean``.
    func draw(_ stream: inout RandomStream) -> Double {
      switch self {
      case .exponential: stream.exponential()
      case .lognormal: stream.lognormal(mu: 0, sigma: 1)
      // Skewed values whose tails partly cancel in the difference of two scenarios.
      case .difference: stream.exponential() - 0.5 * stream.exponential()
      }
    }

    var mean: Double {
      switch self {
      case .exponential: 1
      case .lognormal: 1.6487212707001282
      case .difference: 0.5
      }
    }
  }

  // Shares of 20,000: a printed figure is missed by more than 0.01 with a chance under 1e-4.
  @Test(
    "95 % intervals hold the mean as often as the page says",
    arguments: [
      (Shape.exponential, [0.88, 0.90, 0.93]), (.lognormal, [0.82, 0.84, 0.89]),
      (.difference, [0.94, 0.93, 0.94]),
    ])
  func coverage(shape: Shape, printed: [Double]) throws {
    for (count, figure) in zip([5, 10, 30], printed) {
      var holding = 0
      for repetition in 0..<20_000 {
        var stream = RandomStream(
          RandomRoot(seed: 62, replication: UInt32(count)), Purpose(shape.rawValue),
          owner: UInt64(repetition))
        let sample = (0..<count).map { _ in shape.draw(&stream) }
        if try #require(ConfidenceInterval(of: sample)).contains(shape.mean) { holding += 1 }
      }
      #expect(abs(Double(holding) / 20_000 - figure) < 0.01)
    }
  }
}
