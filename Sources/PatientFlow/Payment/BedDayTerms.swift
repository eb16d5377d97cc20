// SPDX-License-Identifier: GPL-3.0-or-later

/// What a bed-day is worth to the lead of a step-down by how it is paid; the base's unless changed.
package struct BedDayTerms: Hashable, Sendable {
  /// What a new patient's acute day, and what the recovery day brings, over its bill.
  package var newDay = 1.0
  package var recoveryDay = 1.0
  /// θ, where the payment rules set it.
  package var savingShare: Double?
  /// θ: the share of what the recovery day leaves over its cost below that counts for the lead.
  package var shareBelow = 0.0
  /// ω over the days saved, CNY.
  package var award = 0.0

  package init() {}
}
