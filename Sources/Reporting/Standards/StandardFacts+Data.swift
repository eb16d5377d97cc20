// SPDX-License-Identifier: GPL-3.0-or-later

import ExperimentRunner
import Foundation
import ModelFiles

/// Data, experimentation, implementation and sharing.
extension StandardFacts {
  // MARK: - Data

  /// What the model's files give but texts about it and its pathways, which stand elsewhere.
  var groups: [ParameterGroup] {
    let elsewhere: Set = [
      "kind", "name", "title", "title-zh", "description", "description-zh", "time-unit",
    ]
    return document.parameterGroups().filter {
      !elsewhere.contains($0.path) && !$0.path.hasPrefix("pathways.")
    }
  }

  var sources: [String] {
    let all = groups.filter { $0.provenance.evidence != nil || !$0.provenance.sources.isEmpty }
    let total = all.reduce(0) { $0 + $1.count }
    var counts: [Phrase] = []
    for evidence in Evidence.allCases {
      let count = all.filter { $0.provenance.evidence == evidence }.reduce(0) { $0 + $1.count }
      guard count > 0 else { continue }
      let word = evidence.phrase
      counts.append(Phrase("\(count) \(word.english)", "\(word.chinese) \(count) 个"))
    }
    let cited = document.citations.map { entry in
      let uses = all.filter { $0.provenance.sources.contains { $0.key == entry.name } }
      return ["`\(entry.name)`", entry.text, "\(uses.reduce(0) { $0 + $1.count })"]
    }
    let bare = all.filter(\.provenance.sources.isEmpty).reduce(0) { $0 + $1.count }
    let share = total > 0 ? String(format: "%.0f", 100 * Double(bare) / Double(total)) : "0"
    return [
      StandardSentence.evidence(total, counts, withoutSource: share).text(language),
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
      let key = [
        evidence.phrase.text(language), group.provenance.sourceText, group.provenance.note ?? "",
      ]
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
      StandardSentence.eachValue(path).text(language),
      table([.path, .value, .unit, .range, .evidence, .source, .note], groups.map(row)),
      StandardSentence.runSettings(runSettings).text(language),
    ]
  }

  private func row(_ group: ParameterGroup) -> [String] {
    let provenance = group.provenance
    func number(_ value: Double) -> String { String(format: "%.6g", value) }
    let range = provenance.range.map { number($0.lowerBound) + " … " + number($0.upperBound) }
    let path = group.count > 1 ? "`\(group.path)` (\(group.count))" : "`\(group.path)`"
    return [
      path, group.text, group.text.hasSuffix(group.unit) ? "" : group.unit, range ?? "",
      provenance.evidence?.phrase.text(language) ?? "", provenance.sourceText,
      provenance.note ?? "",
    ]
  }

  // MARK: - Experimentation

  private var runSettings: [Phrase] {
    let run = plan.run
    var settings = [
      StandardSentence.start(run.start?.description),
      StandardSentence.warmUp(span(run.warmUp.inDays)),
      StandardSentence.length(span(run.length.inDays)),
      StandardSentence.replications(plan.replications, isLeast: stopping != nil),
      StandardSentence.seed("\(plan.seed)"),
      StandardSentence.randomNumbers(isCommon: plan.hasCommonRandomNumbers),
    ]
    if let batches = run.batches { settings.append(StandardSentence.batches(batches)) }
    if let count = run.untilCompleted { settings.append(StandardSentence.untilCompleted(count)) }
    if !set.isEmpty {
      settings.append(
        StandardSentence.set(set.map { "`\($0.path)=\($0.value)`" }.joined(separator: ", ")))
    }
    return settings
  }

  /// What the command line sets. Where the model stands is no setting of it: that of a results file is
  /// read from a folder of the moment.
  private var set: [ExperimentPlan.Setting] {
    plan.overrides.filter { $0.path != "experiment.model" }
  }

  /// In the model's unit of time.
  private func span(_ days: Double) -> Phrase {
    let units: [String: Double] = ["s": 86_400, "min": 1_440, "h": 24, "week": 1.0 / 7]
    let perDay = units[timeUnit] ?? 1
    return StandardSentence.span(String(format: "%.9g", days * perDay), unit: timeUnit)
  }

  var initialisation: [String] {
    let warmUp = plan.run.warmUp.inDays
    return [
      StandardSentence.initialisation(
        isRegion: plan.kind == .region, warmUp: warmUp > 0 ? span(warmUp) : nil
      ).text(language)
    ]
  }

  var runLengthText: Phrase {
    StandardSentence.runLength(
      span(plan.run.length.inDays), warmUp: span(plan.run.warmUp.inDays),
      batches: plan.run.batches, completed: plan.run.untilCompleted)
  }

  var runLength: [String] {
    [
      StandardSentence.runLength(
        runLengthText, from: plan.run.start?.description, policies: plan.policyStart?.description
      ).text(language)
    ]
  }

  var estimation: [String] {
    let pairing = StandardSentence.pairing(isCommon: plan.hasCommonRandomNumbers)
    let own = StandardSentence.estimation(
      plan.replications, isBatched: plan.run.batches != nil, hasPoints: plan.pointDesign != nil)
    let kept = stored.map {
      StandardSentence.stored(
        $0.replications, ofPairs: stopping == nil ? $0.header.pairs.count : nil)
    }
    return [stopping ?? own, pairing, kept].compactMap { $0?.text(language) }
  }

  // MARK: - Implementation

  var software: [String] {
    let version = stored?.header.provenance["version"] ?? YilianVersion.current
    return [StandardSentence.software(version).text(language)]
  }

  var randomSampling: [String] {
    [
      StandardSentence.randomSampling(
        seed: "\(plan.seed)", isCommon: plan.hasCommonRandomNumbers
      ).text(language)
    ]
  }

  var system: [String] {
    var parts: [Phrase] = []
    if let keys = stored?.header.provenance {
      parts.append(
        StandardSentence.run(keys["command"] ?? "", probe: keys["probe-digest"] ?? ""))
    }
    if namesMachine {
      let machine = ProcessInfo.processInfo
      let memory = Double(machine.physicalMemory) / 1_073_741_824
      parts.append(
        StandardSentence.machine(
          machine.operatingSystemVersionString, processors: machine.activeProcessorCount,
          memory: String(format: "%.0f", memory)))
    }
    return parts.map { $0.text(language) }
  }

  // MARK: - Sharing

  var sharing: [String] {
    let rows = [ModelDocumentation.Item.licence, .archive, .funding, .contact].map { item in
      ["`\(item.rawValue)`", said(item)]
    }
    let command =
      stored.map { _ in "`yilian reproduce \(path)`" }
      ?? "`yilian run \(path)`"
    return [
      table([.key, .meaning], rows),
      StandardSentence.digests(
        plan.modelDigest.text, experiment: plan.experimentDigest?.text, command: command
      ).text(language),
    ]
  }
}
