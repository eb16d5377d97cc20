// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// What a run has to say of how institutions were paid.
extension RegionRun {
  func paymentRows(asked: Set<String>) -> [Observation] {
    var views: [(dimension: String, member: String, view: RegionMeasures.View)] = [
      ("", "", view(.after)), ("period", "before", view(.before)),
      ("period", "after", view(.after)),
    ]
    views += Tier.allCases.map { ("tier", $0.name, tierView($0)) }
    if asked.contains("institution") {
      views += model.institutions.indices.map {
        ("institution", model.institutions[$0].name, institutionView($0))
      }
    }
    if asked.contains("month") {
      views += monthsCovered.map { ("month", model.demand.monthNames[$0], monthView($0)) }
    }
    return views.flatMap { dimension, member, view in
      (RegionMeasures.paymentMeasures + RegionMeasures.stayMeasures).map {
        Observation(
          measure: $0.name, dimension: dimension, member: member, value: $0.value(view))
      }
    }
  }

  /// Nothing where there is no account.
  func accountRows() -> [Observation] {
    let book = simulation.model.domain.payments
    func sum(_ amount: (BudgetAccount) -> Money) -> Double? {
      book.accounts.isEmpty
        ? nil : book.accounts.reduce(Money.zero) { $0 + amount($1) }.inYuan
    }
    let months = book.accounts.flatMap { $0.years.flatMap(\.months) }
    let values: [String: Double?] = [
      "budget": sum { $0.years.reduce(.zero) { $0 + $1.budget } },
      "budget-spend": sum(\.paid), "budget-balance": sum(\.balance),
      "budget-surplus": sum { $0.years.reduce(.zero) { $0 + $1.surplus } },
      "budget-deficit": sum { $0.years.last(where: \.isSettled)?.carriedOut ?? .zero },
      "budget-pressure": months.isEmpty
        ? nil : months.reduce(0) { $0 + $1.pressure } / Double(months.count),
      "point-value": book.pools.last.map(\.pointValue),
    ]
    return RegionMeasures.accountMeasures.map {
      Observation(measure: $0.name, value: values[$0.name] ?? nil)
    }
  }

  /// The accounts of global budgets, for their yearly statements.
  package var budgetAccounts: [BudgetAccount] { simulation.model.domain.payments.accounts }
}
