// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Randomness
import Testing

@Suite("open Jackson networks")
struct JacksonNetworkTests {
  private typealias Station = QueueTheory.Station

  @Test("two stations with feedback are the chain of both lengths")
  func chain() throws {
    struct State: Hashable {
      var first = 0
      var second = 0
    }
    // Outside arrivals at both; from the first a half go on and a tenth come again; from the
    // second a quarter return.
    let rates = (0.4, 0.3)
    let cut = 90
    let chain = MarkovChain(start: State()) { state in
      var moves: [(State, Double)] = []
      func move(_ first: Int, _ second: Int, _ rate: Double) {
        guard first <= cut, second <= cut else { return }
        moves.append((State(first: first, second: second), rate))
      }
      move(state.first + 1, state.second, rates.0)
      move(state.first, state.second + 1, rates.1)
      if state.first > 0 {
        move(state.first - 1, state.second + 1, 0.5)
        move(state.first - 1, state.second, 0.4)  // a tenth stays where it is
      }
      if state.second > 0 {
        let rate = Double(min(state.second, 2)) / 2.0
        move(state.first + 1, state.second - 1, 0.25 * rate)
        move(state.first, state.second - 1, 0.75 * rate)
      }
      return moves
    }
    let numbers = chain.means([{ Double($0.first) }, { Double($0.second) }])
    let stations = try #require(
      QueueTheory.jacksonNetwork(
        [
          Station(externalArrivalRate: 0.4, meanServiceTime: 1, servers: 1),
          Station(externalArrivalRate: 0.3, meanServiceTime: 2, servers: 2),
        ], routing: [[0.1, 0.5], [0.25, 0]]))
    #expect(agree(stations[0].meanNumberInSystem, numbers[0], within: 1e-5))
    #expect(agree(stations[1].meanNumberInSystem, numbers[1], within: 1e-5))
  }

  @Test("throughputs are the sum over visits: γ + γP + γP² + …")
  func series() throws {
    var stream = RandomStream(
      RandomRoot(seed: 50, replication: 0), Purpose("routing"), owner: 0)
    for count in 1...12 {
      let external = (0..<count).map { _ in stream.uniform() }
      let routing = (0..<count).map { _ -> [Double] in
        let weights = (0..<count).map { _ in stream.uniform() }
        let total = weights.reduce(0, +) / (0.9 * stream.uniform())
        return weights.map { $0 / total }
      }
      var sum = external
      var visit = external
      for _ in 0..<2000 {
        visit = (0..<count).map { to in
          (0..<count).reduce(0) { $0 + visit[$1] * routing[$1][to] }
        }
        for station in 0..<count { sum[station] += visit[station] }
      }
      let rates = try #require(
        QueueTheory.throughputs(externalArrivalRates: external, routing: routing))
      #expect(zip(rates, sum).allSatisfy { agree($0, $1) })
    }
  }

  @Test("a tandem is its stations one after the other")
  func tandem() throws {
    let stations = try #require(
      QueueTheory.jacksonNetwork(
        [
          Station(externalArrivalRate: 2, meanServiceTime: 0.3, servers: 1),
          Station(externalArrivalRate: 0, meanServiceTime: 1, servers: 3),
        ], routing: [[0, 1], [0, 0]]))
    #expect(stations[0] == QueueTheory.singleServer(arrivalRate: 2, meanServiceTime: 0.3))
    #expect(
      stations[1] == QueueTheory.multiServer(arrivalRate: 2, meanServiceTime: 1, servers: 3))
  }

  @Test("an overloaded station, or nobody ever leaving, has no steady state")
  func unstable() {
    let station = Station(externalArrivalRate: 0.5, meanServiceTime: 1, servers: 1)
    #expect(QueueTheory.jacksonNetwork([station], routing: [[0.5]]) == nil)
    #expect(QueueTheory.jacksonNetwork([station, station], routing: [[0, 1], [1, 0]]) == nil)
    // The second station keeps whoever enters, though the first lets some leave.
    #expect(
      QueueTheory.throughputs(externalArrivalRates: [1, 0], routing: [[0, 0.5], [0, 1]]) == nil)
    #expect(QueueTheory.throughputs(externalArrivalRates: [], routing: []) == [])
  }
}
