// SPDX-License-Identifier: GPL-3.0-or-later

/// What an author writes where a number or a condition hangs on the state of a run: arithmetic,
/// comparisons and `and`, `or`, `not` over attributes, the clock and resources, such as
/// `severity > 2 and ward.free > 0`.
indirect enum Expression: Equatable, Sendable {
  case number(Double)
  /// A time, in seconds.
  case time(Double)
  /// A rate, in 1/s.
  case rate(Double)
  /// An attribute, or a name that the run gives a value, such as `hour`.
  case name(String)
  /// A property of a resource, such as `ward.free`.
  case property(of: String, String)
  /// Whether the entity is of a class.
  case isClass(String)
  case unary(ExpressionRow.Kind, Expression)
  case binary(ExpressionRow.Kind, Expression, Expression)
  /// The second where the first holds, else the third.
  case choice(Expression, Expression, Expression)
}

/// Why a text is not an expression, or not one that can be used where it stands.
public struct ExpressionFault: Error, Hashable, Sendable {
  public var problem: String
  public var remedy: String

  init(_ problem: String, _ remedy: String) {
    self.problem = problem
    self.remedy = remedy
  }
}
