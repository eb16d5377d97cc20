// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import OutputAnalysis
import Testing

/// Tails and quantiles, not only means: each a test with a false-positive rate of 1e-6 that finds a
/// bias of the tolerance named with a chance of 0.9 or more.
@Suite struct DistributionTests {
  private static let station = """
    pathways: {service: [seize: server, delay: service, release: server, leave: served]}
    """

  @Test("M/M/1: tail and quantile of wait and time in system, geometric number in system")
  func singleServer() throws {
    let network = try SimulatedNetwork(
      "M/M/1",
      """
      arrivals: {customers: {pathway: service, poisson: {rate: 0.5 /min}}}
      resources: {server: {capacity: 1}}
      durations: {service: {exponential: 1 min}}
      \(Self.station)
      """, length: "30000 min", warmUp: "500 min", replications: 40, seed: 19,
      measures: """
        [wait-share-over-2 by resource, wait-share-over-2, wait-p90 by resource,
        time-in-system-share-over-3, time-in-system-p95, in-system, in-system-share-over-1,
        queue-length-share-over-0 by resource]
        """)
    // P(W > t) = ρ exp(−(μ − λ) t); the time in system is exponential with rate μ − λ.
    network.expect(
      "P(W > 2)", network.means("wait-share-over-2", "resource", "server"),
      equals: 0.5 * exp(-1.0), tolerance: 0.06)
    network.expect(
      "P(W > 2) of an entity", network.means("wait-share-over-2"), equals: 0.5 * exp(-1.0),
      tolerance: 0.06)
    network.expect(
      "90 % quantile of W", network.means("wait-p90", "resource", "server"), equals: 2 * log(5.0),
      tolerance: 0.06)
    network.expect(
      "P(T > 3)", network.means("time-in-system-share-over-3"), equals: exp(-1.5),
      tolerance: 0.06)
    network.expect(
      "95 % quantile of T", network.means("time-in-system-p95"), equals: 2 * log(20.0),
      tolerance: 0.06)
    network.expect("E[N]", network.means("in-system"), equals: 1, tolerance: 0.06)
    network.expect(
      "P(N > 1)", network.means("in-system-share-over-1"), equals: 0.25, tolerance: 0.06)
    network.expect(
      "P(Q > 0)", network.means("queue-length-share-over-0", "resource", "server"), equals: 0.25,
      tolerance: 0.06)
  }

  @Test("M/G/∞: occupancy is Poisson, so the beds that are enough can be read off")
  func unlimitedBeds() throws {
    let network = try SimulatedNetwork(
      "M/G/∞",
      """
      arrivals: {patients: {pathway: stay, poisson: {rate: 2 /min}}}
      resources: {bed: {capacity: unlimited}}
      durations: {stay: {lognormal: {mean: 5 min, standard-deviation: 6 min}}}
      pathways: {stay: [seize: bed, delay: stay, release: bed, leave: home]}
      """, length: "50000 min", warmUp: "300 min", replications: 20, seed: 23,
      measures: """
        [occupancy-share-over-8 by resource, occupancy-share-over-13 by resource,
        occupancy-p90 by resource]
        """)
    func poissonTail(_ mean: Double, over n: Int) -> Double {
      1 - (0...n).reduce(0.0) { $0 + exp(Double($1) * log(mean) - mean - lgamma(Double($1) + 1)) }
    }
    network.expect(
      "P(more than 8 beds)", network.means("occupancy-share-over-8", "resource", "bed"),
      equals: poissonTail(10, over: 8), tolerance: 0.02)
    network.expect(
      "P(more than 13 beds)", network.means("occupancy-share-over-13", "resource", "bed"),
      equals: poissonTail(10, over: 13), tolerance: 0.05)
    // P(N ≤ 13) = 0.864, P(N ≤ 14) = 0.917: 14 beds are enough for 90 % of the time.
    #expect(network.means("occupancy-p90", "resource", "bed").allSatisfy { $0 == 14 })
  }

  @Test("M/M/c/c: the share of time with all busy is Erlang B")
  func loss() throws {
    let network = try SimulatedNetwork(
      "M/M/4/4",
      """
      arrivals: {calls: {pathway: call, poisson: {rate: 3 /min}}}
      resources: {line: {capacity: 4, waiting-room: 0}}
      durations: {talk: {exponential: 1 min}}
      pathways:
        call:
          - seize: {resource: line, if-full: away}
          - delay: talk
          - release: line
          - leave: served
          - {name: away, leave: away, outcome: lost}
      """, length: "20000 min", warmUp: "100 min", replications: 20, seed: 29,
      measures: "[occupancy-share-over-3 by resource, occupancy-share-over-0]")
    let terms = [1, 3, 4.5, 4.5, 3.375]
    network.expect(
      "P(all busy)", network.means("occupancy-share-over-3", "resource", "line"),
      equals: terms[4] / terms.reduce(0, +), tolerance: 0.02)
    network.expect(
      "P(any busy)", network.means("occupancy-share-over-0"),
      equals: 1 - 1 / terms.reduce(0, +))
  }

  @Test("M/M/3: the queue is geometric beyond the chance of waiting")
  func servers() throws {
    let network = try SimulatedNetwork(
      "M/M/3",
      """
      arrivals: {customers: {pathway: service, poisson: {rate: 1.8 /min}}}
      resources: {server: {capacity: 3}}
      durations: {service: {exponential: 1 min}}
      \(Self.station)
      """, length: "40000 min", warmUp: "300 min", replications: 20, seed: 31,
      measures: """
        [queue-length-share-over-0 by resource, queue-length-share-over-2 by resource,
        wait-share-over-0 by resource]
        """)
    // Erlang C with a = 1.8: P(N ≥ 3) = C, P(Q > n) = C ρ^(n + 1).
    let below = 1 + 1.8 + 1.8 * 1.8 / 2
    let last = 1.8 * 1.8 * 1.8 / 6 / (1 - 0.6)
    let wait = last / (below + last)
    network.expect(
      "P(Q > 0)", network.means("queue-length-share-over-0", "resource", "server"),
      equals: wait * 0.6, tolerance: 0.05)
    network.expect(
      "P(Q > 2)", network.means("queue-length-share-over-2", "resource", "server"),
      equals: wait * 0.216, tolerance: 0.1)
    network.expect(
      "P(W > 0)", network.means("wait-share-over-0", "resource", "server"), equals: wait,
      tolerance: 0.03)
  }
}
