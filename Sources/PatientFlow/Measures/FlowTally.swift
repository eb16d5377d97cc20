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
  package private(set) var period = Period.warmUp
  package private(set) var month = 0
  package private(set) var weekday = Weekday.monday
  /// (period, institution).
  package private(set) var sites: [FlowCell]
  /// (period, town of the resident, tier of the institution).
  package private(set) var homes: [FlowCell]
  /// Of today, by tier: what is not in the next two tables yet.
  private var today = [FlowCell](repeating: FlowCell(), count: Tier.count)
  /// (running month, tier), up to yesterday.
  private var months: [FlowCell]
  /// (period, weekday, tier), up to yesterday.
  private var weekdays = [FlowCell](
    repeating: FlowCell(), count: Period.count * Weekday.count * Tier.count)
  package private(set) var transfers = TransferTally()
  /// By period.
  package var needs: [NeedCell]
  package var pharmacy = [PharmacyCell](repeating: PharmacyCell(), count: Period.count)
  /// (period, need).
  package var emergencies: [EmergencyCell] = []
  /// Outpatient visits by (period, title).
  package private(set) var titles = [Int64](repeating: 0, count: Period.count * Title.count)
  /// (period, income group), where a model has any: visits, and what was paid.
  package private(set) var incomes: [FlowCell]
  private let incomeGroups: Int

  init(institutions: Int, towns: Int, months: Int, incomes incomeGroups: Int) {
    self.institutions = institutions
    self.towns = towns
    sites = Array(repeating: FlowCell(), count: Period.count * institutions)
    homes = Array(repeating: FlowCell(), count: Period.count * towns * Tier.count)
    self.months = Array(repeating: FlowCell(), count: months * Tier.count)
    self.incomeGroups = incomeGroups
    incomes = Array(repeating: FlowCell(), count: Period.count * incomeGroups)
    needs = Array(repeating: NeedCell(), count: Period.count)
  }

  /// A day begins.
  mutating func beginDay(month: Int, weekday: Weekday) {
    putAwayToday()
    self.month = month
    self.weekday = weekday
  }

  mutating func begin(_ period: Period) {
    putAwayToday()
    self.period = period
  }

  private mutating func putAwayToday() {
    for tier in Tier.allCases {
      months[month * Tier.count + tier.row] += today[tier.row]
      weekdays[place(period, weekday, tier)] += today[tier.row]
      today[tier.row] = FlowCell()
    }
  }

  /// Counts something at an institution, for a resident of a town.
  @inline(__always)
  mutating func count(
    at institution: Int, tier: Tier, home town: Int, _ change: (inout FlowCell) -> Void
  ) {
    change(&sites[period.rawValue * institutions + institution])
    change(&homes[(period.rawValue * towns + town) * Tier.count + tier.row])
    change(&today[tier.row])
  }

  /// Counts something at an institution that belongs to no resident.
  mutating func count(
    at institution: Int, tier: Tier, _ change: (inout FlowCell) -> Void
  ) {
    change(&sites[period.rawValue * institutions + institution])
    change(&today[tier.row])
  }

  @inline(__always)
  mutating func count(_ change: (inout NeedCell) -> Void) {
    change(&needs[period.rawValue])
  }

  mutating func count(transfer way: TransferWay, from: Tier, to: Tier) {
    transfers.add(way, from: from, to: to, period)
  }

  mutating func count(emergency need: UInt16, taken: Int64) {
    let place = period.rawValue * (emergencies.count / Period.count) + Int(need)
    emergencies[place].seen += 1
    emergencies[place].taken += taken
  }

  mutating func count(visitWith title: Title) {
    titles[period.rawValue * Title.count + title.row] += 1
  }

  mutating func count(income group: UInt8, _ change: (inout FlowCell) -> Void) {
    change(&incomes[period.rawValue * incomeGroups + Int(group)])
  }

  package func title(_ period: Period, _ title: Title) -> Int64 {
    titles[period.rawValue * Title.count + title.row]
  }

  package func income(_ period: Period, _ group: Int) -> FlowCell {
    incomes[period.rawValue * incomeGroups + group]
  }

  package func site(_ period: Period, _ institution: Int) -> FlowCell {
    sites[period.rawValue * institutions + institution]
  }

  package func home(_ period: Period, town: Int, tier: Tier) -> FlowCell {
    homes[(period.rawValue * towns + town) * Tier.count + tier.row]
  }

  package func month(_ month: Int, tier: Tier) -> FlowCell {
    var cell = months[month * Tier.count + tier.row]
    if month == self.month { cell += today[tier.row] }
    return cell
  }

  package func weekday(_ period: Period, _ weekday: Weekday, tier: Tier) -> FlowCell {
    var cell = weekdays[place(period, weekday, tier)]
    if period == self.period && weekday == self.weekday { cell += today[tier.row] }
    return cell
  }

  private func place(_ period: Period, _ weekday: Weekday, _ tier: Tier) -> Int {
    (period.rawValue * Weekday.count + weekday.row) * Tier.count + tier.row
  }
}
