// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// The program `dot` of Graphviz, where it is installed.
enum Graphviz {
  /// Draws a graph in the DOT language as SVG.
  ///
  /// - Throws: ``RunnerFault`` when `dot` is missing or fails, or the file cannot be written.
  static func writeSVG(_ dot: String, to path: String) throws {
    guard let program = ExternalProgram("dot") else {
      throw RunnerFault.machine(
        "\(path): SVG needs the program dot: install the Debian package graphviz, or write a file "
          + "that ends in .dot")
    }
    let output = try TextOutput(path)
    try output.close()
    let source = FileManager.default.temporaryDirectory
      .appendingPathComponent("yilian-\(ProcessInfo.processInfo.processIdentifier).dot")
    defer { try? FileManager.default.removeItem(at: source) }
    do { try Data(dot.utf8).write(to: source) } catch {
      throw RunnerFault.machine("\(source.path): cannot be written; is the disk full?")
    }
    let answer = try program.run(["-Tsvg", "-o", path, source.path])
    guard answer.status == 0 else { throw RunnerFault.machine("\(path): the program dot failed") }
  }
}
