// SPDX-License-Identifier: GPL-3.0-or-later

/// Checks every `source`, `evidence`, `note` and `range-factor` of a tree, wherever it stands:
/// the words must be known, and each source must be an entry of `sources.yaml`.
struct ProvenanceCheck {
  let sources: [String: ModelNode]
  let hasSources: Bool
  let faults: FaultCollector

  func check(_ node: ModelNode, _ place: SourcePlace) {
    switch node.content {
    case .scalar, .empty: return
    case .list(let items):
      for (index, item) in items.enumerated() {
        check(item, place.appending(item.listName ?? "[\(index + 1)]", line: item.line))
      }
    case .mapping(let entries):
      check(entries, place)
    case .table(let entries, let table):
      check(entries, place)
      check(rowsOf: table)
    }
  }

  private func check(_ entries: [ModelNode.Entry], _ place: SourcePlace) {
    for entry in entries {
      let inner = place.appending(entry.key, line: entry.line, file: entry.node.file)
      switch entry.key {
      case "source": checkSource(entry.node, inner)
      case "evidence": checkEvidence(entry.node, inner)
      case "note":
        if entry.node.text == nil {
          faults.record(inner, "is \(entry.node.kindInWords)", "write a text")
        }
      case "range-factor":
        if ProvenanceScope.factorBounds(entry.node) == nil {
          faults.record(
            inner, "is not a pair of factors around 1", "write, for instance, [0.7, 1.3]")
        }
      default: check(entry.node, inner)
      }
    }
  }

  private func checkEvidence(_ node: ModelNode, _ place: SourcePlace) {
    guard let word = node.text else {
      faults.record(place, "is \(node.kindInWords)", "write \(Self.words.joined(separator: ", "))")
      return
    }
    checkEvidence(word, place)
  }

  private static let words = Evidence.allCases.filter { $0 != .scenario }.map(\.rawValue)

  private func checkEvidence(_ word: String, _ place: SourcePlace) {
    if !Self.words.contains(word) {
      faults.record(
        place, "\(word.quotedBriefly) is no kind of evidence",
        remedy(for: word, among: Self.words, kind: "kind of evidence"))
    }
  }

  private func checkSource(_ node: ModelNode, _ place: SourcePlace) {
    let citations = ProvenanceScope.citations(node)
    if citations.isEmpty {
      faults.record(place, "is \(node.kindInWords)", "name an entry of sources.yaml")
    }
    for citation in citations { checkKey(citation.key, place) }
  }

  private func checkKey(_ key: String, _ place: SourcePlace) {
    guard sources[key] == nil else { return }
    let known = sources.keys.sorted()
    faults.record(
      place, "\(key.quotedBriefly) is not in sources.yaml",
      hasSources
        ? remedy(for: key, among: known, kind: "source")
        : "the model has no sources.yaml; write one beside model.yaml")
  }

  private func check(rowsOf table: TableData) {
    let sourceColumn = table.column("source")
    let evidenceColumn = table.column("evidence")
    guard sourceColumn != nil || evidenceColumn != nil else { return }
    for row in table.rows {
      let place = SourcePlace(file: table.file, line: row.line, path: row.cells[table.keyColumn])
      if let evidenceColumn, !row.cells[evidenceColumn].isEmpty {
        checkEvidence(row.cells[evidenceColumn], place.appending("evidence"))
      }
      if let sourceColumn {
        for citation in ProvenanceScope.citations(row.cells[sourceColumn]) {
          checkKey(citation.key, place.appending("source"))
        }
      }
    }
  }
}
