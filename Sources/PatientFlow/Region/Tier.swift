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

  package var row: Int { Int(rawValue) }
}

/// One value for each tier.
package struct ByTier<Value: BitwiseCopyable & Sendable>: Sendable {
  // An array, not an inline one: reading a field of a large inline row copies the whole table.
  private var values: [Value]

  package init(repeating value: Value) {
    values = Array(repeating: value, count: Tier.count)
  }

  package subscript(tier: Tier) -> Value {
    _read { yield values[tier.row] }
    _modify { yield &values[tier.row] }
  }
}
