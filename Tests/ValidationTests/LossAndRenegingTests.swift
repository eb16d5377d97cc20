// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

/// Stations that do not keep everybody: finite waiting rooms and patience.
@Suite struct LossAndRenegingTests {
  @Test("M/M/2 with three places to wait: who is lost, and the wait of the others")
  func finiteRoom() throws {
    let network = try SimulatedNetwork(
      "M/M/2/5",
      """
      arrivals: {customers: {pathway: service, poisson: {rate: 2.4 /min}}}
      resources: {servers: {capacity: 2, waiting-room: 3}}
      durations: {service: {exponential: 1 min}}
      pathways:
        service:
          - seize: {resource: servers, if-full: away}
          - delay: service
          - release: servers
          - leave: served
          - {name: away, leave: away, outcome: lost}
      """, length: "20000 min", warmUp: "100 min", replications: 40, seed: 19)
    let theory = QueueTheory.finiteQueue(
      arrivalRate: 2.4, meanServiceTime: 1, servers: 2, capacity: 5)
    network.expect("share lost", network.share("lost"), equals: theory.lossProbability)
    network.expect(
      "throughput", network.means("throughput"), equals: theory.throughput)
    network.expect(
      "utilisation", network.means("utilisation", "resource", "servers"),
      equals: theory.utilisation)
    network.expect("wait", network.means("wait", "resource", "servers"), equals: theory.meanWait)
    network.expect("queue length", network.means("queue-length"), equals: theory.meanQueueLength)
    #expect(network.means("refused") == network.means("lost"))
  }

  @Test("M/M/2/2, Erlang's loss system")
  func erlangLoss() throws {
    let network = try SimulatedNetwork(
      "M/M/2/2",
      """
      arrivals: {customers: {pathway: service, poisson: {rate: 2 /min}}}
      resources: {servers: {capacity: 2, waiting-room: 0}}
      durations: {service: {lognormal: {mean: 1 min, standard-deviation: 1.5 min}}}
      pathways:
        service:
          - seize: {resource: servers, if-full: away}
          - delay: service
          - release: servers
          - leave: served
          - {name: away, leave: away, outcome: lost}
      """, length: "20000 min", warmUp: "100 min", replications: 40, seed: 23)
    // Insensitive to the distribution of service.
    network.expect(
      "share lost", network.share("lost"),
      equals: QueueTheory.erlangB(servers: 2, offeredLoad: 2))
  }

  @Test("M/M/3+M: who reneges, and how long the others wait")
  func reneging() throws {
    let network = try SimulatedNetwork(
      "M/M/3+M",
      """
      arrivals: {customers: {pathway: service, poisson: {rate: 3.6 /min}}}
      resources: {servers: {capacity: 3}}
      durations: {service: {exponential: 1 min}, patience: {exponential: 2 min}}
      pathways:
        service:
          - seize: {resource: servers, renege: {after: patience, to: away}}
          - delay: service
          - release: servers
          - leave: served
          - {name: away, leave: away, outcome: reneged}
      """, length: "25000 min", warmUp: "100 min", replications: 40, seed: 29)
    let theory = QueueTheory.renegingQueue(
      arrivalRate: 3.6, meanServiceTime: 1, servers: 3, meanPatience: 2)
    network.expect("share reneged", network.share("reneged"), equals: theory.abandonmentProbability)
    network.expect(
      "utilisation", network.means("utilisation", "resource", "servers"),
      equals: theory.utilisation)
    network.expect(
      "wait of those served", network.means("wait", "resource", "servers"),
      equals: theory.meanWaitOfServed)
    network.expect("wait of all", network.means("wait"), equals: theory.meanWait)
    network.expect("queue length", network.means("queue-length"), equals: theory.meanQueueLength)
  }
}
