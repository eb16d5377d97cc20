// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner

/// A results file that is read as it stands by a command that could run an experiment, too.
enum StoredAnswer {
  /// What only a run can make use of.
  private static let ofRuns: Set<String> = [
    "--replications", "--precision", "--max-replications", "--seed", "--out", "--resume", "--shard",
    "--set", "--csv",
  ]

  /// Opens a results file, unless options ask for what reading it cannot do.
  ///
  /// - Parameter others: Options of the command that belong to runs as well.
  static func open(_ path: String, refusing others: Set<String> = []) throws -> ResultsFile {
    let given = CommandLine.arguments.map { String($0.prefix { $0 != "=" }) }
      .filter { ofRuns.union(others).contains($0) }
    if !given.isEmpty {
      throw RunnerFault.invalid(
        "\(path): is a results file, which is read as it stands; leave out "
          + given.joined(separator: ", ") + ", or name an experiment")
    }
    return try ResultsFile.open(path)
  }
}
