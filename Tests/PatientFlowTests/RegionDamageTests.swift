// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import PatientFlow
import Randomness
import SimulationKernel
import Testing

@Suite struct RegionDamageTests {
  /// What stands where a cell, a value or a word stood.
  static let others = [
    "", "0", "-1", "1", "1e9", "0.5", "yes", "no", "nan", "inf", "1/0", "ford", "county", "4 d",
    "30 km", "5 CNY", "50 %", "visit", "doctor", "acute-bed", "home", "next", "2019-02-29",
    "2019-06-02", "{}", "[]", "[0.5, 2]", "\"", "#", "99999999999999999999",
  ]

  /// One line taken away, doubled, swapped with another, or with a word of it exchanged.
  static func damage(_ text: String, _ draw: inout RandomStream) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let row = Int(draw.below(UInt32(lines.count)))
    switch draw.below(6) {
    case 0: lines.remove(at: row)
    case 1: lines.insert(lines[row], at: row)
    case 2: lines.swapAt(row, Int(draw.below(UInt32(lines.count))))
    default:
      let marks = CharacterSet(charactersIn: ",: {}[]")
      let words = lines[row].components(separatedBy: marks).filter { !$0.isEmpty }
      guard !words.isEmpty else { break }
      let word = words[Int(draw.below(UInt32(words.count)))]
      let other = others[Int(draw.below(UInt32(others.count)))]
      let place = lines[row].range(of: word)!
      lines[row].replaceSubrange(place, with: other)
    }
    return lines.joined(separator: "\n")
  }

  @Test("a damaged region is read and runs, or is refused with words; never a trap")
  func damage() throws {
    let folder = TestRegion.folder("hamlet")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".csv") }.sorted()
    let texts = try files.map { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }
    let copy = try RegionCopy()
    var draw = NestedLogitTests.stream("damage")
    let isLong = ProcessInfo.processInfo.environment["YILIAN_LONG"] == "1"
    let policies = TestRegion.policies.map {
      ExperimentPlan.Setting("policies.\($0).in-force", "yes")
    }
    let early = TestRegion.policies.map {
      ExperimentPlan.Setting("policies.\($0).start", "2019-03-06")
    }
    var refused = 0
    for round in 0..<(isLong ? 20_000 : 500) {
      let file = Int(draw.below(UInt32(files.count)))
      var text = texts[file]
      for _ in 0...draw.below(2) { text = Self.damage(text, &draw) }
      let path = copy.folder + "/" + files[file]
      try text.write(toFile: path, atomically: false, encoding: .utf8)
      defer { try? texts[file].write(toFile: path, atomically: false, encoding: .utf8) }

      let faults = FaultCollector()
      let plan = ExperimentPlan(
        path: copy.folder, overrides: policies + early, requiresRun: false, faults)
      let region = plan.flatMap { RegionReader.region($0.points[0].document, faults) }
      guard let plan, let region, faults.isEmpty else {
        refused += 1
        #expect(!faults.isEmpty, "round \(round)")
        #expect(faults.sorted.allSatisfy { !$0.problem.isEmpty })
        continue
      }
      // A few days of it: enough for visits, beds and every policy to begin.
      let run = RegionRun(
        model: region, window: plan.window, root: RandomRoot(seed: 1, replication: 1))
      run.advance(until: min(plan.window.end, midnight(12)))
      run.checkConservation()
      _ = run.allObservations
    }
    // Some damage is refused and some is not, or the test has nothing to find.
    #expect(refused > 50)
  }
}
