// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

/// A run that is cut into batches is the run that is not: what batches count adds up to what the whole
/// counts, exactly, whatever hangs over from one to the next.
@Suite("Batches of one run")
struct BatchTests {
  /// Loaded near its capacity, so that lines seldom are empty at the end of a batch.
  private func clinic() throws -> NetworkModel {
    var builder = try PathwayBuilder.plain()
    builder.addClass("urgent", priority: 2)
    builder.addServer("desk", waitingRoom: 6)
    builder.addServer(
      "doctor", capacity: 2,
      calendar: .weekly(
        (0..<7).flatMap { day in
          [
            .init(minuteOfWeek: day * 1440 + 480, capacity: 3),
            .init(minuteOfWeek: day * 1440 + 1080, capacity: 1),
          ]
        }))
    builder.addDurationRule("consult", try .exponential(mean: 16), unit: .minutes(1))
    builder.addDurationRule("patience", try .exponential(mean: 300), unit: .minutes(1))
    builder.addPathway(
      "visit",
      steps: [
        .seize("desk", label: "ask", refused: "away"), .delay("5"), .release("desk"),
        .seize("doctor", label: "see", patience: .init(rule: "patience", otherwise: "gone")),
        .delay("consult", label: "talk"), .release("doctor"), .leave("home", label: "home"),
        .leave("gone", label: "gone"), .leave("away", label: "away"),
      ])
    return try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "door", process: .poisson(rate: 7), pathway: "visit",
          classes: [.init("patient", share: 0.8), .init("urgent", share: 0.2)])
      ], timeUnit: .hours(1))
  }

  private let requests = [
    MeasureRequest(measure: "passed", dimension: "step"),
    MeasureRequest(measure: "in-system"),
    MeasureRequest(measure: "occupancy-share-over-1", dimension: "resource"),
    MeasureRequest(measure: "wait-share-over-0.5", dimension: "resource"),
    MeasureRequest(measure: "window-length"),
  ]
  private let root = RandomRoot(seed: 6, replication: 1)

  private func window(_ batches: Int) -> RunWindow {
    RunWindow(
      warmUpEnd: .zero + .hours(30), end: .zero + .hours(30 + 24 * 7), batches: batches)
  }

  private func run(_ batches: Int, slices: Int = 1) throws -> NetworkRun {
    let run = NetworkRun(
      model: try clinic(), window: window(batches), root: root, requested: requests)
    for slice in 1...slices {
      run.advance(
        until: .zero
          + TimeSpan(microseconds: run.window.end.microseconds / Int64(slices) * Int64(slice)))
    }
    run.advance(until: run.window.end)
    return run
  }

  private func batches(_ run: NetworkRun) -> [NetworkRun.Batch] {
    run.finishedBatches + [run.batch]
  }

  @Test("counts, levels and waits of batches add up to those of the whole", arguments: [2, 7, 42])
  func sums(count: Int) throws {
    let whole = try run(1)
    let total = whole.observations()
    let cut = try run(count)
    let parts = batches(cut)
    #expect(parts.count == count)
    #expect(parts.reduce(0) { $0 + $1.events } == whole.eventCount)
    #expect(whole.finishedBatches.isEmpty && whole.batch.events == whole.eventCount)
    for part in parts {
      #expect(
        part.observations.map { [$0.measure, $0.dimension, $0.member] }
          == total.map { [$0.measure, $0.dimension, $0.member] })
      #expect(part.observations.value("window-length") == 168 / Double(count))
    }
    func values(_ measure: String, _ dimension: String = "", _ member: String = "") -> [Double?] {
      parts.map { $0.observations.value(measure, dimension, member) }
    }
    func sum(_ measure: String, _ dimension: String = "", _ member: String = "") -> Double {
      values(measure, dimension, member).reduce(0) { $0 + ($1 ?? 0) }
    }
    for (measure, dimension, member) in [
      ("arrivals", "", ""), ("arrivals", "class", "urgent"), ("reneged", "resource", "doctor"),
      ("refused", "resource", "desk"), ("lost", "", ""), ("passed", "step", "visit.see"),
      ("passed", "step", "visit.talk"), ("overtime", "resource", "doctor"),
    ] {
      let expected = try #require(total.value(measure, dimension, member))
      let found = sum(measure, dimension, member)
      #expect(abs(found - expected) <= 1e-9 * expected, "\(measure) \(member)")
      #expect(expected > 0, "\(measure) \(member)")
    }
    for (measure, dimension, member) in [
      ("queue-length", "resource", "doctor"), ("occupancy", "resource", "doctor"),
      ("queue-length", "", ""), ("in-system", "", ""), ("throughput", "class", "patient"),
      ("occupancy-share-over-1", "resource", "doctor"),
    ] {
      let expected = try #require(total.value(measure, dimension, member))
      let found = sum(measure, dimension, member) / Double(count)
      #expect(abs(found - expected) <= 1e-9 * expected, "\(measure) \(member)")
    }
    // A wait that began in the batch before counts in the one where it ends: none is lost.
    for measure in ["wait", "wait-share-over-0.5"] {
      let grants = values("passed", "step", "visit.see")
      let weighted = zip(values(measure, "resource", "doctor"), grants).reduce(0.0) {
        $0 + ($1.0 ?? 0) * ($1.1 ?? 0)
      }
      // Requests made in the warm-up are granted in the first batch, and count in no wait.
      let first = grants[0] ?? 0
      #expect(first > 0)
      let expected = try #require(total.value(measure, "resource", "doctor"))
      let passed = try #require(total.value("passed", "step", "visit.see"))
      let slack = 0.05 * expected * passed
      #expect(abs(weighted - expected * passed) <= slack, "\(measure)")
    }
    let left = values("throughput").map { ($0 ?? 0) * 168 / Double(count) }
    #expect(left.reduce(0, +).rounded() > 500)
  }

  @Test("in any slices, copied, and traced, batches are the same")
  func slices() throws {
    let plain = batches(try run(7))
    func expectSame(_ other: [NetworkRun.Batch]) {
      #expect(other.map(\.checksum) == plain.map(\.checksum))
      #expect(other.map(\.events) == plain.map(\.events))
      #expect(other.map(\.observations) == plain.map(\.observations))
    }
    expectSame(batches(try run(7, slices: 91)))
    let half = NetworkRun(model: try clinic(), window: window(7), root: root, requested: requests)
    half.advance(until: .zero + .hours(100))
    let copy = half.copy()
    copy.advance(until: copy.window.end)
    expectSame(batches(copy))
    let traced = TracedNetworkRun(model: try clinic(), window: window(7), root: root)
    traced.advance(until: traced.window.end)
    #expect(traced.checksum == plain.last?.checksum)
  }
}
