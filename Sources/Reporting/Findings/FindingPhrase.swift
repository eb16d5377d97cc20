// SPDX-License-Identifier: GPL-3.0-or-later

import SensitivityAnalysis

/// The words of findings.
enum FindingPhrase {
  // MARK: - Verdicts

  /// In one or two words, as a mark beside the sentence.
  static func badge(_ verdict: Finding.Verdict) -> Phrase {
    switch verdict {
    case .up: Phrase("clear rise", "明确上升")
    case .down: Phrase("clear fall", "明确下降")
    case .none: Phrase("no effect that matters", "无实质影响")
    case .same: Phrase("no difference", "无差异")
    case .unclear, .notAmongMany: Phrase("unclear", "不明确")
    case .unknown: Phrase("not judged", "无法判断")
    case .formDependent: Phrase("form-dependent", "取决于费用形式")
    }
  }

  static func badge(_ verdict: EffectVerdict) -> Phrase {
    switch verdict {
    case .robustUp: Phrase("robust rise", "稳健上升")
    case .robustDown: Phrase("robust fall", "稳健下降")
    case .none: Phrase("no effect that matters", "无实质影响")
    case .undetermined: Phrase("undetermined", "方向未定")
    case .unclear: Phrase("unclear", "不明确")
    case .formDependent: Phrase("form-dependent", "取决于费用形式")
    }
  }

  // MARK: - Parts of sentences

  static func interval(_ low: String, _ high: String) -> Phrase {
    Phrase("95 % interval \(low) to \(high)", "95 % 置信区间 \(low) 至 \(high)")
  }

  static func part(_ percent: String, _ base: String, _ baseline: String) -> Phrase {
    Phrase(
      "\(percent) % of the \(base) under \(baseline)", "相当于“\(baseline)”下 \(base)的 \(percent) %")
  }

  static func fromTo(_ from: String, _ to: String, _ baseline: String) -> Phrase {
    Phrase("from \(from) % under \(baseline) to \(to) %", "由“\(baseline)”下的 \(from) % 变为 \(to) %")
  }

  private static func bracketed(_ phrase: Phrase?) -> Phrase {
    phrase.map { Phrase(" (\($0.english))", "（\($0.chinese)）") } ?? Phrase("", "")
  }

  /// Two digits of a count that is a guess at best, never fewer than it.
  private static func roundedUp(_ count: Int) -> String {
    var step = 1
    while count / step >= 100 { step *= 10 }
    return NumberText.text(Double((count + step - 1) / step * step), decimals: 0)
  }

  private static func raised(_ text: String) -> String { FindingSubject.raised(text) }

  // MARK: - Run noise alone

  static func direction(
    isUp: Bool, _ subject: String, _ size: String, _ interval: Phrase?, _ share: Phrase?
  ) -> Phrase {
    let ends = bracketed(interval)
    return Phrase(
      "\(raised(subject)) would \(isUp ? "rise" : "fall") by \(size)\(ends.english)"
        + (share.map { ", \($0.english)" } ?? "") + ".",
      "\(subject)\(isUp ? "增加" : "减少") \(size)\(ends.chinese)"
        + (share.map { "，\($0.chinese)" } ?? "") + "。")
  }

  static func none(
    _ subject: String, bound: String, _ difference: String, _ interval: Phrase?
  ) -> Phrase {
    let ends = bracketed(interval)
    return Phrase(
      "\(raised(subject)) would not change by as much as matters (\(bound)): the difference is "
        + "\(difference)\(ends.english).",
      "\(subject)的变化小于有意义的最小效应（\(bound)）：差值为 \(difference)\(ends.chinese)。")
  }

  static func same(_ subject: String, _ replications: Int) -> Phrase {
    Phrase(
      "\(raised(subject)) would not change: there is no difference in any of the \(replications) "
        + "replications.",
      "\(subject)无变化：\(replications) 次重复中均无差异。")
  }

  static func unclear(
    _ subject: String, _ difference: String, _ interval: Phrase?, more: Int?, most: String
  ) -> Phrase {
    let ends = bracketed(interval)
    let needed =
      more.map {
        let count = roundedUp($0)
        return Phrase(
          "if it is what it seems, about \(count) more replications would tell",
          "若差值确如所见，约需再重复 \(count) 次方可判断")
      }
      ?? Phrase(
        "\(most) more replications would not tell", "再重复 \(most) 次仍无法判断")
    return Phrase(
      "Whether \(subject) would rise or fall is unclear: the difference is \(difference)"
        + "\(ends.english); \(needed.english).",
      "\(subject)是增是减尚不明确：差值为 \(difference)\(ends.chinese)；\(needed.chinese)。")
  }

  static func notAmongMany(
    _ subject: String, _ difference: String, _ interval: Phrase?, _ count: Int
  ) -> Phrase {
    let ends = bracketed(interval)
    return Phrase(
      "Whether \(subject) would rise or fall is unclear: the difference is \(difference)"
        + "\(ends.english), which is clear of zero by itself, but not as one of \(count) comparisons.",
      "\(subject)是增是减尚不明确：差值为 \(difference)\(ends.chinese)，"
        + "单独看不含零，但作为 \(count) 项比较之一则不足以判断。")
  }

  static func unknown(_ subject: String, _ difference: String) -> Phrase {
    Phrase(
      "In the one replication that was run, the difference in \(subject) is \(difference); how far "
        + "this is chance is not known.",
      "仅有的一次重复中，\(subject)的差值为 \(difference)；其中多少属于偶然尚不可知。")
  }

  static func formDependent(
    _ subject: String, cost: Finding.FormVerdict, share: Finding.FormVerdict
  ) -> Phrase {
    func word(_ verdict: Finding.FormVerdict) -> Phrase {
      switch verdict {
      case .up: Phrase("a rise", "增加")
      case .down: Phrase("a fall", "减少")
      case .open: Phrase("nothing clear of zero", "与零无明确差别")
      }
    }
    return Phrase(
      "What becomes of \(subject) hangs on how money enters choices: as what is paid it is "
        + "\(word(cost).english), as the rate of reimbursement \(word(share).english).",
      "\(subject)如何变化取决于费用影响就医选择的形式：按自付额为\(word(cost).chinese)，"
        + "按报销比例为\(word(share).chinese)。")
  }

  // MARK: - Over the assumptions

  static func scope(draws: Int, assumptions: Int) -> Phrase {
    Phrase(
      "\(draws) draws of \(assumptions == 1 ? "the one assumption" : "the \(assumptions) assumptions")",
      "\(assumptions) 项假设的 \(draws) 组抽样")
  }

  static func robust(
    _ scope: Phrase, isUp: Bool, _ subject: String, _ size: String, _ interval: Phrase?,
    _ span: Phrase?
  ) -> Phrase {
    let ends = bracketed(interval)
    return Phrase(
      "At every one of \(scope.english) \(subject) would \(isUp ? "rise" : "fall"), by \(size) on "
        + "average\(ends.english)\(spread(span).english).",
      "在 \(scope.chinese)的每一组下，\(subject)均\(isUp ? "增加" : "减少")，平均 \(size)"
        + "\(ends.chinese)\(spread(span).chinese)。")
  }

  /// Where the effects of the draws lie; an interval of another kind is told in other words.
  private static func spread(_ span: Phrase?) -> Phrase {
    guard let span else { return Phrase("", "") }
    return Phrase(
      "; from draw to draw the effect goes from "
        + span.english.replacing("95 % interval ", with: "") + " (95 % of the draws)",
      "；95 % 的抽样下效应在" + span.chinese.replacing("95 % 置信区间", with: "") + " 之间")
  }

  static func robustNone(
    _ scope: Phrase, _ subject: String, bound: String?, _ difference: String, _ interval: Phrase?
  ) -> Phrase {
    let ends = bracketed(interval)
    let than = bound.map { Phrase(" by as much as matters (\($0))", "超过有意义的最小效应（\($0)）的") }
    return Phrase(
      "At every one of \(scope.english) \(subject) would not change\(than?.english ?? " at all"): the "
        + "difference is \(difference) on average\(ends.english).",
      "在 \(scope.chinese)的每一组下，\(subject)均无\(than?.chinese ?? "任何")变化：平均差值为 \(difference)"
        + "\(ends.chinese)。")
  }

  static func undetermined(
    _ scope: Phrase, _ subject: String, _ span: Phrase?, flips: [String], moves: [String]
  ) -> Phrase {
    let named: Phrase =
      if !flips.isEmpty {
        Phrase(
          "its sign is turned by \(list(flips, " and "))",
          "可改变其正负号的假设：\(flips.joined(separator: "、"))")
      } else if !moves.isEmpty {
        Phrase(
          "no single one turns its sign; it is moved most by \(list(moves, " and "))",
          "没有单独一项可改变其正负号，影响最大者：\(moves.joined(separator: "、"))")
      } else {
        Phrase(
          "which of them turn its sign cannot be told from noise", "尚无法从噪声中分辨是哪些假设")
      }
    return Phrase(
      "Whether \(subject) would rise or fall is undetermined: over \(scope.english) it would rise at "
        + "some and fall at others\(spread(span).english); \(named.english).",
      "\(subject)是增是减取决于假设：在 \(scope.chinese)中，有的上升、有的下降"
        + "\(spread(span).chinese)；\(named.chinese)。")
  }

  static func unclearOverDraws(
    _ scope: Phrase, _ subject: String, _ difference: String, _ interval: Phrase?, more: Int?
  ) -> Phrase {
    let ends = bracketed(interval)
    let needed =
      more.map {
        let count = roundedUp($0)
        return Phrase(
          "about \(count) more replications of each draw would tell", "每组约需再重复 \(count) 次方可判断")
      } ?? Phrase("at some draws it is next to zero", "部分抽样下接近零")
    return Phrase(
      "Over \(scope.english) it is unclear whether \(subject) would rise or fall: the difference is "
        + "\(difference) on average\(ends.english); \(needed.english).",
      "在 \(scope.chinese)中，\(subject)是增是减尚不明确：平均差值为 \(difference)\(ends.chinese)；"
        + "\(needed.chinese)。")
  }

  static func formsOverDraws(
    _ scope: Phrase, _ subject: String, _ forms: [(form: String, verdict: Phrase)]
  ) -> Phrase {
    func name(_ form: String) -> Phrase {
      form == "share"
        ? Phrase("as the rate of reimbursement", "按报销比例") : Phrase("as what is paid", "按自付额")
    }
    let english = forms.map { "\(name($0.form).english): \($0.verdict.english)" }
    let chinese = forms.map { "\(name($0.form).chinese)：\($0.verdict.chinese)" }
    return Phrase(
      "Over \(scope.english) what becomes of \(subject) hangs on how money enters choices ("
        + english.joined(separator: "; ") + ").",
      "在 \(scope.chinese)中，\(subject)如何变化取决于费用影响就医选择的形式（" + chinese.joined(separator: "；") + "）。")
  }

  private static func list(_ names: [String], _ last: String) -> String {
    guard names.count > 1, let end = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + last + end
  }

  // MARK: - Around the sentences

  static func scenario(_ name: String, against baseline: String) -> Phrase {
    Phrase("\(name), compared with \(baseline)", "“\(name)”与“\(baseline)”相比")
  }

  static func window(_ window: String, _ count: Int, isBatched: Bool, isYear: Bool) -> Phrase {
    Phrase(
      "Measured \(isYear ? "over the year " : "")from \(window), in \(count) "
        + (isBatched ? "batches of one run" : count == 1 ? "replication" : "replications") + ".",
      "统计期：\(window)\(isYear ? "（一整年）" : "")，"
        + (isBatched ? "一次长模拟的 \(count) 个批次。" : "\(count) 次重复模拟。"))
  }

  static let noiseAlone = Phrase(
    "Only run noise was judged: what the model assumes was not varied, and the findings hold as far as "
      + "its assumptions do.",
    "以上仅就模拟噪声作出判断：模型假设未作变动，各项结论以假设成立为前提。")
  static func manyComparisons(_ count: Int) -> Phrase {
    Phrase(
      "\(count) scenarios are compared for each measure. Each interval stands by itself; a rise or a fall "
        + "is called clear only where Holm's correction over the \(count) bears it, with a chance of "
        + "5 % of any false one.",
      "每项指标共比较 \(count) 个方案。各置信区间单独成立；仅当按 Holm 法对这 \(count) 项比较校正后仍成立，"
        + "才称为“明确”，出现任何误判的概率不超过 5 %。")
  }
  static let noFindings = Phrase(
    "There is no scenario to compare with another; the tables hold the means.",
    "没有可供比较的方案；均值见表。")
}
