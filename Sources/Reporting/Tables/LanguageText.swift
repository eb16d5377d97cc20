// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import ModelFiles

/// What the files of a network may say, for `yilian schema`.
public enum LanguageText {
  public static var json: JSONValue {
    .list(
      NetworkLanguage.tables.map { table in
        .object([
          ("name", .text(table.name)), ("title", .text(table.title)), ("note", .text(table.note)),
          ("entries", .list(table.entries.map(json))),
        ])
      })
  }

  private static func json(_ entry: LanguageEntry) -> JSONValue {
    .object([
      ("name", .text(entry.name)), ("type", .text(entry.type)), ("absent", .text(entry.absent)),
      ("meaning", .text(entry.meaning)), ("example", .text(entry.example)),
    ])
  }

  public static func text(width: Int) -> String {
    var lines: [String] = []
    for table in NetworkLanguage.tables {
      lines += ["", table.title.uppercased(), ""]
      let note = table.note.replacing("\n", with: " ").replacing("`", with: "")
      lines += note.wrapped(to: width)
      for entry in table.entries {
        lines += ["", "\(entry.name)  (\(entry.type.replacing("`", with: "")))"]
        lines += indented(entry.meaning, width)
        if !entry.absent.isEmpty { lines += indented("left out: \(entry.absent)", width) }
        if !entry.example.isEmpty { lines.append("    " + entry.example) }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func indented(_ text: String, _ width: Int) -> [String] {
    text.replacing("`", with: "").wrapped(to: max(20, width - 4)).map { "    " + $0 }
  }
}
