// SPDX-License-Identifier: GPL-3.0-or-later

/// A model in the words of its files, for descriptions: what stands where, without its evidence.
extension ModelDocument {
  /// A named part of a section, and what the files say of it on one line.
  public struct OutlineItem: Hashable, Sendable {
    public var name: String
    public var text: String
    /// Of what is too long to be said: how much it is, in place of a text.
    public var size: Size?
  }

  /// How much a section or a table holds.
  public enum Size: Hashable, Sendable {
    case rows(Int, columns: [String])
    case values(Int)
  }

  /// The parts of a top-level section, in the order of the files; none where it is not there.
  ///
  /// Numbers stand as they are written, without source, evidence and range; tables as their size.
  public func outline(_ section: String) -> [OutlineItem] {
    guard let node = root[section] else { return [] }
    switch node.content {
    case .mapping(let entries):
      return entries.filter { !ProvenanceScope.keys.contains($0.key) }.map {
        OutlineItem(name: $0.key, text: $0.node.plainText)
      }
    case .list(let items):
      return items.enumerated().map { index, item in
        OutlineItem(
          name: item.listName ?? "\(index + 1)", text: item.without(["name"]).plainText)
      }
    case .table(_, let table):
      return [OutlineItem(name: section, text: "", size: Self.size(of: table))]
    case .scalar, .empty: return [OutlineItem(name: section, text: node.plainText)]
    }
  }

  /// Each pathway with its steps, as they are written.
  public var pathwaySteps: [(name: String, steps: [String])] {
    (root["pathways"]?.entries ?? []).compactMap { entry in
      guard case .list(let steps) = entry.node.content else { return nil }
      return (entry.key, steps.map { $0.plainText.trimmingBraces })
    }
  }

  /// The keys of `leave` steps, each once: how entities go.
  public var leaveReasons: [String] {
    var reasons: [String] = []
    for entry in root["pathways"]?.entries ?? [] {
      guard case .list(let steps) = entry.node.content else { continue }
      for reason in steps.compactMap({ $0["leave"]?.plainText }) where !reasons.contains(reason) {
        reasons.append(reason)
      }
    }
    return reasons
  }

  /// The top-level sections with what each holds: so many rows of a table, or values.
  public var sectionSizes: [OutlineItem] {
    let leaves = leaves()
    return root.entries.compactMap { entry in
      if case .table(_, let table) = entry.node.content {
        return OutlineItem(name: entry.key, text: "", size: Self.size(of: table))
      }
      let count = leaves.count {
        $0.path == entry.key || $0.path.hasPrefix(entry.key + ".")
          || $0.path.hasPrefix(entry.key + "[")
      }
      return count > 1 ? OutlineItem(name: entry.key, text: "", size: .values(count)) : nil
    }
  }

  /// The entries of `sources.yaml` by key, each with its citation.
  public var citations: [OutlineItem] {
    sources.sorted { $0.key < $1.key }.map { key, node in
      let text = [node["citation"]?.text ?? node["title"]?.text, node["licence"]?.text]
      return OutlineItem(name: key, text: text.compactMap { $0 }.joined(separator: "; "))
    }
  }

  private static func size(of table: TableData) -> Size {
    .rows(table.rows.count, columns: table.columns)
  }
}

/// Values of a model that share their evidence: one value, or a table's column.
public struct ParameterGroup: Sendable {
  /// With `[…]` where the keys of rows stood.
  public var path: String
  public var count: Int
  /// The value, or the least and the greatest.
  public var text: String
  /// Whether it is a number, and not a word or a date.
  public var isNumber: Bool
  public var unit: String
  public var provenance: Provenance
}

extension ModelDocument {
  /// Every value but the run settings, those of one column that share their source taken together.
  public func parameterGroups() -> [ParameterGroup] {
    var groups: [ParameterGroup] = []
    var ends: [ClosedRange<Double>?] = []
    var places: [String: Int] = [:]
    for leaf in leaves() where !leaf.path.hasPrefix("run.") {
      let path = Self.withoutRows(leaf.path)
      let evidence = leaf.provenance.evidence?.rawValue ?? ""
      let key = "\(path)\n\(evidence)\n\(leaf.provenance.sourceText)"
      if path != leaf.path, let place = places[key] {
        groups[place].path = path
        groups[place].count += 1
        groups[place].provenance.range = nil
        if let old = ends[place], let number = leaf.number {
          ends[place] = min(old.lowerBound, number)...max(old.upperBound, number)
        } else {
          ends[place] = nil
        }
        continue
      }
      places[key] = groups.count
      groups.append(
        ParameterGroup(
          path: leaf.path, count: 1, text: leaf.text, isNumber: leaf.number != nil,
          unit: leaf.unit, provenance: leaf.provenance))
      ends.append(leaf.number.map { $0...$0 })
    }
    for place in groups.indices where groups[place].count > 1 {
      groups[place].text =
        ends[place].map { "\(plainNumber($0.lowerBound)) … \(plainNumber($0.upperBound))" } ?? "…"
    }
    return groups
  }

  /// A path with `[…]` in the place of a row's key.
  private static func withoutRows(_ path: String) -> String {
    guard let parsed = ModelPath(path) else { return path }
    let parts = parsed.parts.map { part -> ModelPath.Part in
      if case .bracket = part { .bracket("…") } else { part }
    }
    return ModelPath(parts: parts).description
  }
}

extension ExperimentPlan {
  /// A text of the experiment's file, such as its `description`; `nil` of a model alone.
  public func experimentText(_ key: String) -> String? {
    guard let (file, text) = experimentText else { return nil }
    return YAMLReading.node(of: text, file: file, FaultCollector())?[key]?.text
  }
}

extension ModelNode {
  /// On one line, without source, evidence, note and range; of a number its value.
  fileprivate var plainText: String {
    switch content {
    case .table(_, let table): return "[… × \(table.rows.count)]"
    case .mapping(let entries):
      if let value = self["value"] { return value.plainText }
      let shown = entries.filter { !ProvenanceScope.keys.contains($0.key) }
      return "{" + shown.map { "\($0.key): \($0.node.plainText)" }.joined(separator: ", ") + "}"
    case .list(let items): return "[" + items.map(\.plainText).joined(separator: ", ") + "]"
    case .scalar, .empty: return flowText ?? ""
    }
  }

  fileprivate func without(_ keys: Set<String>) -> ModelNode {
    guard case .mapping(let entries) = content else { return self }
    var node = self
    node.content = .mapping(entries.filter { !keys.contains($0.key) })
    return node
  }
}

extension String {
  /// Without the braces of a mapping around it.
  fileprivate var trimmingBraces: String {
    hasPrefix("{") && hasSuffix("}") ? String(dropFirst().dropLast()) : self
  }
}
