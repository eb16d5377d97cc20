// SPDX-License-Identifier: GPL-3.0-or-later

/// One value of a model with its path and where it comes from: a row of
/// `yilian describe --format parameters`.
public struct ModelLeaf: Sendable {
  public var path: String
  /// As it is written.
  public var text: String
  /// The number, in the unit written; `nil` for a text.
  public var number: Double?
  /// As written, or by the column's name; empty for plain numbers and texts.
  public var unit: String
  public var provenance: Provenance
  public var place: SourcePlace
}

extension ModelDocument {
  /// Every value of the model, in the order of its files.
  ///
  /// A list of plain values is one leaf, `[a, b]`. Provenance keys, ranges and the columns by which
  /// a table cites its sources are no leaves of their own, nor is what the documentation says.
  public func leaves() -> [ModelLeaf] {
    var leaves: [ModelLeaf] = []
    for entry in root.entries where entry.key != "documentation" {
      // A run's length is a choice, not evidence of anything.
      let scope = entry.key == "run" ? ProvenanceScope() : scope(ofFile: entry.node.file)
      LeafWalk.add(
        entry, SourcePlace(file: entry.node.file, line: entry.line, path: entry.key), scope,
        to: &leaves)
    }
    return leaves
  }
}

private enum LeafWalk {
  static func add(
    _ entry: ModelNode.Entry, _ place: SourcePlace, _ outer: ProvenanceScope,
    to leaves: inout [ModelLeaf]
  ) {
    let scope = outer.entering(entry.node)
    switch entry.node.content {
    case .empty: return
    case .scalar: leaves.append(leaf(entry.node, nil, place, scope))
    case .list(let items):
      if items.allSatisfy({ $0.text != nil }) {
        leaves.append(leaf(entry.node, nil, place, scope))
        return
      }
      for (index, item) in items.enumerated() {
        let name = item.listName ?? "[\(index + 1)]"
        add(
          ModelNode.Entry(key: name, line: item.line, node: item),
          place.appending(name, line: item.line), scope, to: &leaves)
      }
    case .mapping(let entries):
      if let value = entry.node["value"] {
        leaves.append(leaf(value, entry.node["range"], place, scope))
        return
      }
      for inner in entries where !ProvenanceScope.keys.contains(inner.key) {
        add(
          inner, place.appending(inner.key, line: inner.line, file: inner.node.file), scope,
          to: &leaves)
      }
    case .table(let entries, let table):
      add(table, entries, place, scope, to: &leaves)
    }
  }

  private static func add(
    _ table: TableData, _ entries: [ModelNode.Entry], _ place: SourcePlace,
    _ scope: ProvenanceScope, to leaves: inout [ModelLeaf]
  ) {
    let columnScopes = table.columns.map { name in
      entries.first { $0.key == "columns" }?.node[name].map(scope.entering) ?? scope
    }
    for row in table.rows {
      let rowPlace = SourcePlace(file: table.file, line: row.line, path: place.path)
        .appending("[\(row.cells[table.keyColumn])]")
      for (column, name) in table.columns.enumerated() {
        let text = row.cells[column]
        let isCitation = ["source", "evidence", "note"].contains(name)
        guard column != table.keyColumn, !isCitation, !text.isEmpty else { continue }
        let quantity = Quantity(text)
        let isOverridden = row.overrides[column] != nil
        let scope = quantity == nil ? ProvenanceScope() : columnScopes[column]
        let amendment = row.amendments[column]
        let provenance = (amendment?.scope ?? scope.entering(row: row, of: table)).provenance(
          value: quantity?.value, range: amendment?.range, isOverridden: isOverridden)
        let written = quantity?.unitText ?? ""
        leaves.append(
          ModelLeaf(
            path: rowPlace.appending(name).path, text: text, number: quantity?.value,
            unit: quantity == nil ? "" : written.isEmpty ? TableData.unit(ofColumn: name) : written,
            provenance: provenance,
            place: row.overrides[column] ?? amendment?.place ?? rowPlace.appending(name)))
      }
    }
  }

  private static func leaf(
    _ value: ModelNode, _ range: ModelNode?, _ place: SourcePlace, _ scope: ProvenanceScope
  ) -> ModelLeaf {
    let text = value.flowText ?? ""
    var quantity: Quantity?
    if case .scalar(let written, quoted: false) = value.content { quantity = Quantity(written) }
    var bounds: ClosedRange<Double>?
    if let quantity, case .list(let ends)? = range?.content, ends.count == 2,
      let low = ends[0].text.flatMap({ Quantity($0) }),
      let high = ends[1].text.flatMap({ Quantity($0) })
    {
      let a = low.value * low.factor / quantity.factor
      let b = high.value * high.factor / quantity.factor
      if a <= b { bounds = a...b }
    }
    let isOverridden = value.isOverridden
    var isNumeric = quantity != nil
    if case .list(let items) = value.content {
      isNumeric = items.allSatisfy { $0.text.flatMap { Quantity($0) } != nil }
    }
    let scope = isNumeric ? scope : ProvenanceScope()
    return ModelLeaf(
      path: place.path, text: text, number: quantity?.value, unit: quantity?.unitText ?? "",
      provenance: scope.provenance(
        value: quantity?.value, range: bounds, isOverridden: isOverridden),
      place: isOverridden
        ? SourcePlace(file: value.file, line: value.line, path: place.path) : place)
  }
}
