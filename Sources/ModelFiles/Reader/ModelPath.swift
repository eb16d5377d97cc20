// SPDX-License-Identifier: GPL-3.0-or-later

/// A path into a model: keys joined by dots, list items by their `name` (or `[n]` from 1 where they
/// have none), table cells as `table[row-key].column`.
public struct ModelPath: Hashable, Sendable {
  public enum Part: Hashable, Sendable {
    case key(String)
    /// What stands in brackets: a row's key, or an item's number.
    case bracket(String)

    var text: String {
      switch self {
      case .key(let name): name
      case .bracket(let name): "[\(name)]"
      }
    }
  }

  public let parts: [Part]

  /// Reads a path, or `nil` when it is not one: an empty part, a bracket that never closes.
  public init?(_ text: String) {
    var parts: [Part] = []
    var rest = text[...]
    var expectsKey = true
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let close = rest.firstIndex(of: "]"), !parts.isEmpty else { return nil }
        let name = rest[rest.index(after: rest.startIndex)..<close]
        guard !name.isEmpty else { return nil }
        parts.append(.bracket(String(name)))
        rest = rest[rest.index(after: close)...]
        expectsKey = false
      } else if rest.first == "." {
        guard !expectsKey else { return nil }
        rest.removeFirst()
        expectsKey = true
        guard !rest.isEmpty else { return nil }
      } else {
        guard expectsKey else { return nil }
        let key = rest.prefix(while: { $0 != "." && $0 != "[" })
        parts.append(.key(String(key)))
        rest = rest[key.endIndex...]
        expectsKey = false
      }
    }
    guard !parts.isEmpty else { return nil }
    self.parts = parts
  }

  init(parts: [Part]) { self.parts = parts }

  /// Whether this path is the other or lies inside it.
  public func isInside(_ other: ModelPath) -> Bool { parts.starts(with: other.parts) }

  /// What `range.PATH` sets by the place in its range; `nil` of any other path.
  var target: ModelPath? {
    guard parts.count > 1, parts[0] == .key("range") else { return nil }
    return ModelPath(parts: Array(parts.dropFirst()))
  }

  /// Whether both lead to one value, or one lies inside the other; `[*]` stands for every row.
  func overlaps(_ other: ModelPath) -> Bool {
    zip((target ?? self).parts, (other.target ?? other).parts).allSatisfy { mine, theirs in
      if case .bracket(let row) = mine, case .bracket(let other) = theirs {
        return row == other || row == Self.everyRow || other == Self.everyRow
      }
      return mine == theirs
    }
  }

  /// The path with `[*]` in the place of every row.
  var ofEveryRow: ModelPath {
    ModelPath(
      parts: parts.map { part in
        if case .bracket = part { .bracket(Self.everyRow) } else { part }
      })
  }

  static let everyRow = "*"
}

extension ModelPath: CustomStringConvertible {
  public var description: String {
    var text = ""
    for part in parts {
      if case .key = part, !text.isEmpty { text += "." }
      text += part.text
    }
    return text
  }
}
