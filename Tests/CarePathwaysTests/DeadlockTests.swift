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
      #expect(
        deadlock.members.map(\.waitsFor) == [
          .resource(ResourceIndex(rawValue: 0)), .resource(ResourceIndex(rawValue: 1)),
        ] && deadlock.isCircle)
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

  /// Entities of several pathways, one by one, each at a minute of its own.
  private func run(
    _ pathways: [[StepDescription]], at minutes: [Int], until minute: Double,
    _ declare: (inout PathwayBuilder) throws -> Void
  ) throws -> (deadlock: Deadlock?, names: [String]) {
    var builder = try PathwayBuilder.plain()
    try declare(&builder)
    for (number, steps) in pathways.enumerated() { builder.addPathway("p\(number)", steps: steps) }
    let model = try NetworkModel(
      program: try builder.build(),
      sources: minutes.enumerated().map { number, minute in
        ArrivalSource(
          name: "p\(number)", process: .scheduled([.zero + .minutes(Double(minute))]),
          pathway: "p\(number)", classes: [.init("patient", share: 1)])
      }, timeUnit: .minutes(1))
    let deadlock = run(model, until: minute).deadlock
    let names = deadlock?.members.map { model.caseName(owner: $0.owner, episode: $0.episode) }
    return (deadlock, names ?? [])
  }

  private func resource(_ number: UInt32) -> Deadlock.Need {
    .resource(ResourceIndex(rawValue: number))
  }

  private let servers: (inout PathwayBuilder) throws -> Void = { builder in
    for name in ["a", "b", "c"] { builder.addServer(name) }
  }

  @Test("a request for several together is in a circle as soon as one of them is")
  func together() throws {
    let pathways: [[StepDescription]] = [
      [
        .seize("a"), .delay("10"), StepDescription(.seizeAll(.init([.init("b"), .init("c")]))),
        .delay("5"), .release("a"), .release("b"), .release("c"), .leave(),
      ],
      [.seize("b"), .delay("20"), .seize("a"), .release("a"), .release("b"), .leave()],
      [.seize("c"), .delay("5"), .release("c"), .leave()],
    ]
    let found = try run(pathways, at: [0, 0, 7], until: 30, servers)
    let deadlock = try #require(found.deadlock)
    #expect(found.names == ["p1-1", "p0-1"] && deadlock.isCircle)
    #expect(deadlock.members.map(\.waitsFor) == [resource(0), resource(1)])
    #expect(deadlock.since == .zero + .minutes(20))
    #expect(try run(pathways, at: [0, 0, 7], until: 19, servers).deadlock == nil)
  }

  @Test("a request for one of several is in a circle when the last of them is")
  func oneOfSeveral() throws {
    func pathways(last: [StepDescription]) -> [[StepDescription]] {
      [
        [
          .seize("a"), .delay("5"),
          StepDescription(.seizeAny(.init([.init("b"), .init("c")], alias: "any"))),
          .release("any"), .release("a"), .leave(),
        ],
        [.seize("b"), .delay("10"), .seize("a"), .release("a"), .release("b"), .leave()],
        [.seize("c"), .delay("20")] + last + [.release("c"), .leave()],
      ]
    }
    let declare: (inout PathwayBuilder) throws -> Void = { builder in
      try servers(&builder)
      builder.addRole("any")
    }
    let circle = pathways(last: [.seize("a"), .release("a")])
    #expect(try run(circle, at: [0, 0, 0], until: 19, declare).deadlock == nil)
    let deadlock = try #require(try run(circle, at: [0, 0, 0], until: 30, declare).deadlock)
    #expect(deadlock.since == .zero + .minutes(20) && deadlock.isCircle)
    #expect(deadlock.members.map(\.waitsFor) == [resource(0), resource(2)])
    // The third goes home, and everybody is helped.
    #expect(try run(pathways(last: []), at: [0, 0, 0], until: 19, declare).deadlock == nil)
    #expect(try run(pathways(last: []), at: [0, 0, 0], until: 60, declare).deadlock == nil)
  }

  @Test("who joins those who need what it keeps waits for itself")
  func join() throws {
    let pathways: [[StepDescription]] = [
      [
        .seize("a"), .delay("5"), StepDescription(.spawn(.init("p1", isJoined: true))),
        .delay("10"), StepDescription(.join), .release("a"), .leave(),
      ],
      [.seize("a"), .delay("5"), .release("a"), .leave()],
    ]
    // A child with a server of its own waits for no more than that one's time.
    #expect(try run(pathways, at: [0], until: 14, servers).deadlock == nil)
    let deadlock = try #require(try run(pathways, at: [0], until: 16, servers).deadlock)
    #expect(deadlock.isCircle && deadlock.since == .zero + .minutes(15))
    #expect(deadlock.members.map(\.waitsFor) == [.child, resource(0)])
    let twoServers: (inout PathwayBuilder) throws -> Void = { $0.addServer("a", capacity: 2) }
    #expect(try run(pathways, at: [0], until: 60, twoServers).deadlock == nil)
  }

  @Test("a condition is waited for in vain when nothing can change it")
  func condition() throws {
    func pathway(_ condition: String) -> [StepDescription] {
      [
        .seize("a"), .delay("5"), StepDescription(.wait(.init(.condition(condition)))),
        .release("a"), .leave(),
      ]
    }
    let declare: (inout PathwayBuilder) throws -> Void = { builder in
      try servers(&builder)
      builder.addAttribute("size", .expression("3"))
    }
    // It hangs on the entity alone: settled at once, though others are still to come.
    let alone = try #require(
      try run([pathway("size > 5"), pathway("a.free > 1")], at: [0, 90], until: 6, declare)
        .deadlock)
    #expect(!alone.isCircle && alone.members.map(\.waitsFor) == [.condition])
    #expect(alone.members[0].holds == ResourceIndex(rawValue: 0))
    #expect(alone.since == .zero + .minutes(5))
    // It hangs on resources: settled when nothing is to come.
    let two = [pathway("b.held > 0"), [.seize("b"), .delay("5"), .release("b"), .leave()]]
    #expect(try run(two, at: [0, 90], until: 50, declare).deadlock == nil)
    #expect(try run(two, at: [0, 90], until: 100, declare).deadlock == nil)
    #expect(try run(two, at: [0, 3], until: 50, declare).deadlock == nil)
    #expect(try run([pathway("b.held > 0")], at: [0], until: 50, declare).deadlock != nil)
  }

  @Test("more units than there will ever be are waited for in vain")
  func tooMany() throws {
    let pathway: [StepDescription] = [
      .seize("a"), .seize("b", units: 2), .release("b"), .release("a"), .leave(),
    ]
    let found = try run([pathway], at: [3], until: 50, servers)
    let deadlock = try #require(found.deadlock)
    #expect(!deadlock.isCircle && deadlock.members.map(\.waitsFor) == [resource(1)])
    #expect(deadlock.since == .zero + .minutes(3))
  }

  @Test("where shifts finish by themselves, those to come bring units, and what is over takes none")
  func finishingShifts() throws {
    func pathways(_ from: String, _ to: String) -> [StepDescription] {
      [.seize(from), .delay("5"), .seize(to), .release(to), .release(from), .leave()]
    }
    func declare(_ minutes: [Int]) -> (inout PathwayBuilder) throws -> Void {
      { builder in
        builder.addServer("a")
        builder.provide(
          role: builder.addRole("b"),
          by: builder.addResource(
            ResourceDescription(
              name: "b", capacity: 1,
              calendar: .dated(
                minutes.map { .init(time: .zero + .minutes(Double($0)), capacity: 1) }),
              ending: .finish)))
      }
    }
    let both = [pathways("a", "b"), pathways("b", "a")]
    // The shift that begins at minute 40 has a unit of its own.
    #expect(try run(both, at: [0, 0], until: 30, declare([40])).deadlock == nil)
    #expect(try run(both, at: [0, 0], until: 60, declare([40])).deadlock == nil)
    // Here it began before they met, and there is none to come; the one who holds a unit of the old
    // shift does not keep the new one's.
    #expect(try run(both, at: [0, 0], until: 30, declare([2])).deadlock == nil)
    #expect(try run(both, at: [3, 3], until: 30, declare([2])).deadlock != nil)
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
