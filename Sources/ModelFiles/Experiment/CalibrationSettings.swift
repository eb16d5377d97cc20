// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

/// What an experiment says of its calibration: the sections `fitted` and `targets`.
public struct CalibrationSettings: Sendable {
  /// An output that is known, more or less.
  public struct Target: Hashable, Sendable {
    /// As tables call it.
    public var name: String
    public var series: MeasureSeries
    /// The scenario that it is told of; `nil`: the baseline.
    public var scenario: String?
    /// Whether it is told of the scenario itself, or of its difference from its baseline.
    public var comparison: Claim.Question.Comparison
    /// In the unit of the measure.
    public var value: Double
    public var standardDeviation: Double
    public var weight: Double
    /// Whether inputs are fitted to it; otherwise it is held out.
    public var isFitted: Bool
    /// Whether a number of it is written in per cent, which only a share is in.
    public var isInPerCent: Bool
    /// Where it is written.
    public internal(set) var place: SourcePlace
  }

  /// Each has a range without steps.
  public let fitted: [Factor]
  /// Empty where the experiment states none: those of the model then stand.
  public let targets: [Target]

  /// All that a fit sees, a line each: what it may move, and the targets that pull at it. What is held out
  /// is not among them.
  package var seenByFit: String {
    let moved = fitted.map { "\($0.name) \($0.paths) \($0.values)" }
    let pulled = targets.filter(\.isFitted).map { target in
      "\(target.series) \(target.scenario ?? "") \(target.comparison) \(target.value) "
        + "\(target.standardDeviation) \(target.weight)"
    }
    return (moved + pulled).joined(separator: "\n")
  }

  private static let targetKeys = [
    "name", "measure", "dimension", "member", "scenario", "as", "claim", "value", "deviation",
    "low",
    "high", "weight", "use",
  ]

  /// - Returns: `nil` when the experiment has no section `fitted`, or after a fault.
  init?(
    _ experiment: ModelSection, model: ModelDocument, scenarios: [ExperimentLoader.Scenario],
    _ faults: FaultCollector
  ) {
    guard experiment.has("fitted") else {
      if experiment.has("targets") {
        experiment.fault("targets", "are of a calibration", "add fitted: - {name: …, path: …}")
        _ = experiment.entry("targets")
      }
      return nil
    }
    let before = faults.count
    var reader = FactorReader(model: model, isImported: false, faults: faults)
    reader.key = "fitted"
    fitted = reader.factors(of: experiment)
    for factor in fitted {
      guard case .range(_, _, nil, _) = factor.values else {
        faults.record(
          factor.place, "has steps, levels or days", "write range: low .. high, and nothing else")
        continue
      }
      for scenario in scenarios {
        for (setting, place) in scenario.settings where factor.paths.contains(setting.path) {
          faults.record(place, "is fitted as \(factor.name)", "keep one of them")
        }
      }
    }
    let names = scenarios.map(\.name)
    let items = experiment.has("targets") ? experiment.items("targets") : []
    let claims = ClaimedTargets(
      items.contains { $0.has("claim") } ? ClaimsTable.claims(beside: model.folder, faults) : [],
      folder: model.folder)
    targets = items.compactMap { Self.target($0, scenarios: names, claims) }
    if experiment.has("targets"), faults.count == before, !targets.contains(where: \.isFitted) {
      experiment.fault("targets", "hold all out", "let one have use: fitted")
    }
    for (place, target) in targets.enumerated()
    where targets[..<place].contains(where: { $0.name == target.name }) {
      faults.record(
        target.place, "is called \(target.name.quotedBriefly) again", "give each a name of its own")
    }
    guard faults.count == before else { return nil }
  }

  private static func target(
    _ section: ModelSection, scenarios: [String], _ claims: ClaimedTargets
  ) -> Target? {
    section.state.asked.formUnion(targetKeys)
    let isFitted = section.textIfPresent("use", oneOf: ["fitted", "checked"]) != "checked"
    let claim = section.has("claim") ? claims.claim(section, isFitted: isFitted) : nil
    if section.has("claim"), claim == nil { return nil }
    let measure = section.text("measure")
    let dimension = section.textIfPresent("dimension") ?? ""
    let member = section.textIfPresent("member") ?? ""
    if dimension.isEmpty != member.isEmpty {
      section.fault(
        dimension.isEmpty ? "member" : "dimension", "stands alone",
        "write both, dimension: resource and member: doctor, or neither")
    }
    // Limits have a middle, if nothing is said of where the value lies between them.
    let limits = ["low", "high"].compactMap { section.numberIfPresent($0, .share) }
    let value =
      claim?.value
      ?? (section.hasValue("value") || limits.count < 2
        ? section.number("value", .share) : (limits[0] + limits[1]) / 2)
    let comparisons: [Claim.Question.Comparison] = [.level, .change, .relativeChange]
    let comparison =
      section.textIfPresent("as", oneOf: comparisons.map(\.rawValue))
      .flatMap(Claim.Question.Comparison.init) ?? claim?.comparison ?? .level
    let dimensions = dimension.split(separator: "+").sorted().joined(separator: "+")
    let series = MeasureSeries(
      measure: MeasureRequest(measure: measure, dimension: dimensions), member: member)
    guard let deviation = deviation(section, value) else { return nil }
    return Target(
      name: section.textIfPresent("name") ?? claim?.id ?? series.description, series: series,
      scenario: section.textIfPresent("scenario", oneOf: scenarios), comparison: comparison,
      value: value,
      standardDeviation: deviation,
      weight: section.numberIfPresent("weight", .plain, in: ModelSection.positive) ?? 1,
      isFitted: isFitted,
      // A difference in per cent of the baseline may be of any measure.
      isInPerCent: comparison != .relativeChange
        && (claim?.isInPerCent == true || hasPerCent(section)),
      place: section.place)
  }

  private static func hasPerCent(_ section: ModelSection) -> Bool {
    ["value", "deviation", "low", "high"].contains { key in
      guard case .scalar(let text, _)? = section.entry(key)?.node.content else { return false }
      return text.hasSuffix("%")
    }
  }

  private static func deviation(_ section: ModelSection, _ value: Double) -> Double? {
    let deviation = section.numberIfPresent("deviation", .share, in: ModelSection.positive)
    let low = section.numberIfPresent("low", .share)
    let high = section.numberIfPresent("high", .share)
    switch (deviation, low, high) {
    case (let deviation?, nil, nil): return deviation
    case (nil, let low?, let high?):
      guard low < high, low <= value, value <= high else {
        section.fault("low", "and high do not hold the value", "let low ≤ value ≤ high")
        return nil
      }
      return deviationOf95(low: low, high: high)
    default:
      section.fault(
        "does not say how far it may be off",
        "write deviation: its standard deviation, or low: and high: about which 19 of 20 lie")
      return nil
    }
  }

  /// The standard deviation of a normal quantity of which 95 % lies between two limits.
  public static func deviationOf95(low: Double, high: Double) -> Double {
    (high - low) / (2 * 1.959963984540054)
  }
}

extension Factor {
  /// What is set at a coordinate from 0 to 1 of a range without steps.
  public func settings(at coordinate: Double) -> [ExperimentPlan.Setting] {
    level(at: coordinate).settings
  }
}
