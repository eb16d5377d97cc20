// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

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

  /// A file that cannot be made or written: a name that leads nowhere is the user's, all else the
  /// machine's.
  ///
  /// - Parameter reason: What the system said, as `errno` has it.
  public static func unwritable(_ path: String, _ reason: Int32) -> RunnerFault {
    let isName = [ENOENT, ENOTDIR, EISDIR, ENAMETOOLONG, EINVAL].contains(reason)
    if path.isEmpty { return .invalid("the name of a file to write is empty") }
    let line = "\(path): cannot be written: \(String(cString: strerror(reason)))"
    return isName ? .invalid(line) : .machine(line)
  }

  /// What hinders a folder from being made, where that is its name: a file that stands in its way.
  static func fileInTheWay(of folder: String) -> RunnerFault? {
    var path = URL(fileURLWithPath: folder).standardizedFileURL
    var isFolder: ObjCBool = false
    while !FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder),
      path.pathComponents.count > 1
    {
      path.deleteLastPathComponent()
    }
    return isFolder.boolValue ? nil : .invalid("\(folder): \(path.path) is a file, not a folder")
  }

  public var description: String { lines.joined(separator: "\n") }
}
