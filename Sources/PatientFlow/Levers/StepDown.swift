// SPDX-License-Identifier: GPL-3.0-or-later

/// Stable patients of the lead hospital recover at a member: in a bed, in a rehabilitation or nursing
/// institution, or at home under care.
///
/// At the end of the acute phase, for listed diseases with enough recovery ahead, the lead offers by
/// what the bed-day is worth to it: by who waits for the bed, how either is paid, and what an
/// assessment pays. Of each kind of member with beds to recover in the nearest is looked at, and the
/// patient is offered the one that he would rather go to; he accepts by what he would pay more than by
/// staying, as both places charge and insurance pays there, by quality and trust, and by travel. The
/// acute bed stays blocked until there is a bed below.
///
/// Assumed (C): the offer's slope, the acceptance's weights, and above all the money weight k, 1 to 20
/// times what money weighs in the choice of a hospital: it alone sets how much a waived deductible does.
///
/// Claims served: LS-013, LS-024, OV-006, OV-023, OV-024, OV-026, OV-027, OV-032, OV-047, GY-038,
/// BJ-036, BJ-052.
package struct StepDown: Lever {
  package static let schema = LeverSchema(
    name: "step-down",
    nameChinese: "下转康复",
    mechanism: """
      Stable inpatients of listed diseases may recover at a member: a centre, a rehabilitation or \
      nursing institution, or at home. The lead offers by its margin on the bed-day, the patient \
      accepts by the bill, quality and travel.
      """,
    mechanismChinese: """
      病种目录内病情稳定的住院患者可转到成员机构康复：基层床位、康复或护理机构，或居家护理。牵头医院\
      按床日收益决定是否提出，患者按费用、质量和路程决定是否接受。
      """,
    claims: [
      "LS-013", "LS-024", "OV-006", "OV-023", "OV-024", "OV-026", "OV-027", "OV-032", "OV-047",
      "GY-038", "BJ-036", "BJ-052",
    ],
    evidence: LeverEvidence(
      .c,
      "offers and acceptance are published for one city each (C022, C023); what money weighs in them is assumed",
      chinese: "提出与接受比例各有一地文献（C022、C023）；费用的权重为假设"),
    keys: [
      LeverKey("lead", .institution, "the hospital that sends patients down", chinese: "下转患者的医院"),
      LeverKey(
        "members", .institutions, "the institutions with recovery beds", chinese: "设有康复床位的机构"),
      LeverKey(
        "offer-at-base", .number(unit: "share", 0.001...0.999), "share offered at base",
        chinese: "基线下提出下转的比例"),
      LeverKey(
        "offer-slope", .number(unit: "1/CNY", 0...0.1), "per CNY a bed-day of gain",
        chinese: "床日收益每增加一元"),
      LeverKey(
        "saving-share", .number(unit: "share", 0...1), "share of a saving the lead keeps",
        chinese: "牵头医院留用结余的比例"),
      LeverKey(
        "variable-cost-share", .number(unit: "share", 0...1), "variable cost over the bill",
        chinese: "变动成本占费用的比例"),
      LeverKey(
        "acceptance-mean", .number(unit: "share", 0.001...0.999), "accepted at base",
        chinese: "基线下接受下转的比例"),
      LeverKey(
        "money-weight", .number(unit: "", 0...50), "times the inpatient money utility",
        chinese: "住院费用效用系数的倍数"),
      LeverKey(
        "quality-weight", .number(unit: "", 0...10), "per unit of quality below",
        chinese: "下级机构每单位质量"),
      LeverKey(
        "nearer-weight", .number(unit: "1/h", 0...10), "per hour of travel saved",
        chinese: "每节省一小时路程"),
      LeverKey(
        "diseases", .needs, "the needs that are listed; the model's share of all stays if left out",
        chinese: "下转病种；省略则按模型的目录比例", isOptional: true),
      StepDown.priceKey("rehabilitation-bill", "rehabilitation", "康复机构"),
      StepDown.priceKey("nursing-bill", "nursing", "护理机构"),
      StepDown.priceKey("home-care-bill", "home-care", "居家护理机构"),
    ])

  private static func priceKey(_ name: String, _ role: String, _ chinese: String) -> LeverKey {
    LeverKey(
      name, .number(unit: "", 0.05...10),
      "a recovery day's bill at \(role) members over that of their tier; 1 if left out",
      chinese: "\(chinese)康复日费用与同级机构之比；省略为 1", isOptional: true)
  }

  package let lead: Int
  package let members: [Int]
  package let offerLogit: Double
  package let offerSlope: Double
  package let savingShare: Double
  package let variableCostShare: Double
  package let acceptanceLogit: Double
  package let moneyWeight: Double
  package let qualityWeight: Double
  package let nearerWeight: Double
  /// Rows of the listed needs; `nil` where the model's share is listed.
  package let listedNeeds: [Int]?
  /// A recovery day's bill over that of the tier, by role of the member.
  private let prices: [Institution.Role: Double]
  /// The kinds of places that there are among the members.
  package private(set) var kindsOfPlaces: [Institution.Role] = []
  /// CNY: what moving costs the typical insured patient more than staying, under the region's own rule.
  package var referenceCost = 0.0
  /// Perceived quality below and hours saved that go with the mean acceptance.
  package var referenceQuality = 0.0
  package var referenceHoursSaved = 0.0

  package init(_ settings: LeverSettings) {
    lead = settings.institution("lead")
    members = settings.institutions["members"] ?? []
    offerLogit = logit(settings.number("offer-at-base"))
    offerSlope = settings.number("offer-slope")
    savingShare = settings.number("saving-share")
    variableCostShare = settings.number("variable-cost-share")
    acceptanceLogit = logit(settings.number("acceptance-mean"))
    moneyWeight = settings.number("money-weight")
    qualityWeight = settings.number("quality-weight")
    nearerWeight = settings.number("nearer-weight")
    listedNeeds = settings.needs["diseases"]
    prices = [
      .rehabilitation: settings.numbers["rehabilitation-bill"] ?? 1,
      .nursing: settings.numbers["nursing-bill"] ?? 1,
      .homeCare: settings.numbers["home-care-bill"] ?? 1,
    ]
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    var policy = self
    policy.setReferences(model)
    policy.kindsOfPlaces = Institution.Role.allCases.filter { role in
      members.contains { model.institutions[$0].role == role }
    }
    for place in members {
      guard let price = prices[model.institutions[place].role], price != 1 else { continue }
      if policies.recoveryPrices.isEmpty {
        policies.recoveryPrices = Array(repeating: 1, count: model.institutions.count)
      }
      policies.recoveryPrices[place] = price
    }
    policies.stepDowns.append(policy)
  }

  /// The references are those of the region's own insurance, before any policy, so that a change of
  /// the rule moves acceptance and does not vanish into the mean.
  package mutating func setReferences(_ model: RegionModel) {
    let top = model.institutions[lead].tier
    let general = members.filter { model.institutions[$0].role == .general }
    let below = (general.first ?? members.first).map { model.institutions[$0].tier } ?? .township
    let days = model.tiers[top].recoveryDays
    // A typical patient has paid the deductible above when the acute phase ends.
    var account = InsuranceAccount(year: 0)
    _ = model.plan.settle(
      Money.bill(yuan: model.tiers[top].acuteDays * model.tiers[top].acuteDayBill), scheme: 0,
      kind: .inpatient, tier: top.rawValue, referred: false, account: &account, year: 0)
    referenceCost = StepDown.extraCost(
      plan: model.plan, account: account, scheme: 0, year: 0, from: top, to: below,
      stayingBill: days * model.tiers[top].recoveryDayBill,
      movingBill: days * model.tiers[below].recoveryDayBill)
    referenceQuality = 0.5 * (model.tiers[below].quality + model.tiers[below].trust)
    referenceHoursSaved = model.meanHoursSaved(from: lead, to: general.isEmpty ? members : general)
  }

  /// CNY that a patient pays more by moving down for the recovery days than by staying.
  ///
  /// - Parameter account: as the acute phase, settled, leaves it.
  package static func extraCost(
    plan: InsurancePlan, account: InsuranceAccount, scheme: UInt8, year: Int16, from top: Tier,
    to below: Tier, stayingBill: Double, movingBill: Double
  ) -> Double {
    // Staying continues the spell at the same tier: nothing of the deductible is left to pay there
    // beyond what the acute phase left open.
    let staying = plan.quote(
      Money.bill(yuan: stayingBill), scheme: scheme, kind: .inpatient, tier: top.rawValue,
      referred: false, stage: .transferUp, account: account, year: year)
    let moving = plan.quote(
      Money.bill(yuan: movingBill), scheme: scheme, kind: .inpatient, tier: below.rawValue,
      referred: true, stage: .transferDown, account: account, year: year)
    return moving.patient.inYuan - staying.patient.inYuan
  }

  /// The probability that the lead offers: by what moving the patient is worth to it a bed-day,
  ///
  ///     waiting × (R_new − v_new) + v_rec − R_rec + θ (C_top − C_low) + ω / days saved,
  ///
  /// less the same in the region's base, where nobody waits, the lead is paid its bill and no
  /// saving or award is shared: v_rec − C_rec. R is what the payment rule brings, v the variable
  /// cost and C the bill.
  ///
  /// - Parameters:
  ///   - isQueued: whether a patient waits for the bed.
  ///   - acuteDay, recoveryDay, recoveryDayBelow: CNY a day.
  ///   - terms: how the lead is paid; the base's unless given.
  package func offerProbability(
    isQueued: Bool, acuteDay: Double, recoveryDay: Double, recoveryDayBelow: Double,
    terms: BedDayTerms = BedDayTerms()
  ) -> Double {
    let gain =
      (isQueued ? (terms.newDay - variableCostShare) * acuteDay : 0)
      + (1 - terms.recoveryDay) * recoveryDay
      + (terms.savingShare ?? savingShare) * (recoveryDay - recoveryDayBelow) + terms.award
      + terms.shareBelow * (1 - variableCostShare) * recoveryDayBelow
    return logistic(offerLogit + offerSlope * gain)
  }

  /// The probability that the patient accepts.
  ///
  /// - Parameters:
  ///   - extraCost: CNY the patient pays more by moving.
  ///   - money: inpatient utility per CNY, negative.
  ///   - quality: perceived quality below, 0...1.
  ///   - hoursSaved: travel from home, above less below.
  package func acceptanceProbability(
    extraCost: Double, money: Double, quality: Double, hoursSaved: Double
  ) -> Double {
    logistic(
      acceptanceUtility(
        extraCost: extraCost, money: money, quality: quality, hoursSaved: hoursSaved))
  }

  /// The logit of that probability.
  package func acceptanceUtility(
    extraCost: Double, money: Double, quality: Double, hoursSaved: Double
  ) -> Double {
    acceptanceLogit + moneyWeight * money * (extraCost - referenceCost)
      + qualityWeight * (quality - referenceQuality)
      + nearerWeight * (hoursSaved - referenceHoursSaved)
  }
}
