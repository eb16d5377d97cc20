// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis

extension ModelSection {
  /// A number of replications, where it is not a rule.
  func integerUnlessSection(_ key: String, in range: ClosedRange<Int>) -> Int? {
    isSection(key) ? nil : integerIfPresent(key, in: range)
  }

  /// `{precision: [{measure: wait, relative: 5 %}], minimum: 5, maximum: 200}`; `nil` of a number.
  func precisionIfPresent(_ key: String) -> PrecisionRule? {
    guard isSection(key), let rule = settingsIfPresent(key) else { return nil }
    let most = 1_000_000
    let minimum = rule.integerIfPresent("minimum", in: 2...most) ?? PrecisionRule.defaultMinimum
    let maximum =
      rule.integerIfPresent("maximum", in: 2...most)
      ?? max(minimum, PrecisionRule.defaultMaximum)
    if maximum < minimum {
      rule.fault("maximum", "is \(maximum)", "write \(minimum), the minimum, or more")
    }
    let requests = rule.items("precision").compactMap { $0.precisionRequest() }
    if requests.isEmpty, rule.has("precision") {
      rule.fault("precision", "has no measure", "write - {measure: …, relative: 5 %}")
    }
    return PrecisionRule(
      requests: requests, minimum: minimum, maximum: max(minimum, maximum))
  }

  private func precisionRequest() -> PrecisionRequest? {
    let measure = text("measure")
    let dimension = textIfPresent("dimension") ?? ""
    let member = textIfPresent("member") ?? ""
    if dimension.isEmpty != member.isEmpty {
      fault(
        dimension.isEmpty ? "member" : "dimension", "stands alone",
        "write both, dimension: resource and member: doctor, or neither")
    }
    let relative = numberIfPresent("relative", .share, in: Self.widths)
    let absolute = numberIfPresent("absolute", .plain, in: ModelSection.positive)
    let width: PrecisionTarget.HalfWidth
    switch (relative, absolute) {
    case (let share?, nil): width = .relative(share)
    case (nil, let amount?): width = .absolute(amount)
    default:
      // A width that is written and wrong has its fault already.
      if has("relative") == has("absolute") {
        fault(
          has("relative") ? "says twice how narrow" : "does not say how narrow",
          "write relative: 5 %, or absolute: 0.5 in the measure's unit")
      }
      return nil
    }
    let dimensions = dimension.split(separator: "+").sorted().joined(separator: "+")
    return PrecisionRequest(
      measure: MeasureRequest(measure: measure, dimension: dimensions), member: member,
      target: PrecisionTarget(width))
  }

  /// Half-widths as shares of a mean: from 100 % on an interval holds zero, and says nothing.
  private static let widths = Double.leastNonzeroMagnitude...0.999_999

  private func isSection(_ key: String) -> Bool {
    if case .mapping = node.entry(key)?.node.content { return true }
    return false
  }
}
