// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Testing

/// The values in Models/studies that are computed from formulas, computed again by other code; and
/// what makes a row agree.
@Suite("published studies")
struct StudyTests {
  static let studies = LoadedExperimentTests.top + "/Models/studies/"

  private func values(_ study: String) throws -> [String: PublishedValue] {
    let rows = try Study(path: Self.studies + study).published.rows
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0) })
  }

  /// To within a unit of the eighth digit: they are written with nine.
  private func expect(_ value: PublishedValue?, _ theory: Double?) throws {
    let value = try #require(value)
    let theory = try #require(theory)
    #expect(abs(value.value - theory) < 2e-8 * abs(theory), "\(value.name): \(theory)")
  }

  @Test("Cobham's waits")
  func priorities() throws {
    let published = try values("priority-clinic")
    let theory = try #require(
      QueueTheory.nonPreemptivePriority(
        arrivalRates: [2, 3, 5].map { $0 / 60 }, meanServiceTime: 10, servers: 2))
    for (name, measures) in zip(["urgent", "soon", "routine"], theory) {
      try expect(published["wait-\(name)"], measures.meanWait)
    }
    try expect(published["queue"], theory.reduce(0) { $0 + $1.meanQueueLength })
  }

  @Test("County Hospital, with and without preemption")
  func countyHospital() throws {
    let published = try values("county-hospital")
    for doctors in [1, 2] {
      let waiting = QueueTheory.nonPreemptivePriority(
        arrivalRates: [0.2, 0.6, 1.2], meanServiceTime: 1.0 / 3, servers: doctors)
      let preempting = QueueTheory.preemptiveResumePriority(
        arrivalRates: [0.2, 0.6, 1.2], meanServiceTime: 1.0 / 3, servers: doctors)
      for (index, name) in ["critical", "serious", "stable"].enumerated() {
        try expect(published["\(name)-\(doctors)"], waiting?[index].meanWait)
        try expect(published["\(name)-\(doctors)-preempting"], preempting[index]?.meanWait)
      }
    }
  }

  @Test("M/G/1 with preemption")
  func preemption() throws {
    let published = try values("emergency-theatre")
    let theory = QueueTheory.preemptiveResumePriority([
      .init(arrivalRate: 0.2, meanServiceTime: 1.5, squaredVariation: 0.64),
      .init(arrivalRate: 0.35, meanServiceTime: 1, squaredVariation: 0.12),
    ])
    try expect(published["time-emergency"], theory[0]?.meanTimeInSystem)
    try expect(published["time-elective"], theory[1]?.meanTimeInSystem)
    try expect(published["wait-elective"], theory[1]?.meanWait)
  }

  @Test("Erlang A")
  func reneging() throws {
    let published = try values("impatient-callers")
    let theory = QueueTheory.renegingQueue(
      arrivalRate: 48, meanServiceTime: 1, servers: 50, meanPatience: 2)
    try expect(published["abandoned"], theory.abandonmentProbability)
    try expect(published["wait"], theory.meanWait)
    try expect(published["queue"], theory.meanQueueLength)
    try expect(published["utilisation"], theory.utilisation)
  }

  @Test("Erlang B")
  func loss() throws {
    let published = try values("ward-that-refuses")
    for beds in [14, 16, 20] {
      let refused = QueueTheory.erlangB(servers: beds, offeredLoad: 16)
      try expect(published["refused-\(beds)"], refused)
      try expect(published["beds-\(beds)"], 16 * (1 - refused))
    }
    try expect(
      values("overflow-ward")["overflowing"], QueueTheory.erlangB(servers: 4, offeredLoad: 4))
  }

  @Test("Erlang R")
  func returns() throws {
    let published = try values("returning-patients")
    let doctors = QueueTheory.multiServer(arrivalRate: 0.3, meanServiceTime: 5, servers: 2)
    try expect(published["wait-visit"], doctors?.meanWait)
    try expect(published["queue"], doctors?.meanQueueLength)
  }

  @Test("what Monks et al. printed is Erlang's B at the loads of their parameters, within 0.003")
  func strokeUnits() throws {
    let published = try values("stroke-units")
    for (rows, more) in [("", 1.0), ("-more", 1.05)] {
      let acute = more * ((0.87 * 7.4 + 0.13 * 4.6) / 1.2 + 1.8 / 9.3 + 4 / 3.6 + 3.8 / 3.2)
      let stroke = (0.24 / 1.2 + 1 / 21.8) * (0.6 * 28.4 + 0.4 * 30.3)
      let others = 0.01 / 9.3 * 18.7 + (0.11 / 3.6 + 1 / 31.7) * 27.6
      let rehabilitation = more * (stroke + others + (0.05 / 3.2 + 1 / 28.6) * 16.1)
      for (unit, load) in [("acute", acute), ("rehab", rehabilitation)] {
        for beds in 9...16 {
          guard let row = published["\(unit)-\(beds)\(rows)"] else { continue }
          let exact = QueueTheory.erlangB(servers: beds, offeredLoad: load)
          #expect(abs(row.value - exact) <= row.rounding + 0.003, "\(row.name): \(exact)")
        }
      }
    }
    #expect(published.count == 24)
  }

  /// A study of M/M/1 in a folder of its own; its exact wait is 4.
  private func replication(wait: String, rounding: String = "", tolerance: Double) throws
    -> StudyReplication.Row
  {
    let folder = try TemporaryFolder()
    let mm1 = LoadedExperimentTests.mm1
    for file in ["model.yaml", "sources.yaml"] {
      try FileManager.default.copyItem(atPath: "\(mm1)/\(file)", toPath: folder.file(file))
    }
    let header =
      "name,measure,dimension,member,per,set,published,rounding,tolerance,source,evidence"
    let row = "w,wait,,,,run.length=20000 min,\(wait),\(rounding),\(tolerance),gross-2008,published"
    try "\(header)\n\(row)\n".write(
      toFile: folder.file("published.csv"), atomically: true, encoding: .utf8)
    let path = URL(fileURLWithPath: folder.file("model.yaml")).deletingLastPathComponent().path
    return try StudyReplication(of: Study(path: path), threads: 2).rows[0]
  }

  @Test("a row agrees, differs or is undecided by its band")
  func verdicts() throws {
    let right = try replication(wait: "4", tolerance: 0.5)
    #expect(right.agrees)
    #expect(try #require(right.power) > 0.9)
    let wrong = try replication(wait: "5", tolerance: 0.5)
    #expect(wrong.test?.verdict == .different)
    let narrow = try replication(wait: "4", tolerance: 0.01)
    #expect(narrow.test?.verdict == .undecided)
    #expect(try #require(narrow.power) < 0.1)
    // The same runs, and a band as wide by its rounding: it agrees, and its power does not count it.
    let rounded = try replication(wait: "4", rounding: "0.49", tolerance: 0.01)
    #expect(rounded.agrees)
    #expect(rounded.power == narrow.power)
  }
}
