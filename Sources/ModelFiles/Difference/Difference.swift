// SPDX-License-Identifier: GPL-3.0-or-later

/// One thing in which two models or two experiments differ.
public struct Difference: Hashable, Sendable {
  public enum Change: String, CaseIterable, Sendable { case changed, added, removed }

  /// In the grammar of `--set`; `sources.KEY` for entries of `sources.yaml`, and `FILE.source` for
  /// what the top of a file says of its own evidence.
  public var path: String
  public var change: Change
  /// As written; `nil` where there is none on that side.
  public var old: String?
  public var new: String?
  /// The unit of both numbers: that in which the first file writes it; empty where there is none.
  public var unit = ""
  /// The number, where a number is written; the new one in the unit of the old one.
  public var oldNumber: Double?
  public var newNumber: Double?

  /// - Parameter column: The column's name, where the values are a table's cells, whose unit it may
  ///   tell.
  package init(path: String, old: String?, new: String?, column: String? = nil) {
    self.path = path
    self.old = old
    self.new = new
    change = old == nil ? .added : new == nil ? .removed : .changed
    let (first, second) = (old.flatMap { Quantity($0) }, new.flatMap { Quantity($0) })
    guard let main = first ?? second else { return }
    oldNumber = first?.value
    unit = main.unitText
    if let second {
      // Only numbers of one kind are told in one unit.
      if second.dimension == main.dimension {
        newNumber =
          second.unitText == unit ? second.value : second.value * second.factor / main.factor
      } else {
        unit = ""
        oldNumber = nil
      }
    }
    if unit.isEmpty, let column { unit = TableData.unit(ofColumn: column) }
  }
}

extension ModelDocument {
  /// What another model says otherwise, in the order of this one's files.
  ///
  /// Values are compared as they are meant: `30 min` is no other than `0.5 h`, nor a key that moved to
  /// another part. Items of lists go by their names, and where they have none by what they say, so that
  /// a step put between two others is one difference; rows of tables go by their keys.
  public func differences(to other: ModelDocument) -> [Difference] {
    var tree = TreeDifference()
    tree.compare(statements, other.statements, "")
    tree.compare(root, other.root, "")
    tree.compare(Self.mapping(sources), Self.mapping(other.sources), "sources")
    return tree.list
  }

  /// What the tops of the files say of their own evidence, by file.
  private var statements: ModelNode {
    let entries = fileStatements.filter { !$0.entries.isEmpty }.map { statement in
      let prefix = folder.hasSuffix("/") ? folder : folder + "/"
      let file =
        statement.file.hasPrefix(prefix)
        ? String(statement.file.dropFirst(prefix.count)) : statement.file
      return ModelNode.Entry(key: file, line: statement.line, node: statement)
    }
    return ModelNode(.mapping(entries), file: root.file, line: 1)
  }

  private static func mapping(_ nodes: [String: ModelNode]) -> ModelNode {
    ModelNode(
      .mapping(
        nodes.sorted { $0.key < $1.key }.map {
          ModelNode.Entry(key: $0.key, line: $0.value.line, node: $0.value)
        }), file: "", line: 1)
  }
}
