// SPDX-License-Identifier: GPL-3.0-or-later

/// The title of a doctor who holds clinics at a hospital.
package enum Title: UInt8, CaseIterable, BitwiseCopyable, Sendable {
  /// An ordinary visit: resident and attending doctors.
  case attending
  case associateChief
  case chief

  package static let count = 3
  package var row: Int { Int(rawValue) }

  package var name: String {
    switch self {
    case .attending: "attending"
    case .associateChief: "associate-chief"
    case .chief: "chief"
    }
  }
}

/// What the doctors of one title at one tier are to patients.
package struct TitleTraits: BitwiseCopyable, Sendable {
  /// Share of the tier's visits that go to them at the base.
  package var share = 0.0
  /// Quality that patients see in them beyond an attending doctor's.
  package var qualityGain = 0.0
  /// CNY, the flat fee of a visit at the base.
  package var fee = 0.0

  package init() {}
}
