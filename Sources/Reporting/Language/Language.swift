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
