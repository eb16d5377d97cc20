// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// A person of the region: one row of 48 bytes.
struct Resident: BitwiseCopyable {
  static let hypertension: UInt8 = 1
  static let diabetes: UInt8 = 2

  var village: UInt16
  var town: UInt8
  var ageGroup: UInt8
  /// Row of the insurance scheme.
  var scheme: UInt8
  /// Chronic conditions that a doctor has found and treats; a bit each.
  var treated: UInt8
  /// Of those, the ones under control.
  var controlled: UInt8
  /// Hypertension that is there, found or not.
  var isHypertensive: Bool
  var isFemale: Bool
  var hasContract: Bool
  /// Tier of the last visit, or 255 before the first.
  var habitTier: UInt8
  /// 0...255: how early this person hears of an expert calendar.
  var newsRank: UInt8
  /// Refills due so far.
  var refills: UInt16 = 0
  /// Handed down to a primary institution for refills, and not yet been there.
  var isHandedDown = false
  /// Row within the town, by which the person's random numbers are keyed.
  var member: UInt32
  /// Trust in each tier, 0...1, in steps of 1/65535 so that a row stays small.
  var trust: InlineArray<6, UInt16>

  func trust(in tier: Tier) -> Double { Double(trust[tier.row]) / 65535 }

  mutating func setTrust(_ value: Double, in tier: Tier) {
    trust[tier.row] = UInt16((min(1, max(0, value)) * 65535).rounded())
  }

  var isHypertensionControlled: Bool { controlled & Resident.hypertension != 0 }
}
