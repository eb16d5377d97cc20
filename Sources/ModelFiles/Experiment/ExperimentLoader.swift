// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Foundation
import OutputAnalysis
import PatientFlow
import SimulationKernel

/// Reads an experiment file or a model folder into the parts of an ``ExperimentPlan``.
struct ExperimentLoader {
  let path: String
  /// The experiment's text, where it is not to be read from ``path``.
  var text: String?
  let overrides: [ExperimentPlan.Setting]
  let requiresRun: Bool
  let faults: FaultCollector

  struct Loaded {
    var name: String
    var kind: ExperimentPlan.ModelKind
    var model: ModelDocument
    var points: [ExperimentPlan.Point]
    var probes: [ExperimentPlan.Point]
    var design: PointDesign?
    var calibration: CalibrationSettings?
    var baseline: Int
    var run: RunSettings
    var window: RunWindow
    var policyStart: CalendarDate?
    var hasCommonRandomNumbers: Bool
    var scenarios: [Scenario]
    var leverGroups: LeverGroups
    var explanation: Explanation?
    var search: SearchSettings?
    var matters: [SmallestEffect]
    var experimentText: (file: String, text: String)?
  }

  /// A scenario as its file states it.
  struct Scenario: Sendable {
    var name: String
    var settings: [ExperimentPlan.PlacedSetting] = []
    /// The scenario it is compared with, if not the baseline.
    var against: String?
  }

  mutating func load() -> Loaded? {
    if text != nil { return loadExperiment() }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if exists, isFolder.boolValue { return loadModel() }
    return loadExperiment()
  }

  // MARK: - A model alone

  private func loadModel() -> Loaded? {
    guard let model = ModelDocument(folder: path, faults) else { return nil }
    for override in overrides where override.path.hasPrefix("experiment.") {
      faults.record(
        SourcePlace(file: "--set", path: override.path), "addresses an experiment",
        "\(path) is a model; name an experiment file")
    }
    let folder = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
    return assemble(
      name: model.root["name"]?.text ?? folder, model: model, runEntries: [],
      scenarios: [Scenario(name: "base")], experiment: nil)
  }

  // MARK: - An experiment

  private func loadExperiment() -> Loaded? {
    guard let text = text ?? FileText.read(path, shown: path, faults),
      let root = YAMLReading.node(of: text, file: path, faults)
    else { return nil }
    guard case .mapping = root.content else {
      faults.record(
        SourcePlace(file: path, line: root.line), "holds \(root.kindInWords)",
        "write an experiment's keys, or name a folder with a model.yaml")
      return nil
    }
    if root["model"] == nil, root["kind"] != nil {
      faults.record(
        SourcePlace(file: path), "is a model's own file", "name its folder, or an experiment file")
      return nil
    }
    let document = withOverrides(ModelDocument(settingsFile: root))
    let experiment = document.settings(faults)
    for key in ["title", "title-zh", "description", "description-zh"] {
      _ = experiment.textIfPresent(key)
    }
    let file = (path as NSString).lastPathComponent
    let name = experiment.textIfPresent("name") ?? (file as NSString).deletingPathExtension
    let modelPath = experiment.text("model")
    let scenarios = scenarios(of: experiment)
    var result: Loaded?
    if !modelPath.isEmpty {
      let folder = folder(of: modelPath)
      if FileManager.default.fileExists(atPath: folder + "/model.yaml") {
        if let model = ModelDocument(folder: folder, faults) {
          result = assemble(
            name: name, model: model, runEntries: runEntries(of: experiment),
            scenarios: scenarios, experiment: experiment)
          result?.experimentText = (file, text)
        }
      } else {
        experiment.fault(
          "model", "\(modelPath.quotedBriefly) is no folder with a model.yaml",
          "write it as seen from the experiment file")
      }
    }
    // Whatever the model's fate: these keys belong to the experiment.
    experiment.state.asked.formUnion(Self.keys)
    experiment.finish()
    return result
  }

  static let keys: Set<String> = [
    "run", "policy-start", "replications", "seed", "baseline", "random-numbers", "measures",
    "money-forms", "factors", "design", "levers", "explain", "seek", "fitted", "targets", "matters",
  ]

  private func withOverrides(_ document: ModelDocument) -> ModelDocument {
    var document = document
    for override in overrides where override.path.hasPrefix("experiment.") {
      let inner = String(override.path.dropFirst("experiment.".count))
      document.set(
        inner, to: override.value, at: SourcePlace(file: "--set"), creating: Self.keys, faults)
    }
    return document
  }

  /// The folder of the experiment file; empty for the current one.
  private var experimentFolder: String { (path as NSString).deletingLastPathComponent }

  private func folder(of modelPath: String) -> String {
    modelPath.hasPrefix("/") ? modelPath : Self.joined(experimentFolder, modelPath)
  }

  /// A path as seen from where the folder is seen.
  static func joined(_ folder: String, _ path: String) -> String {
    let joined = folder.isEmpty ? path : folder + "/" + path
    // `Experiments/../Models/lanshan` reads better as `Models/lanshan`.
    var parts: [Substring] = []
    for part in joined.split(separator: "/", omittingEmptySubsequences: false) {
      if part == "..", let last = parts.last, last != "..", !last.isEmpty {
        parts.removeLast()
      } else if part != "." {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// Run settings that the experiment gives: those under `run`, and the short forms beside it.
  private func runEntries(of experiment: ModelSection) -> [ModelNode.Entry] {
    var entries: [ModelNode.Entry] = []
    if let run = experiment.sectionIfPresent("run") {
      for entry in run.node.entries {
        if RunSettings.keys.contains(entry.key) {
          entries.append(entry)
          run.state.asked.insert(entry.key)
        }
      }
      run.state.asked.formUnion(RunSettings.keys)
    }
    for key in ["replications", "seed", "measures"] {
      guard let entry = experiment.entry(key) else { continue }
      if entries.contains(where: { $0.key == key }) {
        experiment.fault(key, "stands here and under run", "keep one of them")
      }
      entries.append(entry)
    }
    return entries
  }

  private func scenarios(of experiment: ModelSection) -> [Scenario] {
    guard experiment.has("scenarios") else { return [Scenario(name: "base")] }
    let sections = experiment.sections("scenarios")
    return sections.map { name, section in
      for key in ["title", "title-zh", "description", "description-zh"] {
        _ = section.textIfPresent(key)
      }
      var scenario = Scenario(name: name)
      let others = sections.map { $0.0 }.filter { $0 != name }
      if section.has("against"), section.node["against"]?.text == name {
        section.fault("against", "names the scenario itself", "name another, or leave it out")
      } else if section.has("against") {
        scenario.against = section.text("against", oneOf: others)
      }
      guard let settings = section.sectionIfPresent("set") else { return scenario }
      for entry in settings.node.entries {
        settings.state.asked.insert(entry.key)
        let place = settings.placeOf(entry)
        guard let value = entry.node.flowText else {
          faults.record(place, "is \(entry.node.kindInWords)", "write one value")
          continue
        }
        scenario.settings.append((ExperimentPlan.Setting(entry.key, value), place))
      }
      return scenario
    }
  }

  // MARK: - Both

  private func assemble(
    name: String, model original: ModelDocument, runEntries: [ModelNode.Entry],
    scenarios: [Scenario], experiment: ModelSection?
  ) -> Loaded? {
    guard let kind = kind(of: original) else { return nil }
    var model = original
    model.makeWay(for: runEntries.map(\.key))
    for entry in runEntries { model.setRun(entry) }
    model.makeWay(
      for: overrides.filter { $0.path.hasPrefix("run.") }.map { String($0.path.dropFirst(4)) })
    for override in overrides where !override.path.hasPrefix("experiment.") {
      model.set(override.path, to: override.value, at: SourcePlace(file: "--set"), faults)
    }
    let run = runSettings(of: model, isRequired: requiresRun || experiment != nil)
    if kind == .region, run.untilCompleted != nil {
      model.settings(faults).sectionIfPresent("run")?.fault(
        "until-completed", "ends runs of networks, and this is a region", "leave it out")
    }
    if kind == .region, run.batches != nil {
      model.settings(faults).sectionIfPresent("run")?.fault(
        "batches", "are of runs of networks, and this is a region", "write replications")
    }
    if kind == .network, let section = model.settings(faults).sectionIfPresent("run"),
      section.has("sample")
    {
      section.fault(
        "sample", "is of regions, and this is a network", "leave it out: a network has no residents"
      )
    }
    WarmUpCheck(model: model, kind: kind, run: run, faults: faults).check()
    let end = run.window().end
    let policyStart = policyStart(experiment, run: run, end: end)
    let baseline = baseline(experiment, scenarios: scenarios.map(\.name))
    let design = experiment.flatMap {
      PointDesign($0, model: model, folder: experimentFolder, faults)
    }
    let calibration = experiment.flatMap {
      CalibrationSettings($0, model: model, scenarios: scenarios, faults)
    }
    let assembly = PointAssembly(
      model: model, overrides: overrides.filter { !$0.path.hasPrefix("experiment.") },
      scenarios: scenarios, baseline: baseline, design: design,
      forms: moneyForms(experiment, scenarios, kind), faults: faults)
    assembly.check()
    var points = assembly.points
    guard !points.isEmpty else {
      experiment?.fault("scenarios", "has no scenario", "write - name: …, or leave it out")
      return nil
    }
    SharedRuns(start: run.start, end: end, baseline: baseline, scenarios: scenarios.count)
      .find(in: &points)
    let randomNumbers = experiment?.textIfPresent(
      "random-numbers", oneOf: ["common", "independent"])
    return Loaded(
      name: name, kind: kind, model: original, points: points,
      probes: design == nil ? points : assembly.probes, design: design,
      calibration: calibration, baseline: baseline, run: run,
      window: run.window(policyStart: policyStart?.time), policyStart: policyStart?.date,
      hasCommonRandomNumbers: randomNumbers != "independent", scenarios: scenarios,
      leverGroups: LeverGroups(experiment, scenarios: scenarios, faults),
      explanation: experiment.flatMap {
        Explanation($0, scenarios: scenarios.map(\.name), faults)
      },
      search: experiment?.sectionIfPresent("seek").flatMap { SearchSettings($0) },
      matters: experiment.map(SmallestEffect.all) ?? [])
  }

  /// The forms of money under each of which the experiment asks for all scenarios.
  private func moneyForms(
    _ experiment: ModelSection?, _ scenarios: [Scenario], _ kind: ExperimentPlan.ModelKind
  ) -> [ExperimentPlan.PlacedSetting] {
    let names = MoneyForm.allCases.map(\.rawValue)
    guard let experiment,
      let word = experiment.textIfPresent("money-forms", oneOf: names + ["both"])
    else { return [] }
    guard kind == .region else {
      experiment.fault("money-forms", "belongs to regions, and this is a network", "leave it out")
      return []
    }
    guard !experiment.has("factors") else {
      experiment.fault(
        "money-forms", "stands beside factors",
        "make it one of them: {name: form, path: money-form, levels: [cost, share]}")
      return []
    }
    for scenario in scenarios {
      for (setting, place) in scenario.settings where setting.path == "money-form" {
        faults.record(place, "is set by money-forms", "keep one of them")
      }
    }
    return (word == "both" ? names : [word]).map { form in
      (ExperimentPlan.Setting("money-form", form), experiment.placeOf("money-forms"))
    }
  }

  private func kind(of model: ModelDocument) -> ExperimentPlan.ModelKind? {
    let words = ExperimentPlan.ModelKind.allCases.map(\.rawValue)
    if model.kind == DocumentLoader.baseKind {
      faults.record(
        model.place(of: "kind"), "says that models rest on this folder; it is none itself",
        "name a model that rests on it: base: \((model.folder as NSString).lastPathComponent)")
      return nil
    }
    // A cursor of its own: the model's builder asks for everything again.
    let word = model.settings(faults).text("kind", oneOf: words)
    guard let written = model.kind, word == written else { return nil }
    return ExperimentPlan.ModelKind(rawValue: word)
  }

  private func runSettings(of model: ModelDocument, isRequired: Bool) -> RunSettings {
    let section = model.settings(faults)
    let run = RunSettings(section, isRequired: isRequired)
    section.sectionIfPresent("run")?.finish()
    return run
  }

  private func baseline(_ experiment: ModelSection?, scenarios: [String]) -> Int {
    guard let experiment, let name = experiment.textIfPresent("baseline", oneOf: scenarios) else {
      return 0
    }
    return scenarios.firstIndex(of: name) ?? 0
  }

  /// The day policies begin, which must lie between the end of the warm-up and the end.
  private func policyStart(
    _ experiment: ModelSection?, run: RunSettings, end: SimulationTime
  ) -> (date: CalendarDate, time: SimulationTime)? {
    guard let experiment, let date = experiment.dateIfPresent("policy-start") else { return nil }
    guard let start = run.start else {
      experiment.fault("policy-start", "is a date, and the run has none", "add run: {start: …}")
      return nil
    }
    let time = date.time(from: start)
    let warmUpEnd = SimulationTime.zero + run.warmUp
    guard time >= warmUpEnd, time < end else {
      let first = CalendarDate(at: warmUpEnd, from: start)
      let last = CalendarDate(at: end - .days(1), from: start)
      if end > .zero {
        experiment.fault(
          "policy-start", "is \(date)",
          "write a day from \(first), when the warm-up ends, to \(last)")
      }
      return nil
    }
    return (date, time)
  }
}
