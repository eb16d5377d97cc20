// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles

/// The change of each replication as a share of the baseline's mean, such that their mean is the ratio of
/// the means less one, exactly, and their scatter that of the ratio (delta method): with the means X̄ and
/// B̄ and ρ = X̄ ÷ B̄, it is ρ − 1 + (x − ρ b) ÷ B̄. Not defined where B̄ is zero.
func relativeChanges(_ own: [Double], _ base: [Double]) -> [Double] {
  let (mean, baseMean) = (
    own.reduce(0, +) / Double(own.count), base.reduce(0, +) / Double(base.count)
  )
  guard baseMean != 0 else { return own.map { _ in .nan } }
  let ratio = mean / baseMean
  return zip(own, base).map { ratio - 1 + ($0 - ratio * $1) / baseMean }
}

extension ExperimentPlan {
  /// The scenario with which one is compared; `nil` of the baseline itself.
  func baseline(of scenario: String) -> String? {
    let names = scenarioNames
    guard let place = names.firstIndex(of: scenario) else { return nil }
    let other = points[points[place].baseline].scenario
    return other == scenario ? nil : other
  }
}
