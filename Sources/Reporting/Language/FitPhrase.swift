// SPDX-License-Identifier: GPL-3.0-or-later

import InputAnalysis

/// The words of fitted distributions.
package enum FitPhrase: CaseIterable, Sendable {
  case distribution, values, from, mean, deviation, parameters, histogram, quantiles
  case takenAsCounts, takenAsMeasured, plainNumbers
  case pNote, notFitted, others, poor, simpler, forModel, forSources

  package func text(_ language: Language) -> String { phrase.text(language) }

  package var phrase: Phrase {
    switch self {
    case .distribution: Phrase("Distribution", "分布")
    case .values: Phrase("values", "个数值")
    case .from: Phrase("from", "范围")
    case .mean: Phrase("mean", "均值")
    case .deviation: Phrase("standard deviation", "标准差")
    case .parameters:
      Phrase("Parameters, with the middle 95 % of bootstrap samples", "参数及自助法样本的中间 95 %")
    case .histogram: Phrase("observed █, and ◆ as many as fitted", "█ 观测频数，◆ 拟合频数")
    case .quantiles: Phrase("quantiles, observed (up) against fitted (right)", "分位数：纵轴为观测，横轴为拟合")
    case .takenAsCounts:
      Phrase(
        "Taken as counts (--kind measured for another).", "按计数处理（如需按连续测量值处理，请加 --kind measured）。")
    case .takenAsMeasured: Phrase("Taken as measured, in {unit}.", "按连续测量值处理，单位：{unit}。")
    case .plainNumbers: Phrase("plain numbers", "无单位")
    case .pNote:
      Phrase(
        "p: the share of samples of the fitted distribution, to each of which the family was fitted "
          + "anew, that lie as far from it as the data (parametric bootstrap); small is bad. Ranked by",
        "p：由拟合分布抽样并重新拟合后，偏离程度不小于数据者所占比例（参数自助法），越小越差。排序依据：")
    case .notFitted: Phrase("Not fitted", "未拟合")
    case .others:
      Phrase(
        "--family NAME writes another one; --family empirical the values themselves",
        "--family 名称 可输出其他分布；--family empirical 输出原始数值")
    case .poor:
      Phrase(
        "Warning: the best family fits badly (a p-value below 0.01); look at the plot, and think of a "
          + "mixture, of classes apart, or of the empirical distribution.",
        "警告：最佳分布拟合不佳（有 p 值低于 0.01）；请查看图形，考虑混合分布、分组或经验分布。")
    case .simpler:
      Phrase(
        "{family} has fewer parameters ({few} in place of {many}), and its {criterion} is only "
          + "{difference} above the best. A difference under 2 says little: what is known of the process "
          + "should decide; --family {family} writes it.",
        "{family} 的参数较少（{few} 个，最佳分布 {many} 个），其 {criterion} 仅比最佳者高 {difference}。差值小于 2 难分优劣，"
          + "应依据对该过程的了解取舍；--family {family} 可输出该分布。")
    case .forModel: Phrase("For the model", "写入模型")
    case .forSources: Phrase("For sources.yaml", "写入 sources.yaml")
    }
  }
}

extension NoFit {
  package var phrase: Phrase {
    switch self {
    case .needsPositive: Phrase("a value is 0 or below", "存在不大于 0 的数值")
    case .needsNonnegative: Phrase("a value is below 0", "存在负值")
    case .needsFromOne: Phrase("a value is below 1, or all are 1", "存在小于 1 的数值，或全部为 1")
    case .variesTooMuch: Phrase("the values vary more than it can", "数值变异超出该分布所能")
    case .variesTooLittle: Phrase("the values vary less than it can", "数值变异低于该分布所能")
    case .needsBounds:
      Phrase("needs --low and --high, below and above all values", "需要 --low 与 --high，分别低于和高于全部数值")
    case .holdsTooFew:
      Phrase("a component would stand for fewer than ten values", "某一成分所含数值不足十个")
    case .notFound: Phrase("no parameters that a model may write", "未找到模型可用的参数")
    }
  }
}
