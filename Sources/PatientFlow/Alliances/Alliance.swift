// SPDX-License-Identifier: GPL-3.0-or-later

/// Institutions that have agreed to work together under one of them: who they are, and no more. What
/// they do together is said by policies, each of which may name an alliance for its parties.
package struct Alliance: Sendable {
  /// What the source documents tell apart; a name for reports, on which no mechanism hangs.
  package enum Form: String, CaseIterable, Sendable {
    /// A city hospital with community centres: 1 + X.
    case urban
    /// A county hospital with the township centres and clinics of its county.
    case countyCommunity = "county-community"
    /// Departments of one specialty, across regions.
    case specialty
    /// A hospital that others reach by telemedicine alone.
    case telemedicine
  }

  package var name: String
  package var form: Form
  /// Row of the institution that leads.
  package var lead: Int
  /// Rows of the others.
  package var members: [Int]

  package init(name: String, form: Form, lead: Int, members: [Int]) {
    self.name = name
    self.form = form
    self.lead = lead
    self.members = members
  }

  /// The lead and the members.
  package var parties: [Int] { [lead] + members }
}
