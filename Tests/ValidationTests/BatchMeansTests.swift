// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

/// Intervals of batch means against steady states that are known.
@Suite struct BatchMeansTests {
  private func server(rate: Double) throws -> NetworkModel {
    var builder = PathwayBuilder()
    builder.addSite("network")
    builder.addClass("customer")
    builder.addLeaveReason("served")
    builder.addDurationRule("service", try .exponential(mean: 1), unit: .minutes(1))
    builder.provide(
      role: builder.addRole("server"),
      by: builder.addResource(ResourceDescription(name: "server", capacity: 1)))
    builder.addPathway(
      "service",
      steps: [
        StepDescription(.seize(.init("server"))), StepDescription(.delay(rule: "service")),
        StepDescription(.release(role: "server")), StepDescription(.leave(reason: "served")),
      ])
    return try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "customers", process: .poisson(rate: rate), pathway: "service",
          classes: [.init("customer", share: 1)])
      ], timeUnit: .minutes(1))
  }

  /// The batch means of one run.
  private func batches(
    _ model: NetworkModel, seed: UInt64, count: Int, length: Double, warmUp: Double
  ) -> [[Observation]] {
    let window = RunWindow(
      warmUpEnd: .zero + .minutes(warmUp), end: .zero + .minutes(warmUp + length * Double(count)),
      batches: count)
    let run = NetworkRun(
      model: model, window: window, root: RandomRoot(seed: seed, replication: 1))
    run.advance(until: window.end)
    return (run.finishedBatches + [run.batch]).map(\.observations)
  }

  private func means(
    _ batches: [[Observation]], _ measure: String, _ dimension: String = "", _ member: String = ""
  ) -> [Double] {
    batches.compactMap { rows in
      rows.first {
        $0.measure == measure && $0.dimension == dimension && $0.member == member
      }?.value ?? nil
    }
  }

  /// 400 runs of 20 batches at load 0.5. Were the coverage exactly 95 %, the number of intervals that
  /// miss would lie outside 3 to 46 with a chance of 1e-6 (binomial); a coverage of 0.84 or less is
  /// found with a chance of 0.9 or more.
  @Test("intervals of long batches cover M/M/1's queue length and wait as often as they say")
  func coverage() throws {
    let model = try server(rate: 0.5)
    let theory = try #require(QueueTheory.singleServer(arrivalRate: 0.5, meanServiceTime: 1))
    var misses = ["queue-length": 0, "wait": 0, "time-in-system": 0]
    var warned = 0
    for seed in 1...400 as ClosedRange<UInt64> {
      let batches = batches(model, seed: seed, count: 20, length: 500, warmUp: 100)
      for (measure, exact) in [
        ("queue-length", theory.meanQueueLength), ("wait", theory.meanWait),
        ("time-in-system", theory.meanTimeInSystem),
      ] {
        let means =
          measure == "wait"
          ? means(batches, "wait", "resource", "server") : means(batches, measure)
        let interval = try #require(ConfidenceInterval(of: means))
        if exact < interval.low || exact > interval.high { misses[measure]! += 1 }
      }
      let correlation = try #require(BatchCorrelation(of: means(batches, "queue-length")))
      if correlation.isPositive(alpha: 0.01) { warned += 1 }
    }
    for (measure, count) in misses { #expect((3...46).contains(count), "\(measure): \(count)") }
    // At most 1 % by chance and little correlation: more than 24 in 400 has 1e-9.
    #expect(warned <= 24, "\(warned)")
  }

  /// Batches of ten service times at load 0.9, where a queue lasts for hundreds: of 40 batches the
  /// correlation is far above 0.5.
  @Test("batches that are far too short are called so, and their intervals miss")
  func tooShort() throws {
    let model = try server(rate: 0.9)
    let theory = try #require(QueueTheory.singleServer(arrivalRate: 0.9, meanServiceTime: 1))
    var misses = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      let batches = batches(model, seed: seed, count: 40, length: 10, warmUp: 2000)
      let means = means(batches, "queue-length")
      let correlation = try #require(BatchCorrelation(of: means))
      #expect(correlation.isPositive(alpha: 0.01), "seed \(seed): \(correlation.lagOne)")
      let interval = try #require(ConfidenceInterval(of: means))
      if theory.meanQueueLength < interval.low || theory.meanQueueLength > interval.high {
        misses += 1
      }
    }
    #expect(misses > 30, "\(misses)")
  }
}
