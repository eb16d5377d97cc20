// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Puts policies of the library into a model that adopts them.
///
/// A policy of the library is one file, `policies/NAME.yaml` in the model's folder or beside it, with
/// its title, date, place, sources and levers. A model adopts it in one line:
///
///     adopt:
///       guiyang-transfer-rule: {in-force: no}
///
/// Whatever else the model says of it stands in place of what the file says, key by key; so
/// `adopt.guiyang-transfer-rule.policies.deductible.schemes` is a path like any other.
extension DocumentLoader {
  mutating func adoptPolicies(into root: inout ModelNode) {
    guard let index = root.entries.firstIndex(where: { $0.key == "adopt" }) else { return }
    var entries = root.entries
    guard case .mapping(let adopted) = entries[index].node.content else {
      faults.record(
        SourcePlace(file: entries[index].node.file, line: entries[index].line, path: "adopt"),
        "is \(entries[index].node.kindInWords)", "write one line a policy: NAME: {in-force: no}")
      return
    }
    entries[index].node.content = .mapping(
      adopted.compactMap { entry in
        // Provenance of the section itself, not a policy.
        guard !ProvenanceScope.keys.contains(entry.key) else { return entry }
        guard let policy = policy(named: entry.key, asked: entry) else { return nil }
        var entry = entry
        entry.node = merged(
          policy, entry.node, statements(ofFile: entry.node.file),
          SourcePlace(file: entry.node.file, line: entry.line, path: "adopt.\(entry.key)"))
        return entry
      })
    root.content = .mapping(entries)
  }

  /// The text of a policy in the library, its sources taken up; `nil` after a fault.
  private mutating func policy(named name: String, asked entry: ModelNode.Entry) -> ModelNode? {
    let place = SourcePlace(file: entry.node.file, line: entry.line, path: "adopt.\(name)")
    guard case .mapping = entry.node.content else {
      faults.record(place, "is \(entry.node.kindInWords)", "write {in-force: no} or more")
      return nil
    }
    let inside = "policies/\(name).yaml"
    let candidates = [shown(inside), beside(inside)]
    guard let path = candidates.first(where: FileManager.default.fileExists(atPath:)) else {
      let known = candidates.flatMap { candidate in
        let folder = (candidate as NSString).deletingLastPathComponent
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
          .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
      }
      faults.record(
        place, "is not a policy of the library",
        known.isEmpty
          ? "there is no \(candidates[1])"
          : remedy(for: name, among: Set(known).sorted(), kind: "policy"))
      return nil
    }
    guard let text = FileText.read(path, shown: path, asker: place, faults) else { return nil }
    texts.append((inside, text))
    guard var node = YAMLReading.node(of: text, file: path, faults) else { return nil }
    guard case .mapping(let all) = node.content else {
      faults.record(
        SourcePlace(file: path, line: node.line), "holds \(node.kindInWords)",
        "write sections: name: value")
      return nil
    }
    for source in node["sources"]?.entries ?? [] { take(source) }
    node.content = .mapping(all.filter { $0.key != "sources" })
    return node
  }

  /// A file of the folder that holds the model's, as messages name it.
  func beside(_ file: String) -> String {
    if folder.isEmpty || folder == "." { return "../\(file)" }
    let trimmed = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    if trimmed.hasSuffix("..") { return "\(trimmed)/../\(file)" }
    let parent = (trimmed as NSString).deletingLastPathComponent
    return parent.isEmpty ? file : parent == "/" ? "/\(file)" : "\(parent)/\(file)"
  }

  /// Takes up a source of a policy, beside the model's own.
  private mutating func take(_ source: ModelNode.Entry) {
    SourceEntry.check(source, faults)
    if let own = sources[source.key], own["citation"]?.text != source.node["citation"]?.text {
      faults.record(
        SourcePlace(file: source.node.file, line: source.line, path: "sources.\(source.key)"),
        "is another source in sources.yaml", "give one of them another key")
    }
    sources[source.key] = source.node
    hasSources = true
  }

  /// What the top level of a file says of where its numbers come from.
  func statements(ofFile file: String) -> [ModelNode.Entry] {
    fileStatements.first { $0.file == file }?.entries ?? []
  }

  /// A section with the entries of another in place of its own, key by key.
  ///
  /// A number that the model puts in place of the other's comes from where the model's file says,
  /// not from where the other's says: `statements` are what holds for it there.
  func merged(
    _ base: ModelNode, _ over: ModelNode, _ statements: [ModelNode.Entry], _ place: SourcePlace
  ) -> ModelNode {
    var result = base
    var entries = base.entries
    for entry in over.entries where !ProvenanceScope.keys.contains(entry.key) {
      var entry = entry
      let place = place.appending(entry.key, line: entry.line)
      let index = entries.firstIndex { $0.key == entry.key }
      if let index, case .mapping = entry.node.content,
        case .mapping = entries[index].node.content, entry.node["value"] == nil
      {
        let own = entry.node.entries.filter { ProvenanceScope.keys.contains($0.key) }
        entries[index].node = merged(
          entries[index].node, entry.node, Self.nearer(own, over: statements), place)
        continue
      }
      if !["start", "date"].contains(entry.key) { entry.node = carrying(statements, entry, place) }
      if let index { entries[index] = entry } else { entries.append(entry) }
    }
    result.content = .mapping(entries)
    return result
  }

  /// A value or section that says itself where its numbers come from, however it is moved.
  private func carrying(
    _ statements: [ModelNode.Entry], _ entry: ModelNode.Entry, _ place: SourcePlace
  ) -> ModelNode {
    var node = entry.node
    let number = node.text ?? node["value"]?.text
    let isNumber = number.map { Quantity($0) != nil } ?? false
    if isNumber, !(node.entries + statements).contains(where: { $0.key == "evidence" }) {
      faults.record(
        place, "is a number without evidence of its own",
        "write {value: \(number ?? ""), evidence: assumed, range: [low, high]}")
    }
    if case .mapping(let own) = node.content {
      let said = own.filter { ProvenanceScope.keys.contains($0.key) }
      node.content = .mapping(
        own.filter { !ProvenanceScope.keys.contains($0.key) }
          + Self.nearer(said, over: statements))
    } else if isNumber {
      let value = ModelNode.Entry(key: "value", line: entry.line, node: node)
      node.content = .mapping([value] + statements)
    }
    return node
  }

  /// Statements of provenance with nearer ones in their place; as everywhere, nearer evidence or a nearer
  /// source says that a note from farther out is of something else, and what is assumed has no source.
  static func nearer(
    _ near: [ModelNode.Entry], over far: [ModelNode.Entry]
  ) -> [ModelNode.Entry] {
    let keys = Set(near.map(\.key))
    let dropsSource =
      near.first { $0.key == "evidence" }?.node.text.flatMap(Evidence.init(rawValue:))?.grade == .c
    return near
      + far.filter { statement in
        if keys.contains(statement.key) { return false }
        switch statement.key {
        case "note": return !keys.contains("evidence") && !keys.contains("source")
        case "source": return !dropsSource
        default: return true
        }
      }
  }
}
