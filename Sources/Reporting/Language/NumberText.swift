// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Numbers as a reader of a table wants them: as many decimals as their interval bears, thousands set
/// apart.
package enum NumberText {
  /// Decimals that show two digits of the half-width of an interval; without one, four digits of the
  /// number.
  package static func decimals(mean: Double, low: Double?, high: Double?) -> Int {
    if let low, let high, high > low, (high - low).isFinite {
      return min(6, max(0, 1 - Int(log10((high - low) / 2).rounded(.down))))
    }
    guard mean != 0, mean.isFinite, mean != mean.rounded() else { return 0 }
    return min(6, max(0, 3 - Int(log10(abs(mean)).rounded(.down))))
  }

  /// Decimals that a sentence tells an estimate with; below zero, it is rounded to tens, hundreds and so on.
  ///
  /// Two digits of the half-width of the interval at most, and of the estimate three where it is larger: a
  /// planner can use no more. What is clear of zero is not told as if it touched it.
  package static func toldDecimals(mean: Double, low: Double?, high: Double?) -> Int {
    guard let low, let high, high > low, (high - low).isFinite else {
      return decimals(mean: mean, low: low, high: high)
    }
    /// Decimals of the last of so many digits, as they are once the number is rounded to them.
    func places(of value: Double, digits: Int) -> Int {
      let exponent = Int(log10(value).rounded(.down))
      let carries =
        (value / pow(10, Double(exponent - digits + 1))).rounded() >= pow(10, Double(digits))
      return digits - 1 - exponent - (carries ? 1 : 0)
    }
    var told = places(of: (high - low) / 2, digits: 2)
    if mean != 0 { told = min(told, places(of: abs(mean), digits: 3)) }
    // An interval that is as narrow as the last digit is still one.
    while told < 6, rounded(low, decimals: told) == rounded(high, decimals: told) { told += 1 }
    if low > 0 || high < 0 {
      while told < 6, rounded(min(abs(low), abs(high)), decimals: told) == 0 { told += 1 }
    }
    return min(6, told)
  }

  private static func rounded(_ value: Double, decimals: Int) -> Double {
    let step = pow(10, Double(-decimals))
    return (value / step).rounded() * step
  }

  /// A number with a fixed count of decimals, such as `1,234.5`; with fewer than none, `1,230`.
  ///
  /// - Parameter isSigned: Whether a number above zero carries a plus sign.
  package static func text(_ value: Double, decimals: Int, isSigned: Bool = false) -> String {
    guard value.isFinite else { return value.isNaN ? "?" : value > 0 ? "∞" : "-∞" }
    let shown = decimals < 0 ? rounded(value, decimals: decimals) : value
    let digits = String(format: "%.\(max(0, decimals))f", abs(shown))
    let isZero = !digits.contains { ("1"..."9").contains($0) }
    let sign = isZero ? "" : value < 0 ? "-" : isSigned ? "+" : ""
    return sign + grouped(digits)
  }

  /// A stated number, four digits of it at most and no idle zeros: `0.1`, `1,234`.
  package static func plain(_ value: Double) -> String {
    var text = text(value, decimals: decimals(mean: value, low: nil, high: nil))
    guard text.contains(".") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// How an interval is written.
  package enum IntervalForm {
    /// `63.4 [63.1, 63.7]`
    case ends
    /// `63.4 ± 0.3`, which is as much where the interval is symmetric, and shorter.
    case halfWidth
  }

  /// An estimate with its interval; without one, the estimate alone.
  package static func text(
    mean: Double, low: Double?, high: Double?, scale: Double, form: IntervalForm = .ends,
    isSigned: Bool = false
  ) -> String {
    let (mean, low, high) = (mean * scale, low.map { $0 * scale }, high.map { $0 * scale })
    let decimals = decimals(mean: mean, low: low, high: high)
    let estimate = text(mean, decimals: decimals, isSigned: isSigned)
    guard let low, let high else { return estimate }
    switch form {
    case .ends:
      return estimate + " [" + text(low, decimals: decimals, isSigned: isSigned) + ", "
        + text(high, decimals: decimals, isSigned: isSigned) + "]"
    case .halfWidth: return estimate + " ± " + text((high - low) / 2, decimals: decimals)
    }
  }

  /// A probability with three decimals; below them, as `<0.001`.
  package static func text(probability: Double) -> String {
    probability < 0.0005 ? "<0.001" : text(probability, decimals: 3)
  }

  private static func grouped(_ digits: String) -> String {
    let parts = digits.split(separator: ".")
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0, (parts[0].count - index).isMultiple(of: 3) { whole += "," }
      whole.append(digit)
    }
    return parts.count > 1 ? whole + "." + parts[1] : whole
  }
}
