// SPDX-License-Identifier: GPL-3.0-or-later

/// What the source of a study says that its model gives: a row of `published.csv`.
public struct PublishedValue: Hashable, Sendable {
  /// The key of the row.
  public var name: String
  public var measure: String
  /// Empty for the whole.
  public var dimension: String
  public var member: String
  /// What the value is divided by, replication by replication; `nil` when by nothing.
  public var divisor: Divisor?
  /// What the model is changed by before it is run, and its window, such as `run.warm-up`.
  public var settings: [ExperimentPlan.Setting]
  /// In the unit of the measure.
  public var value: Double
  /// Half the unit of the last digit that was printed; 0 for a value that is exact.
  public var rounding: Double
  /// The bias that a replication must rule out, besides the rounding.
  public var tolerance: Double
  /// Printed in its source (`published`), or computed from a formula in it (`derived`).
  public var evidence: Evidence
  public var sources: [SourceCitation]
  public var note: String

  /// Another measure of the same run, of the whole or of one member of a dimension.
  public struct Divisor: Hashable, Sendable {
    public var measure: String
    public var dimension = ""
    public var member = ""
  }

  /// Half the width of the band about the value in which a mean must lie.
  public var band: Double { rounding + tolerance }
}

/// The published values of a study.
public struct PublishedValues: Sendable {
  /// The file, inside the folder of its model.
  public static let file = "published.csv"

  /// In the order of the file.
  public let rows: [PublishedValue]
  /// The text of each source that a row names, by its key.
  public let citations: [String: String]
}

extension ModelDocument {
  /// A source as a reader would write it: citation or title, then its DOI or address.
  func citation(_ key: String) -> String {
    guard let source = sources[key] else { return key }
    let text = (source["citation"] ?? source["title"])?.text ?? key
    if let identifier = source["doi"]?.text { return "\(text), doi:\(identifier)" }
    return source["url"]?.text.map { "\(text), \($0)" } ?? text
  }
}
