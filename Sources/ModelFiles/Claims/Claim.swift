// SPDX-License-Identifier: GPL-3.0-or-later

/// What a source document says of a place: a row of `claims.csv`, in our own words.
public struct Claim: Hashable, Sendable {
  /// What it says something of.
  public enum Kind: String, CaseIterable, Sendable { case input, lever, rule, outcome, target }

  /// What is made of it.
  public enum Use: String, CaseIterable, Sendable {
    /// It lives in a model, whose places are named.
    case placed
    /// An outcome that a model predicts and is judged by.
    case scored
    /// An outcome to which constants or a calibration were fitted.
    case fitted
    /// An aim, which is predicted and judges nothing.
    case target
    /// There is nothing in it to place in a model.
    case context
    /// An outcome beside which no result can be held.
    case notComparable = "not-comparable"
    /// A model would need a mechanism or a number that is not there.
    case unserved

    /// Whether results of an experiment are held beside it.
    public var isPredicted: Bool { [.scored, .fitted, .target].contains(self) }
  }

  /// Which results are held beside the claim, and how.
  public struct Question: Hashable, Sendable {
    /// What is predicted.
    public enum Comparison: String, CaseIterable, Sendable {
      /// The scenario's difference from its baseline, in per cent of the baseline.
      case relativeChange = "relative-change"
      /// The scenario's difference from its baseline, in the measure's unit.
      case change
      /// The scenario itself.
      case level
      /// Whether the scenario is above its baseline or below it.
      case direction
    }

    /// The file's name in the folder of experiments, without its ending.
    public var experiment: String
    public var scenario: String
    /// `visits`, `visits.city`, or `visits by tier=city`.
    public var measure: String
    public var comparison: Comparison

    package init(experiment: String, scenario: String, measure: String, comparison: Comparison) {
      self.experiment = experiment
      self.scenario = scenario
      self.measure = measure
      self.comparison = comparison
    }
  }

  public var id: String
  public var place: String
  public var placeChinese: String
  /// As written: a year, several, or words.
  public var year: String
  public var kind: Kind
  public var subject: String
  public var subjectChinese: String
  /// As written; ``observed`` of a claim that results are held beside.
  public var value: String
  public var unit: String
  public var comparedWith: String
  public var use: Use
  public var places: [ClaimPlace]
  public var question: Question?
  public var reason: String
  public var reasonChinese: String
  /// Where it is written.
  public var written: SourcePlace

  package init(
    id: String, place: String, placeChinese: String, year: String, kind: Kind, subject: String,
    subjectChinese: String, value: String, unit: String, comparedWith: String, use: Use,
    places: [ClaimPlace], question: Question?, reason: String, reasonChinese: String,
    written: SourcePlace
  ) {
    self.id = id
    self.place = place
    self.placeChinese = placeChinese
    self.year = year
    self.kind = kind
    self.subject = subject
    self.subjectChinese = subjectChinese
    self.value = value
    self.unit = unit
    self.comparedWith = comparedWith
    self.use = use
    self.places = places
    self.question = question
    self.reason = reason
    self.reasonChinese = reasonChinese
    self.written = written
  }

  /// The value as results are held beside it; `nil` where it is neither a number nor a direction.
  public var observed: ObservedValue? { ObservedValue(value) }
}

/// What was seen, or is aimed at.
public enum ObservedValue: Hashable, Sendable {
  /// How a number is meant.
  public enum Bound: Hashable, Sendable { case exactly, atLeast, atMost }
  public enum Direction: String, CaseIterable, Sendable { case up, down, none }

  /// In the claim's unit, with half a unit of its last digit.
  case number(Double, rounding: Double, Bound)
  case direction(Direction)

  /// Reads `-12`, `+94.6`, `51.47`, `>=35` or `up`, and of a direction with more words the direction.
  public init?(_ text: String) {
    let text = text.trimmed
    if let direction = Direction(rawValue: String(text.prefix { $0 != "," })) {
      self = .direction(direction)
      return
    }
    var (bound, digits) = (Bound.exactly, text[...])
    for (sign, meant) in [
      (">=", Bound.atLeast), ("<=", .atMost), (">", .atLeast), ("<", .atMost),
    ] where digits.hasPrefix(sign) {
      (bound, digits) = (meant, digits.dropFirst(sign.count))
      break
    }
    // A plus sign says a growth; a sign after a bound may, too.
    guard let quantity = Quantity(String(digits)), quantity.unitText.isEmpty else { return nil }
    self = .number(quantity.value, rounding: Self.rounding(digits.trimmed), bound)
  }

  /// Half a unit of the last digit written.
  private static func rounding(_ digits: String) -> Double {
    guard !digits.lowercased().contains("e") else { return 0 }
    let decimals = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first
    var unit = 0.5
    for _ in 0..<(decimals?.count ?? 0) { unit /= 10 }
    return unit
  }
}
