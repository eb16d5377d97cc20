// SPDX-License-Identifier: GPL-3.0-or-later

/// Curves over time, drawn with characters.
struct CurvePlot {
  /// A curve: a sign, and points in order of time. What is drawn later covers what is drawn before.
  struct Curve {
    var sign: Character
    var points: [(time: Double, value: Double)]
  }

  var curves: [Curve]
  /// An upright line at an instant.
  var mark: Double?

  private static let height = 12

  /// Lines no wider than `width`: the curves with their highest and lowest values, then the times.
  ///
  /// A column has the mean of the points that fall into it.
  func lines(width: Int) -> [String] {
    let all = curves.flatMap(\.points)
    guard let last = all.map(\.time).max(), last > 0 else { return [] }
    let low = min(0, all.map(\.value).min()!)
    let high = max(all.map(\.value).max()!, low)
    let labels = [high, low].map { Self.label($0) }
    let gutter = max(labels[0].count, labels[1].count)
    let columns = max(20, min(width, 120) - gutter - 3)
    func column(_ time: Double) -> Int {
      min(columns - 1, max(0, Int(time / last * Double(columns))))
    }
    let empty = Array(repeating: Character(" "), count: columns)
    var grid = Array(repeating: empty, count: Self.height)
    if let mark {
      for row in grid.indices { grid[row][column(mark)] = "|" }
    }
    for curve in curves {
      let places = Dictionary(grouping: curve.points) { column($0.time) }
      for (place, points) in places {
        let mean = points.reduce(0) { $0 + $1.value } / Double(points.count)
        let share = high > low ? (mean - low) / (high - low) : 0
        grid[Self.height - 1 - Int((share * Double(Self.height - 1)).rounded())][place] = curve.sign
      }
    }
    let body = grid.enumerated().map { row, characters in
      let label = row == 0 ? labels[0] : row == Self.height - 1 ? labels[1] : ""
      return Self.trimmed(Self.padded(label, to: gutter) + " | " + String(characters))
    }
    let end = Self.label(last)
    let axis =
      Self.padded("", to: gutter) + "   0"
      + String(repeating: " ", count: max(1, columns - 1 - end.count)) + end
    return body + [axis]
  }

  private static func label(_ value: Double) -> String {
    NumberText.text(value, decimals: NumberText.decimals(mean: value, low: nil, high: nil))
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
