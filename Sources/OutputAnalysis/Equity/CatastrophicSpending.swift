// SPDX-License-Identifier: GPL-3.0-or-later

/// How many people pay more for care than a stated share of their income, and by how much.
///
/// Source: Wagstaff & van Doorslaer, *Health Economics* 12 (2003) 921–934; the shares of 10 % and 25 %
/// are those of indicator 3.8.2 of the Sustainable Development Goals.
public struct CatastrophicSpending: Hashable, Sendable {
  /// Share of people whose payments are above the threshold: the headcount.
  public var share: Double
  /// Mean over all people of what is paid beyond the threshold, as a share of income: the overshoot.
  public var meanOvershoot: Double

  /// - Parameters:
  ///   - payments: What each person paid, in any unit of money.
  ///   - incomes: Of the same span and unit, above zero; as many.
  ///   - threshold: The share of income from which payments are called catastrophic, 0…1.
  /// - Returns: `nil` where there is nobody.
  public init?(payments: [Double], incomes: [Double], threshold: Double) {
    precondition(payments.count == incomes.count, "everybody has an income")
    precondition(threshold >= 0, "a threshold is a share of income")
    guard !payments.isEmpty else { return nil }
    var count = 0
    var overshoot = 0.0
    for (payment, income) in zip(payments, incomes) {
      precondition(income > 0, "an income is above zero")
      let beyond = payment / income - threshold
      if beyond > 0 {
        count += 1
        overshoot += beyond
      }
    }
    share = Double(count) / Double(payments.count)
    meanOvershoot = overshoot / Double(payments.count)
  }
}
