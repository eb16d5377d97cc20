// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

/// Measures for which entities are followed through all their steps, against the log of the same run,
/// counted anew. Exact, so no risk of error is run; a grant, release, interruption or step that is
/// missed once is found.
@Suite("Measures that follow entities, against the log of the run")
struct FollowedMeasureTests {
  /// Shifts that interrupt, preemption, a transfer, changes of class, joint requests, balking and a
  /// referral.
  private func clinic() throws -> NetworkModel {
    var builder = try PathwayBuilder.plain()
    builder.addClass("urgent", priority: 2)
    builder.addServer("doctor", capacity: 2)
    builder.addServer("theatre", isPreemptive: true)
    builder.addServer("bed", capacity: 3)
    builder.addServer("ward", capacity: 2)
    builder.addDurationRule("consult", try .exponential(mean: 12), unit: .minutes(1))
    builder.addDurationRule("patience", try .exponential(mean: 40), unit: .minutes(1))
    builder.addDurationRule("stay", try .gamma(shape: 2, scale: 1), unit: .hours(1))
    var seize = StepDescription.seize(
      "doctor", patience: .init(rule: "patience", otherwise: "gone"))
    seize.belongsAbove = true
    builder.addPathway(
      "visit",
      steps: [
        StepDescription(
          label: "see", .choose([.init("doctor.queue > 3", to: "away"), .init(nil, to: nil)])),
        seize,
        .delay("consult", label: "talk"),
        StepDescription(.branch([.init(0.3, to: "worse"), .init(nil, to: "free")])),
        StepDescription(label: "worse", .assignClass("urgent")),
        StepDescription(label: "free", .release(role: "doctor")),
        StepDescription(
          label: "where",
          .branch([.init(0.12, to: "admit"), .init(0.1, to: "refer"), .init(nil, to: "home")])),
        StepDescription(
          label: "admit", .seizeAll(.init([.init("bed"), .init("theatre")]))),
        .delay("20"), .release("theatre"), .seize("theatre"), .delay("5"), .release("theatre"),
        StepDescription(
          label: "up", .transfer(to: .init("ward"), from: "bed", delay: "10")),
        .delay("stay", label: "recovery"), .release("ward"),
        .leave("home", label: "home"), .leave("gone", label: "gone"), .leave("away", label: "away"),
        StepDescription(label: "refer", .proceed(pathway: "county", isReferral: true)),
      ])
    builder.addPathway(
      "county", steps: [.delay("stay"), StepDescription(.assignPriority(3)), .leave("home")])
    var costs = (1...4).map { _ in ResourceCost() }
    for place in 0..<4 {
      costs[place].busy = Double(place + 1) * 8
      costs[place].use = Double(place) * 3
    }
    return try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "door", process: .poisson(rate: 7), pathway: "visit",
          classes: [.init("patient", share: 0.8), .init("urgent", share: 0.2)])
      ], timeUnit: .hours(1), costs: costs)
  }

  private static let requests = [
    "passed by step", "passed by class+step", "wait by class+step", "reneged by class+step",
    "wait by step", "reneged by step",
    "refused by step", "referred by step", "referred by class+step", "cost by class",
    "cost by class+resource", "wait-share-over-0.2-with-unfinished by class+step",
    "wait-share-over-0.2-with-unfinished by step",
  ].map {
    let words = $0.split(separator: " by ")
    return MeasureRequest(measure: String(words[0]), dimension: String(words[1]))
  }

  private func run(
    _ model: NetworkModel, _ window: RunWindow, _ root: RandomRoot, slices: Int = 1,
    requested: [MeasureRequest] = Self.requests
  ) -> NetworkRun {
    let run = NetworkRun(model: model, window: window, root: root, requested: requested)
    for slice in 1...slices {
      run.advance(
        until: .zero
          + TimeSpan(microseconds: window.end.microseconds / Int64(slices) * Int64(slice)))
    }
    run.advance(until: window.end)
    return run
  }

  private func log(_ model: NetworkModel, _ window: RunWindow, _ root: RandomRoot) -> [TraceRow] {
    let traced = TracedNetworkRun(model: model, window: window, root: root)
    traced.advance(until: window.end)
    return traced.takeRows()
  }

  @Test("being followed changes nothing in a run, whole, in slices or copied")
  func sameRun() throws {
    let model = try clinic()
    for last in [nil, Int64(300)] {
      let window = RunWindow(
        warmUpEnd: .zero + .hours(50), end: .zero + .hours(300), lastCompletion: last)
      let root = RandomRoot(seed: 5, replication: 2)
      let plain = run(model, window, root, requested: [])
      let whole = run(model, window, root)
      #expect(whole.checksum == plain.checksum)
      #expect(whole.eventCount == plain.eventCount)
      let sliced = run(model, window, root, slices: 37)
      #expect(sliced.observations() == whole.observations())
      let half = NetworkRun(model: model, window: window, root: root, requested: Self.requests)
      half.advance(until: .zero + .hours(120))
      let copy = half.copy()
      copy.advance(until: window.end)
      #expect(copy.observations() == whole.observations())
    }
  }

  /// What passing a step is in the log.
  private static let passing: [(label: String, events: Set<TraceRow.Event>)] = [
    ("talk", [.delay]), ("worse", [.assignClass]), ("free", [.release]), ("where", [.branch]),
    ("up", [.start]), ("recovery", [.delay]), ("home", [.leave]), ("gone", [.leave]),
    ("away", [.leave]), ("refer", [.step]),
  ]

  @Test("passes and referrals by class and step", arguments: [0.0, 60])
  func passes(warmUp: Double) throws {
    let model = try clinic()
    let window = RunWindow(warmUpEnd: .zero + .hours(warmUp), end: .zero + .hours(400))
    let root = RandomRoot(seed: 8, replication: 1)
    let rows = run(model, window, root).observations()
    let log = log(model, window, root).filter { $0.time >= window.warmUpEnd }
    func told(_ measure: String, _ classIndex: Int?, _ label: String) -> Double? {
      let step = "visit.\(label)"
      guard let classIndex else { return rows.value(measure, "step", step) }
      return rows.value(measure, "class+step", "\(model.program.classes[classIndex])+\(step)")
    }
    for classIndex in [nil, 0, 1] as [Int?] {
      func count(_ row: UInt16, _ events: Set<TraceRow.Event>, of resource: UInt32? = nil)
        -> Double
      {
        Double(
          log.count {
            $0.row == row && events.contains($0.event)
              && (classIndex == nil || Int($0.classIndex) == classIndex)
              && (resource == nil || $0.resource == resource)
          })
      }
      for (label, events) in Self.passing {
        let row = try #require(model.program.row(pathway: "visit", label: label))
        #expect(told("passed", classIndex, label) == count(row, events), "\(label)")
      }
      // The request stands below the row where it may be balked at.
      let see = try #require(model.program.row(pathway: "visit", label: "see")) + 1
      #expect(told("passed", classIndex, "see") == count(see, [.start]))
      #expect(told("reneged", classIndex, "see") == count(see, [.renege]))
      // A joint grant is told of each resource, and is one.
      let admit = try #require(model.program.row(pathway: "visit", label: "admit"))
      #expect(told("passed", classIndex, "admit") == count(admit, [.start], of: 1))
      let refer = try #require(model.program.row(pathway: "visit", label: "refer"))
      #expect(told("referred", classIndex, "refer") == count(refer, [.step]))
      #expect((told("referred", classIndex, "refer") ?? 0) > 20)
      let whole =
        classIndex.map { rows.value("referred", "class", model.program.classes[$0]) }
        ?? rows.value("referred")
      #expect(whole == count(refer, [.step]))
      for label in ["see", "admit"] {
        let row = label == "see" ? see : admit
        // Requests of the window, as waits are.
        var spans: [TimeSpan] = []
        for one in log where one.row == row && one.event == .start {
          guard classIndex == nil || Int(one.classIndex) == classIndex else { continue }
          guard label == "see" || one.resource == 1 else { continue }
          let span = TimeSpan(microseconds: one.value)
          if one.time - span >= window.warmUpEnd { spans.append(span) }
        }
        let mean = spans.reduce(0.0) { $0 + $1 / .hours(1) } / Double(spans.count)
        let measured = told("wait", classIndex, label) ?? .nan
        #expect(spans.isEmpty ? measured.isNaN : abs(measured - mean) < 1e-9)
      }
    }
    #expect(told("referred", nil, "see") == nil)
    // What is counted by class adds up to the whole, shares included once they are counts.
    for (name, dimension) in [("passed", "step"), ("referred", "step")] {
      let parts = rows.filter { $0.measure == name && $0.dimension == "class+" + dimension }
      let wholes = rows.filter { $0.measure == name && $0.dimension == dimension }
      #expect(
        parts.reduce(0) { $0 + ($1.value ?? 0) } == wholes.reduce(0) { $0 + ($1.value ?? 0) })
    }
  }

  @Test("cost by class is what its entities held and were granted", arguments: [0.0, 60])
  func costs(warmUp: Double) throws {
    let model = try clinic()
    let window = RunWindow(warmUpEnd: .zero + .hours(warmUp), end: .zero + .hours(400))
    let root = RandomRoot(seed: 4, replication: 1)
    let rows = run(model, window, root).observations()
    var held: [EntityIndex: [UInt32: (since: SimulationTime, classIndex: UInt16)]] = [:]
    var hours = Array(repeating: Array(repeating: 0.0, count: 4), count: 2)
    var grants = hours
    func close(_ entity: EntityIndex, _ resource: UInt32, _ now: SimulationTime) {
      guard let one = held[entity]?.removeValue(forKey: resource) else { return }
      let since = max(one.since, window.warmUpEnd)
      if now > since { hours[Int(one.classIndex)][Int(resource)] += (now - since) / .hours(1) }
    }
    for row in log(model, window, root) {
      switch row.event {
      case .start:
        held[row.entity, default: [:]][row.resource] = (row.time, row.classIndex)
        if row.time >= window.warmUpEnd { grants[Int(row.classIndex)][Int(row.resource)] += 1 }
      case .release, .transfer: close(row.entity, row.resource, row.time)
      case .interrupted: close(row.entity, row.resource, row.time)
      case .resume: held[row.entity, default: [:]][row.resource] = (row.time, row.classIndex)
      case .assignClass:
        for resource in (held[row.entity] ?? [:]).keys {
          close(row.entity, resource, row.time)
          held[row.entity]?[resource] = (row.time, UInt16(row.value))
        }
      default: break
      }
    }
    for (entity, units) in held {
      for resource in units.keys { close(entity, resource, window.end) }
    }
    var total = 0.0
    for (classIndex, name) in model.program.classes.enumerated() {
      var ofClass = 0.0
      for (place, resource) in model.program.resources.enumerated() {
        let cost =
          model.costs[place].busy * hours[classIndex][place]
          + model.costs[place].use * grants[classIndex][place]
        ofClass += cost
        let told = try #require(rows.value("cost", "class+resource", "\(name)+\(resource.name)"))
        #expect(abs(told - cost) < 1e-6 * (1 + cost), "\(name), \(resource.name)")
      }
      #expect(abs(try #require(rows.value("cost", "class", name)) - ofClass) < 1e-6 * ofClass)
      #expect(ofClass > 100)
      total += ofClass
    }
    #expect(log(model, window, root).contains { $0.event == .interrupted })
    // Nothing is rostered or overtime here, so what classes cost is what there is.
    #expect(abs(try #require(rows.value("cost")) - total) < 1e-6 * total)
  }
}
