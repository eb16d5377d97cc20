// SPDX-License-Identifier: GPL-3.0-or-later

/// From what the residents of a region are drawn.
package struct PopulationPlan: Sendable {
  /// Names of the age groups, in the order of all tables by age.
  package var ageGroups: [String]
  package var ageShares: [Double]
  package var femaleShares: [Double]
  /// Names of the insurance schemes, and the share of people in each.
  package var schemes: [String]
  package var schemeShares: [Double]
  /// The first is hypertension, on whose control the risk of complications hangs.
  package var chronic: [ChronicCondition]
  /// Share of people with a family-doctor contract.
  package var contractShare: Double

  package init(
    ageGroups: [String], ageShares: [Double], femaleShares: [Double], schemes: [String],
    schemeShares: [Double], chronic: [ChronicCondition], contractShare: Double
  ) {
    self.ageGroups = ageGroups
    self.ageShares = ageShares
    self.femaleShares = femaleShares
    self.schemes = schemes
    self.schemeShares = schemeShares
    self.chronic = chronic
    self.contractShare = contractShare
  }

  /// Share of people with hypertension out of control, found or not, each age group weighted.
  package func uncontrolledHypertensives(weightedBy weights: [Double]) -> Double {
    guard let hypertension = chronic.first else { return 0 }
    var sum = 0.0
    var total = 0.0
    for (age, share) in ageShares.enumerated() {
      let uncontrolled =
        hypertension.prevalence[age] - hypertension.treated[age] * hypertension.controlled
      sum += share * weights[age] * uncontrolled
      total += share * weights[age]
    }
    return total > 0 ? sum / total : 0
  }
}

/// A long-term condition with regular refills.
package struct ChronicCondition: Sendable {
  package var name: String
  /// Share of all residents who have it, by age group.
  package var prevalence: [Double]
  /// Share of all residents who have it, know it and are treated, by age group.
  package var treated: [Double]
  /// Of those treated, under control.
  package var controlled: Double

  package init(name: String, prevalence: [Double], treated: [Double], controlled: Double) {
    self.name = name
    self.prevalence = prevalence
    self.treated = treated
    self.controlled = controlled
  }
}
