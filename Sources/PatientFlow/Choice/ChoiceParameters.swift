// SPDX-License-Identifier: GPL-3.0-or-later

/// The constant of each tier in utility, by care class; the township's is 0 by convention.
package struct TierConstants: Sendable {
  private var values = [Double](repeating: 0, count: CareClass.count * Tier.count)

  package init() {}

  package subscript(careClass: CareClass, tier: Tier) -> Double {
    get { values[careClass.row * Tier.count + tier.row] }
    set { values[careClass.row * Tier.count + tier.row] = newValue }
  }
}

/// How people weigh what institutions offer. Utilities are in logits.
package struct ChoiceParameters: BitwiseCopyable, Sendable {
  /// Per CNY out of pocket; negative.
  package var moneyOutpatient = 0.0
  package var moneyInpatient = 0.0
  /// How money enters, and in the share form the utility of a rate of 1; positive.
  package var moneyForm = MoneyForm.cost
  package var rate = 0.0
  /// Per minute of travel, per minute of wait in the institution, per day to a slot or bed; negative.
  package var travel = 0.0
  package var wait = 0.0
  package var waitDays = 0.0
  /// Per unit of perceived quality, by severity.
  package var qualityMild = 0.0
  package var qualityModerate = 0.0
  package var qualitySevere = 0.0
  /// For a stock of the drugs of a chronic patient; for a contract, at primary institutions; for the
  /// tier of the last visit.
  package var drugs = 0.0
  package var contract = 0.0
  package var habit = 0.0
  /// λ, 0 < λ ≤ 1: how alike institutions of one tier are; 1 makes tiers irrelevant.
  package var nestScale = 1.0
  /// What is left of the weight of money when the quality gap is full, 0...1.
  package var fullGapMoneyWeight = 1.0
  /// Quality gap that counts as full: the best tier's less the lowest's, at the base.
  package var fullGap = 1.0
  /// Quality gap between the best tier and the best primary one, at the base.
  package var usualGap = 0.0
  /// What advice to see a hospital adds to hospitals.
  package var hospitalAfterAdvice = 0.0
  /// Yearly change of the constants of primary tiers, for visits and for admissions.
  package var driftOfVisits = 0.0
  package var driftOfAdmissions = 0.0
  /// Slope of the logit of seeking care on the logsum, and its factor when severe.
  package var seekSlope = 0.0
  package var seekSlopeInpatient = 0.0
  package var seekSevereFactor = 1.0
  /// Logsums at which the stated shares seek care: care class × severity band.
  private var references: InlineArray<9, Double> = InlineArray(repeating: 0)

  package init() {}

  /// What is left of the weight of money where the quality gap is so wide; no wider than full.
  @inline(__always)
  package func moneyWeight(gap: Double) -> Double {
    1 - (1 - fullGapMoneyWeight) * min(1, max(0, gap / fullGap))
  }

  package func quality(_ band: SeverityBand) -> Double {
    switch band {
    case .mild: qualityMild
    case .moderate: qualityModerate
    case .severe: qualitySevere
    }
  }

  /// The logsum at which the stated share of a need seeks care.
  package subscript(
    referenceLogsum careClass: CareClass, band: SeverityBand
  ) -> Double {
    get { references[careClass.row * SeverityBand.count + band.row] }
    set { references[careClass.row * SeverityBand.count + band.row] = newValue }
  }

  /// The probability of seeking care.
  package func seekProbability(
    shareLogit: Double, logsum: Double, _ careClass: CareClass, _ band: SeverityBand
  ) -> Double {
    var slope = careClass == .admission ? seekSlopeInpatient : seekSlope
    if band == .severe { slope *= seekSevereFactor }
    return logistic(shareLogit + slope * (logsum - self[referenceLogsum: careClass, band]))
  }
}
