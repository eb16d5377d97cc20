// SPDX-License-Identifier: GPL-3.0-or-later

/// How institutions are paid now: the part of the policies in force that payment asks.
package struct PaymentTerms: Sendable {
  private var rules: [SitePayment]
  /// Of each institution: what reaches those who decide, and the mark-up of its drugs.
  package var ties: [PayTie]
  package var drugMarkUps: [Double]
  /// Points of a case of weight 1 at each institution that is paid by points.
  package var pointsOfWeightOne: [Double]
  package var budgets: [GlobalBudget] = []
  /// Row of the budget that an institution is a member of, and of a scheme's insured; or −1.
  package var budgetOfSite: [Int]
  package var budgetOfScheme: [Int]
  package var pools: [(lever: DIPPoints, institutions: [Int])] = []
  package var assessments: [PerformanceAssessment] = []
  /// Whether any settlement is paid otherwise than by the fund's part of the bill, or from an
  /// account.
  package var isActive = false

  package init(institutions: Int, schemes: Int, _ parameters: PaymentParameters) {
    rules = Array(repeating: SitePayment(), count: 2 * institutions)
    ties = Array(repeating: PayTie(parameters.payTie), count: institutions)
    drugMarkUps = Array(repeating: parameters.drugMarkUp, count: institutions)
    pointsOfWeightOne = Array(repeating: 0, count: institutions)
    budgetOfSite = Array(repeating: -1, count: institutions)
    budgetOfScheme = Array(repeating: -1, count: schemes)
  }

  package subscript(site: Int, kind: CareKind) -> SitePayment {
    get { rules[2 * site + Int(kind.rawValue)] }
    set { rules[2 * site + Int(kind.rawValue)] = newValue }
  }
}
