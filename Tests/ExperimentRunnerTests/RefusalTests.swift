// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import Testing

@Suite("a results file refuses what does not belong to it")
struct RefusalTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("results.sqlite")
    try run(tickingDesign(), into: path)
  }

  private func fault(_ work: () throws -> Void) -> RunnerFault? {
    #expect(throws: RunnerFault.self, performing: work)
  }

  private var bytes: Data? { FileManager.default.contents(atPath: path) }

  @Test("an existing file is not written without being asked to")
  func existing() throws {
    let before = bytes
    let refusal = fault { try run(tickingDesign(), into: path) }
    #expect(refusal?.cause == .invalidInput)
    #expect(refusal?.lines.first?.contains("--resume") == true)
    #expect(bytes == before)
  }

  @Test("another seed, model, scenario or count is named, and the file stays as it was")
  func otherDesign() throws {
    let before = bytes
    let seed = fault { try run(tickingDesign(seed: 12), into: path, resume: true) }
    #expect(
      seed?.lines == [
        "\(path): cannot be continued by this run: seed: the file has 11, this run has 12"
      ])
    let model = fault {
      try run(tickingDesign(provenance: ["model-digest": "ff"]), into: path, resume: true)
    }
    #expect(model?.lines.first?.contains("model-digest") == true)
    let fewer = fault { try run(tickingDesign(replications: 3), into: path, resume: true) }
    #expect(fewer?.lines.first?.contains("replications: the file has 4") == true)
    var design = tickingDesign()
    design.points[1].settings["lever.chance"] = "0.7"
    let point = fault { try run(design, into: path, resume: true) }
    #expect(point?.lines.first?.contains("point 2") == true)
    let shard = fault {
      try run(tickingDesign(), into: path, shard: Shard(number: 1, of: 2), resume: true)
    }
    #expect(shard?.lines.first?.contains("shard: the file has 1/1") == true)
    #expect(bytes == before)
  }

  @Test("of another model or experiment, the file and the first line that differ are named")
  func otherTexts() throws {
    func design(_ model: String, _ experiment: String) -> ExperimentDesign {
      tickingDesign(provenance: [
        "model-digest": "of \(model)", "experiment-digest": "of \(experiment)",
        "text of model/model.yaml": model, "text of experiment/e.yaml": experiment,
      ])
    }
    let file = folder.file("texts.sqlite")
    try run(design("a: 1\nb: 2\n", "seed: 1\n"), into: file)
    let refusal = fault {
      try run(design("a: 1\n  b: 3\n", "seed: 1\nname: x\n"), into: file, resume: true)
    }
    let start = "\(file): cannot be continued by this run: "
    #expect(
      refusal?.lines == [
        start + "experiment/e.yaml:2: the file has an empty line, this run has name: x",
        start + "model/model.yaml:2: the file has b: 2, this run has b: 3",
      ])
    let gone = fault {
      var other = design("a: 1\nb: 2\n", "seed: 1\n")
      other.provenance["text of model/model.yaml"] = nil
      try run(other, into: file, resume: true)
    }
    #expect(gone?.lines == [start + "model/model.yaml: this run has no such file"])
  }

  @Test("another machine's mathematics is named first")
  func otherMachine() throws {
    var header = ResultsHeader(tickingDesign(seed: 5), command: "test")
    header.provenance["probe-digest"] = "0123456789abcdef"
    let refusal = fault { _ = try ResultsFile.prepare(at: path, for: header, resume: true) }
    #expect(refusal?.lines.count == 2)
    #expect(refusal?.lines.first?.contains("mathematical functions of the machines differ") == true)
    let other = folder.file("other.sqlite")
    _ = try ResultsFile.prepare(at: other, for: header, resume: false)
    let merging = fault {
      _ = try ResultsMerge(of: [path, other], into: folder.file("m"), command: "")
    }
    #expect(merging?.lines.first?.contains("mathematical functions") == true)
  }

  @Test("what is not a results file is neither opened nor continued")
  func foreign() throws {
    let text = folder.file("text.sqlite")
    try "not a database, and long enough to be taken for one by its size alone ……………………………………"
      .write(toFile: text, atomically: true, encoding: .utf8)
    #expect(fault { _ = try ResultsFile.open(text) }?.cause == .invalidInput)
    #expect(fault { try run(tickingDesign(), into: text, resume: true) }?.cause == .invalidInput)
    #expect(fault { _ = try ResultsFile.open(folder.file("none")) }?.cause == .invalidInput)
    #expect(fault { _ = try ResultsFile.open(folder.path) }?.cause == .invalidInput)
  }

  @Test("an empty file, left by a run killed at its start, is started when continued")
  func empty() throws {
    let blank = folder.file("blank.sqlite")
    #expect(FileManager.default.createFile(atPath: blank, contents: nil))
    #expect(fault { _ = try ResultsFile.open(blank) }?.cause == .invalidInput)
    try run(tickingDesign(), into: blank, resume: true)
    #expect(try resultRows(blank) == resultRows(path))
  }

  @Test("a name that leads nowhere is the user's fault, in one line")
  func noFolder() {
    for path in [folder.file("no/where.sqlite"), path + "/below.sqlite", ""] {
      let refusal = fault { try run(tickingDesign(), into: path) }
      #expect(refusal?.cause == .invalidInput)
      #expect(refusal?.lines.count == 1)
    }
  }

  @Test("of another rule or design only what differs is told, not how it is stored")
  func rules() throws {
    var design = tickingDesign()
    let rule = SelectionRule(
      series: MeasureSeries(measure: MeasureRequest(measure: "visits")), best: .lowest,
      difference: 5)
    design.stopping = .selection(rule)
    let file = folder.file("rule.sqlite")
    _ = try ResultsFile.prepare(
      at: file, for: ResultsHeader(design, command: "test"), resume: false)
    var other = rule
    other.difference = 2
    design.stopping = .selection(other)
    let refusal = fault {
      _ = try ResultsFile.prepare(
        at: file, for: ResultsHeader(design, command: "test"), resume: true)
    }
    let line = refusal?.description ?? ""
    #expect(line.hasSuffix("stopping-rule, difference: the file has 5, this run has 2"), "\(line)")
    #expect(refusal?.lines.count == 1 && !line.contains("{"), "\(line)")
  }

  @Test("a second run is kept from a file that one is writing")
  func secondWriter() throws {
    let file = try ResultsFile.prepare(
      at: path, for: ResultsHeader(tickingDesign(), command: "test"), resume: true)
    #expect(
      fault { try run(tickingDesign(), into: path, resume: true) }?.lines.first?
        .contains("another run") == true)
    withExtendedLifetime(file) {}
  }

  @Test("shards of other designs, missing shards and other values are not merged")
  func merging() throws {
    let first = folder.file("1.sqlite")
    let second = folder.file("2.sqlite")
    let merged = folder.file("merged.sqlite")
    try run(tickingDesign(), into: first, shard: Shard(number: 1, of: 2))
    try run(tickingDesign(seed: 12), into: second, shard: Shard(number: 2, of: 2))
    let other = fault { _ = try ResultsMerge(of: [first, second], into: merged, command: "") }
    #expect(other?.lines.first?.contains("seed: it has 12") == true)

    let missing = fault { _ = try ResultsMerge(of: [first], into: merged, command: "") }
    #expect(missing?.lines.first?.contains("6 of 12 replications") == true)
    #expect(missing?.lines.first?.contains("shard 2/2") == true)
    #expect(!FileManager.default.fileExists(atPath: merged))
    let merge = try ResultsMerge(of: [first], into: merged, allowMissing: true, command: "")
    #expect(merge.missing.count == 6)
    #expect(merge.stored == 6)

    #expect(fault { _ = try ResultsMerge(of: [first], into: merged, command: "") } != nil)
    let again = folder.file("again.sqlite")
    #expect(try ResultsMerge(of: [path, first], into: again, command: "").missing.isEmpty)
    #expect(try resultRows(again) == resultRows(path))
    try spoil(first)
    let values = fault {
      _ = try ResultsMerge(of: [path, first], into: folder.file("x"), command: "")
    }
    #expect(values?.lines.first?.contains("other values") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.file("x")))
    #expect(!FileManager.default.fileExists(atPath: folder.file("x.partial")))
  }
}
