// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

@Suite("A network agrees with queueing theory")
struct QueueTheoryTests {
  private func network(servers: Int, load: Double) throws -> NetworkModel {
    var builder = PathwayBuilder()
    builder.addSite("network")
    builder.addClass("customer")
    builder.addLeaveReason("served")
    builder.addServer("server", capacity: servers)
    builder.addDurationRule("service", try .exponential(mean: 1), unit: .hours(1))
    builder.addPathway(
      "queue",
      steps: [.seize("server"), .delay("service"), .release("server"), .leave("served")])
    return try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "arrivals", process: .poisson(rate: load * Double(servers)), pathway: "queue",
          classes: [.init("customer", share: 1)])
      ], timeUnit: .hours(1))
  }

  /// Fifty replications of 20,000 hours after 500. Each interval is at 1 − 10⁻⁷, so that one of the
  /// twelve fails for one seed in 800,000. Half-widths are 6 % of the mean wait and 1 % of the
  /// utilisation or less: a bias twice as large would surely be caught.
  @Test(
    "M/M/1 and M/M/3: wait, queue, occupancy, utilisation, time in system, throughput",
    arguments: [(1, 0.5), (3, 0.8)])
  func multiServer(servers: Int, load: Double) throws {
    let model = try network(servers: servers, load: load)
    let rate = load * Double(servers)
    let theory = try #require(
      QueueTheory.multiServer(arrivalRate: rate, meanServiceTime: 1, servers: servers))
    var samples: [String: [Double]] = [:]
    for replication in 1...50 {
      let run = NetworkRun(
        model: model,
        window: RunWindow(warmUpEnd: .zero + .hours(500), end: .zero + .hours(20_500)),
        root: RandomRoot(seed: 31, replication: UInt32(replication)))
      run.advance(until: run.window.end)
      for row in run.observations() where row.dimension == "" {
        if let value = row.value { samples[row.measure, default: []].append(value) }
      }
    }
    let expected = [
      "wait": theory.meanWait, "queue-length": theory.meanQueueLength,
      "time-in-system": theory.meanTimeInSystem,
      "occupancy": rate, "utilisation": load, "throughput": rate,
    ]
    for (measure, value) in expected {
      let sample = try #require(samples[measure])
      let interval = try #require(ConfidenceInterval(of: sample, level: 1 - 1e-7))
      #expect(interval.contains(value), "\(measure): \(value) is not in \(interval)")
      #expect(interval.high - interval.low < 0.13 * value, "\(measure) is told too roughly")
    }
  }
}
