// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles
import OutputAnalysis
import Reporting
import SensitivityAnalysis
import Testing

@Suite("a scorecard")
struct ScorecardTests {
  private static func prediction(
    _ stated: Double, span: ClosedRange<Double>, noise: Double = 1,
    effect: EffectVerdict = .robustUp,
    movers: [ClaimPrediction.Mover] = []
  ) -> ClaimPrediction {
    ClaimPrediction(
      draws: 20, replications: 4,
      stated: Estimate(value: stated, low: stated - noise, high: stated + noise),
      mean: Estimate(
        value: (span.lowerBound + span.upperBound) / 2, low: span.lowerBound, high: span.upperBound),
      span: span, noise: noise, effect: effect, movers: movers,
      candidates: [("tiers[*].trust", 0.41)])
  }

  private static func verdict(
    _ use: Claim.Use, _ observed: String, isLevel: Bool = false, _ prediction: ClaimPrediction
  ) -> String {
    let judgement = ClaimJudgement(
      use: use, observed: ObservedValue(observed)!, isLevel: isLevel, prediction)
    return [judgement.verdict.rawValue, judgement.direction?.rawValue].compactMap(\.self)
      .joined(separator: ", ")
  }

  @Test(
    "an effect is hit where the value lies in an interval that is no wider than twice the value")
  func effects() {
    func verdict(_ observed: String, _ span: ClosedRange<Double>, _ effect: EffectVerdict) -> String
    {
      Self.verdict(.scored, observed, Self.prediction(10, span: span, effect: effect))
    }
    #expect(verdict("12", 8...11, .robustUp) == "hit, right")
    #expect(verdict("12.1", 8...11, .robustUp) == "direction right, right")
    // Run noise widens 2 … 30 to 1 … 31.
    #expect(verdict("12", 2...30, .robustUp) == "direction right, right")
    #expect(verdict("15", 2...30, .robustUp) == "hit, right")
    #expect(verdict("-12", 8...11, .robustUp) == "miss, wrong")
    #expect(verdict("-12", -14 ... -11, .robustDown) == "hit, right")
    #expect(verdict("12", -0.1...0.1, .none) == "miss, wrong")
    #expect(verdict("0", -0.1...0.1, .none) == "hit, right")
    #expect(verdict("0", 8...11, .robustUp) == "miss, wrong")
    #expect(verdict("12", -8...11, .undetermined) == "undetermined, unclear")
    #expect(verdict("12", 1...11, .unclear(moreReplications: 5)) == "undetermined, unclear")
    #expect(verdict("12", 8...11, .formDependent) == "undetermined, unclear")
  }

  @Test("a direction is right, wrong or unclear")
  func directions() {
    func verdict(_ observed: String, _ effect: EffectVerdict) -> String {
      Self.verdict(.scored, observed, Self.prediction(1, span: 0...2, effect: effect))
    }
    #expect(verdict("up", .robustUp) == "right, right")
    #expect(verdict("up, markedly", .robustDown) == "wrong, wrong")
    #expect(verdict("down", .robustDown) == "right, right")
    #expect(verdict("none", .none) == "right, right")
    #expect(verdict("up", .none) == "wrong, wrong")
    #expect(verdict("up", .undetermined) == "unclear, unclear")
    #expect(verdict("up", .unclear(moreReplications: nil)) == "unclear, unclear")
  }

  @Test("a level is hit, missed, or told by an interval wider than itself")
  func levels() {
    func verdict(_ observed: String, _ span: ClosedRange<Double>) -> String {
      Self.verdict(.scored, observed, isLevel: true, Self.prediction(60, span: span))
    }
    #expect(verdict("60.3", 55...65) == "hit")
    #expect(verdict("66", 55...65) == "hit")
    #expect(verdict("66.1", 55...65) == "miss")
    #expect(verdict("60.3", 20...90) == "undetermined")
    #expect(verdict("10", 20...90) == "miss")
  }

  @Test("what was fitted is recovered at the stated values, whatever the assumptions span")
  func fitted() {
    func verdict(_ observed: String) -> String {
      Self.verdict(
        .fitted, observed, isLevel: true, Self.prediction(90, span: 20...99, noise: 0.1))
    }
    #expect(verdict("90") == "recovered")
    #expect(verdict("91.8") == "recovered")
    #expect(verdict("93") == "not recovered")
    #expect(
      Self.verdict(
        .fitted, "up", Self.prediction(1, span: 0...2, effect: .unclear(moreReplications: 3)))
        == "not recovered")
  }

  @Test("an aim is reached over all assumptions, or not, or it hangs on them")
  func aims() {
    func verdict(_ aim: String, _ span: ClosedRange<Double>) -> String {
      Self.verdict(.target, aim, isLevel: true, Self.prediction(60, span: span))
    }
    #expect(verdict("65", 66...80) == "reached")
    #expect(verdict(">=65", 50...60) == "not reached")
    #expect(verdict("65", 60...70) == "undetermined")
    #expect(verdict("-5", -9 ... -6.5) == "reached")
    #expect(verdict("<=35", 20...30) == "reached")
    #expect(
      Self.verdict(.target, "up", Self.prediction(1, span: 0...2, effect: .none)) == "not reached")
  }

  // MARK: The table

  private static func claim(
    _ id: String, _ value: String, _ unit: String, _ use: Claim.Use, kind: Claim.Kind = .outcome,
    as comparison: Claim.Question.Comparison? = nil, reason: String = "", chinese: String = "",
    places: [ClaimPlace] = []
  ) -> Claim {
    Claim(
      id: id, place: "North", placeChinese: "北县", year: "2017", kind: kind,
      subject: "Visits, \(id.suffix(1))", subjectChinese: "就诊人次之\(id.suffix(1))", value: value,
      unit: unit, comparedWith: "", use: use, places: places,
      question: comparison.map {
        Claim.Question(
          experiment: "reform", scenario: "after", measure: "visits.city", comparison: $0)
      }, reason: reason, reasonChinese: chinese, written: SourcePlace(file: "claims.csv", line: 2))
  }

  private static func row(_ claim: Claim, _ prediction: ClaimPrediction?) -> Scorecard.Row {
    let isLevel = claim.question?.comparison == .level
    let test = ClaimTest(
      claim, series: MeasureSeries("visits by tier=city")!, baseline: isLevel ? nil : "before",
      unit: "visits", scale: isLevel ? 1 : 100)
    return Scorecard.Row(claim, test, prediction)
  }

  private static func card() throws -> Scorecard {
    let mover = ClaimPrediction.Mover(
      path: "price-weight", share: Estimate(value: 0.62, low: 0.4, high: 0.8),
      slope: Estimate(value: -9.5, low: -12, high: -7),
      turning: TurningPoint(text: "0.002 1/CNY", stated: "0.006 1/CNY", count: 1))
    return Scorecard(rows: [
      row(
        claim("XX-001", "-12", "percent", .scored, as: .relativeChange),
        prediction(-11.2, span: -15 ... -8, effect: .robustDown, movers: [mover])),
      row(
        claim("XX-002", "up", "direction", .scored, as: .direction),
        prediction(3, span: -2...8, effect: .undetermined)),
      row(
        claim("XX-003", "5000", "visits", .scored, as: .level), prediction(4000, span: 3500...4200)),
      row(
        claim("XX-004", "+16", "percent", .fitted, as: .relativeChange),
        prediction(16.1, span: 10...20)),
      row(
        claim("XX-005", ">=5", "percent", .target, kind: .target, as: .relativeChange),
        prediction(7, span: 6.5...9)),
      Scorecard.Row(
        claim(
          "XX-006", "+6.3", "percent", .notComparable,
          reason: "XX-001 and XX-004 leave no room for it", chinese: "与XX-001、XX-004不相容")),
      Scorecard.Row(
        claim(
          "XX-007", "58", "alliances", .placed, kind: .input,
          places: [try ClaimPlace("north: alliances # 58")])),
      Scorecard.Row(claim("XX-008", "-3", "percent", .scored, as: .relativeChange)),
    ])
  }

  @Test("counts what is out of sample, and nothing else")
  func counts() throws {
    let counts = try Self.card().counts
    #expect(counts.right == 1 && counts.wrong == 0 && counts.unclear == 1)
    #expect(counts.hits == 1 && counts.sized == 1)
    #expect(counts.levels == 1 && counts.levelMisses == 1)
    #expect(counts.withoutResults == 1)
  }

  @Test("reads as it should", arguments: ["en", "zh"])
  func golden(_ name: String) throws {
    let language = try #require(Language(rawValue: name))
    let text = ScorecardTable(try Self.card(), language).text(width: 88)
    let path = "\(PlantedText.folder)/scorecard-\(name).txt"
    if ProcessInfo.processInfo.environment["YILIAN_GOLDEN"] == "write" {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    for line in text.split(separator: "\n") {
      #expect(line.displayWidth <= 88, "\(line)")
    }
  }

  @Test("values and units are in the reader's words")
  func words() {
    #expect(ClaimWords.value("58", unit: "alliances", .chinese) == "58 个医联体")
    #expect(ClaimWords.value("58", unit: "alliances", .english) == "58 alliances")
    #expect(ClaimWords.value("yes", unit: "flag", .chinese) == "是")
    #expect(ClaimWords.value("-12", unit: "percent", .chinese) == "-12 %")
    #expect(
      ClaimWords.value("100", unit: "percent of county fund", .english) == "100 % of county fund")
    #expect(ClaimWords.value("3 x", unit: "things", .chinese) == "3 x things")
    #expect(ClaimWords.value("", unit: "CNY", .english) == "")
  }

  @Test("every claim is a row of the CSV and of the JSON")
  func data() throws {
    let table = ScorecardTable(try Self.card(), .english)
    let lines = table.csv.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(
      lines[1].hasPrefix(
        "XX-001,North,2017,outcome,scored,\"Visits, 1\",-12,percent,reform,after,before,"))
    #expect(lines[1].contains(",hit,right,"))
    #expect(table.json.description.contains("\"turns_at\":\"0.002 1/CNY\""))
    #expect(table.markdown.contains("| `north: alliances # 58` |"))
  }

  @Test("draws each claim that has a number and results, as per cent or as a multiple")
  func chart() throws {
    for language in Language.allCases {
      let chart = try ScorecardChart(try Self.card(), ChartContext(language)).chart
      let spec = chart.spec.description
      #expect(spec.contains("\"observed\":-12.0") && spec.contains("\"predicted\":0.8"))
      #expect(!spec.contains("XX-002") && !spec.contains("XX-008"))
    }
    #expect(throws: RunnerFault.self) {
      try ScorecardChart(Scorecard([]), ChartContext(.english))
    }
  }
}

/// Texts that tests compare with.
enum PlantedText {
  static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    + "/CommandLineTests/golden"
}
