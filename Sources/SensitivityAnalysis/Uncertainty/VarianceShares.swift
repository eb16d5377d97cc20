// SPDX-License-Identifier: GPL-3.0-or-later

import CGSL
import Foundation
import OutputAnalysis
import Randomness

/// A number with its interval.
public struct Estimate: Hashable, Sendable {
  public var value: Double
  public var low: Double
  public var high: Double

  public init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }
}

/// How the variance of an outcome is shared out: to what is changed, to parameters, to run noise.
///
/// Intervals come from generalised pivotal quantities: each mean square is its expectation times a χ²
/// over its degrees of freedom, so dividing the observed ones by drawn χ² gives expectations that would
/// have gone with them, and from these the shares. Draws whose means have long tails have fewer
/// degrees of freedom than their number says: 2 ÷ (2 ÷ (D − 1) + κ ÷ D) with their excess kurtosis κ,
/// where that is above 0.
///
/// Sources: Burdick, Borror and Montgomery, *Design and Analysis of Gauge R&R Studies*, 2005, chapter 3
/// and appendix B (generalised intervals of a crossed design); Shoemaker, *The American Statistician* 57
/// (2003) 103–110, equation 6 (degrees of freedom by the kurtosis).
public struct VarianceShares: Sendable {
  /// Of an effect, scenario less baseline: what parameters have of its variance over draws and
  /// replications; run noise of one replication has the rest.
  public let ofEffect: Estimate
  /// Of an outcome under the scenario or its baseline, each as often, at any draw and replication: what
  /// the scenario, the parameters and the run noise of one replication have of its variance.
  public let scenario: Estimate
  public let parameters: Estimate
  public let noise: Estimate

  private static let drawn = 1000

  /// - Parameters:
  ///   - effect: Scenario less baseline.
  ///   - middle: The mean of scenario and baseline, from which either lies half the effect away.
  public init(
    effect: CrossedComponents, middle: CrossedComponents, confidence: Double = 0.95
  ) {
    var effectPivots = Pivots(effect, owner: 0)
    var middlePivots = Pivots(middle, owner: 1)
    let own = Self.parts(
      effectMean: effect.mean, effect.parameterVariance, effect.noiseVariance,
      middle.parameterVariance, middle.noiseVariance,
      meanError: max(
        0, effect.drawSquare + effect.replicationSquare - effect.restSquare)
        / Double(effect.draws * effect.replications))
    var samples: [[Double]] = Array(repeating: [], count: 4)
    for index in 0..<Self.drawn {
      let (one, other) = (effectPivots.next(index), middlePivots.next(index))
      let parts = Self.parts(
        effectMean: one.mean, one.parameters, one.noise, other.parameters, other.noise,
        meanError: 0)
      for (place, part) in parts.enumerated() { samples[place].append(part) }
    }
    let estimates = zip(own, samples).map { value, sample in
      Estimate(percentiles: sample, value: value, confidence: confidence)
    }
    (ofEffect, scenario, parameters, noise) = (
      estimates[0], estimates[1], estimates[2], estimates[3]
    )
  }

  /// The share of parameters in the effect, then the three shares of the outcome. Of two arms that each
  /// stand for half, an effect μ makes a variance of μ² ÷ 4.
  private static func parts(
    effectMean: Double, _ effectParameters: Double, _ effectNoise: Double,
    _ middleParameters: Double, _ middleNoise: Double, meanError: Double
  ) -> [Double] {
    let scenario = max(0, effectMean * effectMean - meanError) / 4
    let parameters = middleParameters + effectParameters / 4
    let noise = middleNoise + effectNoise / 4
    let (effect, all) = (effectParameters + effectNoise, scenario + parameters + noise)
    func share(_ part: Double, of whole: Double) -> Double { whole > 0 ? part / whole : 0 }
    return [
      share(effectParameters, of: effect), share(scenario, of: all), share(parameters, of: all),
      share(noise, of: all),
    ]
  }
}

extension Estimate {
  /// The ends between which the middle of a sample lies.
  init(percentiles sample: [Double], value: Double, confidence: Double) {
    let sorted = sample.sorted()
    self.value = value
    guard !sorted.isEmpty else {
      (low, high) = (value, value)
      return
    }
    let tail = (1 - confidence) / 2
    low = gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, tail)
    high = gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, 1 - tail)
  }
}

/// Expectations that would have gone with the mean squares seen.
private struct Pivots {
  let components: CrossedComponents
  let owner: UInt64
  let drawFreedom: Double

  init(_ components: CrossedComponents, owner: UInt64) {
    self.components = components
    self.owner = owner
    let moments = SampleMoments(components.drawMeans)!
    let count = Double(components.draws)
    var kurtosis = 0.0
    if moments.variance > 0 {
      let fourth = components.drawMeans.reduce(0) { $0 + pow($1 - moments.mean, 4) } / count
      kurtosis = max(0, fourth / pow(moments.variance * (count - 1) / count, 2) - 3)
    }
    drawFreedom = 2 / (2 / (count - 1) + kurtosis / count)
  }

  mutating func next(_ index: Int) -> (mean: Double, parameters: Double, noise: Double) {
    var stream = RandomStream(
      RandomRoot(seed: 1, replication: 0), Purpose("uncertainty", "pivots"), owner: owner,
      episode: UInt64(index))
    func expectation(_ square: Double, _ freedom: Double) -> Double {
      square * freedom / gsl_cdf_chisq_Pinv(stream.uniform(), freedom)
    }
    let draw = expectation(components.drawSquare, drawFreedom)
    let replication = expectation(
      components.replicationSquare, components.replicationFreedom)
    let rest = expectation(components.restSquare, components.restFreedom)
    let (rows, columns) = (Double(components.draws), Double(components.replications))
    let error = max(draw, replication, draw + replication - rest) / (rows * columns)
    let mean = components.mean - gsl_cdf_ugaussian_Pinv(stream.uniform()) * error.squareRoot()
    return (
      mean, max(0, draw - rest) / columns, max(0, replication - rest) / rows + rest
    )
  }
}
