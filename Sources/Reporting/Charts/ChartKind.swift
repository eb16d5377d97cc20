// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// What can be drawn of a results file, in the order in which a report shows it.
public enum ChartKind: String, CaseIterable, Sendable {
  case visitsByTier = "visits-by-tier"
  case throughTime = "through-time"
  case map
  case referralFlows = "referral-flows"
  case week
  case moneyFlows = "money-flows"
  case observed
  case explanation
  case tornado
  case verdicts
  case frontier
  case acceptability
  case equity

  /// What it shows, in one line.
  public func summary(_ language: Language) -> String { phrase.text(language) }

  private var phrase: Phrase {
    switch self {
    case .visitsByTier:
      Phrase(
        "visits at each tier under each scenario, and what differs from the baseline",
        "各方案下各层级门诊人次及与基准方案之差")
    case .throughTime:
      Phrase(
        "a measure month by month, with bands and the policy date",
        "逐月指标走势、置信带与政策实施日期")
    case .map:
      Phrase(
        "towns coloured by what changes, and the institutions",
        "各乡镇变化地图（含医疗机构）")
    case .referralFlows:
      Phrase("patients who move between tiers, up and back", "各层级之间患者转诊流向（上转与下转）")
    case .week:
      Phrase("waits and occupancy through the week", "一周各日候诊时间与床位使用率")
    case .moneyFlows:
      Phrase("who pays whom: patients, fund, institutions", "资金流向：患者、基金与医疗机构")
    case .observed:
      Phrase("what is known of the region beside what the model gives", "已知数据与模型结果对照")
    case .explanation:
      Phrase("how much of an effect each lever brings", "各项措施对效果的贡献")
    case .tornado:
      Phrase("which assumptions move an effect, and how far", "各项假设对效果的影响幅度")
    case .verdicts:
      Phrase("every scenario's effects and verdicts over what is assumed", "各方案效应及其判断")
    case .acceptability:
      Phrase("how likely each scenario is worth its cost", "各方案具有成本效果的概率")
    case .frontier:
      Phrase("cost against what is reached", "成本与达成水平的前沿")
    case .equity:
      Phrase("who gains and who loses, from the poorest to the richest", "从低收入到高收入人群的受益与受损")
    }
  }

  /// Draws a results file.
  ///
  /// - Throws: ``RunnerFault`` that says what the file lacks and what brings it.
  public func chart(_ source: ChartSource, _ context: ChartContext) throws -> Chart {
    source.language = context.language
    return switch self {
    case .visitsByTier: try VisitsByTierChart(source, context).chart
    case .throughTime: try ThroughTimeChart(source, context).chart
    case .observed: try ObservedChart(source, context).chart
    case .referralFlows: try ReferralFlowsChart(source, context).chart
    case .moneyFlows: try MoneyFlowsChart(source, context).chart
    case .week: try WeekChart(source, context).chart
    case .map: try TownMapChart(source, context).chart
    case .explanation: try ExplanationChart(source, context).chart
    case .tornado: try TornadoChart(source, context).chart
    case .verdicts: try VerdictsChart(source, context).chart
    case .frontier: try FrontierChart(source, context).chart
    case .acceptability: try AcceptabilityChart(source, context).chart
    case .equity: try EquityChart(source, context).chart
    }
  }
}
