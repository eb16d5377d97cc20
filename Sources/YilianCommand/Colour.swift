// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Reporting

/// Colours of a terminal: only where standard output is one, and nobody says NO_COLOR.
///
/// Source: https://no-color.org.
enum Colour: String {
  case green = "32"
  case red = "31"
  case dim = "2"

  static let isUsed: Bool = {
    let environment = ProcessInfo.processInfo.environment
    return isUsed(isTerminal: isatty(STDOUT_FILENO) == 1, environment)
  }()

  static func isUsed(isTerminal: Bool, _ environment: [String: String]) -> Bool {
    isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  func around(_ text: String) -> String {
    Self.isUsed ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }

  /// A verdict by what it says: its word tells the same without the colour.
  static func paint(_ text: String, _ tone: Finding.Tone) -> String {
    switch tone {
    case .up: green.around(text)
    case .down: red.around(text)
    case .none, .open: dim.around(text)
    }
  }

  /// Verdicts that stand at the end of lines.
  static func paint(_ text: String, _ verdicts: [(word: String, tone: Finding.Tone)]) -> String {
    guard isUsed else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let verdict = verdicts.first(where: { line.hasSuffix("  " + $0.word) }) else {
        return String(line)
      }
      return line.dropLast(verdict.word.count) + paint(verdict.word, verdict.tone)
    }.joined(separator: "\n")
  }
}
