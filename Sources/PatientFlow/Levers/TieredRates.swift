// SPDX-License-Identifier: GPL-3.0-or-later

/// Insurance pays a larger or smaller share at some tiers from a date on.
///
/// The change enters every bill and every bill that people expect; so choice and seeking follow.
///
/// Claims served: OV-021, GY-026.
package struct TieredRates: Lever {
  package static let schema = LeverSchema(
    name: "tiered-rates",
    mechanism: """
      Adds share points to the rate that insurance pays at each tier. Bills and the bills people \
      expect change, and with them the choice of a tier and whether care is sought.
      """,
    keys: [
      LeverKey("care", .choice(["outpatient", "inpatient", "both"]), "the care it applies to"),
      LeverKey("schemes", .schemes, "the schemes it applies to"),
    ]
      + Tier.allCases.map { tier in
        LeverKey(tier.name, .number(unit: "share", -1...1), "change of the rate at this tier")
      })

  let care: [CareKind]
  let schemes: [Int]
  let changes: ByTier<Double>

  package init(_ settings: LeverSettings) {
    switch settings.choices["care"] {
    case "outpatient": care = [.outpatient]
    case "inpatient": care = [.inpatient]
    default: care = [.outpatient, .inpatient]
    }
    schemes = settings.schemes["schemes"] ?? []
    var changes = ByTier(repeating: 0.0)
    for tier in Tier.allCases { changes[tier] = settings.number(tier.name) }
    self.changes = changes
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for scheme in schemes {
      for kind in care {
        for tier in Tier.allCases {
          for referred in [false, true] {
            var rule =
              policies.plan[
                scheme: UInt8(scheme), kind: kind, tier: tier.rawValue, referred: referred]
            rule.rate = BillShare(min(1, max(0, rule.rate.value + changes[tier])))
            policies.plan[
              scheme: UInt8(scheme), kind: kind, tier: tier.rawValue, referred: referred] = rule
          }
        }
      }
    }
  }
}
