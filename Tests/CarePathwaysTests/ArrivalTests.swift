// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

@Suite("Entities arrive when their source says")
struct ArrivalTests {
  private func network(
    _ sources: [ArrivalSource], classes: [String] = ["patient"],
    weekStart: SimulationTime = .zero
  ) throws -> NetworkModel {
    try ArrivalCounts.network(sources, classes: classes, weekStart: weekStart)
  }

  private func source(_ process: ArrivalProcess, name: String = "door") -> ArrivalSource {
    ArrivalCounts.source(process, name: name)
  }

  private func counts(_ model: NetworkModel, slices: Int, hours: Double) -> [Int] {
    ArrivalCounts.counts(model, slices: slices, hours: hours)
  }

  @Test("scheduled arrivals come at their instants, several at one instant too")
  func scheduled() throws {
    let times = [0.5, 1.5, 1.5, 3.25].map { SimulationTime.zero + .hours($0) }
    let model = try network([source(.scheduled(times))])
    #expect(counts(model, slices: 5, hours: 1) == [1, 2, 0, 1, 0])
    #expect(counts(try network([source(.scheduled([]))]), slices: 2, hours: 1) == [0, 0])
  }

  @Test("Poisson arrivals: mean and variance of the count are the rate times the span")
  func poisson() throws {
    let slices = counts(
      try network([source(.poisson(rate: 4))]), slices: 20_000, hours: 5
    ).map(Double.init)
    let moments = try #require(SampleMoments(slices))
    // Both are about normal with known spread; five standard errors: false positive 6e-7 each.
    #expect(abs(moments.mean - 20) < 5 * (20.0 / 20_000).squareRoot())
    let spread = (2 * 400 + 20.0) / 20_000
    #expect(abs(moments.variance - 20) < 5 * spread.squareRoot())
  }

  /// Five and a half standard deviations of a Poisson count for each of 168 hours: false positive
  /// 7e-6 for each week start.
  @Test("each hour of the week has its own rate, wherever the run starts", arguments: [0, 9, 167])
  func weeklyRates(startHour: Int) throws {
    // Mondays 8-9 at 10 an hour, 9-10 at 0, 10-12 at 2; from Sunday 23 to Monday 8 at 6.
    let changes: [(hour: Double, rate: Double)] = [(8, 10), (9, 0), (10, 2), (12, 0), (167, 6)]
    let process = ArrivalProcess.periodic(
      period: .days(7), changes.map { .init(offset: .hours($0.hour), rate: $0.rate) })
    let model = try network([source(process)], weekStart: .zero - .hours(Double(startHour)))
    let weeks = 2000
    var sums = [Int](repeating: 0, count: 168)
    for (hour, count) in counts(model, slices: weeks * 168, hours: 1).enumerated() {
      sums[(hour + startHour) % 168] += count
    }
    for hour in 0..<168 {
      let rate: Double
      switch hour {
      case 8: rate = 10
      case 10, 11: rate = 2
      case 0..<8, 167: rate = 6
      default: rate = 0
      }
      let mean = rate * Double(weeks)
      #expect(abs(Double(sums[hour]) - mean) <= 5.5 * mean.squareRoot(), "hour \(hour)")
    }
  }

  @Test("a change of rates moves arrivals and changes no draw: twice the rate, half the time")
  func rateChange() throws {
    func entering(_ rate: Double, until hours: Double) throws -> (Double, UInt64) {
      let run = NetworkRun(
        model: try network([source(.poisson(rate: rate))]),
        window: RunWindow(warmUpEnd: .zero, end: .zero + .hours(hours)),
        root: RandomRoot(seed: 9, replication: 2))
      run.advance(until: .zero + .hours(hours))
      return (run.value("arrivals") ?? 0, run.eventCount)
    }
    #expect(try entering(1, until: 800) == entering(2, until: 400))
    // The same through rates that change, with the same integral.
    let constant = ArrivalProcess.periodic(
      period: .days(1), [.init(offset: .zero, rate: 2), .init(offset: .hours(7), rate: 2)])
    let model = try network([source(constant)])
    let plain = try network([source(.poisson(rate: 2))])
    #expect(counts(model, slices: 400, hours: 1) == counts(plain, slices: 400, hours: 1))
  }

  /// Poisson by the strong Markov property. Each of 400 runs has 50 or 100 hours: the counts sum up
  /// to within five and a half standard deviations, false positive 4e-8. What stood there before
  /// the test, a place on the curve of the old rates, is off by 50 or more in each run.
  @Test("a copy under other rates goes on at those, from its pending arrival on")
  func copyUnderOtherRates() throws {
    func periodic(_ rate: Double) throws -> NetworkModel {
      try network([
        source(
          .periodic(
            period: .days(7), [.init(offset: .zero, rate: rate), .init(offset: .days(3), rate: 1)]))
      ])
    }
    func seasonal(_ rate: Double) throws -> NetworkModel {
      try network([source(.rates([.init(offset: .zero, rate: rate)]))])
    }
    for (before, after) in [
      (try periodic(1), try periodic(3)), (try periodic(3), try periodic(1)),
      (try seasonal(1), try seasonal(3)),
    ] {
      let rate = after.sources[0].expectedEntities(
        until: .zero + .hours(1), timeUnit: .hours(1))
      var sum = 0.0
      for replication in 1...400 {
        let first = ArrivalCounts.run(before, hours: 72, replication: UInt32(replication))
        first.advance(until: .zero + .hours(22))
        // A copy under the same model goes on to the same numbers.
        let same = first.copy(under: before)
        let other = first.copy(under: after)
        for run in [first, same, other] { run.advance(until: .zero + .hours(72)) }
        #expect(first.eventCount == same.eventCount)
        first.advance(until: .zero + .hours(72))
        let until22 = ArrivalCounts.run(before, hours: 72, replication: UInt32(replication))
        until22.advance(until: .zero + .hours(22))
        sum += Double(other.eventCount - until22.eventCount)
      }
      // The pending arrival comes at the old rate: 1/old hours instead of 1/new.
      let old = before.sources[0].expectedEntities(
        until: .zero + .hours(1), timeUnit: .hours(1))
      let mean = 1 + rate * (50 - 1 / old)
      #expect(abs(sum - 400 * mean) < 5.5 * (400 * 50 * max(rate, old) * 1.1).squareRoot())
    }
  }

  @Test("an added source or class changes no arrival of another source")
  func addedSource() throws {
    let one = source(.poisson(rate: 3))
    let alone = try network([one])
    var other = source(.poisson(rate: 5), name: "other door")
    other.classes = [.init("guest", share: 0.25), .init("patient", share: 0.75)]
    let both = try network([other, one], classes: ["guest", "patient"])
    let end = SimulationTime.zero + .hours(1000)
    func run(_ model: NetworkModel) -> NetworkRun {
      let run = NetworkRun(
        model: model, window: RunWindow(warmUpEnd: .zero, end: end),
        root: RandomRoot(seed: 9, replication: 2))
      run.advance(until: end)
      return run
    }
    let patients = run(alone).value("arrivals") ?? 0
    let guests = try network([other], classes: ["guest", "patient"])
    let shared = run(guests).value("arrivals", "class", "patient") ?? 0
    #expect(run(both).value("arrivals", "class", "patient") == patients + shared)
    // About 1,250 of 5,000 expected guests; six standard deviations.
    let share = run(guests).value("arrivals", "class", "guest") ?? 0
    #expect(abs(share - 1250) < 6 * 36)
  }

  @Test("faults of sources come all at once")
  func faults() throws {
    var builder = PathwayBuilder()
    builder.addSite("network")
    builder.addClass("patient")
    builder.addLeaveReason("home")
    builder.addPathway("visit", steps: [.leave()])
    let program = try builder.build()
    let sources = [
      ArrivalSource(
        name: "a", process: .poisson(rate: 0), pathway: "visits",
        classes: [.init("guest", share: 0.5)]),
      ArrivalSource(
        name: "a",
        process: .periodic(period: .days(1), [.init(offset: .days(1), rate: 0)]),
        pathway: "visit", classes: []),
      ArrivalSource(
        name: "b", process: .scheduled([.zero + .hours(2), .zero + .hours(1)]), pathway: "visit",
        classes: [.init("patient", share: 1)]),
    ]
    let error = #expect(throws: ArrivalFaults.self) {
      try NetworkModel(program: program, sources: sources, timeUnit: .hours(1))
    }
    #expect(
      error?.faults == [
        ArrivalFault(source: "a", reason: .unknownPathway("visits", known: ["visit"])),
        ArrivalFault(source: "a", reason: .unknownClass("guest", known: ["patient"])),
        ArrivalFault(source: "a", reason: .sharesSumTo(0.5)),
        ArrivalFault(source: "a", reason: .rateOutOfRange(0)),
        ArrivalFault(source: "a", reason: .duplicateSource),
        ArrivalFault(source: "a", reason: .noClasses),
        ArrivalFault(source: "a", reason: .offsetsOutOfOrder),
        ArrivalFault(source: "a", reason: .noRate),
        ArrivalFault(source: "b", reason: .timesOutOfOrder),
      ])
  }
}

extension NetworkRun {
  /// The value of one row, or `nil` when there is no such row or it is undefined.
  func value(_ measure: String, _ dimension: String = "", _ member: String = "") -> Double? {
    observations(
      requested: [MeasureRequest(measure: measure, dimension: dimension)]
    ).first {
      $0.measure == measure && $0.dimension == dimension && $0.member == member
    }?.value ?? nil
  }
}
