// SPDX-License-Identifier: GPL-3.0-or-later

/// The fund pays institutions by the day, by the case or by groups of cases instead of its part of
/// each bill.
///
/// The institution receives from the fund the price less what the patient paid within it, and never
/// less than nothing; the difference to the fund's part of the bill is its gain or loss. What the
/// patient pays does not change by the rule itself. Care that insurance does not pay for, and the
/// recovery of a patient moved down, which belongs to the case above, stay under the fund's part of
/// the bill; a price a day holds for the latter too.
///
/// Claims served: GY-041, OV-004, DD-054.
package struct PaymentRule: Lever {
  static let kinds: [(word: String, kind: PaymentKind)] = [
    ("fee-for-service", .feeForService), ("per-diem", .perDiem), ("per-case", .perCase),
    ("drg", .drg),
  ]

  package static let schema = LeverSchema(
    name: "payment-rule",
    nameChinese: "医保支付方式（按项目、按床日、按病种、DRG）",
    mechanism: """
      The fund pays a price a day, a case or a weighted group less what the patient paid, instead of \
      its part of each bill. What one more exam, drug, day or stay brings the institution changes, \
      and with it intensity, stays, admissions, step-downs and what is shifted to patients.
      """,
    mechanismChinese: """
      医保基金按床日、病种或疾病组付费，扣除患者已付部分，不再按每张账单的基金份额支付。多做一项检查、\
      多开一种药、多住一天、多收一例的边际收入随之改变，进而影响诊疗强度、住院日、收治、下转和费用转嫁。
      """,
    claims: ["OV-004", "GY-041", "DD-054"],
    evidence: LeverEvidence(
      .c,
      "arithmetic of a rule; how hospitals answer is assumed, studies disagree (I041 to I046)",
      chinese: "规则为算术；医院的反应为假设，研究结论不一（I041 至 I046）"),
    keys: [
      LeverKey(
        "rule", .choice(kinds.map(\.word)), "by what the fund pays", chinese: "支付方式"),
      LeverKey(
        "care", .choice(["outpatient", "inpatient", "both"]), "the care it applies to",
        chinese: "适用的服务：门诊、住院或两者"),
      LeverKey(
        "institutions", .institutions, "whom it pays; left out: by tiers", chinese: "适用机构",
        isOptional: true),
      LeverKey(
        "tiers", .tiers, "whom it pays, beside the institutions named; left out: these alone",
        chinese: "适用层级；省略则仅限所列机构",
        isOptional: true),
      LeverKey(
        "level", .number(unit: "", 0...10),
        "price over the mean bill that the model states for the tier", chinese: "价格与本层级平均费用之比"),
      LeverKey(
        "price", .number(unit: "CNY", 0...1_000_000),
        "price of a day, a case or a weight of 1; left out: by the level",
        chinese: "每床日、每例或权重为 1 的价格（代替 level）", isOptional: true),
      LeverKey(
        "weight-mild", .number(unit: "", 0...100), "weight of mild cases under drg; left out: 1",
        chinese: "DRG 轻症权重（默认 1）", isOptional: true),
      LeverKey(
        "weight-moderate", .number(unit: "", 0...100),
        "weight of moderate cases under drg; left out: 1", chinese: "DRG 中症权重（默认 1）",
        isOptional: true),
      LeverKey(
        "weight-severe", .number(unit: "", 0...100),
        "weight of severe cases under drg; left out: 1", chinese: "DRG 重症权重（默认 1）",
        isOptional: true),
      LeverKey(
        "weight-emergency", .number(unit: "", 0...100),
        "times the weight, of emergencies under drg; left out: 1", chinese: "DRG 急诊权重系数（默认 1）",
        isOptional: true),
    ])

  let kind: PaymentKind
  let care: [CareKind]
  let institutions: [Int]
  let tiers: [Tier]
  let level: Double
  let price: Double?
  let weights: CaseWeights

  package init(_ settings: LeverSettings) {
    kind = Self.kinds.first { $0.word == settings.choices["rule"] }?.kind ?? .feeForService
    switch settings.choices["care"] {
    case "outpatient": care = [.outpatient]
    case "inpatient": care = [.inpatient]
    default: care = [.outpatient, .inpatient]
    }
    institutions = settings.institutions["institutions"] ?? []
    tiers = settings.tiers["tiers"] ?? []
    level = settings.number("level")
    price = settings.numbers["price"]
    weights = CaseWeights(settings)
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for (row, institution) in model.institutions.enumerated()
    where institutions.contains(row) || tiers.contains(institution.tier) {
      for care in care {
        policies.payment[row, care] = SitePayment(
          kind, price: price(care, model.tiers[institution.tier]), weights: weights)
      }
    }
    policies.payment.isActive = true
  }

  /// The price of a day, a case or a weight of 1 at a tier.
  package func price(_ care: CareKind, _ tier: TierProfile) -> Money {
    if let price { return Money(yuan: price) }
    if care == .outpatient { return Money(yuan: level * tier.expectedVisitBill) }
    let days = tier.acuteDays + tier.recoveryDays
    let isByDay = kind == .perDiem
    return Money(
      yuan: level * (isByDay && days > 0 ? tier.expectedStayBill / days : tier.expectedStayBill))
  }
}

extension CaseWeights {
  /// Of keys that may be left out, each 1 unless given.
  init(_ settings: LeverSettings) {
    self.init()
    mild = settings.numbers["weight-mild"] ?? 1
    moderate = settings.numbers["weight-moderate"] ?? 1
    severe = settings.numbers["weight-severe"] ?? 1
    emergency = settings.numbers["weight-emergency"] ?? 1
  }
}
