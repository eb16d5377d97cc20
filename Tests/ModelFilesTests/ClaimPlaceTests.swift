// SPDX-License-Identifier: GPL-3.0-or-later

import ModelFiles
import Testing

@Suite("where a claim lives in a model")
struct ClaimPlaceTests {
  private static func model() throws -> TemporaryModel {
    try TemporaryModel([
      "model.yaml": """
      kind: region
      alliances:
        east: {lead: first, members: [a, b, c], form: loose}
        west: {lead: second, members: [d, e], note: a word on it}
      policies:
        experts: {start: 2018-01-01, in-force: no, days-per-month: {value: 2, range: [1, 3]},
          length: 30 min}
      budget: {shares: [{name: small, value: 0.4}, {name: large, value: 0.6}]}
      institutions: {table: institutions.csv, key: institution, columns: {beds: {note: x}}}
      """,
      "institutions.csv": """
      institution,tier,beds,wait_minutes,title
      first,city,800,20,First [city] hospital
      second,county,300,,Second
      a,township,20,5,A
      b,township,,5,B
      """.replacing("First [city] hospital", with: "First city hospital"),
    ])
  }

  private static func problem(_ check: String) throws -> String {
    let (document, faults) = try model().document()
    try faults.throwIfAny()
    let place = try ClaimPlace("here: \(check)")
    return place.fault(in: try #require(document)).map {
      [$0.problem, $0.remedy].filter { !$0.isEmpty }.joined(separator: "; ")
    } ?? ""
  }

  @Test(
    "holds",
    arguments: [
      "policies.experts.days-per-month", "policies.experts.days-per-month = 2",
      "policies.experts.length = 0.5 h", "policies.experts.in-force = false",
      "policies.experts.start = 2018-01-01", "alliances.east.lead = first",
      "alliances.east.members = [a,b, c]", "alliances.east.members # 3", "alliances # 2",
      // A note is no thing of its own.
      "alliances.west # 2", "alliances[*].members # 5", "alliances[*].members ~ d # 1",
      "alliances[*].lead # 2", "institutions", "institutions # 4", "institutions[first]",
      "institutions[first].beds = 800", "institutions[first].wait_minutes = 20 min",
      "institutions[first].wait_minutes = 1200 s", "institutions[*].tier ~ township # 2",
      "institutions[*].beds # 3", "institutions[*].beds ~ 20 # 1", "budget.shares # 2",
      "budget.shares.small.value = 40 %", "budget.shares.small = 0.4",
      "institutions[*].tier ~ community # 0",
      "institutions.columns.beds.note = x", "institutions[first].title = First city hospital",
    ])
  func holds(_ check: String) throws { #expect(try Self.problem(check) == "") }

  @Test(
    "says what is there instead",
    arguments: [
      ("alliances.east.lead = second", "alliances.east.lead is first, not second"),
      ("policies.experts.days-per-month = 3", "policies.experts.days-per-month is 2, not 3"),
      ("policies.experts.length = 30 CNY", "policies.experts.length is 30 min, not 30 CNY"),
      ("institutions # 5", "institutions has 4, not 5"),
      (
        "institutions[*].tier ~ township # 3",
        "institutions[*].tier has township 2 times, not 3"
      ),
      (
        "alliances.est.lead",
        "alliances.est.lead is not in the model; did you mean alliances.east.lead?"
      ),
      (
        "institution[*].tier # 4",
        "institution is not in the model; did you mean institutions?"
      ),
      (
        "institutions[*].rank # 4",
        "institutions[*].rank leads to no value; yilian describe lists what is there"
      ),
      (
        "institutions[b].beds",
        "institutions[b].beds leads to no value; yilian describe lists what is there"
      ),
      ("alliances = 2", "alliances is {east:"),
    ])
  func fails(_ check: String, _ said: String) throws {
    #expect(try Self.problem(check).hasPrefix(said))
  }

  @Test("several are parted by semicolons, and written as they were read")
  func several() throws {
    let text = "a: x # 2; b: y[*].z ~ w # 3; a: k = v; a: l"
    let places = try ClaimPlace.all(text)
    #expect(places.map(\.description).joined(separator: "; ") == text)
    #expect(places.map(\.model) == ["a", "b", "a", "a"])
    #expect(try ClaimPlace.all("a: table[x = #1].c").count == 1)
    #expect(try ClaimPlace.all(" ") == [])
  }

  @Test(
    "refuses",
    arguments: [
      ("villages # 209", "“villages # 209” names no model"),
      ("a: ", "“a:” has no path"), ("a: x # many", "“a: x # many” counts nothing"),
      ("a: x[*].y ~ v", "“a: x[*].y ~ v” counts nothing"), ("a: x =", "“a: x =” has no value"),
      ("a: x[*].y = 2", "“a: x[*].y = 2” has one value for many"),
      ("a: x..y", "“a: x..y” has no path"), ("a: x # -1", "“a: x # -1” counts nothing"),
    ])
  func refuses(_ text: String, _ said: String) {
    #expect {
      try ClaimPlace.all(text)
    } throws: { error in
      guard let fault = error as? ClaimPlace.Fault else { return false }
      return fault.problem == said && !fault.remedy.isEmpty
    }
  }
}
