// SPDX-License-Identifier: GPL-3.0-or-later
import OutputAnalysis
import SimulationKernel

/// What the measures that an experiment asks for make a run keep, beyond what every run counts.
struct NetworkRecording: Sendable {
  /// A level that is watched: its distribution over time is asked for.
  struct Level: Hashable, Sendable {
    enum Kind: Hashable, Sendable { case queueLength, occupancy, inSystem }
    var kind: Kind
    /// The resource, or `nil` for all together.
    var resource: Int?
  }

  /// From request to grant, or to giving up.
  var waits = SpanRecord.Wanted()
  /// From request to grant at labelled steps.
  var stepWaits = SpanRecord.Wanted()
  /// All waits of an entity.
  var entityWaits = SpanRecord.Wanted()
  var timesInSystem = SpanRecord.Wanted()
  var levels: [Level] = []
  var countsSteps = false
  /// The completed entity of the window that ends it.
  var lastCompletion: Int64?

  /// Whether the domain has anything to keep.
  var isOn: Bool {
    waits.isOn || stepWaits.isOn || entityWaits.isOn || timesInSystem.isOn || countsSteps
      || lastCompletion != nil
  }

  init(_ requests: [MeasureRequest], in model: NetworkModel, window: RunWindow) {
    lastCompletion = window.lastCompletion
    for request in requests {
      let dimensions = request.dimension.split(separator: "+")
      if dimensions.contains("step") { countsSteps = true }
      guard let (measure, statistic) = NetworkMeasures.statistic(request.measure) else {
        if request.measure == "in-system" { watch(.inSystem, resource: nil) }
        continue
      }
      switch measure {
      case "wait" where dimensions.contains("step"):
        want(statistic, \.stepWaits, model)
      case "wait" where dimensions.contains("resource"): want(statistic, \.waits, model)
      case "wait": want(statistic, \.entityWaits, model)
      case "time-in-system": want(statistic, \.timesInSystem, model)
      case "queue-length", "occupancy":
        let kind: Level.Kind = measure == "occupancy" ? .occupancy : .queueLength
        if dimensions.isEmpty {
          watch(kind, resource: nil)
        } else {
          for place in model.program.resources.indices { watch(kind, resource: place) }
        }
      case "in-system": watch(.inSystem, resource: nil)
      default: preconditionFailure("no such statistic of a network: \(request.measure)")
      }
    }
  }

  private mutating func want(
    _ statistic: MeasureStatistic, _ spans: WritableKeyPath<Self, SpanRecord.Wanted>,
    _ model: NetworkModel
  ) {
    self[keyPath: spans].isOn = true
    switch statistic {
    case .quantile: self[keyPath: spans].quantiles = true
    case .shareOver(let limit, _):
      let span = model.span(limit)
      if !self[keyPath: spans].limits.contains(span) { self[keyPath: spans].limits.append(span) }
      self[keyPath: spans].limits.sort()
    }
  }

  private mutating func watch(_ kind: Level.Kind, resource: Int?) {
    let level = Level(kind: kind, resource: resource)
    if !levels.contains(level) { levels.append(level) }
  }
}

extension NetworkModel {
  /// A length of time given in the network's unit, to the nearest microsecond.
  func span(_ units: Double) -> TimeSpan {
    TimeSpan(microseconds: Int64((units * Double(timeUnit.microseconds)).rounded()))
  }
}

/// What the domain of a network keeps when measures ask for it.
struct NetworkRecord: Sendable {
  /// By class, then resource.
  var waits: SpanRecord
  /// The same of requests given up.
  var givenUp: SpanRecord
  /// By labelled step.
  var stepWaits: SpanRecord
  var stepsGivenUp: SpanRecord
  var steps: [StepCounts]
  /// By class.
  var entityWaits: SpanRecord
  var timesInSystem: SpanRecord
  /// Entities that left completed within the window.
  var completed: Int64 = 0
  /// The place of each row's label in ``NetworkModel/labelledSteps``, or -1.
  let stepOfRow: [Int]

  struct StepCounts: Hashable, Sendable {
    var waits = SpanTally()
    /// Entities that passed: were granted what the step seizes, or left there.
    var passed: Int64 = 0
    var reneged: Int64 = 0
    var refused: Int64 = 0
  }

  init(_ recording: NetworkRecording, in model: NetworkModel) {
    let classes = model.program.classes.count
    let lines = classes * model.program.resources.count
    let steps = recording.countsSteps ? model.labelledSteps : []
    var givenUp = recording.waits
    var stepsGivenUp = recording.stepWaits
    givenUp.quantiles = false
    stepsGivenUp.quantiles = false
    waits = SpanRecord(recording.waits, cells: lines)
    self.givenUp = SpanRecord(givenUp, cells: lines)
    stepWaits = SpanRecord(recording.stepWaits, cells: steps.count)
    self.stepsGivenUp = SpanRecord(stepsGivenUp, cells: steps.count)
    self.steps = Array(repeating: StepCounts(), count: steps.count)
    entityWaits = SpanRecord(recording.entityWaits, cells: classes)
    timesInSystem = SpanRecord(recording.timesInSystem, cells: classes)
    var stepOfRow = Array(repeating: -1, count: model.program.steps.count)
    for (place, step) in steps.enumerated() { stepOfRow[Int(step.row)] = place }
    self.stepOfRow = stepOfRow
  }

  mutating func reset() {
    waits.reset()
    givenUp.reset()
    stepWaits.reset()
    stepsGivenUp.reset()
    for place in steps.indices { steps[place] = StepCounts() }
    entityWaits.reset()
    timesInSystem.reset()
    completed = 0
  }
}

extension NetworkModel {
  /// The labelled steps that seize something or leave, as `pathway.label`, in order of rows.
  var labelledSteps: [(name: String, row: UInt16)] {
    program.labels.compactMap { key, row in
      switch program.steps[Int(row)].kind {
      case .seize, .leave:
        (key.split(separator: "\u{0}").joined(separator: "."), row)
      default: nil
      }
    }.sorted { ($0.row, $0.name) < ($1.row, $1.name) }
  }
}

extension NetworkDomain {
  @inline(never)
  mutating func recordGrant(
    _ line: Int, _ row: UInt16, waited: TimeSpan, isOfWindow: Bool
  ) {
    let step = record.stepOfRow[Int(row)]
    if step >= 0 { record.steps[step].passed += 1 }
    guard isOfWindow else { return }
    if record.waits.wanted.isOn { record.waits.add(waited, to: line) }
    guard step >= 0 else { return }
    record.steps[step].waits.add(waited)
    if record.stepWaits.wanted.isOn { record.stepWaits.add(waited, to: step) }
  }

  @inline(never)
  mutating func recordGivingUp(
    _ line: Int, _ row: UInt16, waited: TimeSpan, isOfWindow: Bool
  ) {
    let step = record.stepOfRow[Int(row)]
    if step >= 0 { record.steps[step].reneged += 1 }
    guard isOfWindow else { return }
    if record.givenUp.wanted.isOn { record.givenUp.add(waited, to: line) }
    if step >= 0, record.stepsGivenUp.wanted.isOn { record.stepsGivenUp.add(waited, to: step) }
  }

  @inline(never)
  mutating func recordRefusal(_ row: UInt16) {
    let step = record.stepOfRow[Int(row)]
    if step >= 0 { record.steps[step].refused += 1 }
  }

  @inline(never)
  mutating func recordLeaving(
    _ entity: EntityIndex, reason: UInt16, _ flow: borrowing PathwayFlow, _ now: SimulationTime
  ) {
    let state = flow.entities[entity]
    let step = record.stepOfRow[Int(state.row)]
    if step >= 0 { record.steps[step].passed += 1 }
    let index = Int(state.classIndex)
    if record.entityWaits.wanted.isOn { record.entityWaits.add(state.waited, to: index) }
    if record.timesInSystem.wanted.isOn {
      record.timesInSystem.add(now - state.enteredAt, to: index)
    }
    if flow.program.leaveOutcomes[Int(reason)] == .completed { record.completed += 1 }
  }
}
