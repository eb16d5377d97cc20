// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation

/// Where results go unless `--out` names a file.
enum ResultsFolder {
  /// A file under `Results/`, which is made, named for the experiment.
  static func path(of design: ExperimentDesign, _ shard: Shard = .whole) throws -> String {
    let name = design.name.replacing("/", with: "-")
    let part = shard.isWhole ? "" : "-\(shard.number)-of-\(shard.count)"
    return try path(named: name + part)
  }

  /// A file of this name under `Results/`, which is made.
  static func path(named name: String) throws -> String {
    do {
      try FileManager.default.createDirectory(atPath: "Results", withIntermediateDirectories: true)
    } catch {
      throw RunnerFault.machine("Results: the folder cannot be made; name a file with --out")
    }
    return "Results/\(name).sqlite"
  }
}
