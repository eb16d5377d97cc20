// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// The axis of numbers of a chart.
struct ChartAxis {
  /// In lines.
  var title: [String]
  var isSigned = false
  var tickCount = 5
  /// Where texts beside marks need room; `nil`: as far as the numbers go.
  var domain: (low: Double, high: Double)?
  var hasZero = true
  /// Pixels of its ends; `nil`: all there are.
  var range: (start: Double, end: Double)?

  /// - Parameters:
  ///   - title: What is measured along it.
  ///   - unit: In brackets behind it; empty: none.
  ///   - columns: Of a line of the title; a unit stays in one piece.
  init(
    _ title: String, unit: String = "", _ language: Language, columns: Int = .max,
    isSigned: Bool = false, tickCount: Int = 5
  ) {
    let bracket =
      unit.isEmpty ? "" : language == .english ? " (\(unit))" : "（\(unit)）"
    self.title = title.wrapped(to: columns)
    let last = self.title.removeLast()
    if (last + bracket).displayWidth <= columns {
      self.title.append(last + bracket)
    } else {
      self.title += [last, String(bracket.drop { $0 == " " })]
    }
    self.isSigned = isSigned
    self.tickCount = tickCount
  }

  private var titleLines: JSONValue {
    title.count == 1 ? .text(title[0]) : .list(title.map { .text($0) })
  }

  func encoding(_ field: JSONValue) -> JSONValue {
    var scale: JSONValue =
      domain.map { ["domain": [.number($0.low), .number($0.high)], "nice": false] }
      ?? ["zero": .flag(hasZero)]
    if let range { scale = scale.with(["range": [.number(range.start), .number(range.end)]]) }
    return [
      "field": field, "type": "quantitative", "title": titleLines, "scale": scale,
      "axis": .object(
        ChartStyle.format(isSigned: isSigned) + [("tickCount", .integer(tickCount))]),
    ]
  }

  /// From the least to the greatest number, with so many pixels free at either end.
  static func domain(
    _ numbers: [Double], pixels: Int, left: Int, right: Int
  ) -> (low: Double, high: Double)? {
    let finite = numbers.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else { return nil }
    // Texts never take more than two thirds.
    let most = Double(pixels) / 3
    let (before, after) = (min(most, Double(left)), min(most, Double(right)))
    let unit = (high - low) / max(1, Double(pixels) - before - after)
    return (low - unit * before, high + unit * after)
  }
}
