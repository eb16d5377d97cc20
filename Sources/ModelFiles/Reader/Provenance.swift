// SPDX-License-Identifier: GPL-3.0-or-later

/// How good the evidence for a number is.
public enum EvidenceGrade: String, Sendable, CaseIterable {
  case a = "A"
  case b = "B"
  case c = "C"
}

/// What stands behind a number.
public enum Evidence: String, Sendable, CaseIterable {
  /// Published by the body that owns the figure: a statistical office, an insurer's tariff.
  case official
  /// Measured and published with its method, usually peer-reviewed.
  case published
  /// Computed from official or published figures by a stated step.
  case derived
  /// Reported by someone who did not measure it: a newspaper, a review, a web page.
  case secondary
  /// Fitted so that the model meets an observation.
  case calibrated
  /// Chosen by the author of the model.
  case assumed
  /// Set by a scenario or on the command line, in place of the model's own value.
  case scenario

  /// A official or published, B derived or secondary, C calibrated or assumed; none for `scenario`.
  public var grade: EvidenceGrade? {
    switch self {
    case .official, .published: .a
    case .derived, .secondary: .b
    case .calibrated, .assumed: .c
    case .scenario: nil
    }
  }
}

/// One entry of `sources.yaml` that a number rests on, and the place in it.
public struct SourceCitation: Hashable, Sendable {
  /// The key in `sources.yaml`.
  public var key: String
  /// Table, page or section; empty when none is given.
  public var location: String

  /// Reads `key` or `key, location`.
  init(_ text: Substring) {
    let comma = text.firstIndex(of: ",")
    key = String((comma.map { text[..<$0] } ?? text)).trimmed
    location = comma.map { String(text[text.index(after: $0)...]).trimmed } ?? ""
  }
}

extension SourceCitation: CustomStringConvertible {
  public var description: String { location.isEmpty ? key : "\(key), \(location)" }
}

/// Where a number comes from: its sources, the kind of evidence, and how far it may be off.
public struct Provenance: Hashable, Sendable {
  public var sources: [SourceCitation] = []
  public var evidence: Evidence?
  /// The lowest and highest value thought possible, in the unit the value is written in.
  public var range: ClosedRange<Double>?
  public var note: String?

  public init(
    sources: [SourceCitation] = [], evidence: Evidence? = nil, range: ClosedRange<Double>? = nil,
    note: String? = nil
  ) {
    self.sources = sources
    self.evidence = evidence
    self.range = range
    self.note = note
  }

  public var grade: EvidenceGrade? { evidence?.grade }
  /// The sources as one text, for tables.
  public var sourceText: String { sources.map(\.description).joined(separator: "; ") }
}
