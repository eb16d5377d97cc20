// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// The onsets of one need among the residents of one town: a Poisson process of its own, counted
/// and keyed by its own name, so that no other source and no policy changes it.
package struct OnsetSource: BitwiseCopyable {
  package var town: UInt16
  package var need: UInt16
  package var profile: UInt16
  /// Onsets per factor-day.
  package var ratePerDay: Double
  /// Keys of the draws: the source's name, hashed.
  package var owner: UInt64
  /// Integral of the profile at the last onset, in factor-days.
  package var level = 0.0
  package var day = 0
  /// The number of the next onset; the first is 1.
  package var onset: UInt64 = 0
  /// Row of the person whom it befalls.
  package var resident: UInt32 = 0

  /// Moves on to the next onset; `nil` when there is none before the calendar ends.
  package mutating func next(_ calendar: DemandCalendar, _ root: RandomRoot) -> SimulationTime? {
    guard ratePerDay > 0 else { return nil }
    onset += 1
    var stream = RandomStream(root, Draw.onsetGap, owner: owner, episode: onset)
    level += stream.exponential() / ratePerDay
    return calendar.instant(level: level, profile: Int(profile), from: &day)
  }
}

extension OnsetSource {
  /// Every source of a region, and for each the cumulative relative weights of the age groups.
  ///
  /// The stated rate is the mean over the whole population, whatever its ages; a risk that is
  /// higher in some is kept at its mean by drawing at the higher rate and thinning.
  package static func all(
    _ model: RegionModel, _ population: Population
  ) -> (sources: [OnsetSource], ageWeights: [Double]) {
    let ages = model.population.ageGroups.count
    var sources: [OnsetSource] = []
    var weights: [Double] = []
    for (number, need) in model.needs.enumerated() {
      let uncontrolled = model.population.uncontrolledHypertensives(weightedBy: need.relativeRates)
      let thinning =
        need.uncontrolledRelativeRisk
        / (1 + (need.uncontrolledRelativeRisk - 1) * uncontrolled)
      let meanWeight = zip(model.population.ageShares, need.relativeRates)
        .reduce(0) { $0 + $1.0 * $1.1 }
      for (town, settlement) in model.towns.enumerated() {
        var sum = 0.0
        for age in 0..<ages {
          sum += Double(population.rows(town: town, age: age).count) * need.relativeRates[age]
          weights.append(sum)
        }
        sources.append(
          OnsetSource(
            town: UInt16(town), need: UInt16(number),
            profile: UInt16(model.needProfiles[number]),
            ratePerDay: need.ratePerYear / 365.25 * sum / meanWeight * thinning,
            owner: Purpose("onset", settlement.name, need.name).rawValue))
      }
    }
    return (sources, weights)
  }
}
