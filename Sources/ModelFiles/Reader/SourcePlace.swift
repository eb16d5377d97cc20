// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a value stands: the file as the user named it, its line, and its key path.
public struct SourcePlace: Hashable, Sendable {
  /// The file, as reached from the path the user gave; `--set` for a value from the command line.
  public var file: String
  /// The line, from 1; 0 where a line means nothing (a missing file).
  public var line: Int
  /// The path in the grammar of `--set`: `resources.doctor.capacity`, `towns[north].population`.
  public var path: String

  public init(file: String, line: Int = 0, path: String = "") {
    self.file = file
    self.line = line
    self.path = path
  }

  /// The place of a key inside this one.
  public func appending(_ key: String, line: Int? = nil, file: String? = nil) -> SourcePlace {
    let longer = path.isEmpty ? key : key.hasPrefix("[") ? path + key : path + "." + key
    return SourcePlace(file: file ?? self.file, line: line ?? self.line, path: longer)
  }
}

extension SourcePlace: CustomStringConvertible {
  /// `file:line: path`, without what is unknown.
  public var description: String {
    let position = line > 0 ? "\(file):\(line)" : file
    return path.isEmpty ? position : "\(position): \(path)"
  }
}
