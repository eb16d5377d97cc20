// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import ModelFiles
import Randomness
import SimulationKernel
import Testing

/// Processes of arrival as files write them.
@Suite struct ArrivalReadingTests {
  private func network(
    _ arrivals: String, run: String = "{length: 10 d}", files: [String: String] = [:]
  ) throws -> NetworkReader.Network {
    let text = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      priorities: [urgent, normal]
      classes: {adult: {priority: normal}, child: {priority: urgent}}
      arrivals:
        door: \(arrivals)
      resources: {}
      durations: {interval: {erlang: {stages: 2, mean: 5 min}}}
      pathways:
        visit: [leave: home]
        stay: [leave: ward]
      run: \(run)
      """
    let model = try TemporaryModel(files.merging(["model.yaml": text]) { one, _ in one })
    let (document, faults) = model.document()
    let read = try #require(document)
    let network = NetworkReader.network(read, faults)
    try faults.throwIfAny()
    return try #require(network)
  }

  private func source(_ written: String) throws -> ArrivalSource {
    try network("{pathway: visit, class: adult, \(written)}").model.sources[0]
  }

  @Test("renewal processes: spelt out, by name, with a first interval")
  func renewal() throws {
    let erlang = try Distribution.erlang(stages: 2, mean: 5)
    #expect(
      try source("renewal: {erlang: {stages: 2, mean: 300 s}}").process == .renewal(erlang))
    #expect(
      try source("renewal: interval, first: stationary").process
        == .renewal(erlang, first: .stationary))
    #expect(
      try source("renewal: 1 h, first: 0 min").process
        == .renewal(try .constant(60), first: .own(try .constant(0))))
    #expect(
      try source("renewal: 1 h, first: {uniform: {low: 0 min, high: 1 h}}").process
        == .renewal(try .constant(60), first: .own(try .uniform(low: 0, high: 60))))
    #expect(
      try source("renewal: 1 h, first: interval").process
        == .renewal(try .constant(60), first: .own(erlang)))
  }

  @Test("rates from time 0 on, once or again and again, from a list or a table")
  func rates() throws {
    let changes: [ArrivalProcess.RateChange] = [
      .init(offset: .hours(1), rate: 0.5), .init(offset: .hours(4), rate: 0),
    ]
    #expect(
      try source("rates: [{from: 1 h, rate: 30 /h}, {from: 4 h, rate: 0 /h}]").process
        == .rates(changes))
    #expect(
      try source("rates: [{from: 1 h, rate: 30 /h}, {from: 4 h, rate: 0 /h}], repeat-every: 9 h")
        .process == .rates(changes, every: .hours(9)))
    let table = try network(
      "{pathway: visit, class: adult, rates: {table: rates.csv, key: row}}",
      files: ["rates.csv": "row,from_minutes,rate_per_hour\na,60,30\nb,240,0\n"])
    #expect(table.model.sources[0].process == .rates(changes))
  }

  @Test("opening hours, batches and limits")
  func others() throws {
    let found = try source(
      "poisson: {rate: 1 /min}, open: [{days: Mon, hours: 08:00-12:00}, {days: Tue}], batch: 3, "
        + "until: 2 d, most: 500")
    #expect(found.opening == OpeningHours(minutesOfWeek: [480..<720, 1440..<2880]))
    #expect(found.batch == (try .constant(3)))
    #expect(found.until == .zero + .days(2))
    #expect(found.most == 500)
    #expect(
      try source("poisson: {rate: 1 /min}, batch: {empirical: {values: [1, 4]}}").batch
        == (try .empirical(values: [1, 4])))
  }

  @Test("a log: rows in any order, with classes, priorities and pathways or without")
  func recorded() throws {
    let log = """
      patient,time_hours,class,priority,pathway
      a,2,child,,stay
      b,1,,urgent,
      """
    let read = try network(
      "{pathway: visit, class: adult, recorded: {table: log.csv, key: patient}}",
      files: ["log.csv": log])
    #expect(
      read.model.sources[0].process
        == .recorded([
          .init(.zero + .hours(2), entityClass: "child", pathway: "stay"),
          .init(.zero + .hours(1), priority: 0),
        ]))
    // Where every row says it, the source need not.
    let whole = try network(
      "{recorded: {table: log.csv, key: patient}}",
      files: ["log.csv": "patient,time_days,class,pathway\na,2,child,stay\nb,1,adult,visit\n"])
    #expect(whole.model.sources[0].pathway == "stay")
    #expect(whole.model.sources[0].classes == [.init("child", share: 1)])
    #expect(!whole.loads.isEmpty || whole.description.resources.isEmpty)
  }

  /// Expected arrivals day by day against Foundation's calendar, to rounding.
  @Test(
    "seasons follow the calendar of the run's start",
    arguments: [
      ("{jan: 2, feb: 0.5, December: 3}", "2019-11-20"),
      (
        "[{from: 02-29, factor: 2}, {from: 03-02, factor: 0.5}, {from: 11-30, factor: 3}]",
        "2019-11-20"
      ),
      ("{table: seasons.csv, key: month}", "1999-12-31"),
      ("{table: days.csv, key: from}", "2096-02-28"),
    ])
  func seasons(written: String, start: String) throws {
    let read = try network(
      "{pathway: visit, class: adult, poisson: {rate: 1 /h}, seasons: \(written)}",
      run: "{start: \(start), length: 3000 d}",
      files: [
        "seasons.csv": "month,factor\n1,2\nfeb,0.5\nDecember,3\n",
        "days.csv": "from,factor\n02-29,2\n03-02,0.5\n11-30,3\n",
      ])
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    let parts = start.split(separator: "-").compactMap { Int($0) }
    let first = try #require(
      calendar.date(from: DateComponents(year: parts[0], month: parts[1], day: parts[2])))
    let isByMonth = written.contains("jan") || written.contains("month")
    var before = 0.0
    for day in 0..<3000 {
      let date = calendar.dateComponents(
        [.month, .day], from: first.addingTimeInterval(Double(day) * 86_400))
      let (month, ofMonth) = (date.month ?? 0, date.day ?? 0)
      let factor: Double
      if isByMonth {
        factor = month == 1 ? 2 : month == 2 ? 0.5 : month == 12 ? 3 : 1
      } else {
        switch month * 100 + ofMonth {
        case ..<229, 1130...: factor = 3
        case 229..<302: factor = 2
        default: factor = 0.5
        }
      }
      let total = read.model.sources[0].expectedEntities(
        until: .zero + .days(Double(day + 1)), timeUnit: .minutes(1),
        weekStart: read.model.weekStart)
      #expect(abs(total - before - 24 * factor) < 1e-6, "day \(day)")
      before = total
    }
  }

  @Test("without a start, time 0 is 1 January and years have 365 days")
  func seasonsWithoutStart() throws {
    let source = try source("poisson: {rate: 1 /h}, seasons: {dec: 0}")
    func expected(_ days: Double) -> Double {
      source.expectedEntities(until: .zero + .days(days), timeUnit: .minutes(1))
    }
    #expect(abs(expected(334) - 334 * 24) < 1e-6)
    #expect(abs(expected(365) - 334 * 24) < 1e-6)
    #expect(abs(expected(5 * 365) - 5 * 334 * 24) < 1e-6)
  }

  /// The mean number that a day brings of each process, worked out by hand.
  @Test(
    "loads know the mean rate of every process",
    arguments: [
      ("poisson: {rate: 6 /h}", 144.0), ("poisson: {rate: 6 /h}, batch: 3", 432),
      ("renewal: 30 min", 48), ("renewal: interval", 288),
      ("renewal: 30 min, open: {days: daily, hours: 08:00-14:00}", 12),
      ("poisson: {rate: 6 /h}, open: {days: daily, hours: 08:00-14:00}", 36),
      ("rates: [{from: 0 h, rate: 0 /h}, {from: 5 d, rate: 2 /h}]", 24),
      ("rates: [{from: 1 h, rate: 3 /h}, {from: 3 h, rate: 0 /h}], repeat-every: 4 h", 36),
      ("poisson: {rate: 6 /h}, until: 5 d", 72), ("poisson: {rate: 6 /h}, most: 100", 10),
      ("poisson: {rate: 6 /h}, seasons: {jan: 2}", 288),
      ("scheduled: {times: [1 d, 2 d, 11 d]}, batch: 4", 0.8),
      ("recorded: {table: log.csv, key: row}", 0.2),
    ])
  func loads(written: String, perDay: Double) throws {
    let text = """
      kind: network
      time-unit: h
      evidence: assumed
      range-factor: [1, 1]
      arrivals: {door: {pathway: visit, \(written)}}
      resources: {bed: {capacity: unlimited}, other: {capacity: 1}}
      durations: {interval: 5 min}
      pathways:
        visit: [seize: bed, delay: 1 d, release: bed, leave: home]
        stay: [seize: other, delay: interval, release: other, leave: home]
      run: {length: 10 d}
      """
    let log = "row,time_days,pathway\na,1,visit\nb,2,stay\nc,3,\nd,20,visit\n"
    let model = try TemporaryModel(["model.yaml": text, "log.csv": log])
    let (document, faults) = model.document()
    let read = try #require(document)
    let network = try #require(NetworkReader.network(read, faults))
    #expect(faults.isEmpty)
    let load = try #require(network.loads.first)
    #expect(abs(load.offeredLoad - perDay) < 1e-6 * perDay)
  }

  /// A server that is replayed: services of 30, 5 and 5 min of those who come at 0, 10 and 20 min.
  @Test(
    "a log's attributes replace what is drawn, and what is computed of them follows",
    arguments: [
      "row,time_minutes,service\nb,20,2.5\na,0,15\nc,10,2.5\n",
      "row,time_minutes,service_seconds\nb,20,150\na,0,900\nc,10,150\n",
      // Where a cell is empty, the model's own value holds.
      "row,time_hours,service\nb,0.33333333334,\na,0,15\nc,0.16666666667,\n",
    ])
  func recordedAttributes(log: String) throws {
    let text = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      attributes:
        service: 2.5
        double: 2 * service
      arrivals: {log: {pathway: visit, recorded: {table: log.csv, key: row}}}
      resources: {server: {capacity: 1}}
      pathways:
        visit: [seize: server, delay: double, release: server, leave: home]
      run: {length: 1 d}
      """
    let model = try TemporaryModel(["model.yaml": text, "log.csv": log])
    let (document, faults) = model.document()
    let read = try #require(document)
    let network = NetworkReader.network(read, faults)
    try faults.throwIfAny()
    let run = NetworkRun(
      model: try #require(network).model,
      window: RunWindow(warmUpEnd: .zero, end: .zero + .days(1)),
      root: RandomRoot(seed: 1, replication: 1))
    run.advance(until: .zero + .days(1))
    func value(_ measure: String) -> Double {
      run.observations(requested: []).first { $0.measure == measure && $0.dimension == "" }?.value
        ?? -1
    }
    // They leave at 30, 35 and 40 min; two wait 20 and 15.
    #expect(abs(value("time-in-system") - 25) < 1e-6)
    #expect(abs(value("wait") - 35.0 / 3) < 1e-6)
  }

  @Test("a computed draw sees the log's number, never the one that it replaces")
  func recordedParameter() throws {
    let text = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      attributes:
        mean: 0
        service: {exponential: mean}
      arrivals: {log: {pathway: visit, recorded: {table: log.csv, key: row}}}
      resources: {}
      pathways: {visit: [delay: service, leave: home]}
      run: {length: 1 d}
      """
    let log = "row,time_minutes,mean\na,0,15\nb,1,2\n"
    let model = try TemporaryModel(["model.yaml": text, "log.csv": log])
    let (document, faults) = model.document()
    let network = NetworkReader.network(try #require(document), faults)
    try faults.throwIfAny()
    let run = NetworkRun(
      model: try #require(network).model,
      window: RunWindow(warmUpEnd: .zero, end: .zero + .days(1)),
      root: RandomRoot(seed: 1, replication: 1))
    run.advance(until: .zero + .days(1))
    #expect(run.fault == nil)
  }

  @Test("the sources of “Writing a network” have no fault")
  func documentation() throws {
    let page = try String(
      contentsOfFile: DocumentationTests.root
        + "/Sources/ModelFiles/ModelFiles.docc/WritingANetwork.md", encoding: .utf8)
    let section = try #require(page.components(separatedBy: "## Arrivals\n").last)
    let example = try #require(
      section.components(separatedBy: "```yaml\n")[1].components(separatedBy: "\n```").first)
    let text = """
      kind: network
      time-unit: min
      evidence: assumed
      range-factor: [1, 1]
      classes: {adult: {}, child: {}}
      resources: {}
      pathways: {visit: [leave: home], sample: [leave: sent]}
      run: {warm-up: 0 d, length: 100 d}

      """
    let log = "patient,time_minutes,class,pathway\n17,3.5,adult,visit\n18,0,child,sample\n"
    let model = try TemporaryModel(["model.yaml": text + example + "\n", "log.csv": log])
    let check = ModelCheck(path: model.folder)
    #expect(check.faults == nil)
    #expect(check.warnings.isEmpty)
  }
}
