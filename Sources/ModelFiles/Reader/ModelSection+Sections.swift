// SPDX-License-Identifier: GPL-3.0-or-later

extension ModelDocument {
  /// A new cursor on the whole model, with nothing asked yet.
  ///
  /// Also checks every statement of provenance in the tree.
  public func section(_ faults: FaultCollector) -> ModelSection {
    let check = ProvenanceCheck(sources: sources, hasSources: hasSources, faults: faults)
    for statement in fileStatements {
      check.check(statement, SourcePlace(file: statement.file, line: statement.line))
    }
    check.check(root, SourcePlace(file: root.file, line: root.line))
    return ModelSection(
      node: root, place: SourcePlace(file: root.file, line: root.line),
      scope: scope(ofFile: root.file),
      state: SectionState(SectionReading(self, faults), name: "", needsProvenance: true),
      isMissing: false)
  }
}

extension ModelDocument {
  /// A cursor whose numbers need no source: settings, and questions asked before a model is built.
  func settings(_ faults: FaultCollector) -> ModelSection {
    ModelSection(
      node: root, place: SourcePlace(file: root.file, line: root.line), scope: ProvenanceScope(),
      state: SectionState(SectionReading(self, faults), name: "", needsProvenance: false),
      isMissing: false)
  }
}

extension ModelSection {
  /// A section that must be there.
  public func section(_ key: String) -> ModelSection {
    guard let entry = required(key, example: "…") else { return missing(key) }
    return subsection(entry) ?? missing(key)
  }

  public func sectionIfPresent(_ key: String) -> ModelSection? {
    entry(key).map { subsection($0) ?? missing(key) }
  }

  /// A section of settings, whose numbers need no source: a run's length is a choice.
  public func settingsIfPresent(_ key: String) -> ModelSection? {
    entry(key).map { subsection($0, needsProvenance: false) ?? missing(key) }
  }

  /// A mapping of named sections, or a list of items that have a `name`, in the order written.
  public func sections(_ key: String) -> [(name: String, section: ModelSection)] {
    guard let entry = required(key, example: "…") else { return [] }
    return named(entry)
  }

  public func sectionsIfPresent(_ key: String) -> [(name: String, section: ModelSection)] {
    entry(key).map(named) ?? []
  }

  /// The items of a list of sections, named or not, in order.
  public func items(_ key: String) -> [ModelSection] {
    guard let entry = required(key, example: "[…]") else { return [] }
    guard case .list(let nodes) = entry.node.content else {
      reading.faults.record(placeOf(key), "is \(entry.node.kindInWords)", "write a list")
      return []
    }
    let list = listSection(entry)
    return nodes.enumerated().compactMap { index, node in
      let name = node.listName ?? "[\(index + 1)]"
      list.state.asked.insert(name)
      return list.subsection(ModelNode.Entry(key: name, line: node.line, node: node))
    }
  }

  /// Ends the asking: keys of this and all inner sections that nobody asked for become faults.
  public func finish() {
    let faults = reading.faults
    let known = state.asked.union(ProvenanceScope.keys)
    if !isMissing {
      var unmet = state.missing
      for entry in node.entries where !known.contains(entry.key) {
        let entryPlace = placeOf(entry)
        if let meant = nearestName(to: entry.key, among: unmet.keys.sorted()),
          let fault = unmet.removeValue(forKey: meant)
        {
          // The missing key is this one, misspelt: one line says both.
          faults.withdraw(fault)
          faults.record(entryPlace, "is not a key here", "did you mean \(meant)?")
          continue
        }
        if let remedy = state.remedyForUnknown?(entry.key) {
          faults.record(entryPlace, "is not a key here", remedy)
          continue
        }
        let written = Set(node.entries.map(\.key))
        let unwritten = state.asked.subtracting(written).sorted()
        faults.record(
          entryPlace, "is not a key here",
          unwritten.isEmpty
            ? "leave it out" : remedy(for: entry.key, among: unwritten, kind: "other key"))
      }
    }
    for child in state.children.values { child.finish() }
    for table in state.tables.values { table.finish() }
  }

  /// The keys that were asked of this section and of those within, by their paths, and the columns
  /// of tables.
  func addKeysAsked(to keys: inout [String: Set<String>]) {
    keys[place.path, default: []].formUnion(state.asked)
    for table in state.tables.values {
      keys["\(table.place.path)[]", default: []].formUnion(table.state.asked)
    }
    for child in state.children.values { child.addKeysAsked(to: &keys) }
  }

  // MARK: - How it does it

  /// The section of an entry, the same one each time it is asked for.
  func subsection(
    _ entry: ModelNode.Entry, needsProvenance: Bool? = nil
  ) -> ModelSection? {
    if let known = state.children[entry.key] { return known }
    guard case .mapping = entry.node.content else {
      reading.faults.record(
        placeOf(entry), "is \(entry.node.kindInWords)", "write a section: key: value lines under it"
      )
      return nil
    }
    return remembered(entry, entry.node, needsProvenance: needsProvenance)
  }

  private func remembered(
    _ entry: ModelNode.Entry, _ node: ModelNode, needsProvenance: Bool?
  ) -> ModelSection {
    let child = ModelSection(
      node: node, place: placeOf(entry), scope: scopeInside(entry),
      state: SectionState(
        reading, name: entry.key, needsProvenance: needsProvenance ?? state.needsProvenance),
      isMissing: false)
    state.children[entry.key] = child
    return child
  }

  /// The scope inside an entry; at the top level it begins with what the entry's file says.
  func scopeInside(_ entry: ModelNode.Entry) -> ProvenanceScope {
    let outer = place.path.isEmpty ? reading.document.scope(ofFile: entry.node.file) : scope
    return outer.entering(entry.node)
  }

  private func missing(_ key: String) -> ModelSection {
    ModelSection(
      node: ModelNode(.mapping([]), file: place.file, line: place.line), place: placeOf(key),
      scope: scope, state: SectionState(reading, name: key, needsProvenance: false),
      isMissing: true)
  }

  /// A list seen as a section of its items.
  private func listSection(_ entry: ModelNode.Entry) -> ModelSection {
    if let known = state.children[entry.key] { return known }
    guard case .list(let nodes) = entry.node.content else { return missing(entry.key) }
    var mapping = entry.node
    mapping.content = .mapping(
      nodes.enumerated().map { index, node in
        ModelNode.Entry(key: node.listName ?? "[\(index + 1)]", line: node.line, node: node)
      })
    return remembered(entry, mapping, needsProvenance: nil)
  }

  private func named(_ entry: ModelNode.Entry) -> [(name: String, section: ModelSection)] {
    switch entry.node.content {
    case .mapping(let entries):
      guard let section = subsection(entry) else { return [] }
      return entries.filter { !ProvenanceScope.keys.contains($0.key) }.compactMap { inner in
        section.state.asked.insert(inner.key)
        return section.subsection(inner).map { (inner.key, $0) }
      }
    case .list(let nodes):
      let section = listSection(entry)
      var seen = Set<String>()
      return nodes.enumerated().compactMap { index, node in
        guard let name = node.listName else {
          reading.faults.record(
            placeOf(entry).appending("[\(index + 1)]", line: node.line), "has no name",
            "every item here needs name: …")
          section.state.asked.insert("[\(index + 1)]")
          return nil
        }
        section.state.asked.insert(name)
        guard seen.insert(name).inserted else {
          reading.faults.record(
            section.place.appending(name, line: node.line), "is the name of two items",
            "give each its own")
          return nil
        }
        guard
          let item = section.subsection(
            ModelNode.Entry(key: name, line: node.line, node: node))
        else { return nil }
        item.state.asked.insert("name")
        return (name, item)
      }
    default:
      reading.faults.record(
        placeOf(entry), "is \(entry.node.kindInWords)", "write one named section after another")
      return []
    }
  }
}
