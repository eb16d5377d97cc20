// SPDX-License-Identifier: GPL-3.0-or-later

/// Posts are added, and pay decides how soon posts fall vacant and are filled again.
///
/// The doctors that a model states are those of today's pay and today's vacancies. Beside them each
/// post of an institution, filled or vacant, is an alternating renewal process (``PostBook``); what
/// the policy changes is the difference that added posts and another pay make. A roster follows at
/// midnight: fewer doctors in clinic mean longer lines, and those people learn to avoid.
///
/// Assumed (grade C, to be swept): how turnover and hiring answer to pay. No local count of vacancies
/// was found; the documents only say that staff are short (DD-060). Pay is in terms of hospital
/// doctors of the same seniority (DD-055); who pays it is no part of the flow.
///
/// Claims served: DD-055, DD-060, DD-064.
package struct StaffPosts: Lever {
  package static let schema = LeverSchema(
    name: "staff-posts",
    nameChinese: "编制岗位与薪酬待遇（招得来、留得住）",
    mechanism: """
      Posts for doctors are added and begin vacant; pay, against that of hospital peers, sets how \
      often each post falls vacant and how soon it is filled. Who is in post is in clinic from the \
      next midnight, so lines and choice follow.
      """,
    mechanismChinese: """
      增加医师岗位（起始空缺），薪酬与上级医院同年资人员之比决定岗位流失与补充的快慢。在岗人数自次日零点\
      起计入门诊排班，候诊与就医选择随之变化。
      """,
    claims: ["DD-055", "DD-060", "DD-064"],
    evidence: LeverEvidence(
      .c, "How turnover and hiring answer to pay is assumed; no count of vacancies was found.",
      chinese: "流失与补充对薪酬的反应为假定；未见空缺岗位统计。"),
    keys: [
      LeverKey("institutions", .institutions, "whose posts they are", chinese: "岗位所在机构"),
      LeverKey(
        "posts-added", .number(unit: "", 0...1000),
        "doctors in clinic at a time by whom each institution's posts grow", chinese: "各机构增加的岗位数"),
      LeverKey(
        "turnover", .number(unit: "1/year", 0...5), "departures of a filled post at today's pay",
        chinese: "现行薪酬下每个在岗岗位的年流失率"),
      LeverKey(
        "hiring-time", .number(unit: "d", 1...3650),
        "mean time to fill a vacant post at today's pay", chinese: "现行薪酬下补充一个空缺岗位的平均时间"),
      LeverKey(
        "pay-ratio-today", .number(unit: "", 0.1...5),
        "today's pay over that of hospital peers of the same seniority",
        chinese: "现行薪酬与上级医院同年资人员之比"),
      LeverKey(
        "pay-ratio", .number(unit: "", 0.1...5), "the same under the policy", chinese: "政策实施后的该比值"),
      LeverKey(
        "turnover-response", .number(unit: "", 0...5),
        "fall of the log of turnover per unit of log pay; assumed",
        chinese: "薪酬对数每增加一个单位，流失率对数的下降（假定）"),
      LeverKey(
        "hiring-response", .number(unit: "", 0...5),
        "rise of the log of hiring per unit of log pay; assumed",
        chinese: "薪酬对数每增加一个单位，补充速率对数的上升（假定）"),
    ])

  package let institutions: [Int]
  package let postsAdded: Int
  /// At today's pay, and under the policy.
  package let usual: PostRates
  package let rates: PostRates

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    postsAdded = Int(settings.number("posts-added").rounded())
    let turnover = settings.number("turnover")
    let hiring = settings.number("hiring-time")
    usual = PostRates(turnover: turnover, hiringDays: hiring)
    rates = PostRates(
      turnover: turnover, hiringDays: hiring,
      payFactor: settings.number("pay-ratio") / settings.number("pay-ratio-today"),
      turnoverResponse: settings.number("turnover-response"),
      hiringResponse: settings.number("hiring-response"))
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    guard postsAdded > 0 || rates != usual else { return }
    policies.staff.append(self)
    policies.capacity.activate()
  }
}
