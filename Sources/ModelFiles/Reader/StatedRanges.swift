// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A number that states how far it may be off, in the unit in which it is written.
struct StatedRange: Sendable {
  /// As written, unit included.
  var text: String
  var value: Double
  var bounds: ClosedRange<Double>
  /// As written after the number; empty where nothing is.
  var unit: String

  /// The value at a place of the range: 0 and 1 are its ends, 0.5 is what the file states, and either
  /// side is gone through evenly.
  func text(at place: Double) -> String {
    if place == 0.5 { return text }
    let number =
      place == 0
      ? bounds.lowerBound
      : place == 1
        ? bounds.upperBound
        : place < 0.5
          ? bounds.lowerBound + (value - bounds.lowerBound) * 2 * place
          : value + (bounds.upperBound - value) * (2 * place - 1)
    let digits = String(format: "%.12g", number)
    return unit.isEmpty ? digits : "\(digits) \(unit)"
  }

  /// The place of a value; 0.5 where its side of the range has no width.
  func place(of number: Double) -> Double {
    let side =
      number < value ? value - bounds.lowerBound : bounds.upperBound - value
    return side > 0 ? 0.5 + (number - value) / (2 * side) : 0.5
  }
}

/// The ranges that the numbers of a model state, found when they are first asked for.
///
/// Sendable, because `found` is touched only while `lock` is held; the document never changes.
final class StatedRanges: @unchecked Sendable {
  private struct Index {
    var byPath: [String: StatedRange] = [:]
    /// Paths of cells, in the order of the file, by that of their column.
    var byColumn: [String: [ModelPath]] = [:]
  }

  private let document: ModelDocument?
  private let lock = NSLock()
  private var found: Index?

  init(of document: ModelDocument? = nil) { self.document = document }

  /// The numbers that a path leads to, with their ranges: one, or all of a column where a row is `[*]`.
  func ranges(at path: ModelPath) -> [(path: ModelPath, range: StatedRange)] {
    let index = index
    let paths = path == path.ofEveryRow ? index.byColumn[path.description] ?? [path] : [path]
    return paths.compactMap { path in index.byPath[path.description].map { (path, $0) } }
  }

  private var index: Index {
    lock.lock()
    defer { lock.unlock() }
    if let found { return found }
    var index = Index()
    for leaf in document?.leaves() ?? [] {
      guard let value = leaf.number, let bounds = leaf.provenance.range,
        let path = ModelPath(leaf.path)
      else { continue }
      index.byPath[path.description] = StatedRange(
        text: leaf.text, value: value, bounds: bounds, unit: Quantity(leaf.text)?.unitText ?? "")
      let column = path.ofEveryRow
      if column != path, leaf.provenance.grade != .a {
        index.byColumn[column.description, default: []].append(path)
      }
    }
    found = index
    return index
  }
}

extension ModelDocument {
  /// Where in its stated range a value lies, of a column its first cell; `nil` without a range.
  func placeInRange(of target: ModelPath) -> Double? {
    guard let (path, range) = ranges.ranges(at: target).first,
      let quantity = value(at: path.description).flatMap({ Quantity($0) }),
      let stated = Quantity(range.text)
    else { return nil }
    return range.place(of: quantity.value * quantity.factor / stated.factor)
  }

  /// Sets numbers to a place of their stated ranges; a fault if there is none, or no such place.
  mutating func put(
    _ target: ModelPath, at text: String, _ place: SourcePlace, _ faults: FaultCollector
  ) -> Bool {
    guard let quantity = Quantity(text), quantity.unitText.isEmpty, 0...1 ~= quantity.value else {
      faults.record(
        place, "is \(text.quotedBriefly)",
        "write a place of the range from 0 to 1; 0.5 is the stated value")
      return false
    }
    let found = ranges.ranges(at: target)
    guard !found.isEmpty else {
      recordNoRange(target, place, faults)
      return false
    }
    for (path, range) in found {
      var node = ModelNode(
        .scalar(range.text(at: quantity.value), quoted: false), file: place.file, line: place.line)
      node.isOverridden = true
      node.isPlaced = true
      _ = Self.replace(&root, path.parts[...], by: node, text: node.text ?? "", place)
    }
    return true
  }

  private func recordNoRange(_ target: ModelPath, _ place: SourcePlace, _ faults: FaultCollector) {
    if target.parts.contains(.bracket(ModelPath.everyRow)) {
      faults.record(
        place, "is no column of a table with ranges",
        "write range.TABLE[*].COLUMN; yilian describe --format assumptions lists them")
      return
    }
    switch TreeWalk(root: root).find(target) {
    case .unknown(let problem, let remedy): faults.record(place, problem, remedy)
    case .node, .cell:
      faults.record(
        place, "states no range",
        "add evidence and range: [low, high] to \(target) in the model, or set it without range.")
    }
  }
}
