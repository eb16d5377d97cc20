// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

@Suite("A trace tells what happened and changes nothing")
struct TraceTests {
  /// Every kind of step and wait: a bounded desk, patience, shifts, preemption, blocking.
  private func clinic() throws -> NetworkModel {
    var builder = try PathwayBuilder.plain()
    builder.addClass("urgent", priority: 2)
    builder.addServer("desk", waitingRoom: 3)
    builder.addServer(
      "doctor", capacity: 2,
      calendar: .weekly(
        (0..<7).flatMap { day in
          [
            .init(minuteOfWeek: day * 1440 + 480, capacity: 2),
            .init(minuteOfWeek: day * 1440 + 1080, capacity: 1),
          ]
        }))
    builder.addServer("theatre", isPreemptive: true)
    builder.addServer("bed", capacity: 4)
    builder.addServer("ward", capacity: 3)
    builder.addDurationRule("consult", try .exponential(mean: 12), unit: .minutes(1))
    builder.addDurationRule("patience", try .exponential(mean: 40), unit: .minutes(1))
    builder.addDurationRule("stay", try .gamma(shape: 2, scale: 1), unit: .hours(1))
    builder.addPathway(
      "visit",
      steps: [
        .seize("desk", refused: "away"), .delay("5"), .release("desk"),
        .seize("doctor", label: "see", patience: .init(rule: "patience", otherwise: "gone")),
        .delay("consult"), .release("doctor"),
        StepDescription(
          .branch([
            .init(0.2, to: "see"), .init(0.05, to: "worse"), .init(0.15, to: "admit"),
            .init(nil, to: "home"),
          ])),
        StepDescription(label: "worse", .assignClass("urgent")),
        StepDescription(.assignPriority(1)),
        .seize("bed", label: "admit"), .seize("theatre"), .delay("20"), .release("theatre"),
        .delay("stay"), StepDescription(.transfer(to: .init("ward"), from: "bed", delay: "10")),
        .delay("stay", label: "recovery"), .release("ward"),
        .leave("home", label: "home"), .leave("gone", label: "gone"), .leave("away", label: "away"),
      ])
    return try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "door", process: .poisson(rate: 6), pathway: "visit",
          classes: [.init("patient", share: 0.8), .init("urgent", share: 0.2)])
      ], timeUnit: .hours(1))
  }

  private let window = RunWindow(warmUpEnd: .zero, end: .zero + .hours(1000))

  private func traced(
    _ model: NetworkModel, _ window: RunWindow, _ root: RandomRoot, slices: Int = 1
  ) -> (run: TracedNetworkRun, rows: [TraceRow]) {
    let run = TracedNetworkRun(model: model, window: window, root: root)
    var rows: [TraceRow] = []
    for slice in 1...slices {
      run.advance(
        until: .zero
          + TimeSpan(microseconds: window.end.microseconds / Int64(slices) * Int64(slice)))
      rows += run.takeRows()
    }
    run.advance(until: window.end)
    return (run, rows + run.takeRows())
  }

  @Test("the traced run has the checksum of the plain one, and the same rows in any slices")
  func checksum() throws {
    let model = try clinic()
    for seed in 1...5 as ClosedRange<UInt64> {
      let root = RandomRoot(seed: seed, replication: 2)
      let window = RunWindow(
        warmUpEnd: .zero + .hours(Double(seed) * 50), end: .zero + .hours(600),
        lastCompletion: seed > 3 ? 700 : nil)
      let plain = NetworkRun(model: model, window: window, root: root)
      plain.advance(until: window.end)
      let whole = traced(model, window, root)
      #expect(whole.run.checksum == plain.checksum)
      #expect(whole.run.eventCount == plain.eventCount)
      let sliced = traced(model, window, root, slices: 77)
      #expect(sliced.run.checksum == plain.checksum)
      #expect(sliced.rows == whole.rows)
    }
  }

  @Test("the measures of a run follow from its trace, counted anew")
  func measures() throws {
    let model = try clinic()
    let root = RandomRoot(seed: 3, replication: 1)
    let rows = traced(model, window, root).rows
    let run = NetworkRun(model: model, window: window, root: root)
    run.advance(until: window.end)
    func value(_ measure: String, _ dimension: String = "", _ member: String = "") -> Double? {
      run.observations().first {
        $0.measure == measure && $0.dimension == dimension && $0.member == member
      }?.value
    }
    func count(_ event: TraceRow.Event) -> Double { Double(rows.count { $0.event == event }) }
    #expect(count(.arrive) == value("arrivals"))
    #expect(count(.renege) == value("reneged"))
    #expect(count(.refused) == value("refused"))
    for kind in TraceRow.Event.allCases where kind != .step {
      #expect(count(kind) > 0, "\(kind)")
    }

    var asked: [EntityIndex: TraceRow] = [:]
    var arrived: [EntityIndex: TraceRow] = [:]
    var waits: [UInt32: [Double]] = [:]
    var stays: [Double] = []
    for row in rows {
      switch row.event {
      case .arrive: arrived[row.entity] = row
      case .request: asked[row.entity] = row
      case .start:
        let request = try #require(asked[row.entity])
        asked[row.entity] = nil
        #expect((row.time - request.time).microseconds == row.value)
        #expect(request.resource == row.resource)
        waits[row.resource, default: []].append((row.time - request.time) / .hours(1))
      case .refused, .renege:
        #expect(asked[row.entity] != nil)
        asked[row.entity] = nil
      case .leave:
        let arrival = try #require(arrived[row.entity])
        #expect(arrival.episode == row.episode)
        stays.append((row.time - arrival.time) / .hours(1))
      default: break
      }
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    for (place, resource) in model.program.resources.enumerated() {
      let told = try #require(value("wait", "resource", resource.name))
      #expect(abs(mean(waits[UInt32(place)] ?? []) - told) < 1e-9, "\(resource.name)")
    }
    let stay = try #require(value("time-in-system"))
    #expect(abs(mean(stays) - stay) < 1e-9)
  }

  @Test("each entity's rows make sense one after the other")
  func order() throws {
    let model = try clinic()
    let rows = traced(model, window, RandomRoot(seed: 4, replication: 1)).rows
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.time <= $1.time })
    for (_, own) in Dictionary(grouping: rows, by: \.episode) {
      #expect(own.first?.event == .arrive)
      #expect(own.dropFirst().allSatisfy { $0.event != .arrive })
      #expect(own.dropLast().allSatisfy { $0.event != .leave })
      var held: [UInt32: Int] = [:]
      var delayLeft: Int64?
      var delayedSince = SimulationTime.zero
      for row in own {
        switch row.event {
        case .start: held[row.resource, default: 0] += 1
        case .release, .transfer:
          held[row.resource, default: 0] -= 1
          #expect(held[row.resource] == 0)
        case .delay:
          #expect(delayLeft == nil)
          delayLeft = row.value
          delayedSince = row.time
        case .interrupted:
          #expect(held[row.resource] == 1)
          if let left = delayLeft {
            #expect(left - (row.time - delayedSince).microseconds == row.value)
            delayLeft = row.value
          }
        case .resume: delayedSince = row.time
        case .end:
          #expect((row.time - delayedSince).microseconds == delayLeft)
          delayLeft = nil
        case .leave: #expect(held.values.allSatisfy { $0 == 0 })
        case .branch:
          #expect(model.program.steps.indices.contains(Int(row.value)))
        default: break
        }
      }
    }
  }

  @Test("every row of a program knows the step it was compiled from")
  func stepsOfRows() throws {
    let program = try clinic().program
    // A transfer with a delay takes three rows.
    #expect(program.stepOfRow == (0..<14).map { $0 } + [14, 14, 14] + (15..<20).map { $0 })
  }
}
