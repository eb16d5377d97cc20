// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

@Suite("Deadlocks are found, and nothing else is taken for one")
struct DeadlockTests {
  /// Two stations with patients that are moved from each to the other.
  private func loop(
    capacity: Int = 1, patience: StepDescription.Patience? = nil, shifts: CapacityCalendar? = nil
  ) throws -> NetworkModel {
    var builder = try PathwayBuilder.plain()
    builder.addServer("a", capacity: capacity)
    builder.addServer("b", capacity: capacity, calendar: shifts)
    for (from, to) in [("a", "b"), ("b", "a")] {
      builder.addPathway(
        from,
        steps: [
          .seize(from), .delay("5"),
          StepDescription(.transfer(to: .init(to, patience: patience), from: from, delay: nil)),
          .delay("10"), .release(to), .leave(),
          StepDescription(label: "gone", .release(role: from)), .leave("gone"),
        ].dropLast(patience == nil ? 2 : 0))
    }
    return try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "east", process: .scheduled([.zero + .minutes(1)]), pathway: "a",
          classes: [.init("patient", share: 1)]),
        ArrivalSource(
          name: "west", process: .scheduled([.zero + .minutes(3)]), pathway: "b",
          classes: [.init("patient", share: 1)]),
      ], timeUnit: .minutes(1))
  }

  private func run(_ model: NetworkModel, until minute: Double) -> NetworkRun {
    let end = SimulationTime.zero + .minutes(100_000)
    let run = NetworkRun(
      model: model, window: RunWindow(warmUpEnd: .zero, end: end),
      root: RandomRoot(seed: 1, replication: 1))
    run.advance(until: .zero + .minutes(minute))
    return run
  }

  @Test("two that wait for each other's place are named, with the moment their wait closed")
  func circle() throws {
    let model = try loop()
    #expect(run(model, until: 7.9).deadlock == nil)
    for minute in [8.5, 1000] {
      let deadlock = try #require(run(model, until: minute).deadlock)
      #expect(deadlock.since == .zero + .minutes(8))
      #expect(
        deadlock.members.map { model.caseName(owner: $0.owner, episode: $0.episode) } == [
          "west-1", "east-1",
        ])
      #expect(deadlock.members.map { Int($0.waitsFor.rawValue) } == [0, 1])
    }
  }

  @Test("no deadlock where somebody gives up, a place is free, or a shift will bring one")
  func wayOut() throws {
    #expect(run(try loop(capacity: 2), until: 50).deadlock == nil)
    let patient = try loop(patience: .init(rule: "20", otherwise: "gone"))
    #expect(run(patient, until: 20).deadlock == nil)
    let shifts = CapacityCalendar.weekly([
      .init(minuteOfWeek: 0, capacity: 1), .init(minuteOfWeek: 5000, capacity: 2),
    ])
    #expect(run(try loop(shifts: shifts), until: 4000).deadlock == nil)
    #expect(run(try loop(shifts: shifts), until: 6000).deadlock == nil)
  }

  /// Random small networks whose arrivals end: at the end everybody has gone, or some can never go,
  /// and then there is a circle; whoever cannot go on before the end is seen as soon as it is so.
  @Test("in 400 random networks a deadlock is found where and only where somebody never leaves")
  func random() throws {
    var found = 0
    for seed in 0..<400 as Range<UInt64> {
      var stream = RandomStream(
        RandomRoot(seed: seed, replication: 1), Purpose("network"), owner: 0, episode: 0)
      func below(_ bound: Int) -> Int { Int(stream.uniform() * Double(bound)) }
      let model = try network(below)
      let run = run(model, until: 50_000)
      let present = run.observations().first { $0.measure == "arrivals" && $0.dimension == "" }
      let left = TracedNetworkRun(
        model: model, window: run.window, root: RandomRoot(seed: 1, replication: 1))
      left.advance(until: .zero + .minutes(50_000))
      let gone = left.takeRows().count { $0.event == .leave }
      let isStuck = Double(gone) < (present?.value ?? 0)
      #expect((run.deadlock != nil) == isStuck, "network \(seed)")
      guard let deadlock = run.deadlock else { continue }
      found += 1
      // The same circle is seen right after it closed, and none before.
      let since = (deadlock.since - .zero).inMinutes
      #expect(self.run(model, until: since - 0.001).deadlock == nil, "network \(seed)")
      #expect(self.run(model, until: since + 0.001).deadlock?.since == deadlock.since)
    }
    // Both answers are common among these networks.
    #expect((50...350).contains(found))
  }

  private func network(_ below: (Int) -> Int) throws -> NetworkModel {
    var builder = try PathwayBuilder.plain()
    let count = 2 + below(3)
    for station in 0..<count {
      builder.addServer("s\(station)", capacity: 1 + below(2), isPreemptive: false)
    }
    var sources: [ArrivalSource] = []
    for pathway in 0..<2 + below(2) {
      var held = below(count)
      var steps: [StepDescription] = [.seize("s\(held)"), .delay("5")]
      for _ in 0..<1 + below(3) {
        let next = (held + 1 + below(count - 1)) % count
        if below(2) == 0 {
          steps.append(
            StepDescription(.transfer(to: .init("s\(next)"), from: "s\(held)", delay: nil)))
        } else {
          steps += [.seize("s\(next)"), .delay("5"), .release("s\(held)")]
        }
        steps.append(.delay(below(2) == 0 ? "10" : "20"))
        held = next
      }
      steps += [.release("s\(held)"), .leave()]
      builder.addPathway("p\(pathway)", steps: steps)
      sources.append(
        ArrivalSource(
          name: "p\(pathway)",
          process: .scheduled(
            (0..<2 + below(3)).map { _ in Double(below(90)) }.sorted().map { .zero + .minutes($0) }),
          pathway: "p\(pathway)", classes: [.init("patient", share: 1)]))
    }
    return try NetworkModel(
      program: try builder.build(), sources: sources, timeUnit: .minutes(1))
  }
}
