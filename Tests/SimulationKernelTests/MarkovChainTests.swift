// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

/// Each check has a false-positive rate of 10⁻⁶; `resolution` is the largest half-width it may
/// have, as a share of the exact value, and an error of twice that would be caught nearly always.
@Suite("The kernel against exactly solved Markov chains")
struct MarkovChainTests {
  typealias Observation = QueueingTheoryTests.Observation

  @Test("the solver solves M/M/1/3 and a chain that only goes round")
  func solver() {
    let line = MarkovChain(from: 0) { level in
      (level < 3 ? [(to: level + 1, rate: 1.0)] : [])
        + (level > 0 ? [(to: level - 1, rate: 2.0)] : [])
    }
    for level in 0...3 {
      let exact = Double(8 >> level) / 15
      #expect(abs(line.probability { $0 == level } - exact) < 1e-15)
    }
    let round = MarkovChain(from: 0) { [(to: ($0 + 1) % 3, rate: Double($0 + 1))] }
    #expect(abs(round.probability { $0 == 0 } - 6.0 / 11) < 1e-15)
    #expect(abs(round.mean(Double.init) - (3.0 + 2 * 2) / 11) < 1e-15)
  }

  // MARK: Units kept for others

  /// A birth–death process: with equal service times only the number of busy servers matters.
  @Test("trunk reservation: who is blocked, by class", arguments: [1, 3])
  func trunkReservation(keeping: Int) {
    let servers = 8
    let rates = [3.0, 4.0]
    let runs = QueueingTheoryTests.observe(minutes: 2000, seed: UInt64(40 + keeping)) {
      StationModel(
        servers: servers, waitingRoom: 0,
        classes: [
          .init(meanInterval: 1 / rates[0]), .init(meanInterval: 1 / rates[1], keeping: keeping),
        ], seed: $0)
    }
    var weights = [1.0]
    for level in 1...servers {
      let isReserved = servers - (level - 1) - 1 < keeping
      let birth = isReserved ? rates[0] : rates[0] + rates[1]
      weights.append(weights[level - 1] * birth / Double(level))
    }
    let total = weights.reduce(0, +)
    let blocked = weights[(servers - keeping)...].reduce(0, +) / total
    expectMean(
      of: runs.map { $0.refusedShare(of: 0) }, equals: weights[servers] / total, resolution: 0.1)
    expectMean(of: runs.map { $0.refusedShare(of: 1) }, equals: blocked, resolution: 0.05)
  }

  /// Both classes wait and lose patience. Whoever keeps a server for the others must not keep them
  /// waiting: as long as one of these waits all servers are busy.
  @Test("reserved servers with lines: who loses patience, and how long the lines are")
  func reservationWithLines() {
    let servers = 3
    let rates = [1.2, 1.4]
    let meanPatience = [0.8, 2.0]
    let runs = QueueingTheoryTests.observe(minutes: 3000, seed: 45) {
      StationModel(
        servers: servers,
        classes: [
          .init(meanInterval: 1 / rates[0], meanPatience: meanPatience[0]),
          .init(meanInterval: 1 / rates[1], meanPatience: meanPatience[1], keeping: 1),
        ], seed: $0)
    }
    struct State: Hashable {
      var busy = 0
      var lines = [0, 0]
    }
    // Longer lines than these have a probability below 10⁻⁹.
    let longest = [12, 24]
    let chain = MarkovChain(from: State()) { state in
      var exits: [(to: State, rate: Double)] = []
      for kind in 0..<2 {
        var next = state
        if state.busy < servers - kind { next.busy += 1 } else { next.lines[kind] += 1 }
        if next.lines[kind] <= longest[kind] { exits.append((next, rates[kind])) }
        if state.lines[kind] > 0 {
          var left = state
          left.lines[kind] -= 1
          exits.append((left, Double(state.lines[kind]) / meanPatience[kind]))
        }
      }
      if state.busy > 0 {
        var next = state
        if state.lines[0] > 0 {
          next.lines[0] -= 1
        } else if state.lines[1] > 0 && state.busy < servers {
          next.lines[1] -= 1
        } else {
          next.busy -= 1
        }
        exits.append((next, Double(state.busy)))
      }
      return exits
    }
    for kind in 0..<2 {
      let line = chain.mean { Double($0.lines[kind]) }
      expectMean(
        of: runs.map { $0.renegedShare(of: kind) },
        equals: line / meanPatience[kind] / rates[kind], resolution: 0.05)
    }
    expectMean(
      of: runs.map { $0.statistics.meanWaiting! },
      equals: chain.mean { Double($0.lines[0] + $0.lines[1]) }, resolution: 0.05)
    expectMean(
      of: runs.map { $0.statistics.utilisation! },
      equals: chain.mean { Double($0.busy) } / Double(servers), resolution: 0.02)
  }

  // MARK: One of several

  /// Two servers of unlike speed, the first named preferred.
  @Test(
    "a preferred server and a substitute: who works, who waits",
    arguments: [[0.5, 1.0], [1.0, 0.5]])
  func substitute(meanService: [Double]) {
    let arrivals = 2.0
    let speeds = meanService.map { 1 / $0 }
    let both = speeds[0] + speeds[1]
    struct State: Hashable {
      var works = [false, false]
      var line = 0
    }
    let longest = 150
    let chain = MarkovChain(from: State()) { state in
      var exits: [(to: State, rate: Double)] = []
      var next = state
      if let free = (0..<2).first(where: { !state.works[$0] }) {
        next.works[free] = true
      } else {
        next.line += 1
      }
      if next.line <= longest { exits.append((next, arrivals)) }
      for server in 0..<2 where state.works[server] {
        var after = state
        if state.line > 0 { after.line -= 1 } else { after.works[server] = false }
        exits.append((after, speeds[server]))
      }
      return exits
    }
    // Solved by hand too: weights of both working with nobody in line (1), only the second, only
    // the first, and nobody; beyond, a geometric series.
    let load = arrivals / both
    let onlySecond = speeds[0] / (arrivals + speeds[1])
    let onlyFirst = both / arrivals - onlySecond
    let nobody = (speeds[0] * onlyFirst + speeds[1] * onlySecond) / arrivals
    let total = nobody + onlyFirst + onlySecond + 1 / (1 - load)
    #expect(abs(chain.probability { $0.works == [false, true] } - onlySecond / total) < 1e-12)
    #expect(abs(chain.mean { Double($0.line) } - load / (1 - load) / (1 - load) / total) < 1e-12)

    struct Run {
      var reports: [ResourceStatistics]
      var arrived: Int
    }
    let runs = (0..<60 as Range<UInt64>).map { run in
      var simulation = Simulation(
        SubstituteModel(meanInterval: 1 / arrivals, meanService: meanService, seed: 5000 + run))
      simulation.calendar.schedule(.arrival, at: .zero)
      simulation.run(until: .zero + .minutes(1000))
      simulation.model.endWarmUp(at: simulation.calendar.now)
      simulation.run(until: .zero + .minutes(6000))
      let now = simulation.calendar.now
      return Run(
        reports: simulation.model.servers.map {
          simulation.model.resources.statistics($0, at: now)
        }, arrived: simulation.model.arrived)
    }
    for server in 0..<2 {
      expectMean(
        of: runs.map { $0.reports[server].utilisation! },
        equals: chain.probability { $0.works[server] }, resolution: 0.02)
      // Everybody who waits stands in both lines.
      expectMean(
        of: runs.map { $0.reports[server].meanWaiting! },
        equals: chain.mean { Double($0.line) }, resolution: 0.1)
      // Each of them is served by one server, and leaves the other's line.
      expectMean(
        of: runs.map { Double($0.reports[server].servedElsewhere) / 5000 },
        equals: speeds[1 - server] * chain.probability { $0.line > 0 }, resolution: 0.05)
    }
    let line = chain.mean { Double($0.line) }
    expectMean(
      of: runs.map { run in
        run.reports.reduce(0) { $0 + Double($1.waitTotal) } / 6e7
          / Double(run.reports.reduce(0) { $0 + $1.observedGrants })
      }, equals: line / arrivals, resolution: 0.1)
  }

  // MARK: Shifts

  /// One server, on and off duty for exponential times, with a finite waiting room.
  @Test(
    "what the end of a shift means: overtime, interruption, handing over",
    arguments: ShiftEnd.allCases)
  func shifts(ending: ShiftEnd) {
    let arrivals = 0.7
    let room = 5
    let meanOn = 3.0
    let meanOff = 2.0
    let runs = QueueingTheoryTests.observe(minutes: 4000, seed: 60 + UInt64(ending.rawValue)) {
      StationModel(
        servers: 1, waitingRoom: room,
        shifts: .init(meanOn: meanOn, meanOff: meanOff, ending: ending),
        classes: [.init(meanInterval: 1 / arrivals)], seed: $0)
    }
    struct State: Hashable {
      var isOn = true
      var isServing = false
      var overtime = 0
      var line = 0
    }
    let chain = MarkovChain(from: State()) { state in
      var exits: [(to: State, rate: Double)] = []
      var arrived = state
      if state.isOn && !state.isServing {
        arrived.isServing = true
        exits.append((arrived, arrivals))
      } else if state.line < room {
        arrived.line += 1
        exits.append((arrived, arrivals))
      }
      if state.isServing {
        var done = state
        done.isServing = state.line > 0
        done.line -= state.line > 0 ? 1 : 0
        exits.append((done, 1))
      }
      if state.overtime > 0 {
        var done = state
        done.overtime -= 1
        exits.append((done, Double(state.overtime)))
      }
      var changed = state
      changed.isOn.toggle()
      if state.isOn {
        changed.isServing = false
        if state.isServing {
          // Nobody has six old shifts: less than 10⁻⁹.
          if ending != .interrupt { changed.overtime = min(state.overtime + 1, 6) }
          if ending == .interrupt { changed.line += 1 }
        }
      } else {
        if ending == .handOver && state.overtime > 0 {
          changed.overtime = 0
          changed.isServing = true
        } else if state.line > 0 {
          changed.line -= 1
          changed.isServing = true
        }
      }
      exits.append((changed, 1 / (state.isOn ? meanOn : meanOff)))
      return exits
    }
    let isRefused = { (state: State) in
      state.line >= room && (state.isServing || !state.isOn)
    }
    expectMean(
      of: runs.map { $0.refusedShare(of: 0) }, equals: chain.probability(where: isRefused),
      resolution: 0.1)
    expectMean(
      of: runs.map { $0.statistics.meanWaiting! }, equals: chain.mean { Double($0.line) },
      resolution: 0.05)
    let onDuty = chain.probability { $0.isServing }
    expectMean(
      of: runs.map { $0.statistics.utilisation! }, equals: onDuty * (meanOn + meanOff) / meanOn,
      resolution: 0.05)
    let overtime = chain.mean { Double($0.overtime) }
    if ending == .interrupt {
      #expect(overtime == 0 && runs.allSatisfy { $0.statistics.overtimeIntegral == 0 })
    } else {
      expectMean(
        of: runs.map { $0.statistics.meanOvertime! }, equals: overtime, resolution: 0.06)
    }
    expectMean(
      of: runs.map { $0.statistics.meanHeld! }, equals: onDuty + overtime, resolution: 0.05)
  }
}
