// SPDX-License-Identifier: GPL-3.0-or-later

/// How those who decide on care answer to how their institution is paid, and how they are paid in
/// the region's own base.
///
/// A region without a section `payment` has none of the responses.
package struct PaymentParameters: Hashable, BitwiseCopyable, Sendable {
  /// κ: log exams and drugs per unit of own marginal revenue share.
  package var intensity = 0.0
  /// Log days of a stay per unit of the margin of its last day, in parts of that day's bill.
  package var stay = 0.0
  /// Log probability of discretionary admissions per unit of the margin of a stay, in parts of
  /// its bill.
  package var admission = 0.0
  /// Share of a bill moved out of cover where a price per unit of care caps what the fund pays.
  package var costShift = 0.0
  /// Share of an institution's own marginal revenue that reaches those who decide, in the base.
  package var payTie = 1.0
  /// Mark-up of drugs over their purchase price, in the base.
  package var drugMarkUp = 0.0
  /// Variable cost over the bill.
  package var variableCost = 0.6

  package init() {}

  package init(
    intensity: Double, stay: Double, admission: Double, costShift: Double, payTie: Double,
    drugMarkUp: Double, variableCost: Double
  ) {
    self.intensity = intensity
    self.stay = stay
    self.admission = admission
    self.costShift = costShift
    self.payTie = payTie
    self.drugMarkUp = drugMarkUp
    self.variableCost = variableCost
  }
}
