// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import SensitivityAnalysis

/// The words of charts of analyses.
enum AnalysisPhrase {
  static let comma = Phrase(", ", "，")
  static let semicolon = Phrase("; ", "；")
  static let colon = Phrase(": ", "：")
  static let stop = Phrase(". ", "。")

  static func against(_ scenario: String, _ baseline: String) -> Phrase {
    Phrase("\(scenario) against \(baseline)", "\(scenario) 与 \(baseline) 相比")
  }
  static let pairedLines = Phrase(
    "Thin lines and ±: 95 % intervals, paired by replication.",
    "细线与 ±：按重复配对的 95 % 置信区间。")
  static let pairedIntervals = Phrase(
    "Thin lines: 95 % intervals, paired by replication.", "细线：按重复配对的 95 % 置信区间。")

  // MARK: - Explanation

  /// What a bar of a waterfall does.
  enum Direction: CaseIterable {
    case raises, lowers, total

    var phrase: Phrase {
      switch self {
      case .raises: Phrase("raises", "提高")
      case .lowers: Phrase("lowers", "降低")
      case .total: Phrase("all together", "合计")
      }
    }
  }

  static func explanation(_ measure: String) -> Phrase {
    Phrase("\(measure): what each lever brings", "\(measure)：各项措施的贡献")
  }
  static func combinations(_ count: Int) -> Phrase {
    Phrase("all \(count) combinations of levers", "措施的全部 \(count) 种组合")
  }
  static func orders(_ count: Int) -> Phrase {
    Phrase("\(count) orders of levers drawn at random", "随机抽取 \(count) 种实施顺序")
  }
  static let shapleyBars = Phrase(
    "Bars: what a lever adds when its turn comes, averaged over all orders (Shapley value); they sum to the "
      + "total.", "条形：措施在各实施顺序中追加效应的平均（Shapley 值），各部分之和等于合计。")
  static func interaction(_ one: String, _ other: String, _ index: String) -> Phrase {
    Phrase(
      "\(one) and \(other) together: \(index) beyond what each does (p < 0.05, Holm).",
      "\(one) 与 \(other) 合用：超出各自之和 \(index)（Holm 校正 p < 0.05）。")
  }

  // MARK: - Tornado and verdicts

  static let allAssumptions = Phrase("all assumptions", "全部假设")
  static let meanEffect = Phrase("mean effect", "平均效应")
  static let lowToHigh = Phrase(
    "Change of the effect from the low end to the high end", "自范围下端至上端的效应变化")

  static func end(_ end: TornadoBar.End) -> Phrase {
    switch end {
    case .low: Phrase("low end of the range", "范围下端")
    case .high: Phrase("high end of the range", "范围上端")
    case .between: Phrase("in between", "中间取值")
    case .all: Phrase("95 % of the draws of all", "全部假设的 95 % 抽样")
    }
  }

  static func draws(_ draws: Int, of factors: Int, replications: Int) -> Phrase {
    Phrase(
      "\(draws) draws of \(factors) assumptions, \(replications) replications of each",
      "\(factors) 项假设的 \(draws) 组抽样，每组 \(replications) 次重复")
  }
  static func movers(_ measure: String, scenario: String) -> Phrase {
    Phrase(
      "\(measure): which assumptions move the effect of \(scenario)",
      "\(measure)：影响 \(scenario) 效应的假设")
  }
  static func factors(_ measure: String) -> Phrase {
    Phrase("\(measure): what each factor does to it", "\(measure)：各因素的影响")
  }
  static func factorsOfEffect(_ measure: String, scenario: String, baseline: String) -> Phrase {
    Phrase(
      "\(measure): what each factor does to the effect of \(scenario) against \(baseline)",
      "\(measure)：各因素对 \(scenario)（相对 \(baseline)）效应的影响")
  }
  static func effect(
    _ effect: String, unit: String, low: String, high: String, verdict: Phrase
  ) -> Phrase {
    Phrase(
      "Effect\(unit.isEmpty ? "" : " (\(unit))") \(effect), over the assumptions \(low) … \(high); "
        + "verdict: \(verdict.english).",
      "效应\(unit.isEmpty ? "" : "（\(unit)）") \(effect)，假设范围内 \(low) … \(high)；判断：\(verdict.chinese)。"
    )
  }
  static let moverBars = Phrase(
    "Grey strip and line: 95 % interval of the mean effect. Bars: where the effect goes from the low to the "
      + "high end of an assumption's range in a straight line, the others in the middle; thin lines: 95 % "
      + "intervals of that slope. Shown are those told from chance (5 %).",
    "灰带与灰条上的细线：平均效应的 95 % 置信区间。条形：某一假设由范围下端至上端、其余居中时的效应（直线近似）；细线：斜率的 95 % "
      + "置信区间。仅列出可与偶然区分者（5 %）。")
  static func noMover(_ draws: Int) -> Phrase {
    Phrase(
      "Of \(draws) draws, no single assumption's influence on it can be told from chance; the bar shows all "
        + "of them together. Grey strip and thin line: 95 % interval of the mean effect.",
      "\(draws) 组抽样中，没有哪项假设的影响可与偶然区分；条形为全部假设合计。灰带与细线：平均效应的 95 % 置信区间。")
  }
  static let effectAxis = Phrase("effect", "效应")
  static let changeAxis = Phrase("change", "变化")
  static let oneAtATime = Phrase(
    "Bars: change when one factor alone is set to the value beside the bar.",
    "条形：仅将单一因素设为条旁取值时的变化。")
  static func atZero(_ value: String) -> Phrase {
    Phrase("At zero is the model as it is: \(value).", "零点为模型现状：\(value)。")
  }
  static func unmoved(_ names: [String], _ language: Language) -> String {
    let list = names.joined(separator: comma.text(language))
    return Phrase("Without any effect: \(list).", "无影响：\(list)。").text(language)
  }
  static func fewer(_ count: Int) -> Phrase {
    Phrase(
      count == 1 ? "One more factor moves it less." : "\(count) more factors move it less.",
      "另有 \(count) 项因素影响较小，未列出。")
  }

  static func verdicts(against baseline: String) -> Phrase {
    Phrase(
      "Effects against \(baseline), and verdicts over what is assumed",
      "各方案相对 \(baseline) 的效应及其在假设范围内的判断")
  }
  /// Of the factors that are drawn, the one that is no number.
  static let formIsDrawn = Phrase(
    "The form in which prices enter choices is one of the assumptions.", "价格影响选择的形式亦为假设之一。")
  static let verdictMarks = Phrase(
    "Marks: effect, mean over draws and replications; thin lines: its 95 % interval; pale bars: 95 % of the "
      + "draws of the assumptions.",
    "标记：效应（对抽样与重复取均值）；细线：95 % 置信区间；浅色条：95 % 的假设抽样所在范围。")
  static let verdictWords = Phrase(
    "Robust: clear of zero at every draw; undetermined: on either side at some; none: within what matters at "
      + "every draw; unclear: run noise is too wide.",
    "稳健：每组抽样下均明显异于零；方向未定：部分为正、部分为负；无实质影响：均在有意义的最小效应之内；不明确：模拟噪声过大。")
  static let mattersStrip = Phrase(
    "Grey strips: effects too small to matter.", "灰带：小于有意义的最小效应。")
  static func still(_ names: [String], _ language: Language) -> String {
    let list = names.joined(separator: comma.text(language))
    return Phrase("No scenario changes: \(list).", "各方案均无变化：\(list)。").text(language)
  }
  static func verdictRow(
    _ scenario: String, _ effect: String, low: String, high: String, verdict: Phrase
  ) -> Phrase {
    Phrase(
      "\(scenario) \(effect), over the assumptions \(low) … \(high), \(verdict.english)",
      "\(scenario) \(effect)，假设范围内 \(low) … \(high)，\(verdict.chinese)")
  }

  /// The word of a verdict; what more runs would bring is told elsewhere.
  static func verdict(_ verdict: EffectVerdict) -> Phrase {
    if case .unclear = verdict { return unclear }
    return UncertaintyPhrase.verdict(verdict)
  }
  private static let unclear = Phrase("unclear", "不明确")

  /// How a verdict is drawn: by colour, shape and word.
  struct VerdictLook {
    var phrase: Phrase
    var colour: String
    var shape: String
  }
  static let verdictLooks: [VerdictLook] = [
    VerdictLook(
      phrase: verdict(.robustUp), colour: ChartStyle.up, shape: "triangle-up"),
    VerdictLook(
      phrase: verdict(.robustDown), colour: ChartStyle.down, shape: "triangle-down"),
    VerdictLook(phrase: verdict(.none), colour: ChartStyle.faint, shape: "square"),
    VerdictLook(
      phrase: verdict(.undetermined), colour: ChartStyle.palette[3], shape: "diamond"),
    VerdictLook(phrase: unclear, colour: ChartStyle.baseline, shape: "circle"),
    VerdictLook(
      phrase: verdict(.formDependent), colour: ChartStyle.palette[2], shape: "cross"),
  ]
}
