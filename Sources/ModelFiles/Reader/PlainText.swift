// SPDX-License-Identifier: GPL-3.0-or-later

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  /// In quotation marks, cut after 40 letters, on one line: for messages.
  var quotedBriefly: String {
    let line = String(map { $0.isNewline || $0 == "\t" ? " " : $0 })
    return line.count <= 40 ? "“\(line)”" : "“\(line.prefix(39))…”"
  }
}

/// A number as a person writes it: no trailing `.0`, no exponent for everyday sizes.
package func plainNumber(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
  // A sum of shares reads 0.9, not 0.8999999999999999.
  let rounded = (value * 1e9).rounded() / 1e9
  return String(abs(rounded - value) <= 1e-12 * abs(value) ? rounded : value)
}
