// SPDX-License-Identifier: GPL-3.0-or-later

extension RegionMeasures {
  /// What was bought at retail pharmacies.
  struct PharmacyMeasure: Sendable {
    var name: String
    var unit: String
    var formula: String
    var value: @Sendable (PharmacyCell) -> Double
  }

  static let pharmacyMeasures: [PharmacyMeasure] = [
    PharmacyMeasure(
      name: "pharmacy-refills", unit: "refills",
      formula: "Refills bought at retail pharmacies; they are no visits."
    ) { Double($0.purchases) },
    PharmacyMeasure(
      name: "pharmacy-out-of-pocket", unit: "CNY",
      formula: "What residents paid for them, beside visits and stays."
    ) { Double($0.patientsPaid) / 100 },
    PharmacyMeasure(
      name: "pharmacy-fund-spend", unit: "CNY",
      formula: "What insurance paid for them, beside visits and stays."
    ) { Double($0.fundPaid) / 100 },
    PharmacyMeasure(
      name: "pharmacy-drug-cover-spend", unit: "CNY",
      formula: "Of what insurance paid for them: by drug covers of chronic outpatients."
    ) { Double($0.drugCoverPaid) / 100 },
    PharmacyMeasure(
      name: "pharmacy-major-illness-spend", unit: "CNY",
      formula: "Of what insurance paid for them: repaid by major-illness cover."
    ) { Double($0.repaid) / 100 },
  ]
}
