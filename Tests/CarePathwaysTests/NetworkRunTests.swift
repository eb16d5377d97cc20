// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

@Suite("A network run: measures, windows, copies")
struct NetworkRunTests {
  /// A clinic that uses every step: urgent and ordinary patients, a bounded desk, patience, a doctor
  /// with hours, a preemptive theatre, and a ward that patients are transferred to.
  private func clinic(adding extra: Bool = false) throws -> NetworkModel {
    var builder = try PathwayBuilder.plain()
    if extra {
      builder.addServer("unused")
      builder.addDurationRule("unused", try .constant(1), unit: .hours(1))
      builder.addPathway("unused", steps: [.delay("unused"), .leave()])
    }
    builder.addClass("urgent", priority: 2)
    if extra { builder.addClass("extra") }
    builder.addServer("desk", waitingRoom: 3)
    var shifts: [CapacityCalendar.WeeklyChange] = []
    for day in 0..<7 {
      shifts.append(.init(minuteOfWeek: day * 1440 + 8 * 60, capacity: 2))
      shifts.append(.init(minuteOfWeek: day * 1440 + 18 * 60, capacity: 1))
    }
    builder.addServer("doctor", capacity: 2, calendar: .weekly(shifts))
    builder.addServer("theatre", isPreemptive: true)
    builder.addServer("bed", capacity: 4)
    builder.addServer("ward", capacity: 3)
    builder.addDurationRule("consult", try .exponential(mean: 12), unit: .minutes(1))
    builder.addDurationRule("patience", try .exponential(mean: 40), unit: .minutes(1))
    builder.addDurationRule("stay", try .gamma(shape: 2, scale: 1), unit: .hours(1))
    builder.addPathway("visit", steps: Self.reception + Self.stay + Self.ends)
    return try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "door", process: .poisson(rate: 6), pathway: "visit",
          classes: [.init("patient", share: 0.8), .init("urgent", share: 0.2)])
      ], timeUnit: .hours(1))
  }

  private static let reception: [StepDescription] = [
    .seize("desk", refused: "away"), .delay("5"), .release("desk"),
    .seize("doctor", label: "see", patience: .init(rule: "patience", otherwise: "gone")),
    .delay("consult"), .release("doctor"),
    StepDescription(
      label: "outcome",
      .branch([.init(0.2, to: "see"), .init(0.15, to: "admit"), .init(nil, to: "home")])),
  ]

  private static let stay: [StepDescription] = [
    .seize("bed", label: "admit"), .seize("theatre"), .delay("20"), .release("theatre"),
    .delay("stay"), StepDescription(.transfer(to: .init("ward"), from: "bed", delay: "10")),
    .delay("stay", label: "recovery"), .release("ward"),
  ]

  private static let ends: [StepDescription] = [
    .leave("home", label: "home"), .leave("gone", label: "gone"), .leave("away", label: "away"),
  ]

  private func run(
    _ model: NetworkModel, warmUp: Double = 100, end: Double = 1000, slices: Int = 1,
    seed: UInt64 = 17, requested: [MeasureRequest] = [], lastCompletion: Int64? = nil
  ) -> NetworkRun {
    let run = NetworkRun(
      model: model,
      window: RunWindow(
        warmUpEnd: .zero + .hours(warmUp), end: .zero + .hours(end),
        lastCompletion: lastCompletion),
      root: RandomRoot(seed: seed, replication: 4), requested: requested)
    for slice in 1...slices {
      run.advance(until: .zero + .hours(end * Double(slice) / Double(slices)))
    }
    return run
  }

  @Test("the same bytes in repeated runs, and however a run is sliced")
  func repeated() throws {
    let model = try clinic()
    let whole = run(model)
    for other in [run(model), run(model, slices: 7), run(model, slices: 1000)] {
      #expect(other.observations() == whole.observations())
      #expect(other.checksum == whole.checksum)
      #expect(other.eventCount == whole.eventCount)
    }
    #expect(run(model, seed: 18).checksum != whole.checksum)
  }

  @Test("a copy goes on exactly as the original, wherever it was made, and leaves it alone")
  func copies() throws {
    let model = try clinic()
    let whole = run(model)
    for hours in [0.0, 3, 99.5, 100, 500.25] {
      let original = NetworkRun(
        model: model, window: whole.window, root: RandomRoot(seed: 17, replication: 4))
      original.advance(until: .zero + .hours(hours))
      let copy = original.copy()
      let second = original.copy(under: model)
      #expect(copy.checksum == original.checksum)
      copy.advance(until: whole.window.end)
      #expect(copy.checksum == whole.checksum)
      #expect(copy.observations() == whole.observations())
      original.advance(until: whole.window.end)
      second.advance(until: whole.window.end)
      #expect(original.checksum == whole.checksum)
      #expect(second.checksum == whole.checksum)
    }
  }

  @Test("an added resource, rule, pathway or class changes no value of what was there")
  func additions() throws {
    let plain = run(try clinic()).observations()
    let rich = run(try clinic(adding: true)).observations()
    for row in plain where row.measure != "utilisation" || row.dimension != "" {
      #expect(rich.contains(row), "\(row)")
    }
  }

  @Test("every replication gives the same rows, each once; of nothing a count is 0, a mean nil")
  func rows() throws {
    let model = try clinic()
    func keys(_ run: NetworkRun) -> [[String]] {
      run.observations(requested: [MeasureRequest(measure: "wait", dimension: "class+resource")])
        .map { [$0.measure, $0.dimension, $0.member] }
    }
    let empty = run(model, warmUp: 0, end: 0)
    #expect(keys(empty) == keys(run(model)))
    #expect(Set(keys(empty)).count == keys(empty).count)
    #expect(empty.value("wait", "resource", "bed") == nil)
    #expect(empty.value("time-in-system") == nil)
    #expect(empty.value("occupancy") == nil)
    #expect(empty.value("throughput") == nil)
    #expect(empty.value("lost") == 0)
    #expect(empty.value("reneged", "class", "urgent") == 0)
    let catalogue = NetworkMeasures.catalogue(timeUnit: "hours")
    for row in run(model).observations() {
      let definition = try #require(catalogue.first { $0.name == row.measure })
      #expect(definition.dimensions.contains(row.dimension), "\(row)")
    }
  }

  @Test("the parts add up to the whole")
  func sums() throws {
    let run = run(try clinic())
    for measure in ["blocked", "reneged", "refused"] {
      let whole = try #require(run.value(measure))
      #expect(whole > 0, "\(measure)")
      for dimension in ["class", "resource"] {
        let parts = run.observations().filter {
          $0.measure == measure && $0.dimension == dimension
        }
        #expect(parts.reduce(0) { $0 + ($1.value ?? 0) } == whole, "\(measure) by \(dimension)")
      }
    }
    // The desk turns away, and who is turned away leaves; nobody else is lost.
    #expect(run.value("lost") == run.value("lost", "resource", "desk"))
    #expect(run.value("lost") == run.value("refused", "resource", "desk"))
  }

  @Test("Little's law holds for the line of each resource, up to those at the ends of the window")
  func little() throws {
    let run = run(try clinic(), end: 10_000)
    let arrivals = try #require(run.value("arrivals")) / 9900
    let queue = try #require(run.value("queue-length"))
    let wait = try #require(run.value("wait"))
    // Exact but for the few present at the two ends of the window, of 59,400 who came.
    #expect(abs(queue - arrivals * wait) < 0.002 * queue)
  }

  @Test("a window counts from the end of warm-up: two windows of one run differ from one of both")
  func window() throws {
    let model = try clinic()
    let early = run(model, warmUp: 0, end: 500)
    let late = run(model, warmUp: 500, end: 1000)
    let both = run(model, warmUp: 0, end: 1000)
    for measure in ["arrivals", "lost", "reneged", "refused"] {
      let sum = (early.value(measure) ?? 0) + (late.value(measure) ?? 0)
      #expect(sum == both.value(measure), "\(measure)")
    }
    let sum = try #require(early.value("occupancy", "resource", "bed"))
    let rest = try #require(late.value("occupancy", "resource", "bed"))
    let mean = try #require(both.value("occupancy", "resource", "bed"))
    #expect(abs((sum + rest) / 2 - mean) < 1e-9)
  }

  /// At least one of each kind that is on request.
  private static let everything =
    [
      "wait-p50", "wait-share-over-0.5", "wait-share-over-0.5-with-unfinished", "wait-p99.9",
      "time-in-system-p90", "time-in-system-share-over-4", "queue-length-p95",
      "queue-length-share-over-2", "occupancy-p95", "occupancy-share-over-3", "in-system",
      "in-system-p50", "in-system-share-over-4", "window-length",
    ].map { MeasureRequest(measure: $0) }
    + ["wait", "passed", "reneged", "refused", "wait-p90", "wait-share-over-1-with-unfinished"].map
  { MeasureRequest(measure: $0, dimension: "step") }
    + ["resource", "class+resource"].flatMap { dimension in
      ["wait-p50", "wait-share-over-1", "wait-share-over-1-with-unfinished"].map {
        MeasureRequest(measure: $0, dimension: dimension)
      }
    }
    + ["queue-length-p95", "occupancy-share-over-1"].map {
      MeasureRequest(measure: $0, dimension: "resource")
    }
    + ["wait-p95", "time-in-system-share-over-4-with-unfinished"].map {
      MeasureRequest(measure: $0, dimension: "class")
    }

  @Test("what is asked for changes nothing that happens, and nothing else that is observed")
  func asking() throws {
    let model = try clinic()
    let plain = run(model)
    let asked = run(model, requested: Self.everything)
    #expect(asked.checksum == plain.checksum)
    #expect(asked.eventCount == plain.eventCount)
    let usual = plain.observations()
    #expect(Array(asked.observations().prefix(usual.count)) == usual)
    #expect(asked.observations().count > usual.count + Self.everything.count)
  }

  @Test("statistics are the same however a run is sliced or copied, and of nothing they are nil")
  func askingInSlices() throws {
    let model = try clinic()
    let whole = run(model, requested: Self.everything)
    let sliced = run(model, slices: 777, requested: Self.everything)
    #expect(sliced.observations() == whole.observations())
    for hours in [50.0, 100, 500.25] {
      let original = NetworkRun(
        model: model, window: whole.window, root: RandomRoot(seed: 17, replication: 4),
        requested: Self.everything)
      original.advance(until: .zero + .hours(hours))
      let copy = original.copy(under: model)
      copy.advance(until: whole.window.end)
      #expect(copy.observations() == whole.observations())
      original.advance(until: whole.window.end)
      #expect(original.observations() == whole.observations())
    }
    func keys(_ run: NetworkRun) -> [[String]] {
      run.observations().map { [$0.measure, $0.dimension, $0.member] }
    }
    let empty = run(model, warmUp: 0, end: 0, requested: Self.everything)
    #expect(keys(empty) == keys(whole))
    #expect(Set(keys(empty)).count == keys(empty).count)
    let statistics = empty.observations().filter { row in
      NetworkMeasures.catalogue.contains { $0.statistic(named: row.measure) != nil }
    }
    #expect(statistics.count > 20)
    #expect(statistics.allSatisfy { $0.value == nil })
  }

  @Test("what is asked for agrees with the means and counts of every run")
  func consistency() throws {
    let model = try clinic()
    let rows = run(model, end: 5000, requested: Self.everything).observations()
    for resource in model.program.resources.map(\.name) {
      let waits = try #require(rows.value("wait-share-over-1", "resource", resource))
      let censored = try #require(
        rows.value("wait-share-over-1-with-unfinished", "resource", resource))
      // Patience of a mean of 40 min: hardly anybody waits an hour and is not served.
      #expect(waits >= 0 && censored >= 0 && abs(waits - censored) < 0.1)
    }
    // Every entity passes one of the three ends.
    let leaves = ["visit.home", "visit.gone", "visit.away"].compactMap {
      rows.value("passed", "step", $0)
    }
    #expect(leaves.count == 3)
    let entered = try #require(rows.value("arrivals"))
    let left = leaves.reduce(0, +)
    let present = try #require(rows.value("in-system-at-end"))
    // Those present when the window began left in it, too.
    #expect(left + present >= entered && left + present < entered + 40)
    #expect(rows.value("reneged", "step", "visit.see") == rows.value("reneged"))
    // Little's law over the whole system, up to those at the ends of the window.
    let number = try #require(rows.value("in-system"))
    let time = try #require(rows.value("time-in-system"))
    #expect(abs(number - entered / 4900 * time) < 0.005 * number)
  }

  @Test("a run to a count ends with its last completion, the same in slices and copies")
  func toACount() throws {
    let model = try clinic()
    let request = [MeasureRequest(measure: "window-length")]
    let whole = run(model, requested: request, lastCompletion: 2000)
    #expect(whole.isOver)
    #expect(whole.now < whole.window.end)
    let length = try #require(whole.observations().value("window-length"))
    let throughput = try #require(whole.observations().value("throughput"))
    #expect(abs(throughput * length - 2000) < 1e-6)
    #expect(abs(length - Double((whole.now - whole.window.warmUpEnd).microseconds) / 3.6e9) < 1e-9)
    for slices in [3, 900] {
      let sliced = run(model, slices: slices, requested: request, lastCompletion: 2000)
      #expect(sliced.checksum == whole.checksum)
      #expect(sliced.observations() == whole.observations())
    }
    let original = NetworkRun(
      model: model, window: whole.window, root: RandomRoot(seed: 17, replication: 4),
      requested: request)
    original.advance(until: .zero + .hours(150))
    let copy = original.copy()
    copy.advance(until: whole.window.end)
    #expect(copy.observations() == whole.observations())
    // A count that is not reached leaves the run as it is without one.
    let long = run(model, requested: request, lastCompletion: 1_000_000)
    #expect(!long.isOver)
    #expect(long.checksum == run(model).checksum)
  }
}
