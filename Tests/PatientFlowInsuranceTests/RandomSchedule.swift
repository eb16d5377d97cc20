// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

/// SplitMix64, so that the schedules of the property tests are the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension BenefitRule {
  /// Any rule that can be written down, the corners (no rate, no ceiling, no deductible) often.
  static func random(using generator: inout SeededGenerator) -> BenefitRule {
    func amount(_ most: Int64) -> Money {
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: .zero
      case 1: Money(fen: Int64.random(in: 0...100, using: &generator))
      default: Money(fen: Int64.random(in: 0...most, using: &generator))
      }
    }
    func share() -> BillShare {
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: .none
      case 1: .all
      default: BillShare(Double.random(in: 0...1, using: &generator))
      }
    }
    return BenefitRule(
      deductible: amount(200_000), laterDeductible: amount(100_000), rate: share(),
      annualCeiling: Bool.random(using: &generator) ? .unlimited : amount(3_000_000),
      eligibleShare: share(), feePaid: amount(8000))
  }
}

/// One bill at random: mostly of everyday size, now and then tiny or enormous.
struct RandomBill {
  var bill: Money
  var fee: Money
  var kind: CareKind
  var tier: UInt8
  var referred: Bool
  var stage: SpellStage
  var year: Int16

  init(year: Int16, tiers: Int, using generator: inout SeededGenerator) {
    let magnitudes: [Int64] = [20, 5000, 200_000, 5_000_000, 89_999_999]
    let magnitude = magnitudes.randomElement(using: &generator)!
    bill = Money(fen: Int64.random(in: 0...magnitude, using: &generator))
    fee =
      Bool.random(using: &generator)
      ? .zero : Money(fen: Int64.random(in: 0...10_000, using: &generator))
    kind = Bool.random(using: &generator) ? .outpatient : .inpatient
    tier = UInt8.random(in: 0..<UInt8(tiers), using: &generator)
    referred = Bool.random(using: &generator)
    stage = [.admission, .transferUp, .transferDown].randomElement(using: &generator)!
    self.year = year
  }
}
