// SPDX-License-Identifier: GPL-3.0-or-later

/// What is known of where numbers come from at one place of the tree: the nearest `source`,
/// `evidence`, `note` and `range-factor` seen on the way down from the file's top level.
struct ProvenanceScope: Sendable {
  /// The keys by which any section, table, column, row or number may say where it comes from.
  static let keys: Set<String> = ["source", "evidence", "note", "range-factor"]

  private var sources: [SourceCitation] = []
  private var evidence: Evidence?
  private var note: String?
  private var rangeFactor: ClosedRange<Double>?
  /// Whether a statement on the way is wrong, so that what it lacks says nothing more.
  private(set) var isBroken = false

  init() {}

  /// The scope inside a section, column or number that may speak for itself.
  ///
  /// A nearer `evidence` of grade C without a source of its own drops a source from farther out:
  /// what is assumed inside a census table is not the census's.
  func entering(_ node: ModelNode) -> ProvenanceScope {
    guard !node.entries.isEmpty else { return self }
    var inner = self
    let ownSource = node["source"].map(Self.citations)
    let ownEvidence = node["evidence"]?.text.flatMap(Evidence.init(rawValue:))
    if node["evidence"] != nil, ownEvidence == nil { inner.isBroken = true }
    if let ownEvidence {
      inner.evidence = ownEvidence
      if ownEvidence.grade == .c { inner.sources = [] }
      inner.note = nil
    }
    if let ownSource {
      inner.sources = ownSource
      inner.note = nil
    }
    if let text = node["note"]?.text { inner.note = text }
    if let factor = node["range-factor"] {
      inner.rangeFactor = Self.factorBounds(factor)
      if inner.rangeFactor == nil { inner.isBroken = true }
    }
    return inner
  }

  /// The scope of a CSV row, whose own columns speak nearest.
  func entering(row: TableData.Row, of table: TableData) -> ProvenanceScope {
    func cell(_ name: String) -> String? {
      guard let column = table.column(name) else { return nil }
      let text = row.cells[column]
      return text.isEmpty ? nil : text
    }
    var inner = self
    if let word = cell("evidence"), Evidence(rawValue: word) == nil { inner.isBroken = true }
    if let own = cell("evidence").flatMap(Evidence.init(rawValue:)) {
      inner.evidence = own
      if own.grade == .c { inner.sources = [] }
      inner.note = nil
    }
    if let own = cell("source") {
      inner.sources = Self.citations(own)
      inner.note = nil
    }
    if let own = cell("note") { inner.note = own }
    return inner
  }

  /// The provenance of a value written as `value`, with its own range if it gives one.
  func provenance(value: Double?, range: ClosedRange<Double>?, isOverridden: Bool) -> Provenance {
    if isOverridden { return Provenance(evidence: .scenario) }
    var bounds = range
    if bounds == nil, let value, let factor = rangeFactor {
      let ends = [value * factor.lowerBound, value * factor.upperBound]
      bounds = ends.min()!...ends.max()!
    }
    return Provenance(sources: sources, evidence: evidence, range: bounds, note: note)
  }

  static func citations(_ node: ModelNode) -> [SourceCitation] {
    switch node.content {
    case .scalar(let text, _): citations(text)
    case .list(let items): items.compactMap(\.text).flatMap(citations)
    case .mapping, .table, .empty: []
    }
  }

  static func citations(_ text: String) -> [SourceCitation] {
    text.split(separator: ";").map(SourceCitation.init).filter { !$0.key.isEmpty }
  }

  static func factorBounds(_ node: ModelNode) -> ClosedRange<Double>? {
    guard case .list(let ends) = node.content, ends.count == 2,
      let low = ends[0].text.flatMap({ Quantity($0) }), low.unitText.isEmpty,
      let high = ends[1].text.flatMap({ Quantity($0) }), high.unitText.isEmpty,
      low.value >= 0, low.value <= 1, high.value >= 1
    else { return nil }
    return low.value...high.value
  }
}
