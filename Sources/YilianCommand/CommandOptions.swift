// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Foundation
import ModelFiles
import Reporting

/// Options that every command has.
struct CommonOptions: ParsableArguments {
  @Flag(name: .long, help: "No progress and no notes, and of run no tables.")
  var quiet = false

  @Flag(name: .long, help: "The answer as JSON on standard output.")
  var json = false
}

/// The language of tables.
struct LanguageOption: ParsableArguments {
  @Option(help: "The language of tables: en or zh (default: that of the locale).")
  var language: Language?

  var resolved: Language {
    language ?? Language(environment: ProcessInfo.processInfo.environment)
  }
}

extension Language: ExpressibleByArgument {}

/// How many threads simulate.
struct ThreadsOption: ParsableArguments {
  @Option(help: "Threads (default: all processors).")
  var threads: Int?

  var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads is \(threads); write 1 or more")
    }
  }
}

/// Changes to the model from the command line.
struct SettingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Set a value of the model or the experiment.", valueName: "path=value"),
    transform: { text in
      guard let setting = ExperimentPlan.Setting(text) else {
        throw ValidationError("write a path, an equals sign and a value")
      }
      return setting
    })
  var set: [ExperimentPlan.Setting] = []
}

/// The same of commands that simulate, which may do so with a sample of a region's residents.
struct RunSettingOptions: ParsableArguments {
  @OptionGroup var settings: SettingOptions

  @Option(
    help: ArgumentHelp(
      "Simulate this share of a region's residents in place of all.", valueName: "share"))
  var sample: String?

  /// What is set by either, in the order in which it holds.
  var all: [ExperimentPlan.Setting] {
    settings.set + (sample.map { [ExperimentPlan.Setting("run.sample", $0)] } ?? [])
  }

  /// Those of the options that were given.
  var given: [String] {
    (settings.set.isEmpty ? [] : ["--set"]) + (sample == nil ? [] : ["--sample"])
  }
}
