// SPDX-License-Identifier: GPL-3.0-or-later

/// A CSV table of a model, through whose rows a builder asks for typed cells by column.
///
/// Units stand in the columns' names (`travel_minutes`). A column nobody asked for is a fault.
public struct ModelTable {
  let data: TableData
  /// Where the table is named.
  public let place: SourcePlace
  let node: ModelNode
  let scope: ProvenanceScope
  let state: TableState

  /// The rows in the order of the file.
  public var rows: [ModelRow] { data.rows.indices.map { ModelRow(table: self, index: $0) } }
  public var columns: [String] { data.columns }
  /// The keys of the rows in the order of the file.
  public var keys: [String] { data.rows.indices.map(data.key) }

  public func row(_ key: String) -> ModelRow? {
    data.rowByKey[key].map { ModelRow(table: self, index: $0) }
  }

  public func has(column: String) -> Bool {
    state.asked.insert(column)
    return data.column(column) != nil
  }

  /// Records a fault of the table as a whole.
  public func fault(_ problem: String, _ remedy: String = "") {
    state.reading.faults.record(place, problem, remedy)
  }

  func finish() {
    // A table that could not be read, or without rows, has had its fault.
    guard !data.rows.isEmpty else { return }
    let known = state.asked.union(["source", "evidence", "note", data.columns[data.keyColumn]])
    for name in data.columns where !known.contains(name) {
      let unwritten = state.asked.subtracting(data.columns).sorted()
      state.reading.faults.record(
        SourcePlace(file: data.file, line: data.headerLine, path: name), "is not a column here",
        unwritten.isEmpty ? "leave it out" : remedy(for: name, among: unwritten, kind: "column"))
    }
    for entry in node["columns"]?.entries ?? [] where data.column(entry.key) == nil {
      state.reading.faults.record(
        place.appending("columns.\(entry.key)", line: entry.line),
        "is not a column of \(data.file)",
        remedy(for: entry.key, among: data.columns, kind: "column"))
    }
    let keys = ["table", "key", "columns"]
    for entry in node.entries
    where !keys.contains(entry.key) && !ProvenanceScope.keys.contains(entry.key) {
      state.reading.faults.record(
        place.appending(entry.key, line: entry.line), "is not a key of a table",
        remedy(for: entry.key, among: keys + ProvenanceScope.keys.sorted(), kind: "key"))
    }
  }

  /// The scope of a cell's provenance: column inside table, row nearest.
  func scope(row: Int, column: Int) -> ProvenanceScope {
    if let amendment = data.rows[row].amendments[column] { return amendment.scope }
    var inner = scope
    if let own = node["columns"]?[data.columns[column]] { inner = inner.entering(own) }
    return inner.entering(row: data.rows[row], of: data)
  }

  /// The column's number, asked for; a column that is not there is one fault, not one a row.
  func column(_ name: String, isRequired: Bool) -> Int? {
    state.asked.insert(name)
    if let column = data.column(name) { return column }
    if isRequired, !data.columns.isEmpty, state.missing.insert(name).inserted {
      state.reading.faults.record(
        SourcePlace(file: data.file, line: data.headerLine), "has no column \(name)",
        nearestName(to: name, among: data.columns).map { "is it the one called \($0)?" }
          ?? "add it")
    }
    return nil
  }
}

/// What has been asked of one table.
final class TableState {
  let reading: SectionReading
  let needsProvenance: Bool
  var asked = Set<String>()
  var missing = Set<String>()

  init(_ reading: SectionReading, needsProvenance: Bool) {
    self.reading = reading
    self.needsProvenance = needsProvenance
  }
}

extension ModelSection {
  /// A table that must be there: `{table: towns.csv, key: town}`.
  public func table(_ key: String) -> ModelTable {
    guard let entry = required(key, example: "{table: \(key).csv, key: …}") else {
      return emptyTable(key)
    }
    return table(of: entry) ?? emptyTable(key)
  }

  public func tableIfPresent(_ key: String) -> ModelTable? {
    entry(key).map { table(of: $0) ?? emptyTable(key) }
  }

  private func table(of entry: ModelNode.Entry) -> ModelTable? {
    if let known = state.tables[entry.key] { return known }
    guard case .table(_, let data) = entry.node.content else {
      reading.faults.record(
        placeOf(entry), "is \(entry.node.kindInWords), not a table",
        "write {table: \(entry.key).csv, key: …}")
      return nil
    }
    let table = ModelTable(
      data: data, place: placeOf(entry), node: entry.node, scope: scopeInside(entry),
      state: TableState(reading, needsProvenance: state.needsProvenance))
    state.tables[entry.key] = table
    return table
  }

  private func emptyTable(_ key: String) -> ModelTable {
    ModelTable(
      data: TableData(
        file: place.file, columns: [], headerLine: 0, rows: [], keyColumn: 0, rowByKey: [:]),
      place: placeOf(key), node: ModelNode(.mapping([]), file: place.file, line: place.line),
      scope: scope, state: TableState(reading, needsProvenance: false))
  }
}
