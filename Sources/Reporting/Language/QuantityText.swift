// SPDX-License-Identifier: GPL-3.0-or-later

/// A quantity with its unit, as a sentence has it: `6,720`, `14.8 CNY`, `1.68 percentage points`,
/// `1,234.5 万元`.
package struct QuantityText: Sendable {
  /// What a value in the unit of its measure is multiplied by.
  package let scale: Double
  /// After the number, with the space before it; empty where the measure's name says what is counted.
  package let unit: String

  /// - Parameters:
  ///   - unit: Of the measure.
  ///   - largest: The largest of the values that are told together: large sums of money are told in
  ///     ten thousands and hundred millions of yuan, or in millions.
  ///   - isDifference: Of shares a difference is in points.
  package init(unit: String, largest: Double, isDifference: Bool, _ language: Language) {
    let size = abs(largest)
    if unit == "share" {
      scale = 100
      self.unit = isDifference ? Self.points.text(language) : " %"
      return
    }
    guard unit == "CNY" || unit == "CNY per head" else {
      scale = 1
      // English names of measures say what is counted, and so do Chinese ones but for the measure word.
      let isNamed = language == .english && MeasureNames.isCount(unit)
      let word = MeasureNames.unit(unit.replacing(" per head", with: ""), language)
      self.unit = isNamed || word.isEmpty || unit == "per 100" ? "" : " " + word
      return
    }
    switch language {
    case .english:
      scale = size >= 1e9 ? 1e-9 : size >= 1e6 ? 1e-6 : 1
      self.unit = size >= 1e9 ? " billion CNY" : size >= 1e6 ? " million CNY" : " CNY"
    case .chinese:
      scale = size >= 1e8 ? 1e-8 : size >= 1e4 ? 1e-4 : 1
      self.unit = size >= 1e8 ? " 亿元" : size >= 1e4 ? " 万元" : " 元"
    }
  }

  private static let points = Phrase(" percentage points", " 个百分点")

  /// - Parameter decimals: Of the scaled number.
  package func text(_ value: Double, decimals: Int, isSigned: Bool = false) -> String {
    number(value, decimals: decimals, isSigned: isSigned) + unit
  }

  /// Without the unit.
  package func number(_ value: Double, decimals: Int, isSigned: Bool = false) -> String {
    NumberText.text(value * scale, decimals: decimals, isSigned: isSigned)
  }

  /// Decimals that a sentence tells an estimate with.
  package func decimals(_ mean: Double, _ low: Double?, _ high: Double?) -> Int {
    NumberText.toldDecimals(
      mean: mean * scale, low: low.map { $0 * scale }, high: high.map { $0 * scale })
  }
}
