// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a model or an experiment and stores its results.")

  @Argument(
    help: "A folder with a model.yaml, an experiment file, or a results file, whose texts are run.")
  var path: String

  @OptionGroup var options: RunOptions

  func run() throws { try options.execute(path: path) }
}
