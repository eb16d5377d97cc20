// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Puts what many models share under one of them.
///
/// A base is a folder like a model's, `NAME/` in the model's folder or beside it, that is no model by
/// itself (`kind: region-base`). A model rests on it in one line:
///
///     base: china
///
/// and says only what differs. A section of the model replaces the base's, but for two: of a section of
/// keys the model replaces those that it names, and of a base's table it may amend cells,
///
///     tiers: {rows: {county: {visit_bill_yuan: {value: 150, source: yearbook, evidence: official}}}}
///
/// What the model puts in place of the base's comes from where the model's files say.
extension DocumentLoader {
  /// The word by which a folder says that models rest on it.
  static let baseKind = "region-base"

  /// Takes `base` out of the top level of `model.yaml`.
  static func takeBase(from root: inout ModelNode) -> ModelNode.Entry? {
    guard let entry = root.entry("base") else { return nil }
    root.content = .mapping(root.entries.filter { $0.key != "base" })
    return entry
  }

  /// The model on its base: the base's tree with the model's own in its place.
  mutating func resting(_ own: ModelNode, on entry: ModelNode.Entry) -> ModelNode {
    let place = SourcePlace(file: entry.node.file, line: entry.line, path: "base")
    guard let base = base(named: entry.node, place) else {
      lacksFiles = true
      return own
    }
    var result = own
    var entries = base.entries
    for entry in own.entries {
      guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
        entries.append(entry)
        continue
      }
      let place = SourcePlace(file: entry.node.file, line: entry.line, path: entry.key)
      var entry = entry
      switch (entries[index].node.content, entry.node.content) {
      case (.table, .mapping):
        let over = entry.node
        entry = entries[index]
        entry.node = amended(entry.node, by: over, place)
      case (.mapping, .mapping) where entry.node["value"] == nil:
        let over = entry.node
        let said = over.entries.filter { ProvenanceScope.keys.contains($0.key) }
        entry = entries[index]
        entry.node = merged(
          entry.node, over, Self.nearer(said, over: statements(ofFile: over.file)), place)
      default: break
      }
      entries[index] = entry
    }
    result.content = .mapping(entries)
    return result
  }

  /// The tree of a base, its files and sources taken up; `nil` after a fault.
  private mutating func base(named node: ModelNode, _ place: SourcePlace) -> ModelNode? {
    guard let name = node.text, isInside(name, place) else {
      if node.text == nil {
        faults.record(place, "is \(node.kindInWords)", "name a folder beside the model's")
      }
      return nil
    }
    let candidates = [shown(name), beside(name)]
    guard
      let found = candidates.first(where: {
        FileManager.default.fileExists(atPath: "\($0)/model.yaml")
      })
    else {
      faults.record(place, "is no folder with a model.yaml", "there is no \(candidates[1])")
      return nil
    }
    var loader = DocumentLoader(folder: found, faults: faults)
    guard let root = loader.load() else { return nil }
    guard root["kind"]?.text == Self.baseKind else {
      faults.record(
        place, "names a model, not a base", "a base says kind: \(Self.baseKind) in its model.yaml")
      return nil
    }
    texts += loader.texts.map { ("\(name)/\($0.file)", $0.text) }
    fileScopes.merge(loader.fileScopes) { own, _ in own }
    fileStatements += loader.fileStatements
    lacksFiles = lacksFiles || loader.lacksFiles
    for (key, source) in loader.sources.sorted(by: { $0.key < $1.key }) {
      if let own = sources[key], own["citation"]?.text != source["citation"]?.text {
        faults.record(
          SourcePlace(file: own.file, line: own.line, path: key),
          "is another source in \(source.file)", "give one of them another key")
      }
      sources[key] = sources[key] ?? source
    }
    hasSources = hasSources || loader.hasSources
    return root
  }

  /// A table of the base with the cells that a model's `rows` names in place of its own.
  private func amended(
    _ base: ModelNode, by over: ModelNode, _ place: SourcePlace
  ) -> ModelNode {
    guard case .table(let header, var table) = base.content else { return base }
    let scope = (fileScopes[over.file] ?? ProvenanceScope()).entering(over)
    for entry in over.entries where !ProvenanceScope.keys.contains(entry.key) {
      let place = place.appending(entry.key, line: entry.line)
      guard entry.key == "rows", case .mapping(let rows) = entry.node.content else {
        faults.record(
          place, entry.key == "rows" ? "is \(entry.node.kindInWords)" : "amends nothing",
          "write rows: {ROW: {column: value}}, or table: for a table of your own")
        continue
      }
      let scope = scope.entering(entry.node)
      for row in rows where !ProvenanceScope.keys.contains(row.key) {
        let place = place.appending(row.key, line: row.line)
        guard let index = table.rowByKey[row.key] else {
          faults.record(
            place, "is no row of \(table.file)",
            remedy(
              for: row.key, among: table.rows.indices.map(table.key).sorted(), kind: "row"))
          continue
        }
        amend(&table, index, by: row.node, scope.entering(row.node), place)
      }
    }
    var result = base
    result.content = .table(header, table)
    return result
  }

  private func amend(
    _ table: inout TableData, _ row: Int, by node: ModelNode, _ scope: ProvenanceScope,
    _ place: SourcePlace
  ) {
    guard case .mapping(let cells) = node.content else {
      faults.record(place, "is \(node.kindInWords)", "write {column: value}")
      return
    }
    for cell in cells where !ProvenanceScope.keys.contains(cell.key) {
      let place = place.appending(cell.key, line: cell.line)
      guard let column = table.column(cell.key) else {
        faults.record(
          place, "is not a column of \(table.file)",
          remedy(for: cell.key, among: table.columns, kind: "column"))
        continue
      }
      guard let text = cell.node.text ?? cell.node["value"]?.text else {
        faults.record(place, "is \(cell.node.kindInWords)", "write a value")
        continue
      }
      var range: ClosedRange<Double>?
      if let ends = cell.node["range"] {
        range = Self.bounds(ends)
        if range == nil {
          faults.record(
            place.appending("range"), "is not a low and a high end",
            "write [low, high] in the unit of the column")
        }
      }
      table.rows[row].cells[column] = text.trimmed
      table.rows[row].amendments[column] = TableData.Amendment(
        scope: scope.entering(cell.node), range: range, place: place)
    }
  }

  private static func bounds(_ node: ModelNode) -> ClosedRange<Double>? {
    guard case .list(let ends) = node.content, ends.count == 2,
      let low = ends[0].text.flatMap({ Quantity($0) })?.value,
      let high = ends[1].text.flatMap({ Quantity($0) })?.value, low <= high
    else { return nil }
    return low...high
  }
}
