// SPDX-License-Identifier: GPL-3.0-or-later

/// One row of a compiled expression, in postfix order: a value to put on the stack, or what to do
/// with the values on top of it. Conditions are 1 where they hold, else 0.
public struct ExpressionRow: BitwiseCopyable, Hashable, Sendable {
  public enum Kind: UInt8, BitwiseCopyable, Sendable {
    // Values.
    /// The row's own.
    case number
    /// Of the entity; operand: the attribute.
    case attribute
    /// Time units since time 0, since the entity entered, and spent waiting by it.
    case time, stayed, waited
    /// Hours since midnight, the day of the week from 1 (Monday), and whole days since time 0.
    case hour, weekday, day
    /// The entity's, from 1, the most urgent.
    case priority
    /// Whether the entity is of a class; operand: the class.
    case isClass
    /// Of a resource; operand: the resource.
    case free, queue, held, capacity
    // Of the value on top.
    case negate, not, floor, round, absolute, exponential, logarithm, squareRoot
    // Of the two on top.
    case add, subtract, multiply, divide, power, least, greatest
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, and, or
    /// Of three: a condition, the value where it holds, and the other.
    case choose
  }

  var kind: Kind
  var operand: UInt16 = 0
  var value = 0.0

  init(_ kind: Kind, operand: UInt16 = 0, value: Double = 0) {
    self.kind = kind
    self.operand = operand
    self.value = value
  }
}

/// A compiled expression: its rows in the table of all, and what it looks at.
public struct ExpressionRange: BitwiseCopyable, Hashable, Sendable {
  var first: UInt32
  var count: UInt32
  /// Whether its value changes with the clock alone.
  var readsClock: Bool

  /// Values on the stack at once at most; the compiler checks it.
  static let deepestStack = 64
}
