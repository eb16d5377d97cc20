// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

@Suite("Batches, logs and limits")
struct BatchAndLogTests {
  private func finished(_ model: NetworkModel, hours: Double) -> NetworkRun {
    let run = ArrivalCounts.run(model, hours: hours)
    run.advance(until: .zero + .hours(hours))
    return run
  }

  @Test("a batch of three is three entities at one instant, and moves no arrival")
  func fixedBatch() throws {
    let single = ArrivalCounts.source(.poisson(rate: 4))
    var triple = single
    triple.batch = try .constant(3)
    let models = (
      try ArrivalCounts.network([single]), try ArrivalCounts.network([triple])
    )
    #expect(
      ArrivalCounts.counts(models.0, slices: 5000, hours: 0.1)
        == ArrivalCounts.counts(models.1, slices: 5000, hours: 0.1))
    let runs = (finished(models.0, hours: 500), finished(models.1, hours: 500))
    #expect(runs.1.value("arrivals") == 3 * (runs.0.value("arrivals") ?? 0))
  }

  @Test("drawn batches have the distribution's mean, and move no arrival")
  func drawnBatch() throws {
    var source = ArrivalCounts.source(
      .periodic(
        period: .days(1), [.init(offset: .zero, rate: 4), .init(offset: .hours(9), rate: 1)]))
    let single = try ArrivalCounts.network([source])
    source.batch = try .empirical(values: [1, 2, 7], weights: [5, 3, 2])
    let model = try ArrivalCounts.network([source])
    #expect(
      ArrivalCounts.counts(single, slices: 2000, hours: 1)
        == ArrivalCounts.counts(model, slices: 2000, hours: 1))
    let run = finished(model, hours: 5000)
    let mean = (run.value("arrivals") ?? 0) / Double(run.eventCount)
    // Variance 5.29: five and a half standard errors, false positive 4e-8.
    #expect(abs(mean - 2.5) < 5.5 * (5.29 / Double(run.eventCount)).squareRoot())
  }

  @Test("the first of a batch keeps its class whatever the batch; shares move no arrival")
  func classesOfBatches() throws {
    var source = ArrivalCounts.source(.poisson(rate: 4))
    source.classes = [.init("guest", share: 0.3), .init("patient", share: 0.7)]
    let classes = ["guest", "patient"]
    let single = try ArrivalCounts.network([source], classes: classes)
    source.classes = [.init("guest", share: 0.5), .init("patient", share: 0.5)]
    let shared = try ArrivalCounts.network([source], classes: classes)
    #expect(
      ArrivalCounts.counts(single, slices: 2000, hours: 0.1)
        == ArrivalCounts.counts(shared, slices: 2000, hours: 0.1))
    let number = ArrivalNumber(arrival: 12_345_678_901, member: 77)
    #expect(ArrivalNumber(episode: number.episode) == number)
    #expect(ArrivalNumber(arrival: 5).episode == 5)
    let owner = try #require(single.sourceNames.first?.key)
    #expect(single.caseName(owner: owner, episode: 5) == "door-5")
    #expect(
      single.caseName(owner: owner, episode: ArrivalNumber(arrival: 5, member: 1).episode)
        == "door-5.2")
  }

  /// A delay is keyed by its entity, so what remains of a run with batches of two, less the second
  /// members, is the run without.
  @Test("the draws of the first members are those of single arrivals")
  func drawsOfMembers() throws {
    func meanTime(_ batch: Distribution?) throws -> [Double] {
      var builder = PathwayBuilder()
      builder.addSite("network")
      builder.addClass("patient")
      builder.addLeaveReason("home")
      builder.addDurationRule("stay", try .exponential(mean: 1), unit: .hours(1))
      builder.addPathway("visit", steps: [.init(.delay(rule: "stay")), .leave()])
      var source = ArrivalCounts.source(
        .scheduled((0..<4).map { .zero + .hours(Double($0) * 1000) }))
      source.batch = batch
      let model = try NetworkModel(
        program: try builder.build(), sources: [source], timeUnit: .hours(1))
      let run = ArrivalCounts.run(model, hours: 4000)
      return (1...4).map { slice in
        run.advance(until: .zero + .hours(1000 * Double(slice)))
        return (run.value("time-in-system") ?? 0) * (run.value("throughput") ?? 0) * 1000
          * Double(slice)
      }
    }
    let single = try meanTime(nil)
    let double = try meanTime(try .constant(2))
    let again = try meanTime(try .empirical(values: [1, 2], weights: [1, 1]))
    #expect(try meanTime(try .constant(1)) == single)
    // Different members have different draws.
    #expect(zip(single, double).allSatisfy { $1 > $0 && abs($1 - 2 * $0) > 1e-6 })
    // Each arrival adds what one or both of its members spent, as with the other batches.
    let steps = { (sums: [Double]) in zip(sums, [0] + sums).map { $0 - $1 } }
    for (mixed, (one, two)) in zip(steps(again), zip(steps(single), steps(double))) {
      #expect(min(abs(mixed - one), abs(mixed - two)) < 1e-6)
    }
  }

  @Test("a source ends after a time or a count, and its arrivals until then are the same")
  func limits() throws {
    for process: ArrivalProcess in [
      .poisson(rate: 5), .periodic(period: .days(1), [.init(offset: .zero, rate: 5)]),
      .renewal(try .erlang(stages: 2, mean: 0.2)),
      .scheduled((0..<1000).map { .zero + .hours(Double($0) / 5) }),
    ] {
      var source = ArrivalCounts.source(process)
      let free = ArrivalCounts.counts(
        try ArrivalCounts.network([source]), slices: 200, hours: 1)
      source.until = .zero + .hours(80)
      let timed = ArrivalCounts.counts(
        try ArrivalCounts.network([source]), slices: 200, hours: 1)
      #expect(timed == Array(free[..<80]) + [Int](repeating: 0, count: 120))
      source.until = nil
      source.most = 123
      let counted = ArrivalCounts.counts(
        try ArrivalCounts.network([source]), slices: 200, hours: 1)
      #expect(counted.reduce(0, +) == 123)
      let last = counted.lastIndex { $0 > 0 } ?? 0
      #expect(counted[..<last].elementsEqual(free[..<last]))
    }
  }

  @Test("a log comes back at its instants, in any order of its rows")
  func log() throws {
    let times = [5.25, 0, 2.5, 2.5, 1.125].map { SimulationTime.zero + .hours($0) }
    let model = try ArrivalCounts.network([
      ArrivalCounts.source(.recorded(times.map { .init($0) }))
    ])
    #expect(ArrivalCounts.comeAt(times.sorted(), model, hours: 10))
  }

  @Test("a log's rows have classes and pathways of their own, or the source's")
  func rows() throws {
    var builder = PathwayBuilder()
    builder.addSite("network")
    for name in ["guest", "patient"] { builder.addClass(name) }
    builder.addLeaveReason("home")
    builder.addLeaveReason("ward", outcome: .lost)
    builder.addPathway("visit", steps: [.init(.leave(reason: "home"))])
    builder.addPathway("stay", steps: [.init(.leave(reason: "ward"))])
    let rows: [ArrivalProcess.RecordedArrival] = [
      .init(.zero + .hours(3)), .init(.zero + .hours(1), entityClass: "guest"),
      .init(.zero + .hours(2), pathway: "stay"),
      .init(.zero + .hours(1), entityClass: "guest", priority: 0, pathway: "stay"),
    ]
    let model = try NetworkModel(
      program: try builder.build(), sources: [ArrivalCounts.source(.recorded(rows))],
      timeUnit: .hours(1))
    let run = finished(model, hours: 4)
    #expect(run.value("arrivals", "class", "guest") == 2)
    #expect(run.value("arrivals", "class", "patient") == 2)
    #expect(run.value("lost") == 2)
  }

  @Test("a scenario that moves a row of a log keeps the numbers of all")
  func numbersOfRows() throws {
    func departures(_ times: [Double]) throws -> Double {
      var builder = PathwayBuilder()
      builder.addSite("network")
      builder.addClass("patient")
      builder.addLeaveReason("home")
      builder.addDurationRule("stay", try .exponential(mean: 1), unit: .hours(1))
      builder.addPathway("visit", steps: [.init(.delay(rule: "stay")), .leave()])
      let source = ArrivalCounts.source(
        .recorded(times.map { .init(.zero + .hours($0)) }))
      let model = try NetworkModel(
        program: try builder.build(), sources: [source], timeUnit: .hours(1))
      return finished(model, hours: 1000).value("time-in-system") ?? 0
    }
    #expect(try departures([1, 2, 3]) == departures([500, 2, 3]))
  }

  @Test("faults of sources' processes come all at once")
  func faults() throws {
    let opening = OpeningHours(minutesOfWeek: [480..<1020])
    func source(_ name: String, _ process: ArrivalProcess) -> ArrivalSource {
      ArrivalCounts.source(process, name: name)
    }
    var batch = source("batch", .poisson(rate: 1))
    batch.batch = try .poisson(mean: 3)
    var half = source("half", .poisson(rate: 1))
    half.batch = try .constant(1.5)
    var closed = source("closed", .scheduled([.zero + .hours(9), .zero + .hours(17)]))
    closed.opening = opening
    var never = source("never", .poisson(rate: 1))
    never.opening = OpeningHours(minutesOfWeek: [])
    var seasons = source("seasons", .renewal(try .exponential(mean: 1)))
    seasons.seasons = SeasonalFactors(
      days: [Double](repeating: 0, count: 366), years: [.init(start: .zero, isLeap: false)])
    seasons.until = .zero - .hours(1)
    let sources = [
      source("zero", .renewal(try .constant(0))),
      source("weibull", .renewal(try .weibull(shape: 2, scale: 1), first: .stationary)),
      source("first", .renewal(try .constant(1), first: .own(try .constant(-1)))),
      source(
        "order", .rates([.init(offset: .hours(2), rate: 1), .init(offset: .hours(1), rate: 0)])),
      source("none", .rates([])),
      source("long", .rates([.init(offset: .hours(2), rate: 1)], every: .hours(2))),
      source(
        "log",
        .recorded(
          [.init(.zero - .hours(1), entityClass: "guest", priority: 16, pathway: "stay")],
          attributes: ["age"])),
      batch, half, closed, never, seasons,
    ]
    let error = #expect(throws: ArrivalFaults.self) { try ArrivalCounts.network(sources) }
    #expect(
      error?.faults == [
        ArrivalFault(source: "zero", reason: .intervalsOutOfRange),
        ArrivalFault(source: "weibull", reason: .noStationaryInterval("weibull")),
        ArrivalFault(source: "first", reason: .intervalsOutOfRange),
        ArrivalFault(source: "order", reason: .offsetsOutOfOrder),
        ArrivalFault(source: "none", reason: .noRate),
        ArrivalFault(source: "long", reason: .offsetsOutOfOrder),
        ArrivalFault(source: "log", reason: .unknownPathway("stay", known: ["visit"])),
        ArrivalFault(source: "log", reason: .unknownClass("guest", known: ["patient"])),
        ArrivalFault(source: "log", reason: .unknownAttribute("age", known: [])),
        ArrivalFault(source: "log", reason: .priorityOutOfRange(16)),
        ArrivalFault(source: "log", reason: .attributesMissing),
        ArrivalFault(source: "log", reason: .timesOutOfOrder),
        ArrivalFault(source: "batch", reason: .batchOutOfRange),
        ArrivalFault(source: "half", reason: .batchOutOfRange),
        ArrivalFault(source: "closed", reason: .timeOutsideOpening(.zero + .hours(17))),
        ArrivalFault(source: "never", reason: .neverOpen),
        ArrivalFault(source: "seasons", reason: .seasonsWithoutRate),
        ArrivalFault(source: "seasons", reason: .noRate),
        ArrivalFault(source: "seasons", reason: .limitOutOfRange),
      ])
  }
}
