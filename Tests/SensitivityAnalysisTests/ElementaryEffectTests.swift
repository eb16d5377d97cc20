// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentDesigns
import Foundation
import OutputAnalysis
import SensitivityAnalysis
import Testing

@Suite("elementary effects")
struct ElementaryEffectTests {
  private func effects(
    _ output: ([Double]) -> Double, columns: Int, trajectories: Int,
    noise: PlantedModel.Noise, trial: Int
  ) -> ElementaryEffects {
    let luck = noise.trial(trial)
    let design = MorrisTrajectories(columns: columns, seed: UInt64(trial))
    var values: [[Double]] = []
    var steps: [[ElementaryEffects.Step]] = []
    for number in 0..<trajectories {
      var own: [ElementaryEffects.Step] = []
      let points = design.trajectory(number)
      for (place, point) in points.enumerated() {
        if let step = point.step {
          let length =
            point.coordinates[step.factor] - points[place - 1].coordinates[step.factor]
          own.append(
            .init(
              factor: step.factor, before: values.count - 1, after: values.count, length: length))
        }
        values.append(
          luck.values(
            of: output(point.coordinates), at: point.coordinates, owner: values.count))
      }
      steps.append(own)
    }
    return ElementaryEffects(
      factors: columns, trajectories: steps, values: values, seed: UInt64(trial), resamples: 400)
  }

  private static let quiet = PlantedModel.Noise(common: 0, sloped: 0, own: 0, replications: 1)

  @Test("of a linear function are its coefficients, without spread")
  func linear() throws {
    let found = effects(
      { 3 * $0[0] - 2 * $0[1] + 0 * $0[2] }, columns: 3, trajectories: 10, noise: Self.quiet,
      trial: 2)
    for (effect, coefficient) in zip(found.effects, [3.0, -2, 0]) {
      let effect = try #require(effect)
      #expect(abs(effect.mean.mean - coefficient) < 1e-12)
      #expect(abs(effect.size.mean - abs(coefficient)) < 1e-12)
      #expect(effect.plainSize == effect.size.mean && effect.deviation.estimate < 1e-12)
      #expect(effect.isTold == nil)
    }
  }

  @Test("a step of another length is scaled by its own; a factor that did not move has no effect")
  func ownLength() {
    let found = ElementaryEffects(
      factors: 2,
      trajectories: [
        [.init(factor: 0, before: 0, after: 1, length: 0.5)],
        [.init(factor: 0, before: 2, after: 3, length: -0.25)],
        [.init(factor: 1, before: 0, after: 2, length: 0)],
      ], values: [[1], [2], [4], [3.5]], seed: 1)
    #expect(found.effects[0]?.mean.mean == 2 && found.effects[0]?.deviation.estimate == 0)
    #expect(found.effects[1] == nil)
  }

  /// x₀ has an effect of 4 up and down by turns, x₁ one of 2, x₂ none.
  private static func output(_ x: [Double]) -> Double {
    4 * abs(2 * x[0] - 1) * (x[1] > 0.5 ? 1 : -1) + 2 * x[1]
  }

  /// Without trial-to-trial bias: from many trajectories without noise.
  private func known() throws -> [(mean: Double, size: Double, deviation: Double)] {
    try effects(Self.output, columns: 3, trajectories: 20_000, noise: Self.quiet, trial: 1)
      .effects.map {
        let effect = try #require($0)
        return (effect.mean.mean, effect.size.mean, effect.deviation.estimate)
      }
  }

  /// In 400 trials a rate of 0.95 comes out below 0.90 with a chance under 10⁻⁴.
  @Test("intervals hold the true μ, μ* and σ at their rate, with run noise common to all points")
  func coverage() throws {
    let noise = PlantedModel.Noise(common: 3, sloped: 1, own: 0.3, replications: 4)
    let exact = try known()
    let trials = 400
    var holding = [[Int]](repeating: [0, 0, 0], count: 3)
    for trial in 0..<trials {
      let found = effects(
        Self.output, columns: 3, trajectories: 20, noise: noise, trial: trial)
      for factor in 0..<3 {
        let effect = try #require(found.effects[factor])
        let pairs = [
          (effect.mean, exact[factor].mean), (effect.size, exact[factor].size),
          (effect.deviation, exact[factor].deviation),
        ]
        for (place, (interval, truth)) in pairs.enumerated() {
          if interval.contains(truth) || abs(interval.estimate - truth) < 1e-9 {
            holding[factor][place] += 1
          }
        }
      }
    }
    #expect(holding.flatMap(\.self).allSatisfy { $0 >= 360 }, "\(holding)")
  }

  /// The plain μ* of a factor without effect is the mean size of noise; that without noise is zero on
  /// average, and told as an effect in no more than one case of forty.
  @Test("run noise is not counted as an effect")
  func noise() throws {
    let noise = PlantedModel.Noise(common: 1, sloped: 0, own: 1, replications: 4)
    var (size, plain, told, deviation) = (0.0, 0.0, 0, 0.0)
    for trial in 0..<500 {
      let found = effects(
        { $0[0] }, columns: 2, trajectories: 10, noise: noise, trial: trial)
      let effect = try #require(found.effects[1])
      size += effect.size.mean / 500
      plain += effect.plainSize / 500
      deviation += effect.deviation.estimate / 500
      if effect.isTold == true { told += 1 }
    }
    // A difference of two means of four over Δ = 2/3: sd 1.06, mean size 0.85.
    #expect(abs(plain - 0.846) < 0.04 && abs(size) < 0.05)
    // Of σ some is left, because an estimate of a variance below zero is none: less than a third.
    #expect(deviation < 0.35)
    // 2.5 % of 500; 27 or more has a chance under 10⁻³.
    #expect(told < 27)
  }

  /// Of ten factors that do nothing each is told by itself in one case of forty: some in 22 of 100 studies.
  /// Adjusted for their number it is in 5 at most, and 14 or more have a chance under 10⁻³.
  @Test("of many factors that do nothing, hardly ever any is told; one that does something is")
  func manyFactors() throws {
    let noise = PlantedModel.Noise(common: 1, sloped: 0, own: 0.3, replications: 3)
    var (wrong, right) = (0, 0)
    for trial in 0..<100 {
      let found = effects(
        { 3 * $0[0] }, columns: 11, trajectories: 8, noise: noise, trial: trial)
      if found.effects.dropFirst().contains(where: { $0?.isTold == true }) { wrong += 1 }
      if found.effects[0]?.isTold == true { right += 1 }
      let chances = found.effects.compactMap { $0?.adjustedPValue }
      #expect(chances.count == 11 && chances.allSatisfy { (0...1).contains($0) })
    }
    #expect(wrong < 14 && right > 90, "\(wrong), \(right)")
  }
}
