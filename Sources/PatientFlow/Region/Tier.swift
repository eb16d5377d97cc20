// SPDX-License-Identifier: GPL-3.0-or-later

/// The level of an institution, lowest first.
///
/// The raw value is the row of every table by tier.
package enum Tier: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  case village, township, community, county, city, outside

  package static let count = 6

  /// Village clinics, township centres and community centres: the grassroots.
  @inlinable
  package var isPrimary: Bool { rawValue <= Tier.community.rawValue }

  package var name: String { String(describing: self) }

  package init?(named name: String) {
    guard let tier = Tier.allCases.first(where: { $0.name == name }) else { return nil }
    self = tier
  }

  var row: Int { Int(rawValue) }
}

/// One value for each tier.
package struct ByTier<Value: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
  var values: InlineArray<6, Value>

  package init(repeating value: Value) { values = InlineArray(repeating: value) }

  package subscript(tier: Tier) -> Value {
    get { values[tier.row] }
    set { values[tier.row] = newValue }
  }
}
