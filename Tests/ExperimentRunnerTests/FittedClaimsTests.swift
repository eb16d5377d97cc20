// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import Testing

@Suite("what a calibration takes from claims")
struct FittedClaimsTests {
  private static let header =
    "claim,place,place_zh,year,kind,subject,subject_zh,value,unit,compared_with,use,where,experiment,"
    + "scenario,measure,as,reason,reason_zh\n"

  private static func row(
    _ id: String, _ value: String, _ unit: String, _ use: String, _ how: String
  )
    -> String
  {
    "\(id),Desk,窗口,2020,outcome,Queue,排队,\(value),\(unit),,\(use),,fit,faster,wait,\(how),,\n"
  }

  private static let claims =
    row("XX-001", "-12", "percent", "fitted", "relative-change")
    + row("XX-002", "4", "minutes", "fitted", "level")
    + row("XX-003", "-20", "percent", "scored", "relative-change")

  private static let experiment = """
    model: desk
    replications: 2
    scenarios:
      - name: now
      - {name: faster, set: {durations.service.exponential.mean: 0.7 min}}
    fitted: [{name: rate, path: arrivals.customers.poisson.rate, range: 0.4 .. 0.9 /min}]
    targets:
      - {measure: wait, scenario: faster, claim: XX-001, deviation: 2 %}
      - {measure: wait, claim: XX-002, deviation: 0.5}
      - {measure: wait, scenario: faster, claim: XX-003, deviation: 5 %, use: checked}

    """

  /// The calibration of the desk with a table of claims.
  private static func calibration(
    _ claims: String = claims, _ experiment: String = experiment
  ) throws -> (plan: ExperimentPlan, targets: [ExperimentCalibration.Target]) {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    try files.copyItem(atPath: LoadedExperimentTests.mm1, toPath: folder.file("desk"))
    try (header + claims).write(
      toFile: folder.file("desk/claims.csv"), atomically: true, encoding: .utf8)
    try experiment.write(toFile: folder.file("fit.yaml"), atomically: true, encoding: .utf8)
    let loaded = try LoadedExperiment(path: folder.file("fit.yaml"))
    return (loaded.plan, try ExperimentCalibration(loaded, path: "fit.yaml").targets)
  }

  @Test("values come from the table, and how they are compared")
  func read() throws {
    let targets = try Self.calibration().targets
    #expect(targets.map(\.target.name) == ["XX-001", "XX-002", "XX-003"])
    #expect(targets.map(\.target.value) == [-0.12, 4, -0.2])
    #expect(targets.map(\.target.isFitted) == [true, true, false])
    #expect(targets.map(\.baseline) == ["now", nil, "now"])
    #expect(targets.map(\.isRelative) == [true, false, true])
  }

  @Test(
    "another value of a claim out of sample changes nothing that a fit sees, of a fitted one it does"
  )
  func blind() throws {
    func seen(_ claims: String) throws -> String {
      try #require(try Self.calibration(claims).plan.calibration).seenByFit
    }
    let stated = try seen(Self.claims)
    #expect(stated.contains("-0.12") && !stated.contains("-0.2"))
    #expect(try seen(Self.claims.replacing(",-20,", with: ",95,")) == stated)
    #expect(try seen(Self.claims.replacing(",-12,", with: ",-13,")) != stated)
    #expect(try seen(Self.claims.replacing(",4,", with: ",5,")) != stated)
  }

  @Test(
    "refuses",
    arguments: [
      (
        ", use: checked", "",
        "XX-003 is scored, and nothing may be fitted to it; hold it out with use: checked"
      ),
      ("XX-002", "XX-02", "“XX-02” is no claim of "),
      ("claim: XX-002", "claim: XX-002, value: 3", "value: stands beside a claim, which has it"),
      (
        "{measure: wait, scenario: faster, claim: XX-001", "{measure: wait, claim: XX-001",
        "is a difference, and now is the baseline; write scenario: with another, or as: level"
      ),
      (
        "claim: XX-001", "claim: XX-001, as: level",
        "wait is no share, and has a number in per cent"
      ),
    ])
  func refuses(_ old: String, _ new: String, _ said: String) throws {
    let text = Self.experiment.replacing(old, with: new)
    #expect {
      try Self.calibration(Self.claims, text)
    } throws: { error in
      "\((error as? ModelFaults)?.description ?? "\(error)")".contains(said)
    }
  }

  /// Every experiment of the project that fits something to claims, in a copy of the project whose claims
  /// out of sample all have another value.
  @Test("no calibration of the project sees a claim out of sample")
  func project() throws {
    let top = LoadedExperimentTests.top
    let files = FileManager.default
    let experiments = try files.contentsOfDirectory(atPath: top + "/Experiments").filter { name in
      guard name.hasSuffix(".yaml"),
        let text = try? String(contentsOfFile: "\(top)/Experiments/\(name)", encoding: .utf8)
      else { return false }
      return text.contains("\nfitted:") && text.contains("claim:")
    }.sorted()
    guard !experiments.isEmpty else { return }
    let folder = try TemporaryFolder()
    for name in ["Models", "Experiments"] {
      try files.copyItem(atPath: "\(top)/\(name)", toPath: folder.file(name))
    }
    for model in try files.contentsOfDirectory(atPath: folder.file("Models")) {
      let path = folder.file("Models/\(model)/claims.csv")
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
      let outside = ClaimsTable.claims(beside: folder.file("Models/\(model)"), FaultCollector())
        .filter { $0.use != .fitted }
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      for claim in outside where !claim.value.isEmpty {
        let line = claim.written.line - 1
        let other =
          ["up": "down", "down": "up", "none": "up"][claim.value]
          ?? (claim.value.hasPrefix("-") ? "77" : "-77")
        lines[line] = lines[line].replacing(
          ",\(claim.value),", with: ",\(other),", maxReplacements: 1)
      }
      try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }
    for name in experiments {
      let stated = try ExperimentPlan(path: "\(top)/Experiments/\(name)").calibration
      let other = try ExperimentPlan(path: folder.file("Experiments/\(name)")).calibration
      #expect(stated?.seenByFit == other?.seenByFit, "\(name)")
    }
  }
}
