// SPDX-License-Identifier: GPL-3.0-or-later

/// A table in Markdown.
enum MarkdownTable {
  static func text(_ titles: [String], _ rows: [[String]]) -> String {
    ([line(titles), line(titles.map { _ in "---" })] + rows.map(line)).joined(separator: "\n")
  }

  private static func line(_ cells: [String]) -> String {
    "| "
      + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }
      .joined(separator: " | ") + " |"
  }
}
