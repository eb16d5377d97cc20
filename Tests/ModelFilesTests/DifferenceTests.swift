// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ModelFiles
import Testing

/// What two models or experiments say otherwise.
@Suite struct DifferenceTests {
  private static let model = """
    kind: network
    evidence: assumed
    range-factor: [0.5, 2]
    classes: {adult: {priority: 2}, child: {priority: 1}}
    wards:
      - {name: north, beds: 12}
      - {name: south, beds: 8}
    rates: {table: rates.csv, key: hour}
    durations:
      stay: {exponential: {mean: {value: 30 min, source: "log, p. 3", range: [20 min, 40 min]}}}
      share: 35 %
    pathways:
      visit:
        - seize: doctor
        - delay: stay
        - release: doctor
        - leave: home
    run: {length: 30 d, measures: [wait, wait by class]}
    """
  private static let rates = "hour,rate_per_hour\n0,1\n1,2\n2,4\n"
  private static let sources = "log: {citation: The log of 2019}\n"

  /// The lines of the differences after replacing texts in any of the three files.
  private func lines(_ changes: [(String, String)]) throws -> [String] {
    func document(_ changes: [(String, String)]) throws -> ModelDocument {
      var files = ["model.yaml": Self.model, "rates.csv": Self.rates, "sources.yaml": Self.sources]
      for (old, new) in changes {
        #expect(files.values.contains { $0.contains(old) }, "\(old)")
        files = files.mapValues { $0.replacingOccurrences(of: old, with: new) }
      }
      let model = try TemporaryModel(files)
      let (document, faults) = model.document()
      #expect(faults.isEmpty, "\(faults.sorted)")
      return try #require(document)
    }
    return try document([]).differences(to: document(changes)).map { difference in
      var text = "\(difference.change.rawValue) \(difference.path)"
      if let old = difference.oldNumber, let new = difference.newNumber {
        return text + " \(old) \(new) \(difference.unit)"
      }
      if let old = difference.old { text += " \(old)" }
      return text + (difference.new.map { " → \($0)" } ?? "")
    }
  }

  @Test("a model is no other than itself, nor than one that says the same in other words")
  func same() throws {
    #expect(try lines([]) == [])
    #expect(try lines([("30 min", "0.5 h"), ("35 %", "0.35"), ("30 d", "720 h")]) == [])
  }

  @Test("a number is told with both values in the unit of the first")
  func number() throws {
    #expect(
      try lines([("value: 30 min", "value: 1 h")])
        == ["changed durations.stay.exponential.mean 30.0 60.0 min"])
    #expect(
      try lines([("log, p. 3", "log, p. 4")])
        == ["changed durations.stay.exponential.mean.source log, p. 3 → log, p. 4"])
    #expect(
      try lines([(", range: [20 min, 40 min]", "")])
        == ["removed durations.stay.exponential.mean.range [20 min, 40 min]"])
    // A bare number in place of one with its source beside it.
    #expect(
      try lines([("{value: 30 min, source: \"log, p. 3\", range: [20 min, 40 min]}", "31 min")])
        == [
          "changed durations.stay.exponential.mean 30.0 31.0 min",
          "removed durations.stay.exponential.mean.source log, p. 3",
          "removed durations.stay.exponential.mean.range [20 min, 40 min]",
        ])
  }

  @Test("items of lists go by name, and their order counts")
  func items() throws {
    #expect(try lines([("beds: 8", "beds: 9")]) == ["changed wards.south.beds 8.0 9.0 "])
    #expect(
      try lines([("{name: south, beds: 8}", "{name: west, beds: 8}")])
        == ["removed wards.south {beds: 8}", "added wards.west → {beds: 8}"])
    let swapped = [
      ("name: north, beds: 12", "name: X"), ("name: south, beds: 8", "name: north, beds: 12"),
      ("name: X", "name: south, beds: 8"),
    ]
    #expect(
      try lines(swapped)
        == ["changed wards in the order north, south → in the order south, north"])
  }

  @Test("a step put between two others is one difference, and one that changed is told inside")
  func steps() throws {
    #expect(
      try lines([("    - delay: stay\n", "    - delay: stay\n    - delay: 5 min\n")])
        == ["added pathways.visit[3] → {delay: 5 min}"])
    #expect(
      try lines([("    - release: doctor\n", "")])
        == ["removed pathways.visit[3] {release: doctor}"])
    #expect(
      try lines([("- leave: home", "- leave: elsewhere")])
        == ["changed pathways.visit[4].leave home → elsewhere"])
  }

  @Test("rows of tables go by key and cells by row and column, with the unit of the column")
  func tables() throws {
    #expect(try lines([("1,2\n", "1,3\n")]) == ["changed rates[1].rate_per_hour 2.0 3.0 /h"])
    #expect(
      try lines([("2,4\n", "5,4\n")])
        == ["removed rates[2] {rate_per_hour: 4}", "added rates[5] → {rate_per_hour: 4}"])
    // Another order of rows says nothing else.
    #expect(try lines([("0,1\n1,2\n", "1,2\n0,1\n")]) == [])
    #expect(
      try lines([("rate_per_hour", "rate_per_day")])
        == ["removed rates the column rate_per_hour", "added rates → the column rate_per_day"])
  }

  @Test("sections, lists of values, the tops of files and sources are told, too")
  func others() throws {
    #expect(
      try lines([("[wait, wait by class]", "[wait]")])
        == ["changed run.measures [wait, wait by class] → [wait]"])
    #expect(
      try lines([(", child: {priority: 1}", "")]) == ["removed classes.child {priority: 1}"])
    #expect(
      try lines([("evidence: assumed", "evidence: calibrated")])
        == ["changed model.yaml.evidence assumed → calibrated"])
    #expect(
      try lines([("log of 2019", "log of 2020")])
        == ["changed sources.log.citation The log of 2019 → The log of 2020"])
  }

  @Test("experiments are compared by key, whether a run setting stands under run or beside it")
  func experiments() {
    let old = """
      model: ../a
      replications: 10
      scenarios:
        - name: base
        - {name: more, set: {resources.doctor.capacity: 3}}
      """
    let new = """
      model: ../b
      run: {replications: 20}
      scenarios:
        - name: base
        - {name: more, set: {resources.doctor.capacity: 4}}
        - {name: most, set: {resources.doctor.capacity: 9}}
      """
    let differences = Difference.between(experiment: old, and: new)
    #expect(
      differences.map(\.path) == [
        "experiment.scenarios.more.set.resources.doctor.capacity", "experiment.scenarios.most",
        "experiment.run.replications",
      ])
    #expect(differences.map(\.change) == [.changed, .added, .changed])
    #expect(
      Difference.between(
        experiment: "replications: 3\nmodel: x", and: "model: y\nrun: {replications: 3}") == [])
  }
}
