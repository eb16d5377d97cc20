// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import ModelFiles

/// The experiment that a results file carries in full, read again from its texts.
public struct StoredExperiment {
  public let loaded: LoadedExperiment
  /// Of what the file's replications are: the experiment's design, but in a file of twins.
  public let design: ExperimentDesign
  /// How this program and machine differ from those that wrote the file, where bits may hang on it.
  public let cautions: [String]

  /// Writes the texts to a folder of their own and reads them as `yilian run` would, so that the
  /// header of the design is the file's own.
  ///
  /// - Parameters:
  ///   - overrides: Settings beyond those of the file.
  ///   - replications: In place of the file's.
  ///   - seed: In place of the file's.
  /// - Throws: ``RunnerFault`` when the texts are missing or are not those of the stored digest.
  public init(
    _ results: ResultsFile, overrides: [ExperimentPlan.Setting] = [], replications: Int? = nil,
    seed: UInt64? = nil
  ) throws {
    let header = results.header
    let texts = try StoredTexts(header)
    defer { withExtendedLifetime(texts) {} }
    guard let model = texts.model else {
      throw RunnerFault.invalid("\(results.path): holds no texts of a model")
    }
    let path = texts.experiment ?? model
    // A number in its place would hide the texts' own rule of precision.
    var count = header.isBatched ? nil : header.replications
    if case .precision = header.stopping { count = nil }
    var loaded: LoadedExperiment
    do {
      loaded = try LoadedExperiment(
        path: path, overrides: try Self.overrides(header, results.path) + overrides,
        replications: replications ?? count,
        seed: seed ?? UInt64(header.provenance["seed"] ?? ""),
        modelFolder: texts.experiment == nil ? nil : model)
      if replications == nil, let stopping = header.stopping?.goingOn(most: header.mostReplications)
      {
        (loaded.design.stopping, loaded.design.replications) = (stopping.rule, stopping.least)
        if case .search(let rule) = stopping.rule {
          loaded.design.stopping = .search(try rule.over(loaded))
        }
      }
    } catch let error as ModelFaults {
      throw RunnerFault(
        .invalidInput,
        error.list.map {
          "\(results.path): "
            + (overrides.isEmpty ? "the stored model cannot be read by this version: " : "")
            + "\($0)"
        })
    }
    guard loaded.plan.modelDigest.text == header.provenance["model-digest"] else {
      throw RunnerFault.invalid(
        "\(results.path): the stored texts are not those the results were made of")
    }
    self.loaded = loaded
    design = try header.twins.map { try loaded.twinDesign($0) } ?? loaded.design
    cautions = Self.cautions(header)
  }

  /// Whether a path is a database rather than a folder or a text.
  public static func isDatabase(_ path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    let signature = "SQLite format 3\0"
    return (try? handle.read(upToCount: signature.utf8.count)) == Data(signature.utf8)
  }

  private static func cautions(_ header: ResultsHeader) -> [String] {
    var lines: [String] = []
    if let digest = header.provenance["probe-digest"], digest != ResultsHeader.probeDigest {
      lines.append(
        "the mathematical functions of this machine are not those of the machine that wrote the "
          + "file (probe digest \(ResultsHeader.probeDigest), the file has \(digest)): last digits "
          + "may differ")
    }
    if let version = header.provenance["version"], version != YilianVersion.current {
      lines.append("the file is of version \(version), this is \(YilianVersion.current)")
    }
    return lines
  }

  static func overrides(_ header: ResultsHeader, _ path: String) throws
    -> [ExperimentPlan.Setting]
  {
    let data = Data((header.provenance["overrides"] ?? "[]").utf8)
    guard let pairs = try? JSONDecoder().decode([[String]].self, from: data),
      pairs.allSatisfy({ $0.count == 2 })
    else { throw RunnerFault.invalid("\(path): its overrides cannot be read") }
    return pairs.map { ExperimentPlan.Setting($0[0], $0[1]) }
  }
}

extension LoadedExperiment {
  /// Reads a folder with a `model.yaml`, an experiment file, or the texts that a results file
  /// carries; see ``init(path:text:overrides:replications:seed:)``.
  ///
  /// - Returns: The experiment, and what an author should know of it, one line each.
  public static func read(
    _ path: String, text: String? = nil, overrides: [ExperimentPlan.Setting],
    replications: Int? = nil, seed: UInt64? = nil
  ) throws -> (experiment: LoadedExperiment, warnings: [String]) {
    guard text == nil, StoredExperiment.isDatabase(path) else {
      let loaded = try LoadedExperiment(
        path: path, text: text, overrides: overrides, replications: replications, seed: seed)
      return (loaded, loaded.warnings.map { "\($0)" })
    }
    let stored = try StoredExperiment(
      ResultsFile.open(path), overrides: overrides, replications: replications, seed: seed)
    return (stored.loaded, stored.cautions.map { "\(path): \($0)" })
  }
}
