// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import InputAnalysis

/// A histogram and a plot of quantiles, in characters.
struct FitPlot {
  private let sample: Sample
  private let fit: Fit
  private let width: Int

  init(_ sample: Sample, _ fit: Fit, width: Int) {
    self.sample = sample
    self.fit = fit
    self.width = width
  }

  /// A line for each class of values: what was observed as a bar, what is expected as a mark.
  var histogram: [String] {
    let classes = fit.family.isOfCounts ? wholeClasses : measuredClasses
    let most = classes.map { max(Double($0.seen), $0.expected) }.max() ?? 1
    let labels = classes.map(\.label)
    let labelWidth = labels.map(\.count).max() ?? 0
    let room = max(20, width - labelWidth - 24)
    return classes.map { item in
      let bar = Int((Double(item.seen) / most * Double(room)).rounded())
      let mark = Int((item.expected / most * Double(room)).rounded())
      var cells = Array(repeating: Character(" "), count: room + 1)
      for place in 0..<min(bar, room) { cells[place] = "█" }
      cells[min(mark, room)] = "◆"
      let padding = String(repeating: " ", count: labelWidth - item.label.count)
      return "  \(padding)\(item.label) │\(String(cells)) \(item.seen) / "
        + String(format: "%.1f", item.expected)
    }
  }

  private struct Class {
    var label: String
    var seen: Int
    var expected: Double
  }

  /// Classes of equal width between round numbers; the first and last reach as far as need be.
  private var measuredClasses: [Class] {
    let wanted = Double(min(20, max(5, Int((2 * cbrt(Double(sample.count))).rounded(.up)))))
    let step = Self.round((sample.maximum - sample.minimum) / wanted)
    let first = (sample.minimum / step).rounded(.down)
    let last = max(first + 1, (sample.maximum / step).rounded(.up))
    return stride(from: first, to: last, by: 1).map { place in
      item(
        "\(Self.text(place * step)) – \(Self.text((place + 1) * step))", place * step,
        (place + 1) * step)
    }
  }

  /// A class for each whole number, or for several where there are many.
  private var wholeClasses: [Class] {
    let size = max(1, Self.round((sample.maximum - sample.minimum) / 25).rounded(.up))
    return stride(from: sample.minimum, through: sample.maximum, by: size).map { low in
      let high = low + size - 1
      let label = size == 1 ? Self.text(low) : "\(Self.text(low)) – \(Self.text(high))"
      return item(label, low - 1, high)
    }
  }

  /// Values above `low` and up to `high`; the lowest class has its lower end, too.
  private func item(_ label: String, _ low: Double, _ high: Double) -> Class {
    let n = Double(sample.count)
    let before = low <= sample.minimum && !fit.family.isOfCounts ? 0 : sample.cumulative(low)
    return Class(
      label: label, seen: Int((n * (sample.cumulative(high) - before)).rounded()),
      expected: n * (fit.distribution.cumulative(high) - fit.distribution.cumulative(low)))
  }

  /// 1, 2 or 5 times a power of ten, at or above a number.
  private static func round(_ number: Double) -> Double {
    guard number > 0 else { return 1 }
    let power = pow(10, log10(number).rounded(.down))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= number * (1 - 1e-9) } ?? number
  }

  private static func text(_ value: Double) -> String { String(format: "%.6g", value) }

  /// Observed quantiles over fitted ones; where both agree, the points lie on the dotted line.
  var quantiles: [String] {
    let (columns, rows, points) = (48, 16, 64)
    let pairs = (0..<points).map { place -> (fitted: Double, observed: Double) in
      let share = (Double(place) + 0.5) / Double(points)
      return (fit.distribution.quantile(share), sample.quantile(share))
    }
    let low = pairs.map { min($0.fitted, $0.observed) }.min() ?? 0
    let high = pairs.map { max($0.fitted, $0.observed) }.max() ?? 1
    guard high > low else { return [] }
    func cell(_ value: Double, _ count: Int) -> Int {
      min(count - 1, max(0, Int((value - low) / (high - low) * Double(count))))
    }
    var grid = Array(repeating: Array(repeating: Character(" "), count: columns), count: rows)
    for column in 0..<columns { grid[column * rows / columns][column] = "·" }
    for pair in pairs { grid[cell(pair.observed, rows)][cell(pair.fitted, columns)] = "o" }
    let top = Self.short(high)
    let bottom = Self.short(low)
    let label = max(top.count, bottom.count)
    return (0..<rows).reversed().map { row in
      let text = row == rows - 1 ? top : row == 0 ? bottom : ""
      return "  " + String(repeating: " ", count: label - text.count) + text + " │"
        + String(grid[row])
    } + [
      "  " + String(repeating: " ", count: label) + " └" + String(repeating: "─", count: columns)
    ]
  }

  private static func short(_ value: Double) -> String { String(format: "%.4g", value) }
}
