// SPDX-License-Identifier: GPL-3.0-or-later

/// What a patient who is moved within one spell pays of the deductible of the institution that takes
/// over.
///
/// Continuous: going up the difference, going down nothing more. Recharged: that institution's whole
/// deductible again. It acts on the bill of a step-down, hence on its acceptance; visits have no
/// spell and cannot feel it.
package struct DeductibleRule: Lever {
  package static let schema = LeverSchema(
    name: "deductible-rule", nameChinese: "转诊起付线连续计算或重新计算",
    mechanism: """
      Sets whether the deductible is charged again when a patient is moved within a spell, and \
      whether inside one group alone. The bill of a step-down changes, and with it its acceptance.
      """,
    mechanismChinese: "规定同一住院周期内转诊时起付线连续计算还是重新计算，以及是否仅限集团内。下转患者的账单随之改变，从而影响其接受程度。",
    claims: ["GY-028", "GY-029", "GY-030", "DD-036", "DD-037"],
    evidence: LeverEvidence(
      .a, "the arithmetic of a rule; acceptance of a step-down hangs on the assumed money-weight",
      chinese: "规则为算术；下转接受率取决于假设的费用权重"),
    keys: [
      LeverKey(
        "rule", .choice(["continuous", "recharged"]), "what happens to the deductible",
        chinese: "起付线连续计算（continuous）或重新计算（recharged）"),
      BenefitKeys.schemes,
      LeverKey(
        "direction", .choice(["up", "down", "both"]),
        "the transfers it applies to; those down if left out", chinese: "适用的转诊方向；省略为下转",
        isOptional: true),
      LeverKey(
        "inside-group", .flag,
        "whether a spell goes on inside one group alone, and any other move is a new admission; "
          + "as it is if left out",
        chinese: "是否仅在医院集团内转诊时连续，集团外按新入院；省略则不变", isOptional: true),
    ])

  let rule: TransferDeductible
  let schemes: [Int]
  let isUp: Bool
  let isDown: Bool
  let isInsideGroupOnly: Bool?

  package init(_ settings: LeverSettings) {
    rule = settings.choices["rule"] == "continuous" ? .continuous : .recharged
    schemes = settings.schemes["schemes"] ?? []
    let direction = settings.choices["direction"] ?? "down"
    isUp = direction != "down"
    isDown = direction != "up"
    isInsideGroupOnly = settings.flags["inside-group"]
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for scheme in schemes {
      if isUp { policies.plan[spellOf: UInt8(scheme)].up = rule }
      if isDown { policies.plan[spellOf: UInt8(scheme)].down = rule }
      if let isInsideGroupOnly {
        policies.plan[spellOf: UInt8(scheme)].isInsideGroupOnly = isInsideGroupOnly
      }
    }
  }
}
