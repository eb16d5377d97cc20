// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

@Suite("priority queues")
struct PriorityQueueTests {
  private typealias PriorityClass = QueueTheory.PriorityClass

  /// Waiting of each class, and the class in service (0 idle).
  private struct Line: Hashable {
    var first = 0
    var second = 0
    var serving = 0
  }

  private static let cut = 70

  @Test("without interruption, one server, different means: the chain of two classes")
  func nonPreemptive() throws {
    let rates = (0.25, 0.2)
    let services = (0.8, 1.75)
    let chain = MarkovChain(start: Line()) { state in
      var moves: [(Line, Double)] = []
      if state.serving == 0 {
        return [(Line(serving: 1), rates.0), (Line(serving: 2), rates.1)]
      }
      if state.first < Self.cut {
        moves.append(
          (Line(first: state.first + 1, second: state.second, serving: state.serving), rates.0))
      }
      if state.second < Self.cut {
        moves.append(
          (Line(first: state.first, second: state.second + 1, serving: state.serving), rates.1))
      }
      let next =
        state.first > 0
        ? Line(first: state.first - 1, second: state.second, serving: 1)
        : state.second > 0 ? Line(second: state.second - 1, serving: 2) : Line()
      moves.append((next, 1 / (state.serving == 1 ? services.0 : services.1)))
      return moves
    }
    let lengths = chain.means([{ Double($0.first) }, { Double($0.second) }])
    let queues = try #require(
      QueueTheory.nonPreemptivePriority([
        PriorityClass(arrivalRate: rates.0, meanServiceTime: services.0),
        PriorityClass(arrivalRate: rates.1, meanServiceTime: services.1),
      ]))
    #expect(agree(queues[0].meanQueueLength, lengths[0], within: 1e-6))
    #expect(agree(queues[1].meanQueueLength, lengths[1], within: 1e-6))
    #expect(agree(queues[0].meanWait, lengths[0] / rates.0, within: 1e-6))
    #expect(agree(queues[0].probabilityOfWaiting, 0.55))
  }

  @Test("without interruption, several servers alike: the chain of two classes")
  func nonPreemptiveServers() throws {
    struct State: Hashable {
      var busy = 0
      var first = 0
      var second = 0
    }
    let servers = 3
    let rates = (0.9, 1.2)
    let chain = MarkovChain(start: State()) { state in
      var moves: [(State, Double)] = []
      if state.busy < servers {
        moves.append((State(busy: state.busy + 1), rates.0 + rates.1))
        if state.busy > 0 { moves.append((State(busy: state.busy - 1), Double(state.busy))) }
        return moves
      }
      if state.first < Self.cut {
        moves.append((State(busy: servers, first: state.first + 1, second: state.second), rates.0))
      }
      if state.second < Self.cut {
        moves.append((State(busy: servers, first: state.first, second: state.second + 1), rates.1))
      }
      let next =
        state.first > 0
        ? State(busy: servers, first: state.first - 1, second: state.second)
        : state.second > 0
          ? State(busy: servers, second: state.second - 1) : State(busy: servers - 1)
      moves.append((next, Double(servers)))
      return moves
    }
    let lengths = chain.means([{ Double($0.first) }, { Double($0.second) }])
    let queues = try #require(
      QueueTheory.nonPreemptivePriority(
        arrivalRates: [rates.0, rates.1], meanServiceTime: 1, servers: servers))
    #expect(agree(queues[0].meanQueueLength, lengths[0], within: 1e-6))
    #expect(agree(queues[1].meanQueueLength, lengths[1], within: 1e-6))
  }

  @Test("with interruption, one server, different means: the chain of two classes")
  func preemptive() throws {
    let rates = (0.3, 0.2)
    let services = (0.8, 1.5)
    let chain = MarkovChain(start: Line()) { state in
      var moves: [(Line, Double)] = []
      if state.first < Self.cut {
        moves.append((Line(first: state.first + 1, second: state.second), rates.0))
      }
      if state.second < Self.cut {
        moves.append((Line(first: state.first, second: state.second + 1), rates.1))
      }
      if state.first > 0 {
        moves.append((Line(first: state.first - 1, second: state.second), 1 / services.0))
      } else if state.second > 0 {
        moves.append((Line(second: state.second - 1), 1 / services.1))
      }
      return moves
    }
    let numbers = chain.means([{ Double($0.first) }, { Double($0.second) }])
    let queues = QueueTheory.preemptiveResumePriority([
      PriorityClass(arrivalRate: rates.0, meanServiceTime: services.0),
      PriorityClass(arrivalRate: rates.1, meanServiceTime: services.1),
    ])
    #expect(agree(try #require(queues[0]).meanNumberInSystem, numbers[0], within: 1e-6))
    #expect(agree(try #require(queues[1]).meanNumberInSystem, numbers[1], within: 1e-6))
  }

  @Test("with interruption, several servers alike: the chain of two classes")
  func preemptiveServers() throws {
    let servers = 3
    let rates = (1.1, 1.0)
    let chain = MarkovChain(start: Line()) { state in
      var moves: [(Line, Double)] = []
      if state.first < Self.cut {
        moves.append((Line(first: state.first + 1, second: state.second), rates.0))
      }
      if state.second < Self.cut {
        moves.append((Line(first: state.first, second: state.second + 1), rates.1))
      }
      let firstServed = min(state.first, servers)
      let secondServed = min(state.second, servers - firstServed)
      if firstServed > 0 {
        moves.append(
          (Line(first: state.first - 1, second: state.second), Double(firstServed)))
      }
      if secondServed > 0 {
        moves.append(
          (Line(first: state.first, second: state.second - 1), Double(secondServed)))
      }
      return moves
    }
    let numbers = chain.means([{ Double($0.first) }, { Double($0.second) }])
    let queues = QueueTheory.preemptiveResumePriority(
      arrivalRates: [rates.0, rates.1], meanServiceTime: 1, servers: servers)
    #expect(agree(try #require(queues[0]).meanNumberInSystem, numbers[0], within: 1e-6))
    #expect(agree(try #require(queues[1]).meanNumberInSystem, numbers[1], within: 1e-6))
  }

  @Test("one class is a queue without priorities")
  func oneClass() throws {
    let patients = PriorityClass(arrivalRate: 0.4, meanServiceTime: 2, squaredVariation: 0.3)
    let plain = try #require(
      QueueTheory.generalServer(arrivalRate: 0.4, meanServiceTime: 2, squaredVariation: 0.3))
    let polite = try #require(QueueTheory.nonPreemptivePriority([patients]))
    let rude = try #require(QueueTheory.preemptiveResumePriority([patients])[0])
    #expect(agree(polite[0].meanWait, plain.meanWait))
    #expect(agree(rude.meanWait, plain.meanWait))
    let servers = try #require(
      QueueTheory.nonPreemptivePriority(arrivalRates: [4], meanServiceTime: 1, servers: 6))
    let multi = try #require(
      QueueTheory.multiServer(arrivalRate: 4, meanServiceTime: 1, servers: 6))
    #expect(agree(servers[0].meanWait, multi.meanWait))
  }

  @Test("whatever the order, the waits weighted by load keep their sum (Kleinrock)")
  func conservation() throws {
    let classes = [
      PriorityClass(arrivalRate: 0.2, meanServiceTime: 0.5, squaredVariation: 0),
      PriorityClass(arrivalRate: 0.1, meanServiceTime: 3, squaredVariation: 2),
      PriorityClass(arrivalRate: 0.3, meanServiceTime: 1, squaredVariation: 0.5),
    ]
    func weighted(_ order: [Int]) throws -> Double {
      let queues = try #require(QueueTheory.nonPreemptivePriority(order.map { classes[$0] }))
      return queues.reduce(0) { $0 + $1.utilisation * $1.meanWait }
    }
    let first = try weighted([0, 1, 2])
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      #expect(agree(try weighted(order), first))
    }
  }

  @Test("the urgent may have a steady state when the rest have none")
  func partlyUnstable() throws {
    let classes = [
      PriorityClass(arrivalRate: 0.5, meanServiceTime: 1),
      PriorityClass(arrivalRate: 0.6, meanServiceTime: 1),
    ]
    let queues = QueueTheory.preemptiveResumePriority(classes)
    #expect(agree(try #require(queues[0]).meanWait, 1))
    #expect(queues[1] == nil)
    #expect(QueueTheory.nonPreemptivePriority(classes) == nil)
    let servers = QueueTheory.preemptiveResumePriority(
      arrivalRates: [1, 1.5, 0.1], meanServiceTime: 1, servers: 2)
    #expect(servers[0] != nil && servers[1] == nil && servers[2] == nil)
  }
}
