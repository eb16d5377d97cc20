// SPDX-License-Identifier: GPL-3.0-or-later

/// What happens in a region beside the steps of pathways.
package enum RegionEvent: BitwiseCopyable, Sendable {
  /// The next onset of a source.
  case onset(UInt16)
  /// A chronic patient's drugs run out.
  case refillDue(UInt32)
  /// Midnight.
  case dayBegan
  /// The expert of a post leaves his hospital, begins or ends at the member, or is back.
  case expert(UInt16, ExpertTime.Stage)
}

/// The words that a region's pathways may use, in the order in which the builder declares them.
package enum RegionVocabulary {
  package enum Role: UInt16, CaseIterable {
    case doctor
    case examRoom
    case acuteBed
    case recoveryBed
  }

  package enum Rule: UInt16, CaseIterable {
    case journey
    case registration
    case firstConsult
    case exam
    case examTransport
    case examReading
    case secondConsult
    case remoteConsult
    case bedNotice
    case admissionPatience
    case acuteStay
    case recoveryStay
    case transferJourney
  }

  package enum Decision: UInt16, CaseIterable {
    case arrival
    case examNeed
    case examReading
    case remoteConsult
    case outcome
    case afterAcute
    case discharge
    case withoutBed

    package var exits: [String] {
      switch self {
      case .arrival: ["attended", "absent"]
      case .examNeed: ["needed", "none"]
      case .examReading: ["here", "away"]
      case .remoteConsult: ["asked", "none"]
      case .outcome: ["home", "admitted"]
      case .afterAcute: ["stays", "moves"]
      case .discharge: ["home"]
      case .withoutBed: ["home"]
      }
    }
  }

  package static let leaveReasons = ["home", "absent", "without-bed"]

  /// A case's name as files write it: `firstConsult` is `first-consult`.
  package static func word(_ name: some Any) -> String {
    var word = ""
    for letter in String(describing: name) {
      if letter.isUppercase { word += "-" }
      word += letter.lowercased()
    }
    return word
  }
}
