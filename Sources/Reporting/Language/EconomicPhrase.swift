// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// The words of economic evaluations, in every language.
package enum EconomicPhrase {
  static let title = Phrase("Costs and effects", "成本与效果")
  static let cost = Phrase("cost", "成本")
  static let effect = Phrase("effect", "效果")
  static let ratio = Phrase("cost of one more unit (ICER)", "增量成本效果比（ICER）")
  static let frontier = Phrase("From the cheapest on", "由低到高的有效边界")
  static let after = Phrase("next after", "之前一项")
  static let extendedly = Phrase("extendedly dominated", "扩展劣势")
  static let dominates = Phrase("dominates", "绝对优势")
  static let isDominated = Phrase("is dominated", "绝对劣势")
  static let notClearly = Phrase(", by the means alone", "（仅就均值而言）")
  static let noEffect = Phrase("no difference of effect", "效果无差异")
  static let everything = Phrase("[every ratio is possible]", "[任何比值均有可能]")
  static let benefit = Phrase("net benefit", "净收益")
  static let best = Phrase("best", "最优概率")
  static let threshold = Phrase("Worth of one unit", "单位效果的支付意愿")
  static let impact = Phrase("Budget impact, not discounted", "预算影响（未贴现）")

  static func dominated(_ name: String) -> Phrase {
    Phrase("dominated by \(name)", "劣于“\(name)”")
  }
  static func equal(_ name: String) -> Phrase { Phrase("the same as \(name)", "同“\(name)”") }
  static func saves(_ amount: String) -> Phrase {
    Phrase("saves \(amount) for one given up", "每放弃一个单位节省 \(amount)")
  }
  static func outside(_ low: String, _ high: String) -> Phrase {
    Phrase("[below \(low) or above \(high)]", "[低于 \(low) 或高于 \(high)]")
  }
  static func against(_ name: String) -> Phrase {
    Phrase("Differences from \(name)", "与“\(name)”之差")
  }
  static func year(_ number: Int, months: Int) -> Phrase {
    guard months < 12 else { return Phrase("year \(number)", "第 \(number) 年") }
    return Phrase(
      "year \(number) (\(months) month\(months == 1 ? "" : "s"))", "第 \(number) 年（\(months) 个月）")
  }

  static func perspective(_ perspective: EconomicRequest.Perspective) -> Phrase {
    switch perspective {
    case .patient: Phrase("perspective: patients", "视角：患者")
    case .fund: Phrase("perspective: insurance fund", "视角：医保基金")
    case .provider: Phrase("perspective: providers", "视角：医疗机构")
    case .society: Phrase("perspective: society", "视角：全社会")
    }
  }

  static func priceYear(_ year: Int?) -> Phrase {
    guard let year else { return Phrase("price year not stated", "未说明价格年份") }
    return Phrase("prices of \(year)", "\(year) 年价格")
  }

  static func discount(_ rate: Double) -> Phrase {
    guard rate > 0 else { return Phrase("not discounted", "未贴现") }
    let percent = NumberText.text(
      100 * rate, decimals: 100 * rate == (100 * rate).rounded() ? 0 : 1)
    return Phrase("discounted at \(percent) % a year", "年贴现率 \(percent) %")
  }

  /// How the tables are to be read.
  ///
  /// - Parameter hasOptions: Whether options are named that would tell more.
  static func notes(_ evaluation: EconomicEvaluation, hasOptions: Bool = true) -> [Phrase] {
    let request = evaluation.request
    let counted = evaluation.costs + [request.effect]
    var notes = zip(evaluation.formulas, counted).map { counted, series in
      // Definitions are in English; a reader of Chinese has the name of the measure.
      let unit = series == request.effect ? evaluation.effectUnit : evaluation.costUnit
      let label = MeasureNames.label(series.measure.measure, unit: unit, .chinese)
      return Phrase("\(counted.name): \(counted.formula)", "\(counted.name)：\(label)")
    }
    if request.costs.isEmpty, request.perspective ?? .society == .society,
      evaluation.costs.count > 1
    {
      notes.append(
        Phrase(
          "Time, travel and work lost are not counted in money.", "时间、路程和误工损失未折算为货币。"))
    }
    notes.append(
      Phrase(
        "Differences are paired by replication; a positive Δ effect is "
          + (request.isHigherBetter ? "more" : "less")
          + " of it, which is better. ICER with Fieller's "
          + "95 % interval: parameters are as stated, only run noise is in it.",
        "差值按重复配对；Δ 效果为正表示" + (request.isHigherBetter ? "增加" : "减少")
          + "，即更好。ICER 附 Fieller 95 % 区间：参数按设定值，仅反映模拟噪声。"))
    if evaluation.effectUnit == "share" {
      notes.append(
        Phrase("One unit of effect is one point of a hundred.", "效果的一个单位为 1 个百分点。"))
    }
    if evaluation.acceptability != nil {
      notes.append(
        Phrase(
          "Best: share of \(EconomicEvaluation.resamples) redraws of the replications in which the "
            + "scenario has the highest net benefit.",
          "最优概率：对重复抽样 \(EconomicEvaluation.resamples) 次，净收益最高的比例。"))
    } else if hasOptions {
      notes.append(
        Phrase(
          "--threshold tells net benefit and acceptability.", "用 --threshold 给出净收益和可接受概率。"))
    }
    if request.discountRate > 0, let months = evaluation.months {
      notes.append(
        Phrase(
          "Discounted by years of twelve months, the first in full, over whole months from "
            + "\(months.lowerBound) to \(months.upperBound)"
            + (evaluation.isEffectDiscounted
              ? "." : "; the effect, which does not add up over time, is not."),
          "按 12 个月为一年贴现，首年不贴现，取 \(months.lowerBound) 至 \(months.upperBound) 的完整月份"
            + (evaluation.isEffectDiscounted ? "。" : "；效果不随时间累加，故未贴现。")))
    }
    if hasOptions, evaluation.impacts.isEmpty {
      let asked = evaluation.costs.map { "\($0.measure.measure) by month" }.joined(separator: ", ")
      notes.append(
        Phrase(
          "Budget impact by year needs measures: [\(asked)].", "按年的预算影响需要 measures: [\(asked)]。"))
    }
    return notes
  }
}
