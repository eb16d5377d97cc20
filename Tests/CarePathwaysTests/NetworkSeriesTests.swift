// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import Randomness
import SimulationKernel
import Testing

@Suite("waits and times in the system one by one")
struct NetworkSeriesTests {
  private func clinic() throws -> NetworkModel {
    var builder = try PathwayBuilder.plain()
    builder.addServer("desk")
    builder.addServer("doctor", capacity: 2)
    builder.addDurationRule("consult", try .exponential(mean: 16), unit: .minutes(1))
    builder.addPathway(
      "visit",
      steps: [
        .seize("desk"), .delay("5"), .release("desk"), .seize("doctor"), .delay("consult"),
        .release("doctor"), .leave("home"),
      ])
    return try NetworkModel(
      program: try builder.build(),
      sources: [
        ArrivalSource(
          name: "door", process: .poisson(rate: 7), pathway: "visit",
          classes: [.init("patient", share: 1)])
      ], timeUnit: .hours(1))
  }

  private func run(keepsSeries: Bool, batches: Int = 1) throws -> NetworkRun {
    let run = NetworkRun(
      model: try clinic(),
      window: RunWindow(warmUpEnd: .zero, end: .zero + .hours(240), batches: batches),
      root: RandomRoot(seed: 6, replication: 1), keepsSeries: keepsSeries)
    run.advance(until: run.window.end)
    return run
  }

  private func mean(_ entries: [NetworkSeries.Entry]) -> Double {
    let sum = entries.reduce(Int128(0)) { $0 + Int128($1.span.microseconds) }
    return Double(sum) / Double(entries.count) / 3.6e9
  }

  @Test("their means are the measures of the run, in order of time, and the run is the same")
  func means() throws {
    let plain = try run(keepsSeries: false)
    #expect(plain.series == nil)
    let kept = try run(keepsSeries: true)
    #expect(kept.checksum == plain.checksum)
    #expect(kept.observations() == plain.observations())
    let series = try #require(kept.series)
    func value(_ measure: String, _ member: String = "") -> Double? {
      plain.observations().first {
        $0.measure == measure && $0.member == member
          && $0.dimension == (member.isEmpty ? "" : "resource")
      }?.value
    }
    #expect(abs(mean(series.waits) - (try #require(value("wait")))) < 1e-12)
    #expect(abs(mean(series.timesInSystem) - (try #require(value("time-in-system")))) < 1e-12)
    for (place, name) in ["desk", "doctor"].enumerated() {
      let entries = series.waitsByResource[place]
      #expect(entries.count > 1000)
      #expect(abs(mean(entries) - (try #require(value("wait", name)))) < 1e-12)
    }
    for entries in [series.waits, series.timesInSystem] + series.waitsByResource {
      #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.time <= $1.time })
    }
  }

  @Test("statistics that begin anew do not interrupt them")
  func batches() throws {
    let whole = try #require(try run(keepsSeries: true).series)
    let cut = try #require(try run(keepsSeries: true, batches: 24).series)
    #expect(cut.waits == whole.waits && cut.timesInSystem == whole.timesInSystem)
    #expect(cut.waitsByResource == whole.waitsByResource)
  }
}
