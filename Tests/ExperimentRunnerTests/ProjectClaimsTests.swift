// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import Testing

/// The claims of the project's own models.
@Suite("the claims of the source documents")
struct ProjectClaimsTests {
  /// The identifiers of each document.
  private static let documents: [(prefix: String, count: Int)] = [
    ("DD", 65), ("GY", 47), ("OV", 49), ("LS", 62), ("BJ", 52),
  ]

  private static var table: (ClaimsTable, FaultCollector) {
    let faults = FaultCollector()
    return (ClaimsTable(LoadedExperimentTests.top + "/Models", faults), faults)
  }

  private static func lines(_ faults: FaultCollector) -> [String] {
    faults.sorted.map { $0.description.replacing(LoadedExperimentTests.top + "/", with: "") }
  }

  @Test("each is there once, and no other")
  func complete() {
    let (table, faults) = Self.table
    #expect(Self.lines(faults) == [])
    let known = Self.documents.flatMap { document in
      (1...document.count).map { number in
        document.prefix + "-" + String(repeating: "0", count: 3 - "\(number)".count) + "\(number)"
      }
    }
    let found = table.claims.map(\.id)
    #expect(Set(found).subtracting(known).sorted() == [])
    #expect(known.filter { !found.contains($0) } == [])
  }

  @Test("each lives where its table says, in the models as they are")
  func places() {
    let (table, faults) = Self.table
    table.checkPlaces(faults)
    #expect(Self.lines(faults) == [])
  }

  @Test("each that is predicted has an experiment that predicts it")
  func experiments() throws {
    let (table, faults) = Self.table
    let tests = ClaimTests(table, table.claims, faults)
    #expect(Self.lines(faults) == [])
    for experiment in tests.experiments {
      try UncertaintyExperiment.check(experiment.plan, path: experiment.path)
    }
    let predicted = table.claims.filter { $0.use.isPredicted }
    #expect(tests.experiments.flatMap(\.tests).count == predicted.count)
  }
}
