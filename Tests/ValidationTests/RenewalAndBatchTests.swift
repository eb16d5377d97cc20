// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Arrivals that are not Poisson, at one exponential server: GI/M/1 and M^X/M/1.
@Suite struct RenewalAndBatchTests {
  /// A renewal process of mean interval 2 min, and its Laplace transform.
  struct Renewal: CustomStringConvertible {
    var written: String
    var transform: @Sendable (Double) -> Double
    var description: String { written }

    /// The root of σ = A*(1 − σ) below 1, with services of mean 1 min: a customer finds others there
    /// with probability σ (Kleinrock, *Queueing Systems* I, 1975, §6.4).
    var root: Double {
      var sigma = 0.5
      for _ in 0..<1000 { sigma = transform(1 - sigma) }
      return sigma
    }
  }

  static let renewals = [
    Renewal(written: "2 min") { exp(-2 * $0) },
    Renewal(written: "{erlang: {stages: 2, mean: 2 min}}") { pow(1 / (1 + $0), 2) },
    Renewal(written: "{gamma: {shape: 0.5, scale: 4 min}}") { pow(1 + 4 * $0, -0.5) },
    Renewal(
      written: "{mixture: [{weight: 80 %, exponential: 1 min}, {weight: 20 %, exponential: 6 min}]}"
    ) { 0.8 / (1 + $0) + 0.2 / (1 + 6 * $0) },
    Renewal(written: "{uniform: {low: 0 min, high: 4 min}}") { (1 - exp(-4 * $0)) / (4 * $0) },
  ]

  @Test("GI/M/1: wait and time in system from the root of σ = A*(μ − μσ)", arguments: renewals)
  func renewalArrivals(_ renewal: Renewal) throws {
    let network = try SimulatedNetwork(
      "GI/M/1 \(renewal)",
      """
      arrivals: {customers: {pathway: service, renewal: \(renewal)}}
      resources: {server: {capacity: 1}}
      pathways: {service: [seize: server, delay: {exponential: 1 min}, release: server, leave: served]}
      """, length: "120000 min", warmUp: "500 min",
      replications: SimulatedNetwork.isLong ? 200 : 40, seed: 29)
    let sigma = renewal.root
    let tolerance = SimulatedNetwork.isLong ? 0.025 : 0.05
    network.expect("throughput", network.means("throughput"), equals: 0.5)
    network.expect(
      "wait", network.means("wait", "resource", "server"), equals: sigma / (1 - sigma),
      tolerance: tolerance)
    network.expect(
      "time in system", network.means("time-in-system"), equals: 1 / (1 - sigma),
      tolerance: tolerance)
  }

  /// L = ρ (1 + E[X²]/E[X]) / (2(1 − ρ)) (Gross et al., *Fundamentals of Queueing Theory*, 2008, §3.1),
  /// and W by Little's law.
  @Test("M^X/M/1: wait of batches' members and number in system")
  func batchArrivals() throws {
    let network = try SimulatedNetwork(
      "M^X/M/1",
      """
      arrivals:
        customers:
          pathway: service
          poisson: {rate: 0.2 /min}
          batch: {empirical: {values: [1, 2, 5], weights: [4, 3, 3]}}
      resources: {server: {capacity: 1}}
      pathways: {service: [seize: server, delay: {exponential: 1 min}, release: server, leave: served]}
      """, length: "160000 min", warmUp: "500 min",
      replications: SimulatedNetwork.isLong ? 200 : 40, seed: 31)
    let (mean, square, load) = (2.5, 9.1, 0.5)
    let number = load * (1 + square / mean) / (2 * (1 - load))
    let tolerance = SimulatedNetwork.isLong ? 0.025 : 0.05
    network.expect("throughput", network.means("throughput"), equals: load)
    network.expect(
      "wait", network.means("wait", "resource", "server"), equals: number / load - 1,
      tolerance: tolerance)
    network.expect(
      "queue length", network.means("queue-length"), equals: number - load, tolerance: tolerance)
  }
}
