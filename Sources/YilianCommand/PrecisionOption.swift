// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// Replications until intervals are narrow enough, in the place of a number of them.
struct PrecisionOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Replicate until the interval of a measure is so narrow: wait 5 %, or wait by resource=doctor 0.5.",
      valueName: "measure width"),
    transform: { text in
      guard let request = PrecisionRequest(text) else {
        throw ValidationError(
          "write a measure and a half-width, such as 'wait 5 %' or 'wait by resource=doctor 0.5'")
      }
      return request
    })
  var precision: [PrecisionRequest] = []

  @Option(help: "The most replications of each scenario that a precision may take (1000).")
  var maxReplications: Int?

  func validate() throws {
    if let maxReplications, maxReplications < 2 {
      throw ValidationError("--max-replications is \(maxReplications); write 2 or more")
    }
    for request in precision {
      guard case .relative(let share) = request.target.halfWidth, share >= 1 else { continue }
      throw ValidationError(
        "--precision '\(request)': an interval so wide holds zero; write a share below 100 %")
    }
  }

  /// The rule as a setting of `run.replications`; empty when none was asked for.
  func settings(replications: Int?) throws -> [ExperimentPlan.Setting] {
    guard !precision.isEmpty else { return [] }
    guard replications == nil else {
      throw ValidationError(
        "--replications and --precision stand beside each other; keep one, and write "
          + "--max-replications for the most there may be")
    }
    let requests = precision.map { request in
      let width =
        switch request.target.halfWidth {
        case .relative(let share): "relative: \(share)"
        case .absolute(let width): "absolute: \(width)"
        }
      var fields = ["measure: \(JSONValue.text(request.measure.measure))"]
      if !request.member.isEmpty {
        fields.append("dimension: \(JSONValue.text(request.measure.dimension))")
        fields.append("member: \(JSONValue.text(request.member))")
      }
      return "{\((fields + [width]).joined(separator: ", "))}"
    }
    let least = min(PrecisionRule.defaultMinimum, maxReplications ?? .max)
    return [
      ExperimentPlan.Setting(
        "run.replications",
        "{precision: [\(requests.joined(separator: ", "))], minimum: \(least)"
          + (maxReplications.map { ", maximum: \($0)" } ?? "") + "}")
    ]
  }

  /// The design, with the most replications in the place of the file's.
  func limited(_ design: ExperimentDesign) throws(RunnerFault) -> ExperimentDesign {
    guard let maxReplications else { return design }
    guard case .precision(var rule) = design.stopping else {
      throw .invalid(
        "--max-replications \(maxReplications): no precision is asked for; add --precision, or write "
          + "--replications")
    }
    guard maxReplications >= rule.minimum else {
      throw .invalid(
        "--max-replications is \(maxReplications); write \(rule.minimum), the minimum, or more")
    }
    rule.maximum = maxReplications
    var design = design
    design.stopping = .precision(rule)
    return design
  }
}
