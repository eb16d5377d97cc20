// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes the points of an experiment: every scenario under each form of money, or at each point of the
/// design over its factors.
///
/// All scenarios under one form, or at one point, follow each other, so that the first ones are those
/// of a run in one form, or at the base point; each is compared with one among these.
struct PointAssembly {
  /// The model under the command line's settings.
  let model: ModelDocument
  let overrides: [ExperimentPlan.Setting]
  let scenarios: [ExperimentLoader.Scenario]
  /// Index of the baseline among the scenarios.
  let baseline: Int
  let design: PointDesign?
  let forms: [ExperimentPlan.PlacedSetting]
  let faults: FaultCollector

  /// What all scenarios of a stretch of points have in common.
  private struct Block {
    var settings: [ExperimentPlan.PlacedSetting] = []
    var row: PointDesign.Row?
  }

  private var blocks: [Block] {
    guard let design else { return forms.isEmpty ? [Block()] : forms.map { Block(settings: [$0]) } }
    return design.rows.map { row in
      var settings: [ExperimentPlan.PlacedSetting] = []
      for (factor, level) in zip(design.factors, row.levels) {
        settings += (level?.settings ?? []).map { ($0, row.place ?? factor.place) }
      }
      return Block(settings: settings, row: row)
    }
  }

  /// In design order. A single scenario at several points is compared with itself at the first.
  var points: [ExperimentPlan.Point] {
    var points: [ExperimentPlan.Point] = []
    for block in blocks {
      let first = points.count
      for scenario in scenarios {
        let compared = scenario.against.flatMap { name in
          scenarios.firstIndex { $0.name == name }
        }
        let isSweep = design != nil && scenarios.count == 1
        points.append(
          point(
            scenario, block, id: points.count + 1,
            baseline: isSweep ? 0 : first + (compared ?? baseline)))
      }
    }
    return points
  }

  /// What is compiled before anything is run: every scenario without the design, then the baseline
  /// with each value of each factor by itself.
  var probes: [ExperimentPlan.Point] {
    let alone = scenarios.map { point($0, Block(), id: 1, baseline: baseline) }
    guard let design, scenarios.indices.contains(baseline) else { return alone }
    let place = Dictionary(
      design.factors.flatMap { factor in factor.paths.map { ($0, factor.place) } },
      uniquingKeysWith: { first, _ in first })
    let fallback = design.factors.first?.place ?? SourcePlace(file: "")
    return alone
      + design.levelsToTry.map { tried in
        point(
          scenarios[baseline],
          Block(
            settings: tried.level.settings.map { ($0, tried.place ?? place[$0.path] ?? fallback) }),
          id: 1, baseline: baseline)
      }
  }

  private func point(
    _ scenario: ExperimentLoader.Scenario, _ block: Block, id: Int, baseline: Int
  ) -> ExperimentPlan.Point {
    let changes = block.settings + scenario.settings
    return ExperimentPlan.Point(
      id: id, scenario: scenario.name, settings: overrides + changes.map(\.setting),
      baseline: baseline, row: block.row, model: model, changes: changes)
  }

  /// Records what is wrong with the settings of scenarios and forms, each once.
  func check() {
    let paths = (design?.factors ?? []).flatMap { factor -> [(path: ModelPath, name: String)] in
      var paths = factor.paths
      if case .levels(let levels) = factor.values {
        paths += levels.flatMap { $0.settings.map(\.path) }
      }
      return paths.compactMap { ModelPath($0).map { ($0, factor.name) } }
    }
    for form in forms { checked(form, in: model) }
    for scenario in scenarios {
      var document = model
      if let form = forms.first { document.put(form.setting, at: form.place, faults) }
      for (setting, place) in scenario.settings {
        if setting.path.hasPrefix("run.") || setting.path.hasPrefix("experiment.") {
          faults.record(place, "is the same in all scenarios", "set it under run:")
          continue
        }
        if let path = ModelPath(setting.path),
          let factor = paths.first(where: { $0.path.overlaps(path) })
        {
          faults.record(
            place, "is set by the factor \(factor.name)", "keep one of them")
        }
        document.put(setting, at: place, faults)
      }
    }
    let count = (design?.rows.count ?? 1) * scenarios.count
    if let design, count > DesignSettings.mostPoints {
      faults.record(
        design.factors[0].place, "make \(count) points with \(scenarios.count) scenarios",
        "\(DesignSettings.mostPoints) are the most")
    }
  }

  private func checked(_ change: ExperimentPlan.PlacedSetting, in model: ModelDocument) {
    var document = model
    document.put(change.setting, at: change.place, faults)
  }
}

extension ModelDocument {
  /// Sets a path as a point of an experiment does: the form of money need not be written in a model.
  mutating func put(
    _ setting: ExperimentPlan.Setting, at place: SourcePlace, _ faults: FaultCollector
  ) {
    set(setting.path, to: setting.value, at: place, creating: ["money-form"], faults)
  }
}
