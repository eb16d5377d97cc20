// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// The words of tables about twins, in every language.
package enum TwinPhrase {
  static let outcome = Phrase("Per resident of the window", "每名居民（统计期内）")
  static let change = Phrase("change", "变化")
  static let less = Phrase("less", "减少者")
  static let same = Phrase("unchanged", "不变者")
  static let more = Phrase("more", "增加者")
  static let quantiles = Phrase("change: p5, p50, p95", "变化：p5、p50、p95")
  static let residents = Phrase("residents", "居民")
  static let gain = Phrase("gain", "受益者")
  static let loss = Phrase("lose", "受损者")
  static let equity = Phrase("How equally it is shared out", "分布的公平性")
  static let catastrophicBy = Phrase("Catastrophic spending", "灾难性支出")
  static let story = Phrase("What it came to in the window", "统计期内合计")
  static let both = Phrase("alike under both", "两种方案下相同")
  static let parts = Phrase("Here the two lives part.", "自此两种方案下的经历分岔。")
  static let neverParts = Phrase(
    "Both lives are the same to the last event.", "两种方案下的经历自始至终完全相同。")
  static let alike = Phrase("the same again", "再次相同")

  static func opens(_ day: String) -> Phrase {
    Phrase("From \(day) on it counts.", "自 \(day) 起计入统计。")
  }

  static func title(_ scenario: String, _ baseline: String) -> Phrase {
    Phrase(
      "The same residents under \(scenario) and under \(baseline)",
      "同一批居民：“\(scenario)”与“\(baseline)”")
  }

  static func name(_ outcome: TwinOutcome) -> Phrase {
    switch outcome {
    case .outOfPocket: Phrase("Out-of-pocket spend", "个人自付")
    case .travelMinutes: Phrase("Travel", "就医路程时间")
    case .waitMinutes: Phrase("Waits for a doctor", "候诊时间")
    case .needsWithoutCare: Phrase("Needs without care", "未得到照护的需要")
    case .visits: Phrase("Visits", "就诊次数")
    case .primaryVisits: Phrase("Visits at primary tiers", "基层就诊次数")
    case .admissions: Phrase("Admissions", "住院次数")
    case .fundSpend: Phrase("Fund spend", "医保基金支出")
    }
  }

  static func dimension(_ name: String) -> Phrase {
    switch name {
    case "town": Phrase("By town", "按乡镇")
    case "tier": Phrase("By tier of the last visit before the window", "按统计期前最近一次就诊的层级")
    case "scheme": Phrase("By insurance scheme", "按参保类型")
    case "income": Phrase("By income group", "按收入组")
    case "distance": Phrase("By travel to the nearest county hospital", "按到最近县级医院的路程")
    default: Phrase("By age", "按年龄")
    }
  }

  static func member(_ member: String, of dimension: String) -> Phrase {
    switch (dimension, member) {
    case ("tier", "none"): Phrase("nowhere yet", "此前未就诊")
    case ("tier", _): MeasureNames.tiers[member] ?? Phrase(member, member)
    case ("distance", "under 15 min"): Phrase(member, "15 分钟以内")
    case ("distance", "over 60 min"): Phrase(member, "60 分钟以上")
    case ("distance", _): Phrase(member, member.replacing(" min", with: " 分钟"))
    default: Phrase(member, member)
    }
  }

  static func gini(_ outcome: TwinOutcome) -> Phrase {
    let name = name(outcome)
    return Phrase("Gini, \(lowercased(name.english))", "基尼系数，\(name.chinese)")
  }

  static func concentration(_ outcome: TwinOutcome, by rank: TwinMeasures.Rank) -> Phrase {
    let name = name(outcome)
    return switch rank {
    case .income:
      Phrase(
        "Concentration by income, \(lowercased(name.english))", "按收入的集中指数，\(name.chinese)")
    case .nearness:
      Phrase(
        "Concentration by nearness, \(lowercased(name.english))", "按就近程度的集中指数，\(name.chinese)")
    }
  }

  static func catastrophic(_ threshold: Double) -> Phrase {
    let percent = NumberText.text(
      100 * threshold, decimals: threshold * 100 == (threshold * 100).rounded() ? 0 : 1)
    return Phrase(
      "Paid over \(percent) % of income, % of residents", "自付超过收入 \(percent) % 的居民占比（%）")
  }

  static func overshoot(_ threshold: Double) -> Phrase {
    let percent = NumberText.text(
      100 * threshold, decimals: threshold * 100 == (threshold * 100).rounded() ? 0 : 1)
    return Phrase(
      "Mean of income paid beyond \(percent) %, %", "超出收入 \(percent) % 部分的平均占比（%）")
  }

  static func access(_ minutes: Double) -> Phrase {
    let text = NumberText.text(minutes, decimals: minutes == minutes.rounded() ? 0 : 1)
    return Phrase(
      "Doctors' hours in clinic a week for 1,000 residents in reach (\(text) min)",
      "可达范围（\(text) 分钟）内每千居民每周门诊医师工时")
  }

  /// How the tables are to be read.
  static func notes(_ findings: TwinFindings) -> [Phrase] {
    var notes = [
      Phrase(
        "Each resident is compared with himself in the same replication: the same needs and the same "
          + "luck, under two policies. ± is half of a 95 % interval over replications.",
        "每名居民均在同一次重复中与自身比较：需要与机遇相同，仅政策不同。± 为重复间 95 % 置信区间的一半。"),
      Phrase(
        "Less to pay, to travel, to wait, and fewer needs without care are a gain; who pays, travels and waits "
          + "less may also have gone without care. Of visits, admissions and fund spend neither more nor "
          + "less is called a gain.",
        "自付、路程、候诊和未得到照护的需要减少，计为受益；但自付、路程和候诊减少也可能是因为未就医。就诊、住院和基金支出的增减不作好坏判断。"),
      Phrase(
        "Gini: 0 all alike, towards 1 all with one resident. Concentration above 0: more of it with "
          + "residents of high rank (nearer to a county hospital, or richer).",
        "基尼系数：0 为完全均等，趋近 1 为集中于一人。集中指数大于 0：较多集中于排位较高者（距县级医院较近，或收入较高）。"),
    ]
    if findings.members(of: "income").isEmpty {
      notes.append(
        Phrase(
          "The model tells no income groups apart, so nothing is ranked by income.",
          "模型未区分收入组，故不按收入排位。"))
    } else {
      notes.append(
        Phrase(
          "Within an income group all are of equal rank. A group's income is the inverse of its weight "
            + "of money.",
          "同一收入组内排位相同；组收入取其货币权重之倒数。"))
    }
    if let income = findings.settings.income {
      notes.append(
        Phrase(
          "Catastrophic: a resident's own payments over his personal income, CNY "
            + "\(NumberText.text(income, decimals: 0)) a year on the mean; the model has no households.",
          "灾难性支出：个人自付与个人收入之比，人均年收入 \(NumberText.text(income, decimals: 0)) 元；模型不含家庭。"))
    } else {
      notes.append(
        Phrase(
          "Catastrophic spending needs an income: --income CNY a head and year.",
          "计算灾难性支出需要收入：--income 人均年收入（元）。"))
    }
    if findings.replications < 2 {
      notes.append(
        Phrase(
          "One replication says nothing of its own error.", "仅一次重复，无法估计误差。"))
    }
    return notes
  }

  private static func lowercased(_ text: String) -> String {
    text.prefix(1).lowercased() + text.dropFirst()
  }
}
