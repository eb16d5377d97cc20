// SPDX-License-Identifier: GPL-3.0-or-later

/// How expressions count in one base dimension.
struct PowerRule {
  /// Of a number with a unit of time; a rate has the negative.
  var ofTime: Int
  /// Of a bare number; `nil`: it may count anything.
  var ofNumber: Int?
  var ofName: (String) -> Int?
  /// Whether both sides of a comparison must count the same.
  var checksComparisons: Bool
  /// What is said of two powers that do not go together.
  var fault: (_ one: Int, _ other: Int) -> ExpressionFault

  /// Time, in expressions of a run: attributes may count anything.
  static var ofTimeInRuns: PowerRule {
    PowerRule(
      ofTime: 1, ofNumber: 0,
      ofName: { name in
        switch name {
        case "time", "stayed", "waited": 1
        case "hour", "weekday", "day", "priority": 0
        default: nil
        }
      }, checksComparisons: false,
      fault: { _, _ in
        ExpressionFault(
          "adds or compares what counts time and what does not",
          "give each number that is a time its unit: 5 min")
      })
  }

  func power(
    _ kind: ExpressionRow.Kind, _ one: Int?, _ other: Int?
  ) throws(ExpressionFault) -> Int? {
    switch kind {
    case .add, .subtract, .least, .greatest: return try same(one, other)
    case .multiply: return one.flatMap { one in other.map { one + $0 } }
    case .divide: return one.flatMap { one in other.map { one - $0 } }
    case .power: return one == 0 ? 0 : nil
    case .and, .or: return 0
    default:
      // In a run a comparison may leave out the unit: stayed > 30, in the model's unit of time.
      if checksComparisons { _ = try same(one, other) }
      return 0
    }
  }

  func same(_ one: Int?, _ other: Int?) throws(ExpressionFault) -> Int? {
    guard let one, let other else { return one ?? other }
    guard one == other else { throw fault(one, other) }
    return one
  }
}
