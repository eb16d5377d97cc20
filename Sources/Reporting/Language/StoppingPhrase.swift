// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles
import OutputAnalysis

/// How it is said what decides the number of replications.
struct StoppingPhrase {
  let scenarios: Int
  /// Whether there is a design over factors.
  let hasPoints: Bool
  /// The most replications there may be, of each point to a precision, of all together in a selection;
  /// `nil` without a limit.
  let most: Int?

  private var each: Phrase {
    switch (scenarios > 1, hasPoints) {
    case (true, true): Phrase("each scenario at each point of the design", "每个方案在设计的每个点")
    case (false, true): Phrase("each point of the design", "设计的每个点")
    case (_, false): Phrase("each scenario", "每个方案")
    }
  }

  func precision(_ rule: PrecisionRule, unit: (MeasureRequest) -> String) -> Phrase {
    let asked = rule.requests.map { request in
      let series = MeasureSeries(measure: request.measure, member: request.member)
      let width = NumberText.halfWidth(request.target.halfWidth, unit: unit(request.measure))
      return Phrase("`\(series)` \(width.english)", "`\(series)` \(width.chinese)")
    }
    return Phrase(
      "\(rule.minimum) independent replications of \(each.english) at least"
        + (most.map { " and \($0) at most" } ?? "")
        + ". More are added, in the order of their numbers, until all of these 95 % intervals by Student's t "
        + "are as narrow as asked, for \(each.english), and stay so over five further replications (beyond "
        + "100, over 5 % of them; Hoad, Robinson and Davies, 2010): "
        + asked.map(\.english).joined(separator: "; ") + ".",
      "\(each.chinese)至少独立重复 \(rule.minimum) 次" + (most.map { "，至多 \($0) 次" } ?? "")
        + "。按编号依次增加重复，直至\(each.chinese)的下列 95 % 置信区间（Student t）均达到所要求的精度，"
        + "并在其后 5 次重复（超过 100 次时为 5 %）中保持不变（Hoad、Robinson 与 Davies，2010）："
        + asked.map(\.chinese).joined(separator: "；") + "。")
  }

  func selection(_ rule: SelectionRule, unit: String) -> Phrase {
    let isHighest = rule.best == .highest
    let aim = Phrase(
      "the \(isHighest ? "highest" : "lowest") mean of `\(rule.series)`",
      "`\(rule.series)` 均值\(isHighest ? "最高" : "最低")者")
    let share = NumberText.text(100 * rule.confidence, decimals: 1)
    switch rule.method {
    case .kimNelson:
      let lead = rule.difference.map { NumberText.amount($0, unit: unit) } ?? Phrase("0", "0")
      return Phrase(
        "The best is chosen by \(aim.english) with KN++ (Kim and Nelson, 2006): \(rule.firstStage) "
          + "replications of \(each.english) at first, then more of those not yet dropped, until one is left"
          + (most.map { ", \($0) in all at most" } ?? "")
          + "; a probability of \(share) % at least of choosing the best if it leads by \(lead.english) or "
          + "more.",
        "以 KN++（Kim 与 Nelson，2006）选出\(aim.chinese)：\(each.chinese)先重复 \(rule.firstStage) 次，"
          + "其后仅对尚未淘汰者增加重复，直至只剩一个" + (most.map { "（合计至多 \($0) 次）" } ?? "")
          + "；若最优者领先 \(lead.chinese) 或以上，选中它的概率不低于 \(share) %。")
    case .budget:
      let budget = rule.budget.map { "\($0)" } ?? "?"
      return Phrase(
        "The best is chosen by \(aim.english) with OCBA (Chen and others, 2000): \(rule.firstStage) "
          + "replications of \(each.english) at first, then \(budget) in all, shared out to where they tell "
          + "most.",
        "以 OCBA（Chen 等，2000）选出\(aim.chinese)：\(each.chinese)先重复 \(rule.firstStage) 次，"
          + "合计 \(budget) 次，其余分配到最有助于区分之处。")
    }
  }

  func search(_ rule: SearchRule) -> Phrase {
    let targets = rule.targets.map { "`\($0)`" }
    let share = NumberText.text(100 * rule.confidence, decimals: 1)
    let isHighest = rule.best == .highest
    return Phrase(
      "The points are not all run: a search for the \(isHighest ? "highest" : "lowest") `\(rule.aim)`"
        + (targets.isEmpty ? "" : " that meets \(targets.joined(separator: ", "))")
        + " chooses one after another, with \(rule.replications) replications of each when it is first run, "
        + "\(rule.budget) in all at most, and a confidence of \(share) %.",
      "并非所有点都运行：逐点搜索"
        + (targets.isEmpty ? "" : "满足 \(targets.joined(separator: "、")) 的")
        + " `\(rule.aim)` \(isHighest ? "最高" : "最低")者，每点首次运行 \(rule.replications) 次，"
        + "合计至多 \(rule.budget) 次，置信度 \(share) %。")
  }
}

extension NumberText {
  /// A difference or a half-width in its unit: of a share, points of per cent.
  static func amount(_ width: Double, unit: String) -> Phrase {
    let number = brief(unit == "share" ? 100 * width : width)
    if unit == "share" {
      let points = ReportPhrase.percentPoints
      return Phrase("\(number) \(points.text(.english))", "\(number) 个\(points.text(.chinese))")
    }
    if unit.isEmpty || MeasureNames.isCount(unit) { return Phrase(number, number) }
    return Phrase(
      "\(number) \(MeasureNames.unit(unit, .english))",
      "\(number) \(MeasureNames.unit(unit, .chinese))")
  }

  /// How narrow an interval is asked to be.
  static func halfWidth(_ asked: PrecisionTarget.HalfWidth, unit: String) -> Phrase {
    switch asked {
    case .relative(let share):
      return Phrase(
        "± \(brief(100 * share)) % of its mean", "± 均值的 \(brief(100 * share)) %")
    case .absolute(let width):
      let amount = amount(width, unit: unit)
      return Phrase("± \(amount.english)", "± \(amount.chinese)")
    }
  }

  /// As a person wrote it, without what arithmetic adds in the last digits.
  private static func brief(_ value: Double) -> String {
    plainNumber((value * 1e9).rounded() / 1e9)
  }
}
