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
  private static func wobble(_ replication: Int) -> Double {
    replication.isMultiple(of: 2) ? 1 : -1
  }

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
          value("wait-minutes", 6.2, 0.02, 0.5),
          value("fund-spend", 232_700_000, 1_800_000, 90_000),
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
      [
        "[clear fall] Outpatient visits would fall by 6,700 (95 % interval 6,470 to 6,930), 0.34 % of the "
          + "1,950,000 under no alliance.",
        "[clear rise] Outpatient visits at township centres would rise by 32,400 (95 % interval 32,000 to "
          + "32,800), 4.81 % of the 674,000 under no alliance.",
        "[clear rise] The primary share of visits would rise by 1.68 percentage points (95 % interval "
          + "1.67 to 1.69), from 62.69 % under no alliance to 64.37 %.",
        "[no difference] Step-down transfers would not change: there is no difference in any of the 10 "
          + "replications.",
        "[unclear] Whether the wait for the first consult would rise or fall is unclear: the difference is "
          + "+0.02 minutes (95 % interval -0.36 to +0.40); if it is what it seems, about 2,700 more "
          + "replications would tell.",
        "[no effect that matters] Admissions would not change by as much as matters (100): the difference "
          + "is +12 (95 % interval -18 to +42).",
        "[clear rise] Fund spend would rise by 1.80 million CNY (95 % interval 1.73 to 1.87), 0.77 % of "
          + "the 232.7 million CNY under no alliance.",
      ])
  }

  @Test("say what was planted, in Chinese")
  func chinese() throws {
    let findings = try Findings(region().file)
    expectLines(
      sentences(findings, .chinese),
      [
        "[明确下降] 门诊人次减少 6,700 人次（95 % 置信区间 6,470 至 6,930），相当于“无医联体”下 1,950,000 人次的 0.34 %。",
        "[明确上升] 乡镇卫生院门诊人次增加 32,400 人次（95 % 置信区间 32,000 至 32,800），相当于“无医联体”下 674,000 人次的 4.81 %。",
        "[明确上升] 基层就诊率增加 1.68 个百分点（95 % 置信区间 1.67 至 1.69），由“无医联体”下的 62.69 % 变为 64.37 %。",
        "[无差异] 住院下转人次无变化：10 次重复中均无差异。",
        "[不明确] 候诊时间是增是减尚不明确：差值为 +0.02 分钟（95 % 置信区间 -0.36 至 +0.40）；若差值确如所见，约需再重复 2,700 次方可判断。",
        "[无实质影响] 住院人次的变化小于有意义的最小效应（100 人次）：差值为 +12 人次（95 % 置信区间 -18 至 +42）。",
        "[明确上升] 基金支出总额增加 180 万元（95 % 置信区间 173 至 187），相当于“无医联体”下 2.33 亿元的 0.77 %。",
      ])
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
      let text = findings.text(language, width: 400)
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
    let english = sentences(findings, .english)
    let chinese = sentences(findings, .chinese)
    try #require(english.count == 4 && chinese.count == 4)
    func says(_ line: String, _ parts: [String]) {
      for part in parts { #expect(line.contains(part), "\(line)") }
    }
    // In the order in which the experiment asks for the measures.
    for (line, parts) in zip(
      english,
      [
        ["[undetermined] Whether outpatient visits would rise or fall", "turned by care.trust."],
        [
          "[robust rise] At every one of 24 draws of the 2 assumptions admissions would rise, by 5."
        ],
        ["[robust fall] At every one of 24 draws of the 2 assumptions exams would fall, by 4."],
        ["[no effect that matters]", "by as much as matters (1)"],
      ])
    { says(line, parts) }
    for (line, parts) in zip(
      chinese,
      [
        ["[方向未定] 门诊人次是增是减取决于假设：在 2 项假设的 24 组抽样中", "可改变其正负号的假设：care.trust。"],
        ["[稳健上升]", "住院人次均增加，平均 5."], ["[稳健下降]", "均减少，平均 4."], ["[无实质影响]", "（1 人次）"],
      ])
    { says(line, parts) }
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
