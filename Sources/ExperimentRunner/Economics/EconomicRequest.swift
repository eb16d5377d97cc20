// SPDX-License-Identifier: GPL-3.0-or-later

import OutputAnalysis

/// What an economic evaluation is asked.
public struct EconomicRequest: Hashable, Sendable {
  /// Whose costs are looked at.
  public enum Perspective: String, CaseIterable, Hashable, Sendable {
    case patient, fund, provider, society

    /// The costs of a region that are taken unless others are named; `nil`: there is no measure of them.
    public var costs: [String]? {
      switch self {
      case .patient: ["out-of-pocket"]
      case .fund: ["fund-spend"]
      // What institutions spend is not simulated.
      case .provider: nil
      case .society: ["out-of-pocket", "fund-spend"]
      }
    }
  }

  public var perspective: Perspective?
  /// Measures that are added up; empty: those of the perspective.
  public var costs: [MeasureSeries] = []
  public var effect: MeasureSeries
  public var isHigherBetter = true
  /// λ, money for one unit of the effect; of a share, for one point of a hundred.
  public var thresholds: [Double] = []
  /// A year, such as 0.03; 0: later years count in full.
  public var discountRate = 0.0
  public var priceYear: Int?
  /// `nil`: the experiment's.
  public var baseline: String?

  public init(effect: MeasureSeries) {
    self.effect = effect
    isHigherBetter = !Self.burdens.contains { effect.measure.measure.hasPrefix($0) }
  }

  /// What begins the names of measures of which less is plainly better to the people.
  private static let burdens = [
    "forgone", "unmet", "wait", "travel-minutes", "bed-wait", "admission-wait", "remote-wait",
    "green-channel-wait", "out-of-pocket", "pharmacy-out-of-pocket", "complications",
    "time-to-treatment", "time-in-system", "put-off", "referrals-missed", "aftercare-missed",
  ]
}
