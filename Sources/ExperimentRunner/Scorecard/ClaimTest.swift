// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import OutputAnalysis

/// What is predicted of a claim: a series of one scenario of an experiment, alone or beside its baseline.
public struct ClaimTest: Sendable {
  public let claim: Claim
  public let question: Claim.Question
  public let observed: ObservedValue
  public let series: MeasureSeries
  /// The scenario with which it is compared; `nil` of a level.
  public let baseline: String?
  /// The unit of the measure.
  public let unit: String
  /// What a value in the measure's unit, or a share of the baseline, is multiplied by to be in the
  /// claim's unit: numbers in per cent stand for hundredths.
  public let scale: Double

  /// - Precondition: The claim has a question, and a value to be held beside it.
  package init(
    _ claim: Claim, series: MeasureSeries, baseline: String?, unit: String, scale: Double
  ) {
    guard let question = claim.question, let observed = claim.observed else {
      preconditionFailure("\(claim.id) asks for no results")
    }
    self.claim = claim
    self.question = question
    self.observed = observed
    self.series = series
    self.baseline = baseline
    self.unit = unit
    self.scale = scale
  }

  /// - Returns: `nil` after a fault; each is told where the claim is written.
  init?(_ claim: Claim, _ plan: ExperimentPlan, _ faults: FaultCollector) {
    guard let question = claim.question, let observed = claim.observed else { return nil }
    let before = faults.count
    func place(_ column: String) -> SourcePlace { claim.written.appending(column) }
    let names = plan.scenarioNames
    if !names.contains(question.scenario) {
      faults.record(
        place("scenario"), "\(question.experiment) has no scenario \(question.scenario)",
        ModelFiles.remedy(for: question.scenario, among: names, kind: "scenario"))
    }
    guard let series = Self.series(question.measure, plan) else {
      faults.record(
        place("measure"), "“\(question.measure)” is no measure of \(question.experiment)",
        "write visits, or visits.city with the name of a member")
      return nil
    }
    MeasureCatalogue.check(series, plan, place("measure"), faults)
    guard faults.count == before else { return nil }
    var baseline: String?
    if question.comparison != .level {
      baseline = plan.baseline(of: question.scenario)
      if baseline == nil {
        faults.record(
          place("as"),
          "is \(question.comparison.rawValue), and \(question.scenario) is the baseline",
          "write level, or another scenario")
      }
    }
    let name = series.measure.measure
    let unit =
      MeasureCatalogue.measures(of: plan.kind).first { $0.observes(name) }?.unit(of: name) ?? ""
    let isShare = unit == "share"
    if case .number(let number, _, _) = observed {
      let isPerCent = claim.isInPerCent
      if question.comparison == .relativeChange, !isPerCent {
        faults.record(
          place("unit"), "is “\(claim.unit)”, and a relative change is in percent", "write percent")
      } else if question.comparison != .relativeChange, isPerCent, !isShare {
        faults.record(
          place("unit"), "is \(claim.unit), and \(name) is in \(unit)",
          "write as: relative-change, or a measure that is a share")
      } else if question.comparison != .relativeChange, isShare, !isPerCent, abs(number) > 1 {
        faults.record(
          place("unit"), "is “\(claim.unit)”, and \(name) is a share", "write percent")
      }
    }
    guard faults.count == before else { return nil }
    let isInHundredths =
      question.comparison == .relativeChange || claim.isInPerCent
      || (question.comparison == .direction && isShare)
    self.init(
      claim, series: series, baseline: baseline, unit: unit, scale: isInHundredths ? 100 : 1)
  }

  /// The series by its short name: a measure, or one and the name of a member whose dimension follows.
  static func series(_ text: String, _ plan: ExperimentPlan) -> MeasureSeries? {
    if text.contains(" ") { return MeasureSeries(text) }
    guard let dot = text.firstIndex(of: ".") else {
      return MeasureSeries(measure: MeasureRequest(measure: text))
    }
    let (name, member) = (String(text[..<dot]), String(text[text.index(after: dot)...]))
    let known = MeasureCatalogue.measures(of: plan.kind).first { $0.observes(name) }
    let dimensions = (known?.dimensions ?? []).filter { !$0.isEmpty }
    // First those whose members are known; of others, what the experiment asks for.
    let dimension =
      dimensions.first { MeasureCatalogue.members(of: $0, plan)?.contains(member) == true }
      ?? plan.measures.first {
        $0.measure == name && !$0.dimension.isEmpty
          && MeasureCatalogue.members(of: $0.dimension, plan) == nil
      }?.dimension ?? (dimensions.count == 1 ? dimensions[0] : nil)
    return dimension.map {
      MeasureSeries(measure: MeasureRequest(measure: name, dimension: $0), member: member)
    }
  }
}
