// SPDX-License-Identifier: GPL-3.0-or-later

/// How people weigh what institutions offer. Utilities are in logits.
package struct ChoiceParameters: BitwiseCopyable, Sendable {
  /// Constant of each tier, by care class; the township's is 0 by convention.
  package var refillConstants = ByTier(repeating: 0.0)
  package var outpatientConstants = ByTier(repeating: 0.0)
  package var admissionConstants = ByTier(repeating: 0.0)
  /// Per CNY out of pocket; negative.
  package var moneyOutpatient = 0.0
  package var moneyInpatient = 0.0
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
  /// What advice to see a hospital adds to hospitals.
  package var hospitalAfterAdvice = 0.0
  /// Yearly change of the constants of primary tiers, for visits and for admissions.
  package var driftOfVisits = 0.0
  package var driftOfAdmissions = 0.0
  /// Slope of the logit of seeking care on the logsum, and its factor when severe.
  package var seekSlope = 0.0
  package var seekSlopeInpatient = 0.0
  package var seekSevereFactor = 1.0
  /// Logsums at which the stated shares seek care.
  package var referenceRefill = 0.0
  package var referenceMild = 0.0
  package var referenceModerate = 0.0
  package var referenceSevere = 0.0
  package var referenceAdmission = 0.0

  package init() {}

  func constants(_ careClass: CareClass) -> ByTier<Double> {
    switch careClass {
    case .refill: refillConstants
    case .outpatient: outpatientConstants
    case .admission: admissionConstants
    }
  }

  func quality(_ band: SeverityBand) -> Double {
    switch band {
    case .mild: qualityMild
    case .moderate: qualityModerate
    case .severe: qualitySevere
    }
  }

  func referenceLogsum(_ careClass: CareClass, _ band: SeverityBand) -> Double {
    switch (careClass, band) {
    case (.refill, _): referenceRefill
    case (.admission, _): referenceAdmission
    case (.outpatient, .mild): referenceMild
    case (.outpatient, .moderate): referenceModerate
    case (.outpatient, .severe): referenceSevere
    }
  }

  /// The probability of seeking care.
  func seekProbability(
    shareLogit: Double, logsum: Double, _ careClass: CareClass, _ band: SeverityBand
  ) -> Double {
    var slope = careClass == .admission ? seekSlopeInpatient : seekSlope
    if band == .severe { slope *= seekSevereFactor }
    return logistic(shareLogit + slope * (logsum - referenceLogsum(careClass, band)))
  }
}
