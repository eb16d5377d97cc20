// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of expressions, as the parser and the compiler know them: for readers of files, and for
/// whoever lists the language.
public enum ExpressionLanguage {
  /// Names of the entity's and the clock's values, and `yes` and `no`.
  public static let words =
    (Array(ExpressionCompiler.given.keys) + Array(ExpressionCompiler.constants.keys)).sorted()
  /// What may be asked of a resource, after a dot.
  public static let properties = ExpressionCompiler.properties.keys.sorted()
  public static let functions = (Array(ExpressionParser.functions.keys) + ["min", "max", "if"])
    .sorted()
  /// Signs and the words that stand like signs, the loosest first.
  public static let operators = [
    "or", "and", "not", "<", "<=", "==", "!=", ">=", ">", "+", "-", "*", "/", "^",
  ]
  /// Units of time that may follow a number.
  public static let units = ExpressionParser.units.sorted { $0.value < $1.value }.map(\.key)
}
