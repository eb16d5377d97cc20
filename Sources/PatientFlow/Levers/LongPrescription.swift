// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness

/// Chronic patients of some ages may have drugs for longer at one refill.
///
/// Who takes it up is a keyed draw of each person, the same in every scenario. The next refill falls
/// due later, and the drugs of a refill cost as much more as they last longer.
///
/// Claims served: BJ-027, BJ-028.
package struct LongPrescription: Lever {
  package static let schema = LeverSchema(
    name: "long-prescription", nameChinese: "长处方",
    mechanism: """
      Eligible chronic patients who take it up get drugs for more days, so refills fall due less \
      often and each costs as much more. Fewer refills mean fewer visits, mostly at primary tiers.
      """,
    mechanismChinese: """
      符合年龄条件并采用长处方的慢病患者一次取药天数增加，复诊取药间隔延长，单次药费相应增加。取药次数减少，门诊量随之减少，主要在基层。
      """,
    claims: ["BJ-027", "BJ-028"],
    evidence: LeverEvidence(
      .b, "the interval is a published rule (BJ-027); uptake is assumed",
      chinese: "间隔为公布规则（BJ-027）；使用比例为假设"),
    keys: [
      LeverKey("ages", .ages, "the age groups that may have it", chinese: "适用年龄组"),
      LeverKey("days", .number(unit: "d", 1...365), "that drugs last", chinese: "处方天数"),
      LeverKey(
        "uptake", .number(unit: "share", 0...1), "share of the eligible who take it up",
        chinese: "符合条件者的采用比例"),
    ])

  let ages: UInt64
  let days: Double
  let uptake: Double

  package init(_ settings: LeverSettings) {
    var ages: UInt64 = 0
    for age in settings.ages["ages"] ?? [] { ages |= 1 << UInt64(age) }
    self.ages = ages
    days = settings.number("days")
    uptake = settings.number("uptake")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    policies.longPrescriptions.append(self)
  }

  /// Days from one refill of a person to the next.
  ///
  /// - Parameter key: of the person's random numbers.
  @inline(never)
  static func interval(
    _ policies: [LongPrescription], of resident: Resident, key: UInt64, usual: Double,
    _ root: RandomRoot
  ) -> Double {
    var draw = RandomStream(root, Draw.longPrescription, owner: key)
    let uniform = draw.uniform()
    var days = usual
    for policy in policies
    where policy.ages & (1 << UInt64(resident.ageGroup)) != 0 && uniform < policy.uptake {
      days = max(days, policy.days)
    }
    return days
  }
}
