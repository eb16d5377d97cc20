// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// What moves without policy, beside drift, seasons and shocks: ages and incomes.
///
/// Time t is in years from the start of the run. Everything is off unless a model states it.
package struct Trends: Sendable {
  /// Growth a year of the weight of each age group in the needs; empty: ages stay as they are.
  package var ageGrowth: [Double] = []
  /// Growth g of income a year: the weight of money falls by (1 + g)^−t.
  package var incomeGrowth = 0.0
  /// Income groups: names, shares of residents, and factors on the weight of money.
  package var incomeGroups: [String] = []
  package var incomeShares: [Double] = []
  package var incomeWeights: [Double] = []

  package init() {}

  package var movesAges: Bool { ageGrowth.contains { $0 != 0 } }
  package var movesMoney: Bool { incomeGrowth != 0 || incomeWeights.contains { $0 != 1 } }

  /// The weight of an age group on a day, against the start.
  package func ageFactor(_ age: Int, day: Int) -> Double {
    pow(1 + ageGrowth[age], Double(day) / 365.25)
  }

  /// The rate of a need on a day, against the start: the mean of its relative rates over the ages
  /// as they are then. Exact in each cell of age and town, whose onsets grow by the age's factor.
  package func needFactor(_ rates: [Double], shares: [Double], day: Int) -> Double {
    var before = 0.0
    var now = 0.0
    for age in shares.indices {
      before += shares[age] * rates[age]
      now += shares[age] * rates[age] * ageFactor(age, day: day)
    }
    return now / before
  }

  package func moneyFactor(day: Int) -> Double { pow(1 + incomeGrowth, -Double(day) / 365.25) }
}
