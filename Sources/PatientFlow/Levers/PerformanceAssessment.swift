// SPDX-License-Identifier: GPL-3.0-or-later

/// A share of what the fund pays is withheld and returned by a yearly score; four grades share the
/// rest.
///
/// The score is the weighted mean of what was reached of a target of patients sent down, of
/// registered referrals up, and of a drug share not passed. What one more referral is worth by the
/// score enters the lead's margin on a step-down (ω) and the odds that a member registers a
/// referral (φ).
///
/// Claims served: LS-019, LS-020, LS-055, GY-045.
package struct PerformanceAssessment: Lever {
  package static let schema = LeverSchema(
    name: "performance-assessment",
    nameChinese: "绩效考核（分等次，4:3:2 奖励）",
    mechanism: """
      A share of payments is withheld and returned by a score on referrals and drug share; grades \
      share the rest. What a referral adds to the score enters the step-down margin of the lead and \
      the odds that a member registers a referral.
      """,
    mechanismChinese: """
      按比例预留基金支付额，年末按下转、登记上转和药占比得分返还，剩余部分按等次奖励。每例转诊对得分的价值\
      进入牵头医院的下转收益和成员登记转诊的概率。
      """,
    claims: ["LS-019", "LS-020", "LS-055", "GY-045"],
    evidence: LeverEvidence(
      .c, "grades and shares are published (LS-019, LS-020); the answer to them is assumed",
      chinese: "等次与比例有文献（LS-019、LS-020）；机构的反应为假设"),
    keys: [
      LeverKey("institutions", .institutions, "who is assessed", chinese: "考核对象"),
      LeverKey(
        "withheld", .number(unit: "share", 0...0.5), "of what the fund pays, until the year's end",
        chinese: "考核预留比例"),
      LeverKey(
        "down-weight", .number(unit: "", 0...100), "weight of patients sent down in the score",
        chinese: "下转权重"),
      LeverKey(
        "down-target", .number(unit: "", 0...1e6), "patients an institution sends down a year",
        chinese: "下转年目标"),
      LeverKey(
        "up-weight", .number(unit: "", 0...100), "weight of registered referrals up",
        chinese: "登记上转权重"),
      LeverKey(
        "up-target", .number(unit: "", 0...1e6), "registered referrals an institution sends a year",
        chinese: "登记上转年目标"),
      LeverKey(
        "drug-weight", .number(unit: "", 0...100), "weight of the drug share", chinese: "药占比权重"),
      LeverKey(
        "drug-target", .number(unit: "share", 0...1), "drug share not to be passed",
        chinese: "药占比目标"),
      LeverKey(
        "first-grade", .number(unit: "share", 0...1), "score from which the grade is excellent",
        chinese: "优秀分数线"),
      LeverKey("second-grade", .number(unit: "share", 0...1), "score of good", chinese: "良好分数线"),
      LeverKey("third-grade", .number(unit: "share", 0...1), "score of fair", chinese: "合格分数线"),
      LeverKey("first-share", .number(unit: "", 0...100), "award of excellent", chinese: "优秀奖励份额"),
      LeverKey("second-share", .number(unit: "", 0...100), "award of good", chinese: "良好奖励份额"),
      LeverKey("third-share", .number(unit: "", 0...100), "award of fair", chinese: "合格奖励份额"),
      LeverKey(
        "referral-response", .number(unit: "1/CNY", 0...1),
        "log odds of registering a referral per CNY it is worth", chinese: "登记转诊对奖励的反应"),
    ])

  package let institutions: [Int]
  package let withheld: Double
  package let downWeight: Double
  package private(set) var downTarget: Double
  package let upWeight: Double
  package private(set) var upTarget: Double
  package let drugWeight: Double
  package let drugTarget: Double
  let grades: [(score: Double, share: Double)]
  package let referralResponse: Double

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    withheld = settings.number("withheld")
    downWeight = settings.number("down-weight")
    downTarget = settings.number("down-target")
    upWeight = settings.number("up-weight")
    upTarget = settings.number("up-target")
    drugWeight = settings.number("drug-weight")
    drugTarget = settings.number("drug-target")
    grades = ["first", "second", "third"].map {
      (settings.number("\($0)-grade"), settings.number("\($0)-share"))
    }
    referralResponse = settings.number("referral-response")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    var rule = self
    rule.downTarget = model.sample.part(of: downTarget)
    rule.upTarget = model.sample.part(of: upTarget)
    policies.payment.assessments.append(rule)
    policies.payment.isActive = true
  }

  /// 0...1; 1 where nothing is asked.
  package func score(_ record: AssessmentAccount.Record, yearShare: Double) -> Double {
    let weights = downWeight + upWeight + drugWeight
    guard weights > 0 else { return 1 }
    func reached(_ done: Int64, _ target: Double) -> Double {
      let due = target * yearShare
      return due > 0 ? min(1, Double(done) / due) : 1
    }
    let share = record.drugShare
    let thrift = share > drugTarget ? drugTarget / share : 1
    return
      (downWeight * reached(record.down, downTarget) + upWeight * reached(record.up, upTarget)
      + drugWeight * thrift) / weights
  }

  /// The award of the grade that a score earns; the fourth grade earns none.
  package func awardShare(score: Double) -> Double {
    grades.first { score >= $0.score }?.share ?? 0
  }
}
