// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import OutputAnalysis
import Randomness
import SensitivityAnalysis
import Testing

@Suite("rank correlation")
struct RankCorrelationTests {
  @Test("is 1 of what only rises, −1 of what only falls, and nothing of what stands still")
  func ends() throws {
    let points = (0..<20).map { [Double($0), 3.0] }
    let rising = RankCorrelation(points: points, values: points.map { exp($0[0]) })
    #expect(try #require(rising.plain[0]).interval.estimate == 1)
    #expect(rising.plain[1] == nil && rising.partial == nil)
    let falling = RankCorrelation(points: points, values: points.map { -$0[0] })
    #expect(try #require(falling.plain[0]).interval.estimate == -1)
    #expect(try #require(falling.plain[0]).pValue < 1e-9)
    #expect(RankCorrelation(points: points, values: points.map { _ in 1 }).plain[0] == nil)
  }

  /// By hand: ranks 1, 2.5, 2.5, 4, 5, 6, 7, 8 against 2, 1, 3, 4, 6, 5, 8, 7.
  @Test("with ties is that of mean ranks")
  func ties() throws {
    let found = RankCorrelation(
      points: [10, 20, 20, 30, 40, 50, 60, 70].map { [$0] }, values: [2, 1, 3, 4, 6, 5, 8, 7])
    // Σ(x − x̄)(y − ȳ) = 38, Σ(x − x̄)² = 41.5, Σ(y − ȳ)² = 42.
    let rho = try #require(found.plain[0]).interval.estimate
    #expect(abs(rho - 38 / (41.5 * 42).squareRoot()) < 1e-12)
  }

  /// Two normal variables of correlation r: Spearman's is 6/π · asin(r/2).
  @Test("is held by its interval at its rate", arguments: [0.0, 0.5, 0.9])
  func coverage(correlation: Double) throws {
    let exact = 6 / Double.pi * asin(correlation / 2)
    var (holding, told) = (0, 0)
    for trial in 0..<2000 {
      var stream = RandomStream(
        RandomRoot(seed: 3, replication: 0), Purpose("pair"), owner: UInt64(trial))
      let points = (0..<60).map { _ in [stream.normal(), stream.normal()] }
      let values = points.map {
        correlation * $0[0] + (1 - correlation * correlation).squareRoot() * stream.normal()
      }
      let found = RankCorrelation(points: points, values: values)
      let first = try #require(found.plain[0])
      if first.interval.contains(exact) { holding += 1 }
      // The second factor does nothing: told in 5 % of trials, by both coefficients.
      let partial = try #require(found.partial)
      if partial[1].pValue < 0.05 { told += 1 }
    }
    // Of 2,000: a rate of 0.95 below 0.93, or of 0.05 beyond 0.07, has a chance of 10⁻⁴.
    #expect(holding >= 1860 && holding <= 1970 && told <= 140 && told >= 60)
  }

  /// A factor that hangs together with one that acts looks as if it acted; the partial one does not.
  @Test("a partial one leaves out what another factor explains")
  func partial() throws {
    var stream = RandomStream(RandomRoot(seed: 8, replication: 0), Purpose("partial"), owner: 0)
    let points = (0..<400).map { _ in
      let first = stream.normal()
      return [first, first + 0.5 * stream.normal()]
    }
    let found = RankCorrelation(
      points: points, values: points.map { 2 * $0[0] + 0.2 * stream.normal() })
    #expect(try #require(found.plain[1]).interval.low > 0.8)
    let partial = try #require(found.partial)
    #expect(partial[0].interval.low > 0.9 && abs(partial[1].interval.estimate) < 0.2)
    // A column twice: the matrix has no inverse.
    let twice = RankCorrelation(
      points: points.map { [$0[0], $0[0]] }, values: points.map { $0[0] * $0[1] })
    #expect(twice.partial == nil)
  }

  @Test("run noise makes correlations smaller, never larger")
  func noise() throws {
    let points = PlantedModel.points(200, columns: 2, trial: 1)
    var last = 1.0
    for sd in [0.0, 0.5, 2] {
      let noise = PlantedModel.Noise(common: 5, sloped: 0, own: sd, replications: 1)
      let values = points.enumerated().map {
        noise.trial(4).values(of: $1[0], at: $1, owner: $0)[0]
      }
      let rho = try #require(RankCorrelation(points: points, values: values).plain[0])
      #expect(rho.interval.estimate <= last)
      last = rho.interval.estimate
    }
    #expect(last < 0.3)
  }

  @Test("the share of run noise is found")
  func share() throws {
    let points = PlantedModel.points(2000, columns: 1, trial: 2)
    let noise = PlantedModel.Noise(common: 5, sloped: 0, own: 0.5, replications: 5)
    let values = points.enumerated().map {
      noise.trial(6).values(of: $1[0], at: $1, owner: $0)
    }
    let found = try #require(ReplicatedNoise(values))
    // Between points 1/12, and of means 0.25 / 5.
    #expect(abs(found.betweenPoints - 1 / 12.0) < 0.01 && abs(found.ofMeans - 0.05) < 0.004)
    #expect(abs(found.share - 0.375) < 0.04)
    #expect(ReplicatedNoise([[1], [2]]) == nil)
  }
}
