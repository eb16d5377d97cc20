// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import Testing

@Suite("Statistics in the names of measures")
struct MeasureStatisticTests {
  private let wait = MeasureDefinition(
    name: "wait", unit: "minutes", formula: "", window: "", statistics: ["max"],
    families: [.quantile, .shareOver])
  private let queue = MeasureDefinition(
    name: "queue-length", unit: "entities", formula: "", window: "", families: [.shareOverCount])

  @Test("are read where the measure has them")
  func read() {
    #expect(wait.statistic(named: "wait-p95") == .quantile(0.95))
    #expect(wait.statistic(named: "wait-p99.9") == .quantile(99.9 / 100))
    #expect(wait.statistic(named: "wait-share-over-30") == .shareOver(30, withUnfinished: false))
    #expect(wait.statistic(named: "wait-share-over-0.5") == .shareOver(0.5, withUnfinished: false))
    #expect(queue.statistic(named: "queue-length-share-over-5") != nil)
    #expect(wait.observes("wait") && wait.observes("wait-max") && wait.observes("wait-p1"))
    #expect(wait.unit(of: "wait-p95") == "minutes")
    #expect(wait.unit(of: "wait-share-over-30") == "share")
  }

  @Test(
    "nothing else is",
    arguments: [
      "wait-p0", "wait-p100", "wait-p", "wait-p-5", "wait-p9x", "wait-p95-", "wait-pinf", "wait-p٩",
      "wait-share-over", "wait-share-over-", "wait-share-over--1", "wait-share-over-1e3",
      "wait-share-over-.5", "wait-share-over-5.", "wait-share-over-1.2.3",
      "wait-share-over-30-with-unfinished", "waiting-p95", "p95", "queue-length-p95",
      "queue-length-share-over-1.5",
    ])
  func refuse(name: String) {
    #expect(!wait.observes(name) && !queue.observes(name))
  }
}
