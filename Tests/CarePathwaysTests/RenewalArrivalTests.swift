// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

@Suite("Renewal processes: one interval after the other")
struct RenewalArrivalTests {
  private func hours(_ values: [Double]) -> [SimulationTime] {
    values.map { .zero + .hours($0) }
  }

  @Test("the first interval begins at time 0, or is one of its own")
  func deterministic() throws {
    let interval = try Distribution.constant(1.5)
    let plain = try ArrivalCounts.network([ArrivalCounts.source(.renewal(interval))])
    #expect(ArrivalCounts.comeAt(hours([1.5, 3, 4.5, 6]), plain, hours: 7))
    let own = try ArrivalCounts.network([
      ArrivalCounts.source(.renewal(interval, first: .own(try .constant(0))))
    ])
    #expect(ArrivalCounts.comeAt(hours([0, 1.5, 3, 4.5, 6]), own, hours: 7))
  }

  @Test("an interval runs in open hours alone; one that ends with them ends at the next opening")
  func openTime() throws {
    var source = ArrivalCounts.source(.renewal(try .constant(1.5)))
    // Mondays 8 to 12 and Tuesdays 8 to 10.
    source.opening = OpeningHours(minutesOfWeek: [480..<720, 1920..<2040])
    let model = try ArrivalCounts.network([source])
    #expect(
      ArrivalCounts.comeAt(
        hours([9.5, 11, 32.5, 168 + 8, 168 + 9.5, 168 + 11, 168 + 32.5]), model, hours: 300))
    // Intervals longer than the six open hours of a week.
    source.process = .renewal(try .constant(19))
    let long = try ArrivalCounts.network([source], weekStart: .zero - .hours(9))
    // Three open hours are left of the first week's Monday.
    #expect(ArrivalCounts.comeAt(hours([504 - 9 + 10, 1008 - 9 + 11]), long, hours: 1500))
  }

  @Test("intervals are the distribution's: mean, variance, and independence of neighbours")
  func moments() throws {
    let interval = try Distribution.gamma(shape: 3, scale: 0.5)
    let model = try ArrivalCounts.network([ArrivalCounts.source(.renewal(interval))])
    // Counts over spans that are long against an interval: variance t σ²/μ³ (Cox 1962, §4.2), to
    // which a constant (about 1/6) is added; seven of 2,000 spans' standard errors, and what the
    // constant adds. Correlated or wrong intervals change it.
    let counts = ArrivalCounts.counts(model, slices: 4000, hours: 150).map(Double.init)
    let sample = try #require(SampleMoments(counts))
    let variance = 150 * 0.75 / (1.5 * 1.5 * 1.5)
    #expect(abs(sample.mean - 100) < 5.5 * (variance / 4000).squareRoot())
    #expect(abs(sample.variance - variance) < 5.5 * variance * (2 / 4000.0).squareRoot() + 0.5)
  }

  static var stationary: [Distribution] {
    get throws {
      [
        try .constant(1), try .exponential(mean: 1), try .gamma(shape: 0.4, scale: 2.5),
        try .erlang(stages: 3, mean: 1), try .uniform(low: 0, high: 2),
        try .lognormal(mean: 1, standardDeviation: 0.5),
        try .empirical(values: [0, 0.5, 2], weights: [1, 2, 2]),
        try .mixture(
          [try .exponential(mean: 0.2), try .constant(1.8)], weights: [0.5, 0.5]),
      ]
    }
  }

  /// A stationary process has t/μ arrivals in a span t wherever it begins (Cox 1962, §4.2). Means of
  /// 4,000 runs in each of six spans, five and a half standard errors by the sample's own spread:
  /// false positive 4e-8 each. Intervals from time 0 on are off by ten and more in the first spans.
  @Test("a stationary first interval makes every span alike", arguments: try stationary)
  func equilibrium(interval: Distribution) throws {
    func spans(_ first: ArrivalProcess.FirstInterval) throws -> [SampleMoments] {
      let model = try ArrivalCounts.network([
        ArrivalCounts.source(.renewal(interval, first: first))
      ])
      var counts = [[Double]](repeating: [], count: 6)
      for replication in 1...4000 {
        let slices = ArrivalCounts.counts(
          model, slices: 6, hours: 0.4, seed: 11, replication: UInt32(replication))
        for (span, count) in slices.enumerated() { counts[span].append(Double(count)) }
      }
      return try counts.map { try #require(SampleMoments($0)) }
    }
    func errors(_ spans: [SampleMoments]) -> [Double] {
      spans.map { abs($0.mean - 0.4 * 1 / interval.mean) / ($0.variance / 4000).squareRoot() }
    }
    #expect(errors(try spans(.stationary)).allSatisfy { $0 < 5.5 })
    if interval.name != "exponential" {
      #expect(errors(try spans(.interval)).contains { $0 > 10 })
    }
  }

  @Test("an interval's draw is its number's: a change of the first changes no other")
  func keys() throws {
    let interval = try Distribution.lognormal(mean: 1, standardDeviation: 0.5)
    let late = try ArrivalCounts.network([
      ArrivalCounts.source(.renewal(interval, first: .own(try .constant(3))))
    ])
    let early = try ArrivalCounts.network([
      ArrivalCounts.source(.renewal(interval, first: .own(try .constant(0))))
    ])
    let a = ArrivalCounts.counts(late, slices: 8000, hours: 0.01)
    let b = ArrivalCounts.counts(early, slices: 8000, hours: 0.01)
    #expect(a[300...].elementsEqual(b[..<7700]))
  }
}
