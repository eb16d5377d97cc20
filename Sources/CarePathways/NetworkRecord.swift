// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// What the domain of a network keeps when measures ask for it.
struct NetworkRecord: Sendable {
  /// By class, then resource.
  var waits: SpanRecord
  /// The same of requests given up.
  var givenUp: SpanRecord
  /// By class, then labelled step.
  var stepWaits: SpanRecord
  var stepsGivenUp: SpanRecord
  var steps: [StepCounts]
  /// By class.
  var entityWaits: SpanRecord
  var timesInSystem: SpanRecord
  /// Entities that left completed within the window.
  var completed: Int64 = 0
  /// `nil` unless asked for; statistics that begin anew do not empty it.
  var series: NetworkSeries?
  /// By class, then resource; empty unless costs by class are asked for.
  var holdings: HoldingRecord
  /// The place of each row's label in ``NetworkModel/labelledSteps``, or -1.
  private let stepOfRow: [Int]
  private let stepCount: Int

  struct StepCounts: Hashable, Sendable {
    var waits = SpanTally()
    /// Entities that passed: see the measure.
    var passed: Int64 = 0
    var reneged: Int64 = 0
    var refused: Int64 = 0
    var referred: Int64 = 0

    mutating func add(_ other: Self) {
      waits.count += other.waits.count
      waits.total += other.waits.total
      passed += other.passed
      reneged += other.reneged
      refused += other.refused
      referred += other.referred
    }
  }

  init(_ recording: NetworkRecording, in model: NetworkModel) {
    let classes = model.program.classes.count
    let lines = classes * model.program.resources.count
    let labelled = recording.countsSteps ? model.labelledSteps : []
    var givenUp = recording.waits
    var stepsGivenUp = recording.stepWaits
    givenUp.quantiles = false
    stepsGivenUp.quantiles = false
    waits = SpanRecord(recording.waits, cells: lines)
    self.givenUp = SpanRecord(givenUp, cells: lines)
    stepWaits = SpanRecord(recording.stepWaits, cells: classes * labelled.count)
    self.stepsGivenUp = SpanRecord(stepsGivenUp, cells: classes * labelled.count)
    steps = Array(repeating: StepCounts(), count: classes * labelled.count)
    entityWaits = SpanRecord(recording.entityWaits, cells: classes)
    timesInSystem = SpanRecord(recording.timesInSystem, cells: classes)
    series =
      recording.keepsSeries ? NetworkSeries(resources: model.program.resources.count) : nil
    holdings = HoldingRecord(
      resources: model.program.resources.count, lines: recording.followsHoldings ? lines : 0)
    var stepOfRow = Array(repeating: -1, count: model.program.steps.count)
    for (place, step) in labelled.enumerated() { stepOfRow[Int(step.row)] = place }
    self.stepOfRow = stepOfRow
    stepCount = labelled.count
  }

  mutating func reset(at now: SimulationTime) {
    waits.reset()
    givenUp.reset()
    stepWaits.reset()
    stepsGivenUp.reset()
    for place in steps.indices { steps[place] = StepCounts() }
    entityWaits.reset()
    timesInSystem.reset()
    holdings.reset(at: now)
    completed = 0
  }

  /// The cell of the step that an entity stands at, by class, then step; `nil` if it has no name.
  func step(of entity: Entity) -> Int? {
    let place = stepOfRow[Int(entity.row)]
    return place < 0 ? nil : Int(entity.classIndex) * stepCount + place
  }
}

extension NetworkDomain {
  @inline(never)
  mutating func recordGrant(
    _ line: Int, _ entity: EntityIndex, _ role: UInt16, _ flow: borrowing PathwayFlow,
    waited: TimeSpan, isOfWindow: Bool, _ now: SimulationTime
  ) {
    if isOfWindow, record.waits.wanted.isOn { record.waits.add(waited, to: line) }
    record.series?.add(grantAt: line % resourceCount, waited: waited, now)
    let state = flow.entities[entity]
    guard let step = record.step(of: state) else { return }
    // One request for several resources is granted for each of them, and is one at its step.
    let row = flow.rows.step(state.row)
    if row.pointee.kind == .seizeAll, role != flow.roleAsked(row) { return }
    record.steps[step].passed += 1
    guard isOfWindow else { return }
    record.steps[step].waits.add(waited)
    if record.stepWaits.wanted.isOn { record.stepWaits.add(waited, to: step) }
  }

  @inline(never)
  mutating func recordGivingUp(
    _ line: Int, _ entity: Entity, waited: TimeSpan, isOfWindow: Bool
  ) {
    let step = record.step(of: entity)
    if let step { record.steps[step].reneged += 1 }
    guard isOfWindow else { return }
    if record.givenUp.wanted.isOn { record.givenUp.add(waited, to: line) }
    if let step, record.stepsGivenUp.wanted.isOn { record.stepsGivenUp.add(waited, to: step) }
  }

  @inline(never)
  mutating func recordRefusal(_ entity: Entity) {
    if let step = record.step(of: entity) { record.steps[step].refused += 1 }
  }

  @inline(never)
  mutating func recordLeaving(
    _ entity: EntityIndex, reason: UInt16, _ flow: borrowing PathwayFlow, _ now: SimulationTime
  ) {
    let state = flow.entities[entity]
    if let step = record.step(of: state) { record.steps[step].passed += 1 }
    record.series?.add(leaving: state, now)
    let index = Int(state.classIndex)
    if record.entityWaits.wanted.isOn { record.entityWaits.add(state.waited, to: index) }
    if record.timesInSystem.wanted.isOn {
      record.timesInSystem.add(now - state.enteredAt, to: index)
    }
    if flow.program.leaveOutcomes[Int(reason)] == .completed { record.completed += 1 }
  }
}
