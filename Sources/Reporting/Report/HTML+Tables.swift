// SPDX-License-Identifier: GPL-3.0-or-later

extension TextTable {
  /// Columns of characters that a printed page has room for.
  private static let pageWidth = 104

  /// The table with its caption; what does not fit a page goes on in a table below.
  func html(caption: String) -> String {
    blocks(width: Self.pageWidth).map { html($0, caption: caption) }.joined(separator: "\n")
  }

  private func html(_ chosen: [Int], caption: String) -> String {
    let align = alignment == .trailing ? "number" : "text"
    let head = HTML.element(
      "tr",
      [HTML.element("th", ["scope": "col"], text: labelTitle)]
        + chosen.map {
          HTML.element("th", ["scope": "col", "class": align], text: columns[$0].title)
        })
    let body = rows.map { row -> String in
      switch row {
      case .heading(let text):
        return HTML.element(
          "tr", ["class": "group"],
          [
            HTML.element(
              "th", ["scope": "rowgroup", "colspan": "\(chosen.count + 1)"], text: text)
          ])
      case .cells(let label, let depth, let cells):
        return HTML.element(
          "tr",
          [HTML.element("th", ["scope": "row", "class": "depth-\(min(depth, 3))"], text: label)]
            + chosen.map { HTML.element("td", ["class": align], text: cells[$0]) })
      }
    }
    return HTML.element(
      "div", ["class": "table", "tabindex": "0", "role": "region", "aria-label": caption],
      [
        HTML.element(
          "table",
          [
            HTML.element("caption", text: caption), HTML.element("thead", [head]),
            HTML.element("tbody", body),
          ])
      ])
  }
}

extension [TextBlock] {
  /// Tables take the heading before them as their caption.
  var html: [String] {
    var parts: [String] = []
    var heading: String?
    func close() {
      if let heading { parts.append(HTML.element("p", ["class": "lead"], text: heading)) }
      heading = nil
    }
    for block in self {
      switch block {
      case .gap: continue
      case .heading(let text):
        close()
        heading = text
      case .paragraph(let text):
        close()
        parts.append(HTML.element("p", text: text))
      case .table(let table):
        parts.append(table.html(caption: heading ?? table.labelTitle))
        heading = nil
      }
    }
    close()
    return parts
  }
}
