// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns
import Foundation
import SensitivityAnalysis
import Testing

/// Crossed draws and replications with planted components, and what is said of them.
@Suite struct UncertaintyTests {
  static let isLong = ProcessInfo.processInfo.environment["YILIAN_LONG"] == "1"

  @Test("the mean squares of a table done by hand give its components")
  func byHand() {
    // Row means 2, 6 and 10, column means 4 and 8; what is left is 1, -1, 1, -1, -2, 2.
    let components = CrossedComponents([[1, 3], [5, 7], [6, 14]])
    #expect(components.mean == 6 && components.drawMeans == [2, 6, 10])
    // Mean squares of draws 2 × 16, of replications 3 × 8, of the rest 12 ÷ 2.
    #expect(components.parameterVariance == (32.0 - 6) / 2)
    #expect(components.commonNoiseVariance == (24.0 - 6) / 3)
    #expect(components.ownNoiseVariance == 6)
    // A shift of one replication is run noise, of one draw the parameters', whatever the rest.
    let shifted = CrossedComponents([[1, 103], [5, 107], [6, 114]])
    #expect(shifted.parameterVariance == components.parameterVariance)
    #expect(shifted.ownNoiseVariance == components.ownNoiseVariance)
  }

  /// The chance of fewer is below 1e-5 for an interval that covers at 95 %: 101 of 120, 926 of 1000. An
  /// interval that left out the common noise of 4 replications would cover about 75 %.
  @Test(
    "intervals of the mean and of each share cover the planted value at their rate",
    arguments: [PlantedOutcome.Shape.normal, .uniform])
  func coverage(shape: PlantedOutcome.Shape) {
    let count = Self.isLong ? 1000 : 120
    let (parameters, common, own) = (1.0, 0.5, 1.0)
    let effect = PlantedOutcome(
      mean: 1, parameters: parameters, common: common, own: own, shape: shape)
    let middle = PlantedOutcome(
      mean: 10, parameters: 2, common: 1, own: 0.5, shape: shape, name: "middle")
    let noise = common * common + own * own
    let all = 0.25 + (4 + 0.25) + (1.25 + noise / 4)
    let truth = [1 / (1 + noise), 0.25 / all, 4.25 / all, (1.25 + noise / 4) / all, 1]
    var covered = [0, 0, 0, 0, 0]
    for number in 0..<count {
      let one = CrossedComponents(effect.values(draws: 64, replications: 4, case: number))
      let shares = VarianceShares(
        effect: one,
        middle: CrossedComponents(middle.values(draws: 64, replications: 4, case: number)))
      let mean = one.meanInterval()
      let intervals =
        [shares.ofEffect, shares.scenario, shares.parameters, shares.noise]
        .map { ($0.low, $0.high) } + [(mean.low, mean.high)]
      for (place, interval) in intervals.enumerated()
      where interval.0 <= truth[place] && truth[place] <= interval.1 {
        covered[place] += 1
      }
    }
    let least = Self.isLong ? 926 : 101
    #expect(covered.allSatisfy { $0 >= least }, "\(covered) of \(count)")
  }

  /// How often a verdict says of planted effects what is not so, and how often each is given.
  private func verdicts(
    _ planted: PlantedOutcome, matters: Double? = nil, cases: Int = 300
  ) -> (wrong: Int, words: [String: Int]) {
    var wrong = 0
    var words: [String: Int] = [:]
    for number in 0..<cases {
      let effects = planted.effects(draws: 64, case: number)
      let (least, greatest) = (effects.min()!, effects.max()!)
      let verdict = EffectVerdict(
        DrawEffects(
          CrossedComponents(planted.outcomes(of: effects, replications: 4, case: number))),
        matters: matters)
      words[verdict.word, default: 0] += 1
      let isWrong =
        switch verdict {
        case .robustUp: least <= 0
        case .robustDown: greatest >= 0
        case .undetermined: least >= 0 || greatest <= 0
        case .none: max(-least, greatest) >= matters ?? 0
        case .unclear, .formDependent: false
        }
      if isWrong { wrong += 1 }
    }
    return (wrong, words)
  }

  /// Of 300 cases at an error rate of 5 % (2.5 % on either side) more than 32 have a chance of 1e-5.
  @Test(
    "a verdict is wrong in at most one case of twenty",
    arguments: [
      // No effect at all; none on average; one that is just not robust; nearly none; one that just is.
      (0.0, 0.0, 0.3, 1.0), (0.0, 1.0, 0.3, 1.0), (1.7, 1.0, 0.1, 1.0), (0.0, 0.2, 0.1, 2.0),
      (2.0, 1.0, 0.3, 1.0),
    ])
  func verdictErrors(mean: Double, parameters: Double, common: Double, own: Double) {
    let planted = PlantedOutcome(
      mean: mean, parameters: parameters, common: common, own: own, shape: .uniform)
    let found = verdicts(planted)
    #expect(found.wrong <= 32, "\(found)")
  }

  @Test("each verdict is given where it is due")
  func verdictPower() {
    func share(_ word: String, _ planted: PlantedOutcome, matters: Double? = nil) -> Double {
      Double(verdicts(planted, matters: matters, cases: 100).words[word] ?? 0) / 100
    }
    let noise = (common: 0.3, own: 1.0)
    func planted(_ mean: Double, _ parameters: Double) -> PlantedOutcome {
      PlantedOutcome(
        mean: mean, parameters: parameters, common: noise.common, own: noise.own, shape: .uniform)
    }
    // Of all 64 draws at once: further from zero than a single draw would have to be.
    #expect(share("robust up", planted(5, 1)) > 0.9)
    #expect(share("robust down", planted(-5, 1)) > 0.9)
    #expect(share("undetermined", planted(0, 2)) > 0.9)
    #expect(share("none", planted(0, 0.1), matters: 4) > 0.9)
    #expect(share("unclear", planted(0.3, 0.1)) > 0.8)
    // What does nothing anywhere is none without a size that matters.
    let nothing = CrossedComponents(Array(repeating: [0, 0], count: 10))
    #expect(EffectVerdict(DrawEffects(nothing), matters: nil) == .none)
    // Noise tells how many more replications would do.
    let close = CrossedComponents(
      planted(0.3, 0).values(draws: 64, replications: 4, case: 1))
    if case .unclear(let more) = EffectVerdict(DrawEffects(close), matters: nil) {
      #expect(more.map { $0 > 4 } ?? true)
    }
  }

  private static let sample = LatinHypercube.points(64, columns: 150, seed: 3, exchanges: 0)

  /// Outcomes that follow the first inputs in straight lines, and noise.
  private func outcomes(_ slopes: [Double], case number: Int) -> [[Double]] {
    let noise = PlantedOutcome(parameters: 0.15, common: 0.3, own: 0.6, name: "inputs")
    let effects = noise.effects(draws: 64, case: number).enumerated().map { draw, effect in
      effect + zip(slopes, Self.sample[draw]).reduce(0) { $0 + $1.0 * ($1.1 - 0.5) }
    }
    return noise.outcomes(of: effects, replications: 4, case: number)
  }

  /// Of 200 cases at 5 %, more than 26 have a chance of 1e-5.
  @Test("of 150 inputs that do nothing, any is named in at most one case of twenty")
  func falseNames() {
    let count = Self.isLong ? 1000 : 200
    let named = (0..<count).count {
      !InfluentialInputs(Self.sample, outcomes: outcomes([], case: $0)).inputs.isEmpty
    }
    #expect(named <= (Self.isLong ? 82 : 26), "\(named) of \(count)")
  }

  /// Shares of 3 planted slopes: each found, few others named, shares within their intervals. A rate of
  /// 10 % of false names would be seen in 100 cases.
  @Test("three inputs of 150 are found, with their shares and signs")
  func planted() {
    let slopes = [3.0, -2.0, 1.5]
    let count = Self.isLong ? 200 : 30
    let variances = slopes.map { $0 * $0 / 12 }
    let all = variances.reduce(0, +) + 0.15 * 0.15
    var (found, falseNamed, covered, told) = (0, 0, 0, 0)
    for number in 0..<count {
      let inputs = InfluentialInputs(Self.sample, outcomes: outcomes(slopes, case: number)).inputs
      if inputs.contains(where: { $0.index > 2 }) { falseNamed += 1 }
      if Set(inputs.map(\.index)).isSuperset(of: [0, 1, 2]) { found += 1 }
      for input in inputs where input.index < 3 {
        told += 1
        let truth = variances[input.index] / all
        if input.share.low <= truth, truth <= input.share.high { covered += 1 }
        #expect((input.slope.value > 0) == (slopes[input.index] > 0))
      }
    }
    #expect(Double(found) / Double(count) > 0.95)
    #expect(Double(falseNamed) / Double(count) < (Self.isLong ? 0.12 : 0.27), "\(falseNamed)")
    #expect(Double(covered) / Double(told) > 0.85, "\(covered) of \(told)")
  }
}
