// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

/// One server, two classes, the urgent first: with and without taking the server away.
@Suite struct PriorityTests {
  private func network(_ name: String, isPreemptive: Bool, servers: Int, seed: UInt64) throws
    -> SimulatedNetwork
  {
    try SimulatedNetwork(
      name,
      """
      priorities: [urgent, normal]
      classes: {urgent: {priority: urgent}, normal: {priority: normal}}
      arrivals:
        urgent: {pathway: service, class: urgent, poisson: {rate: \(0.2 * Double(servers)) /min}}
        normal: {pathway: service, class: normal, poisson: {rate: \(0.4 * Double(servers)) /min}}
      resources: {server: {capacity: \(servers), preemptive: \(isPreemptive ? "yes" : "no")}}
      durations: {service: {exponential: 1 min}}
      pathways: {service: [seize: server, delay: service, release: server, leave: served]}
      """, length: "100000 min", warmUp: "1000 min",
      replications: SimulatedNetwork.isLong ? 200 : 40, seed: seed)
  }

  private func expectTimes(
    _ network: SimulatedNetwork, equal theory: [QueueTheory.Measures?]
  ) throws {
    for (name, measures) in zip(["urgent", "normal"], theory) {
      network.expect(
        "time in system, \(name)", network.means("time-in-system", "class", name),
        equals: try #require(measures).meanTimeInSystem,
        tolerance: SimulatedNetwork.isLong ? 0.02 : 0.03)
    }
  }

  @Test("non-preemptive: each class's time in system (Cobham)")
  func nonPreemptive() throws {
    let network = try network("M/M/1, priorities", isPreemptive: false, servers: 1, seed: 31)
    let classes = [0.2, 0.4].map {
      QueueTheory.PriorityClass(arrivalRate: $0, meanServiceTime: 1)
    }
    try expectTimes(network, equal: try #require(QueueTheory.nonPreemptivePriority(classes)))
    network.expect("utilisation", network.means("utilisation"), equals: 0.6)
  }

  @Test("preemptive, resumed: each class's time in system")
  func preemptive() throws {
    let network = try network("M/M/1, preemptive", isPreemptive: true, servers: 1, seed: 37)
    let classes = [0.2, 0.4].map {
      QueueTheory.PriorityClass(arrivalRate: $0, meanServiceTime: 1)
    }
    try expectTimes(network, equal: QueueTheory.preemptiveResumePriority(classes))
    network.expect("utilisation", network.means("utilisation"), equals: 0.6)
  }

  @Test("two servers, non-preemptive and preemptive", arguments: [false, true])
  func twoServers(isPreemptive: Bool) throws {
    let network = try network(
      "M/M/2, \(isPreemptive ? "preemptive" : "priorities")", isPreemptive: isPreemptive,
      servers: 2, seed: 41)
    let rates = [0.4, 0.8]
    let theory: [QueueTheory.Measures?] =
      isPreemptive
      ? QueueTheory.preemptiveResumePriority(arrivalRates: rates, meanServiceTime: 1, servers: 2)
      : try #require(
        QueueTheory.nonPreemptivePriority(arrivalRates: rates, meanServiceTime: 1, servers: 2))
    try expectTimes(network, equal: theory)
  }
}
