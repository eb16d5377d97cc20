// SPDX-License-Identifier: GPL-3.0-or-later

/// A cursor on one mapping of a model, through which a builder asks for typed values by key.
///
/// A missing or bad value is recorded as a fault and answered with a harmless placeholder, so that
/// a builder goes on and all faults come out at once. Keys nobody asked for are faults too: call
/// ``finish()`` on the outermost section when everything has been asked.
public struct ModelSection {
  let node: ModelNode
  /// Where the section stands.
  public let place: SourcePlace
  let scope: ProvenanceScope
  let state: SectionState
  /// A section that is not there: its fault is recorded, and reads from it record no more.
  public let isMissing: Bool

  /// The section's own key, or its `name` in a list; empty for the whole model.
  public var name: String { state.name }
  /// Its keys in the order written, without those of provenance.
  public var keys: [String] {
    node.entries.map(\.key).filter { !ProvenanceScope.keys.contains($0) }
  }
  var reading: SectionReading { state.reading }

  /// Whether the key is written, with a value or without.
  public func has(_ key: String) -> Bool { entry(key) != nil }

  /// Records a fault at a key (or at the section, when the key is not written).
  public func fault(_ key: String, _ problem: String, _ remedy: String = "") {
    guard !isMissing else { return }
    reading.faults.record(placeOf(key), problem, remedy)
  }

  /// Records a fault of the section as a whole.
  public func fault(_ problem: String, _ remedy: String = "") {
    guard !isMissing else { return }
    reading.faults.record(place, problem, remedy)
  }

  /// Something about a key that an author should know, which stops nothing.
  func warn(_ key: String, _ problem: String, _ remedy: String = "") {
    guard !isMissing else { return }
    reading.faults.warn(placeOf(key), problem, remedy)
  }

  /// Where one item of a key's list stands, if it is there.
  func placeOf(_ key: String, item: Int) -> SourcePlace {
    var place = placeOf(key)
    if case .list(let items)? = node.entry(key)?.node.content, items.indices.contains(item) {
      place.line = items[item].line
    }
    return place
  }

  /// Where a key stands; where it would stand, when it is not written.
  public func placeOf(_ key: String) -> SourcePlace {
    if let entry = node.entry(key) {
      return placeOf(entry)
    }
    return place.appending(key)
  }

  // MARK: - Words

  /// A text; one of the given words, if any are given.
  public func text(_ key: String, oneOf words: [String]? = nil) -> String {
    guard let entry = required(key, example: words?.first ?? "…") else { return words?.first ?? "" }
    return text(of: entry, words) ?? words?.first ?? ""
  }

  public func textIfPresent(_ key: String, oneOf words: [String]? = nil) -> String? {
    entry(key).flatMap { text(of: $0, words) }
  }

  /// `yes` or `no` (`true` and `false` are taken too).
  public func flag(_ key: String) -> Bool {
    guard let entry = required(key, example: "yes") else { return false }
    return flag(of: entry) ?? false
  }

  public func flagIfPresent(_ key: String) -> Bool? { entry(key).flatMap(flag(of:)) }

  /// A day, written `2020-07-23`.
  public func date(_ key: String) -> CalendarDate {
    let placeholder = CalendarDate(dayNumber: 0)
    guard let entry = required(key, example: "2020-07-23") else { return placeholder }
    return date(of: entry) ?? placeholder
  }

  public func dateIfPresent(_ key: String) -> CalendarDate? { entry(key).flatMap(date(of:)) }

  /// A list of texts; a single text is a list of one.
  public func texts(_ key: String) -> [String] {
    guard let entry = required(key, example: "[…]") else { return [] }
    return items(of: entry).compactMap { text(of: $0, nil) }
  }

  public func textsIfPresent(_ key: String) -> [String]? {
    entry(key).map { items(of: $0).compactMap { text(of: $0, nil) } }
  }

  // MARK: - Entries

  /// The entry of a key, which now counts as asked for.
  func entry(_ key: String) -> ModelNode.Entry? {
    state.asked.insert(key)
    return node.entry(key)
  }

  /// The entry of a key that must be there, with a value.
  func required(_ key: String, example: String) -> ModelNode.Entry? {
    if hasValue(key) { return entry(key) }
    reportMissing(
      key, has(key) ? "write \(key): \(example)" : "add \(key): \(example)")
    return nil
  }

  /// Whether a key is written with a value.
  func hasValue(_ key: String) -> Bool {
    guard let entry = entry(key) else { return false }
    if case .empty = entry.node.content { return false }
    return true
  }

  /// Records that a key which must be there has no value.
  func reportMissing(_ key: String, _ remedy: String) {
    guard !isMissing else { return }
    guard !has(key) else {
      reading.faults.record(placeOf(key), "has no value", remedy)
      return
    }
    let fault = ModelFault(place, "has no \(key)", remedy)
    state.missing[key] = fault
    reading.faults.record(fault)
  }

  /// The entries of a list, addressed by position; of a scalar, itself.
  func items(of entry: ModelNode.Entry) -> [ModelNode.Entry] {
    switch entry.node.content {
    case .list(let nodes):
      nodes.enumerated().map { index, node in
        ModelNode.Entry(key: "\(entry.key)[\(index + 1)]", line: node.line, node: node)
      }
    default: [entry]
    }
  }

  func placeOf(_ entry: ModelNode.Entry) -> SourcePlace {
    // A value that is set from outside stands there, and its provenance in the model.
    place.appending(
      entry.key, line: entry.line, file: (entry.node["value"] ?? entry.node).file)
  }

  private func text(of entry: ModelNode.Entry, _ words: [String]?) -> String? {
    guard let text = entry.node.text else {
      reading.faults.record(placeOf(entry), "is \(entry.node.kindInWords)", "write one text")
      return nil
    }
    if let words, !words.contains(text) {
      reading.faults.record(
        placeOf(entry), "\(text.quotedBriefly) is not known here",
        remedy(for: text, among: words, kind: "word"))
      return nil
    }
    return text
  }

  private func flag(of entry: ModelNode.Entry) -> Bool? {
    let value = entry.node["value"] ?? entry.node
    if let flag = value.text.flatMap(flagValue) { return flag }
    reading.faults.record(placeOf(entry), "is \(value.kindInWords)", "write yes or no")
    return nil
  }

  private func date(of entry: ModelNode.Entry) -> CalendarDate? {
    let value = entry.node["value"] ?? entry.node
    if let date = value.text.flatMap({ CalendarDate($0) }) { return date }
    reading.faults.record(
      placeOf(entry), "is \(value.kindInWords), no day of the calendar",
      "write year-month-day: 2020-07-23")
    return nil
  }
}

/// A yes or no as files write it.
func flagValue(_ text: String) -> Bool? {
  switch text {
  case "yes", "true", "Yes", "True": true
  case "no", "false", "No", "False": false
  default: nil
  }
}

/// What all sections of one reading share.
final class SectionReading {
  let faults: FaultCollector
  let document: ModelDocument

  init(_ document: ModelDocument, _ faults: FaultCollector) {
    self.document = document
    self.faults = faults
  }
}

/// What has been asked of one section; the same for every cursor on it.
final class SectionState {
  let reading: SectionReading
  let name: String
  /// Whether numbers must say where they come from: not in run settings.
  let needsProvenance: Bool
  var asked = Set<String>()
  var missing: [String: ModelFault] = [:]
  var children: [String: ModelSection] = [:]
  var tables: [String: ModelTable] = [:]
  /// What is to be said of a key that nobody asked for, where more is known than that.
  var remedyForUnknown: ((String) -> String?)?

  init(_ reading: SectionReading, name: String, needsProvenance: Bool) {
    self.reading = reading
    self.name = name
    self.needsProvenance = needsProvenance
  }
}
