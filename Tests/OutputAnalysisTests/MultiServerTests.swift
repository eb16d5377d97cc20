// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("M/M/c and the Erlang formulas")
struct MultiServerTests {
  private static func chain(load: Double, servers: Int) -> [Double] {
    birthDeathProbabilities(states: servers + 6000, birthRate: load) {
      Double(min($0, servers))
    }
  }

  @Test("M/M/1 is ρ / (1 − ρ)", arguments: [0.1, 0.5, 0.9, 0.99])
  func singleServer(load: Double) throws {
    let queue = try #require(
      QueueTheory.singleServer(arrivalRate: load / 2, meanServiceTime: 2))
    #expect(agree(queue.meanNumberInSystem, load / (1 - load)))
    #expect(agree(queue.meanQueueLength, load * load / (1 - load)))
    #expect(agree(queue.meanWait, 2 * load / (1 - load)))
    #expect(agree(queue.meanTimeInSystem, 2 / (1 - load)))
    #expect(agree(queue.probabilityOfWaiting, load))
    #expect(agree(queue.utilisation, load))
  }

  // Gross et al., Fundamentals of Queueing Theory, 4th ed., example 2.1: an eye clinic with three
  // doctors, six arrivals an hour, twenty minutes each.
  @Test("the eye clinic of the textbook waits 4/27 of an hour")
  func eyeClinic() throws {
    let clinic = try #require(
      QueueTheory.multiServer(arrivalRate: 6, meanServiceTime: 1.0 / 3, servers: 3))
    #expect(agree(clinic.meanQueueLength, 8.0 / 9))
    #expect(agree(clinic.meanWait, 4.0 / 27))
    #expect(agree(clinic.probabilityOfWaiting, 4.0 / 9))
    #expect(agree(clinic.meanNumberInSystem, 26.0 / 9))
  }

  @Test(
    "the measures are those of the birth–death chain",
    arguments: [1, 2, 7, 40, 300], [0.3, 0.8, 0.97])
  func chain(servers: Int, utilisation: Double) throws {
    let load = utilisation * Double(servers)
    let probabilities = Self.chain(load: load, servers: servers)
    let queue = try #require(
      QueueTheory.multiServer(arrivalRate: load, meanServiceTime: 1, servers: servers))
    let length = mean(probabilities) { Double(max(0, $0 - servers)) }
    #expect(agree(queue.meanQueueLength, length, within: 1e-7))
    #expect(agree(queue.meanWait, length / load, within: 1e-7))
    let waiting = mean(probabilities) { $0 >= servers ? 1 : 0 }
    #expect(agree(queue.probabilityOfWaiting, waiting, within: 1e-7))
    #expect(agree(queue.meanNumberInSystem, mean(probabilities) { Double($0) }, within: 1e-7))
  }

  @Test("the tail of the wait is that of the stages ahead, summed over the chain")
  func tail() throws {
    let probabilities = Self.chain(load: 4, servers: 5)
    for time in [0.0, 0.1, 0.5, 2] {
      // Finding 5 + k, one waits for k + 1 departures at rate 5: longer than t when at most k
      // fall within t.
      var longer = 0.0
      for k in 0..<400 {
        var atMost = 0.0
        for departures in 0...k {
          let n = Double(departures)
          atMost += exp(n * log(5 * max(time, 1e-300)) - 5 * time - lgamma(n + 1))
        }
        longer += probabilities[5 + k] * (time == 0 ? 1 : atMost)
      }
      let found = try #require(
        QueueTheory.probabilityOfWaiting(
          longerThan: time, arrivalRate: 4, meanServiceTime: 1, servers: 5))
      #expect(agree(found, longer, within: 1e-7))
    }
  }

  @Test("the quantile of the wait is the inverse of its tail")
  func quantile() throws {
    for probability in [0.5, 0.7, 0.9, 0.99] {
      let wait = try #require(
        QueueTheory.waitQuantile(probability, arrivalRate: 8, meanServiceTime: 0.5, servers: 5))
      let longer = try #require(
        QueueTheory.probabilityOfWaiting(
          longerThan: wait, arrivalRate: 8, meanServiceTime: 0.5, servers: 5))
      #expect(wait == 0 ? longer <= 1 - probability : agree(longer, 1 - probability))
    }
  }

  @Test("no steady state at a load of the servers or more")
  func unstable() {
    #expect(QueueTheory.singleServer(arrivalRate: 1, meanServiceTime: 1) == nil)
    #expect(QueueTheory.multiServer(arrivalRate: 3, meanServiceTime: 2, servers: 5) == nil)
    #expect(QueueTheory.erlangC(servers: 5, offeredLoad: 5) == nil)
    #expect(
      QueueTheory.probabilityOfWaiting(
        longerThan: 1, arrivalRate: 5, meanServiceTime: 1, servers: 5) == nil)
    #expect(
      QueueTheory.waitQuantile(0.5, arrivalRate: 5, meanServiceTime: 1, servers: 5) == nil)
    #expect(QueueTheory.relaxationTime(arrivalRate: 1, meanServiceTime: 1) == nil)
  }

  @Test("nobody comes, nobody waits")
  func empty() throws {
    let queue = try #require(
      QueueTheory.multiServer(arrivalRate: 0, meanServiceTime: 1, servers: 2))
    #expect(queue.meanWait == 0 && queue.meanNumberInSystem == 0)
  }

  // 100 lines at 1 %: 84.06 erlangs; 10 lines at 1 %: 4.461 (printed tables of Erlang B).
  @Test("Erlang B by hand and by the printed tables")
  func erlangB() throws {
    #expect(QueueTheory.erlangB(servers: 0, offeredLoad: 3) == 1)
    #expect(QueueTheory.erlangB(servers: 1, offeredLoad: 1) == 0.5)
    #expect(agree(QueueTheory.erlangB(servers: 2, offeredLoad: 1), 0.2))
    #expect(agree(QueueTheory.erlangB(servers: 3, offeredLoad: 2), 4.0 / 19))
    #expect(abs(QueueTheory.erlangB(servers: 10, offeredLoad: 4.461) - 0.01) < 5e-6)
    #expect(abs(QueueTheory.erlangB(servers: 100, offeredLoad: 84.06) - 0.01) < 1e-5)
    let waiting = try #require(QueueTheory.erlangC(servers: 2, offeredLoad: 1))
    #expect(agree(waiting, 1.0 / 3))
  }

  @Test(
    "Erlang B for thousands of servers is the last state of its chain",
    arguments: [(1000, 950.0), (5000, 5000), (5000, 6000), (20_000, 19_800)])
  func manyServers(servers: Int, load: Double) throws {
    let probabilities = birthDeathProbabilities(states: servers + 1, birthRate: load) {
      Double($0)
    }
    let blocking = QueueTheory.erlangB(servers: servers, offeredLoad: load)
    #expect(agree(blocking, probabilities[servers], within: 1e-8))
  }

  @Test("the least servers for a bound on waiting: one fewer would not do")
  func staffing() throws {
    for load in [0.0, 0.3, 4, 37.5, 900] {
      for bound in [0.05, 0.3, 1] {
        let servers = QueueTheory.servers(
          offeredLoad: load, probabilityOfWaitingAtMost: bound)
        #expect(
          try #require(QueueTheory.erlangC(servers: servers, offeredLoad: load)) <= bound)
        if servers > 1, let fewer = QueueTheory.erlangC(servers: servers - 1, offeredLoad: load) {
          #expect(fewer > bound)
        }
      }
    }
  }

  @Test("M/M/1 forgets its start at the rate of the slowest mode of its chain")
  func relaxation() throws {
    // Uniformised chain of 80 places at load 0.5; its slowest mode decays at
    // 1.5 − 2 √0.5 cos(π/81), a little faster than in an endless queue.
    let last = 79
    let step = 1 / 1.6
    var weights = Array(repeating: 0.0, count: last + 1)
    weights[0] = 1
    let steady = birthDeathProbabilities(states: last + 1, birthRate: 0.5) { _ in 1 }
    let target = mean(steady) { Double($0) }
    var distances: [Double] = []
    for _ in 0..<400 {
      var next = weights
      for state in 0...last {
        if state < last {
          next[state] -= step * 0.5 * weights[state]
          next[state + 1] += step * 0.5 * weights[state]
        }
        if state > 0 {
          next[state] -= step * weights[state]
          next[state - 1] += step * weights[state]
        }
      }
      weights = next
      distances.append(target - mean(weights) { Double($0) })
    }
    let rate = -(log(distances[399]) - log(distances[299])) / (100 * step)
    let theory = try #require(
      QueueTheory.relaxationTime(arrivalRate: 0.5, meanServiceTime: 1))
    #expect(agree(1 / rate, theory, within: 0.15))
    #expect(agree(theory, 1 / (1.5 - 2 * 0.5.squareRoot())))
  }
}
