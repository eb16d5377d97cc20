// SPDX-License-Identifier: GPL-3.0-or-later

/// A parameter that a distribution cannot have.
public struct DistributionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The distribution's name, such as "triangular".
  public var distribution: String
  /// The parameter's name, such as "mode" or "weights[2]".
  public var parameter: String
  /// What it was.
  public var value: Double
  /// What it may be, as in "greater than 0".
  public var allowed: String

  /// One sentence, as in "gamma: shape is -1.0; it must be a number greater than 0".
  public var description: String {
    "\(distribution): \(parameter) is \(value); it must be \(allowed)"
  }
}
