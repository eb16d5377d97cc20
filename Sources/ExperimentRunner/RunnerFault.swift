// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a run, a merge or a comparison could not be done.
public struct RunnerFault: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Cause: Sendable {
    /// What was asked for cannot be: another design, a file that exists, an unknown name.
    case invalidInput
    /// The machine failed: disk, permission, memory.
    case machine
  }

  public var cause: Cause
  /// One fault a line.
  public var lines: [String]

  public init(_ cause: Cause, _ lines: [String]) {
    self.cause = cause
    self.lines = lines
  }

  public static func invalid(_ line: String) -> RunnerFault { RunnerFault(.invalidInput, [line]) }
  public static func machine(_ line: String) -> RunnerFault { RunnerFault(.machine, [line]) }

  public var description: String { lines.joined(separator: "\n") }
}
