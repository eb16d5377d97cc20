// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of charts.
enum ChartPhrase {
  static func window(from start: String, to end: String) -> Phrase {
    Phrase("\(start) to \(end)", "\(start) 至 \(end)")
  }
  static func replications(_ n: Int) -> Phrase {
    Phrase(n == 1 ? "1 replication" : "\(n) replications", "\(n) 次重复模拟")
  }
  static func batches(_ n: Int) -> Phrase {
    Phrase("\(n) batches of one run", "一次长模拟的 \(n) 个批次")
  }
  static let barsAndLines = Phrase(
    "Bars: means; thin lines: 95 % confidence intervals.", "条形：均值；细线：95 % 置信区间。")
  static let noInterval = Phrase(
    "One replication: no intervals, so nothing is known of chance.", "仅一次重复：无置信区间，随机误差未知。")
  static func pairedDifference(from baseline: String) -> Phrase {
    Phrase(
      "Dots: difference from \(baseline) in the same replications, with its 95 % confidence interval.",
      "圆点：与 \(baseline) 在相同重复中之差及其 95 % 置信区间。")
  }
  static func ownDifference(from baseline: String) -> Phrase {
    Phrase(
      "Dots: difference from \(baseline), with its 95 % confidence interval.",
      "圆点：与 \(baseline) 之差及其 95 % 置信区间。")
  }
  static func difference(from baseline: String) -> Phrase {
    Phrase("difference from \(baseline)", "与 \(baseline) 之差")
  }
  static func byTier(_ measure: Phrase) -> Phrase {
    Phrase("\(measure.english) by tier", "各层级\(measure.chinese)")
  }
}
