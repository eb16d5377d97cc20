// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of charts.
enum ChartPhrase {
  static func replications(_ n: Int) -> Phrase {
    Phrase(n == 1 ? "1 replication" : "\(n) replications", "\(n) 次重复模拟")
  }
  static func batches(_ n: Int) -> Phrase {
    Phrase("\(n) batches of one run", "一次长模拟的 \(n) 个批次")
  }
  /// How prices enter choices, as a heading.
  static func form(_ form: String) -> Phrase {
    form == "share"
      ? Phrase("Choices by the rate paid back", "按报销比例作选择")
      : Phrase("Choices by what people pay", "按自付额作选择")
  }
  /// Which of the two forms in which prices enter choices is drawn.
  static func oneForm(_ form: String) -> Phrase {
    form == "share"
      ? Phrase("choices by the rate paid back, one of two forms", "按报销比例作选择（两种形式之一）")
      : Phrase("choices by what people pay, one of two forms", "按自付额作选择（两种形式之一）")
  }
  static let barsAndLines = Phrase(
    "Bars: means; thin lines: 95 % confidence intervals.", "条形：均值；细线：95 % 置信区间。")
  static let noInterval = Phrase(
    "One replication: no intervals, so nothing is known of chance.", "仅一次重复：无置信区间，随机误差未知。")
  static func pairedDifference(from baseline: String) -> Phrase {
    Phrase(
      "Points: difference from \(baseline) in the same replications; lines and ±: its 95 % confidence interval.",
      "点：与 \(baseline) 在相同重复中之差；细线与 ±：其 95 % 置信区间。")
  }
  static func ownDifference(from baseline: String) -> Phrase {
    Phrase(
      "Points: difference from \(baseline); lines and ±: its 95 % confidence interval.",
      "点：与 \(baseline) 之差；细线与 ±：其 95 % 置信区间。")
  }
  static func difference(from baseline: String) -> Phrase {
    Phrase("difference from \(baseline)", "与 \(baseline) 之差")
  }
  static func byTier(_ measure: Phrase) -> Phrase {
    Phrase("\(measure.english) by tier", "各层级\(measure.chinese)")
  }
  /// The title of a measure's curves.
  static func byMonth(_ measure: String, _ language: Language) -> String {
    Phrase("\(measure) month by month", "\(measure)逐月走势").text(language)
  }
  static let lineAndShade = Phrase(
    "Lines: means; dark shade: 95 % confidence interval of each month by itself.",
    "折线：均值；深色带：各月各自的 95 % 置信区间。")
  static let bandNote = Phrase(
    "Light shade: holds the differences of all months together with 95 % or more.",
    "浅色带：以不低于 95 % 的概率同时包含所有月份之差。")
  static func policyBegins(_ day: String) -> Phrase {
    Phrase("policies begin \(day)", "政策自 \(day) 实施")
  }
  static func partlyAfter(_ day: String) -> Phrase {
    Phrase(
      "A month stands at its middle; that of \(day) lies partly before and partly after it.",
      "各月标于月中；\(day) 所在月份部分在此日之前、部分在其后。")
  }
  static func statisticsBegin(_ day: String) -> Phrase {
    Phrase("statistics begin \(day)", "统计自 \(day) 起")
  }
  static func differenceIn(
    month: String, scenario: String, baseline: String, _ difference: String
  ) -> Phrase {
    Phrase(
      "In \(month) \(scenario) differs from \(baseline) by \(difference)",
      "\(month)：\(scenario) 与 \(baseline) 之差为 \(difference)")
  }
  static func observedTitle(_ baseline: String) -> Phrase {
    Phrase("Known of the region and simulated (\(baseline))", "已知数据与模型结果对照（\(baseline)）")
  }
  static let observedNote = Phrase(
    "Grey: the known value with its range; points: simulated, with its 95 % confidence interval. What was "
      + "fitted agrees by construction.",
    "灰条：已知值及其范围；点：模拟值及其 95 % 置信区间。拟合用数据的一致是拟合使然。")
  static let observedNumbers = Phrase(
    "Numbers: simulated ± half of its interval / known.", "数值：模拟值 ± 置信区间半宽 / 已知值。")
  static let simulatedOverKnown = Phrase(
    "simulated over known (1: equal)", "模拟值 ÷ 已知值（1 为相等）")
}
