// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import OutputAnalysis

/// Which measures a report shows, in which groups and in which order.
package struct ReportLayout {
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
    let others = names.filter { !Self.groupedMeasures.contains($0) }
    groups =
      Self.plannersGroups.map { group in
        Group(title: group.title, measures: names.filter(group.measures.contains))
      } + [Group(title: .others, measures: others)]
    groups.removeAll(where: \.measures.isEmpty)
  }

  /// The measures of regions that have a group of their own.
  package static var groupedMeasures: Set<String> { Set(plannersGroups.flatMap(\.measures)) }

  private static let plannersGroups = [
    Group(
      title: .visits,
      measures: [
        "visits", "visits-per-head", "visits-per-day", "title-visits", "income-visits", "needs",
        "forgone", "unmet", "pharmacy-refills", "logsum",
      ]
    ),
    Group(
      title: .places,
      measures: [
        "primary-visit-share", "first-contact-primary-share", "in-region-visit-share",
        "in-region-admission-share", "visit-share", "admission-share", "travel-minutes",
        "trust",
      ]),
    Group(
      title: .referrals,
      measures: [
        "referrals-up", "referrals-down", "referrals-registered", "referrals-missed",
        "referrals-offered", "referrals-without-slot", "referrals-declined", "referrals-advised",
        "upward-leakage", "diverted", "put-off", "transfers", "handed-down", "aftercare-agreed",
        "aftercare-missed",
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
        "admissions", "admissions-per-100", "admissions-per-day", "leaked-admissions", "occupancy",
        "blocked-bed-days",
      ]),
    Group(
      title: .money,
      measures: [
        "out-of-pocket", "out-of-pocket-per-head", "fund-spend", "fund-spend-per-head", "billed",
        "revenue", "fund-to-institutions", "payment-gain", "drug-share", "exam-share",
        "service-income-share", "cost-shifted", "refused-admissions", "delayed-admissions",
        "budget", "budget-spend", "budget-balance", "budget-surplus", "budget-deficit",
        "budget-pressure", "point-value", "drug-cover-spend", "major-illness-spend",
        "breach-penalties", "pharmacy-out-of-pocket", "pharmacy-fund-spend",
        "pharmacy-drug-cover-spend", "pharmacy-major-illness-spend", "income-out-of-pocket",
      ]),
    Group(
      title: .experts,
      measures: [
        "expert-days-planned", "expert-days", "expert-days-kept", "expert-days-cancelled",
        "expert-visits", "expert-hours-taken", "expert-hours-received", "expert-allowances",
        "willingness", "skill", "members-joined", "alliance-subsidies",
      ]),
    Group(
      title: .serviceCapacity,
      measures: [
        "doctor-days", "utilisation", "bed-days-staffed", "vacant-posts", "doctors-trained",
        "duty-days", "emergencies", "time-to-treatment",
      ]),
    Group(
      title: .sharedCare,
      measures: [
        "exams", "repeated-exams", "exams-sent-away", "report-hours", "called-back",
        "remote-consults", "remote-consults-declined", "remote-consults-resolved",
        "remote-wait-hours", "remote-consult-hours",
      ]),
    Group(
      title: .chronicCare,
      measures: [
        "contract-share", "contracts-signed", "follow-ups", "team-follow-ups",
        "standard-management-share", "hypertension-control-share", "complications",
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

  /// Members of a dimension in the order in which people list them; of crossed ones the first changes
  /// slowest.
  package static func ordered(_ members: Set<String>, of dimension: String) -> [String] {
    let orders = dimension.split(separator: "+").map { MeasureNames.order(of: String($0)) }
    func ranks(_ member: String) -> [Int] {
      let parts = orders.count > 1 ? member.split(separator: "+").map(String.init) : [member]
      // Names of institutions and classes may hold the sign.
      guard parts.count == orders.count else { return [] }
      return zip(parts, orders).map { $1.firstIndex(of: $0) ?? $1.count }
    }
    return members.map { (member: $0, ranks: ranks($0)) }
      .sorted { one, other in
        one.ranks == other.ranks
          ? one.member < other.member : one.ranks.lexicographicallyPrecedes(other.ranks)
      }.map(\.member)
  }
}
