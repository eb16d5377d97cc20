// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import OutputAnalysis
import Testing

@Suite("measures of equity")
struct EquityTests {
  @Test("Gini coefficients by hand")
  func gini() {
    #expect(Concentration.gini(of: [2, 2, 2]) == 0)
    #expect(Concentration.gini(of: [0, 0, 1]) == 2.0 / 3)
    // Mean absolute difference of two of 1, 2, 3, 4: 20/16; half of it over 2.5.
    #expect(Concentration.gini(of: [4, 1, 3, 2]) == 0.25)
    #expect(Concentration.gini(of: []) == nil)
    #expect(Concentration.gini(of: [0, 0]) == nil)
  }

  // 100,000 evenly spaced quantiles stand for the distribution; what the last of them leaves out of a
  // Pareto tail with α = 3 is 0.0004 of the coefficient. No chance is involved.
  @Test("Gini coefficients of the uniform, exponential and Pareto distributions")
  func closedForms() throws {
    let count = 100_000
    let shares = (0..<count).map { (Double($0) + 0.5) / Double(count) }
    let uniform = try #require(Concentration.gini(of: shares))
    let exponential = try #require(Concentration.gini(of: shares.map { -log(1 - $0) }))
    let pareto = try #require(Concentration.gini(of: shares.map { pow(1 - $0, -1 / 3.0) }))
    #expect(abs(uniform - 1 / 3.0) < 1e-6)
    #expect(abs(exponential - 1 / 2.0) < 1e-4)
    #expect(abs(pareto - 1 / 5.0) < 1e-3)
  }

  @Test(
    "the concentration index by one's own rank is the Gini coefficient, and turns with the ranks")
  func concentration() throws {
    let values = [0.5, 3, 2, 8, 1]
    let own = try #require(Concentration.index(of: values, rankedBy: values))
    let gini = try #require(Concentration.gini(of: values))
    #expect(abs(own - gini) < 1e-15)
    let turned = try #require(Concentration.index(of: values, rankedBy: values.map { -$0 }))
    #expect(abs(turned + gini) < 1e-15)
    // The poor have more: below zero. Means 3 and 1 of two groups with the ranks 1/4 and 3/4.
    #expect(Concentration.index(of: [2, 4, 1, 1], rankedBy: [1, 1, 2, 2]) == -0.25)
    // Inside a group nobody stands before another.
    #expect(Concentration.index(of: [7, 0, 1], rankedBy: [5, 5, 5]) == 0)
    #expect(Concentration.index(of: [0, 0], rankedBy: [1, 2]) == nil)
  }

  @Test("catastrophic spending by hand")
  func catastrophic() throws {
    // Shares of income 0.05, 0.1, 0.3, 0.2: two are above a tenth, by 0.2 and 0.1.
    let spending = try #require(
      CatastrophicSpending(
        payments: [5, 20, 30, 10], incomes: [100, 200, 100, 50], threshold: 0.1))
    #expect(spending.share == 0.5)
    #expect(abs(spending.meanOvershoot - 0.075) < 1e-15)
    #expect(CatastrophicSpending(payments: [], incomes: [], threshold: 0.1) == nil)
  }

  @Test("who has less, as much, and more, by hand")
  func change() throws {
    let change = try #require(PairedChange(ascending: [-4, -2, 0, 0, 0, 0, 0, 1, 2, 3]))
    #expect(change.lessShare == 0.2 && change.moreShare == 0.3)
    #expect(abs(change.sameShare - 0.5) < 1e-15)
    #expect(change.mean == 0)
    #expect(change.meanOfLess == -3 && change.meanOfMore == 2)
    #expect(change.quantiles == [-4, 0, 0, 1, 3])
    #expect(PairedChange(ascending: [0])?.meanOfLess == nil)
  }
}
