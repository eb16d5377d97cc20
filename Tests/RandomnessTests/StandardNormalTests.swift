// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Randomness
import Testing

@Suite("The standard normal quantile")
struct StandardNormalTests {
  /// Probabilities and quantiles, computed with mpmath 1.3 to 60 digits.
  static let known: [(probability: Double, quantile: Double)] = [
    (1e-250, -33.79958617269483747),
    (1e-100, -21.273453560965324294),
    (1e-17, -8.4937932241095980661),
    (1.1102230246251565e-16, -8.2095361516013868556),
    (1.3887943864964021e-11, -6.6579046435011035837),
    (1e-10, -6.3613409024040561991),
    (1e-05, -4.2648907939228246102),
    (0.001, -3.0902323061678135354),
    (0.02, -2.0537489106318230443),
    (0.074999, -1.4395385353452306883),
    (0.075, -1.4395314709384559349),
    (0.0751, -1.4388253927525399824),
    (0.2, -0.84162123357291416552),
    (0.4, -0.25334710313579974132),
    (0.4999, -0.00025066283008800749239),
    (0.5000001, 2.5066282733116483012e-7),
    (0.7, 0.52440051270804065631),
    (0.924, 1.43250272082581191),
    (0.93, 1.475791028179171099),
    (0.999, 3.0902323061678132778),
    (0.999999999, 5.9978070196016374264),
    (0.9999999999999999, 8.2095361516013868556),
  ]

  @Test("is right to 10⁻¹⁵ of its value", arguments: known)
  func knownAnswers(probability: Double, quantile: Double) {
    let error = abs(StandardNormal.quantile(probability) - quantile) / abs(quantile)
    #expect(error <= 1e-15, "relative error \(error)")
  }

  @Test("at the ends and in the middle")
  func ends() {
    #expect(StandardNormal.quantile(0) == -.infinity)
    #expect(StandardNormal.quantile(1) == .infinity)
    #expect(StandardNormal.quantile(0.5) == 0)
  }

  @Test("is odd about one half, and never falls")
  func oddAndRising() {
    var last = -Double.infinity
    for step in 1..<200_000 {
      let p = Double(step) / 200_000
      let z = StandardNormal.quantile(p)
      #expect(z > last)
      last = z
      #expect(abs(z + StandardNormal.quantile(1 - p)) <= 1e-11)
    }
    // Across the seams of the three approximations, number by number.
    for seam in [0.075, 0.925, 1.3887943864964021e-11] {
      var p = seam * (1 - 1e-13)
      var z = StandardNormal.quantile(p)
      for _ in 0..<2_000 {
        p = p.nextUp
        let next = StandardNormal.quantile(p)
        #expect(next - z >= -1e-15 * abs(z), "at \(p)")
        z = next
      }
    }
  }
}
