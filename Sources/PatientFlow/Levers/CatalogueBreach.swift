// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// What follows when a case on the catalogue of a lower tier is treated higher up without a
/// registered referral: insurance pays less, the hospital pays back, or both.
///
/// On the catalogue is a share of the needs that the lower tier can treat. Emergencies, refills and
/// patients moved down breach nothing.
package struct CatalogueBreach: Lever {
  package static let schema = LeverSchema(
    name: "catalogue-breach", nameChinese: "分级诊疗病种目录与违规扣减",
    mechanism: """
      A case on a lower tier's catalogue that is treated higher without a registered referral has its \
      rate cut, and the hospital may pay back a share. Patients who expect the cut choose lower; \
      hospitals lose money on such cases.
      """,
    mechanismChinese:
      "属于下级机构病种目录的病例未经登记转诊而在上级机构诊治的，降低或取消报销，并可按比例扣回医院基金支付。患者预期自付增加而选择下级机构，医院收治此类病例受损。",
    claims: ["DD-018", "GY-035"],
    evidence: LeverEvidence(
      .c, "the rule is published; the share of cases listed and the cut are assumed",
      chinese: "规则有文献；目录内病例占比与降幅为假设"),
    keys: [
      LeverKey(
        "catalogue", .choice(["village", "township", "community", "county"]),
        "the tier whose catalogue it is", chinese: "目录所属的机构级别"),
      LeverKey(
        "tiers", .tiers, "the tiers at which treating such a case is a breach",
        chinese: "在哪些级别诊治即属违规"),
      BenefitKeys.optionalCare, BenefitKeys.schemes,
      LeverKey(
        "listed-share", .number(unit: "share", 0...1),
        "of the needs that the lower tier can treat, the share that its catalogue lists",
        chinese: "下级机构能诊治的病例中列入目录的比例"),
      LeverKey(
        "rate-cut", .number(unit: "share", 0...1),
        "the share of the rate that is taken away; 1 is all, and none if left out",
        chinese: "报销比例扣减的份额；1 为全部取消，省略为不扣", isOptional: true),
      LeverKey(
        "penalty", .number(unit: "share", 0...1),
        "the share of the fund's payment that the hospital pays back; none if left out",
        chinese: "医院退回基金支付的比例；省略为不退", isOptional: true),
    ])

  let catalogue: Tier
  let scope: BenefitScope
  let listedShare: Double
  let rateCut: BillShare
  let penaltyShare: BillShare

  package init(_ settings: LeverSettings) {
    catalogue = settings.choices["catalogue"].flatMap(Tier.init(named:)) ?? .township
    scope = BenefitScope(settings)
    listedShare = settings.number("listed-share")
    rateCut = BillShare(settings.numbers["rate-cut"] ?? 0)
    penaltyShare = BillShare(settings.numbers["penalty"] ?? 0)
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    // Without a cut or a penalty there is nothing to look for.
    if rateCut != .none || penaltyShare != .none { policies.breaches.append(self) }
  }

  /// - Parameter listing: where in [0, 1) the case stands on the list of needs.
  package func isBreached(
    by claim: InsuranceClaim, at tier: Tier, severity: Double, scope lower: Double,
    listing: Double
  ) -> Bool {
    !claim.isReferred && tier.rawValue > catalogue.rawValue && severity <= lower
      && listing < listedShare && scope.tiers.contains(tier) && scope.care.contains(claim.kind)
      && scope.schemes.contains(Int(claim.scheme))
  }
}

extension CatalogueBreach {
  /// Enters in a claim what breaches of catalogues cost it; of several, the worst.
  @inline(never)
  static func mark(
    _ claim: inout InsuranceClaim, _ visit: Visit, at tier: Tier, _ breaches: [CatalogueBreach],
    catalogues: [TierProfile], _ root: RandomRoot
  ) {
    guard visit.careClass != .refill, !visit.flags.contains(.isEmergency),
      claim.stage != .transferDown
    else { return }
    // One draw for the episode: a case is on the list or not, wherever the patient goes.
    var draw = RandomStream(root, Draw.catalogue, owner: visit.owner, episode: visit.episode)
    let listing = draw.uniform()
    for breach in breaches
    where breach.isBreached(
      by: claim, at: tier, severity: Double(visit.severity),
      scope: catalogues[breach.catalogue.row].scope, listing: listing)
    {
      claim.rateCut = max(claim.rateCut, breach.rateCut)
      claim.penaltyShare = max(claim.penaltyShare, breach.penaltyShare)
    }
  }
}
