// SPDX-License-Identifier: GPL-3.0-or-later

/// The periods of a run: warm-up, from its end to the policy date, and from there on.
package enum Period: Int, CaseIterable {
  case warmUp, before, after
  package static let count = 3
}

/// The tables of what is counted in a run.
package struct FlowTally {
  package let institutions: Int
  package let towns: Int
  package var period = Period.warmUp
  package var month = 0
  /// (period, institution).
  package private(set) var sites: [FlowCell]
  /// (period, town of the resident, tier of the institution).
  package private(set) var homes: [FlowCell]
  /// (running month, tier).
  package private(set) var months: [FlowCell]
  /// By period.
  package var needs: [NeedCell]

  init(institutions: Int, towns: Int, months: Int) {
    self.institutions = institutions
    self.towns = towns
    sites = Array(repeating: FlowCell(), count: Period.count * institutions)
    homes = Array(repeating: FlowCell(), count: Period.count * towns * Tier.count)
    self.months = Array(repeating: FlowCell(), count: months * Tier.count)
    needs = Array(repeating: NeedCell(), count: Period.count)
  }

  /// Counts something at an institution, for a resident of a town.
  @inline(__always)
  mutating func count(
    at institution: Int, tier: Tier, home town: Int, _ change: (inout FlowCell) -> Void
  ) {
    change(&sites[period.rawValue * institutions + institution])
    change(&homes[(period.rawValue * towns + town) * Tier.count + tier.row])
    change(&months[month * Tier.count + tier.row])
  }

  /// Counts something at an institution that belongs to no resident.
  mutating func count(
    at institution: Int, tier: Tier, _ change: (inout FlowCell) -> Void
  ) {
    change(&sites[period.rawValue * institutions + institution])
    change(&months[month * Tier.count + tier.row])
  }

  @inline(__always)
  mutating func count(_ change: (inout NeedCell) -> Void) {
    change(&needs[period.rawValue])
  }

  package func site(_ period: Period, _ institution: Int) -> FlowCell {
    sites[period.rawValue * institutions + institution]
  }

  package func home(_ period: Period, town: Int, tier: Tier) -> FlowCell {
    homes[(period.rawValue * towns + town) * Tier.count + tier.row]
  }

  package func month(_ month: Int, tier: Tier) -> FlowCell { months[month * Tier.count + tier.row] }
}
