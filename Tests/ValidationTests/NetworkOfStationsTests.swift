// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

/// Several stations: free routing (Jackson), and lines that block one another.
@Suite struct NetworkOfStationsTests {
  @Test("Jackson network with feedback: each station is an M/M/c of its own")
  func jackson() throws {
    let network = try SimulatedNetwork(
      "Jackson",
      """
      arrivals:
        front: {pathway: visit, poisson: {rate: 0.8 /min}}
        back: {pathway: recheck, poisson: {rate: 0.2 /min}}
      resources: {desk: {capacity: 2}, doctor: {capacity: 3}, exam: {capacity: 1}}
      durations:
        desk: {exponential: 1 min}
        doctor: {exponential: 1.2 min}
        exam: {exponential: 1.5 min}
      pathways:
        visit:
          - seize: desk
          - delay: desk
          - release: desk
          - {name: doctor, seize: doctor}
          - delay: doctor
          - release: doctor
          - branch: {exam: 25 %, otherwise: home}
          - {name: exam, seize: exam}
          - delay: exam
          - release: exam
          - branch: {doctor: 80 %, otherwise: home}
          - {name: home, leave: home}
        recheck:
          - {name: doctor, seize: doctor}
          - delay: doctor
          - release: doctor
          - branch: {exam: 25 %, otherwise: home}
          - {name: exam, seize: exam}
          - delay: exam
          - release: exam
          - branch: {doctor: 80 %, otherwise: home}
          - {name: home, leave: home}
      """, length: "110000 min", warmUp: "500 min",
      replications: SimulatedNetwork.isLong ? 300 : 40, seed: 44)
    let routing = [[0, 1, 0], [0, 0, 0.25], [0, 0.8, 0]]
    let stations = [
      QueueTheory.Station(externalArrivalRate: 0.8, meanServiceTime: 1, servers: 2),
      QueueTheory.Station(externalArrivalRate: 0.2, meanServiceTime: 1.2, servers: 3),
      QueueTheory.Station(externalArrivalRate: 0, meanServiceTime: 1.5, servers: 1),
    ]
    let theory = try #require(QueueTheory.jacksonNetwork(stations, routing: routing))
    for (name, measures) in zip(["desk", "doctor", "exam"], theory) {
      network.expect(
        "utilisation of \(name)", network.means("utilisation", "resource", name),
        equals: measures.utilisation)
      network.expect(
        "wait for \(name)", network.means("wait", "resource", name), equals: measures.meanWait,
        tolerance: SimulatedNetwork.isLong ? 0.025 : 0.05)
    }
    // Little's law over the whole: one customer a minute enters.
    network.expect(
      "time in system", network.means("time-in-system"),
      equals: theory.reduce(0) { $0 + $1.meanNumberInSystem })
  }

  /// A first station that is never idle, then a transfer without a place between: the second takes
  /// the next customer when both have finished, so a cycle is the longer of two exponential
  /// services, 1.5 minutes on average.
  ///
  /// Source: Hunt, *Oper. Res.* 4 (1956) 674–683.
  @Test("blocking after service: two stations in a row without a place between")
  func blocking() throws {
    let network = try SimulatedNetwork(
      "tandem",
      """
      arrivals: {customers: {pathway: line, poisson: {rate: 3 /min}}}
      resources: {first: {capacity: 1, waiting-room: 50}, second: {capacity: 1}}
      durations: {work: {exponential: 1 min}, more: {exponential: 1 min}}
      pathways:
        line:
          - seize: {resource: first, if-full: away}
          - delay: work
          - transfer: {to: second, from: first}
          - delay: more
          - release: second
          - leave: done
          - {name: away, leave: away, outcome: lost}
      """, length: "10000 min", warmUp: "500 min", replications: 40, seed: 47)
    network.expect("throughput", network.means("throughput"), equals: 2.0 / 3)
    // Held while working and while blocked: always.
    network.expect(
      "occupancy of first", network.means("occupancy", "resource", "first"), equals: 1)
    // The second works while its customer is the one in service: 1 of every 1.5 minutes.
    network.expect(
      "occupancy of second", network.means("occupancy", "resource", "second"), equals: 2.0 / 3)
    // The first's customer is blocked when its service ends before the second's: one in two.
    let blockedShare = zip(network.means("blocked"), network.means("throughput")).map {
      $0 / ($1 * 10_000)
    }
    network.expect("share blocked", blockedShare, equals: 0.5)
  }
}
