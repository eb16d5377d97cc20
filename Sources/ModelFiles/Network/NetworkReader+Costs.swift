// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways

extension NetworkReader {
  /// `cost: {rostered: 50 /h, busy: 20 /h, overtime: 25 /h, use: 3}` of a resource, in any money.
  func cost(of section: ModelSection, isUnlimited: Bool) -> ResourceCost? {
    guard let cost = section.sectionIfPresent("cost") else { return nil }
    var result = ResourceCost()
    let perTime = ModelUnit("1/\(timeUnitName)")
    func rate(_ key: String) -> Double {
      cost.numberIfPresent(key, perTime, in: ModelSection.zeroOrMore) ?? 0
    }
    result.rostered = rate("rostered")
    result.busy = rate("busy")
    result.overtime = rate("overtime")
    result.use = cost.numberIfPresent("use", in: ModelSection.zeroOrMore) ?? 0
    if isUnlimited, result.rostered > 0 {
      cost.fault(
        "rostered", "is of a capacity without limit", "leave it out: busy counts what is used")
    }
    return result
  }
}
