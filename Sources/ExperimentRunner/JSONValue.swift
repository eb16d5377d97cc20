// SPDX-License-Identifier: GPL-3.0-or-later

/// A JSON text in the making; members of an object keep the order in which they are given.
public enum JSONValue: Sendable {
  case null
  case flag(Bool)
  case integer(Int)
  /// Written with as many digits as bring the same bits back; `null` when it is not finite, because
  /// JSON has no other word for it.
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([(String, JSONValue)])

  public static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

  /// An object of texts, ordered by key.
  public static func texts(_ pairs: [String: String]) -> JSONValue {
    .object(pairs.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
  }
}

extension JSONValue: CustomStringConvertible {
  /// On one line, without spaces.
  public var description: String {
    var text = ""
    write(to: &text, indent: nil)
    return text
  }

  /// On several lines, two spaces a level.
  public var indented: String {
    var text = ""
    write(to: &text, indent: 0)
    return text
  }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .integer(let value): text += "\(value)"
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .text(let value): Self.write(value, to: &text)
    case .list(let items):
      Self.write(items, "[", "]", to: &text, indent) { item, text, indent in
        item.write(to: &text, indent: indent)
      }
    case .object(let members):
      Self.write(members, "{", "}", to: &text, indent) { member, text, indent in
        Self.write(member.0, to: &text)
        text += indent == nil ? ":" : ": "
        member.1.write(to: &text, indent: indent)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], _ open: String, _ close: String, to text: inout String, _ indent: Int?,
    each: (Item, inout String, Int?) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: "  ", count: indent + 1) }
      each(item, &text, indent.map { $0 + 1 })
    }
    if let indent, !items.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  private static func write(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
