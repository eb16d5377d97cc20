// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension ModelSection {
  /// What levers of capacity ask of the region beyond the kinds of their keys: without it they would
  /// do nothing, and say nothing.
  func checkCapacity(_ settings: LeverSettings, of lever: String, _ institutions: [Institution]) {
    switch lever {
    case NewInstitutions.schema.name:
      for row in settings.institutions["institutions"] ?? [] where !institutions[row].isPlanned {
        fault(
          "institutions", "names \(institutions[row].name), which is open as it is",
          "name one that the table of institutions has as planned")
      }
    case StaffPosts.schema.name, TrainingLeave.schema.name:
      for row in settings.institutions["institutions"] ?? [] {
        let place = institutions[row]
        guard place.isExternal || place.role != .general else { continue }
        fault(
          "institutions",
          "names \(place.name), "
            + (place.isExternal
              ? "an external place, whose doctors are not simulated"
              : "which is \(place.role.rawValue) and has no clinic"),
          "leave it out")
      }
    case OpenedServices.schema.name where !has("needs") && !has("specialty"):
      fault(
        "needs", "is missing, and so is specialty", "say by one of them what the service is for")
    case Gatekeeping.schema.name
    where settings.choices["rule"] == "penalty" && settings.numbers["rate-cut"] == nil:
      fault("rate-cut", "is missing, and the rule is penalty", "say what share of the rate is cut")
    default: break
    }
  }
}
