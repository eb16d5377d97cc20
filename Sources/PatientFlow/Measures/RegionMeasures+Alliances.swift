// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// What a run has to say of experts and alliances.
extension RegionMeasures {
  static let allianceMeasures: [NeedMeasure] = [
    NeedMeasure(
      name: "expert-days-planned", unit: "days",
      formula: "Expert days that the plans of leads come to, before willingness."
    ) { Double($0.expertDaysPlanned) / 1000 },
    NeedMeasure(
      name: "expert-days-kept", unit: "share",
      formula: "Expert days held over those planned."
    ) {
      $0.expertDaysPlanned == 0
        ? nil : 1000 * Double($0.expertDays) / Double($0.expertDaysPlanned)
    },
    NeedMeasure(
      name: "expert-days-cancelled", unit: "days",
      formula: "Expert days taken back in the morning because the lead was short of doctors."
    ) { Double($0.expertDaysCancelled) },
    NeedMeasure(
      name: "expert-hours-taken", unit: "hours",
      formula: "Doctors' time that leads gave: sessions and the way."
    ) { Double($0.expertTimeTaken) / 3.6e9 },
    NeedMeasure(
      name: "expert-hours-received", unit: "hours",
      formula: "Doctors' time that members had of it; the rest was spent on the way."
    ) { Double($0.expertTimeReceived) / 3.6e9 },
    NeedMeasure(
      name: "expert-allowances", unit: "CNY", formula: "Allowances of experts for days below."
    ) { Double($0.expertAllowances) / 100 },
    NeedMeasure(
      name: "alliance-subsidies", unit: "CNY",
      formula: "What private members were promised for the terms that they joined for."
    ) { Double($0.allianceSubsidies) / 100 },
  ]

  /// As things stand at the end of the run.
  static let allianceStates: [MeasureDefinition] = [
    MeasureDefinition(
      name: "willingness", unit: "share",
      formula: "Mean of the shares of their plans that postings with a willingness would keep.",
      window: "end of the run", dimensions: [""]),
    MeasureDefinition(
      name: "members-joined", unit: "institutions",
      formula: "Open members of alliances that take part, leads left out.",
      window: "end of the run",
      dimensions: [""]),
  ]
}

extension RegionRun {
  func allianceRows() -> [Observation] {
    let domain = simulation.model.domain
    let levels = domain.policies.experts.indices
      .filter {
        domain.policies.experts[$0].willingness != nil && domain.policies.experts[$0].perWeekday > 0
      }
      .map { max(domain.willingnessFloor($0), domain.experts.willingness[$0].level) }
    let members = Set(domain.policies.alliances.flatMap(\.members))
    return [
      Observation(
        measure: "willingness",
        value: levels.isEmpty ? nil : levels.reduce(0, +) / Double(levels.count)),
      Observation(
        measure: "members-joined",
        value: members.isEmpty
          ? nil : Double(members.count { domain.policies.takesPart($0) && domain.sites[$0].isOpen })
      ),
    ]
  }
}
