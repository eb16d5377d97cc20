// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import ModelFiles
import Randomness
import SimulationKernel

/// One replication of one scenario of a network, run for its log.
public struct NetworkTrace {
  public let network: NetworkReader.Network
  public let scenario: String
  public let replication: Int
  /// The day whose start is time 0, if the run names one.
  public let start: CalendarDate?
  /// Where the log ends.
  public let end: SimulationTime
  /// The entity that is looked for; all of them when `nil`.
  private let entity: EntityName?
  private let window: RunWindow
  private let root: RandomRoot

  /// - Parameters:
  ///   - scenario: its name; the baseline unless given.
  ///   - point: the number of a point, from 1, such as one of a sweep.
  ///   - replication: its number, from 1.
  ///   - until: where to stop, a time such as `8 h`, or a number in the model's time unit; the end
  ///     of the run unless given.
  ///   - entity: the only one to log, as a source and its number there, such as `walk-ins-17`.
  /// - Throws: ``RunnerFault`` when there is no such scenario, instant or source, or the model is a
  ///   region.
  public init(
    _ loaded: LoadedExperiment, scenario: String? = nil, point: Int? = nil, replication: Int = 1,
    until: String? = nil, entity: String? = nil
  ) throws(RunnerFault) {
    guard loaded.plan.kind == .network else {
      throw .invalid(
        "\(loaded.plan.name): is a region; write --entity with a town and a number for the story of one "
          + "resident: only networks can be traced whole")
    }
    let place = try loaded.index(ofScenario: scenario, point: point)
    if loaded.design.isBatched, replication != 1 {
      throw .invalid(
        "--replication is \(replication), but there is one run, cut into batches; leave it out")
    }
    network = try loaded.network(at: place)
    self.scenario = loaded.name(of: place)
    self.replication = replication
    start = loaded.plan.run.start
    window = loaded.plan.window
    root = loaded.design.root(of: ReplicationKey(point: place + 1, replication: replication))
    end = try Self.end(until, network, window)
    if let entity {
      self.entity = try EntityName(entity, among: network.model.sources.map(\.name))
    } else {
      self.entity = nil
    }
  }

  private static func end(
    _ text: String?, _ network: NetworkReader.Network, _ window: RunWindow
  ) throws(RunnerFault) -> SimulationTime {
    guard let text else { return window.end }
    guard let span = network.time(text), span >= .zero else {
      throw .invalid("--until is \(text); write a time such as 8 h")
    }
    guard .zero + span <= window.end else {
      let length = (window.end - .zero) / network.model.timeUnit
      throw .invalid(
        "--until is \(text), but the run ends at \(length) \(network.timeUnit); "
          + "make it longer with --set run.length=…")
    }
    return .zero + span
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// Events handled.
    public var events: UInt64
    /// As `yilian run` stores it, when the whole replication was traced.
    public var checksum: UInt64
    /// Entities that wait for each other for ever.
    public var deadlock: RunnerFault?
    public var wasStopped: Bool
  }

  var microsecondsPerUnit: Double { Double(network.model.timeUnit.microseconds) }

  /// Runs, and hands over the events in order.
  ///
  /// - Throws: ``RunnerFault`` when the entity looked for has not arrived by the end; what `consume`
  ///   throws.
  public func run(
    stop: StopFlag = StopFlag(), _ consume: (TracedEvent) throws -> Void
  ) throws -> Outcome {
    let run = TracedNetworkRun(model: network.model, window: window, root: root)
    let words = TraceWords(network, start: start)
    var slice = max(1, end.microseconds / 4096)
    var now = Int64(0)
    var last: UInt64 = 0
    while now < end.microseconds, !stop.isRaised {
      let next = slice < end.microseconds - now ? now + slice : end.microseconds
      run.advance(until: SimulationTime(microseconds: next))
      now = next
      let rows = run.takeRows()
      // Stretches of some ten thousand rows: little memory, and few of them.
      if rows.count < 10_000 { slice *= 2 }
      if rows.count > 40_000 { slice = max(1, slice / 2) }
      for row in rows {
        if let entity {
          guard row.owner == entity.owner else { continue }
          last = max(last, row.episode)
          guard row.episode == entity.episode else { continue }
        }
        try consume(words.event(row))
      }
    }
    if let entity, last < entity.episode, !stop.isRaised {
      throw RunnerFault.invalid(
        "\(entity.text) does not arrive before the end: \(last) come from \(entity.source)")
    }
    let place = "scenario \(scenario), replication \(replication)"
    return Outcome(
      events: run.eventCount, checksum: run.checksum,
      deadlock: run.fault.map { .stopped($0, in: network.model, at: place) }
        ?? run.deadlock.map { .deadlock($0, in: network.model, at: place) },
      wasStopped: stop.isRaised)
  }
}

/// `walk-ins-17`: an arrival of a source, by its number.
private struct EntityName {
  var text: String
  var source: String
  var owner: UInt64
  var episode: UInt64

  init(_ text: String, among sources: [String]) throws(RunnerFault) {
    guard let dash = text.lastIndex(of: "-"), let number = UInt64(text[text.index(after: dash)...]),
      number > 0
    else {
      throw .invalid(
        "--entity is \(text); write a source and a number, such as \(sources.first ?? "door")-17")
    }
    source = String(text[..<dash])
    guard sources.contains(source) else {
      let hint = nearestName(to: source, among: sources).map { "did you mean \($0)? " } ?? ""
      throw .invalid(
        "there is no source \(source); \(hint)the sources are \(sources.joined(separator: ", "))")
    }
    self.text = text
    owner = Purpose(source).rawValue
    episode = number
  }
}

extension RunnerFault {
  /// What stopped an entity, in one line.
  static func stopped(
    _ fault: PathwayRunFault, in model: NetworkModel, at place: String
  ) -> RunnerFault {
    stopped(fault, timeUnit: model.timeUnit, at: place)
  }

  static func stopped(
    _ fault: PathwayRunFault, timeUnit: TimeSpan, at place: String
  ) -> RunnerFault {
    let step = fault.step.map { "step \($0) of" } ?? "a step of"
    let time = plain((fault.time - .zero) / timeUnit)
    return .invalid(
      "\(place): at time \(time), \(step) pathway \(fault.pathway) \(fault.problem); \(fault.remedy)"
    )
  }

  /// Who waits for whom, in one line, with what would help.
  static func deadlock(
    _ deadlock: Deadlock, in model: NetworkModel, at place: String
  ) -> RunnerFault {
    let members = deadlock.members
    let names = members.map { model.caseName(owner: $0.owner, episode: $0.episode) }
    func name(_ resource: ResourceIndex) -> String {
      model.program.resources[Int(resource.rawValue)].name
    }
    var text = names[0]
    // Each waits for what the next one holds, the last for what the first one holds.
    if deadlock.isCircle, case .resource(let resource) = members[members.count - 1].waitsFor {
      text += " holds \(name(resource)) and"
    } else if let held = members[0].holds {
      text += " holds \(name(held)) and"
    }
    for (place, member) in members.enumerated() {
      text += place == 0 ? " waits for " : ", which waits for "
      let isLast = place == members.count - 1
      let next = isLast ? (deadlock.isCircle ? names[0] : nil) : names[place + 1]
      switch member.waitsFor {
      case .resource(let resource):
        text += name(resource)
        text += next.map { ", held by \($0)" } ?? ", of which there is too little"
      case .line(let resource): text += "\(name(resource)) behind \(next ?? "another")"
      case .child: text += "\(next ?? "one") that it has started"
      case .condition: text += "a condition that nothing can change"
      }
    }
    let since = (deadlock.since - .zero) / model.timeUnit
    guard deadlock.isCircle else {
      return .invalid(
        "\(place): nothing can go on from time \(plain(since)) on: \(text); let it renege, or "
          + "release first what it holds")
    }
    return .invalid(
      "\(place): deadlock from time \(plain(since)) on: \(text); let one of them renege, release "
        + "before it asks, or give one of these resources more capacity")
  }

  /// Four decimals at most.
  private static func plain(_ value: Double) -> String {
    let rounded = (value * 1e4).rounded() / 1e4
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
  }
}
