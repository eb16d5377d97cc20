// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import Foundation

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begins a model of your own from one that runs as it stands.",
    subcommands: [NewRegionCommand.self])
}

struct NewRegionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "region",
    abstract: "Begins a region: Models/NAME, and Experiments/NAME.yaml that asks of it.",
    discussion: """
      Both are copies of a made-up county that rests on Models/china. Its README.md says what to replace, \
      in which order; `yilian check` names every fault on the way.
      """)

  @Argument(help: "A name of small letters, digits and dashes, such as yanshan-county.")
  var name: String

  @Option(
    help: ArgumentHelp("The folder that holds Models and Experiments.", valueName: "folder"))
  var `in` = "."

  private static let template = "new-county"

  func validate() throws {
    guard name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil else {
      throw ValidationError(
        "\(name.debugDescription) is no name of a region; write small letters, digits and dashes")
    }
  }

  func run() throws {
    let models = path("Models")
    let template = "\(models)/\(Self.template)"
    let folder = "\(models)/\(name)"
    let experiment = path("Experiments/\(name).yaml")
    var lines: [String] = []
    for needed in [template, path("Experiments/\(Self.template).yaml")]
    where !FileManager.default.fileExists(atPath: needed) {
      lines.append("\(needed): is not there; run this in a clone of Yilian, or name one with --in")
    }
    for taken in [folder, experiment] where FileManager.default.fileExists(atPath: taken) {
      lines.append("\(taken): is there already; take another name")
    }
    guard lines.isEmpty else { throw RunnerFault(.invalidInput, lines) }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      for file in try FileManager.default.contentsOfDirectory(atPath: template).sorted() {
        try copy("\(template)/\(file)", to: "\(folder)/\(file)")
      }
      try copy(path("Experiments/\(Self.template).yaml"), to: experiment)
    } catch {
      throw RunnerFault.machine("\(folder): cannot be written: \(error.localizedDescription)")
    }
    try Console.print(
      """
      \(folder): a region that runs as it stands; its README.md says what to replace
      \(experiment): asks what an alliance does there
      next: yilian check \(folder)
      """)
  }

  /// A file with the name of the region in the place of that of the template.
  private func copy(_ file: String, to other: String) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacing(Self.template, with: name).replacing("Models/NAME", with: "Models/\(name)")
      .replacing("Experiments/NAME", with: "Experiments/\(name)")
      .replacing("Results/NAME", with: "Results/\(name)")
      .write(toFile: other, atomically: true, encoding: .utf8)
  }

  private func path(_ name: String) -> String { `in` == "." ? name : "\(`in`)/\(name)" }
}
