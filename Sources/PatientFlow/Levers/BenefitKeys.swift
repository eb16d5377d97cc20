// SPDX-License-Identifier: GPL-3.0-or-later

/// Keys that say which benefit rules a lever changes, and the same change made to each of them.
enum BenefitKeys {
  static let schemes = LeverKey(
    "schemes", .schemes, "the schemes it applies to", chinese: "适用的医保险种")
  static let care = LeverKey(
    "care", .choice(["outpatient", "inpatient", "both"]), "the care it applies to",
    chinese: "适用的医疗类别：门诊、住院或两者")
  static let optionalCare = LeverKey(
    "care", .choice(["outpatient", "inpatient", "both"]),
    "the care it applies to; both if left out", chinese: "适用的医疗类别：门诊、住院或两者；省略为两者",
    isOptional: true)
  static let optionalTiers = LeverKey(
    "tiers", .tiers, "the tiers it applies to; all if left out", chinese: "适用的机构级别；省略为全部",
    isOptional: true)
  static let referred = LeverKey(
    "referred", .choice(["yes", "no", "both"]),
    "with a registered referral, without one, or both; both if left out",
    chinese: "经登记转诊（yes）、未经转诊（no）或两者（both）；省略为两者", isOptional: true)

  static func optional(
    _ name: String, _ unit: String, _ range: ClosedRange<Double>, _ meaning: String,
    chinese: String
  ) -> LeverKey {
    LeverKey(
      name, .number(unit: unit, range), meaning + "; as it is if left out",
      chinese: chinese + "；省略则不变", isOptional: true)
  }
}

/// Rows of the plan: schemes × care × tiers × referred.
struct BenefitScope: Sendable {
  let schemes: [Int]
  let care: [CareKind]
  let tiers: [Tier]
  let referred: [Bool]

  /// - Parameter tiers: those meant where the settings name none.
  init(_ settings: LeverSettings, tiers: [Tier] = Tier.allCases) {
    schemes = settings.schemes["schemes"] ?? []
    switch settings.choices["care"] {
    case "outpatient": care = [.outpatient]
    case "inpatient": care = [.inpatient]
    default: care = [.outpatient, .inpatient]
    }
    self.tiers = settings.tiers["tiers"] ?? tiers
    switch settings.choices["referred"] {
    case "yes": referred = [true]
    case "no": referred = [false]
    default: referred = [false, true]
    }
  }

  /// Changes every rule in scope.
  func change(_ plan: inout InsurancePlan, _ change: (inout BenefitRule, Tier) -> Void) {
    for scheme in schemes {
      for kind in care {
        for tier in tiers {
          for isReferred in referred {
            change(
              &plan[
                scheme: UInt8(scheme), kind: kind, tier: tier.rawValue, referred: isReferred], tier)
          }
        }
      }
    }
  }
}
