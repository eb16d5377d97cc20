// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// What one institution earns by doing a little more, by its payment rules.
package struct MarginalRevenue: Hashable, Sendable {
  /// Of a CNY more in the bill of a visit, and of a stay: what the institution receives of it.
  package var visitShare = 1.0
  package var stayShare = 1.0
  /// What one more day at the end of a stay brings, in parts of that day's bill.
  package var lastDay = 1.0
  /// What a new stay brings, in parts of the mean bill of a stay; `nil` if it is the bill itself.
  package var stay: Double?
  /// What a new patient's day in an acute bed brings, in parts of its bill.
  package var newDay = 1.0
  /// Whether a price caps what the fund pays of a visit, and of a stay.
  package var isVisitCapped = false
  package var isStayCapped = false

  package init() {}
}

extension MarginalRevenue {
  /// - Parameters:
  ///   - isBudgeted: whether the institution belongs to an alliance that is paid by a global
  ///     budget: what it earns by doing more the alliance pays itself.
  ///   - tier: what the model states of the institution's tier.
  package init(
    visits: SitePayment, stays: SitePayment, isBudgeted: Bool, tier: TierProfile
  ) {
    self.init()
    isVisitCapped = visits.kind != .feeForService
    isStayCapped = stays.kind != .feeForService
    let bill = tier.expectedStayBill
    let days = tier.acuteDays + tier.recoveryDays
    switch stays.kind {
    case .feeForService: break
    case .perDiem:
      stayShare = 0
      let price = stays.price.inYuan
      lastDay = tier.recoveryDayBill > 0 ? price / tier.recoveryDayBill : 1
      stay = bill > 0 ? price * days / bill : nil
      newDay = tier.acuteDayBill > 0 ? price / tier.acuteDayBill : 1
    case .perCase, .drg, .dip:
      stayShare = 0
      lastDay = 0
      let price = stays.price.inYuan
      stay = bill > 0 ? price / bill : nil
      newDay = tier.acuteDayBill > 0 && days > 0 ? price / days / tier.acuteDayBill : 1
    }
    if visits.kind != .feeForService { visitShare = 0 }
    if isBudgeted {
      (visitShare, stayShare, lastDay, stay, newDay) = (0, 0, 0, 0, 0)
    }
  }
}

/// What reaches those who decide of what their institution earns.
package struct PayTie: Hashable, BitwiseCopyable, Sendable {
  /// Of all revenue: what moves stays and admissions.
  package var services: Double
  package var exams: Double
  package var drugs: Double

  package init(_ tie: Double) {
    services = tie
    exams = tie
    drugs = tie
  }
}

extension SiteIntensity {
  /// The answer of one institution to how it is paid.
  ///
  /// Each factor is exp(response × (argument − argument in the base)), where the argument is:
  /// - exams: the share of an exam's price that the institution receives for one more, times the
  ///   pay tie;
  /// - drugs: the same of the mark-up in a drug's price, mark-up / (1 + mark-up);
  /// - the days of a stay: the margin of its last day, (what it brings − variable cost) over its
  ///   bill, times the tie;
  /// - discretionary admissions: the margin of a stay over its bill, when stays are as long as they
  ///   have become, times the tie.
  /// In the base the institution receives all of a bill. Under the same terms every argument is the
  /// base's, and every factor exactly 1.
  ///
  /// - Parameters:
  ///   - pressure: h of the global budget that the institution is a member of.
  ///   - shiftPerPressure: share of a bill that is shifted per unit of it.
  package init(
    _ revenue: MarginalRevenue, tie: PayTie, drugMarkUp: Double, _ parameters: PaymentParameters,
    pressure: Double = 0, shiftPerPressure: Double = 0
  ) {
    self.init()
    let base = parameters.payTie
    let kappa = parameters.intensity
    let markUp = drugMarkUp / (1 + drugMarkUp)
    let baseMarkUp = parameters.drugMarkUp / (1 + parameters.drugMarkUp)
    exams = exp(kappa * (revenue.visitShare * tie.exams - base))
    stayExams = exp(kappa * (revenue.stayShare * tie.exams - base))
    drugs = exp(kappa * (revenue.visitShare * markUp * tie.drugs - baseMarkUp * base))
    stayDrugs = exp(kappa * (revenue.stayShare * markUp * tie.drugs - baseMarkUp * base))
    let cost = parameters.variableCost
    let baseMargin = base * (1 - cost)
    stay = exp(parameters.stay * (tie.services * (revenue.lastDay - cost) - baseMargin))
    // A price a day brings more the longer the stay; a price a case does not.
    var brings = stay
    if let price = revenue.stay {
      brings = revenue.lastDay > 0 ? price * stay : price
    }
    admission = exp(parameters.admission * (tie.services * (brings - cost * stay) - baseMargin))
    visitShift = (revenue.isVisitCapped ? parameters.costShift : 0) + shiftPerPressure * pressure
    stayShift = (revenue.isStayCapped ? parameters.costShift : 0) + shiftPerPressure * pressure
    visitShift = min(SiteIntensity.mostShifted, visitShift)
    stayShift = min(SiteIntensity.mostShifted, stayShift)
    refusal = pressure
  }

  /// Shifting has an end: what is left must look like an insured bill.
  static let mostShifted = 0.5
}
