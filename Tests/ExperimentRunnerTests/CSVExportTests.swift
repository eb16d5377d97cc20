// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import Testing

@Suite("results as CSV")
struct CSVExportTests {
  @Test("quote what needs it, keep every bit of a number and leave the undefined empty")
  func text() throws {
    let folder = try TemporaryFolder()
    var design = tickingDesign(replications: 2)
    design.points[1].scenario = "more, \"much\" more"
    try run(design, into: folder.file("results.sqlite"))
    let results = try ResultsFile.open(folder.file("results.sqlite"))
    try CSVExport.write(
      results,
      measures: [
        MeasureDefinition(
          name: "visits", unit: "visits", formula: "Counted.", window: "all", statistics: ["p95"])
      ], to: folder.file("csv/deep"))
    func lines(_ table: String) throws -> [String] {
      try String(contentsOfFile: folder.file("csv/deep/\(table).csv"), encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }
    #expect(
      try lines("point")[2] == #"2,"more, ""much"" more","{""lever.chance"":""0.6""}""#)
    let observations = try lines("observation")
    #expect(observations[0] == "point_id,replication,measure,dimension,member,value")
    #expect(observations.count == 1 + 6 * 5)
    #expect(observations.contains { $0.hasSuffix(",never,,,") })
    for row in try results.summary() where row.measure == "even-share" {
      let stored = try lines("summary").contains { $0.contains(",even-share,,,2,\(row.mean),") }
      #expect(stored)
    }
    #expect(
      try lines("measure") == [
        "measure,unit,formula,window", "visits,visits,Counted.,all",
        "visits-p95,visits,Counted.,all",
      ])
    let package = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder.file("csv/deep/datapackage.json"))))
    #expect(((package as? [String: Any])?["resources"] as? [Any])?.count == 7)
  }

  @Test("JSON escapes what it must and gives back numbers bit for bit")
  func json() throws {
    let value = JSONValue.object([
      ("text", .text("a \"b\" \\ \n \t \u{1} 中")), ("number", .number(0.1 + 0.2)),
      ("none", .number(Double.nan)), ("list", .list([.integer(-3), .flag(true), .null])),
      ("empty", .list([])),
    ])
    let expected =
      #"{"text":"a \"b\" \\ \n \t \u0001 中","number":0.30000000000000004,"none":null,"#
      + #""list":[-3,true,null],"empty":[]}"#
    #expect(value.description == expected)
    let parsed = try JSONSerialization.jsonObject(with: Data(value.indented.utf8))
    #expect((parsed as? [String: Any])?["text"] as? String == "a \"b\" \\ \n \t \u{1} 中")
  }
}
