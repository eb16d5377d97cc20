// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

@Suite("general service times")
struct GeneralServiceTests {
  @Test(
    "M/G/1 with Erlang service is the chain of its phases", arguments: [2, 5], [0.3, 0.7, 0.9])
  func erlangService(phases: Int, load: Double) throws {
    // The state is the number of phases still to be done; a full chain, not birth and death.
    let chain = MarkovChain(start: 0) { remaining -> [(Int, Double)] in
      var moves: [(Int, Double)] = []
      if remaining < 400 * phases { moves.append((remaining + phases, load)) }
      if remaining > 0 { moves.append((remaining - 1, Double(phases))) }
      return moves
    }
    let number = chain.mean { Double(($0 + phases - 1) / phases) }
    let queue = try #require(
      QueueTheory.generalServer(
        arrivalRate: load, meanServiceTime: 1, squaredVariation: 1 / Double(phases)))
    #expect(agree(queue.meanNumberInSystem, number, within: 1e-7))
    #expect(agree(queue.meanQueueLength, number - load, within: 1e-6))
  }

  @Test("M/G/1 with a mixture of short and long services is its chain")
  func mixture() throws {
    // Nine in ten take 0.5, one in ten takes 5.5: mean 1, E[S²] = 2 (0.9 · 0.25 + 0.1 · 30.25).
    struct State: Hashable {
      var number: Int
      var isLong: Bool
    }
    let load = 0.6
    let chain = MarkovChain(start: State(number: 0, isLong: false)) { state in
      var moves: [(State, Double)] = []
      if state.number == 0 {
        moves.append((State(number: 1, isLong: false), 0.9 * load))
        moves.append((State(number: 1, isLong: true), 0.1 * load))
      } else {
        if state.number < 600 {
          moves.append((State(number: state.number + 1, isLong: state.isLong), load))
        }
        let rate = state.isLong ? 1 / 5.5 : 2
        if state.number == 1 {
          moves.append((State(number: 0, isLong: false), rate))
        } else {
          moves.append((State(number: state.number - 1, isLong: false), 0.9 * rate))
          moves.append((State(number: state.number - 1, isLong: true), 0.1 * rate))
        }
      }
      return moves
    }
    let squaredVariation = 2 * (0.9 * 0.25 + 0.1 * 30.25) - 1.0
    let queue = try #require(
      QueueTheory.generalServer(
        arrivalRate: load, meanServiceTime: 1, squaredVariation: squaredVariation))
    #expect(agree(queue.meanNumberInSystem, chain.mean { Double($0.number) }, within: 1e-7))
  }

  @Test("constant service waits half as long as exponential", arguments: [0.2, 0.5, 0.95])
  func constantService(load: Double) throws {
    let constant = try #require(
      QueueTheory.generalServer(arrivalRate: load, meanServiceTime: 1, squaredVariation: 0))
    let exponential = try #require(
      QueueTheory.singleServer(arrivalRate: load, meanServiceTime: 1))
    let general = try #require(
      QueueTheory.generalServer(arrivalRate: load, meanServiceTime: 1, squaredVariation: 1))
    #expect(agree(constant.meanWait, exponential.meanWait / 2))
    #expect(agree(general.meanWait, exponential.meanWait))
    #expect(general.probabilityOfWaiting == load)
    #expect(
      QueueTheory.generalServer(arrivalRate: 1, meanServiceTime: 1, squaredVariation: 0) == nil)
  }

  @Test("with servers for all the number present is Poisson", arguments: [0.5, 7, 120])
  func infiniteServers(load: Double) {
    let probabilities = birthDeathProbabilities(states: 1000, birthRate: load) { Double($0) }
    for count in [0, 1, 5, 100, 140] {
      #expect(
        agree(
          QueueTheory.infiniteServers(probabilityOf: count, offeredLoad: load),
          probabilities[count], within: 1e-9))
      #expect(
        abs(
          QueueTheory.infiniteServers(probabilityOfMoreThan: count, offeredLoad: load)
            - probabilities[(count + 1)...].reduce(0, +)) < 1e-12)
    }
    #expect(QueueTheory.infiniteServers(probabilityOf: 0, offeredLoad: 0) == 1)
    #expect(QueueTheory.infiniteServers(probabilityOfMoreThan: 0, offeredLoad: 0) == 0)
  }

  @Test("offered load is arrivals times service")
  func offeredLoad() {
    #expect(QueueTheory.offeredLoad(arrivalRate: 12, meanServiceTime: 0.25) == 3)
  }
}
