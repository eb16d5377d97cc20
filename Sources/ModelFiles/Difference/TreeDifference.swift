// SPDX-License-Identifier: GPL-3.0-or-later

/// Walks two trees side by side.
struct TreeDifference {
  private(set) var list: [Difference] = []

  mutating func compare(_ old: ModelNode, _ new: ModelNode, _ path: String) {
    switch (old.content, new.content) {
    case (.table(let olds, let oldTable), .table(let news, let newTable)):
      compare(entries: olds, news, path)
      compare(oldTable, newTable, path)
    case (.mapping, .scalar), (.scalar, .mapping), (.mapping, .list), (.list, .mapping):
      guard old["value"] ?? new["value"] != nil else { return differ(old, new, path) }
      compareNumbers(old, new, path)
    case (.mapping(let olds), .mapping(let news)):
      guard old["value"] == nil, new["value"] == nil else {
        return compareNumbers(old, new, path)
      }
      compare(entries: olds, news, path)
    case (.list(let olds), .list(let news)): compare(lists: olds, news, old, new, path)
    default: differ(old, new, path)
    }
  }

  /// A number, of which either side may give its source and range beside it.
  private mutating func compareNumbers(_ old: ModelNode, _ new: ModelNode, _ path: String) {
    differ(old["value"] ?? old, new["value"] ?? new, path)
    compare(
      entries: old.entries.filter { $0.key != "value" },
      new.entries.filter { $0.key != "value" }, path)
  }

  private mutating func compare(
    entries olds: [ModelNode.Entry], _ news: [ModelNode.Entry], _ path: String
  ) {
    for entry in olds {
      let inner = Self.joined(path, entry.key)
      if let other = news.first(where: { $0.key == entry.key }) {
        compare(entry.node, other.node, inner)
      } else {
        list.append(Difference(path: inner, old: entry.node.brief, new: nil))
      }
    }
    for entry in news where !olds.contains(where: { $0.key == entry.key }) {
      list.append(Difference(path: Self.joined(path, entry.key), old: nil, new: entry.node.brief))
    }
  }

  // MARK: - Lists

  private mutating func compare(
    lists olds: [ModelNode], _ news: [ModelNode], _ old: ModelNode, _ new: ModelNode,
    _ path: String
  ) {
    if (olds + news).allSatisfy({ $0.text != nil }) {
      let isEqual =
        olds.count == news.count && zip(olds, news).allSatisfy { Self.areEqual($0, $1) }
      if !isEqual { list.append(Difference(path: path, old: old.brief, new: new.brief)) }
      return
    }
    let (oldNames, newNames) = (olds.compactMap(\.listName), news.compactMap(\.listName))
    guard oldNames.count == olds.count, newNames.count == news.count,
      Set(oldNames).count == olds.count, Set(newNames).count == news.count
    else { return align(olds, news, path) }
    compare(entries: Self.entries(olds, oldNames), Self.entries(news, newNames), path)
    let (common, reordered) = (
      oldNames.filter(newNames.contains), newNames.filter(oldNames.contains)
    )
    if common != reordered {
      list.append(
        Difference(
          path: path, old: "in the order " + common.joined(separator: ", "),
          new: "in the order " + reordered.joined(separator: ", ")))
    }
  }

  private static func entries(_ nodes: [ModelNode], _ names: [String]) -> [ModelNode.Entry] {
    zip(nodes, names).map { node, name in
      var item = node
      item.content = .mapping(node.entries.filter { $0.key != "name" })
      return ModelNode.Entry(key: name, line: node.line, node: item)
    }
  }

  /// Lists whose items have no names: those of equal text stay, and of what stands between them, two
  /// that begin with the same key are one that changed.
  private mutating func align(_ olds: [ModelNode], _ news: [ModelNode], _ path: String) {
    let steps = news.map(\.brief).difference(from: olds.map(\.brief))
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for step in steps {
      switch step {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var (i, j) = (0, 0)
    while i < olds.count || j < news.count {
      let isGone = removed.contains(i)
      let isNew = inserted.contains(j)
      if isGone, isNew, Self.areAlike(olds[i], news[j]) {
        compare(olds[i], news[j], "\(path)[\(j + 1)]")
        (i, j) = (i + 1, j + 1)
      } else if isGone {
        list.append(Difference(path: "\(path)[\(i + 1)]", old: olds[i].brief, new: nil))
        i += 1
      } else if isNew {
        list.append(Difference(path: "\(path)[\(j + 1)]", old: nil, new: news[j].brief))
        j += 1
      } else {
        (i, j) = (i + 1, j + 1)
      }
    }
  }

  private static func areAlike(_ old: ModelNode, _ new: ModelNode) -> Bool {
    guard let first = old.entries.first?.key, let other = new.entries.first?.key else {
      return false
    }
    return first == other && old.listName == new.listName
  }

  // MARK: - Tables

  private mutating func compare(_ old: TableData, _ new: TableData, _ path: String) {
    for column in old.columns where new.column(column) == nil {
      list.append(Difference(path: path, old: "the column \(column)", new: nil))
    }
    for column in new.columns where old.column(column) == nil {
      list.append(Difference(path: path, old: nil, new: "the column \(column)"))
    }
    for index in old.rows.indices {
      let key = old.key(index)
      guard let other = new.rowByKey[key] else {
        list.append(Difference(path: "\(path)[\(key)]", old: old.brief(row: index), new: nil))
        continue
      }
      for (column, name) in old.columns.enumerated() where column != old.keyColumn {
        guard let place = new.column(name) else { continue }
        let (before, after) = (old.rows[index].cells[column], new.rows[other].cells[place])
        if !Self.areEqual(before, after) {
          list.append(
            Difference(path: "\(path)[\(key)].\(name)", old: before, new: after, column: name))
        }
      }
    }
    for index in new.rows.indices where old.rowByKey[new.key(index)] == nil {
      list.append(
        Difference(path: "\(path)[\(new.key(index))]", old: nil, new: new.brief(row: index)))
    }
  }

  // MARK: - Values

  private mutating func differ(_ old: ModelNode, _ new: ModelNode, _ path: String) {
    if Self.areEqual(old, new) { return }
    list.append(Difference(path: path, old: old.brief, new: new.brief))
  }

  private static func areEqual(_ old: ModelNode, _ new: ModelNode) -> Bool {
    if case .scalar(let first, let isQuoted) = old.content,
      case .scalar(let second, let isOtherQuoted) = new.content, isQuoted == isOtherQuoted
    {
      return isQuoted ? first == second : areEqual(first, second)
    }
    return old.brief == new.brief
  }

  /// Whether two texts are the same, or the same number in two units.
  private static func areEqual(_ old: String, _ new: String) -> Bool {
    if old == new { return true }
    guard let first = Quantity(old), let second = Quantity(new),
      first.dimension == second.dimension
    else { return false }
    let (one, other) = (first.value * first.factor, second.value * second.factor)
    // 35 % and 0.35 may part in the last digit.
    return abs(one - other) <= 1e-12 * max(abs(one), abs(other))
  }

  private static func joined(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : key.hasPrefix("[") ? path + key : "\(path).\(key)"
  }
}

extension ModelNode {
  /// The node on one line; of a table, how large it is.
  fileprivate var brief: String {
    switch content {
    case .table(_, let table): return "a table of \(table.rows.count) rows"
    case .mapping(let entries):
      return "{" + entries.map { "\($0.key): \($0.node.brief)" }.joined(separator: ", ") + "}"
    case .list(let items): return "[" + items.map(\.brief).joined(separator: ", ") + "]"
    case .scalar, .empty: return flowText ?? ""
    }
  }
}

extension TableData {
  fileprivate func brief(row: Int) -> String {
    let cells = columns.indices.filter { $0 != keyColumn && !rows[row].cells[$0].isEmpty }
      .map { "\(columns[$0]): \(rows[row].cells[$0])" }
    return "{" + cells.joined(separator: ", ") + "}"
  }
}
