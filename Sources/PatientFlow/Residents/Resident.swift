// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// A person of the region, with the year's insurance account: one row of 64 bytes, so that a choice or
/// a bill touches one place in memory.
package struct Resident: BitwiseCopyable {
  /// What is so of a person or not; a bit each, so that a row stays small.
  package struct Traits: OptionSet, BitwiseCopyable, Sendable {
    package var rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let isHypertensive = Traits(rawValue: 1 << 0)
    package static let isFemale = Traits(rawValue: 1 << 1)
    package static let hasContract = Traits(rawValue: 1 << 2)
    package static let isHandedDown = Traits(rawValue: 1 << 3)
  }

  package static let hypertension: UInt8 = 1
  package static let diabetes: UInt8 = 2

  package var village: UInt16
  package var town: UInt8
  package var ageGroup: UInt8
  /// Row of the insurance scheme.
  package var scheme: UInt8
  /// Chronic conditions that a doctor has found and treats; a bit each.
  package var treated: UInt8
  /// Of those, the ones under control.
  package var controlled: UInt8
  package var traits: Traits = []
  /// Tier of the last visit, or 255 before the first.
  package var habitTier: UInt8
  /// 0...255: how early this person hears of an expert calendar.
  package var newsRank: UInt8
  /// Refills due so far.
  package var refills: UInt16 = 0
  /// Row of the income group; 0 where a model tells none apart.
  package var incomeGroup: UInt8 = 0
  package var account = InsuranceAccount(year: 0)
  /// Row within the town, by which the person's random numbers are keyed.
  package var member: UInt32
  /// Trust in each tier, 0...1, in steps of 1/65535 so that a row stays small.
  package var trust: InlineArray<6, UInt16>

  package func trust(in tier: Tier) -> Double { Double(trust[tier.row]) * (1 / 65535) }

  package mutating func setTrust(_ value: Double, in tier: Tier) {
    trust[tier.row] = UInt16((min(1, max(0, value)) * 65535).rounded())
  }

  /// Hypertension that is there, found or not.
  package var isHypertensive: Bool {
    get { traits.contains(.isHypertensive) }
    set { set(.isHypertensive, to: newValue) }
  }

  package var isFemale: Bool { traits.contains(.isFemale) }

  /// Has a family doctor by contract.
  package var hasContract: Bool {
    get { traits.contains(.hasContract) }
    set { set(.hasContract, to: newValue) }
  }

  /// Handed down to a primary institution for refills, and not yet been there.
  package var isHandedDown: Bool {
    get { traits.contains(.isHandedDown) }
    set { set(.isHandedDown, to: newValue) }
  }

  /// Tier of the institution that handed the person down last; in bits 4 to 6 of the traits.
  package var handedDownBy: Tier {
    get { Tier(rawValue: UInt8(traits.rawValue >> 4 & 0x7))! }
    set { traits.rawValue = traits.rawValue & ~(0x7 << 4) | UInt16(newValue.rawValue) << 4 }
  }

  package mutating func set(_ trait: Traits, to value: Bool) {
    if value { traits.insert(trait) } else { traits.remove(trait) }
  }

  package var isHypertensionControlled: Bool { controlled & Resident.hypertension != 0 }
}
