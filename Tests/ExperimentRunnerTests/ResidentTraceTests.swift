// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import Testing

@Suite("the story of a resident")
struct ResidentTraceTests {
  let folder: TemporaryFolder
  let loaded: LoadedExperiment

  init() throws {
    folder = try TemporaryFolder()
    loaded = try LoadedExperiment(
      path: LoadedExperimentTests.top + "/Models/small-county",
      overrides: [
        ExperimentPlan.Setting("run.warm-up", "0 d"), ExperimentPlan.Setting("run.length", "80 d"),
      ],
      replications: 2, seed: 3)
  }

  @Test("is told by the run that is stored, and changes nothing of it")
  func same() throws {
    let path = folder.file("county.sqlite")
    try run(loaded.design, into: path)
    let checksums = try rows(path, "replication")
    for number in [1, 40] {
      let trace = try ResidentTrace(loaded, replication: 2, resident: "seat-\(number)")
      var events: [ResidentEvent] = []
      let checksum = try #require(try trace.run { events.append($0) })
      let digits = String(checksum, radix: 16)
      #expect(checksums.contains { $0.contains("replication:2") && $0.contains(digits) })
      #expect(events.map(\.microseconds) == events.map(\.microseconds).sorted())
    }
  }

  @Test("begins and ends every contact, and waits before it gets")
  func whole() throws {
    var contacts = 0
    for number in 1...10 {
      let trace = try ResidentTrace(loaded, resident: "westhill-\(number)")
      var isOut = 0
      var waits = 0
      _ = try trace.run { event in
        switch event.kind {
        case .setsOut:
          isOut += 1
          contacts += 1
        case .leaves: isOut -= 1
        case .waits: waits += 1
        case .gets(_, let span), .givesUp(_, let span):
          waits -= 1
          #expect(span >= 0)
        case .begins(_, let length): #expect(length >= 0)
        default: break
        }
        #expect(isOut >= 0 && waits >= 0 && waits <= isOut)
      }
    }
    // Some six visits a year each: about 10 × 6 × 80 ÷ 365.
    #expect((2...80).contains(contacts))
  }

  @Test("is refused of nobody")
  func refusals() throws {
    func refusal(_ resident: String) -> String? {
      #expect(throws: RunnerFault.self) { try ResidentTrace(loaded, resident: resident) }?
        .lines.first
    }
    #expect(
      refusal("seta-1")
        == "there is no town seta; did you mean seat? the towns are seat, eastbank, westhill")
    #expect(refusal("seat") == "--entity is seat; write a town and a number, such as seat-17")
    #expect(refusal("seat-9601") == "seat-9601: there are 9600 residents in seat")
  }
}
