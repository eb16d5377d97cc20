// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// The words of sensitivity analysis and of explanations, in every language.
package enum SensitivityPhrase: CaseIterable, Sendable {
  case size, mean, deviation, told, yes, no
  case first, total, sum
  case correlation, chance, partial, partialChance
  case value, effect, bar
  case differenceOf, against, inScenario, constant, undefined, indistinct, variance, noise
  case morrisNote, morrisTaken, sobolNote, rankNote, barNote, taken, mixed, notOrdered, nothing
  case lever, part, share, alone, last, levers, all, interactions, pair, index, chanceOfPair
  case exactNote, sampledNote, noReplications, pairNote, partNote, combinations, orders

  package func text(_ language: Language) -> String { phrase.text(language) }

  package var phrase: Phrase {
    switch self {
    case .size: Phrase("μ* [95 %]", "μ*（95 % 区间）")
    case .mean: Phrase("μ [95 %]", "μ（95 % 区间）")
    case .deviation: Phrase("σ [95 %]", "σ（95 % 区间）")
    case .told: Phrase("told from chance", "可与偶然区分")
    case .yes: Phrase("yes", "是")
    case .no: Phrase("no", "否")
    case .first: Phrase("by itself, % [95 %]", "单独作用 %（95 % 区间）")
    case .total: Phrase("with interactions, % [95 %]", "含交互 %（95 % 区间）")
    case .sum: Phrase("Sum", "合计")
    case .correlation: Phrase("ρ [95 %]", "ρ（95 % 区间）")
    case .chance: Phrase("p (Holm)", "p 值（Holm）")
    case .partial: Phrase("partial ρ [95 %]", "偏 ρ（95 % 区间）")
    case .partialChance: Phrase("p (Holm)", "p 值（Holm）")
    case .value: Phrase("Factor and value", "因素与取值")
    case .effect: Phrase("change [95 %]", "变化（95 % 区间）")
    case .bar: Phrase("lower | higher", "降低 | 升高")
    case .differenceOf: Phrase("difference that", "差异：方案")
    case .against: Phrase("makes to", "相对于")
    case .inScenario: Phrase("scenario", "方案")
    case .constant: Phrase("is the same in every run: no factor moves it.", "在所有模拟中不变：无因素影响。")
    case .undefined:
      Phrase("has no value in some run: nothing is told of it.", "部分模拟中无值：不作分析。")
    case .indistinct:
      Phrase(
        "varies over the points no more than run noise makes it: no shares are told. More replications or "
          + "points would show whether there is anything.",
        "各点间的变化不超过模拟噪声：不给出占比。增加重复次数或点数方可判断。")
    case .variance: Phrase("standard deviation over the factors", "随因素变化的标准差")
    case .noise:
      Phrase("run noise in the variance of a point's mean", "点均值方差中模拟噪声的占比")
    case .morrisNote:
      Phrase(
        "Change of the measure for a change of the factor by its whole range, from steps along "
          + "trajectories, each divided by the step really taken: μ is the mean, μ* the mean size, σ the "
          + "spread, which is large where the effect bends or hangs on other factors.",
        "因素变化其全程时指标的变化，由轨迹各步除以实际步长得出：μ 为均值，μ* 为平均幅度，σ 为离散程度（非线性或交互越强越大）。")
    case .morrisTaken:
      Phrase(
        "μ* counts each replication's effect with the sign that the others give it, and σ is what "
          + "trajectories differ by beyond run noise: a factor that does nothing has a μ* of zero on average. "
          + "Told from chance: at 5 % over all factors together (Holm).",
        "μ* 以其余重复的符号计入各重复的效应，σ 为扣除模拟噪声后的轨迹间差异：无作用因素的 μ* 平均为零。"
          + "“可与偶然区分”按全部因素以 Holm 法校正（5 %）。")
    case .sobolNote:
      Phrase(
        "Shares of the variance that the factors make, each going through its range: by itself, and with "
          + "all its interactions. Intervals by a bootstrap over rows, widened by what leaving out a "
          + "replication at a time shows.",
        "各因素在其范围内变化所致方差的占比：单独作用，及含全部交互。区间由行自助法得出，并按逐次剔除重复的差异加宽。")
    case .rankNote:
      Phrase(
        "Spearman's rank correlation with the mean at each point; the partial one leaves out what the other "
          + "factors explain. Run noise makes both smaller. p-values are adjusted for all factors.",
        "各点均值与因素的 Spearman 秩相关；偏相关剔除其他因素的影响。模拟噪声只会使其变小。p 值已按全部因素校正。")
    case .barNote:
      Phrase(
        "Change from the model as it is, paired by replication, when one factor alone is set so; p-values are "
          + "adjusted for all rows. Interactions do not show.",
        "仅设定单一因素时相对模型原值的变化，按重复配对；p 值已按全部行校正。交互作用不显示。")
    case .taken:
      Phrase("Run noise is taken out, as far as replications tell it.", "已按重复模拟扣除模拟噪声。")
    case .mixed:
      Phrase(
        "With one replication of each point run noise is in these numbers, and what does nothing may seem "
          + "to do something; run it with two replications or more to have noise taken out.",
        "每点仅一次模拟，数值中含模拟噪声，无作用者也可能显得有作用；请用两次以上重复以扣除噪声。")
    case .notOrdered: Phrase("words without an order", "无序取值")
    case .nothing: Phrase("There is nothing to analyse.", "无可分析内容。")
    case .lever: Phrase("Lever", "措施")
    case .part: Phrase("its part [95 %]", "贡献（95 % 区间）")
    case .share: Phrase("of the total", "占总效应")
    case .alone: Phrase("alone [95 %]", "单独实施（95 % 区间）")
    case .last: Phrase("added to all others [95 %]", "在其余之上追加（95 % 区间）")
    case .levers: Phrase("levers", "项措施")
    case .all: Phrase("All together", "全部合计")
    case .interactions: Phrase("What two do together beyond what each does", "两项合用超出各自之和的部分")
    case .pair: Phrase("Pair", "措施对")
    case .index: Phrase("interaction [95 %]", "交互（95 % 区间）")
    case .chanceOfPair: Phrase("p (Holm)", "p 值（Holm）")
    case .partNote:
      Phrase(
        "A lever's part is what it adds when its turn comes, averaged over all orders in which the levers "
          + "could be pulled (Shapley value), in each replication: parts sum to the total.",
        "措施的贡献为其在所有可能实施顺序中追加效应的平均（Shapley 值），逐重复计算：各部分之和等于总效应。")
    case .exactNote: Phrase("Every combination was run.", "已模拟全部组合。")
    case .sampledNote:
      Phrase(
        "Orders were drawn at random, each with its reverse; intervals hold the error of drawing and that of "
          + "runs. Pairs are not told apart: where a lever alone and added to all others differ, it "
          + "hangs on others.",
        "实施顺序随机抽取并配以逆序；区间含抽样与模拟误差。不区分措施对：若单独与追加的效应不同，则与其他措施有交互。")
    case .noReplications:
      Phrase(
        "With one replication the parts have no intervals: run noise may be all there is.",
        "仅一次模拟，贡献无区间：可能全为模拟噪声。")
    case .pairNote:
      Phrase(
        "The interaction index of Grabisch and Roubens: the mean over what the other levers do. Above zero "
          + "the two together come out higher than the sum of what each does; p-values are adjusted for all pairs.",
        "Grabisch–Roubens 交互指数：对其余措施的状态取平均。大于零表示两者合计高于各自之和；p 值已按全部措施对校正。")
    case .combinations: Phrase("combinations", "种组合")
    case .orders: Phrase("orders", "种顺序")
    }
  }
}
