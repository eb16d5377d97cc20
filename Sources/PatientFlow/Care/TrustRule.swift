// SPDX-License-Identifier: GPL-3.0-or-later

/// How experiences change trust in a tier.
///
/// T ← clip(T + a (T₀ + result − R₀ − T), 0, 1), where R₀ is the mean result of that tier and care
/// class in the warm-up, during which trust rests: so without a policy trust does not drift.
struct TrustRule {
  private let start: ByTier<Double>
  private let learning: Double
  private var isResting = true
  /// By care class and tier.
  private var sums = [Double](repeating: 0, count: CareClass.count * Tier.count)
  private var counts = [Int64](repeating: 0, count: CareClass.count * Tier.count)
  private var means = [Double](repeating: 0, count: CareClass.count * Tier.count)

  init(_ model: RegionModel) {
    var start = ByTier(repeating: 0.0)
    for tier in Tier.allCases { start[tier] = model.tiers[tier].trust }
    self.start = start
    learning = model.care.trustLearning
  }

  /// Ends the warm-up: what was seen so far is what people are used to.
  mutating func wake() {
    for cell in counts.indices where counts[cell] > 0 {
      means[cell] = sums[cell] / Double(counts[cell])
    }
    isResting = false
  }

  mutating func experience(
    _ result: Double, of resident: inout Resident, at tier: Tier, _ careClass: CareClass
  ) {
    let cell = careClass.row * Tier.count + tier.row
    if isResting {
      sums[cell] += result
      counts[cell] += 1
      return
    }
    // A kind of care that the warm-up never saw there has nothing to be compared with.
    guard counts[cell] > 0 else { return }
    let trust = resident.trust(in: tier)
    let target = start[tier] + result - means[cell]
    resident.setTrust(trust + learning * (target - trust), in: tier)
  }
}
