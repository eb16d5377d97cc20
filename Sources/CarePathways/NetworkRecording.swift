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
  /// Passes of steps that neither seize nor leave.
  var followsSteps = false
  /// Units held by class and resource.
  var followsHoldings = false
  /// The completed entity of the window that ends it.
  var lastCompletion: Int64?
  /// Waits and times in the system, one by one since time 0.
  var keepsSeries = false

  /// Whether the domain has anything to keep.
  var isOn: Bool {
    waits.isOn || stepWaits.isOn || entityWaits.isOn || timesInSystem.isOn || countsSteps
      || lastCompletion != nil || keepsSeries
  }

  /// Whether entities are to be followed through all their steps, by ``WatchedNetwork``.
  var follows: Bool { followsSteps || followsHoldings }

  init(_ requests: [MeasureRequest], in model: NetworkModel, window: RunWindow) {
    lastCompletion = window.lastCompletion
    for request in requests {
      let dimensions = request.dimension.split(separator: "+")
      if dimensions.contains("step") { countsSteps = true }
      if request.measure == "passed", model.labelledSteps.contains(where: { !$0.isRequestOrEnd }) {
        followsSteps = true
      }
      if request.measure == "cost", dimensions.contains("class"), !model.costs.isEmpty {
        followsHoldings = true
      }
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
