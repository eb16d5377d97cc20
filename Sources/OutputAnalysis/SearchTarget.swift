// SPDX-License-Identifier: GPL-3.0-or-later

/// What a search makes the least or the most of, and the difference that matters.
public struct SearchAim: Hashable, Sendable {
  public var series: MeasureSeries
  /// In the measure's unit.
  public var difference: Double
  /// The difference as it was written.
  private var written: String

  /// Whether the difference was written in per cent, which only a share is in.
  public var isInPerCent: Bool { written.hasSuffix("%") }

  /// Reads `fund-spend-per-head ± 2`, `wait by resource=doctor +- 0.5` or, of a share,
  /// `primary-visit-share ± 0.5 %`; `nil` for anything else.
  public init?(_ text: String) {
    guard let (head, width, written) = SearchTarget.split(text), let series = MeasureSeries(head)
    else { return nil }
    self.series = series
    difference = width
    self.written = written
  }
}

extension SearchAim: CustomStringConvertible {
  public var description: String { "\(series) ± \(written)" }
}

/// What a search must reach: a bound on a measure, or on its change against the model as it is.
public struct SearchTarget: Hashable, Sendable {
  public var series: MeasureSeries
  /// Whether the bound is on the change.
  public var isChange: Bool
  public var isAtLeast: Bool
  /// In the measure's unit.
  public var bound: Double
  /// The miss that does not matter, in the same unit.
  public var tolerance: Double
  /// Both as they were written.
  private var boundText: String
  private var toleranceText: String

  /// Whether a number was written in per cent, which only a share is in.
  public var isInPerCent: Bool { boundText.hasSuffix("%") || toleranceText.hasSuffix("%") }

  /// Reads `primary-visit-share >= 65 % ± 0.5 %`, `out-of-pocket-per-head <= 900 ± 5` or
  /// `change of primary-visit-share >= 5 % ± 0.5 %` (points, where the measure is a share); `nil` for
  /// anything else.
  public init?(_ text: String) {
    guard let (head, width, toleranceText) = Self.split(text) else { return nil }
    guard let sign = ["<=", ">=", "≤", "≥"].first(where: { head.contains($0) }) else { return nil }
    isAtLeast = sign == ">=" || sign == "≥"
    let sides = head.components(around: sign)
    guard sides.count == 2, let bound = Self.number(sides[1]) else { return nil }
    let word = "change of "
    isChange = sides[0].hasPrefix(word)
    guard let series = MeasureSeries(isChange ? String(sides[0].dropFirst(word.count)) : sides[0])
    else { return nil }
    self.series = series
    self.bound = bound
    tolerance = width
    boundText = sides[1]
    self.toleranceText = toleranceText
  }

  /// What stands before `±`, and the positive number after it, as it is and as it was written.
  static func split(_ text: String) -> (head: String, width: Double, written: String)? {
    for sign in ["±", "+-"] {
      let parts = text.components(around: sign)
      guard parts.count == 2 else { continue }
      guard let width = number(parts[1]), width > 0 else { return nil }
      return (parts[0], width, parts[1])
    }
    return nil
  }

  /// A plain number, or one of per cent.
  private static func number(_ text: String) -> Double? {
    let isShare = text.hasSuffix("%")
    let digits = isShare ? String(text.dropLast()).components(around: " ")[0] : text
    guard let value = Double(digits), value.isFinite else { return nil }
    return isShare ? value / 100 : value
  }
}

extension SearchTarget: CustomStringConvertible {
  public var description: String {
    "\(isChange ? "change of " : "")\(series) \(isAtLeast ? ">=" : "<=") \(boundText) ± "
      + toleranceText
  }
}

extension String {
  /// What stands on either side of a mark, without blanks at the ends.
  fileprivate func components(around mark: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let place = rest.firstRange(of: mark) {
      parts.append(String(rest[..<place.lowerBound]))
      rest = rest[place.upperBound...]
    }
    return (parts + [String(rest)]).map { part in
      let blank: (Character) -> Bool = { $0 == " " }
      let tail = part.drop(while: blank)
      return String(tail.reversed().drop(while: blank).reversed())
    }
  }
}
