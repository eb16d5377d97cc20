// SPDX-License-Identifier: GPL-3.0-or-later

import Calibration
import Metamodels

/// The words of a calibration.
enum CalibrationPhrase {
  static let fitted = Phrase("Fitted", "拟合参数")
  static let target = Phrase("Target", "目标")
  static let used = Phrase("Fitted to", "用于拟合")
  static let heldOut = Phrase("Held out", "留出检验")
  static let deviations = Phrase(
    "± is a standard deviation: of what is known, and of what the draws predict with their run noise. "
      + "Misses are in standard deviations of both together; beyond 2 is a miss. \"Left open\" is how "
      + "wide the draws are beside the range: 100 % says that the targets tell nothing.",
    "± 为标准差：左为已知值的，右为后验抽样预测值的（含随机噪声）。偏差以两者合并标准差为单位，绝对值大于 2 即为未拟合上。"
      + "“尚未确定”为抽样宽度与取值范围之比，100 % 表示目标毫无约束。")

  enum Column {
    case best, interval, range, told, known, predicted, miss

    func text(_ language: Language) -> String {
      let phrase =
        switch self {
        case .best: Phrase("best", "最佳值")
        case .interval: Phrase("95 %", "95 % 区间")
        case .range: Phrase("range", "取值范围")
        case .told: Phrase("left open", "尚未确定")
        case .known: Phrase("known", "已知值")
        case .predicted: Phrase("predicted", "预测值")
        case .miss: Phrase("miss", "偏差")
        }
      return phrase.text(language)
    }
  }

  static func title(_ method: String, points: Int, _ replications: Int) -> Phrase {
    Phrase(
      "Calibration by \(method): \(points) points, \(replications) replications each or more.",
      "校准方法 \(method)：共 \(points) 个点，每点至少重复 \(replications) 次。")
  }
  static func change(from baseline: String) -> Phrase {
    Phrase(", less \(baseline)", "，较 \(baseline)")
  }
  static func told(_ share: String) -> Phrase { Phrase("\(share) %", "\(share) %") }
  static func untold(_ share: String) -> Phrase { Phrase("\(share) %: not", "\(share) %：无法判定") }
  static func inRidge(_ share: String) -> Phrase {
    Phrase("\(share) %: not alone", "\(share) %：不能单独判定")
  }
  static func missed(_ size: String) -> Phrase { Phrase("\(size) MISSED", "\(size) 未达") }

  static func ridge(_ inputs: [String], _ determined: [String]) -> Phrase {
    let names = inputs.joined(separator: ", ")
    let what = determined.joined(separator: "; ")
    return Phrase(
      "The targets do not tell \(names) apart: only \(what) is determined. Give another target, or fix "
        + "all but one of them.",
      "目标无法区分 \(inputs.joined(separator: "、"))：仅 \(what) 可判定。请补充目标，或固定其中除一个以外的参数。")
  }
  static func undetermined(_ names: [String]) -> Phrase {
    Phrase(
      "The targets say next to nothing of \(names.joined(separator: ", ")): its range stands as it was.",
      "目标对 \(names.joined(separator: "、")) 几乎没有约束：仍保持原取值范围。")
  }
  static func metamodel(_ target: String, _ summary: LeaveOneOutSummary?) -> Phrase {
    guard let summary else {
      return Phrase(
        "\(target) has no metamodel: too few points gave a value, and the draws are not held to it.",
        "\(target) 无代理模型：有值的点太少，抽样未受其约束。")
    }
    let explained = SearchPhrase.explained(summary)
    return Phrase(
      "The draws come from metamodels. That of \(target): of \(summary.count) points, each told from the "
        + "others, it explains \(explained.map { "\($0) %" } ?? "nothing") (R²), and its 95 % intervals hold "
        + "\(summary.inside) of them.",
      "抽样取自代理模型。\(target) 的代理模型：逐一留出 \(summary.count) 个点检验，解释度 R² 为 "
        + "\(explained.map { "\($0) %" } ?? "无")，95 % 区间包含其中 \(summary.inside) 个。")
  }
  static func files(values: String, draws: String, evaluations: String) -> Phrase {
    Phrase(
      "Values for the model: \(values). Draws, as a design: \(draws). Evaluations: \(evaluations).",
      "供模型使用的参数值：\(values)。抽样（可作为设计导入）：\(draws)。模拟记录：\(evaluations)。")
  }

  static func caution(_ caution: CalibrationResult.Caution) -> Phrase {
    switch caution {
    case .tolerance(let tolerance):
      let size = NumberText.text(tolerance, decimals: 2)
      return Phrase(
        "Caution: the runs did not reach the targets as stated; intervals are those of deviations \(size) "
          + "times as large. More --runs, or --method smc, make them narrower.",
        "注意：模拟次数不足以达到目标所述的精度；区间对应于放大 \(size) 倍的标准差。可增加 --runs 或改用 --method smc。")
    case .fewDraws(let count):
      let size = NumberText.text(count, decimals: 0)
      return Phrase(
        "Caution: the draws are worth \(size) only; the intervals are rough. More --runs help.",
        "注意：有效抽样仅 \(size) 个，区间较粗略；可增加 --runs。")
    case .noise(let target):
      return Phrase(
        "Caution: run noise of \(target) is above its own deviation; more --replications would tell more.",
        "注意：\(target) 的随机噪声大于其自身标准差；增加 --replications 可得到更多信息。")
    case .noMatch(let target, let deviations):
      let size = NumberText.text(deviations, decimals: 1)
      return Phrase(
        "Caution: nothing in the ranges comes near all targets; the best point misses \(target) by "
          + "\(size) standard deviations. Targets contradict each other, a range is too narrow, or the "
          + "model cannot do it.",
        "注意：取值范围内没有能接近全部目标的点；最佳点的 \(target) 偏差达 \(size) 个标准差。可能是目标互相矛盾、范围过窄或模型无法实现。")
    case .border(let input):
      return Phrase(
        "Caution: the best value of \(input) is at an end of its range; the range may be too narrow.",
        "注意：\(input) 的最佳值位于取值范围端点；范围可能过窄。")
    }
  }
}
