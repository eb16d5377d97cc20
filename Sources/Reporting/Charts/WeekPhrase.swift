// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of the chart of a week.
package enum WeekPhrase: CaseIterable, Sendable {
  case weekday, pointsAndLines, axisFromAnywhere

  package func text(_ language: Language) -> String { phrase.text(language) }

  package var phrase: Phrase {
    switch self {
    case .weekday: Phrase("weekday", "星期")
    case .pointsAndLines:
      Phrase(
        "Points: each weekday of the window taken together, mean over replications; upright lines: "
          + "95 % confidence intervals.",
        "点：统计期内同一星期各日合并计算，取各次重复之均值；竖线：95 % 置信区间。")
    case .axisFromAnywhere: Phrase("Axes need not begin at zero.", "坐标轴不一定从零开始。")
    }
  }

  static func pairedDifference(from baseline: String) -> Phrase {
    Phrase(
      "Below: difference from \(baseline) in the same replications, with its 95 % confidence interval.",
      "下图：与 \(baseline) 在相同重复中之差及其 95 % 置信区间。")
  }
  static func ownDifference(from baseline: String) -> Phrase {
    Phrase(
      "Below: difference from \(baseline), with its 95 % confidence interval.",
      "下图：与 \(baseline) 之差及其 95 % 置信区间。")
  }

  static func throughWeek(_ measures: [String], _ language: Language) -> String {
    // In English one sentence: capitals begin its first name alone.
    let parts = measures.enumerated().map { place, name in
      language == .english && place > 0 ? name.prefix(1).lowercased() + name.dropFirst() : name
    }
    let names = parts.joined(separator: language == .english ? " and " : "、")
    return Phrase("\(names) through the week", "一周各日的\(names)").text(language)
  }

  /// A day on an axis; `nil` for what is none.
  static func day(_ member: String, _ language: Language) -> String? {
    days[member]?.text(language)
  }

  /// From Monday on.
  static let order = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  package static let days: [String: Phrase] = [
    "monday": Phrase("Mon", "周一"), "tuesday": Phrase("Tue", "周二"),
    "wednesday": Phrase("Wed", "周三"), "thursday": Phrase("Thu", "周四"),
    "friday": Phrase("Fri", "周五"), "saturday": Phrase("Sat", "周六"),
    "sunday": Phrase("Sun", "周日"),
  ]
}
