// SPDX-License-Identifier: GPL-3.0-or-later

import Metamodels
import SimulationSearch

/// The words of a search.
enum SearchPhrase {
  static let point = Phrase("Setting", "设置")
  static let replications = Phrase("replications", "重复次数")
  static let verdict = Phrase("verdict", "判断")
  static let isChosen = Phrase("chosen", "选中")
  static let leads = Phrase("leads", "暂时领先")
  static let misses = Phrase("misses a target", "未达目标")
  static let behind = Phrase("not better", "不优于所选")
  static let near = Phrase("near miss", "略差于目标")
  static let undefined = Phrase("no value", "指标无值")
  static let open = Phrase("open", "未定")
  static let asItIs = Phrase("the model as it is", "模型现状")
  static let frontier = Phrase(
    "What each step takes, as far as is known", "逐步达标的代价（据现有结果）")

  static func least(_ name: String) -> Phrase { Phrase("Least \(name)", "\(name) 最低") }
  static func most(_ name: String) -> Phrase { Phrase("Most \(name)", "\(name) 最高") }
  static func change(_ name: String) -> Phrase { Phrase("change of \(name)", "\(name) 变化") }

  static func target(
    _ name: String, isChange: Bool, isAtLeast: Bool, _ bound: String, _ tolerance: String
  ) -> Phrase {
    Phrase(
      "with \(isChange ? "a change of " : "")\(name) \(isAtLeast ? "at least" : "at most") \(bound) "
        + "± \(tolerance)",
      "条件：\(name)\(isChange ? " 变化" : "")\(isAtLeast ? "不低于" : "不高于") \(bound) ± \(tolerance)")
  }
  static func chosen(_ label: String) -> Phrase { Phrase("Chosen: \(label).", "选中：\(label)。") }
  static func guarantee(_ probability: String, difference: String, count: Int) -> Phrase {
    Phrase(
      "Among the settings compared in the last step (\(count)), none that meets the targets is better by "
        + "more than \(difference), and this one misses none by more than its ±, with a probability of "
        + "\(probability) % at least.",
      "在最后比较的 \(count) 个设置中，没有达标且优于它超过 \(difference) 者，且它对各目标的偏差不超过 ± 所示，概率不低于 \(probability) %。")
  }
  static func reaches(_ probability: String) -> Phrase {
    Phrase(
      "It misses no target by more than its ±, with a probability of \(probability) % at least.",
      "它对各目标的偏差不超过 ± 所示，概率不低于 \(probability) %。")
  }
  static let none = Phrase(
    "None of the settings compared meets the targets.", "所比较的设置均未达到目标。")
  static func undecided(leader: String?, isEnded: Bool) -> Phrase {
    Phrase(
      "Not decided\(leader.map { ": \($0) leads" } ?? ""). "
        + (isEnded
          ? "The runs are spent; begin again with more --runs, or with a larger ±."
          : "--resume goes on."),
      "尚未决定\(leader.map { "：\($0) 暂时领先" } ?? "")。"
        + (isEnded ? "模拟次数已用尽；请加大 --runs 或放宽 ± 后重新开始。" : "可用 --resume 继续。"))
  }
  static func gain(_ gain: String, of name: String) -> Phrase {
    Phrase(
      "Of a setting that was not run, the metamodels expect a gain of \(gain) at most in \(name), weighted by "
        + "the chance that it meets the targets.",
      "对未模拟的设置，代理模型预期 \(name) 的改进至多为 \(gain)（已按达标概率加权）。")
  }
  static func chance(_ chance: String) -> Phrase {
    Phrase(
      "None that was run seems to meet the targets; of the others, the likeliest does with a probability of "
        + "\(chance) %, as the metamodels see it.",
      "已模拟的设置似均未达标；按代理模型，其余设置中最可能达标者的概率为 \(chance) %。")
  }
  static func spent(_ count: Int, points: Int, of all: Int) -> Phrase {
    Phrase(
      "\(count) replications of \(points) settings, of \(all) there are; all share their random numbers.",
      "共 \(all) 个设置，模拟其中 \(points) 个，合计 \(count) 次；共用随机数。")
  }
  static let frontierNote = Phrase(
    "Settings with 0 replications were not run: their values are predictions of the metamodels, with their "
      + "95 % intervals.", "重复次数为 0 者未经模拟，其数值为代理模型的预测及其 95 % 区间。")
  static let selected = Phrase(
    "Means of a search are not for reporting: the chosen one looks a little better than it is. Run it again "
      + "with another seed.",
    "搜索过程中的均值不宜直接报告：选中者看上去略优于实际。请换种子重新模拟。")
  static func quality(_ name: String, _ quality: MetamodelQuality, isChange: Bool) -> Phrase {
    let summary = quality.summary
    let explained = Self.explained(summary)
    let isPoor = (summary.explainedShare ?? 0) < 0.5
    return Phrase(
      "Metamodel of \(isChange ? "the change of " : "")\(name)"
        + "\(quality.isLogarithmic ? " (its logarithm)" : ""): of the settings run, each told from the others, "
        + "it explains \(explained.map { "\($0) %" } ?? "nothing") (R²), and its 95 % intervals hold "
        + "\(summary.inside) of \(summary.count)."
        + (isPoor ? " What it says of settings that were not run is worth little." : ""),
      "\(name)\(isChange ? " 变化" : "")的代理模型\(quality.isLogarithmic ? "（取对数）" : "")：逐一留出已模拟的设置检验，"
        + "解释度 R² 为 \(explained.map { "\($0) %" } ?? "无")，95 % 区间包含 \(summary.count) 个中的 \(summary.inside) 个。"
        + (isPoor ? "对未模拟设置的预测参考价值很低。" : ""))
  }

  /// R² in per cent, rounded down: what explains nearly all is not said to explain all.
  static func explained(_ summary: LeaveOneOutSummary) -> String? {
    summary.explainedShare.map {
      NumberText.text((1000 * $0).rounded(.down) / 10, decimals: 1)
    }
  }
}
