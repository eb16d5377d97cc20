// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import ExperimentRunner
import ModelFiles

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Runs a model or an experiment at many values of what is varied.",
    discussion: """
      A value of the model, or several joined by commas, is varied over lo:hi (with a step, log or \
      integer after another colon) or v1|v2|…; the unit follows the last number. The designs: grid and \
      factorial take every combination, fractional a part of those of two levels, one-at-a-time each by \
      itself; lhs (a Latin hypercube) and sobol fill the space with points; morris and saltelli make \
      those that sensitivity analysis needs. What is run is an experiment file, which --print shows.
      """)

  @Argument(help: "A folder with a model.yaml, or an experiment file.")
  var path: String

  @Option(
    help: ArgumentHelp("What is varied; once for each factor.", valueName: "path=values"),
    transform: { text in
      do throws(ModelFault) { return try VariedPath(text) } catch {
        throw ValidationError("\(error.problem); \(error.remedy)")
      }
    })
  var vary: [VariedPath]

  @Option(help: "How the points are chosen (default: grid).")
  var design: DesignSettings.Method?

  @Option(
    help: ArgumentHelp(
      "Points of lhs, sobol, saltelli's first sample, or a fraction.", valueName: "N"))
  var points: Int?

  @Option(help: ArgumentHelp("Trajectories of morris (default: 10).", valueName: "R"))
  var trajectories: Int?

  @Option(
    help: ArgumentHelp(
      "Levels of morris's grid (default: 4), or of a range without a step.", valueName: "L"))
  var levels: Int?

  @Option(help: ArgumentHelp("Seed of the points (default: 1).", valueName: "S"))
  var designSeed: UInt64?

  @Option(
    help: ArgumentHelp("Of a fraction: a factor as a product of others.", valueName: "d=a*b"))
  var generator: [String] = []

  @Option(
    help: ArgumentHelp("A condition that points must meet.", valueName: "expression"))
  var constraint: [String] = []

  @Flag(help: "Leave out the first point, the model as it is.")
  var noBasePoint = false

  @Flag(name: .customLong("print"), help: "Print the experiment in place of running it.")
  var isPrinted = false

  @OptionGroup var options: RunOptions

  func validate() throws {
    if vary.isEmpty { throw ValidationError("nothing is varied; write --vary path=lo:hi:step") }
    if isPrinted, options.csv != nil || options.sharing.part != nil || options.store.resume {
      throw ValidationError("--print runs nothing; leave --csv, --shard and --resume out")
    }
  }

  func run() throws {
    var sweep = SweepText(path: path, varied: vary)
    sweep.method = design ?? .grid
    sweep.points = points
    sweep.trajectories = trajectories
    sweep.levels = levels
    sweep.seed = designSeed
    sweep.generators = generator
    sweep.constraints = constraint
    sweep.hasBasePoint = !noBasePoint
    if isPrinted {
      sweep.settings = try options.allSettings()
      let experiment = try sweep.printed()
      let loaded = try LoadedExperiment(path: experiment.path, text: experiment.text)
      _ = try options.precision.limited(loaded.design)
      try Console.print(
        options.common.json
          ? JSONValue.object([
            ("path", .text(experiment.path)), ("text", .text(experiment.text)),
          ]).indented : experiment.text)
    } else {
      let experiment = try sweep.experiment()
      try options.execute(path: experiment.path, text: experiment.text, suffix: "-sweep")
    }
  }
}

extension DesignSettings.Method: ExpressibleByArgument {
  public static var allValueStrings: [String] {
    allCases.filter { $0 != .file }.map(\.rawValue)
  }

  public init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    self.init(rawValue: argument)
  }
}
