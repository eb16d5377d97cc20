// SPDX-License-Identifier: GPL-3.0-or-later

extension HTML {
  /// A block of the Markdown that descriptions are written in: a paragraph, a table, a numbered or
  /// plain list, or a fenced text; in paragraphs and cells, code, bold and emphasis.
  static func block(ofMarkdown text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines[0].hasPrefix("```") {
      let inner = lines.dropFirst().prefix { !$0.hasPrefix("```") }
      return "<pre>" + escaped(inner.joined(separator: "\n")) + "</pre>"
    }
    if lines.count > 1, lines[0].hasPrefix("|"), lines[1].hasPrefix("| ---") {
      let rows = lines.filter { $0.hasPrefix("|") }
      let head = cells(rows[0]).map { "<th scope=\"col\">" + inline($0) + "</th>" }
      let body = rows.dropFirst(2).map { row in
        element("tr", cells(row).map { "<td>" + inline($0) + "</td>" })
      }
      return element(
        "div", ["class": "table"],
        [element("table", [element("thead", [element("tr", head)]), element("tbody", body)])])
    }
    func items(_ mark: (String) -> Substring?) -> [String]? {
      let texts = lines.map(mark)
      guard texts.allSatisfy({ $0 != nil }) else { return nil }
      return texts.compactMap { $0.map { "<li>" + inline(String($0)) + "</li>" } }
    }
    if let numbered = items({ line in
      let rest = line.drop { $0.isNumber }
      return rest.count < line.count && rest.hasPrefix(". ") ? rest.dropFirst(2) : nil
    }) {
      return element("ol", numbered)
    }
    if let listed = items({ $0.hasPrefix("- ") ? $0.dropFirst(2) : nil }) {
      return element("ul", listed)
    }
    return "<p>" + inline(text) + "</p>"
  }

  /// What an author wrote, marked where it is not in the language of the page.
  static func block(ofAuthor text: String, _ language: Language) -> String {
    let block = block(ofMarkdown: text)
    return language.isWritten(text)
      ? block : element("div", ["lang": language.other.tag], [block])
  }

  /// The cells of a row; a bar behind a backslash belongs to the text.
  private static func cells(_ row: String) -> [String] {
    var cells: [String] = [""]
    var isEscaped = false
    for character in row.dropFirst() {
      if isEscaped {
        cells[cells.count - 1] += character == "|" ? "|" : "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells.dropLast().map { cell in
      String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Code between backticks, bold between two asterisks, emphasis between single ones; marks without a
  /// partner stand as they are.
  private static func inline(_ text: String) -> String {
    var html = ""
    var rest = text[...]
    while let next = rest.firstIndex(where: { $0 == "`" || $0 == "*" }) {
      html += escaped(String(rest[..<next]))
      rest = rest[next...]
      let mark = rest.hasPrefix("`") ? "`" : rest.hasPrefix("**") ? "**" : "*"
      let name = mark == "`" ? "code" : mark == "**" ? "strong" : "em"
      let inner = rest.dropFirst(mark.count)
      guard let end = inner.range(of: mark), end.lowerBound > inner.startIndex,
        mark == "`" || inner.first != " "
      else {
        html += escaped(mark)
        rest = inner
        continue
      }
      html += element(name, text: String(inner[..<end.lowerBound]))
      rest = inner[end.upperBound...]
    }
    return html + escaped(String(rest))
  }
}
