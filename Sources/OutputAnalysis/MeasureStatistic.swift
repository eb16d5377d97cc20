// SPDX-License-Identifier: GPL-3.0-or-later

/// What is taken of a measure's distribution instead of its mean, as the end of its name says:
/// `wait-p95`, `wait-share-over-30`.
public enum MeasureStatistic: Hashable, Sendable {
  /// The smallest value that at least this share does not exceed; written in per cent, `p95`.
  case quantile(Double)
  /// The share above a limit; with the unfinished ones, as far as they have come, or without them.
  case shareOver(Double, withUnfinished: Bool)

  static let unfinished = "-with-unfinished"

  /// Reads `p95`, `p99.9`, `share-over-30`, `share-over-0.5-with-unfinished`; `nil` for anything else.
  public init?(_ text: String) {
    func number(_ digits: Substring) -> Double? {
      guard let first = digits.first, first.isASCII, first.isNumber,
        digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), digits.last != "."
      else { return nil }
      return Double(digits).flatMap { $0 <= 1e9 ? $0 : nil }
    }
    if text.hasPrefix("p") {
      guard let percent = number(text.dropFirst()), percent > 0, percent < 100 else { return nil }
      self = .quantile(percent / 100)
    } else if text.hasPrefix("share-over-") {
      var digits = text.dropFirst("share-over-".count)
      let withUnfinished = digits.hasSuffix(Self.unfinished)
      if withUnfinished { digits = digits.dropLast(Self.unfinished.count) }
      guard let limit = number(digits) else { return nil }
      self = .shareOver(limit, withUnfinished: withUnfinished)
    } else {
      return nil
    }
  }

  /// How the catalogue writes the statistics that a measure has.
  public enum Family: String, Hashable, Sendable {
    case quantile = "pNN"
    case shareOver = "share-over-T"
    case shareOverWithUnfinished = "share-over-T-with-unfinished"
    /// Above a whole number.
    case shareOverCount = "share-over-N"

    /// A statistic of the kind, as an experiment asks for it.
    public var example: String {
      switch self {
      case .quantile: "p95"
      case .shareOver: "share-over-30"
      case .shareOverWithUnfinished: "share-over-30-with-unfinished"
      case .shareOverCount: "share-over-5"
      }
    }

    func has(_ statistic: MeasureStatistic) -> Bool {
      switch (self, statistic) {
      case (.quantile, .quantile): true
      case (.shareOver, .shareOver(_, withUnfinished: false)): true
      case (.shareOverWithUnfinished, .shareOver(_, withUnfinished: true)): true
      case (.shareOverCount, .shareOver(let limit, withUnfinished: false)):
        limit == limit.rounded()
      default: false
      }
    }
  }
}

extension MeasureDefinition {
  /// The statistic of this measure that a name asks for; `nil` when it asks for none that it has.
  public func statistic(named name: String) -> MeasureStatistic? {
    guard name.hasPrefix(self.name + "-"),
      let statistic = MeasureStatistic(String(name.dropFirst(self.name.count + 1)))
    else { return nil }
    return families.contains { $0.has(statistic) } ? statistic : nil
  }

  /// Whether values are observed under the name.
  public func observes(_ name: String) -> Bool {
    observedNames.contains(name) || statistic(named: name) != nil
  }

  /// The unit of what is observed under a name.
  public func unit(of name: String) -> String {
    if case .shareOver = statistic(named: name) { return "share" }
    return unit
  }
}
