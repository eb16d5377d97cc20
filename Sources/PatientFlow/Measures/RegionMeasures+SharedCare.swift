// SPDX-License-Identifier: GPL-3.0-or-later

/// Measures of chronic care, of shared centres for exams, and of doctors asked from afar.
extension RegionMeasures {
  static let sharedCareMeasures: [NeedMeasure] = [
    NeedMeasure(
      name: "complications", unit: "needs",
      formula: "Onsets of needs that hypertension out of control makes likelier."
    ) { Double($0.complications) },
    NeedMeasure(
      name: "contracts-signed", unit: "residents",
      formula: "Residents who signed with a family doctor."
    ) { Double($0.contractsSigned) },
    NeedMeasure(
      name: "follow-ups", unit: "visits",
      formula: "Refill visits at which a chronic patient was followed up."
    ) { Double($0.followUps) },
    NeedMeasure(
      name: "team-follow-ups", unit: "visits",
      formula: "Of these, such that a specialist of the lead joined."
    ) { Double($0.teamFollowUps) },
    NeedMeasure(
      name: "exams-sent-away", unit: "exams",
      formula: "Exams taken at a member and read at a shared centre."
    ) { Double($0.examsSentAway) },
    NeedMeasure(
      name: "report-hours", unit: "hours",
      formula: "Mean time from the end of an exam to the centre's report of it."
    ) { $0.reports == 0 ? nil : Double($0.reportTime) / Double($0.reports) / 3.6e9 },
    NeedMeasure(
      name: "called-back", unit: "visits",
      formula: "Patients who came again on another day for a centre's report or a remote consult."
    ) { Double($0.calledBack) },
    NeedMeasure(
      name: "remote-consults", unit: "consults",
      formula: "Doctors of members who asked an expert from afar."
    ) { Double($0.remoteAsked) },
    NeedMeasure(
      name: "remote-consults-declined", unit: "consults",
      formula: "Requests not made because the wait would have been too long."
    ) { Double($0.remoteDeclined) },
    NeedMeasure(
      name: "remote-consults-resolved", unit: "consults",
      formula: "Remote consults that brought the need within the member's scope."
    ) { Double($0.remoteResolved) },
    NeedMeasure(
      name: "remote-wait-hours", unit: "hours",
      formula: "Mean time from a request to the beginning of the remote consult."
    ) { $0.remoteAsked == 0 ? nil : Double($0.remoteWaited) / Double($0.remoteAsked) / 3.6e9 },
    NeedMeasure(
      name: "remote-consult-hours", unit: "hours", formula: "Experts' time in remote consults."
    ) { Double($0.remoteTime) / 3.6e9 },
    NeedMeasure(
      name: "duty-days", unit: "days",
      formula: "Days of doctors kept out of a clinic by shared centres, remote consults and teams."
    ) { Double($0.dutyDays) },
  ]

  /// What chronic care has come to at the end of a run.
  static let chronicMeasures: [(name: String, unit: String, formula: String)] = [
    ("contract-share", "share", "Residents with a family doctor by contract over all."),
    (
      "standard-management-share", "share",
      "Of chronic patients treated, those followed up in each of the last four quarters; none where no policy follows up."
    ),
    (
      "hypertension-control-share", "share",
      "Of patients treated for hypertension, those under control."
    ),
  ]
}
