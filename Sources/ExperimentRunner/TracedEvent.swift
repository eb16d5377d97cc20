// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import ModelFiles
import SimulationKernel

/// Something that happened to an entity, in the words of the model.
public struct TracedEvent: Sendable {
  public typealias Kind = TraceRow.Event

  public var kind: Kind
  /// The source and the entity's number there, such as `walk-ins-17`.
  public var caseName: String
  public var className: String
  /// In the model's time unit.
  public var time: Double
  /// Since time 0.
  public var microseconds: Int64
  /// The day and hour, where the run names a day for time 0.
  public var dateTime: String?
  /// The step's name, or else its number in its pathway; empty on arrival.
  public var step: String
  public var pathway: String
  /// Empty where there is none.
  public var resource: String
  /// What the kind of event adds: microseconds waited, of a delay, or left of it; a number.
  public var value: Int64
  /// The same as a name: of a duration, a step that comes next, a class, a reason, a kind of
  /// step.
  public var name: String
  /// Of leaving: `completed`, `reneged` or `lost`.
  public var outcome: String
  /// Tells apart those present at once.
  public var entity: UInt32

  /// The word of the event in a log.
  public var word: String {
    switch kind {
    case .end: "delay-end"
    case .assignClass, .assignPriority: "assign"
    default: "\(kind)"
    }
  }
}

/// Turns the rows of a trace into words.
struct TraceWords {
  let model: NetworkModel
  let steps: StepNames
  let start: CalendarDate?
  private let sources: [UInt64: String]

  init(_ network: NetworkReader.Network, start: CalendarDate?) {
    model = network.model
    steps = StepNames(network)
    self.start = start
    sources = model.sourceNames
  }

  func event(_ row: TraceRow) -> TracedEvent {
    let program = model.program
    let place = steps.rows[Int(row.row)]
    let isPlaceless = row.resource == TraceRow.noResource
    return TracedEvent(
      kind: row.event, caseName: "\(sources[row.owner] ?? "entity")-\(row.episode)",
      className: program.classes[Int(row.classIndex)], time: (row.time - .zero) / model.timeUnit,
      microseconds: row.time.microseconds, dateTime: start.map { Self.dateTime(row.time, $0) },
      step: row.event == .arrive ? "" : place.step, pathway: place.pathway,
      resource: isPlaceless ? "" : program.resources[Int(row.resource)].name, value: row.value,
      name: name(row),
      outcome: row.event == .leave ? "\(program.leaveOutcomes[Int(row.value)])" : "",
      entity: row.entity.rawValue)
  }

  private func name(_ row: TraceRow) -> String {
    switch row.event {
    case .branch: steps.rows[Int(row.value)].step
    case .assignClass: model.program.classes[Int(row.value)]
    case .leave: model.program.leaveReasons[Int(row.value)]
    case .delay, .end: steps.rows[Int(row.row)].duration ?? steps.rows[Int(row.row)].step
    case .step: Self.word(for: model.program.steps[Int(row.row)])
    default: ""
    }
  }

  /// What a model file calls a step.
  private static func word(for step: PathwayStep) -> String {
    switch step.kind {
    case .choose: "branch"
    case .repeatFrom: "repeat"
    case .proceed: step.operand == 1 ? "refer" : "continue"
    case .seizeAll, .seizeAny: "seize"
    default: "\(step.kind)"
    }
  }

  /// `2024-03-04T08:15:30.250000`: the hour of the place, without a zone.
  static func dateTime(_ time: SimulationTime, _ start: CalendarDate) -> String {
    let date = CalendarDate(at: time, from: start)
    let inDay = (time - date.time(from: start)).microseconds
    func padded(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let seconds = inDay / 1_000_000
    return "\(date)T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):"
      + "\(padded(seconds % 60, 2)).\(padded(inDay % 1_000_000, 6))"
  }
}
