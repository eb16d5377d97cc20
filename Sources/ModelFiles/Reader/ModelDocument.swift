// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A model's files read into one tree: `model.yaml`, its parts and tables, and `sources.yaml`.
///
/// Values are still text. A document is a value: scenarios copy it and ``set(_:to:at:_:)`` paths,
/// then a builder reads it through ``section(_:)``.
public struct ModelDocument: Sendable {
  /// The folder, as the user named it.
  public let folder: String
  /// The merged top level, without provenance keys and `parts`.
  public internal(set) var root: ModelNode
  /// Every file that was read, by its name inside the folder, in order of reading.
  public private(set) var texts: [(file: String, text: String)]
  /// The entries of `sources.yaml`.
  public private(set) var sources: [String: ModelNode]
  /// Whether there is a `sources.yaml`.
  public private(set) var hasSources: Bool
  /// The top-level provenance of each file.
  private(set) var fileScopes: [String: ProvenanceScope]
  /// What the top level of each file says of its own provenance.
  private(set) var fileStatements: [ModelNode]

  /// The scenario of an experiment whose settings are in the tree, if it sets anything.
  var scenario: String?
  /// The ranges that its numbers state, as the files have them.
  private(set) var ranges = StatedRanges()
  /// Whether a file of the tree could not be read: what is not there may stand in it.
  private(set) var lacksFiles: Bool

  /// Tells versions of the files apart; overrides do not count.
  public var digest: ModelDigest { ModelDigest(texts) }

  /// Reads a folder with a `model.yaml`.
  ///
  /// Faults of all its files are recorded; the document is `nil` only when there is no readable
  /// `model.yaml` at all.
  public init?(folder: String, _ faults: FaultCollector) {
    var loader = DocumentLoader(folder: folder, faults: faults)
    guard let root = loader.load() else { return nil }
    self.folder = folder
    self.root = root
    texts = loader.texts
    sources = loader.sources
    hasSources = loader.hasSources
    fileScopes = loader.fileScopes
    fileStatements = loader.fileStatements
    lacksFiles = loader.lacksFiles
    ranges = StatedRanges(of: self)
  }

  /// A file of settings alone, such as an experiment: no parts, no tables, no sources.
  init(settingsFile root: ModelNode) {
    folder = ""
    self.root = root
    texts = []
    sources = [:]
    hasSources = false
    fileScopes = [:]
    fileStatements = []
    lacksFiles = false
  }

  /// The kind of model: `network` or `region`, as its file says.
  public var kind: String? { root["kind"]?.text }

  /// The scope of provenance at the top of the file that holds a top-level section.
  func scope(ofFile file: String) -> ProvenanceScope { fileScopes[file] ?? ProvenanceScope() }
}

/// Reads the files of one folder.
struct DocumentLoader {
  let folder: String
  let faults: FaultCollector
  var texts: [(file: String, text: String)] = []
  var sources: [String: ModelNode] = [:]
  var hasSources = false
  var fileScopes: [String: ProvenanceScope] = [:]
  var fileStatements: [ModelNode] = []
  var lacksFiles = false

  init(folder: String, faults: FaultCollector) {
    self.folder = folder
    self.faults = faults
  }

  mutating func load() -> ModelNode? {
    guard var root = topLevel(of: "model.yaml", asker: nil) else { return nil }
    let parts = root.entry("parts")
    root.content = .mapping(root.entries.filter { $0.key != "parts" })
    if let parts { merge(parts.node, line: parts.line, into: &root) }
    let base = Self.takeBase(from: &root)
    loadSources()
    adoptPolicies(into: &root)
    let modelFile = shown("model.yaml")
    root = withTables(root, SourcePlace(file: modelFile, line: 1))
    if let base { root = resting(root, on: base) }
    return root
  }

  /// A file as messages name it: the folder as the user wrote it, then the file.
  func shown(_ file: String) -> String {
    if folder.isEmpty || folder == "." { return file }
    return folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)"
  }

  private mutating func text(of file: String, asker: SourcePlace?) -> String? {
    if texts.contains(where: { $0.file == file }) {
      return texts.first { $0.file == file }?.text
    }
    guard let text = FileText.read(shown(file), shown: shown(file), asker: asker, faults) else {
      return nil
    }
    texts.append((file, text))
    return text
  }

  /// The mapping of a file, its own provenance taken out and kept aside.
  private mutating func topLevel(of file: String, asker: SourcePlace?) -> ModelNode? {
    guard let text = text(of: file, asker: asker),
      let node = YAMLReading.node(of: text, file: shown(file), faults)
    else { return nil }
    guard case .mapping(let entries) = node.content else {
      faults.record(
        SourcePlace(file: shown(file), line: node.line), "holds \(node.kindInWords)",
        "write sections: name: value")
      return nil
    }
    fileScopes[shown(file)] = ProvenanceScope().entering(node)
    var rest = node
    rest.content = .mapping(entries.filter { !ProvenanceScope.keys.contains($0.key) })
    let statements = entries.filter { ProvenanceScope.keys.contains($0.key) }
    var statement = node
    statement.content = .mapping(statements)
    fileStatements.append(statement)
    return rest
  }

  private mutating func merge(_ parts: ModelNode, line: Int, into root: inout ModelNode) {
    let place = SourcePlace(file: parts.file, line: line, path: "parts")
    guard case .list(let items) = parts.content else {
      faults.record(place, "is \(parts.kindInWords)", "write a list of files: [care.yaml]")
      return
    }
    var entries = root.entries
    for item in items {
      let itemPlace = SourcePlace(file: item.file, line: item.line, path: "parts")
      guard let file = item.text else {
        faults.record(itemPlace, "has \(item.kindInWords)", "name a file")
        continue
      }
      guard isInside(file, itemPlace) else { continue }
      guard !texts.contains(where: { $0.file == file }) else {
        faults.record(itemPlace, "names \(file) again", "name each part once")
        continue
      }
      guard let part = topLevel(of: file, asker: itemPlace) else {
        lacksFiles = true
        continue
      }
      for entry in part.entries {
        if let earlier = entries.first(where: { $0.key == entry.key }) {
          faults.record(
            SourcePlace(file: part.file, line: entry.line, path: entry.key),
            "is given a second time",
            "the first is in \(earlier.node.file) on line \(earlier.line); keep one of them")
        } else {
          entries.append(entry)
        }
      }
    }
    root.content = .mapping(entries)
  }

  private mutating func loadSources() {
    let file = "sources.yaml"
    guard FileManager.default.fileExists(atPath: shown(file)) else { return }
    guard let text = text(of: file, asker: nil) else { return }
    hasSources = true
    guard let node = YAMLReading.node(of: text, file: shown(file), faults) else { return }
    guard case .mapping(let entries) = node.content else {
      faults.record(
        SourcePlace(file: shown(file), line: node.line), "holds \(node.kindInWords)",
        "write one section a source")
      return
    }
    for entry in entries {
      sources[entry.key] = entry.node
      SourceEntry.check(entry, faults)
    }
  }

  /// A file must lie in the model's folder, so that the folder is the whole model.
  func isInside(_ file: String, _ place: SourcePlace) -> Bool {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    if file.hasPrefix("/") || parts.contains("..") || parts.contains("") {
      faults.record(
        place, "names \(file.quotedBriefly)", "a model's files lie inside its own folder")
      return false
    }
    return true
  }

  /// The tree with the CSV file of every `table:` section read in.
  private mutating func withTables(_ node: ModelNode, _ place: SourcePlace) -> ModelNode {
    var result = node
    switch node.content {
    case .scalar, .empty, .table: return node
    case .list(let items):
      result.content = .list(
        items.enumerated().map { index, item in
          withTables(item, place.appending(item.listName ?? "[\(index + 1)]", line: item.line))
        })
    case .mapping(let entries):
      let place = SourcePlace(file: node.file, line: node.line, path: place.path)
      if let entry = entries.first(where: { $0.key == "table" }), let file = entry.node.text,
        file.lowercased().hasSuffix(".csv")
      {
        let asker = place.appending("table", line: entry.line)
        guard isInside(file, asker), let text = text(of: file, asker: asker),
          let table = CSVReading.table(
            of: text, file: shown(file), key: node["key"]?.text, asker: place, faults)
        else {
          // The fault is recorded; a table without rows keeps builders going.
          result.content = .table(
            entries,
            TableData(
              file: shown(file), columns: [], headerLine: 0, rows: [], keyColumn: 0, rowByKey: [:])
          )
          return result
        }
        result.content = .table(entries, table)
        return result
      }
      result.content = .mapping(
        entries.map { entry in
          var entry = entry
          entry.node = withTables(
            entry.node, place.appending(entry.key, line: entry.line, file: entry.node.file))
          return entry
        })
    }
    return result
  }
}

extension ModelNode {
  /// The name by which paths address this item of a list.
  var listName: String? { self["name"]?.text }
}

/// One entry of `sources.yaml`.
enum SourceEntry {
  static let keys = [
    "citation", "title", "author", "publisher", "year", "doi", "url", "archive", "accessed",
    "licence", "language", "file", "note",
  ]

  static func check(_ entry: ModelNode.Entry, _ faults: FaultCollector) {
    let place = SourcePlace(file: entry.node.file, line: entry.line, path: entry.key)
    guard case .mapping(let fields) = entry.node.content else {
      faults.record(place, "is \(entry.node.kindInWords)", "write at least its citation:")
      return
    }
    for field in fields where !keys.contains(field.key) {
      faults.record(
        place.appending(field.key, line: field.line), "is not a key of a source",
        remedy(for: field.key, among: keys, kind: "key"))
    }
    if entry.node["citation"]?.text == nil, entry.node["title"]?.text == nil {
      faults.record(place, "has no citation", "add citation: who, what, when")
    }
  }
}
