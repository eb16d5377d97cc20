// SPDX-License-Identifier: GPL-3.0-or-later

/// The claims from which targets of a calibration take their values: `claim: BJ-030` in place of `value`.
///
/// A fit may only see claims that the table marks as fitted; what is out of sample may be held out beside
/// it, with `use: checked`.
struct ClaimedTargets {
  struct Value {
    var id: String
    /// In the unit of the measure, or as a share of the baseline.
    var value: Double
    var isInPerCent: Bool
    var comparison: Claim.Question.Comparison?
  }

  private let claims: [Claim]
  private let file: String

  init(_ claims: [Claim], folder: String) {
    self.claims = claims
    file = folder + "/" + ClaimsFile.name
  }

  /// - Returns: `nil` after a fault.
  func claim(_ target: ModelSection, isFitted: Bool) -> Value? {
    let id = target.text("claim")
    guard let claim = claims.first(where: { $0.id == id }) else {
      target.fault(
        "claim", "\(id.quotedBriefly) is no claim of \(file)",
        remedy(for: id, among: claims.map(\.id), kind: "claim"))
      return nil
    }
    if isFitted, claim.use != .fitted {
      target.fault(
        "claim", "\(id) is \(claim.use.rawValue), and nothing may be fitted to it",
        "hold it out with use: checked, or name a claim whose use is fitted")
      return nil
    }
    if target.has("value") {
      target.fault("value", "stands beside a claim, which has it", "keep one of them")
      return nil
    }
    guard case .number(let number, _, .exactly)? = claim.observed else {
      target.fault(
        "claim", "\(id) is \(claim.value.quotedBriefly), and no number", "name another claim")
      return nil
    }
    return Value(
      id: id, value: claim.isInPerCent ? number / 100 : number, isInPerCent: claim.isInPerCent,
      comparison: claim.question.flatMap { $0.comparison == .direction ? nil : $0.comparison })
  }
}

extension Claim {
  /// Whether its number is in per cent or points of per cent: such numbers stand for hundredths.
  public var isInPerCent: Bool { unit.hasPrefix("percent") || unit.hasPrefix("%") }
}
