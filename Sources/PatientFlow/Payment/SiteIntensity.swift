// SPDX-License-Identifier: GPL-3.0-or-later

/// How much is done for a patient at one institution, against what the model states for its tier:
/// the answer of those who decide to how they are paid.
///
/// Every factor is 1 where nothing moves it. The functions that set them are beside this file.
package struct SiteIntensity: Hashable, BitwiseCopyable, Sendable {
  /// On the probability of an exam and on the exams of a stay.
  package var exams = 1.0
  /// On the quantity of drugs.
  package var drugs = 1.0
  /// On the days of a stay.
  package var stay = 1.0
  /// On the probability of admitting who is not an emergency.
  package var admission = 1.0
  /// Share of a bill that is moved out of what insurance covers, on to the patient.
  package var costShift = 0.0

  package init() {}
}
