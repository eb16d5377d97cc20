// SPDX-License-Identifier: GPL-3.0-or-later

/// What going out of the area without a referral costs in points of the rate.
package struct OutOfAreaRules: Lever {
  package static let schema = LeverSchema(
    name: "out-of-area-rules", nameChinese: "异地就医（未经转诊）报销规则",
    mechanism: """
      Sets the rate without a referral so many points below the rate with one, out of the area or at \
      named tiers. Self-referral there becomes dearer or cheaper, and choice follows.
      """,
    mechanismChinese: "将异地（或指定级别）未经转诊的报销比例设为比经转诊者低若干百分点。自行外出就医的自付随之增减，就医选择改变。",
    claims: ["LS-060"],
    evidence: LeverEvidence(
      .a, "the arithmetic of a rule (I032)",
      chinese: "规则的算术（I032）"),
    keys: [
      BenefitKeys.optional(
        "penalty", "share", 0...1, "points of the rate that are lost without a referral",
        chinese: "未经转诊降低的百分点"),
      BenefitKeys.schemes, BenefitKeys.optionalCare,
      LeverKey(
        "tiers", .tiers, "the tiers it applies to; places outside the area if left out",
        chinese: "适用的机构级别；省略为区域外机构", isOptional: true),
    ])

  let scope: BenefitScope
  let penalty: Double?

  package init(_ settings: LeverSettings) {
    scope = BenefitScope(settings, tiers: [.outside])
    penalty = settings.numbers["penalty"]
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    guard let penalty else { return }
    for scheme in scope.schemes {
      for kind in scope.care {
        for tier in scope.tiers {
          let referred = policies.plan[
            scheme: UInt8(scheme), kind: kind, tier: tier.rawValue, referred: true]
          policies.plan[
            scheme: UInt8(scheme), kind: kind, tier: tier.rawValue, referred: false
          ].rate = BillShare(max(0, referred.rate.value - penalty))
        }
      }
    }
  }
}
