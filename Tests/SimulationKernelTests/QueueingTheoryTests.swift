// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel
import Testing

/// Whether a simulated mean agrees with theory, at a false-positive rate of 10⁻⁶.
///
/// Two-sided Student test over 60 independent runs (t₅₉ = 5.459); an error of more than the
/// half-width plus a like amount would be caught nearly always. The half-width must stay below
/// `resolution`, a share of the theoretical value, so that passing means something.
func expectMean(
  of runs: [Double], equals theory: Double, resolution: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(runs.count == 60, sourceLocation: sourceLocation)
  var tally = Tally()
  for run in runs { tally.record(run) }
  let halfWidth = 5.459 * tally.standardDeviation! / Double(runs.count).squareRoot()
  #expect(abs(tally.mean! - theory) <= halfWidth, sourceLocation: sourceLocation)
  #expect(halfWidth <= resolution * theory, sourceLocation: sourceLocation)
}

@Suite("The kernel against queueing theory")
struct QueueingTheoryTests {
  struct Observation {
    var statistics: ResourceStatistics
    var timeInSystem: [Double]
    var shares: [Double]
    var counts: [StationModel.Count]

    /// Share of the customers of a class who were turned away.
    func refusedShare(of kind: Int) -> Double {
      Double(counts[kind].refused) / Double(counts[kind].arrived)
    }

    /// Share of the customers of a class who lost patience.
    func renegedShare(of kind: Int) -> Double {
      Double(counts[kind].reneged) / Double(counts[kind].arrived)
    }
  }

  /// Sixty runs, each observed for so many minutes after a warm-up of a tenth as many.
  static func observe(
    minutes: Double, seed: UInt64, _ model: (UInt64) -> StationModel
  ) -> [Observation] {
    (0..<60 as Range<UInt64>).map { run in
      var simulation = Simulation(model(seed &* 1000 &+ run))
      simulation.model.start(&simulation.calendar)
      simulation.run(until: .zero + .minutes(minutes / 10))
      simulation.model.endWarmUp(at: simulation.calendar.now)
      simulation.run(until: .zero + .minutes(minutes * 1.1))
      let now = simulation.calendar.now
      return Observation(
        statistics: simulation.model.resources.statistics(simulation.model.servers, at: now),
        timeInSystem: simulation.model.timeInSystem.map { $0.mean ?? 0 },
        shares: simulation.model.present.shares(at: now), counts: simulation.model.counts)
    }
  }

  func observe(
    minutes: Double, seed: UInt64, _ model: (UInt64) -> StationModel
  ) -> [Observation] {
    Self.observe(minutes: minutes, seed: seed, model)
  }

  @Test("M/M/c: mean wait and mean line by Erlang C", arguments: [(1, 0.8), (5, 0.8), (20, 0.9)])
  func erlangC(servers: Int, load: Double) {
    let offered = load * Double(servers)
    let runs = observe(minutes: 20_000 / offered * 1.5, seed: UInt64(servers)) {
      StationModel(servers: servers, classes: [.init(meanInterval: 1 / offered)], seed: $0)
    }
    let wait = waitProbability(servers: servers, offered: offered) / (Double(servers) - offered)
    expectMean(of: runs.map { $0.statistics.meanWaitInMinutes! }, equals: wait, resolution: 0.15)
    expectMean(of: runs.map { $0.timeInSystem[0] }, equals: wait + 1, resolution: 0.15)
    expectMean(
      of: runs.map { $0.statistics.meanWaiting! }, equals: wait * offered, resolution: 0.15)
    expectMean(of: runs.map { $0.statistics.utilisation! }, equals: load, resolution: 0.01)
  }

  @Test("M/M/c/c: loss and the whole distribution of busy servers by Erlang B")
  func erlangB() {
    let servers = 6
    let offered = 5.0
    let runs = observe(minutes: 4000, seed: 31) {
      StationModel(
        servers: servers, waitingRoom: 0, classes: [.init(meanInterval: 1 / offered)], seed: $0)
    }
    var weights = [1.0]
    for level in 1...servers { weights.append(weights[level - 1] * offered / Double(level)) }
    let total = weights.reduce(0, +)
    for level in 0...servers {
      expectMean(
        of: runs.map { $0.shares[level] }, equals: weights[level] / total, resolution: 0.15)
    }
    expectMean(
      of: runs.map { Double($0.statistics.refused) / Double($0.statistics.requests) },
      equals: weights[servers] / total, resolution: 0.03)
    #expect(runs.allSatisfy { $0.shares.count == servers + 1 })
  }

  @Test("M/M/1/K: who finds the waiting room full")
  func finiteWaitingRoom() {
    let load = 0.9
    let places = 4
    let runs = observe(minutes: 20_000, seed: 32) {
      StationModel(
        servers: 1, waitingRoom: places - 1, classes: [.init(meanInterval: 1 / load)], seed: $0)
    }
    let weights = (0...places).map { level in
      (0..<level).reduce(1.0) { product, _ in product * load }
    }
    expectMean(
      of: runs.map { Double($0.statistics.refused) / Double($0.statistics.requests) },
      equals: weights[places] / weights.reduce(0, +), resolution: 0.03)
  }

  @Test("M/M/1 with two priorities, without and with preemption (resume)")
  func priorities() {
    let urgent = 0.3
    let other = 0.5
    let classes: [StationModel.CustomerClass] = [
      .init(meanInterval: 1 / urgent, priority: 3), .init(meanInterval: 1 / other, priority: 9),
    ]
    let polite = observe(minutes: 30_000, seed: 33) {
      StationModel(servers: 1, classes: classes, seed: $0)
    }
    let residual = urgent + other
    expectMean(
      of: polite.map { $0.timeInSystem[0] }, equals: 1 + residual / (1 - urgent), resolution: 0.03)
    expectMean(
      of: polite.map { $0.timeInSystem[1] },
      equals: 1 + residual / (1 - urgent) / (1 - urgent - other), resolution: 0.1)

    let preempting = observe(minutes: 30_000, seed: 34) {
      StationModel(servers: 1, preemptive: true, classes: classes, seed: $0)
    }
    expectMean(
      of: preempting.map { $0.timeInSystem[0] }, equals: 1 / (1 - urgent), resolution: 0.03)
    expectMean(
      of: preempting.map { $0.timeInSystem[1] },
      equals: 1 / (1 - urgent) / (1 - urgent - other), resolution: 0.1)
  }

  @Test("M/M/c+M: who loses patience (Erlang A)")
  func patience() {
    let servers = 3
    let offered = 3.5
    let meanPatience = 2.0
    let runs = observe(minutes: 6000, seed: 35) {
      StationModel(
        servers: servers, classes: [.init(meanInterval: 1 / offered, meanPatience: meanPatience)],
        seed: $0)
    }
    var weights = [1.0]
    for level in 1...200 {
      let served = Double(min(level, servers))
      let leaving = Double(max(0, level - servers)) / meanPatience
      weights.append(weights[level - 1] * offered / (served + leaving))
    }
    let total = weights.reduce(0, +)
    let line = weights.enumerated().reduce(0) {
      $0 + Double(max(0, $1.offset - servers)) * $1.element
    }
    expectMean(
      of: runs.map { Double($0.statistics.reneged) / Double($0.statistics.requests) },
      equals: line / total / meanPatience / offered, resolution: 0.04)
    expectMean(of: runs.map { $0.statistics.meanWaiting! }, equals: line / total, resolution: 0.04)
  }

  @Test("Little's law holds to the microsecond")
  func littlesLaw() {
    var simulation = Simulation(
      StationModel(servers: 3, classes: [.init(meanInterval: 0.36)], seed: 36))
    simulation.model.start(&simulation.calendar)
    for hour in 1...100 {
      simulation.run(until: .zero + .hours(Double(hour)))
      let now = simulation.calendar.now
      let resources = simulation.model.resources.copy()
      let report = resources.statistics(simulation.model.servers, at: now)
      var stillWaiting: Int128 = 0
      for row in 0..<1000 as Range<UInt32> where resources.isWaiting(EntityIndex(rawValue: row)) {
        let since = resources.waitingSince(EntityIndex(rawValue: row))
        stillWaiting += Int128((now - since).microseconds)
      }
      #expect(report.waitingIntegral == report.waitTotal + stillWaiting)
    }
  }

  /// The probability that an arrival must wait (Erlang C).
  func waitProbability(servers: Int, offered: Double) -> Double {
    var blocking = 1.0
    for server in 1...servers {
      blocking = offered * blocking / (Double(server) + offered * blocking)
    }
    let load = offered / Double(servers)
    return blocking / (1 - load + load * blocking)
  }
}
