// SPDX-License-Identifier: GPL-3.0-or-later

/// A chart at a glance, for a terminal: a bar or a dot with its interval in each row.
public struct QuickLook: Sendable {
  struct Row: Sendable {
    var label: String
    var mean: Double
    /// `nil` where no interval is known.
    var low: Double?
    var high: Double?
    /// The estimate as the reader of a table sees it.
    var text: String
  }

  /// Rows under a heading.
  struct Group: Sendable {
    var title: String
    var rows: [Row]
  }

  var title: String
  var groups: [Group]
  var notes: [String]

  /// The rows, one scale for all: `█` to the mean, `├─┤` from end to end of the interval, `│` at zero.
  public func text(width: Int) -> String {
    let rows = groups.flatMap(\.rows)
    let ends = rows.flatMap { [$0.mean, $0.low ?? $0.mean, $0.high ?? $0.mean, 0] }
      .filter(\.isFinite)
    guard let least = ends.min(), let most = ends.max(), most > least else {
      return plain.joined(separator: "\n") + "\n"
    }
    let labels = rows.map(\.label.displayWidth).max() ?? 0
    let texts = rows.map(\.text.displayWidth).max() ?? 0
    let space = width - min(labels, width / 3) - texts - 6
    guard space >= 12 else { return plain.joined(separator: "\n") + "\n" }
    func column(_ value: Double) -> Int {
      Int(((value - least) / (most - least) * Double(space - 1)).rounded())
    }
    var lines = title.wrapped(to: width)
    for group in groups {
      lines.append("")
      if !group.title.isEmpty { lines.append(group.title) }
      for row in group.rows {
        var cells = Array(repeating: Character(" "), count: space)
        let (zero, mean) = (column(0), column(row.mean))
        for place in min(zero, mean)...max(zero, mean) { cells[place] = "▆" }
        if let low = row.low, let high = row.high, low.isFinite, high.isFinite {
          let (first, last) = (column(low), column(high))
          for place in first...last { cells[place] = "─" }
          if last > first {
            cells[first] = "├"
            cells[last] = "┤"
          }
          cells[mean] = "●"
        }
        if least < 0, cells[zero] == " " || cells[zero] == "▆" { cells[zero] = "│" }
        let label = row.label.displayWidth > width / 3 ? row.label.cut(to: width / 3) : row.label
        let indent = String(
          repeating: " ", count: max(0, min(labels, width / 3) - label.displayWidth))
        let gap = String(repeating: " ", count: max(0, texts - row.text.displayWidth))
        lines.append("  \(label)\(indent)  \(String(cells))  \(gap)\(row.text)")
      }
    }
    lines += notes.isEmpty ? [] : [""] + notes.flatMap { $0.wrapped(to: width) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Title and rows as sentences, for who cannot see a chart.
  func words(_ language: Language) -> String {
    let (colon, comma, stop) = language == .english ? (": ", "; ", ".") : ("：", "；", "。")
    let parts = groups.map { group in
      let rows = group.rows.map { "\($0.label) \($0.text)" }.joined(separator: comma)
      return group.title.isEmpty ? rows : group.title + colon + rows
    }
    return title + colon + parts.joined(separator: stop + (language == .english ? " " : "")) + stop
  }

  /// Where there is no room to draw, or nothing that differs.
  private var plain: [String] {
    [title]
      + groups.flatMap { group in
        ["", group.title] + group.rows.map { "  \($0.label): \($0.text)" }
      } + [""] + notes
  }
}

extension String {
  /// The first characters that fit, and an ellipsis.
  fileprivate func cut(to columns: Int) -> String {
    var text = ""
    for character in self {
      if text.displayWidth + character.displayWidth > columns - 1 { break }
      text.append(character)
    }
    return text + "…"
  }
}
