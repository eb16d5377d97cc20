// SPDX-License-Identifier: GPL-3.0-or-later

extension ClaimPlace {
  /// Looks whether a model has at the place what the claim says.
  ///
  /// - Returns: What is wrong, and what would be right; `nil` where it holds.
  public func fault(in document: ModelDocument) -> Fault? {
    let found = ClaimWalk.spots(document.root, path.parts[...]).filter { !$0.isEmpty }
    guard !found.isEmpty else {
      if case .counts(0) = check, path.parts.contains(where: \.isEvery) { return nil }
      return unknown(in: document)
    }
    switch check {
    case .exists: return nil
    case .equals(let wanted):
      let spot = found[0]
      guard let text = spot.text else {
        return Fault(
          problem: "\(path) is no single value", remedy: "count it: \(model): \(path) # N")
      }
      return spot.has(wanted)
        ? nil : Fault(problem: "\(path) is \(text), not \(wanted)", remedy: "")
    case .counts(let wanted):
      let isOne = !path.parts.contains(where: \.isEvery)
      let count = found.reduce(0) { $0 + $1.count(isAlone: isOne) }
      return count == wanted
        ? nil : Fault(problem: "\(path) has \(count), not \(wanted)", remedy: "")
    case .matches(let value, let wanted):
      let count = found.reduce(0) { $0 + $1.items.count { $0.has(value) } }
      return count == wanted
        ? nil : Fault(problem: "\(path) has \(value) \(count) times, not \(wanted)", remedy: "")
    }
  }

  private func unknown(in document: ModelDocument) -> Fault {
    if case .unknown(let problem, let remedy) = TreeWalk(root: document.root).find(path),
      !path.parts.contains(where: \.isEvery)
    {
      return Fault(problem: "\(path) \(problem)", remedy: remedy)
    }
    // Of a path for every row the part before it says more.
    let before = ModelPath(parts: Array(path.parts.prefix { !$0.isEvery }))
    if !before.parts.isEmpty, ClaimWalk.spots(document.root, before.parts[...]).isEmpty,
      case .unknown(let problem, let remedy) = TreeWalk(root: document.root).find(before)
    {
      return Fault(problem: "\(before) \(problem)", remedy: remedy)
    }
    return Fault(
      problem: "\(path) leads to no value", remedy: "yilian describe lists what is there")
  }
}

/// Follows a path in which `[*]` may stand for every row, item or key.
private enum ClaimWalk {
  /// What a path leads to.
  enum Spot {
    case node(ModelNode)
    /// A row of a table.
    case row
    /// With the unit that the column's name tells.
    case cell(String, unit: String)

    var isEmpty: Bool {
      switch self {
      case .node(let node): if case .empty = node.content { true } else { false }
      case .row: false
      case .cell(let text, _): text.isEmpty
      }
    }

    /// A single value as it is written; `nil` of what holds several.
    var text: String? {
      switch self {
      case .node(let node): (node["value"] ?? node).flowText
      case .row: nil
      case .cell(let text, _): text
      }
    }

    /// - Parameter isAlone: Whether what is inside is counted; of many, only lists and tables count more than
    ///   once.
    func count(isAlone: Bool) -> Int {
      guard case .node(let node) = self else { return 1 }
      switch node.content {
      case .table(_, let table): return table.rows.count
      case .list(let items): return items.count
      case .mapping(let entries) where isAlone && node["value"] == nil:
        return entries.count { !ProvenanceScope.keys.contains($0.key) }
      case .mapping, .scalar, .empty: return 1
      }
    }

    /// The items of a list, else itself.
    var items: [Spot] {
      if case .node(let node) = self, case .list(let items) = node.content {
        return items.map { .node($0) }
      }
      return [self]
    }

    /// Whether it is a value: as a number with its unit where both are, as a flag, else as text.
    func has(_ wanted: String) -> Bool {
      guard let text else { return false }
      if let own = Quantity(text), let other = Quantity(wanted) {
        var (factor, dimension) = (own.factor, own.dimension)
        if own.unitText.isEmpty, !other.unitText.isEmpty, case .cell(_, let unit) = self,
          let told = parseUnit(unit)
        {
          (factor, dimension) = told
        }
        let (a, b) = (own.value * factor, other.value * other.factor)
        return dimension == other.dimension && abs(a - b) <= 1e-9 * max(abs(a), abs(b))
      }
      if let own = flagValue(text), let other = flagValue(wanted) { return own == other }
      return text.filter { !$0.isWhitespace } == wanted.filter { !$0.isWhitespace }
    }
  }

  static func spots(_ node: ModelNode, _ parts: ArraySlice<ModelPath.Part>) -> [Spot] {
    guard let part = parts.first else { return [.node(node)] }
    let rest = parts.dropFirst()
    switch node.content {
    case .mapping(let entries):
      return inside(entries, part, rest)
    case .list(let items):
      if part.isEvery { return items.flatMap { spots($0, rest) } }
      return TreeWalk.index(of: part, in: items).map { spots(items[$0], rest) } ?? []
    case .table(let entries, let table):
      let rows: [Int]
      if part.isEvery {
        rows = Array(table.rows.indices)
      } else if case .bracket(let key) = part {
        rows = table.rowByKey[key].map { [$0] } ?? []
      } else {
        return inside(entries, part, rest)
      }
      guard let last = rest.first else { return rows.map { _ in .row } }
      guard rest.count == 1, case .key(let name) = last, let column = table.column(name) else {
        return []
      }
      let unit = TableData.unit(ofColumn: name)
      return rows.map { .cell(table.rows[$0].cells[column], unit: unit) }
    case .scalar, .empty: return []
    }
  }

  private static func inside(
    _ entries: [ModelNode.Entry], _ part: ModelPath.Part, _ rest: ArraySlice<ModelPath.Part>
  ) -> [Spot] {
    if part.isEvery {
      return entries.filter { !ProvenanceScope.keys.contains($0.key) }
        .flatMap { spots($0.node, rest) }
    }
    guard case .key(let key) = part, let entry = entries.first(where: { $0.key == key }) else {
      return []
    }
    return spots(entry.node, rest)
  }
}
