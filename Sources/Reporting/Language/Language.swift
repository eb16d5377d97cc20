// SPDX-License-Identifier: GPL-3.0-or-later

/// The language of a printed table.
public enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case chinese = "zh"

  /// The language of the reader's locale: Chinese where the first of `LC_ALL`, `LC_MESSAGES` and
  /// `LANG` that is set names it, else English.
  public init(environment: [String: String]) {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    self = locale?.lowercased().hasPrefix("zh") == true ? .chinese : .english
  }
}

extension Language {
  /// Whether a text that an author wrote is in this language; of what has few letters nobody can tell, and it
  /// is.
  func isWritten(_ text: String) -> Bool {
    let han = text.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
    let latin = text.unicodeScalars.count { $0.isASCII && $0.properties.isAlphabetic }
    return switch self {
    case .english: han * 4 <= latin || han < 4
    case .chinese: han > 0 || latin < 20
    }
  }

  /// As pages name it.
  var tag: String {
    switch self {
    case .english: "en"
    case .chinese: "zh-CN"
    }
  }

  var other: Language { self == .english ? .chinese : .english }
}

extension String {
  /// Without the spaces that lines of Chinese, folded as YAML folds them, have between characters.
  var unfolded: String {
    func isWide(_ character: Character) -> Bool {
      character.unicodeScalars.allSatisfy {
        (0x3000...0x303F).contains($0.value) || (0x4E00...0x9FFF).contains($0.value)
          || (0xFF00...0xFF60).contains($0.value)
      }
    }
    let characters = Array(self)
    return String(
      characters.indices.filter { place in
        guard characters[place] == " ", place > 0, place + 1 < characters.count else { return true }
        return !isWide(characters[place - 1]) || !isWide(characters[place + 1])
      }.map { characters[$0] })
  }
}

/// A text in every language.
public struct Phrase: Hashable, Sendable {
  package var english: String
  package var chinese: String

  init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  public func text(_ language: Language) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }
}
