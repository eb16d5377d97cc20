// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of what their institution earns by doing more reaches those who decide.
///
/// It is an argument of intensity, of stays and of admissions: without revenue targets nothing
/// reaches them; where pay is kept apart from drugs and exams, nothing of those.
///
/// Claims served: GY-021, GY-041, LS-044, LS-052, LS-055, DD-064.
package struct PayRule: Lever {
  package static let schema = LeverSchema(
    name: "pay-rule",
    nameChinese: "薪酬与创收（严禁下达创收指标，薪酬不与药品检查收入挂钩）",
    mechanism: """
      Sets the share of an institution's own marginal revenue that reaches those who decide, in all \
      or of drugs and exams alone. Exams and drugs a visit, stays and admissions answer by the \
      region's responses.
      """,
    mechanismChinese: """
      规定机构边际收入中与决策医务人员薪酬挂钩的比例，可只对药品和检查取消挂钩。检查、用药、住院日和收治\
      按本地区的反应系数变化。
      """,
    claims: ["GY-021", "GY-041", "LS-035", "LS-041", "LS-044", "LS-052", "LS-055", "DD-064"],
    evidence: LeverEvidence(
      .c, "that revenue targets raise exams and drugs is known; by how much is assumed",
      chinese: "创收指标推高检查用药有共识；程度为假设"),
    keys: [
      LeverKey(
        "institutions", .institutions, "where it holds; left out: by tiers", chinese: "适用机构",
        isOptional: true),
      LeverKey(
        "tiers", .tiers, "where it holds, beside the institutions named; left out: there alone",
        chinese: "适用层级；省略则仅限所列机构",
        isOptional: true),
      LeverKey(
        "revenue-targets", .flag, "whether staff have revenue targets; without, the tie is 0",
        chinese: "是否下达创收指标（否则挂钩为 0）"),
      LeverKey(
        "tie", .number(unit: "share", 0...1), "of own marginal revenue that reaches the deciders",
        chinese: "边际收入与薪酬挂钩比例"),
      LeverKey(
        "apart-from-drugs-and-exams", .flag, "whether pay is kept apart from drugs and exams",
        chinese: "薪酬是否与药品、检查收入脱钩"),
    ])

  let institutions: [Int]
  let tiers: [Tier]
  let tie: PayTie

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    tiers = settings.tiers["tiers"] ?? []
    var tie = PayTie(settings.flags["revenue-targets"] == true ? settings.number("tie") : 0)
    if settings.flags["apart-from-drugs-and-exams"] == true {
      tie.exams = 0
      tie.drugs = 0
    }
    self.tie = tie
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    for (row, institution) in model.institutions.enumerated()
    where institutions.contains(row) || tiers.contains(institution.tier) {
      policies.payment.ties[row] = tie
    }
  }
}
