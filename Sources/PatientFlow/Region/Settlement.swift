// SPDX-License-Identifier: GPL-3.0-or-later

/// A town or township.
package struct Town: Sendable {
  package var name: String
  package var population: Int
  package var position: Position

  package init(name: String, population: Int, position: Position) {
    self.name = name
    self.population = population
    self.position = position
  }
}

/// A village or neighbourhood: where residents live, and from where they travel.
package struct Village: Sendable {
  package var name: String
  /// Row of its town.
  package var town: Int
  /// Share of the town's people.
  package var share: Double
  package var position: Position

  package init(name: String, town: Int, share: Double, position: Position) {
    self.name = name
    self.town = town
    self.share = share
    self.position = position
  }
}
