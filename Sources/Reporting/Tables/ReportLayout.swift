// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// Which measures a report shows, in which groups and in which order.
struct ReportLayout {
  struct Group {
    var title: ReportPhrase?
    var measures: [String]
  }

  var groups: [Group]
  /// The dimensions shown of each measure, in order; the empty one is the whole.
  var dimensions: [String: [String]]

  /// What the experiment asked for; when it asked for nothing, what a planner reads first, and of a
  /// network all there is.
  init(_ header: ResultsHeader, catalogue: [MeasureDefinition], observed: Set<MeasureRequest>) {
    let asked = header.measureRequests
    let isRegion = header.provenance["kind"] == "region"
    let chosen: [MeasureRequest]
    if !asked.isEmpty {
      chosen = asked
    } else if isRegion {
      chosen = Self.plannersMeasures
    } else {
      chosen = catalogue.flatMap { measure in
        ["", "resource", "class"].map { MeasureRequest(measure: measure.name, dimension: $0) }
      }
    }
    var dimensions: [String: [String]] = [:]
    for request in chosen where observed.contains(request) {
      if dimensions[request.measure]?.contains(request.dimension) == true { continue }
      dimensions[request.measure, default: []].append(request.dimension)
    }
    let names = chosen.map(\.measure).reduce(into: [String]()) { names, name in
      if dimensions[name] != nil, !names.contains(name) { names.append(name) }
    }
    self.dimensions = dimensions
    guard isRegion else {
      groups = [Group(title: nil, measures: names)]
      return
    }
    let grouped = Set(Self.plannersGroups.flatMap(\.measures))
    let others = names.filter { !grouped.contains($0) }
    groups =
      Self.plannersGroups.map { group in
        Group(title: group.title, measures: names.filter(group.measures.contains))
      } + [Group(title: .others, measures: others)]
    groups.removeAll(where: \.measures.isEmpty)
  }

  private static let plannersGroups = [
    Group(
      title: .visits,
      measures: ["visits", "visits-per-head", "needs", "forgone", "unmet"]
    ),
    Group(
      title: .places,
      measures: [
        "primary-visit-share", "first-contact-primary-share", "in-region-visit-share",
        "in-region-admission-share", "visit-share", "admission-share", "travel-minutes",
      ]),
    Group(
      title: .referrals,
      measures: [
        "referrals-up", "referrals-down", "referrals-registered", "referrals-missed",
        "referrals-offered", "referrals-without-slot", "referrals-declined", "referrals-advised",
        "upward-leakage", "handed-down", "aftercare-agreed", "aftercare-missed",
        "aftercare-visits", "step-downs", "step-downs-eligible", "step-downs-offered",
        "step-downs-accepted", "step-downs-declined",
      ]),
    Group(
      title: .waits,
      measures: [
        "wait-minutes", "green-channel-consults", "green-channel-wait-minutes", "bed-wait-days",
        "admission-wait-days",
      ]),
    Group(
      title: .beds,
      measures: [
        "admissions", "admissions-per-100", "leaked-admissions", "occupancy", "blocked-bed-days",
      ]),
    Group(
      title: .money,
      measures: [
        "out-of-pocket", "out-of-pocket-per-head", "fund-spend", "fund-spend-per-head", "billed",
        "revenue", "fund-to-institutions", "payment-gain", "drug-share", "exam-share",
        "service-income-share", "cost-shifted", "refused-admissions", "delayed-admissions",
        "budget", "budget-spend", "budget-balance", "budget-surplus", "budget-deficit",
        "budget-pressure", "point-value",
      ]),
    Group(
      title: .experts,
      measures: [
        "expert-days-planned", "expert-days", "expert-days-kept", "expert-days-cancelled",
        "expert-visits", "expert-hours-taken", "expert-hours-received", "expert-allowances",
        "willingness", "skill", "members-joined", "alliance-subsidies",
      ]),
  ]

  private static let plannersMeasures = [
    MeasureRequest(measure: "visits"), MeasureRequest(measure: "visits", dimension: "tier"),
    MeasureRequest(measure: "primary-visit-share"),
    MeasureRequest(measure: "first-contact-primary-share"),
    MeasureRequest(measure: "in-region-visit-share"), MeasureRequest(measure: "referrals-up"),
    MeasureRequest(measure: "referrals-down"), MeasureRequest(measure: "step-downs"),
    MeasureRequest(measure: "wait-minutes"), MeasureRequest(measure: "admissions"),
    MeasureRequest(measure: "occupancy"), MeasureRequest(measure: "out-of-pocket-per-head"),
    MeasureRequest(measure: "fund-spend-per-head"),
  ]

  /// Members of a dimension in the order in which people list them.
  static func ordered(_ members: Set<String>, of dimension: String) -> [String] {
    let order =
      switch dimension {
      case "tier": ["village", "township", "community", "county", "city", "outside"]
      case "period": ["before", "after"]
      case "title": ["attending", "associate-chief", "chief"]
      default: [String]()
      }
    return order.filter(members.contains) + members.subtracting(order).sorted()
  }
}
