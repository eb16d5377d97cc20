// SPDX-License-Identifier: GPL-3.0-or-later

/// What one year of a global budget came to: each figure of the year-end statement.
package struct BudgetYear: Sendable, Equatable {
  package var year: Int16
  /// Day of the run on which the budget of this year begins, and the days it is for.
  package var startDay: Int
  package var days: Int
  package var heads: Int
  /// The fund of these heads for these days, the reserve taken off, and the budget.
  package var fund = Money.zero
  package var reserve = Money.zero
  package var budget = Money.zero
  /// Deficit of the years before, which this year's budget has to bear.
  package var carriedIn = Money.zero
  package var months: [BudgetMonth] = []
  /// At the year's end: what was left, to whom it went, what went back, what is carried.
  package var surplus = Money.zero
  package var shares: [(institution: Int, amount: Money)] = []
  package var returned = Money.zero
  package var carriedOut = Money.zero
  package var isSettled = false

  package var available: Money { budget - carriedIn }
  package var advanced: Money { months.reduce(.zero) { $0 + $1.advance } }
  package var spent: Money { months.reduce(.zero) { $0 + $1.paid } }

  package static func == (left: BudgetYear, right: BudgetYear) -> Bool {
    left.year == right.year && left.budget == right.budget && left.carriedIn == right.carriedIn
      && left.months == right.months && left.surplus == right.surplus
      && left.shares.elementsEqual(right.shares, by: ==) && left.returned == right.returned
      && left.carriedOut == right.carriedOut && left.isSettled == right.isSettled
  }
}

/// What an alliance got from the fund and paid in one month.
package struct BudgetMonth: Sendable, Equatable {
  /// Running month of the run.
  package var month: Int
  package var advance = Money.zero
  /// To members, to others in the region, to the city and beyond.
  package var members = Money.zero
  package var purchased = Money.zero
  package var outOfArea = Money.zero
  /// To each institution; by its row.
  package var institutions: [Money]
  /// Pressure on elective care in this month, and what it did.
  package var pressure = 0.0
  /// Whether spending was ahead of the budget when the month began.
  package var isOverspent = false
  package var refused: Int64 = 0
  package var shifted = Money.zero

  package var paid: Money { members + purchased + outOfArea }

  package init(month: Int, institutions: Int) {
    self.month = month
    self.institutions = Array(repeating: .zero, count: institutions)
  }
}

/// The account of an alliance that is paid by a global budget: the fund advances a twelfth each
/// month, and the alliance pays for all care of its enrollees, wherever it is given.
///
/// A surplus is shared at the year's end; a deficit is not topped up and is carried on.
package struct BudgetAccount: Sendable, Equatable {
  package let rule: GlobalBudget
  package let heads: Int
  /// Members in the order of the shares, the lead first, and the weight of each tier group.
  private let members: [Int]
  private let tiers: [Tier]
  package private(set) var years: [BudgetYear] = []
  /// All that the fund advanced, and all that was paid out, shared and returned.
  package private(set) var advanced = Money.zero
  package private(set) var paid = Money.zero
  package private(set) var shared = Money.zero
  package private(set) var returned = Money.zero

  package static func == (left: BudgetAccount, right: BudgetAccount) -> Bool {
    left.heads == right.heads && left.years == right.years && left.advanced == right.advanced
      && left.paid == right.paid && left.shared == right.shared && left.returned == right.returned
  }

  /// - Parameter tiers: of the lead and the members, in the order of ``GlobalBudget/parties``.
  package init(_ rule: GlobalBudget, heads: Int, tiers: [Tier]) {
    self.rule = rule
    self.heads = heads
    members = rule.parties
    self.tiers = tiers
  }

  /// What is in the account; less than nothing is owed.
  package var balance: Money { advanced - paid - shared - returned }

  /// Begins a year, or what is left of it.
  ///
  /// - Parameters:
  ///   - days: of the year that are left, today included.
  ///   - yearDays: of the whole year.
  package mutating func beginYear(_ year: Int16, on day: Int, days: Int, of yearDays: Int) {
    var begun = BudgetYear(year: year, startDay: day, days: days, heads: heads)
    let share = Double(days) / Double(yearDays)
    begun.fund = Money(yuan: rule.fundPerHead * Double(heads) * share)
    begun.reserve = begun.fund.share(rule.reserveShare)
    begun.budget = (begun.fund - begun.reserve).share(rule.budgetShare)
    begun.carriedIn = max(.zero, Money.zero - balance)
    years.append(begun)
  }

  /// Begins a month: the fund's advance comes in.
  ///
  /// - Parameter monthsLeft: of the year, this one included; the last brings what is left.
  package mutating func beginMonth(
    _ month: Int, on day: Int, monthsLeft: Int, institutions: Int
  ) {
    let year = years.count - 1
    var begun = BudgetMonth(month: month, institutions: institutions)
    let left = years[year].budget - years[year].advanced
    begun.advance = Money(fen: left.fen / Int64(monthsLeft))
    begun.pressure = pressure(on: day)
    begun.isOverspent = overspend(on: day) > 0
    advanced += begun.advance
    years[year].months.append(begun)
  }

  package func isMember(_ institution: Int) -> Bool { members.contains(institution) }

  /// Pays an institution for an enrollee.
  package mutating func pay(
    _ amount: Money, to institution: Int, isInRegion: Bool, shifted: Money
  ) {
    paid += amount
    let year = years.count - 1
    let month = years[year].months.count - 1
    years[year].months[month].institutions[institution] += amount
    years[year].months[month].shifted += shifted
    if isMember(institution) {
      years[year].months[month].members += amount
    } else if isInRegion {
      years[year].months[month].purchased += amount
    } else {
      years[year].months[month].outOfArea += amount
    }
  }

  package mutating func countRefusal() {
    let year = years.count - 1
    years[year].months[years[year].months.count - 1].refused += 1
  }

  /// Spending so far over what the elapsed part of the year allows, less 1; 0 before anything has
  /// elapsed.
  package func overspend(on day: Int) -> Double {
    guard let year = years.last, day > year.startDay else { return 0 }
    let elapsed = Double(day - year.startDay) / Double(year.days)
    guard year.available > .zero else { return .infinity }
    return Double(year.spent.fen) / (Double(year.available.fen) * elapsed) - 1
  }

  /// h: the overspend, between nothing and the rule's limit.
  package func pressure(on day: Int) -> Double {
    min(rule.pressureLimit, max(0, overspend(on: day)))
  }

  /// Ends the year: shares the surplus, or carries the deficit.
  ///
  /// - Returns: what each institution gets.
  package mutating func endYear() -> [(institution: Int, amount: Money)] {
    let year = years.count - 1
    years[year].isSettled = true
    let left = balance
    guard left > .zero else {
      years[year].carriedOut = Money.zero - left
      return []
    }
    years[year].surplus = left
    let kept = left.share(rule.retainedShare)
    let amounts = kept.divided(by: shareWeights(years[year]))
    let shares = zip(members, amounts).map { (institution: $0, amount: $1) }
    years[year].shares = shares
    years[year].returned = left - kept
    shared += kept
    returned += left - kept
    return shares
  }

  /// The weight of each member in a surplus: its group's share, divided in the group by what the
  /// members were paid in the year. A group without members leaves its share to the others.
  package func shareWeights(_ year: BudgetYear) -> [Double] {
    let received = members.map { member in
      Double(year.months.reduce(Money.zero) { $0 + $1.institutions[member] }.fen)
    }
    return members.indices.map { place in
      let group = members.indices.filter {
        GlobalBudget.group(tiers[$0]) == GlobalBudget.group(tiers[place])
      }
      let whole = group.reduce(0) { $0 + received[$1] }
      let part = whole > 0 ? received[place] / whole : 1 / Double(group.count)
      return rule.share(of: tiers[place]) * part
    }
  }
}
