// SPDX-License-Identifier: GPL-3.0-or-later

extension BudgetYear {
  /// The statement of all residents, of that of those simulated: each figure by itself, to the fen.
  package func told(times expansion: Double) -> BudgetYear {
    guard expansion != 1 else { return self }
    func all(_ amount: Money) -> Money { amount.times(expansion) }
    var year = self
    year.heads = Int((Double(heads) * expansion).rounded())
    (year.fund, year.reserve, year.budget) = (all(fund), all(reserve), all(budget))
    (year.carriedIn, year.carriedOut) = (all(carriedIn), all(carriedOut))
    (year.surplus, year.returned) = (all(surplus), all(returned))
    year.shares = shares.map { ($0.institution, all($0.amount)) }
    year.months = months.map { $0.told(times: expansion) }
    return year
  }
}

extension BudgetMonth {
  fileprivate func told(times expansion: Double) -> BudgetMonth {
    var told = self
    told.advance = advance.times(expansion)
    told.members = members.times(expansion)
    told.purchased = purchased.times(expansion)
    told.outOfArea = outOfArea.times(expansion)
    told.institutions = institutions.map { $0.times(expansion) }
    told.refused = Int64((Double(refused) * expansion).rounded())
    told.shifted = shifted.times(expansion)
    return told
  }
}

extension Money {
  /// An amount so many times, to the fen.
  fileprivate func times(_ factor: Double) -> Money {
    Money(fen: Int64((Double(fen) * factor).rounded()))
  }
}
