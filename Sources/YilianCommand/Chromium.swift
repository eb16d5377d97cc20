// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// The browser Chromium, which prints pages without a screen.
enum Chromium {
  private static let names = ["chromium", "chromium-browser", "google-chrome"]

  /// - Throws: ``RunnerFault`` when it is not installed, before anything is drawn.
  static func program() throws(RunnerFault) -> ExternalProgram {
    for name in names {
      if let program = ExternalProgram(name) { return program }
    }
    throw .machine(
      "a PDF needs the browser Chromium: install the Debian package chromium, or write a file that "
        + "ends in .html and print it")
  }

  static func print(_ page: String, to path: String, with chromium: ExternalProgram) throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appendingPathComponent("yilian-\(UUID().uuidString)")
    defer { try? manager.removeItem(at: folder) }
    let (source, printed) = (
      folder.appendingPathComponent("report.html"), folder.appendingPathComponent("report.pdf")
    )
    do {
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(page.utf8).write(to: source)
    } catch {
      throw RunnerFault.machine("\(folder.path): cannot be written; is the disk full?")
    }
    let answer = try chromium.run([
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--user-data-dir=\(folder.path)/profile", "--no-pdf-header-footer",
      "--print-to-pdf=\(printed.path)", "file://\(source.path)",
    ])
    guard answer.status == 0, let data = try? Data(contentsOf: printed) else {
      let why = answer.errors.split(separator: "\n").last.map(String.init) ?? "it says nothing"
      throw RunnerFault.machine("\(chromium.name) did not print the report: \(why)")
    }
    try OutputFile.write(data, to: path)
  }
}
