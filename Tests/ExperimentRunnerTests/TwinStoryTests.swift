// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles
import Testing

@Suite("the two stories of one resident")
struct TwinStoryTests {
  // A resident of whom the table of all says that nothing changed has one story, and one whose drugs cost
  // less has two that part on or after the day on which the policy begins.
  @Test("are one until the policy parts them")
  func parting() throws {
    let loaded = try TwinRegion(TwinRegion.withoutQueues).load()
    let settings = try loaded.twinSettings(scenario: nil, baseline: nil)
    var same: String?
    var other: String?
    let table = try TwinResidents(loaded, settings, replication: 2)
    _ = try table.run { line in
      let cells = line.dropLast().split(separator: ",").map(String.init)
      guard let visits = cells.count > 8 ? cells : nil, visits[1] == TwinRegion.town else { return }
      let outcomes = visits.suffix(2 * TwinOutcome.allCases.count).map { $0 }
      let pairs = stride(from: 0, to: outcomes.count, by: 2).map {
        (outcomes[$0], outcomes[$0 + 1])
      }
      let isSame = pairs.allSatisfy { $0.0 == $0.1 }
      if isSame, same == nil, pairs[4].0 != "0.0" { same = cells[0] }
      if !isSame, other == nil { other = cells[0] }
    }
    var one = try TwinStory(
      loaded, settings, replication: 2, resident: try #require(same))
    #expect(try one.run())
    #expect(one.parting == nil)
    #expect(one.totals.allSatisfy { $0.baseline == $0.scenario })
    #expect(one.days.contains { !$0.baseline.isEmpty })

    var two = try TwinStory(
      loaded, settings, replication: 2, resident: try #require(other))
    #expect(try two.run())
    // 1 March is day 59 of the run.
    #expect(try #require(two.parting) >= 59)
    #expect(two.days.filter { $0.number < 59 }.allSatisfy { $0.isSame })
    #expect(two.totals.contains { $0.baseline != $0.scenario })
  }
}
