// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

/// One station whose customers all wait: M/M/1, M/M/c, M/G/1, M/D/1, M/G/∞.
@Suite struct SingleStationTests {
  @Test("M/M/1: utilisation, throughput, wait and time in system", arguments: [0.5])
  func singleServer(load: Double) throws {
    try checkSingleServer(load: load, length: "300000 min")
  }

  @Test("M/M/1 at higher loads", .enabled(if: SimulatedNetwork.isLong), arguments: [0.8, 0.9])
  func busySingleServer(load: Double) throws {
    try checkSingleServer(load: load, length: load > 0.85 ? "2400000 min" : "750000 min")
  }

  private func checkSingleServer(load: Double, length: String) throws {
    let network = try SimulatedNetwork(
      model: "mm1",
      ["arrivals.customers.poisson.rate=\(load) /min", "run.length=\(length)"], replications: 40,
      seed: 20_200_723)
    let theory = try #require(QueueTheory.singleServer(arrivalRate: load, meanServiceTime: 1))
    network.expect(
      "utilisation", network.means("utilisation", "resource", "server"), equals: theory.utilisation)
    network.expect("throughput", network.means("throughput"), equals: load)
    network.expect("wait", network.means("wait", "resource", "server"), equals: theory.meanWait)
    network.expect(
      "time in system", network.means("time-in-system"), equals: theory.meanTimeInSystem)
    network.expect(
      "queue length", network.means("queue-length"), equals: theory.meanQueueLength)
  }

  @Test("M/M/3: utilisation and occupancy at the model's load")
  func servers() throws {
    let network = try SimulatedNetwork(
      model: "mmc", ["run.length=20000 min"], replications: 40, seed: 7)
    network.expect(
      "utilisation", network.means("utilisation", "resource", "servers"), equals: 0.8)
    network.expect("occupancy", network.means("occupancy"), equals: 2.4)
  }

  @Test("M/M/3: wait, time in system and queue length", arguments: [0.6])
  func waitForServers(load: Double) throws {
    try checkServers(load: load, length: "60000 min", tolerance: 0.05)
  }

  @Test("M/M/3 at higher loads", .enabled(if: SimulatedNetwork.isLong), arguments: [0.6, 0.8, 0.9])
  func busyServers(load: Double) throws {
    try checkServers(load: load, length: load > 0.85 ? "1000000 min" : "400000 min")
  }

  private func checkServers(load: Double, length: String, tolerance: Double = 0.025) throws {
    let rate = 3 * load
    let network = try SimulatedNetwork(
      model: "mmc", ["arrivals.customers.poisson.rate=\(rate) /min", "run.length=\(length)"],
      replications: 40, seed: 11)
    let theory = try #require(
      QueueTheory.multiServer(arrivalRate: rate, meanServiceTime: 1, servers: 3))
    network.expect(
      "wait", network.means("wait", "resource", "servers"), equals: theory.meanWait,
      tolerance: tolerance)
    network.expect(
      "time in system", network.means("time-in-system"), equals: theory.meanTimeInSystem)
    network.expect(
      "queue length", network.means("queue-length"), equals: theory.meanQueueLength,
      tolerance: tolerance)
  }

  @Test(
    "M/G/1: the wait is Pollaczek–Khinchine's",
    arguments: [
      ("constant: 1 min", 0.0), ("erlang: {stages: 4, mean: 1 min}", 0.25),
      ("lognormal: {mean: 1 min, standard-deviation: 0.8 min}", 0.64),
      ("gamma: {mean: 1 min, standard-deviation: 0.6 min}", 0.36),
    ])
  func generalService(service: String, squaredVariation: Double) throws {
    let network = try SimulatedNetwork(
      "M/G/1 {\(service)}",
      """
      arrivals: {customers: {pathway: service, poisson: {rate: 0.5 /min}}}
      resources: {server: {capacity: 1}}
      durations: {service: {\(service)}}
      pathways: {service: [seize: server, delay: service, release: server, leave: served]}
      """, length: "60000 min", warmUp: "500 min",
      replications: SimulatedNetwork.isLong ? 200 : 40, seed: 13)
    let theory = try #require(
      QueueTheory.generalServer(
        arrivalRate: 0.5, meanServiceTime: 1, squaredVariation: squaredVariation))
    network.expect(
      "wait", network.means("wait", "resource", "server"), equals: theory.meanWait,
      tolerance: SimulatedNetwork.isLong ? 0.025 : 0.05)
    network.expect(
      "time in system", network.means("time-in-system"), equals: theory.meanTimeInSystem)
  }

  @Test("M/G/∞: occupancy is the offered load, and nobody waits")
  func infiniteServers() throws {
    let network = try SimulatedNetwork(
      "M/G/∞",
      """
      arrivals: {customers: {pathway: stay, poisson: {rate: 4 /min}}}
      resources: {beds: {capacity: unlimited}}
      durations: {stay: {lognormal: {mean: 5 min, standard-deviation: 6 min}}}
      pathways: {stay: [seize: beds, delay: stay, release: beds, leave: home]}
      """, length: "10000 min", warmUp: "300 min", replications: 20, seed: 17)
    network.expect("occupancy", network.means("occupancy", "resource", "beds"), equals: 20)
    network.expect("time in system", network.means("time-in-system"), equals: 5)
    #expect(network.means("wait", "resource", "beds").allSatisfy { $0 == 0 })
    #expect(network.means("queue-length").allSatisfy { $0 == 0 })
  }
}
