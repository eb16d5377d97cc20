// SPDX-License-Identifier: GPL-3.0-or-later

/// By what the fund pays an institution for a kind of care.
package enum PaymentKind: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  /// The fund's part of each bill: the base.
  case feeForService
  /// A price for each day of a stay; a visit counts as one day.
  case perDiem
  /// A price for each stay or visit.
  case perCase
  /// A price for the group that the case is in.
  case drg
  /// Points for the group that the case is in, out of a regional budget.
  case dip
}

/// How the fund pays one institution for one kind of care.
package struct SitePayment: Hashable, BitwiseCopyable, Sendable {
  package var kind = PaymentKind.feeForService
  /// A day, a case, or a case of weight 1; under points, the assumed value of what one of weight 1
  /// has.
  package var price = Money.zero
  package var weights = CaseWeights()
  /// Row of the pool of points.
  package var pool = 0

  package init() {}

  package init(
    _ kind: PaymentKind, price: Money, weights: CaseWeights = CaseWeights(), pool: Int = 0
  ) {
    self.kind = kind
    self.price = price
    self.weights = weights
    self.pool = pool
  }

  /// What the fund and the patient together pay for a case within what the rule covers.
  ///
  /// - Parameter days: of the stay; 1 of a visit.
  package func price(days: Double, _ band: SeverityBand, isEmergency: Bool) -> Money {
    switch kind {
    case .feeForService: preconditionFailure("a fee for service has no price of its own")
    case .perDiem: price.share(days)
    case .perCase: price
    case .drg, .dip: price.share(weights[band, isEmergency: isEmergency])
    }
  }

  /// What the fund pays of a case: the price less what the patient paid within it, and never less
  /// than nothing.
  package func fundPays(of price: Money, patientPaid: Money) -> Money {
    max(.zero, price - patientPaid)
  }
}

/// Weights of the groups that cases are in: three bands of severity, elective or emergency.
///
/// What the simulator knows of a case before its bill is the need, its severity and the tier; the
/// tier's part is in the price or the points of the institution.
package struct CaseWeights: Hashable, BitwiseCopyable, Sendable {
  package var mild = 1.0
  package var moderate = 1.0
  package var severe = 1.0
  /// Times the weight of the band.
  package var emergency = 1.0

  package init() {}

  package subscript(band: SeverityBand, isEmergency isEmergency: Bool) -> Double {
    let weight =
      switch band {
      case .mild: mild
      case .moderate: moderate
      case .severe: severe
      }
    return isEmergency ? weight * emergency : weight
  }
}
