// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of the map of towns.
package enum MapPhrase: CaseIterable, Sendable {
  case east, north, institutions
  case coloursOfLevel, coloursOfChange, greyIsUnclear, eachByItself

  package func text(_ language: Language) -> String { phrase.text(language) }

  package var phrase: Phrase {
    switch self {
    case .east: Phrase("west to east, km", "自西向东（公里）")
    case .north: Phrase("south to north, km", "自南向北（公里）")
    case .institutions: Phrase("institutions", "医疗机构")
    case .coloursOfLevel:
      Phrase(
        "Colour and numbers: means, with ± half of the 95 % confidence interval.",
        "颜色与数字：均值，± 为 95 % 置信区间半宽。")
    case .coloursOfChange:
      Phrase(
        "Colour and numbers: mean difference, with ± half of its 95 % confidence interval.",
        "颜色与数字：平均差值，± 为 95 % 置信区间半宽。")
    case .greyIsUnclear:
      Phrase(
        "Grey: the interval includes zero, so that the direction is unknown.", "灰色：置信区间包含零，方向不明。")
    case .eachByItself:
      Phrase(
        "Each town is judged by itself: of 20 without any change about one leaves the grey.",
        "各乡镇单独判断：若实际均无变化，约每 20 个乡镇中仍有 1 个不显示为灰色。")
    }
  }

  static func byTown(_ measure: String, _ language: Language) -> String {
    Phrase("\(measure) by town", "各乡镇\(measure)").text(language)
  }

  static func areas(_ town: String, _ population: String) -> Phrase {
    Phrase(
      "Area of circles: residents, most in \(town): \(population).",
      "圆面积：居民人数，最多为\(town)（\(population) 人）。")
  }

  static func hospitals(_ names: [String], _ language: Language) -> String {
    let list = names.enumerated().map { "\($0 + 1) \($1)" }
    return language == .english
      ? "Hospitals: \(list.joined(separator: "; "))." : "县级医院：\(list.joined(separator: "；"))。"
  }

  static func notDrawn(_ count: Int) -> Phrase {
    Phrase(
      count == 1
        ? "1 institution outside the region is not drawn."
        : "\(count) institutions outside the region are not drawn.",
      "区域外的 \(count) 家医疗机构未绘出。")
  }
}
