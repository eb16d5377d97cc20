// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension RegionReader {
  /// How those who decide on care answer to how their institution is paid. A region without the
  /// section has no such response.
  func readPayment() -> PaymentParameters {
    guard let payment = model.sectionIfPresent("payment") else { return PaymentParameters() }
    return PaymentParameters(
      intensity: payment.number("intensity-response", in: 0...5),
      stay: payment.number("stay-response", in: 0...5),
      admission: payment.number("admission-response", in: 0...5),
      costShift: payment.number("cost-shift-response", .share, in: 0...0.5),
      payTie: payment.number("pay-tie", .share, in: 0...1),
      drugMarkUp: payment.number("drug-mark-up", .share, in: 0...1),
      variableCost: payment.number("variable-cost-share", .share, in: 0...1))
  }
}
