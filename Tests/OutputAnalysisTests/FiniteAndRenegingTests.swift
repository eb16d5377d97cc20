// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

@Suite("finite and impatient queues")
struct FiniteAndRenegingTests {
  @Test(
    "M/M/c/K is its birth–death chain",
    arguments: [(1, 1), (1, 5), (3, 3), (3, 10), (20, 45), (400, 900)], [0.4, 1.0, 2.5])
  func finite(places: (servers: Int, capacity: Int), utilisation: Double) {
    let (servers, capacity) = places
    let load = utilisation * Double(servers)
    let probabilities = birthDeathProbabilities(states: capacity + 1, birthRate: load / 4) {
      Double(min($0, servers)) / 4
    }
    let queue = QueueTheory.finiteQueue(
      arrivalRate: load / 4, meanServiceTime: 4, servers: servers, capacity: capacity)
    let loss = probabilities[capacity]
    let length = mean(probabilities) { Double(max(0, $0 - servers)) }
    #expect(agree(queue.lossProbability, loss, within: 1e-8))
    #expect(agree(queue.throughput, load / 4 * (1 - loss), within: 1e-8))
    #expect(abs(queue.meanQueueLength - length) < 1e-8 * Double(capacity))
    #expect(abs(queue.meanWait - length / (load / 4 * (1 - loss))) < 1e-8 * Double(capacity))
    #expect(
      agree(queue.meanNumberInSystem, mean(probabilities) { Double($0) }, within: 1e-8))
    #expect(
      agree(
        queue.utilisation,
        mean(probabilities) { Double(min($0, servers)) } / Double(servers), within: 1e-8))
  }

  @Test("without waiting room it is Erlang B; with a great deal it is M/M/c")
  func limits() throws {
    let none = QueueTheory.finiteQueue(
      arrivalRate: 7, meanServiceTime: 1, servers: 9, capacity: 9)
    #expect(agree(none.lossProbability, QueueTheory.erlangB(servers: 9, offeredLoad: 7)))
    #expect(none.meanWait == 0)
    let great = QueueTheory.finiteQueue(
      arrivalRate: 7, meanServiceTime: 1, servers: 9, capacity: 2000)
    let endless = try #require(
      QueueTheory.multiServer(arrivalRate: 7, meanServiceTime: 1, servers: 9))
    #expect(agree(great.meanWait, endless.meanWait))
    #expect(great.lossProbability < 1e-100)
  }

  @Test(
    "Erlang A is its birth–death chain",
    arguments: [(1, 0.5), (1, 3.0), (4, 3.5), (4, 8), (50, 49), (50, 75), (1000, 1020)],
    [0.05, 1.0, 8.0])
  func reneging(station: (servers: Int, load: Double), patience: Double) {
    let (servers, load) = station
    let probabilities = birthDeathProbabilities(states: servers + 4000, birthRate: load) {
      Double(min($0, servers)) + Double(max(0, $0 - servers)) / patience
    }
    let queue = QueueTheory.renegingQueue(
      arrivalRate: load, meanServiceTime: 1, servers: servers, meanPatience: patience)
    let length = mean(probabilities) { Double(max(0, $0 - servers)) }
    let busy = mean(probabilities) { Double(min($0, servers)) }
    #expect(agree(queue.meanQueueLength, length, within: 1e-8))
    #expect(agree(queue.meanWait, length / load, within: 1e-8))
    #expect(agree(queue.utilisation, busy / Double(servers), within: 1e-8))
    #expect(
      agree(
        queue.probabilityOfWaiting, mean(probabilities) { $0 >= servers ? 1 : 0 }, within: 1e-8))
    #expect(
      agree(queue.meanNumberInSystem, mean(probabilities) { Double($0) }, within: 1e-8))
    // Who is not served has left: balance of flows, and the rate of leaving from the line.
    #expect(abs(queue.abandonmentProbability - (1 - busy / load)) < 1e-8)
    #expect(agree(queue.abandonmentProbability, length / patience / load, within: 1e-6))
  }

  @Test("the wait of the served is the slope of the transform of the wait without patience")
  func served() {
    let servers = 4
    let load = 5.0
    let patience = 2.0
    let probabilities = birthDeathProbabilities(states: 3000, birthRate: load) {
      Double(min($0, servers)) + Double(max(0, $0 - servers)) / patience
    }
    // One of endless patience who finds c + k − 1 passes k stages at rates c + j / patience,
    // j = 0 … k − 1; he is the impatient one as long as a patience at rate s outlasts the wait.
    func transform(_ s: Double) -> Double {
      var sum = probabilities[..<servers].reduce(0, +)
      var product = 1.0
      for k in 1..<2000 {
        let rate = Double(servers) + Double(k - 1) / patience
        product *= rate / (rate + s)
        sum += probabilities[servers + k - 1] * product
      }
      return sum
    }
    let s = 1 / patience
    let share = transform(s)
    let wait = (transform(s - 1e-5) - transform(s + 1e-5)) / 2e-5 / share
    let queue = QueueTheory.renegingQueue(
      arrivalRate: load, meanServiceTime: 1, servers: servers, meanPatience: patience)
    #expect(agree(queue.abandonmentProbability, 1 - share, within: 1e-8))
    #expect(agree(queue.meanWaitOfServed, wait, within: 1e-6))
  }

  @Test("endless patience is M/M/c; hardly any is Erlang B")
  func patience() throws {
    let endless = try #require(
      QueueTheory.multiServer(arrivalRate: 4, meanServiceTime: 1, servers: 5))
    let patient = QueueTheory.renegingQueue(
      arrivalRate: 4, meanServiceTime: 1, servers: 5, meanPatience: 1e9)
    #expect(agree(patient.meanWait, endless.meanWait, within: 1e-6))
    #expect(agree(patient.meanWaitOfServed, endless.meanWait, within: 1e-6))
    #expect(patient.abandonmentProbability < 1e-8)
    let hasty = QueueTheory.renegingQueue(
      arrivalRate: 4, meanServiceTime: 1, servers: 5, meanPatience: 1e-9)
    #expect(
      agree(
        hasty.abandonmentProbability, QueueTheory.erlangB(servers: 5, offeredLoad: 4),
        within: 1e-6))
  }
}
