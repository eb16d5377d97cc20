// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles

/// Data, experimentation, implementation and sharing.
extension StandardFacts {
  // MARK: - Data

  /// What the model's files give but texts about it and its pathways, which stand elsewhere.
  var groups: [ParameterGroup] {
    let elsewhere: Set = ["kind", "name", "title", "title-zh", "description", "time-unit"]
    return document.parameterGroups().filter {
      !elsewhere.contains($0.path) && !$0.path.hasPrefix("pathways.")
    }
  }

  var sources: [String] {
    let all = groups.filter { $0.provenance.evidence != nil || !$0.provenance.sources.isEmpty }
    let total = all.reduce(0) { $0 + $1.count }
    var counts: [(String, Int)] = []
    for evidence in Evidence.allCases {
      let count = all.filter { $0.provenance.evidence == evidence }.reduce(0) { $0 + $1.count }
      if count > 0 { counts.append((evidence.rawValue, count)) }
    }
    let cited = document.citations.map { entry in
      let uses = all.filter { $0.provenance.sources.contains { $0.key == entry.name } }
      return ["`\(entry.name)`", entry.text, "\(uses.reduce(0) { $0 + $1.count })"]
    }
    let bare = all.filter(\.provenance.sources.isEmpty).reduce(0) { $0 + $1.count }
    let share = total > 0 ? String(format: "%.0f", 100 * Double(bare) / Double(total)) : "0"
    return [
      "\(total) values: "
        + counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ") + ". \(share) % cite no source.",
      table([.key, .citation, .count], cited),
    ]
  }

  var derivedValues: [String] { values([.derived, .calibrated]) }
  var assumedValues: [String] { values([.assumed]) }

  /// Numbers of these kinds of evidence by what is said of them: where from, and by which step.
  private func values(_ kinds: Set<Evidence>) -> [String] {
    var rows: [(key: [String], paths: [String], count: Int)] = []
    for group in groups where group.isNumber {
      guard let evidence = group.provenance.evidence, kinds.contains(evidence) else { continue }
      let key = [evidence.rawValue, group.provenance.sourceText, group.provenance.note ?? ""]
      let place = rows.firstIndex { $0.key == key } ?? rows.count
      if place == rows.count { rows.append((key, [], 0)) }
      rows[place].paths.append("`\(group.path)`")
      rows[place].count += group.count
    }
    guard !rows.isEmpty else { return [] }
    return [
      table(
        [.path, .count, .evidence, .source, .note],
        rows.map { row in
          let rest = row.paths.count > 4 ? ", …" : ""
          return [row.paths.prefix(4).joined(separator: ", ") + rest, "\(row.count)"] + row.key
        })
    ]
  }

  var inputs: [String] {
    [
      "Each value with its own line: `yilian describe \(path) --format parameters`. Columns of tables stand "
        + "here as one.",
      table([.path, .value, .unit, .range, .evidence, .source, .note], groups.map(row)),
      "Run settings, with defaults that were used: " + runSettings.joined(separator: "; ") + ".",
    ]
  }

  private func row(_ group: ParameterGroup) -> [String] {
    let provenance = group.provenance
    func number(_ value: Double) -> String { String(format: "%.6g", value) }
    let range = provenance.range.map { number($0.lowerBound) + " … " + number($0.upperBound) }
    let path = group.count > 1 ? "`\(group.path)` (\(group.count))" : "`\(group.path)`"
    return [
      path, group.text, group.text.hasSuffix(group.unit) ? "" : group.unit, range ?? "",
      provenance.evidence?.rawValue ?? "", provenance.sourceText, provenance.note ?? "",
    ]
  }

  // MARK: - Experimentation

  private var runSettings: [String] {
    let run = plan.run
    return [
      "start \(run.start?.description ?? "a Monday, 00:00")", "warm-up \(span(run.warmUp.inDays))",
      "length \(span(run.length.inDays))",
      "replications \(plan.replications)\(stopping == nil ? "" : " at least")", "seed \(plan.seed)",
      "random numbers \(plan.hasCommonRandomNumbers ? "common" : "independent")",
    ] + (run.batches.map { ["batches \($0)"] } ?? [])
      + (run.untilCompleted.map { ["until completed \($0)"] } ?? [])
      + (set.isEmpty
        ? [] : ["set: " + set.map { "\($0.path)=\($0.value)" }.joined(separator: ", ")])
  }

  /// What the command line sets. Where the model stands is no setting of it: that of a results file is
  /// read from a folder of the moment.
  private var set: [ExperimentPlan.Setting] {
    plan.overrides.filter { $0.path != "experiment.model" }
  }

  /// In the model's unit of time.
  private func span(_ days: Double) -> String {
    let units: [String: Double] = ["s": 86_400, "min": 1_440, "h": 24, "week": 1.0 / 7]
    let perDay = units[timeUnit] ?? 1
    return "\(String(format: "%.9g", days * perDay)) \(timeUnit)"
  }

  var initialisation: [String] {
    let run = plan.run
    let state =
      plan.kind == .network
      ? "A run begins empty, with all resources as their calendars say at time 0."
      : """
      A run begins with the residents drawn from the shares of the model (ages of each town in exact quotas), \
      trust and beliefs at their starting values, and empty queues and beds.
      """
    let warmUp =
      run.warmUp.inDays > 0
      ? "Statistics begin after a warm-up of \(span(run.warmUp.inDays)); what is present then goes on."
      : "There is no warm-up: statistics begin at once, as of a terminating system."
    return [
      state + " " + warmUp
        + " Whoever is unfinished at the end counts as each output's formula says."
    ]
  }

  var runLengthText: String {
    let run = plan.run
    let batches = run.batches.map { " each, \($0) batches of one run" } ?? ""
    let completed = run.untilCompleted.map { ", or until \($0) have left completed" } ?? ""
    return "\(span(run.length.inDays))\(batches) after the warm-up of "
      + "\(span(run.warmUp.inDays))\(completed)"
  }

  var runLength: [String] {
    [
      runLengthText + (plan.run.start.map { ", from \($0)" } ?? "")
        + (plan.policyStart.map { "; policies start on \($0), from which outputs are taken" } ?? "")
        + "."
    ]
  }

  var estimation: [String] {
    let pairing =
      plan.hasCommonRandomNumbers
      ? "Scenarios share their random numbers, and differences are taken pair by pair."
      : "Scenarios have random numbers of their own."
    var parts: [String]
    if let stopping {
      parts = [stopping.text(language), pairing]
    } else {
      let unit = plan.run.batches == nil ? "independent replications" : "batches of one long run"
      let place = plan.pointDesign == nil ? "" : " at each point of the design"
      parts = [
        "\(plan.replications) \(unit) of each scenario\(place); means with 95 % confidence intervals by "
          + "Student's t. " + pairing
      ]
    }
    if let stored {
      parts.append(
        "Stored in the results file: \(stored.replications)"
          + (stopping == nil
            ? " of \(stored.header.pairs.count) pairs of scenario and replication."
            : " replications."))
    }
    return parts
  }

  // MARK: - Implementation

  var software: [String] {
    let version = stored?.header.provenance["version"] ?? YilianVersion.current
    return [
      "Yilian \(version), written in Swift 6; GNU Scientific Library for distributions and special "
        + "functions; SQLite for results. Free software, GPL-3.0-or-later."
    ]
  }

  var randomSampling: [String] {
    [
      """
      Philox 4×64, a counter-based generator. Each variate has a key (seed, replication, purpose, owner, \
      episode, number) and hangs on nothing else, so a patient has the same draws in every scenario, and an \
      added class or output changes no other draw. Seed \(plan.seed); the replication's number is part of \
      the key; \(plan.hasCommonRandomNumbers
        ? "scenarios share their keys (common random numbers)" : "so is the scenario's").
      """
    ]
  }

  var system: [String] {
    var parts: [String] = []
    if let stored {
      let probe = stored.header.provenance["probe-digest"] ?? ""
      parts.append(
        "The run: `\(stored.header.provenance["command"] ?? "")`; digest of its machine's mathematical "
          + "functions \(probe).")
    }
    guard namesMachine else { return parts }
    let machine = ProcessInfo.processInfo
    let memory = Double(machine.physicalMemory) / 1_073_741_824
    parts.append(
      "This description was printed on \(machine.operatingSystemVersionString), "
        + "\(machine.activeProcessorCount) processors, \(String(format: "%.0f", memory)) GiB.")
    return parts
  }

  // MARK: - Sharing

  var sharing: [String] {
    let rows = [ModelDocumentation.Item.licence, .archive, .funding, .contact].map { item in
      ["`\(item.rawValue)`", said(item)]
    }
    var digests = "Digest of the model's files \(plan.modelDigest.text)"
    if let digest = plan.experimentDigest { digests += ", of the experiment's \(digest.text)" }
    let command =
      stored.map { _ in "`yilian reproduce \(path)`" }
      ?? "`yilian run \(path)`"
    return [
      table([.key, .meaning], rows),
      digests + ". \(command) runs it again, from the files alone and bit for bit.",
    ]
  }
}
