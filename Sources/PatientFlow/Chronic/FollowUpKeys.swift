// SPDX-License-Identifier: GPL-3.0-or-later

/// Keys that levers with follow-ups of chronic patients share.
enum FollowUpKeys {
  static let minutesMild = minutes("mild", "all conditions under control", "轻")
  static let minutesModerate = minutes("moderate", "one condition out of control", "中")
  static let minutesSevere = minutes("severe", "more than one", "重")
  static let gainModerate = gain("moderate", "中")
  static let gainSevere = gain("severe", "重")

  private static func minutes(_ grade: String, _ meaning: String, _ chinese: String) -> LeverKey {
    LeverKey(
      "minutes-\(grade)", .number(unit: "min", 0...240),
      "minutes that a follow-up adds to the consult of a \(grade) patient (\(meaning), without any "
        + "follow-up)", chinese: "\(chinese)度患者随访增加的就诊分钟数")
  }

  private static func gain(_ grade: String, _ chinese: String) -> LeverKey {
    LeverKey(
      "control-\(grade)", .number(unit: "share", 0...1),
      "of \(grade) patients out of control, the share that is under control with a follow-up in every "
        + "quarter", chinese: "\(chinese)度未控制患者经每季度随访后得到控制的比例")
  }

  static func minutes(_ settings: LeverSettings) -> [Double] {
    ["mild", "moderate", "severe"].map { settings.number("minutes-\($0)") }
  }

  static func gains(_ settings: LeverSettings) -> [Double] {
    [0] + ["moderate", "severe"].map { settings.number("control-\($0)") }
  }

  static func ages(_ settings: LeverSettings) -> UInt64 {
    (settings.ages["ages"] ?? []).reduce(0) { $0 | 1 << UInt64($1) }
  }

  static func conditions(_ settings: LeverSettings) -> UInt8 {
    (settings.conditions["conditions"] ?? []).reduce(0) { $0 | 1 << UInt8($1) }
  }
}
