// SPDX-License-Identifier: GPL-3.0-or-later

/// Elements of a page; every text and attribute is escaped.
enum HTML {
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      // What no page may hold.
      case _ where scalar.value < 0x20 && !["\n", "\t"].contains(scalar): escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// An element around a text.
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String
  ) -> String {
    tag(name, attributes) + escaped(text) + "</\(name)>"
  }

  /// An element around elements, each on a line of its own.
  static func element(_ name: String, _ children: [String]) -> String {
    element(name, [:], children)
  }

  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String>, _ children: [String]
  ) -> String {
    ([tag(name, attributes)] + children + ["</\(name)>"]).joined(separator: "\n")
  }

  private static func tag(_ name: String, _ attributes: KeyValuePairs<String, String>) -> String {
    "<" + name + attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined() + ">"
  }
}
