// SPDX-License-Identifier: GPL-3.0-or-later

/// One key, word or distribution of the language of models: what may be written, and what it means.
public struct LanguageEntry: Hashable, Sendable {
  /// The key; below a step or another key after a dot, `seize.units`.
  public var name: String
  /// What may stand there, with its unit.
  public var type: String
  /// What holds when it is left out; empty where it must be written, or where that says nothing.
  public var absent: String
  public var meaning: String
  /// How it is written, as in a file.
  public var example: String

  init(
    _ name: String, _ type: String, _ meaning: String, absent: String = "", _ example: String = ""
  ) {
    self.name = name
    self.type = type
    self.absent = absent
    self.meaning = meaning
    self.example = example
  }
}

/// Entries of one kind, such as all steps.
public struct LanguageTable: Hashable, Sendable {
  /// A word for the table, such as `step`.
  public var name: String
  public var title: String
  /// What goes for all entries.
  public var note: String
  public var entries: [LanguageEntry]

  /// The table as a page shows it.
  var markdown: String {
    func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
    func code(_ text: String) -> String { text.isEmpty ? "" : "`\(cell(text))`" }
    let rows = entries.map { entry in
      "| \(code(entry.name)) | \(cell(entry.type)) | \(cell(entry.absent)) "
        + "| \(cell(entry.meaning)) | \(code(entry.example)) |"
    }
    return """
      ## \(title)

      \(note)

      | | what it is | left out | meaning | example |
      | --- | --- | --- | --- | --- |
      \(rows.joined(separator: "\n"))
      """
  }
}

/// Every key that the files of a network may have, for `yilian schema` and the reference page.
public enum NetworkLanguage {
  public static let tables = [
    top, classKeys, sources, resources, distributions, attributes, expressions, steps, runKeys,
  ]

  /// The reference page, which is this text and nothing else.
  public static var page: String {
    """
    # Every key of a network

    All that the files of a network may say, one page for each kind of key.

    ## Overview

    <doc:WritingANetwork> explains the language; this page lists it, as `yilian schema` prints it. A key
    that does not stand here is a fault. Where nothing stands under *left out*, the key must be
    written. *Time* is a number with one of the units `s`, `min`, `h`, `d`, `week` and `year`; *rate*
    a number with one of `/s`, `/min`, `/h`, `/d`, `/week` and `/year`; *share* a number from 0 to 1, or
    a percentage; *whole number* and *number* have no unit; *step* the name of a step of the same
    pathway, or `next` for the step below; *length* any of: a time, the name of a duration, a
    distribution, an expression that gives a time. Numbers need evidence: `evidence: assumed` and
    `range-factor: [1, 1]` at the top of the file will do for all that are merely given
    (<doc:WhereNumbersComeFrom>). Inside braces a text with commas stands in double quotes:
    `{exponential: "if(hour < 8, 2 h, 1 h)"}`.

    \(tables.map(\.markdown).joined(separator: "\n\n"))

    """
  }
}
