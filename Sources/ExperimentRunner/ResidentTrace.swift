// SPDX-License-Identifier: GPL-3.0-or-later

import CarePathways
import ModelFiles
import PatientFlow
import SimulationKernel

/// One replication of one scenario of a region, run for the story of one resident.
///
/// The run is only looked at, after each event, so that it is the run that ``ExperimentRun`` makes.
public struct ResidentTrace {
  public let scenario: String
  public let replication: Int
  /// The town and the resident's number there, such as `riverside-17`.
  public let resident: String
  /// The day whose start is time 0, if the run names one.
  private let start: CalendarDate?
  private let region: RunnableRegion
  private let key: ReplicationKey
  private let design: ExperimentDesign
  private let town: Int
  private let number: Int

  /// - Parameters:
  ///   - scenario: its name; the baseline unless given.
  ///   - point: the number of a point, from 1, such as one of a sweep.
  ///   - replication: its number, from 1.
  ///   - resident: a town and a number there, from 1.
  /// - Throws: ``RunnerFault`` when there is no such scenario or resident, or the model is a network.
  public init(
    _ loaded: LoadedExperiment, scenario: String? = nil, point: Int? = nil, replication: Int = 1,
    resident: String
  ) throws(RunnerFault) {
    let place = try loaded.index(ofScenario: scenario, point: point)
    let region = try loaded.region(at: place)
    let towns = region.model.towns
    guard let dash = resident.lastIndex(of: "-"),
      let number = Int(resident[resident.index(after: dash)...]), number > 0
    else {
      throw .invalid(
        "--entity is \(resident); write a town and a number, such as \(towns[0].name)-17")
    }
    let name = String(resident[..<dash])
    guard let town = towns.firstIndex(where: { $0.name == name }) else {
      let names = towns.map(\.name)
      let hint = nearestName(to: name, among: names).map { "did you mean \($0)? " } ?? ""
      throw .invalid(
        "there is no town \(name); \(hint)the towns are \(names.joined(separator: ", "))")
    }
    guard number <= towns[town].population else {
      throw .invalid("\(resident): there are \(towns[town].population) residents in \(name)")
    }
    self.resident = resident
    self.scenario = loaded.name(of: place)
    self.replication = replication
    self.region = region
    self.town = town
    self.number = number
    design = loaded.design
    start = loaded.plan.run.start
    key = ReplicationKey(point: place + 1, replication: replication)
  }

  /// Runs, and hands over what happens to the resident, in order.
  ///
  /// - Returns: The checksum, as `yilian run` stores it; `nil` when the run was stopped.
  /// - Throws: What `consume` throws.
  public func run(
    stop: StopFlag = StopFlag(), _ consume: (ResidentEvent) throws -> Void
  ) throws -> UInt64? {
    try run(stop: stop, consume, atEnd: { _ in })
  }

  /// - Parameter atEnd: Is handed what the resident had of the window of measures.
  func run(
    stop: StopFlag, _ consume: (ResidentEvent) throws -> Void, atEnd: (ResidentRecord) -> Void
  ) throws -> UInt64? {
    let run = RegionRun(
      model: region.model, window: region.window, root: design.root(of: key),
      recordsResidents: true)
    let row = row(in: run.simulation.model.domain.population)
    var watch = ResidentWatch(region.model, row: row)
    let end = region.window.end
    // What begins, such as a policy, begins when the run itself goes on from there: at midnights, and
    // at the edges of what is measured.
    var stops = Set<Int64>(stride(from: 0, through: end.microseconds, by: Self.day))
    for instant in region.model.policies.map(\.start)
      + [region.window.warmUpEnd, region.window.policyStart ?? end, end]
    where instant <= end {
      stops.insert(instant.microseconds)
    }
    for instant in stops.sorted() {
      if stop.isRaised { return nil }
      let last = SimulationTime(microseconds: max(run.now.microseconds, instant - 1))
      _ = run.simulation.run(until: last) { model, now in
        watch.look(at: model, now)
        return true
      }
      run.advance(until: SimulationTime(microseconds: instant))
      // Once to arrive there, once to begin what is due.
      if instant < end.microseconds { run.advance(until: SimulationTime(microseconds: instant)) }
      watch.look(at: run.simulation.model, run.now, isThorough: true)
      for event in watch.takeEvents() { try consume(event) }
    }
    atEnd(run.residentRecords[row])
    return run.checksum
  }

  /// A day by its number from 0, where the run names a day for time 0.
  public func date(ofDay day: Int64) -> String? {
    start.map { CalendarDate(at: .zero + TimeSpan.days(Double(day)), from: $0).description }
  }

  private static let day = Int(TimeSpan.days(1).microseconds)

  private func row(in population: Population) -> Int {
    let residents = population.residents
    let row = residents.indices.first {
      Int(residents[$0].town) == town && Int(residents[$0].member) == number - 1
    }
    guard let row else { preconditionFailure("members of a town are numbered from 0") }
    return row
  }
}

extension LoadedExperiment {
  /// The place of a scenario in the design, among its first points; the baseline's where none is named.
  ///
  /// - Parameter point: The number of a point, from 1, in place of a scenario, or the scenario's own.
  func index(ofScenario name: String?, point: Int? = nil) throws(RunnerFault) -> Int {
    if let point {
      guard plan.points.indices.contains(point - 1) else {
        throw .invalid("there is no point \(point); write a number from 1 to \(plan.points.count)")
      }
      let scenario = plan.points[point - 1].scenario
      if let name, name != scenario {
        throw .invalid(
          "point \(point) is of the scenario \(scenario), not of \(name); leave --scenario out")
      }
      return point - 1
    }
    guard let name else { return plan.baseline }
    let names = plan.points.prefix(plan.scenarioCount).map(\.scenario)
    guard let place = names.firstIndex(of: name) else {
      let hint = nearestName(to: name, among: names).map { "did you mean \($0)? " } ?? ""
      throw .invalid(
        "there is no scenario \(name); \(hint)the scenarios are \(names.joined(separator: ", "))")
    }
    return place
  }

  /// What a point, from 0, is called: its scenario, and of a design over factors its values.
  func name(of place: Int) -> String {
    let point = plan.points[place]
    return plan.pointDesign == nil
      ? point.scenario : "\(point.scenario), \(plan.place(of: point))"
  }
}
