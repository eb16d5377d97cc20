// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// Care begins at a primary institution: who goes higher without having been sent may not, or pays
/// for it.
///
/// No document proposes it; it is the upper bound of what rules can do to first visits. Strict, the
/// choice of who has not been sent ends at the primary tiers, unless none there offers the care.
/// With a penalty, insurance pays him less at higher ones, and he weighs that. Whoever was sent on,
/// by a registered referral or by advice, found no drugs or gave up waiting for a bed, is through the
/// gate for the rest of the episode. Emergencies are, listed ages and, if so stated, contracted
/// residents.
///
/// Assumed (grade C, to be swept): the share of people who observe it. A person does or does not, by
/// a rank of his own, so that a larger share takes in the smaller.
package struct Gatekeeping: Lever {
  package static let schema = LeverSchema(
    name: "gatekeeping",
    nameChinese: "基层首诊（守门人制度）",
    mechanism: """
      Who has not been sent up chooses among primary institutions alone, or has the rate of insurance \
      cut at higher ones. Emergencies, listed ages and, if stated, contracted residents are exempt.
      """,
    mechanismChinese: """
      未经转诊者只能在基层机构就诊，或在上级机构就诊时降低报销比例。急诊、所列年龄组以及（如规定）签约居民除外。
      """,
    evidence: LeverEvidence(
      .c, "An upper bound: in no document; who observes it is assumed.",
      chinese: "上限情景：来源文件未提出；执行程度为假定。"),
    keys: [
      LeverKey(
        "rule", .choice(["strict", "penalty"]), "no care above without referral, or less paid",
        chinese: "未经转诊不得到上级机构就诊（strict），或降低报销（penalty）"),
      LeverKey(
        "care", .choice(["outpatient", "inpatient", "both"]),
        "the needs it applies to, refills among those of outpatients",
        chinese: "适用的医疗类别：门诊（含续方）、住院或两者"),
      BenefitKeys.schemes,
      LeverKey(
        "rate-cut", .number(unit: "share", 0...1),
        "the share of the rate that is taken away under penalty; none if left out",
        chinese: "按 penalty 规则扣减报销比例的份额；省略为不扣", isOptional: true),
      LeverKey(
        "observed-share", .number(unit: "share", 0...1),
        "share of people of whom it is asked; assumed", chinese: "实际执行所及的居民比例（假定）"),
      LeverKey(
        "exempt-ages", .ages, "age groups that are exempt; none if left out",
        chinese: "豁免的年龄组；省略为无", isOptional: true),
      LeverKey(
        "exempts-contracted", .flag, "whether contracted residents are exempt; not if left out",
        chinese: "签约居民是否豁免；省略为否", isOptional: true),
    ])

  package let isStrict: Bool
  package let care: [CareKind]
  package let schemes: [Int]
  package let rateCut: BillShare
  package let observedShare: Double
  package let exemptAges: [Int]
  package let exemptsContracted: Bool

  package init(_ settings: LeverSettings) {
    isStrict = settings.choices["rule"] == "strict"
    let scope = BenefitScope(settings)
    care = scope.care
    schemes = scope.schemes
    rateCut = BillShare(settings.numbers["rate-cut"] ?? 0)
    observedShare = settings.number("observed-share")
    exemptAges = settings.ages["exempt-ages"] ?? []
    exemptsContracted = settings.flags["exempts-contracted"] ?? false
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    guard observedShare > 0, isStrict || rateCut != .none else { return }
    policies.gatekeepers.append(self)
  }

  /// Whether a person is asked to begin at a primary institution.
  ///
  /// - Parameter rank: the person's own, in [0, 1).
  package func holds(_ resident: Resident, _ kind: CareKind, rank: Double) -> Bool {
    rank < observedShare && care.contains(kind) && schemes.contains(Int(resident.scheme))
      && !exemptAges.contains(Int(resident.ageGroup))
      && !(exemptsContracted && resident.hasContract)
  }

  /// Enters in a claim what it costs to be treated above without having been sent.
  ///
  /// - Parameter key: of the person's random numbers.
  @inline(never)
  static func mark(
    _ claim: inout InsuranceClaim, _ visit: Visit, _ resident: Resident, at tier: Tier,
    _ policies: [Gatekeeping], key: UInt64, _ root: RandomRoot
  ) {
    guard !tier.isPrimary, !claim.isReferred, claim.stage == .admission,
      visit.flags.isDisjoint(with: [.isEmergency, .isThroughGate]),
      let cut = rateCut(policies, isStrict: false, resident, claim.kind, key: key, root)
    else { return }
    claim.rateCut = max(claim.rateCut, cut)
  }

  /// What the first policy of a kind that holds a person cuts from his rate; `nil` if none does.
  ///
  /// - Parameter key: of the person's random numbers.
  @inline(never)
  static func rateCut(
    _ policies: [Gatekeeping], isStrict: Bool, _ resident: Resident, _ kind: CareKind,
    key: UInt64, _ root: RandomRoot
  ) -> BillShare? {
    var draw = RandomStream(root, Draw.gatekeeping, owner: key)
    let rank = draw.uniform()
    for policy in policies
    where policy.isStrict == isStrict && policy.holds(resident, kind, rank: rank) {
      return policy.rateCut
    }
    return nil
  }
}
