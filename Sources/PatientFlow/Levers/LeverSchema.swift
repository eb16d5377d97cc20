// SPDX-License-Identifier: GPL-3.0-or-later

/// What a lever is called, what it does, and its keys: what `yilian levers` lists, what forms are
/// made from, and what a model file is checked by.
package struct LeverSchema: Sendable {
  package var name: String
  /// In the words of the source documents' language.
  package var nameChinese: String
  /// Where it enters the flow, in two sentences at most; in English and in Chinese.
  package var mechanism: String
  package var mechanismChinese: String
  /// Rows of the claims of the source documents that it serves, such as `GY-036`.
  package var claims: [String]
  /// How well the size of what it does is known.
  package var evidence: LeverEvidence?
  package var keys: [LeverKey]

  package init(
    name: String, nameChinese: String = "", mechanism: String, mechanismChinese: String = "",
    claims: [String] = [], evidence: LeverEvidence? = nil, keys: [LeverKey]
  ) {
    self.name = name
    self.nameChinese = nameChinese
    self.mechanism = mechanism
    self.mechanismChinese = mechanismChinese
    self.claims = claims
    self.evidence = evidence
    self.keys = keys
  }
}

/// How well the size of what a lever does is known, and what that rests on.
package struct LeverEvidence: Sendable {
  package enum Grade: String, Sendable {
    /// Arithmetic of a rule, or a size that was measured and published.
    case a = "A"
    /// Derived from published figures, or reported by others than those who measured.
    case b = "B"
    /// Assumed; to be swept over its range.
    case c = "C"
  }

  package var grade: Grade
  /// What is known and what is not, in a line.
  package var basis: String
  package var basisChinese: String

  package init(_ grade: Grade, _ basis: String, chinese basisChinese: String) {
    self.grade = grade
    self.basis = basis
    self.basisChinese = basisChinese
  }
}

/// One key of a lever in the model's file.
package struct LeverKey: Sendable {
  package enum Kind: Sendable {
    /// A number in a unit (`""` without one) within a range.
    case number(unit: String, ClosedRange<Double>)
    case flag
    case choice([String])
    case institution
    case institutions
    case schemes
    case tiers
    /// Age groups of the population.
    case ages
    /// Long-term conditions of the population.
    case conditions
    /// Needs of the region.
    case needs
    case specialty
    case alliance
    /// A list of some of these words.
    case words([String])
    /// A list of `{above, rate}`: from an amount in CNY on, a share; amounts rising from the first.
    case bands
  }

  package var name: String
  package var kind: Kind
  package var meaning: String
  package var meaningChinese: String
  /// Whether a file may leave it out; what that means is said in ``meaning``.
  package var isOptional: Bool

  package init(
    _ name: String, _ kind: Kind, _ meaning: String, chinese meaningChinese: String = "",
    isOptional: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.meaning = meaning
    self.meaningChinese = meaningChinese
    self.isOptional = isOptional
  }
}

/// The values of a lever's keys.
package struct LeverSettings: Sendable {
  /// A share that applies to what lies above an amount, up to the next band.
  package struct Band: Sendable, Hashable {
    /// CNY.
    package var above: Double
    package var rate: Double

    package init(above: Double, rate: Double) {
      self.above = above
      self.rate = rate
    }
  }

  /// In the units of the schema; keys that were left out are not there.
  package var numbers: [String: Double] = [:]
  package var flags: [String: Bool] = [:]
  package var choices: [String: String] = [:]
  /// Rows of institutions; a single institution is a list of one.
  package var institutions: [String: [Int]] = [:]
  /// Rows of insurance schemes.
  package var schemes: [String: [Int]] = [:]
  package var tiers: [String: [Tier]] = [:]
  /// Rows of age groups.
  package var ages: [String: [Int]] = [:]
  /// Rows of long-term conditions.
  package var conditions: [String: [Int]] = [:]
  /// Rows of needs.
  package var needs: [String: [Int]] = [:]
  package var specialties: [String: Specialty] = [:]
  package var alliances: [String: Alliance] = [:]
  package var words: [String: [String]] = [:]
  package var bands: [String: [Band]] = [:]

  package init() {}

  package func number(_ key: String) -> Double {
    guard let value = numbers[key] else { preconditionFailure("lever key \(key) was not read") }
    return value
  }

  package func institution(_ key: String) -> Int {
    guard let value = institutions[key]?.first else {
      preconditionFailure("lever key \(key) was not read")
    }
    return value
  }
}
