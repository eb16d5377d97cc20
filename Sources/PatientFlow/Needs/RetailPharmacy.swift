// SPDX-License-Identifier: GPL-3.0-or-later

/// Retail pharmacies, where chronic patients may buy their drugs without a visit.
///
/// A choice beside all institutions: with s the stated share of refills, bought there at the
/// reference logsum L₀ of refills, its utility is logit(s) + L₀ + m b_c (payment now − payment at the
/// base). Seeking is weighed by the logsum of both, less −log(1 − s), which they add at L₀: so the
/// stated share seeks as before.
package struct RetailPharmacy: BitwiseCopyable, Sendable {
  /// Share of refills at the base; 0: there is none.
  package var share = 0.0
  /// CNY, what the drugs of a refill cost there.
  package var bill = 0.0

  package init() {}
}

/// What was bought at retail pharmacies in one period.
package struct PharmacyCell: BitwiseCopyable, Sendable {
  package var purchases: Int64 = 0
  /// Fen.
  package var patientsPaid: Int64 = 0
  package var fundPaid: Int64 = 0
  /// Of what the fund paid: by drug covers, and repaid by major-illness cover.
  package var drugCoverPaid: Int64 = 0
  package var repaid: Int64 = 0
}
