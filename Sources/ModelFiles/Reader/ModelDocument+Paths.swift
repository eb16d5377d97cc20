// SPDX-License-Identifier: GPL-3.0-or-later

extension ModelDocument {
  /// The text that stands at a path: of a scalar, of a number's `value`, of a table's cell.
  public func value(at path: String) -> String? {
    guard let path = ModelPath(path) else { return nil }
    if let target = path.target { return placeInRange(of: target).map(Factor.digits) }
    switch TreeWalk(root: root).find(path) {
    case .node(let node): return (node["value"] ?? node).flowText
    case .cell(let table, let row, let column): return table.rows[row].cells[column]
    case .unknown: return nil
    }
  }

  /// Where a path stands; the model's first line when it leads nowhere.
  func place(of path: String) -> SourcePlace {
    var place = SourcePlace(file: root.file, line: root.line, path: path)
    var node = root
    for part in ModelPath(path)?.parts ?? [] {
      guard case .key(let key) = part, let entry = node.entry(key) else { break }
      place.line = entry.line
      place.file = entry.node.file
      node = entry.node
    }
    return place
  }

  /// Puts a value in place of the one at a path, as a scenario or the command line asks.
  ///
  /// A plain text stands for itself; a text in `[]` or `{}` is read as YAML. The value's evidence
  /// becomes `scenario`. A path that leads nowhere is a fault with the nearest name.
  ///
  /// - Parameters:
  ///   - place: where the setting is written: the experiment file and line, or `--set`.
  /// - Returns: Whether the path was there.
  @discardableResult
  public mutating func set(
    _ path: String, to value: String, at place: SourcePlace, _ faults: FaultCollector
  ) -> Bool {
    set(path, to: value, at: place, creating: [], faults)
  }

  /// - Parameter creating: top-level keys that may be set without being written.
  @discardableResult
  mutating func set(
    _ path: String, to value: String, at place: SourcePlace, creating: Set<String>,
    _ faults: FaultCollector
  ) -> Bool {
    let place = SourcePlace(file: place.file, line: place.line, path: path)
    guard let parsed = ModelPath(path) else {
      faults.record(
        place, "is not a path", "join keys by dots; a table's cell is table[row].column")
      return false
    }
    if let target = parsed.target { return put(target, at: value, place, faults) }
    guard let node = Self.node(of: value, place, faults) else { return false }
    if parsed.parts.count == 2, parsed.parts[0] == .key("run"),
      case .key(let key) = parsed.parts[1], RunSettings.keys.contains(key)
    {
      setRun(ModelNode.Entry(key: key, line: node.line, node: node))
      return true
    }
    if parsed.parts.count == 1, creating.contains(path), root[path] == nil {
      root.content = .mapping(
        root.entries + [ModelNode.Entry(key: path, line: node.line, node: node)])
      return true
    }
    switch TreeWalk(root: root).find(parsed) {
    case .unknown(let problem, let remedy):
      faults.record(place, problem, remedy)
      return false
    case .node, .cell:
      return Self.replace(&root, parsed.parts[...], by: node, text: value, place)
    }
  }

  /// Puts a run setting in its place, whether it was written or not: it has a default.
  mutating func setRun(_ setting: ModelNode.Entry) {
    var entries = root.entries
    let index = entries.firstIndex { $0.key == "run" }
    var run = index.map { entries[$0].node } ?? ModelNode(.mapping([]), file: root.file, line: 1)
    run.content = .mapping(run.entries.filter { $0.key != setting.key } + [setting])
    if let index {
      entries[index].node = run
    } else {
      entries.append(ModelNode.Entry(key: "run", line: 1, node: run))
    }
    root.content = .mapping(entries)
  }

  /// Of batches and replications, which exclude each other, what is set above takes the place of
  /// what stands below.
  mutating func makeWay(for keys: [String]) {
    for (one, other) in [("batches", "replications"), ("replications", "batches")]
    where keys.contains(one) && !keys.contains(other) {
      guard let index = root.entries.firstIndex(where: { $0.key == "run" }) else { continue }
      var entries = root.entries
      let run = entries[index].node
      guard case .mapping = run.content else { continue }
      entries[index].node.content = .mapping(run.entries.filter { $0.key != other })
      root.content = .mapping(entries)
    }
  }

  private static func node(
    of text: String, _ place: SourcePlace, _ faults: FaultCollector
  ) -> ModelNode? {
    let trimmed = text.trimmed
    guard trimmed.first == "[" || trimmed.first == "{" else {
      var node = ModelNode(.scalar(trimmed, quoted: false), file: place.file, line: place.line)
      node.isOverridden = true
      return node
    }
    let inner = FaultCollector()
    guard let node = YAMLReading.node(of: trimmed, file: place.file, inner), inner.isEmpty else {
      faults.record(
        place, "has the value \(trimmed.quotedBriefly), which is not YAML",
        inner.sorted.first?.problem ?? "")
      return nil
    }
    return node.overridden(at: place)
  }

  /// Replaces what `path` leads to; the walk has shown that it is there.
  static func replace(
    _ node: inout ModelNode, _ path: ArraySlice<ModelPath.Part>, by new: ModelNode, text: String,
    _ place: SourcePlace
  ) -> Bool {
    guard let part = path.first else {
      if case .mapping(var entries) = node.content, case .scalar = new.content,
        let index = entries.firstIndex(where: { $0.key == "value" })
      {
        entries[index].node = new
        node.content = .mapping(entries)
      } else {
        node = new
      }
      return true
    }
    let rest = path.dropFirst()
    switch node.content {
    case .table(let entries, var table):
      if case .bracket(let row) = part, let index = table.rowByKey[row],
        case .key(let name)? = rest.first, let column = table.column(name)
      {
        table.rows[index].cells[column] = text.trimmed
        table.rows[index].overrides[column] = place
        if new.isPlaced {
          table.rows[index].placed.insert(column)
        } else {
          table.rows[index].placed.remove(column)
        }
        node.content = .table(entries, table)
        return true
      }
      return replaceEntry(&node, part, rest, by: new, text: text, place)
    case .mapping:
      return replaceEntry(&node, part, rest, by: new, text: text, place)
    case .list(var items):
      guard let index = TreeWalk.index(of: part, in: items) else { return false }
      let done = replace(&items[index], rest, by: new, text: text, place)
      node.content = .list(items)
      return done
    case .scalar, .empty: return false
    }
  }

  private static func replaceEntry(
    _ node: inout ModelNode, _ part: ModelPath.Part, _ rest: ArraySlice<ModelPath.Part>,
    by new: ModelNode, text: String, _ place: SourcePlace
  ) -> Bool {
    var entries = node.entries
    guard case .key(let key) = part, let index = entries.firstIndex(where: { $0.key == key })
    else { return false }
    let done = replace(&entries[index].node, rest, by: new, text: text, place)
    if rest.isEmpty { entries[index].line = place.line }
    switch node.content {
    case .table(_, let table): node.content = .table(entries, table)
    default: node.content = .mapping(entries)
    }
    return done
  }
}

/// Follows a path through a tree without changing it.
struct TreeWalk {
  enum Found {
    case node(ModelNode)
    case cell(TableData, row: Int, column: Int)
    case unknown(problem: String, remedy: String)
  }

  let root: ModelNode

  static func index(of part: ModelPath.Part, in items: [ModelNode]) -> Int? {
    switch part {
    case .key(let name): items.firstIndex { $0.listName == name }
    case .bracket(let name):
      Int(name).flatMap { items.indices.contains($0 - 1) ? $0 - 1 : nil }
        ?? items.firstIndex { $0.listName == name }
    }
  }

  func find(_ path: ModelPath) -> Found { find(path, looksDeeper: true) }

  /// - Parameter looksDeeper: Whether a key that is not there is looked for a level further down.
  private func find(_ path: ModelPath, looksDeeper: Bool) -> Found {
    var node = root
    var done: [ModelPath.Part] = []
    var rest = path.parts[...]
    while let part = rest.first {
      rest = rest.dropFirst()
      switch node.content {
      case .mapping(let entries):
        guard case .key(let key) = part, let entry = entries.first(where: { $0.key == key }) else {
          return unknown(
            part, after: done, rest, known: entries.map(\.key), brackets: false,
            deeper: looksDeeper ? Self.deeper(entries, part, after: done, rest) : [])
        }
        node = entry.node
      case .table(let entries, let table):
        if case .bracket(let row) = part {
          guard let index = table.rowByKey[row] else {
            return unknown(
              part, after: done, rest, known: table.rows.indices.map(table.key), brackets: true)
          }
          done.append(part)
          guard case .key(let name)? = rest.first, rest.count == 1 else {
            return .unknown(
              problem: "names a row", remedy: "name a cell: \(ModelPath(parts: done)).column")
          }
          guard let column = table.column(name) else {
            return unknown(
              rest.first!, after: done, rest.dropFirst(), known: table.columns, brackets: false)
          }
          return .cell(table, row: index, column: column)
        }
        guard case .key(let key) = part, let entry = entries.first(where: { $0.key == key }) else {
          return .unknown(
            problem: "is not in the model",
            remedy: "a cell of this table is \(ModelPath(parts: done))[row].column")
        }
        node = entry.node
      case .list(let items):
        guard let index = Self.index(of: part, in: items) else {
          return unknown(
            part, after: done, rest, known: items.compactMap(\.listName), brackets: false)
        }
        node = items[index]
      case .scalar, .empty:
        return .unknown(
          problem: "is not in the model", remedy: "\(ModelPath(parts: done)) holds one value")
      }
      done.append(part)
    }
    if case .table = node.content {
      return .unknown(
        problem: "is a table", remedy: "name one of its cells: \(path)[row].column")
    }
    return .node(node)
  }

  /// The paths by which the rest of one that leads nowhere is found in an entry of the node where it
  /// ends, or in a list there: `doctor.shifts.mornings.capacity` for `doctor.capacity`.
  private static func deeper(
    _ entries: [ModelNode.Entry], _ part: ModelPath.Part, after done: [ModelPath.Part],
    _ rest: ArraySlice<ModelPath.Part>
  ) -> [ModelPath] {
    // Of the whole model, any section may hold the key by chance.
    guard !done.isEmpty else { return [] }
    return entries.flatMap { entry -> [ModelPath] in
      var places: [(parts: [ModelPath.Part], node: ModelNode)] = [([.key(entry.key)], entry.node)]
      if case .list(let items) = entry.node.content {
        places = items.enumerated().map { index, item in
          ([.key(entry.key), item.listName.map { .key($0) } ?? .bracket("\(index + 1)")], item)
        }
      }
      return places.compactMap { place in
        let tail = [part] + rest
        guard
          case .node = TreeWalk(root: place.node).find(
            ModelPath(parts: tail), looksDeeper: false)
        else { return nil }
        return ModelPath(parts: done + place.parts + tail)
      }
    }
  }

  private func unknown(
    _ part: ModelPath.Part, after done: [ModelPath.Part], _ rest: ArraySlice<ModelPath.Part>,
    known: [String], brackets: Bool, deeper: [ModelPath] = []
  ) -> Found {
    let name =
      switch part {
      case .key(let name), .bracket(let name): name
      }
    let known = known.filter { !ProvenanceScope.keys.contains($0) }
    if let near = nearestName(to: name, among: known) {
      let meant = ModelPath(parts: done + [brackets ? .bracket(near) : .key(near)] + rest)
      return .unknown(problem: "is not in the model", remedy: "did you mean \(meant)?")
    }
    if let first = deeper.first {
      let others = deeper.count == 1 ? "" : ", or another of \(deeper.count) such values there"
      return .unknown(problem: "is not in the model", remedy: "write \(first)\(others)")
    }
    let holder = done.isEmpty ? "the model" : ModelPath(parts: done).description
    return .unknown(
      problem: "is not in the model",
      remedy: known.isEmpty
        ? "\(holder) has nothing in it"
        : "\(holder) has \(listed(known, like: name))")
  }
}

extension ModelNode {
  /// This node and all inside it, marked as set from outside.
  func overridden(at place: SourcePlace) -> ModelNode {
    var node = self
    node.file = place.file
    node.line = place.line
    node.isOverridden = true
    switch content {
    case .mapping(let entries):
      node.content = .mapping(
        entries.map { entry in
          Entry(key: entry.key, line: place.line, node: entry.node.overridden(at: place))
        })
    case .list(let items): node.content = .list(items.map { $0.overridden(at: place) })
    case .scalar, .table, .empty: break
    }
    return node
  }

  /// The value on one line, as it could be written for `--set`.
  var flowText: String? {
    switch content {
    case .scalar(let text, let quoted):
      return quoted && (Quantity(text) != nil || text.isEmpty) ? "\"\(text)\"" : text
    case .list(let items):
      let texts = items.compactMap(\.flowText)
      return texts.count == items.count ? "[\(texts.joined(separator: ", "))]" : nil
    case .mapping(let entries):
      let texts = entries.compactMap { entry in
        entry.node.flowText.map { "\(entry.key): \($0)" }
      }
      return texts.count == entries.count ? "{\(texts.joined(separator: ", "))}" : nil
    case .table: return nil
    case .empty: return ""
    }
  }
}
