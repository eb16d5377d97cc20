// SPDX-License-Identifier: GPL-3.0-or-later
import PatientFlow

extension RegionReader {
  /// What the schemes pay, from one row for each scheme, care, tier and referral; what no row names
  /// is not paid for.
  func readPlan(schemes: [String]) -> InsurancePlan {
    var plan = InsurancePlan(schemes: max(1, schemes.count), tiers: Tier.count)
    let eligible = model.number("eligible-share", .share, in: 0...1)
    let isContinuous = model.flag("continuous-deductible")
    for scheme in schemes.indices {
      plan[downTransferOf: UInt8(scheme)] = isContinuous ? .continuous : .recharged
    }
    var seen: Set<[String]> = []
    for row in model.table("benefits").rows {
      let before = faults.count
      let scheme = row.text("scheme", oneOf: schemes)
      let care = row.text("care", oneOf: ["outpatient", "inpatient"])
      let tier = row.text("tier", oneOf: Self.tierNames)
      let isReferred = row.flag("referred")
      if faults.count == before,
        !seen.insert([scheme, care, tier, isReferred ? "yes" : "no"]).inserted
      {
        row.fault(
          "rule", "is the second rule for \(scheme), \(care), \(tier)", "keep one of them")
      }
      let ceiling = row.numberIfPresent("ceiling_yuan", .yuan, in: 0...10_000_000)
      let later = row.numberIfPresent("later_deductible_yuan", .yuan, in: 0...1_000_000)
      let rule = BenefitRule(
        deductible: Money(yuan: row.number("deductible_yuan", .yuan, in: 0...1_000_000)),
        laterDeductible: later.map(Money.init(yuan:)),
        rate: BillShare(row.number("rate", .share, in: 0...1)),
        annualCeiling: ceiling.map(Money.init(yuan:)) ?? .unlimited,
        eligibleShare: BillShare(
          row.numberIfPresent("eligible_share", .share, in: 0...1) ?? eligible))
      guard let place = schemes.firstIndex(of: scheme), let level = Tier(named: tier) else {
        continue
      }
      plan[
        scheme: UInt8(place), kind: care == "inpatient" ? .inpatient : .outpatient,
        tier: level.rawValue, referred: isReferred] = rule
    }
    return plan
  }
}
