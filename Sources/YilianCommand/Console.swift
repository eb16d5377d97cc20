// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// Standard output and standard error.
enum Console {
  /// Writes a text to standard output and ends it with a line break if it has none.
  ///
  /// - Throws: ``RunnerFault`` when it cannot be written, as on a full disk.
  static func print(_ text: String) throws {
    let ended = text.hasSuffix("\n") || text.isEmpty ? text : text + "\n"
    do { try FileHandle.standardOutput.write(contentsOf: Data(ended.utf8)) } catch {
      throw RunnerFault.machine("standard output cannot be written")
    }
  }

  /// Writes lines to standard error.
  static func complain(_ lines: [String]) {
    write(lines.map { $0 + "\n" }.joined())
  }

  /// Writes to standard error as it stands.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  static let errorIsTerminal = isatty(STDERR_FILENO) == 1

  /// Columns of the terminal that tables are printed on; elsewhere those of `COLUMNS`, or 100.
  static var width: Int {
    var size = winsize()
    if isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    {
      return Int(size.ws_col)
    }
    let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
    return columns.flatMap { $0 >= 20 ? $0 : nil } ?? 100
  }
}
