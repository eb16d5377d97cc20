// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import SimulationKernel

/// What is to be run: scenarios of one model, each resolved to a document of its own, with the run
/// settings they share.
///
/// Made from any folder with a `model.yaml` (one scenario, `base`, under the model's own settings)
/// or from an experiment file.
public struct ExperimentPlan: Sendable {
  /// What a model is a model of.
  public enum ModelKind: String, CaseIterable, Sendable { case network, region }

  /// A path set to a value.
  public struct Setting: Hashable, Sendable {
    public var path: String
    public var value: String

    public init(_ path: String, _ value: String) {
      self.path = path
      self.value = value
    }

    /// Reads `path=value`, as `--set` takes it; `nil` without an equals sign after a path.
    public init?(_ text: String) {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
      path = text[..<equals].trimmed
      value = text[text.index(after: equals)...].trimmed
    }
  }

  /// A setting, and where it is written.
  typealias PlacedSetting = (setting: Setting, place: SourcePlace)

  /// One scenario, at one point of the design if there are factors; in design order.
  public struct Point: Sendable {
    /// From 1.
    public var id: Int
    public var scenario: String
    /// Every path set, by the command line first, then by the design, then by the scenario; the last
    /// of a path holds.
    public var settings: [Setting]
    /// Index of the point that it is compared with: the baseline scenario, or the one that it names,
    /// under the same form of money and at the same values of the factors; of a single scenario, the
    /// first point.
    public var baseline: Int
    /// The place in the design, if there are factors.
    public var row: PointDesign.Row?
    /// Index of the point whose run a run of this point is until ``sharesUntil``: the design's baseline,
    /// or the baseline scenario at the same values of the factors.
    public var trunk = 0
    /// Until when a run of this point is that of ``trunk``; `nil` when they differ from the start.
    public var sharesUntil: SimulationTime?
    /// The model under the command line's settings.
    private let model: ModelDocument
    private let changes: [PlacedSetting]

    init(
      id: Int, scenario: String, settings: [Setting], baseline: Int, row: PointDesign.Row?,
      model: ModelDocument, changes: [PlacedSetting]
    ) {
      self.id = id
      self.scenario = scenario
      self.settings = settings
      self.baseline = baseline
      self.row = row
      self.model = model
      self.changes = changes
    }

    /// The model as this point changes it. It is made anew each time it is asked for, so that a design
    /// of thousands of points holds one model.
    public var document: ModelDocument {
      var document = model
      // What is wrong with a setting was told when the plan was made.
      let told = FaultCollector()
      for (setting, place) in changes { document.put(setting, at: place, told) }
      if !changes.isEmpty { document.scenario = scenario }
      return document
    }

    /// This scenario with further settings, which hold above its own.
    ///
    /// - Parameter faults: Told of paths that lead nowhere.
    func setting(
      _ more: [PlacedSetting], id: Int, baseline: Int, _ faults: FaultCollector
    ) -> Point {
      let point = Point(
        id: id, scenario: scenario, settings: settings + more.map(\.setting), baseline: baseline,
        row: nil, model: model, changes: changes + more)
      var document = document
      for (setting, place) in more { document.put(setting, at: place, faults) }
      return point
    }
  }

  /// The experiment's name, or the model folder's.
  public let name: String
  public let kind: ModelKind
  public internal(set) var points: [Point]
  /// What is to be compiled before anything is run, so that all faults are told: the points, or, of a
  /// design over factors, every scenario without it and each value of each factor by itself.
  public let probes: [Point]
  /// The design over factors, if there are any.
  public let pointDesign: PointDesign?
  /// What is fitted, and to what, if the experiment says so.
  public let calibration: CalibrationSettings?
  /// Index of the baseline in ``points``.
  public let baseline: Int
  /// The settings of `run`, after the experiment and the command line.
  public let run: RunSettings
  public let window: RunWindow
  public let policyStart: CalendarDate?
  /// Replications of a point have the same random numbers in every point.
  public let hasCommonRandomNumbers: Bool
  /// What is sought among the points, if the experiment says so.
  public let search: SearchSettings?
  /// The smallest effects that matter, in the order of the experiment.
  public let matters: [SmallestEffect]
  /// Full texts of the model's files, by name inside the folder.
  public let modelTexts: [(file: String, text: String)]
  public let modelDigest: ModelDigest
  /// The experiment file's name and text; `nil` for a plain model.
  public let experimentText: (file: String, text: String)?
  /// Of the experiment's text, and of that of an imported design.
  public let experimentDigest: ModelDigest?
  /// What the command line set.
  public let overrides: [Setting]
  /// What is taken apart into levers, if the experiment is an explanation's.
  public let explanation: Explanation?
  /// Of the file, before the design or forms of money multiply them.
  let scenarios: [ExperimentLoader.Scenario]
  let leverGroups: LeverGroups
  /// What an author should know, though it stops nothing.
  public let warnings: [ModelFault]

  /// How many points make a block: all scenarios under one form of money, or at one point of the
  /// design over factors.
  public var scenarioCount: Int {
    guard let pointDesign else { return points.count }
    return points.count / pointDesign.rows.count
  }
  public var replications: Int { run.replications }
  public var seed: UInt64 { run.seed }
  public var measures: [MeasureRequest] { run.measures }

  /// Reads a path and applies what the command line set.
  ///
  /// The model itself is not compiled: do that for each point, with the same collector.
  ///
  /// - Parameters:
  ///   - path: a folder with a `model.yaml`, or an experiment file.
  ///   - text: an experiment's text, in place of that of a file at `path`.
  ///   - overrides: settings of `--set`, in order; `run.…` and `experiment.…` included.
  ///   - replications: in place of the file's.
  ///   - seed: in place of the file's.
  public init(
    path: String, text: String? = nil, overrides: [Setting] = [], replications: Int? = nil,
    seed: UInt64? = nil
  ) throws(ModelFaults) {
    let faults = FaultCollector()
    let plan = ExperimentPlan(
      path: path, text: text, overrides: overrides, replications: replications, seed: seed, faults)
    try faults.throwIfAny()
    guard let plan else { preconditionFailure("a plan that failed has recorded no fault") }
    self = plan
  }

  /// Reads a path and records faults, so that a caller can add those of compiling the points.
  ///
  /// - Parameter requiresRun: whether a model alone must have a `run` section; a check need not.
  public init?(
    path: String, text: String? = nil, overrides: [Setting] = [], replications: Int? = nil,
    seed: UInt64? = nil, requiresRun: Bool = true, _ faults: FaultCollector
  ) {
    var all = overrides
    if let replications { all.append(Setting("run.replications", String(replications))) }
    if let seed { all.append(Setting("run.seed", String(seed))) }
    var loader = ExperimentLoader(
      path: path, text: text, overrides: all, requiresRun: requiresRun, faults: faults)
    guard let loaded = loader.load() else { return nil }
    name = loaded.name
    kind = loaded.kind
    points = loaded.points
    probes = loaded.probes
    pointDesign = loaded.design
    calibration = loaded.calibration
    baseline = loaded.baseline
    run = loaded.run
    window = loaded.window
    policyStart = loaded.policyStart
    hasCommonRandomNumbers = loaded.hasCommonRandomNumbers
    search = loaded.search
    matters = loaded.matters
    modelTexts = loaded.model.texts
    modelDigest = loaded.model.digest
    experimentText = loaded.experimentText
    let imported = loaded.design?.imported
    experimentDigest = loaded.experimentText.map { text in
      ModelDigest([text] + (imported.map { [$0] } ?? []))
    }
    self.overrides = overrides
    explanation = loaded.explanation
    scenarios = loaded.scenarios
    leverGroups = loaded.leverGroups
    warnings = faults.sortedWarnings
  }
}
