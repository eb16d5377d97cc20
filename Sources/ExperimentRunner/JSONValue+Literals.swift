// SPDX-License-Identifier: GPL-3.0-or-later

// Literals, so that a large JSON text is written in the shape that it has.

extension JSONValue: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self = .text(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self = .integer(value) }
}

extension JSONValue: ExpressibleByFloatLiteral {
  public init(floatLiteral value: Double) { self = .number(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral {
  public init(booleanLiteral value: Bool) { self = .flag(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements) }
}

extension JSONValue {
  /// An object with further members, or others in the place of those of the same name.
  public func with(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    guard case .object(var all) = self else { return self }
    for (name, value) in members {
      if let place = all.firstIndex(where: { $0.0 == name }) {
        all[place].1 = value
      } else {
        all.append((name, value))
      }
    }
    return .object(all)
  }
}
