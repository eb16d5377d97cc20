// SPDX-License-Identifier: GPL-3.0-or-later

/// Institutions see each other's records.
///
/// It does nothing by itself. Booking at the lead from below, follow-up after a discharge, recognition
/// of results, telemedicine and remote reading need the patient's record to be there, and are done in
/// the share of cases in which it is: none without a platform. The share grows while it is built.
///
/// Claims served: LS-062, DD-020, DD-044, BJ-043.
package struct InformationPlatform: Lever {
  package static let schema = LeverSchema(
    name: "information-platform",
    nameChinese: "信息互联互通平台",
    mechanism: """
      Records of its institutions are shared in a share of cases that grows while it is built. \
      Booking from below, follow-up, recognition, telemedicine and remote reading need the record.
      """,
    mechanismChinese: """
      平台内机构共享病历与检查结果，可用比例在建设期逐步提高。基层预约、出院随访、结果互认、远程会诊和远程诊断以此为前提。
      """,
    claims: ["LS-062", "DD-020", "DD-044", "BJ-043"],
    evidence: LeverEvidence(
      .c, "that records are shared is published, in how many cases is assumed",
      chinese: "互联互通有文献；可调阅比例为假设"),
    keys: [
      LeverKey("institutions", .institutions, "who shares records", chinese: "互联互通的机构"),
      LeverKey(
        "coverage", .number(unit: "share", 0...1),
        "share of cases in which a record is there, once it is built", chinese: "建成后病历可调阅的比例"),
      LeverKey(
        "built-after", .number(unit: "d", 0...3650), "days until it is built, from its start on",
        chinese: "建成所需天数"),
    ])

  package let institutions: [Int]
  package let coverage: Double
  package let builtAfter: Double
  /// The day the policy began.
  package var startDay = 0

  package init(_ settings: LeverSettings) {
    institutions = settings.institutions["institutions"] ?? []
    coverage = settings.number("coverage")
    builtAfter = settings.number("built-after")
  }

  package func start(_ policies: inout PoliciesInForce, _ model: RegionModel) {
    var platform = self
    platform.startDay = policies.day
    policies.platforms.append(platform)
  }

  /// The share of cases in which a record is there, on a day of the run.
  package func coverage(on day: Int) -> Double {
    guard day >= startDay else { return 0 }
    return builtAfter > 0 ? coverage * min(1, Double(day - startDay) / builtAfter) : coverage
  }
}
