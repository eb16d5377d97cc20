// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// How many of the days that a lead hospital has promised its experts do go out.
///
/// They aim at
///
///     w* = σ(c0 + c1 (θ saving + earned below + allowance − lost revenue) + c2 promotion)
///
/// with all money in CNY for an expert day, and come near it as dw/dt = (w* − w) / adjustment. An
/// audit, or the assignment of posts where an alliance has one staff, keeps a floor. That there is
/// such a response is assumed (grade C); it is 0 where c1 and c2 are.
package struct WillingnessRule: Hashable, Sendable {
  /// c0: log odds where money is even and promotion asks for nothing.
  package var base: Double
  /// c1, 1/CNY.
  package var moneyResponse: Double
  /// c2, where service below is asked for by the rule of promotion; else 0.
  package var promotion: Double
  /// CNY that an expert gets for a day below.
  package var allowance: Double
  /// Share of the plan that an audit ensures.
  package var floor: Double
  package var adjustmentDays: Double

  package init(
    base: Double, moneyResponse: Double, promotion: Double, allowance: Double, floor: Double,
    adjustmentDays: Double
  ) {
    self.base = base
    self.moneyResponse = moneyResponse
    self.promotion = promotion
    self.allowance = allowance
    self.floor = floor
    self.adjustmentDays = adjustmentDays
  }

  /// w*.
  ///
  /// - Parameters:
  ///   - gained: CNY a day that comes to the lead: its share of a saving, and of what is earned
  ///     below where money is one.
  ///   - lost: CNY that the lead does not earn on that day.
  package func aim(gained: Double, lost: Double) -> Double {
    logistic(base + moneyResponse * (gained + allowance - lost) + promotion)
  }
}

/// How willing the experts of one posting are, as a run stands.
package struct Willingness: BitwiseCopyable, Sendable {
  /// w and w*. All of the plan is kept on the first day.
  package var level = 1.0
  package var aim = 1.0
  /// e^(−1/adjustment): what is left of the distance after a day.
  private var leftAfterDay: Double

  package init(adjustmentDays: Double) { leftAfterDay = exp(-1 / adjustmentDays) }

  /// A day goes by: the equation solved exactly for an aim that stays.
  package mutating func passDay() { level = aim + (level - aim) * leftAfterDay }
}
