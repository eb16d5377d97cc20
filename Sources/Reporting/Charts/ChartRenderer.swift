// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// Draws charts as pictures, through the Python package vl-convert in an environment of the machine.
public struct ChartRenderer {
  public enum Format: String, CaseIterable, Sendable { case svg, png, pdf }

  private let python: ExternalProgram

  /// Looks for the environment: that of `YILIAN_PYTHON`, else `.venv` in a folder above the program or
  /// the working directory, as `Tests/set-up --charts` makes it.
  ///
  /// - Throws: ``RunnerFault`` when there is none.
  public init(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    program: URL? = Bundle.main.executableURL
  ) throws {
    if let path = environment["YILIAN_PYTHON"], !path.isEmpty {
      guard let python = ExternalProgram(path: path) else {
        throw RunnerFault.machine("YILIAN_PYTHON: there is no program \(path)")
      }
      self.python = python
      return
    }
    let folders = [
      program?.resolvingSymlinksInPath().deletingLastPathComponent(),
      URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
    ]
    for case let folder? in folders {
      for above in Self.ancestors(of: folder) {
        if let python = ExternalProgram(path: above + "/.venv/bin/python") {
          self.python = python
          return
        }
      }
    }
    throw Self.notInstalled
  }

  private static let notInstalled = RunnerFault.machine(
    "pictures of charts need the Python package vl-convert-python: run Tests/set-up --charts in the "
      + "folder of Yilian, or name a Python that has it in YILIAN_PYTHON")

  private static func ancestors(of folder: URL) -> [String] {
    var paths: [String] = []
    var folder = folder.standardizedFileURL
    while folder.path != "/", folder.path != paths.last {
      paths.append(folder.path)
      folder = folder.deletingLastPathComponent()
    }
    return paths
  }

  /// The pictures of charts, in their order.
  ///
  /// - Parameter scale: Of PNG: how many pixels a pixel of the specification takes.
  /// - Throws: ``RunnerFault`` when the renderer or a font is missing, or a specification is refused.
  public func pictures(
    _ charts: [Chart], as format: Format, scale: Double = 2
  ) throws -> [Data] {
    guard let language = charts.first?.language else { return [] }
    let request: JSONValue = [
      "sample": .text(language == .chinese ? "医联体" : "Ag"),
      "font": .text(ChartStyle.font(language)),
      "charts": .list(
        charts.map {
          [
            "name": .text($0.kind.rawValue), "grammar": .text($0.grammar.rawValue),
            "format": .text(format.rawValue), "scale": .number(scale), "spec": $0.spec,
          ]
        }),
    ]
    let answer = try answer(to: request)
    switch answer.error {
    case nil: break
    case "font":
      throw RunnerFault.machine(
        language == .chinese
          ? "no font with Chinese characters is installed, and charts would be without text: install "
            + "the Debian package fonts-wqy-microhei or fonts-noto-cjk"
          : "no font is installed, and charts would be without text: install the Debian package "
            + "fonts-liberation")
    default:
      throw RunnerFault.machine(
        "chart \(answer.chart ?? ""): vl-convert refuses its specification: \(answer.reason ?? "")")
    }
    let files = (answer.files ?? []).compactMap { Data(base64Encoded: $0) }
    guard files.count == charts.count else {
      throw RunnerFault.machine("vl-convert drew \(files.count) of \(charts.count) charts")
    }
    return files
  }

  /// The JavaScript that draws charts in a browser, as set-up made it of the same package.
  ///
  /// - Throws: ``RunnerFault`` when it is not there.
  func browserBundle() throws -> String {
    let path =
      URL(fileURLWithPath: python.path).deletingLastPathComponent()
      .deletingLastPathComponent().path + "/share/yilian/vega.bundle.js"
    guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else {
      throw RunnerFault.machine(
        "\(path): is not there, and a page cannot draw its chart: run Tests/set-up --charts")
    }
    return String(decoding: data, as: UTF8.self)
  }

  private struct Answer: Decodable {
    var files: [String]?
    var error: String?
    var chart: String?
    var reason: String?
  }

  private func answer(to request: JSONValue) throws -> Answer {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("yilian-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    let said: ExternalProgram.Answer
    do {
      try Data(request.description.utf8).write(to: file)
      let input = try FileHandle(forReadingFrom: file)
      defer { try? input.close() }
      let program = String(decoding: PackageResources.render_charts_py, as: UTF8.self)
      said = try python.run(["-c", program], input: input)
    } catch let fault as RunnerFault {
      throw fault
    } catch {
      throw RunnerFault.machine("\(file.path): cannot be written; is the disk full?")
    }
    if said.status == 4 { throw Self.notInstalled }
    guard said.status == 0,
      let answer = try? JSONDecoder().decode(Answer.self, from: Data(said.output.utf8))
    else {
      let why = said.errors.split(separator: "\n").last.map(String.init) ?? "it says nothing"
      throw RunnerFault.machine("vl-convert failed: \(why)")
    }
    return answer
  }
}
