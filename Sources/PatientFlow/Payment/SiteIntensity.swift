// SPDX-License-Identifier: GPL-3.0-or-later

/// How much is done for a patient at one institution, against what the model states for its tier:
/// the answer of those who decide to how they are paid.
///
/// Every factor is 1 where nothing moves it. The functions that set them are beside this file.
package struct SiteIntensity: Hashable, BitwiseCopyable, Sendable {
  /// On the probability of an exam at a visit.
  package var exams = 1.0
  /// On the quantity of drugs of a visit.
  package var drugs = 1.0
  /// On the exams and drugs of a stay.
  package var stayExams = 1.0
  package var stayDrugs = 1.0
  /// On the days of a stay.
  package var stay = 1.0
  /// On the probability of admitting who came as an outpatient and is not an emergency.
  package var admission = 1.0
  /// Share of the bill of a visit, and of a stay, that is moved out of what insurance covers, on to
  /// the patient.
  package var visitShift = 0.0
  package var stayShift = 0.0
  /// Probability that an elective admission is refused because the year's budget runs out.
  package var refusal = 0.0
  /// What an assessment adds to the log odds that a referral up is registered.
  package var referralLogit = 0.0
  /// CNY that a patient sent down is worth by an assessment.
  package var worthOfSendingDown = 0.0

  package init() {}
}
