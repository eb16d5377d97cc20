// SPDX-License-Identifier: GPL-3.0-or-later

/// Results of exams are recognised between institutions of some levels.
///
/// A patient who brings results along has the exam again with the probability that the model states for
/// recognised results instead of that for others (`repeat-exam`, an assumption of the model). Without a
/// shared record (`information-platform`) results are recognised in the share of cases in which the
/// patient has them on paper and the doctor takes them.
///
/// Claims served: DD-031, OV-015, LS-012, BJ-043; "level 2 and above" is Guiyang's rule.
package struct ExamRecognition: Lever {
  package static let schema = LeverSchema(
    name: "exam-recognition",
    nameChinese: "检查检验结果互认",
    mechanism: """
      Exams whose results a patient brings from a level that is recognised are repeated less often. \
      Exam rooms and bills are relieved by what is not repeated.
      """,
    mechanismChinese: """
      患者从互认级别机构带来的检查结果较少重复检查，检查室负荷与检查费用相应减少。
      """,
    claims: ["DD-031", "OV-015", "LS-012", "BJ-043"],
    evidence: LeverEvidence(
      .c,
      "the rule is published; how often exams are repeated, with recognition and without, is assumed",
      chinese: "规则有文献；互认与不互认时的重复检查率为假设"),
    keys: [
      LeverKey(
        "institutions", .institutions, "who recognises each other's results", chinese: "互认机构"),
      LeverKey("tiers", .tiers, "of them, the tiers that take part", chinese: "其中参与互认的层级"),
      LeverKey(
        "levels", .choice(ExamRecognition.Levels.allCases.map(\.rawValue)),
        "whose results: those of the same-level, also from-above, or of all",
        chinese: "互认范围：同级、上级、全部"),
      LeverKey(
        "without-platform", .number(unit: "share", 0...1),
        "share of cases recognised although the record is not shared", chinese: "未互联互通时仍被互认的份额"),
    ])

  package enum Levels: String, CaseIterable, Sendable {
    case sameLevel = "same-level"
    case fromAbove = "from-above"
    case all
  }

  package let institutions: [Int]
  package let tiers: [Tier]
  package let levels: Levels
  package let withoutPlatform: Double

  package init(_ settings: LeverSettings) {
    self.init(
      institutions: settings.institutions["institutions"] ?? [],
      tiers: settings.tiers["tiers"] ?? [],
      levels: Levels(rawValue: settings.choices["levels"] ?? "") ?? .sameLevel,
      withoutPlatform: settings.number("without-platform"))
  }

  package init(institutions: [Int], tiers: [Tier], levels: Levels, withoutPlatform: Double) {
    self.institutions = institutions
    self.tiers = tiers
    self.levels = levels
    self.withoutPlatform = withoutPlatform
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    policies.recognitions.append(self)
  }

  /// Whether results of one institution hold at another one.
  package func holds(from one: Int, _ tier: Tier, at other: Int, _ otherTier: Tier) -> Bool {
    guard tiers.contains(tier), tiers.contains(otherTier), institutions.contains(one),
      institutions.contains(other)
    else { return false }
    return switch levels {
    case .sameLevel: level(tier) == level(otherTier)
    case .fromAbove: level(tier) >= level(otherTier)
    case .all: true
    }
  }

  /// Township and community centres are of one level, and so are hospitals of and beyond the city.
  private func level(_ tier: Tier) -> Int {
    switch tier {
    case .village: 0
    case .township, .community: 1
    case .county: 2
    case .city, .outside: 3
    }
  }
}
