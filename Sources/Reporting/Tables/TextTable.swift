// SPDX-License-Identifier: GPL-3.0-or-later

/// A table of text that fits a width: when its columns do not fit beside each other, it is set as
/// several tables, each with the first column.
struct TextTable {
  enum Row {
    case heading(String)
    /// A label and one cell a column; `depth` indents the label.
    case cells(label: String, depth: Int, [String])
  }

  enum Alignment { case leading, trailing }

  var labelTitle: String
  /// Titles of the columns after the label. Columns of one group stay together.
  var columns: [(title: String, group: Int)]
  /// Of the cells; labels are leading.
  var alignment = Alignment.trailing
  var rows: [Row] = []

  private static let gap = 2
  private static let widestLabelShare = 0.45

  /// The lines, none wider than `width` unless a single group of columns needs more.
  func lines(width: Int) -> [String] {
    let labelWidth = labelWidth(within: width)
    let widths = columns.indices.map(columnWidth)
    return Array(
      blocks(width: width).map { block(of: $0, labelWidth: labelWidth, widths: widths) }
        .joined(separator: [""]))
  }

  /// How many tables stand below each other for want of width.
  func blockCount(width: Int) -> Int { blocks(width: width).count }

  /// The columns of each of the tables that stand below each other.
  func blocks(width: Int) -> [[Int]] {
    let labelWidth = labelWidth(within: width)
    let widths = columns.indices.map(columnWidth)
    var blocks: [[Int]] = []
    var used = 0
    for group in groupedColumns {
      let size = group.reduce(0) { $0 + widths[$1] + Self.gap }
      if blocks.isEmpty || labelWidth + used + size > width {
        blocks.append(group)
        used = size
      } else {
        blocks[blocks.count - 1] += group
        used += size
      }
    }
    return blocks.isEmpty ? [[]] : blocks
  }

  private var groupedColumns: [[Int]] {
    columns.indices.reduce(into: [[Int]]()) { groups, index in
      if let last = groups.last?.first, columns[last].group == columns[index].group {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
  }

  private func labelWidth(within width: Int) -> Int {
    let widest =
      rows.map { row in
        switch row {
        case .heading: 0
        case .cells(let label, let depth, _): label.displayWidth + 2 * depth
        }
      }.max() ?? 0
    let most = width == .max ? width : max(16, Int(Double(width) * Self.widestLabelShare))
    return min(max(widest, labelTitle.displayWidth), most)
  }

  private func columnWidth(_ column: Int) -> Int {
    rows.reduce(columns[column].title.displayWidth) { widest, row in
      guard case .cells(_, _, let cells) = row else { return widest }
      return max(widest, cells[column].displayWidth)
    }
  }

  private func block(of chosen: [Int], labelWidth: Int, widths: [Int]) -> [String] {
    var lines: [String] = []
    var title = padded(labelTitle, to: labelWidth)
    for column in chosen { title += aligned(columns[column].title, to: widths[column]) }
    lines.append(title.trimmed)
    let total = labelWidth + chosen.reduce(0) { $0 + widths[$1] + Self.gap }
    lines.append(String(repeating: "-", count: total))
    for row in rows {
      switch row {
      case .heading(let text): lines.append(text)
      case .cells(let label, let depth, let cells):
        let indent = String(repeating: " ", count: 2 * depth)
        for (index, part) in label.wrapped(to: labelWidth - 2 * depth).enumerated() {
          var line = padded(indent + part, to: labelWidth)
          // The cells stand beside the first line of a long label.
          if index == 0 {
            for column in chosen { line += aligned(cells[column], to: widths[column]) }
          }
          lines.append(line.trimmed)
        }
      }
    }
    return lines
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.displayWidth))
  }

  private func aligned(_ text: String, to width: Int) -> String {
    let gap = String(repeating: " ", count: Self.gap)
    let rest = String(repeating: " ", count: max(0, width - text.displayWidth))
    return alignment == .leading ? gap + text + rest : gap + rest + text
  }
}

extension String {
  /// Without spaces at the end.
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
