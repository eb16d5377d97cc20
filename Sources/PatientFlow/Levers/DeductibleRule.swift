// SPDX-License-Identifier: GPL-3.0-or-later

/// What a patient who is moved down within one spell pays of the deductible below.
///
/// Continuous: nothing more. Recharged: the lower institution's whole deductible again. It acts on
/// the bill of a step-down, hence on its acceptance; visits have no spell and cannot feel it.
///
/// Claims served: GY-036, DD-036, DD-037.
package struct DeductibleRule: Lever {
  package static let schema = LeverSchema(
    name: "deductible-rule",
    mechanism: """
      Sets whether the deductible is charged again when a patient is moved down within a spell. The \
      bill of a step-down changes, and with it the patients' acceptance.
      """,
    keys: [
      LeverKey("rule", .choice(["continuous", "recharged"]), "what happens to the deductible"),
      LeverKey("schemes", .schemes, "the schemes it applies to"),
    ])

  let isContinuous: Bool
  let schemes: [Int]

  package init(_ settings: LeverSettings) {
    isContinuous = settings.choices["rule"] == "continuous"
    schemes = settings.schemes["schemes"] ?? []
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for scheme in schemes {
      policies.plan[downTransferOf: UInt8(scheme)] = isContinuous ? .continuous : .recharged
    }
  }
}
