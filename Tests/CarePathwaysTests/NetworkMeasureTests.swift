// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

/// A network small enough to be worked out by hand, against every measure on request.
///
/// One desk, ten minutes each, patience of twenty. They come at 0, 2, 4, 6, 30, 36, 41 and 44 min,
/// and the window ends at 45. The first is served at once until 10, the second waits 8 min, the third
/// 16, the fourth gives up at 26, the fifth is served at once until 40, the sixth waits 4 and is
/// being served at the end, and the last two wait still, 4 and 1 min by then.
@Suite("Measures of a network, against a case worked by hand")
struct NetworkMeasureTests {
  private func model(
    calendar: CapacityCalendar? = nil, costs: [ResourceCost] = []
  ) throws -> NetworkModel {
    var builder = try PathwayBuilder.plain()
    builder.addServer("desk", calendar: calendar)
    builder.addPathway(
      "visit",
      steps: [
        .seize("desk", label: "see", patience: .init(rule: "20", otherwise: "gone")),
        .delay("10", label: "talk"), .release("desk"), .leave("home", label: "home"),
        .leave("gone", label: "gone"),
      ])
    return try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "door",
          process: .scheduled([0.0, 2, 4, 6, 30, 36, 41, 44].map { .zero + .minutes($0) }),
          pathway: "visit", classes: [.init("patient", share: 1)])
      ], timeUnit: .minutes(1), costs: costs)
  }

  private func rows(
    _ requests: [String], warmUp: Double = 0, lastCompletion: Int64? = nil
  ) throws -> [Observation] {
    let run = NetworkRun(
      model: try model(),
      window: RunWindow(
        warmUpEnd: .zero + .minutes(warmUp), end: .zero + .minutes(45),
        lastCompletion: lastCompletion),
      root: RandomRoot(seed: 1, replication: 1),
      requested: requests.map {
        let words = $0.split(separator: " by ")
        return MeasureRequest(
          measure: String(words[0]), dimension: words.count > 1 ? String(words[1]) : "")
      })
    run.advance(until: run.window.end)
    return run.observations()
  }

  @Test("quantiles and shares of waits and times, of those who finished and of all")
  func times() throws {
    let rows = try rows([
      "wait-p50 by resource", "wait-p90 by class+resource", "wait-share-over-5 by resource",
      "wait-share-over-5-with-unfinished by resource", "wait-share-over-5",
      "wait-share-over-5-with-unfinished", "wait-share-over-16 by resource",
      "time-in-system-share-over-15", "time-in-system-share-over-15-with-unfinished by class",
      "time-in-system-p50", "wait-share-over-5-with-unfinished by class+resource",
    ])
    let desk = "desk"
    // Quantiles are within 0.4 %, as QuantileSketch says.
    let median = try #require(rows.value("wait-p50", "resource", desk))
    #expect(abs(median - 4) <= 4 * 0.004)
    let p90 = try #require(rows.value("wait-p90", "class+resource", "patient+desk"))
    #expect(abs(p90 - 16) <= 16 * 0.004)
    let stay = try #require(rows.value("time-in-system-p50"))
    #expect(abs(stay - 18) <= 18 * 0.004)
    // Shares are exact: granted after 0, 8, 16, 0 and 4; given up after 20; waiting for 4 and 1.
    #expect(rows.value("wait-share-over-5", "resource", desk) == 2.0 / 5)
    #expect(rows.value("wait-share-over-16", "resource", desk) == 0)
    #expect(rows.value("wait-share-over-5-with-unfinished", "resource", desk) == 3.0 / 8)
    #expect(
      rows.value("wait-share-over-5-with-unfinished", "class+resource", "patient+desk") == 3.0 / 8)
    #expect(rows.value("wait-share-over-5") == 3.0 / 5)
    #expect(rows.value("wait-share-over-5-with-unfinished") == 3.0 / 8)
    #expect(rows.value("time-in-system-share-over-15") == 3.0 / 5)
    #expect(
      rows.value("time-in-system-share-over-15-with-unfinished", "class", "patient") == 3.0 / 8)
    #expect(rows.value("reneged-after") == 20)
    #expect(rows.value("reneged-after", "class+resource", "patient+desk") == nil)
    #expect(rows.value("waiting-at-end") == 2)
    #expect(rows.value("waiting-at-end", "resource", desk) == 2)
    #expect(rows.value("in-system-at-end", "class", "patient") == 3)
  }

  @Test("requests from before the window count in no wait, and entities that left in it do")
  func window() throws {
    let rows = try rows(
      ["wait-share-over-5-with-unfinished by resource", "wait-share-over-5"], warmUp: 5)
    // Made since 5 min: given up after 20, granted after 0 and 4, waiting for 4 and 1.
    #expect(rows.value("wait-share-over-5-with-unfinished", "resource", "desk") == 1.0 / 5)
    // Left since 5 min: after waits of 0, 8, 16, 20, 0.
    #expect(rows.value("wait-share-over-5") == 3.0 / 5)
  }

  @Test("time shares and quantiles of queue length, occupancy and number in system")
  func levels() throws {
    let rows = try rows([
      "queue-length-share-over-0", "queue-length-share-over-1 by resource",
      "queue-length-p50 by resource", "queue-length-p90", "queue-length-p95",
      "occupancy-share-over-0", "occupancy-share-over-1", "occupancy-p95 by resource", "in-system",
      "in-system-share-over-2", "in-system-p99",
    ])
    #expect(rows.value("queue-length-share-over-0") == 32.0 / 45)
    #expect(rows.value("queue-length-share-over-1", "resource", "desk") == 17.0 / 45)
    #expect(rows.value("queue-length-p50", "resource", "desk") == 1)
    #expect(rows.value("queue-length-p90") == 2)
    #expect(rows.value("queue-length-p95") == 3)
    #expect(rows.value("occupancy-share-over-0") == 1)
    #expect(rows.value("occupancy-share-over-1") == 0)
    #expect(rows.value("occupancy-p95", "resource", "desk") == 1)
    #expect(rows.value("in-system") == 98.0 / 45)
    #expect(rows.value("in-system-share-over-2") == 17.0 / 45)
    #expect(rows.value("in-system-p99") == 4)
    let late = try self.rows(["queue-length-share-over-0", "in-system"], warmUp: 26)
    #expect(late.value("queue-length-share-over-0") == 8.0 / 19)
    #expect(late.value("in-system") == 28.0 / 19)
  }

  @Test("by step: who passed, gave up and was turned away, and how long they waited")
  func steps() throws {
    let rows = try rows([
      "passed by step", "wait by step", "reneged by step", "refused by step", "wait-p90 by step",
      "wait-share-over-5-with-unfinished by step",
    ])
    #expect(
      rows.filter { $0.measure == "passed" }.map(\.member)
        == ["visit.see", "visit.talk", "visit.home", "visit.gone"])
    #expect(rows.value("passed", "step", "visit.talk") == 5)
    #expect(rows.value("wait", "step", "visit.talk") == nil)
    #expect(rows.value("passed", "step", "visit.see") == 5)
    #expect(rows.value("passed", "step", "visit.home") == 4)
    #expect(rows.value("passed", "step", "visit.gone") == 1)
    #expect(rows.value("wait", "step", "visit.see") == 28.0 / 5)
    #expect(rows.value("wait", "step", "visit.home") == nil)
    #expect(rows.value("reneged", "step", "visit.see") == 1)
    #expect(rows.value("refused", "step", "visit.see") == 0)
    #expect(rows.value("wait-share-over-5-with-unfinished", "step", "visit.see") == 3.0 / 8)
  }

  @Test("overtime is what is held when the shift is over")
  func overtime() throws {
    let run = NetworkRun(
      model: try model(
        calendar: .weekly([
          .init(minuteOfWeek: 0, capacity: 1), .init(minuteOfWeek: 12, capacity: 0),
        ])),
      window: RunWindow(warmUpEnd: .zero, end: .zero + .minutes(45)),
      root: RandomRoot(seed: 1, replication: 1))
    run.advance(until: run.window.end)
    // The second is served from 10 to 20, the shift ends at 12.
    #expect(run.value("overtime") == 8)
    #expect(run.value("overtime", "resource", "desk") == 8)
    #expect(run.value("utilisation") == 1)
  }

  @Test("cost is what capacity, use within and beyond it, and grants cost together")
  func cost() throws {
    var cost = ResourceCost()
    cost.rostered = 2
    cost.busy = 3
    cost.overtime = 5
    cost.use = 7
    let run = NetworkRun(
      model: try model(
        calendar: .weekly([
          .init(minuteOfWeek: 0, capacity: 1), .init(minuteOfWeek: 12, capacity: 0),
        ]), costs: [cost]),
      window: RunWindow(warmUpEnd: .zero, end: .zero + .minutes(45)),
      root: RandomRoot(seed: 1, replication: 1))
    run.advance(until: run.window.end)
    // 12 min of capacity; held for 20 min, 8 of them beyond it; granted twice.
    let total: Double = 24 + 60 + 40 + 14
    #expect(run.value("cost") == total)
    #expect(run.value("cost", "resource", "desk") == run.value("cost"))
    #expect(try rows([]).allSatisfy { $0.measure != "cost" })
  }

  @Test("every measure says what it covers and what of those who are not finished")
  func statements() {
    let words = [
      "still", "at the end", "until the end", "window ends", "whether or not", "whenever",
      "whatever", "until-completed", "until then", "until its",
    ]
    for measure in NetworkMeasures.catalogue {
      #expect(measure.window == "end of warm-up to end, or each batch of it")
      #expect(words.contains(where: measure.formula.contains), "\(measure.name)")
    }
  }

  @Test("a run to a count ends at that completion, counted from the end of the warm-up")
  func toACount() throws {
    // Completions at 10, 20, 30 and 40 min.
    for (warmUp, count, end) in [(0.0, Int64(3), 30.0), (12, 3, 40), (12, 1, 20), (0, 9, 45)] {
      let rows = try rows(["window-length"], warmUp: warmUp, lastCompletion: count)
      #expect(rows.value("window-length") == end - warmUp)
    }
  }
}

extension [Observation] {
  func value(_ measure: String, _ dimension: String = "", _ member: String = "") -> Double? {
    first { $0.measure == measure && $0.dimension == dimension && $0.member == member }?.value
      ?? nil
  }
}
