// SPDX-License-Identifier: GPL-3.0-or-later

/// One node of a resolved model: a scalar still as text, a mapping, a list, or a table.
///
/// Nothing is typed here: whoever asks for a key says what it must be.
public struct ModelNode: Sendable {
  public enum Content: Sendable {
    /// A value as it is written. `quoted` texts are never numbers.
    case scalar(String, quoted: Bool)
    case mapping([Entry])
    case list([ModelNode])
    /// A mapping with a `table:` key whose CSV file has been read.
    case table([Entry], TableData)
    /// A key without a value.
    case empty
  }

  public struct Entry: Sendable {
    public var key: String
    /// The line of the key itself.
    public var line: Int
    public var node: ModelNode
  }

  public var content: Content
  public var file: String
  public var line: Int
  /// Set by a scenario or on the command line, in place of what the model's files say.
  public var isOverridden = false
  /// Set to a place of its stated range: the nearest whole number is meant where one is asked for, and
  /// the nearest that the model allows where the range goes beyond it.
  var isPlaced = false

  init(_ content: Content, file: String, line: Int) {
    self.content = content
    self.file = file
    self.line = line
  }

  /// The keys and values of a mapping or of a table's header; none for other nodes.
  public var entries: [Entry] {
    switch content {
    case .mapping(let entries), .table(let entries, _): entries
    case .scalar, .list, .empty: []
    }
  }

  public func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }

  public subscript(_ key: String) -> ModelNode? { entry(key)?.node }

  /// The text of a scalar.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// What kind of node this is, for messages.
  var kindInWords: String {
    switch content {
    case .scalar(let text, _): text.isEmpty ? "an empty text" : "the value \(text.quotedBriefly)"
    case .mapping: "a section"
    case .list: "a list"
    case .table: "a table"
    case .empty: "empty"
    }
  }
}

/// The rows of a CSV file, as text.
public struct TableData: Sendable {
  public struct Row: Sendable {
    public var line: Int
    public var cells: [String]
    /// Where a scenario or the command line set a cell, by column.
    public var overrides: [Int: SourcePlace] = [:]
    /// What a model says of cells of its base's table that it replaces, by column.
    var amendments: [Int: Amendment] = [:]
    /// Columns of the cells that are set to a place of their range.
    var placed: Set<Int> = []
  }

  /// Where a cell that a model puts in place of its base's comes from.
  struct Amendment: Sendable {
    var scope: ProvenanceScope
    /// The lowest and highest value thought possible, in the unit of the column.
    var range: ClosedRange<Double>?
    var place: SourcePlace
  }

  public var file: String
  public var columns: [String]
  /// The line of the header.
  public var headerLine: Int
  public var rows: [Row]
  /// The column whose cells name the rows.
  public var keyColumn: Int
  /// Row number by key.
  public var rowByKey: [String: Int]

  public func column(_ name: String) -> Int? { columns.firstIndex(of: name) }
  public func key(_ row: Int) -> String { rows[row].cells[keyColumn] }
}
