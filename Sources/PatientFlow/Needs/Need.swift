// SPDX-License-Identifier: GPL-3.0-or-later

/// A cause of care: an illness, an injury, a birth, or the rest that no named cause covers.
package struct Need: Sendable {
  package var name: String
  package var careClass: CareClass
  /// Goes at once to the nearest place that can treat it.
  package var isEmergency: Bool
  /// Onsets per resident and year, averaged over the population.
  package var ratePerYear: Double
  /// Rate of each age group relative to each other.
  package var relativeRates: [Double]
  /// Share that seeks care at the reference utility; 1 in an emergency.
  package var seekShare: Double
  /// Of an outpatient need that a doctor has seen, the share that is admitted.
  package var admissionProbability: Double
  /// Rate in residents with hypertension out of control over that of the others.
  package var uncontrolledRelativeRisk: Double
  /// Row of its season.
  package var season: Int

  package init(
    name: String, careClass: CareClass, isEmergency: Bool, ratePerYear: Double,
    relativeRates: [Double], seekShare: Double, admissionProbability: Double,
    uncontrolledRelativeRisk: Double, season: Int
  ) {
    self.name = name
    self.careClass = careClass
    self.isEmergency = isEmergency
    self.ratePerYear = ratePerYear
    self.relativeRates = relativeRates
    self.seekShare = seekShare
    self.admissionProbability = admissionProbability
    self.uncontrolledRelativeRisk = uncontrolledRelativeRisk
    self.season = season
  }
}

/// The parts of a need that are looked up at each visit.
struct NeedTraits: BitwiseCopyable {
  var careClass: CareClass
  var isEmergency: Bool
  var seekLogit: Double
  var admissionProbability: Double
  var uncontrolledRelativeRisk: Double
}
