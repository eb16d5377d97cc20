// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis
import PatientFlow

extension MeasureCatalogue {
  /// Records a fault for each measure and dimension asked for that the kind of model does not have.
  ///
  /// - Parameter path: The experiment or model, as the user named it.
  public static func check(_ plan: ExperimentPlan, path: String, _ faults: FaultCollector) {
    for request in plan.measures {
      check(request, plan.kind, SourcePlace(file: path, path: "measures"), faults)
    }
    for effect in plan.matters {
      check(effect.series, plan, SourcePlace(file: path, path: "matters"), faults)
    }
    for request in plan.run.precision?.requests ?? [] {
      check(
        MeasureSeries(measure: request.measure, member: request.member), plan,
        SourcePlace(file: path, path: "replications.precision"), faults)
    }
    if let search = plan.search {
      check(search.aim, search.targets, plan, SourcePlace(file: path, path: "seek"), faults)
    }
  }

  /// Records what is wrong with the measures of a search, and with numbers in per cent of what is no share.
  public static func check(
    _ aim: SearchAim, _ targets: [SearchTarget], _ plan: ExperimentPlan, _ place: SourcePlace,
    _ faults: FaultCollector
  ) {
    let all = [(aim.series, aim.isInPerCent)] + targets.map { ($0.series, $0.isInPerCent) }
    for (series, isInPerCent) in all {
      check(series, isInPerCent: isInPerCent, plan, place, faults)
    }
  }

  /// Records what is wrong with the measure of a calibration's target, and with its numbers.
  static func check(
    _ target: CalibrationSettings.Target, _ plan: ExperimentPlan, _ faults: FaultCollector
  ) {
    check(target.series, isInPerCent: target.isInPerCent, plan, target.place, faults)
  }

  private static func check(
    _ series: MeasureSeries, isInPerCent: Bool, _ plan: ExperimentPlan, _ place: SourcePlace,
    _ faults: FaultCollector
  ) {
    let before = faults.count
    check(series, plan, place, faults)
    guard faults.count == before, isInPerCent else { return }
    let name = series.measure.measure
    let unit = measures(of: plan.kind).first { $0.observes(name) }?.unit(of: name) ?? ""
    if unit != "share" {
      faults.record(
        place, "\(name) is no share, and has a number in per cent",
        "write it in \(unit.isEmpty ? "its unit" : unit)")
    }
  }

  /// Records a fault for a series that the plan's replications will not write.
  ///
  /// Members whose names only a run brings forth, such as months, are seen when replications are there.
  public static func check(
    _ series: MeasureSeries, _ plan: ExperimentPlan, _ place: SourcePlace,
    _ faults: FaultCollector
  ) {
    let request = series.measure
    guard check(request, plan.kind, place, faults) else { return }
    checkMember(series, plan, place, faults)
    guard !plan.measures.contains(request) else { return }
    let isAlwaysWritten =
      MeasureDefinition.alwaysWritten.contains(request.dimension)
      && measures(of: plan.kind).contains { $0.observedNames.contains(request.measure) }
    if !isAlwaysWritten {
      faults.record(
        place, "\(request) is written on request only", "add it to measures: [\(request)]")
    }
  }

  /// Records a fault for a member that the dimension does not have.
  private static func checkMember(
    _ series: MeasureSeries, _ plan: ExperimentPlan, _ place: SourcePlace, _ faults: FaultCollector
  ) {
    let dimension = series.measure.dimension
    guard !dimension.isEmpty, let known = members(of: dimension, plan),
      !known.contains(series.member)
    else { return }
    faults.record(
      place, "\(dimension) has no “\(series.member.prefix(40))”",
      ModelFiles.remedy(for: series.member, among: known, kind: dimension))
  }

  /// The members of a dimension that are the same in every run of the baseline; `nil` of another, and
  /// where the model cannot be read, which is told elsewhere.
  static func members(of dimension: String, _ plan: ExperimentPlan) -> [String]? {
    let elsewhere = FaultCollector()
    switch (plan.kind, dimension) {
    case (_, "tier"): return Tier.allCases.map(\.name)
    case (_, "period"): return ["before", "after"]
    case (.network, "resource"), (.network, "class"):
      let document = plan.points[plan.baseline].document
      let program = NetworkReader.network(document, elsewhere)?.model.program
      return dimension == "class" ? program?.classes : program?.resources.map(\.name)
    case (.region, "institution"), (.region, "town"):
      let region = RegionReader.region(plan.points[plan.baseline].document, elsewhere)
      return dimension == "town" ? region?.towns.map(\.name) : region?.institutions.map(\.name)
    default: return nil
    }
  }

  @discardableResult
  private static func check(
    _ request: MeasureRequest, _ kind: ExperimentPlan.ModelKind, _ place: SourcePlace,
    _ faults: FaultCollector
  ) -> Bool {
    let catalogue = measures(of: kind)
    guard let measure = catalogue.first(where: { $0.observes(request.measure) }) else {
      faults.record(
        place, "\(request.measure) is not a measure of a \(kind.rawValue)",
        remedy(for: request.measure, in: catalogue))
      return false
    }
    guard !measure.dimensions.contains(request.dimension) else { return true }
    let choices = measure.dimensions.filter { !$0.isEmpty }
    let known =
      choices.isEmpty ? "it is of the whole only" : "by \(choices.joined(separator: ", "))"
    faults.record(
      place,
      request.dimension.isEmpty
        ? "\(request.measure) is not observed of the whole"
        : "\(request.measure) is not observed by \(request.dimension)",
      nearestName(to: request.dimension, among: choices).map { "did you mean \($0)?" } ?? known)
    return false
  }

  private static func remedy(for name: String, in catalogue: [MeasureDefinition]) -> String {
    // A statistic that the measure does not have, or one that is misspelt.
    let base = catalogue.filter { name.hasPrefix($0.name + "-") && !$0.families.isEmpty }
      .max { $0.name.count < $1.name.count }
    if let base {
      let examples = base.families.map { "\(base.name)-\($0.example)" }
      return "write \(examples.joined(separator: ", or "))"
    }
    return nearestName(to: name, among: catalogue.flatMap(\.observedNames))
      .map { "did you mean \($0)?" } ?? "yilian schema lists the measures"
  }
}
