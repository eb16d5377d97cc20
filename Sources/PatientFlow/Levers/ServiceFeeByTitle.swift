// SPDX-License-Identifier: GPL-3.0-or-later

/// A flat service fee of a visit by tier and doctor's title, of which insurance pays a flat part.
///
/// It replaces the fees of its tiers. A dearer title loses patients to the others, to institutions
/// without it and to lower tiers, and seeking falls; a tier without titles has one fee.
///
/// Claims served: BJ-026.
package struct ServiceFeeByTitle: Lever {
  package static let schema = LeverSchema(
    name: "service-fee", nameChinese: "医事服务费",
    mechanism: """
      Each visit has a flat fee by tier and doctor's title, of which insurance pays a flat part. What \
      patients pay of it moves the choice of title, institution and tier, and seeking.
      """,
    mechanismChinese: """
      每次门诊按医疗机构层级和医师职称收取定额医事服务费，医保定额支付一部分。患者自付部分影响职称、机构、层级的选择和是否就诊。
      """,
    claims: ["BJ-026"],
    evidence: LeverEvidence(
      .a, "the arithmetic of a published tariff (I006 to I008)",
      chinese: "公布收费标准的算术（I006 至 I008）"),
    keys: [
      LeverKey("tiers", .tiers, "the tiers that charge it", chinese: "收取的层级"),
      LeverKey("schemes", .schemes, "the schemes that pay a part", chinese: "支付一部分的险种"),
      LeverKey(
        "fee", .number(unit: "CNY", 0...10_000), "of an ordinary visit", chinese: "普通门诊收费"),
      LeverKey(
        "fund-pays", .number(unit: "CNY", 0...10_000), "of it paid by insurance, whatever the bill",
        chinese: "其中医保定额支付"),
      LeverKey(
        "associate-chief-fee", .number(unit: "CNY", 0...10_000),
        "of an associate chief doctor; left out: as an ordinary visit", chinese: "副主任医师收费",
        isOptional: true),
      LeverKey(
        "associate-chief-fund-pays", .number(unit: "CNY", 0...10_000),
        "of it paid by insurance; left out: as of an ordinary visit",
        chinese: "副主任医师收费中医保定额支付", isOptional: true),
      LeverKey(
        "chief-fee", .number(unit: "CNY", 0...10_000),
        "of a chief doctor; left out: as an ordinary visit", chinese: "主任医师收费", isOptional: true),
      LeverKey(
        "chief-fund-pays", .number(unit: "CNY", 0...10_000),
        "of it paid by insurance; left out: as of an ordinary visit",
        chinese: "主任医师收费中医保定额支付", isOptional: true),
      LeverKey(
        "free-ages", .ages,
        "age groups of the insured for whom insurance pays all of it; left out: none",
        chinese: "免收自付部分的参保年龄组", isOptional: true),
    ])

  let tiers: [Tier]
  let fees: [ServiceFee]

  package init(_ settings: LeverSettings) {
    tiers = settings.tiers["tiers"] ?? []
    var schemes: UInt32 = 0
    for scheme in settings.schemes["schemes"] ?? [] { schemes |= 1 << UInt32(scheme) }
    var freeAges: UInt64 = 0
    for age in settings.ages["free-ages"] ?? [] { freeAges |= 1 << UInt64(age) }
    fees = Title.allCases.map { title in
      let prefix = title == .attending ? "" : title.name + "-"
      var fee = ServiceFee()
      fee.amount = Money(yuan: settings.numbers[prefix + "fee"] ?? settings.number("fee"))
      fee.fundPays = Money(
        yuan: settings.numbers[prefix + "fund-pays"] ?? settings.number("fund-pays"))
      fee.schemes = schemes
      fee.freeAges = freeAges
      return fee
    }
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for tier in tiers {
      for title in Title.allCases { policies.fees[tier, title] = fees[title.row] }
    }
  }
}
