// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import Randomness
import Reporting
import SimulationKernel
import Testing

/// Hands over made-up values of a network's measures, a little off between replications.
private struct MadeUpModel: RunnableModel {
  var factor: Double
  var batches = 1
  var drift = 0.0

  func begin(_ root: RandomRoot) -> any ModelRun {
    MadeUpRun(factor, root, batches: batches, drift: drift)
  }
}

private final class MadeUpRun: ModelRun {
  private let factor: Double
  private let root: RandomRoot
  let eventCount: UInt64 = 1

  private let batches: Int
  private let drift: Double

  init(_ factor: Double, _ root: RandomRoot, batches: Int, drift: Double) {
    self.batches = batches
    self.drift = drift
    self.factor = factor
    self.root = root
  }

  func advance(until: SimulationTime) {}

  func fork(under model: any RunnableModel) -> any ModelRun {
    MadeUpRun(factor, root, batches: batches, drift: drift)
  }

  func finish() -> [ReplicationResult] { (1...batches).map(batch) }

  /// The values of a batch; with a drift they rise from each to the next.
  private func batch(_ number: Int) -> ReplicationResult {
    var stream = RandomStream(root, Purpose("made up"), owner: UInt64(number - 1))
    let risen = 1 + drift * Double(number)
    func near(_ value: Double) -> Double { value * factor * risen * (1 + 0.02 * stream.normal()) }
    return ReplicationResult(
      events: 1, checksum: 0,
      observations: [
        Observation(measure: "wait", value: near(12.5)),
        Observation(measure: "wait", dimension: "resource", member: "doctor", value: near(11)),
        Observation(measure: "wait", dimension: "resource", member: "nurse", value: near(1.5)),
        Observation(measure: "utilisation", value: near(0.71)),
        Observation(measure: "arrivals", value: near(1_234_567).rounded()),
        Observation(measure: "lost", value: 0), Observation(measure: "time-in-system", value: nil),
      ])
  }
}

@Suite("a report")
struct ResultsReportTests {
  private let path = NSTemporaryDirectory() + "report-" + UUID().uuidString + ".sqlite"

  private func results(scenarios: Int, replications: Int = 7, measures: String = "") throws
    -> ResultsFile
  {
    let design = ExperimentDesign(
      name: "made-up",
      points: (0..<scenarios).map {
        DesignPoint(
          scenario: $0 == 0 ? "base" : "scenario-\($0)",
          model: MadeUpModel(factor: 1 + 0.1 * Double($0)), end: .zero)
      }, replications: replications, seed: 3,
      provenance: ["kind": "network", "time-unit": "minutes", "measures": measures])
    let file = try ResultsFile.prepare(
      at: path, for: ResultsHeader(design, command: "test"), resume: false)
    #expect(try ExperimentRun(design, threads: 1).run(into: file) == .complete)
    return file
  }

  @Test("says whether batches are long enough", arguments: [0.0, 0.05])
  func batches(drift: Double) throws {
    for count in [5, 12] {
      defer { try? FileManager.default.removeItem(atPath: path) }
      let design = ExperimentDesign(
        name: "made-up",
        points: [
          DesignPoint(
            scenario: "base", model: MadeUpModel(factor: 1, batches: count, drift: drift),
            end: .zero)
        ], replications: count, seed: 3, isBatched: true,
        provenance: [
          "kind": "network", "time-unit": "minutes", "measures": "", "batches": "\(count)",
        ])
      let file = try ResultsFile.prepare(
        at: path, for: ResultsHeader(design, command: "test"), resume: false)
      #expect(try ExperimentRun(design, threads: 1).run(into: file) == .complete)
      let report = try ResultsReport(file)
      for language in [Language.english, .chinese] {
        let text = report.text(language, width: 200)
        func has(_ phrase: ReportPhrase) -> Bool { text.contains(phrase.text(language)) }
        #expect(has(.batches) && has(.batchMeans) && !has(.means) && !has(.replications))
        #expect(has(.batchesAlike) == (count == 12))
        #expect(has(.batchesTooShort) == (count == 12 && drift > 0))
        #expect(has(.tooFewBatches) == (count == 5))
      }
      if count == 12, drift > 0 {
        #expect(
          report.text(.english, width: 400).contains(
            "It shows in Wait, Utilisation."))
      }
      let json = report.json.description
      #expect(json.contains("\"batch_correlations\""))
      #expect(json.contains("\"too_short\":true") == (count == 12 && drift > 0))
    }
  }

  /// The numbers of a line, with the places after their point.
  private func numbers(_ line: String) -> [(value: Double, decimals: Int)] {
    line.split(whereSeparator: { " [](),%±".contains($0) && $0 != "," })
      .compactMap { word in
        let digits = word.replacing(",", with: "")
        guard let value = Double(digits) else { return nil }
        let parts = digits.split(separator: ".")
        return (value, parts.count > 1 ? parts[1].count : 0)
      }
  }

  @Test("prints the values of the views, rounded")
  func agreement() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try results(scenarios: 2)
    let lines = try ResultsReport(file).text(.english, width: 200).split(separator: "\n").map(
      String.init)
    let labels = [
      "Wait (minutes)": ("wait", ""), "  doctor": ("wait", "doctor"), "  nurse": ("wait", "nurse"),
      "Utilisation (%)": ("utilisation", ""), "Arrivals": ("arrivals", ""), "Lost": ("lost", ""),
      "Utilisation (% points)": ("utilisation", ""),
    ]
    var compared = 0
    let start = try #require(lines.firstIndex { $0.hasPrefix("Difference from") })
    for (index, line) in lines.enumerated() {
      guard
        let label = labels.keys.filter({ line.hasPrefix($0 + "  ") }).max(by: {
          $0.count < $1.count
        }),
        let (measure, member) = labels[label]
      else { continue }
      let scale = measure == "utilisation" ? 100.0 : 1
      let expected: [Double]
      if index < start {
        expected = try file.summary().filter { $0.measure == measure && $0.member == member }
          .flatMap { [$0.mean, $0.low!, $0.high!] }
      } else {
        expected = try file.contrasts().filter { $0.measure == measure && $0.member == member }
          .flatMap { [$0.meanDifference, $0.low!, $0.high!] }
      }
      let printed = numbers(String(line.dropFirst(label.count)))
      #expect(printed.count >= expected.count, "\(line)")
      for (number, value) in zip(printed, expected) {
        #expect(
          abs(number.value - value * scale) <= 0.501 * pow(10, Double(-number.decimals)), "\(line)")
        compared += 1
      }
    }
    #expect(compared == 6 * 6 + 6 * 3)
  }

  @Test(
    "fits the terminal, by half-widths or by tables below each other", arguments: [60, 80, 120])
  func widths(_ width: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let report = try ResultsReport(results(scenarios: 5))
    for language in Language.allCases {
      let text = report.text(language, width: width)
      for line in text.split(separator: "\n") { #expect(line.displayWidth <= width, "\(line)") }
      #expect(text.contains("scenario-4"))
    }
  }

  @Test("says that one replication has no interval")
  func single() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = try ResultsReport(results(scenarios: 1, replications: 1)).text(.english, width: 80)
    #expect(text.contains("No intervals"))
    #expect(!text.contains("["))
    #expect(!text.contains("Difference"))
  }

  @Test("shows what the experiment asked for, in its order")
  func chosen() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let report = try ResultsReport(
      results(scenarios: 1, measures: "utilisation, wait by resource, time-in-system"))
    let text = report.text(.english, width: 80)
    let order = ["Utilisation", "Wait", "doctor", "nurse"].compactMap {
      text.range(of: $0)?.lowerBound
    }
    #expect(order.count == 4)
    #expect(order == order.sorted())
    #expect(!text.contains("Arrivals"))
    #expect(!text.contains("Time in system"))
  }
}
