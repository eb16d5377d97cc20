// SPDX-License-Identifier: GPL-3.0-or-later

extension Character {
  /// Columns that the character takes on a terminal: two for Chinese characters and their kin.
  ///
  /// Source: Unicode Standard Annex 11, the classes W and F.
  var displayWidth: Int {
    guard let scalar = unicodeScalars.first?.value else { return 0 }
    switch scalar {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension StringProtocol {
  /// Columns that the text takes on a terminal.
  package var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

  /// The text in lines of at most `width` columns, broken at spaces or between Chinese characters.
  package func wrapped(to width: Int) -> [String] {
    var lines = [""]
    var used = 0
    for word in breakable {
      let size = word.displayWidth
      if used > 0, used + size > width {
        while lines[lines.count - 1].last == " " { lines[lines.count - 1].removeLast() }
        lines.append("")
        used = 0
        if word == " " { continue }
      }
      lines[lines.count - 1] += word
      used += size
    }
    return lines
  }

  /// Chinese punctuation that closes what stands before it.
  private static var neverBeginsALine: Set<Character> {
    ["。", "，", "；", "：", "、", "！", "？", "）", "》", "」", "』", "”", "’", "…"]
  }

  /// Words, the spaces between them, and wide characters one by one, with what closes them.
  private var breakable: [String] {
    var parts: [String] = []
    var isOpen = false
    for character in self {
      if Self.neverBeginsALine.contains(character), let last = parts.indices.last,
        parts[last] != " "
      {
        parts[last].append(character)
        isOpen = false
      } else if character == " " || character.displayWidth == 2 {
        parts.append(String(character))
        isOpen = false
      } else if isOpen {
        parts[parts.count - 1].append(character)
      } else {
        parts.append(String(character))
        isOpen = true
      }
    }
    return parts
  }
}
