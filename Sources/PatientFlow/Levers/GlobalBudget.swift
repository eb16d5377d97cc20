// SPDX-License-Identifier: GPL-3.0-or-later

/// An alliance gets a budget for its enrollees and pays for all their care, in it and elsewhere.
///
/// B = share of (fund − reserve), a head; a twelfth is advanced each month. The members are paid by
/// their payment rules out of the budget; others in the region and beyond are paid by purchase from
/// it. When the year ends a surplus is shared by tier, a deficit is carried on and not topped up. A
/// running overspend h presses on elective admissions and on what is moved on to patients.
///
/// Claims served: LS-014 to LS-017, DD-045 to DD-053.
package struct GlobalBudget: Lever {
  package static let schema = LeverSchema(
    name: "global-budget",
    nameChinese: "医保基金总额预算（按人头总额包干，超支不补、结余留用）",
    mechanism: """
      The alliance gets a budget a head and pays all care of its enrollees from it, outside care by \
      purchase; surplus is shared, overspend not topped up but carried. Doing more brings members \
      nothing, and a running overspend refuses elective admissions and moves costs on to patients.
      """,
    mechanismChinese: """
      医共体按人头取得总额预算，支付参保人在内部及外部（购买服务）的全部费用；结余留用分配，超支不补并结转。\
      成员多做不再多得；进度超支时择期住院被推迟或拒绝，部分费用转嫁给患者。
      """,
    claims: [
      "LS-014", "LS-015", "LS-016", "LS-017", "LS-018", "DD-045", "DD-046", "DD-047", "DD-048",
      "DD-049", "DD-050", "DD-051", "DD-052", "DD-053",
    ],
    evidence: LeverEvidence(
      .c, "the rule is published (DD-048, I040); how an overspend presses on care is assumed",
      chinese: "规则有文献（DD-048、I040）；超支对服务的压力为假设"),
    keys: [
      LeverKey("lead", .institution, "the hospital that leads the alliance", chinese: "牵头医院"),
      LeverKey("members", .institutions, "its other members", chinese: "其他成员"),
      LeverKey("schemes", .schemes, "whose insured are its enrollees", chinese: "参保人所属险种"),
      LeverKey(
        "enrollees", .number(unit: "", 1...1e8),
        "heads the budget is for; left out: the insured residents", chinese: "参保人数（默认为参保常住人口）",
        isOptional: true),
      LeverKey(
        "fund-per-head", .number(unit: "CNY", 0...100_000), "the fund of a year a head",
        chinese: "年人均筹资"),
      LeverKey(
        "reserve", .number(unit: "share", 0...1), "risk reserve taken off first",
        chinese: "风险金提取比例"),
      LeverKey(
        "budget-share", .number(unit: "share", 0...1), "of the fund after the reserve",
        chinese: "总预算占比（提取风险金后）"),
      LeverKey(
        "retained", .number(unit: "share", 0...1), "of a surplus kept; the rest goes back",
        chinese: "结余留用比例"),
      LeverKey(
        "county-share", .number(unit: "share", 0...1), "of the surplus kept, to county members",
        chinese: "结余分配：县级"),
      LeverKey(
        "township-share", .number(unit: "share", 0...1),
        "of the surplus kept, to township and community members", chinese: "结余分配：乡镇（社区）"),
      LeverKey(
        "village-share", .number(unit: "share", 0...1), "of the surplus kept, to village members",
        chinese: "结余分配：村"),
      LeverKey(
        "pressure-limit", .number(unit: "", 0...1), "the most that an overspend presses",
        chinese: "超支压力上限"),
      LeverKey(
        "shift-per-pressure", .number(unit: "", 0...1),
        "share of a bill moved on to the patient per unit of pressure", chinese: "单位压力的费用转嫁比例"),
    ])

  package let lead: Int
  package let members: [Int]
  package let schemes: [Int]
  package let enrollees: Double?
  package let fundPerHead: Double
  package let reserveShare: Double
  package let budgetShare: Double
  package let retainedShare: Double
  package let countyShare: Double
  package let townshipShare: Double
  package let villageShare: Double
  package let pressureLimit: Double
  package let shiftPerPressure: Double

  package init(_ settings: LeverSettings) {
    lead = settings.institution("lead")
    members = settings.institutions["members"] ?? []
    schemes = settings.schemes["schemes"] ?? []
    enrollees = settings.numbers["enrollees"]
    fundPerHead = settings.number("fund-per-head")
    reserveShare = settings.number("reserve")
    budgetShare = settings.number("budget-share")
    retainedShare = settings.number("retained")
    countyShare = settings.number("county-share")
    townshipShare = settings.number("township-share")
    villageShare = settings.number("village-share")
    pressureLimit = settings.number("pressure-limit")
    shiftPerPressure = settings.number("shift-per-pressure")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    let budget = policies.payment.budgets.count
    policies.payment.budgets.append(self)
    for site in parties { policies.payment.budgetOfSite[site] = budget }
    for scheme in schemes { policies.payment.budgetOfScheme[scheme] = budget }
    policies.payment.isActive = true
  }

  /// The lead and the members.
  package var parties: [Int] { [lead] + members }

  /// County, township and village: the groups that a surplus is divided among.
  package static func group(_ tier: Tier) -> Int {
    switch tier {
    case .village: 0
    case .township, .community: 1
    case .county, .city, .outside: 2
    }
  }

  /// The part of a surplus that goes to a member's group.
  package func share(of tier: Tier) -> Double {
    [villageShare, townshipShare, countyShare][Self.group(tier)]
  }
}
