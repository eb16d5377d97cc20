// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles
import Testing

@Suite("a table of claims")
struct ClaimsFileTests {
  private static let header =
    "claim,place,place_zh,year,kind,subject,subject_zh,value,unit,compared_with,use,where,experiment,"
    + "scenario,measure,as,reason,reason_zh\n"

  /// A folder of models, each with claims.
  private final class Folder {
    let path = NSTemporaryDirectory() + "claims-" + UUID().uuidString
    init(_ files: [String: String]) throws {
      for (name, text) in files {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: false, encoding: .utf8)
      }
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func read(places: Bool = false) -> (claims: [Claim], faults: [String]) {
      let faults = FaultCollector()
      let table = ClaimsTable(path, faults)
      if places { table.checkPlaces(faults) }
      return (
        table.claims, faults.sorted.map { $0.description.replacing(path + "/", with: "") }
      )
    }
  }

  private func read(_ rows: String) throws -> (claims: [Claim], faults: [String]) {
    try Folder(["north/claims.csv": Self.header + rows]).read()
  }

  @Test("is read as it is written")
  func read() throws {
    let (claims, faults) = try read(
      """
      XX-001,North,北,2017,outcome,"Visits, tertiary",三级医院就诊,-12,percent,before,scored,,reform,after,visits.city,relative-change,,
      XX-002,North,北,2017,input,Alliances,医联体数,58,alliances,,placed,north: alliances # 58,,,,,,
      XX-003,North,北,2018,target,Share,占比,>=35,percent,,target,,reform,after,primary-visit-share,level,,
      XX-004,North,北,,outcome,Crowding,拥挤,down,direction,,scored,,reform,after,wait-minutes,direction,because,因为
      """)
    #expect(faults == [])
    #expect(claims.map(\.id) == ["XX-001", "XX-002", "XX-003", "XX-004"])
    #expect(
      claims[0].question
        == Claim.Question(
          experiment: "reform", scenario: "after", measure: "visits.city",
          comparison: .relativeChange))
    #expect(claims[0].observed == .number(-12, rounding: 0.5, .exactly))
    #expect(claims[1].places.map(\.description) == ["north: alliances # 58"])
    #expect(claims[2].observed == .number(35, rounding: 0.5, .atLeast))
    #expect(claims[3].observed == .direction(.down))
    #expect(ObservedValue("+51.47") == .number(51.47, rounding: 0.005, .exactly))
    #expect(ObservedValue("1e8") == .number(1e8, rounding: 0, .exactly))
    #expect(ObservedValue("12 %") == nil && ObservedValue("stated") == nil)
  }

  @Test("every fault is one line that says what would be right")
  func faults() throws {
    let (_, faults) = try read(
      """
      XX-001,,北,2017,outcom,Visits,就诊,-12,percent,,scored,,reform,after,visits,relative-change,,
      XX-002,North,北,2017,input,Beds,床位,58,beds,,place,,,,,,,
      XX-003,North,北,2017,input,Beds,床位,58,beds,,placed,,,,,,,
      XX-004,North,北,2017,input,Beds,床位,58,beds,,placed,beds # 58,,,,,,
      XX-005,North,北,2017,outcome,Visits,就诊,12,percent,,scored,,,,,,,
      XX-006,North,北,2017,outcome,Visits,就诊,many,percent,,scored,,reform,after,visits,change,,
      XX-007,North,北,2017,outcome,Visits,就诊,up,percent,,not-comparable,,,,,,why,
      XX-008,North,北,2017,outcome,Visits,就诊,>=5,percent,,scored,,reform,after,visits,level,,
      XX-009,North,北,2017,target,Visits,就诊,5,percent,,scored,,reform,after,visits,level,,
      XX-010,North,北,2017,outcome,Visits,就诊,5,percent,,scored,,reform,,visits,levle,,
      XX-010,North,北,2017,outcome,Visits,就诊,5,percent,,context,,,,,,a,b
      XX-012,North,北,2017,outcome,Visits,就诊,5,percent,,scored,,reform,after,visits,direction,,
      XX-013,North,北,2017,outcome,Visits,就诊,5
      """)
    let expected = """
      north/claims.csv:2: kind: is “outcom”; did you mean outcome? write input, lever, rule, outcome, target
      north/claims.csv:2: place: is empty; write it in both languages, in words of your own
      north/claims.csv:3: use: is “place”; did you mean placed? write placed, scored, fitted, target, context, not-comparable, unserved
      north/claims.csv:4: where: is empty; write MODEL: PATH, or another use with a reason
      north/claims.csv:5: where: “beds # 58” names no model; write MODEL: PATH, such as lanshan: villages # 209
      north/claims.csv:6: experiment: is empty; name the experiment, scenario, measure and as by which it is scored
      north/claims.csv:7: value: is “many”; write a plain number, such as -12, or as: direction
      north/claims.csv:8: reason_zh: is empty; say why it is not-comparable, in both languages
      north/claims.csv:9: value: is “>=5”; only aims have a bound; write a plain number
      north/claims.csv:10: use: is scored, and it is an aim; write target
      north/claims.csv:11: as: is “levle”; did you mean level? write relative-change, change, level, direction
      north/claims.csv:11: scenario: is empty; write all of experiment to as, or none
      north/claims.csv:12: has the claim XX-010 again; the first is on line 11; keep one of them
      north/claims.csv:13: value: is “5”; write up, down or none
      north/claims.csv:14: has 8 fields; the header has 18: \(Self.header.dropLast())
      """
    #expect(faults.joined(separator: "\n") == expected)
  }

  @Test("columns are those there are")
  func columns() throws {
    let (_, faults) = try Folder([
      "north/claims.csv": Self.header.replacing("subject_zh", with: "subjectzh") + "a\n"
    ]).read()
    #expect(faults.contains { $0.contains("has no column subject_zh; add it") })
    #expect(faults.contains { $0.contains("subjectzh: is not a column of claims; did you mean") })
  }

  @Test("an identifier stands once in all models, and each place is looked up")
  func several() throws {
    let row = ",North,北,2017,input,Beds,床位,58,beds,,placed,"
    let model = "kind: region\nalliances: {east: {lead: a}}\n"
    let (claims, faults) = try Folder([
      "north/claims.csv": Self.header + "XX-001\(row)north: alliances # 1; nroth: x,,,,,,\n",
      "north/model.yaml": model,
      "south/claims.csv": Self.header + "XX-001\(row)north: alliances,,,,,,\n"
        + "XX-002\(row)north: alliances.east.lead = b,,,,,,\n",
    ]).read(places: true)
    #expect(claims.map(\.id) == ["XX-001", "XX-002"])
    #expect(
      faults.map { $0.replacing(#/ of /[^;]*;/#, with: ";") }
        == [
          "north/claims.csv:2: where: nroth is no model; did you mean north?",
          "south/claims.csv:2: claim: has the claim XX-001 again; the first is on line 2 of north/claims.csv; "
            + "keep one of them",
          "south/claims.csv:3: where: north: alliances.east.lead is a, not b",
        ])
  }

  @Test("a folder without claims is named")
  func none() throws {
    #expect(
      try Folder(["north/model.yaml": "kind: region\n"]).read().faults.first?.contains(
        "holds no model with claims; write MODEL/claims.csv") == true)
  }
}
