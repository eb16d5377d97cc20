// SPDX-License-Identifier: GPL-3.0-or-later

/// A field of medicine, as far as experts, touring surgery and opened services tell fields apart.
package struct Specialty: Sendable {
  package var name: String
  /// Whether each need, by its row, belongs to it.
  package var treats: [Bool]

  package init(name: String, treats: [Bool]) {
    self.name = name
    self.treats = treats
  }

  /// Whether a need is one of this specialty; a refill, which has no row, is none.
  package func includes(need: UInt16) -> Bool {
    need != Visit.refill && treats[Int(need)]
  }
}
