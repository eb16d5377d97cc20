// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// Measures of referrals up and down, and of the beds between them.
extension RegionMeasures {
  static let referralMeasures: [NeedMeasure] = [
    NeedMeasure(
      name: "referrals-offered", unit: "referrals",
      formula: "Upward referrals that members offered to their lead."
    ) { Double($0.referralsOffered) },
    NeedMeasure(
      name: "referrals-without-slot", unit: "referrals",
      formula: "Of these, refused because there was no slot soon enough."
    ) { Double($0.referralsWithoutSlot) },
    NeedMeasure(
      name: "referrals-declined", unit: "referrals",
      formula: "Of these, refused by the lead though there was a slot."
    ) { Double($0.referralsDeclined) },
    NeedMeasure(
      name: "upward-leakage", unit: "share",
      formula: "Of patients sent up by members, who went elsewhere than to the lead or a member."
    ) {
      ratio($0.advisedOutside, $0.registered + $0.advisedInside + $0.advisedOutside)
    },
    NeedMeasure(
      name: "green-channel-consults", unit: "visits",
      formula: "Visits seen first in the queue for a doctor: registered, or with a family doctor."
    ) { Double($0.channelConsults) },
    NeedMeasure(
      name: "green-channel-wait-minutes", unit: "minutes",
      formula: "Their mean time from registration to the start of the first consult."
    ) { ratio($0.channelWaited, $0.channelConsults).map { $0 / 6e7 } },
    NeedMeasure(
      name: "aftercare-agreed", unit: "patients",
      formula: "Discharged patients whom their own centre asked to come."
    ) { Double($0.aftercareAgreed) },
    NeedMeasure(
      name: "aftercare-missed", unit: "patients", formula: "Of these, who did not come."
    ) { Double($0.aftercareMissed) },
    NeedMeasure(
      name: "step-downs-eligible", unit: "admissions",
      formula: "Stays at a lead that might be offered a step-down: listed, with a place below."
    ) { Double($0.stepDownsEligible) },
    NeedMeasure(
      name: "step-downs-accepted", unit: "step-downs",
      formula: "Step-downs that patients agreed to, whether there was a bed yet or not."
    ) { Double($0.stepDownsAccepted) },
    NeedMeasure(
      name: "step-downs-declined", unit: "step-downs", formula: "Step-downs that patients refused."
    ) { Double($0.stepDownsDeclined) },
  ]

  /// Told by institution and month, but not by the town of residents: a blocked bed belongs to nobody.
  static let stayMeasures: [CellMeasure] = [
    CellMeasure(
      name: "blocked-bed-days", unit: "days",
      formula:
        "Days for which acute beds were held by patients who waited for a recovery bed below.",
      isOfOneTier: true
    ) { Double($0.total.blocked) / 8.64e10 },
    CellMeasure(
      name: "admission-wait-days", unit: "days",
      formula: "Mean wait for an acute bed inside the region, over beds granted.",
      isOfOneTier: true
    ) { ratio($0.total.bedWaited, $0.total.bedsGranted).map { $0 / 8.64e10 } },
    count(
      "aftercare-visits", "visits",
      "Visits after a discharge to which the patient's centre had asked.",
      \.aftercareVisits),
  ]
}
