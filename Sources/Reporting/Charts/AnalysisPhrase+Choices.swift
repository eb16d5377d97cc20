// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// The words of charts of what it takes, who gains, and what is worth its cost.
extension AnalysisPhrase {
  // MARK: - Frontier

  /// What a point of a frontier chart is.
  enum FrontierPoint: CaseIterable {
    case chosen, run, predicted, other

    var phrase: Phrase {
      switch self {
      case .chosen: Phrase("chosen", "选中")
      case .run: Phrase("frontier, run", "前沿（已模拟）")
      case .predicted: Phrase("frontier, predicted", "前沿（预测）")
      case .other: Phrase("other settings run", "其他已模拟设置")
      }
    }
    var shape: String {
      switch self {
      case .chosen: "diamond"
      case .run: "circle"
      case .predicted: "square"
      case .other: "triangle-up"
      }
    }
    var colour: String {
      switch self {
      case .chosen: ChartStyle.down
      case .run, .predicted: ChartStyle.up
      case .other: ChartStyle.baseline
      }
    }
    /// What was not run is hollow.
    var fill: String { self == .predicted ? "#ffffff" : colour }
  }

  static let asItIs = SearchPhrase.asItIs
  static let noneMeets = SearchPhrase.none
  static let setting = SearchPhrase.point

  static func frontier(_ aim: String, _ reached: String, isChange: Bool) -> Phrase {
    Phrase(
      "\(aim) against \(isChange ? "the change of " : "")\(reached): what each step takes",
      "\(reached)\(isChange ? "变化" : "")与\(aim)：逐步达标的代价")
  }
  static func searched(_ run: Int, of all: Int, replications: Int) -> Phrase {
    Phrase(
      "\(run) of \(all) settings run, \(replications) replications in all",
      "\(all) 个设置中模拟 \(run) 个，共 \(replications) 次重复")
  }
  static func sought(_ aim: String, isLeast: Bool, targets: [String]) -> Phrase {
    Phrase(
      "Sought: \(isLeast ? "the least" : "the most") \(aim) with \(targets.joined(separator: " and ")) "
        + "(orange line).",
      "寻求：\(aim)\(isLeast ? "最低" : "最高")，条件：\(targets.joined(separator: "；"))（橙色线）。")
  }
  static func target(_ name: String, isChange: Bool, isAtLeast: Bool, _ bound: String) -> Phrase {
    Phrase(
      "\(isChange ? "a change of " : "")\(name) \(isAtLeast ? "at least" : "at most") \(bound)",
      "\(name)\(isChange ? "变化" : "")\(isAtLeast ? "不低于" : "不高于") \(bound)")
  }
  static let frontierMarks = Phrase(
    "Numbered: the frontier as far as it is known, from the metamodels where not run; lines across: 95 % "
      + "intervals both ways. The joining line only leads the eye.",
    "编号点：现有结果下的前沿，未模拟者由代理模型预测；十字线：两个方向的 95 % 区间；连线仅为引导视线。")
  static func chosen(_ setting: String) -> Phrase {
    Phrase(
      "Chosen: \(setting). Means of a search favour what they choose; run it again with another seed.",
      "选中：\(setting)。搜索所得均值偏向选中者，请换种子重新模拟。")
  }
  static func undecided(_ leader: String?) -> Phrase {
    Phrase(
      "Nothing is chosen yet" + (leader.map { "; \($0) leads." } ?? "."),
      "尚未选定" + (leader.map { "；\($0) 暂时领先。" } ?? "。"))
  }
  static func predicted(_ setting: String) -> Phrase {
    Phrase("\(setting) (predicted)", "预测：\(setting)")
  }
  static func frontierStep(_ setting: String, _ reached: String, _ aim: String, isRun: Bool)
    -> Phrase
  {
    let name = isRun ? Phrase(setting, setting) : predicted(setting)
    return Phrase(
      "\(name.english): \(reached) takes \(aim).", "\(name.chinese)：\(reached) 对应 \(aim)。")
  }
  static func reached(_ name: String, isChange: Bool) -> Phrase {
    Phrase(isChange ? "change of \(name)" : name, name + (isChange ? "变化" : ""))
  }

  // MARK: - Equity

  static let equality = Phrase("shared out equally", "完全均等")
  static let sameResidents = Phrase(
    "the same residents under both policies", "两种政策下为同一批居民")
  static let twinLines = Phrase(
    "Thin lines and ±: 95 % intervals over replications.", "细线与 ±：重复间的 95 % 置信区间。")

  static func equity(_ outcome: String, _ scenario: String, _ baseline: String) -> Phrase {
    Phrase(
      "\(outcome): who gains and who loses, \(scenario) against \(baseline)",
      "\(outcome)：\(scenario) 相对 \(baseline) 的受益与受损")
  }
  static func curveNote(_ rank: TwinMeasures.Rank) -> Phrase {
    switch rank {
    case .income:
      Phrase(
        "Curve: share of residents from the poorest up against the share of the outcome that is theirs; "
          + "below the dotted line the richer have more of it.",
        "曲线：自最低收入起的居民累计占比与其累计份额；位于虚线下方表示较多集中于高收入者。")
    case .nearness:
      Phrase(
        "Curve: share of residents from the farthest from a county hospital on against the share of the "
          + "outcome that is theirs; below the dotted line the nearer have more of it. Points: ends of bands.",
        "曲线：自距县级医院最远者起的居民累计占比与其累计份额；位于虚线下方表示较多集中于较近者。圆点为距离分组的端点。")
    }
  }
  static func people(_ rank: TwinMeasures.Rank) -> Phrase {
    switch rank {
    case .income: Phrase("residents from the poorest up", "居民累计占比，自低收入起")
    case .nearness: Phrase("residents from the farthest on", "居民累计占比，自最远者起")
    }
  }
  static func shareOf(_ outcome: Phrase) -> Phrase {
    Phrase(
      "share of all " + outcome.english.prefix(1).lowercased() + outcome.english.dropFirst(),
      "\(outcome.chinese)累计份额")
  }
  static func index(
    _ rank: TwinMeasures.Rank, _ baseline: String, _ before: String, _ scenario: String,
    _ after: String, change: String
  ) -> Phrase {
    let (english, chinese) = rank == .income ? ("income", "收入") : ("nearness", "就近程度")
    return Phrase(
      "Concentration index by \(english): \(baseline) \(before), \(scenario) \(after), change \(change).",
      "按\(chinese)的集中指数：\(baseline) \(before)，\(scenario) \(after)，变化 \(change)。")
  }
  static func people(less: String, more: String, _ isGainWhenLess: Bool?) -> Phrase {
    isGainWhenLess == true
      ? Phrase(
        "\(less) % of residents gain (less of it), \(more) % lose (more of it).",
        "\(less) % 的居民受益（减少），\(more) % 受损（增加）。")
      : Phrase(
        "\(less) % of residents have less of it, \(more) % more.",
        "\(less) % 的居民减少，\(more) % 增加。")
  }
  static let changePerResident = Phrase("change per resident", "人均变化")

  // MARK: - Acceptability

  static func acceptability(_ effect: String) -> Phrase {
    Phrase(
      "\(effect): how likely each scenario is worth its cost", "\(effect)：各方案具有成本效果的概率")
  }
  static let worth = Phrase("what one more of the effect is worth", "效果每增加一个单位的支付意愿")
  /// The unit of what it is worth.
  static func price(_ money: String, of unit: String) -> Phrase {
    unit.isEmpty
      ? Phrase(money, money) : Phrase("\(money); effect in \(unit)", "\(money)；效果单位：\(unit)")
  }
  static let chanceOfBest = Phrase("chance of the highest net benefit", "净收益最高的概率")
  static func resampled(_ count: Int) -> Phrase {
    Phrase(
      "Lines: share of \(count) redraws of the replications in which the scenario has the highest net "
        + "benefit. They hold run noise only: parameters are as stated.",
      "曲线：对重复抽样 \(count) 次中净收益最高的比例，仅反映模拟噪声，参数按设定值。")
  }
  static func countsAsGain(_ effect: String, costs: String) -> Phrase {
    Phrase(
      "Costs: \(costs). More of \(effect) counts as better.",
      "成本：\(costs)；\(effect)越高越好。")
  }
  static func likeliest(_ scenario: String, _ chance: String, at worth: String) -> Phrase {
    Phrase("at \(worth): \(scenario) \(chance) %", "\(worth) 时：\(scenario) \(chance) %")
  }
}
