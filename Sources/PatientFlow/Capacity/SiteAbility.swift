// SPDX-License-Identifier: GPL-3.0-or-later

/// What policies have added to what an institution can do, beside the skill that experts leave.
package struct SiteAbility: BitwiseCopyable, Sendable {
  /// Added to the severity up to which it treats, whatever the need.
  package var scope = 0.0
  /// Added to the quality of its tier.
  package var quality = 0.0

  package init() {}
}

extension PoliciesInForce {
  /// Adds to what an institution can treat of one need.
  mutating func addScope(_ gain: Double, at institution: Int, for need: Int, _ model: RegionModel) {
    guard gain != 0 else { return }
    let needs = model.needs.count
    if needScope.isEmpty { needScope = Array(repeating: 0, count: abilities.count * needs) }
    needScope[institution * needs + need] += gain
  }
}
