// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import GRDB
import Testing

/// Changes the last bit of one value.
func spoil(_ path: String) throws {
  try DatabaseQueue(path: path).write { db in
    try db.execute(
      sql: """
        UPDATE observed_value SET value = value * (1 + 2.3e-16)
        WHERE point_id = 1 AND replication = 1 AND series_id = 4
        """)
  }
}

@Suite("stored replications run again")
struct ReproductionTests {
  @Test("are the same bit for bit, all or one, and one changed bit is found")
  func reproducing() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("results.sqlite")
    try run(tickingDesign(), into: path)
    let all = try Reproduction(of: ResultsFile.open(path), with: tickingDesign(), threads: 2)
    #expect(all.compared == 12)
    #expect(all.isIdentical)
    let one = try Reproduction(
      of: ResultsFile.open(path), with: tickingDesign(), replication: 3, threads: 1)
    #expect(one.compared == 3)
    #expect(throws: RunnerFault.self) {
      try Reproduction(
        of: ResultsFile.open(path), with: tickingDesign(), replication: 5, threads: 1)
    }
    try spoil(path)
    let spoiled = try Reproduction(of: ResultsFile.open(path), with: tickingDesign(), threads: 2)
    #expect(spoiled.different == 1)
    #expect(spoiled.differences.count == 1)
    #expect(spoiled.differences.first?.hasPrefix("point 1, replication 1: even-share") == true)
  }
}
