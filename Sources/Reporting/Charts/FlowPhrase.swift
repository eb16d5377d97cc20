// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of charts of flows: patients between tiers, and money between who pays and who is paid.
package enum FlowPhrase: CaseIterable, Sendable {
  // Kinds of moves.
  case upReferred, upOwn, up, backAgreed, backOwn, back, sameTier
  // Behind the name of a move that somebody arranged.
  case arranged
  // Who pays, and who is paid beside tiers.
  case patients, fund, pharmacies
  case patientsPay, fundPays
  case millionCNY
  // Notes.
  case bandsOfPatients, bandsOfMoney, halfWidths, directions, moneySources, penalties

  package func text(_ language: Language) -> String { phrase.text(language) }

  package var phrase: Phrase {
    switch self {
    case .upReferred: Phrase("up, by registered referral", "上转（登记转诊）")
    case .upOwn: Phrase("up, unregistered", "上行就诊（未登记）")
    case .up: Phrase("up", "上行")
    case .backAgreed: Phrase("back, by agreement", "下转（约定）")
    case .backOwn: Phrase("down, on their own", "自行下行就诊")
    case .back: Phrase("back down", "下行")
    case .sameTier: Phrase("to another of the same tier", "同级机构间")
    case .arranged: Phrase("agreed", "约定")
    case .patients: Phrase("patients", "患者")
    case .fund: Phrase("insurance fund", "医保基金")
    case .pharmacies: Phrase("retail pharmacies", "零售药店")
    case .patientsPay: Phrase("paid by patients", "患者个人支付")
    case .fundPays: Phrase("paid by the fund", "医保基金支付")
    case .millionCNY: Phrase("million CNY", "万元")
    case .bandsOfPatients:
      Phrase(
        "Width of bands: mean number of patients in the window, on one scale for all panels.",
        "色带宽度：统计期内平均人次，各图同一比例。")
    case .bandsOfMoney:
      Phrase(
        "Width of bands: mean sum in the window in million CNY, on one scale for all panels.",
        "色带宽度：统计期内平均金额（万元），各图同一比例。")
    case .halfWidths:
      Phrase("±: half-width of the 95 % confidence interval.", "±：95 % 置信区间半宽。")
    case .directions:
      Phrase(
        "Left: where patients came from; right: where they came to. A rising band leads up, a falling "
          + "one back down. Agreed on the way down: step-downs, hand-downs, visits after discharge.",
        "左侧：来源；右侧：去向。上升的色带为上行，下降的为下行。约定的下行：住院下转、慢病下转、出院随访。")
    case .moneySources:
      Phrase(
        "The fund's part is what institutions received from it and from budget accounts.",
        "基金部分为医疗机构自医保基金及总额预算账户所得。")
    case .penalties:
      Phrase(
        "What institutions paid back as penalties is not taken off.", "未扣除医疗机构退回的违规扣款。")
    }
  }

  static func betweenTiers(_ language: Language) -> String {
    Phrase("Patients who move between institutions, by tier", "各层级机构之间的患者流向").text(language)
  }
  static func whoPays(_ language: Language) -> String {
    Phrase("Who pays whom", "资金流向").text(language)
  }

  /// A title that tells of one scenario, or of one against another.
  static func compared(
    _ title: String, _ scenario: String, baseline: String, _ language: Language
  ) -> String {
    guard scenario != baseline else {
      return Phrase("\(title): \(scenario)", "\(title)：\(scenario)").text(language)
    }
    return Phrase(
      "\(title): \(scenario) against \(baseline)", "\(title)：\(scenario) 与 \(baseline) 对照"
    ).text(language)
  }

  static func arrow(_ from: String, _ to: String) -> String { "\(from) → \(to)" }

  static func listed(_ some: Int, of all: Int, _ language: Language) -> String {
    Phrase(
      "Listed below: \(some) of \(all) flows, those agreed and the largest of the rest.",
      "下方列出 \(all) 项流向中的 \(some) 项：全部约定流向及其余最大者。"
    ).text(language)
  }

  /// A tier in a word, where its name is too long.
  static func shortTier(_ tier: String, _ language: Language) -> String {
    shortTiers[tier]?.text(language) ?? tier
  }

  package static let shortTiers: [String: Phrase] = [
    "village": Phrase("village", "村级"), "township": Phrase("township", "乡镇"),
    "community": Phrase("community", "社区"), "county": Phrase("county", "县级"),
    "city": Phrase("city", "市级"), "outside": Phrase("outside", "区域外"),
  ]
}
