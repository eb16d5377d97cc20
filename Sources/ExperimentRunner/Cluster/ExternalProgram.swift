// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A program of the machine, found by `PATH`.
public struct ExternalProgram: Sendable {
  public let name: String
  public let path: String

  public struct Answer: Sendable {
    public var status: Int32
    public var output: String
    public var errors: String
  }

  /// - Returns: `nil` when no folder of `PATH` holds it.
  public init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let paths = folders.map { "\($0)/\(name)" }
    guard let path = paths.first(where: FileManager.default.isExecutableFile) else { return nil }
    self.name = name
    self.path = path
  }

  /// A program by its path.
  ///
  /// - Returns: `nil` when there is none that may be run.
  public init?(path: String) {
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    name = path
    self.path = path
  }

  /// Runs it to its end.
  ///
  /// - Parameter input: A file that is its standard input; `nil`: it has none.
  /// - Throws: ``RunnerFault`` when it cannot be started.
  public func run(
    _ arguments: [String], in folder: String? = nil, input: FileHandle? = nil
  ) throws(RunnerFault) -> Answer {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let output = Pipe()
    let errors = Pipe()
    process.standardInput = input ?? FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch {
      throw .machine("\(name): the program cannot be started")
    }
    // A pipe holds 64 KiB of complaints while the other is read to its end.
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Answer(
      status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
      errors: String(decoding: complained, as: UTF8.self))
  }
}
