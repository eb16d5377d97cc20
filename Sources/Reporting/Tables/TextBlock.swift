// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of what a table says: the same for a terminal and for a page.
enum TextBlock {
  /// A line of its own: what follows is called so.
  case heading(String)
  /// Set in lines as wide as the terminal.
  case paragraph(String)
  case table(TextTable)
  /// An empty line.
  case gap
}

extension [TextBlock] {
  func lines(width: Int) -> [String] {
    flatMap { block -> [String] in
      switch block {
      case .heading(let text): [text]
      case .paragraph(let text): text.wrapped(to: width)
      case .table(let table): table.lines(width: width)
      case .gap: [""]
      }
    }
  }

  /// For a terminal.
  func text(width: Int) -> String { lines(width: width).joined(separator: "\n") + "\n" }
}
