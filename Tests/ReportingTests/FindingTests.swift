// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import OutputAnalysis
import Reporting
import Testing

/// Sentences about planted results say what was planted, and no more.
@Suite("findings")
struct FindingTests {
  /// Around zero over replications, so that the mean of an even count of them is exact.
  private static func wobble(_ replication: Int) -> Double { replication.isMultiple(of: 2) ? 1 : -1 }

  private static let window = ["window-start": "2020-07-23", "window-end": "2021-07-23"]

  /// Ten replications of a region whose scenario does a different thing to each measure.
  private func region() throws -> PlantedResults {
    func values(_ isScenario: Bool) -> @Sendable (Int) -> [Observation] {
      { replication in
        let noise = Self.wobble(replication)
        func value(_ measure: String, _ base: Double, _ change: Double, _ spread: Double)
          -> Observation
        {
          Observation(measure: measure, value: base + (isScenario ? change + spread * noise : 0))
        }
        return [
          Observation(
            measure: "visits", dimension: "tier", member: "township",
            value: 674_000 + (isScenario ? 32_400 + 500 * noise : 0)),
          value("visits", 1_950_000, -6_700, 300),
          value("primary-visit-share", 0.6269, 0.0168, 0.0001),
          value("admissions", 57_700, 12, 40), value("step-downs", 0, 0, 0),
          value("wait-minutes", 6.2, 0.02, 0.5), value("fund-spend", 232_700_000, 1_800_000, 90_000),
        ]
      }
    }
    return try PlantedResults(
      [
        .init(scenario: "no-alliance", values: values(false)),
        .init(scenario: "alliance", values: values(true)),
      ], replications: 10, kind: "region",
      provenance: Self.window.merging([
        "measures":
          "visits, visits by tier, primary-visit-share, admissions, step-downs, wait-minutes, fund-spend",
        "matters": #"{"admissions": 100}"#,
        "text of experiment/planted.yaml": """
        title: The alliance
        title-zh: 医联体
        scenarios:
          - {name: no-alliance, title: no alliance, title-zh: 无医联体}
          - {name: alliance, title-zh: 有医联体, title: the alliance}
        """,
      ]) { $1 })
  }

  private func sentences(_ findings: Findings, _ language: Language) -> [String] {
    findings.groups.flatMap { group in
      group.findings.map {
        "[\($0.badge(language))] "
          + $0.sentences(
            language, baselineTitle: findings.title(of: group.baseline, language))
      }
    }
  }

  @Test("say what was planted, in English")
  func english() throws {
    let findings = try Findings(region().file)
    expectLines(
      sentences(findings, .english),
      [])
  }

  @Test("say what was planted, in Chinese")
  func chinese() throws {
    let findings = try Findings(region().file)
    expectLines(
      sentences(findings, .chinese),
      [])
  }

  private func expectLines(_ said: [String], _ expected: [String]) {
    #expect(said.count == expected.count)
    for (line, wanted) in zip(said, expected) { #expect(line == wanted) }
    if said != expected { print("SAID\n" + said.joined(separator: "\n")) }
  }

  /// Two scenarios, of which the first is clear of zero by itself only, and one replication.
  private func network(scenarios: Int, replications: Int) throws -> PlantedResults {
    try PlantedResults(
      (0...scenarios).map { place in
        .init(scenario: place == 0 ? "base" : "s\(place)") { replication in
          let noise = Double(replication % 4) - 1.5
          // p is near 0.03 of the first; the others do nothing of note.
          let change = place == 0 ? 0 : place == 1 ? 0.75 : 0.01
          return [
            Observation(measure: "wait", value: 10 + change + (place == 0 ? 0 : 1) * noise)
          ]
        }
      }, replications: replications, provenance: ["measures": "wait"])
  }

  @Test("a claim that many comparisons do not bear is none")
  func manyComparisons() throws {
    let alone = try Findings(network(scenarios: 1, replications: 16).file)
    #expect(alone.groups[0].findings[0].verdict == .up)
    #expect(!alone.notes(.english).joined().contains("Holm"))
    let many = try Findings(network(scenarios: 8, replications: 16).file)
    #expect(many.groups[0].findings[0].verdict == .notAmongMany(comparisons: 8))
    #expect(many.groups.count == 8)
    #expect(many.notes(.english).joined().contains("Holm's correction over the 8"))
    #expect(many.notes(.chinese).joined().contains("8 个方案"))
    let said = sentences(many, .english)[0]
    #expect(said.contains("unclear") && said.contains("as one of 8 comparisons"))
  }

  @Test("so many more replications as are said would tell")
  func moreReplications() throws {
    let few = try Findings(network(scenarios: 1, replications: 4).file)
    guard case .unclear(let more?) = few.groups[0].findings[0].verdict else {
      Issue.record("\(few.groups[0].findings[0].verdict)")
      return
    }
    #expect((4...12).contains(more))
    let enough = try Findings(network(scenarios: 1, replications: 4 * ((more + 7) / 4)).file)
    #expect(enough.groups[0].findings[0].verdict == .up)
  }

  @Test("one replication is not judged")
  func single() throws {
    let findings = try Findings(network(scenarios: 1, replications: 1).file)
    #expect(findings.groups[0].findings[0].verdict == .unknown)
    for language in Language.allCases {
      let text = findings.text(language, width: 80)
      #expect(text.contains(language == .english ? "not known" : "尚不可知"))
      #expect(!text.contains("interval") && !text.contains("置信区间"))
    }
  }

  @Test("forms of money that disagree are told of both")
  func forms() throws {
    let results = try PlantedResults(
      ["cost", "share"].enumerated().flatMap { place, form in
        ["base", "policy"].enumerated().map { index, name in
          PlantedResults.Point(
            scenario: name, settings: ["money-form": form], baseline: 2 * place
          ) { replication in
            let change = index == 0 ? 0 : (place == 0 ? 5 : -5) + Self.wobble(replication)
            return [Observation(measure: "visits", value: 1000 + change)]
          }
        }
      }, replications: 10, kind: "region", provenance: ["measures": "visits"])
    let findings = try Findings(results.file)
    #expect(
      findings.groups[0].findings.map(\.verdict) == [.formDependent(cost: .up, share: .down)])
    #expect(
      sentences(findings, .english)[0]
        == "[form-dependent] What becomes of outpatient visits hangs on how money enters choices: as "
        + "what is paid it is a rise, as the rate of reimbursement a fall.")
    #expect(
      sentences(findings, .chinese)[0]
        == "[取决于费用形式] 门诊人次如何变化取决于费用影响就医选择的形式：按自付额为增加，按报销比例为减少。")
  }

  /// Draws of two assumptions, of which the first turns the sign of one measure and the other nothing.
  private func drawn() throws -> PlantedResults {
    let draws = 24
    func factor(_ name: String) -> String {
      #"{"name":"\#(name)","paths":["range.\#(name)"],"unit":"","base":null,"low":"0","high":"1","#
        + #""scale":"linear","levels":null}"#
    }
    let points = (0...draws).flatMap { draw in
      ["base", "policy"].map { name -> PlantedResults.Point in
        let first = draw == 0 ? 0.5 : (Double(draw) - 0.5) / Double(draws)
        let second = draw == 0 ? 0.5 : (Double(draw * 7 % draws) + 0.5) / Double(draws)
        let settings =
          draw == 0
          ? [:] : ["range.care.trust": "\(first)", "range.care.skill": "\(second)"]
        return PlantedResults.Point(scenario: name, settings: settings, baseline: 2 * draw) {
          replication in
          let noise = 0.02 * Self.wobble(replication * (draw % 3 + 1))
          let isPolicy = name == "policy"
          func value(_ measure: String, _ effect: Double) -> Observation {
            Observation(measure: measure, value: 100 + (isPolicy ? effect + noise : 0))
          }
          return [
            value("visits", 10 * (first - 0.5)), value("admissions", 5 + second),
            value("exams", -4 - first),
            value("referrals-up", 0.001 * (first - 0.5)),
          ]
        }
      }
    }
    return try PlantedResults(
      points, replications: 4, kind: "region",
      provenance: [
        "measures": "visits, admissions, exams, referrals-up",
        "matters": #"{"referrals-up": 1}"#,
        "factors": "[\(factor("care.trust")),\(factor("care.skill"))]",
        "design":
          #"{"method":"lhs","points":25,"base_point":true,"seed":"1","generators":[],"constraints":[],"left_out":0,"sobol_replaced":false}"#,
      ])
  }

  @Test("over the assumptions, what turns the sign is named")
  func assumptions() throws {
    let file = try drawn()
    let findings = try Findings(file.file, uncertainty: file.file)
    expectLines(sentences(findings, .english), [])
    expectLines(sentences(findings, .chinese), [])
    #expect(!findings.notes(.english).joined().contains("Only run noise"))
  }

  @Test("without a file of draws it is said that assumptions were not varied")
  func noiseAlone() throws {
    let findings = try Findings(region().file)
    #expect(findings.notes(.english).joined().contains("Only run noise was judged"))
    #expect(findings.notes(.chinese).joined().contains("模型假设未作变动"))
    #expect(
      findings.notes(.english)[0]
        == "Measured over the year from 23 July 2020 to 22 July 2021, in 10 replications.")
    #expect(findings.notes(.chinese)[0] == "统计期：2020年7月23日至2021年7月22日（一整年），10 次重复模拟。")
  }

  @Test("scenarios are called by their titles")
  func titles() throws {
    let findings = try Findings(region().file)
    #expect(findings.text(.english, width: 200).contains("the alliance, compared with no alliance"))
    #expect(findings.text(.chinese, width: 200).contains("“有医联体”与“无医联体”相比"))
  }
}
