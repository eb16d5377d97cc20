// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import SimulationKernel

/// The load that a network's arrivals put on its resources, by the traffic equations of its
/// pathways.
///
/// A state is a step with what is held on the way to it; visits to the states per unit of time
/// solve λ = γ + λP, with P the branches' probabilities. Nobody is taken to give up or to be turned
/// away: the load is what is offered. Where the way, or a length of time, hangs on the state of the
/// run, the load lies between the least and the most that any choice of ways brings.
struct NetworkLoads {
  let network: NetworkDescription
  let timeUnit: TimeSpan
  /// Over which scheduled arrivals are spread; zero: up to the last of them.
  let horizon: TimeSpan
  /// An instant, at or before time 0, at which a week begins.
  var weekStart = SimulationTime.zero

  /// The loads in the order of the resources; none when pathways are too tangled to follow.
  func loads() -> [ResourceLoad] {
    var ways = PathwayWays(network, secondsPerUnit: timeUnit / .seconds(1))
    var starts: [(state: Int, rate: Double)] = []
    for (place, pathway) in network.pathways.enumerated() where !pathway.steps.isEmpty {
      for entityClass in network.classes {
        let rate = rate(of: entityClass, on: pathway.name)
        if rate > 0 { starts.append((ways.begin(on: place, as: entityClass), rate)) }
      }
    }
    guard ways.follow() else { return [] }
    let visits = visitRates(ways, starts)
    return network.resources.map { resource in
      var load = ResourceLoad(
        resource: resource.name, requestRate: 0, offeredLoad: 0, capacity: capacity(of: resource),
        isHeldWhileWaiting: false, hasBoundedLine: resource.waitingRoom != nil)
      for entityClass in network.classes {
        var part = ResourceLoad.ClassLoad(name: entityClass)
        var isAsked = false
        let asking = rewards(ways, of: entityClass) { requests($0, resource.name) }
        if let rates = total(asking, ways, starts, visits) {
          part.requestRate = rates.lowerBound
          part.mostRequests = rates.upperBound
          isAsked = true
        }
        let keeping = rewards(ways, of: entityClass) { holding($0, resource.name) }
        if let units = total(keeping, ways, starts, visits) {
          part.offeredLoad = units.lowerBound
          part.mostOffered = units.upperBound
          isAsked = true
        }
        if isAsked { load.add(part) }
      }
      for state in ways.states { note(ways.step(of: state).action, state.held, &load) }
      return load
    }
  }

  // MARK: - What visits bring

  /// At the least and at the most.
  private typealias Reward = (least: Double, most: Double)

  private func rewards(
    _ ways: PathwayWays, of entityClass: String,
    _ reward: (_ visit: (action: StepDescription.Action, state: PathwayWays.State)) -> Reward
  ) -> [Reward] {
    ways.states.map { state in
      state.entityClass == entityClass
        ? reward((ways.step(of: state).action, state)) : (0, 0)
    }
  }

  private typealias Visit = (action: StepDescription.Action, state: PathwayWays.State)

  private func requests(_ visit: Visit, _ resource: String) -> Reward {
    switch visit.action {
    case .seize(let asked), .transfer(let asked, _, _):
      return asked.role == resource ? (1, 1) : (0, 0)
    case .seizeAll(let asked):
      return asked.parts.contains { $0.role == resource } ? (1, 1) : (0, 0)
    // Which of several it will be, the run decides.
    case .seizeAny(let asked):
      guard asked.parts.contains(where: { $0.role == resource }) else { return (0, 0) }
      return (asked.parts.count == 1 ? 1 : 0, 1)
    default: return (0, 0)
    }
  }

  private func holding(_ visit: Visit, _ resource: String) -> Reward {
    var units = visit.state.held.reduce(0) { $0 + ($1.resource == resource ? $1.units : 0) }
    let rule: String
    switch visit.action {
    case .delay(let name): rule = name
    case .transfer(let asked, _, let name?):
      rule = name
      if asked.role == resource { units += asked.units }
    // How long it takes until the hour or the condition comes, the run decides.
    case .wait, .join: return (0, units > 0 ? .infinity : 0)
    default: return (0, 0)
    }
    guard units > 0 else { return (0, 0) }
    let mean = network.meanDuration(
      rule, of: visit.state.entityClass, secondsPerUnit: timeUnit / .seconds(1))
    return mean.isNaN ? (0, .infinity) : (mean * Double(units), mean * Double(units))
  }

  /// Who holds something while waiting, and whose patience bounds a line.
  private func note(
    _ action: StepDescription.Action, _ held: [PathwayWays.Hold], _ load: inout ResourceLoad
  ) {
    let asked: [(role: String, isPatient: Bool)]
    switch action {
    case .seize(let one), .transfer(let one, _, _): asked = [(one.role, one.patience == nil)]
    case .seizeAll(let several), .seizeAny(let several):
      asked = several.parts.map { ($0.role, several.patience == nil) }
    default: return
    }
    if held.contains(where: { $0.resource == load.resource }) { load.isHeldWhileWaiting = true }
    if asked.contains(where: { $0.role == load.resource && !$0.isPatient }) {
      load.hasBoundedLine = true
    }
  }

  // MARK: - Adding up

  /// Visits to each state per unit of time, where the ways are known; `nil` where they are not.
  private func visitRates(
    _ ways: PathwayWays, _ starts: [(state: Int, rate: Double)]
  ) -> [Double]? {
    let count = ways.states.count
    guard count > 0, count <= 600, ways.alternatives.allSatisfy({ $0.count == 1 }) else {
      return nil
    }
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for (from, exits) in ways.alternatives.enumerated() {
      for exit in exits[0] { matrix[from][exit.to] += exit.weight }
      if matrix[from].reduce(0, +) > 1 + 1e-9 { return nil }
    }
    var arrivals = [Double](repeating: 0, count: count)
    for start in starts { arrivals[start.state] += start.rate }
    return QueueTheory.throughputs(externalArrivalRates: arrivals, routing: matrix)
  }

  /// What all visits together bring per unit of time; `nil` where nothing.
  private func total(
    _ rewards: [Reward], _ ways: PathwayWays, _ starts: [(state: Int, rate: Double)],
    _ visits: [Double]?
  ) -> ClosedRange<Double>? {
    guard rewards.contains(where: { $0.most > 0 }) else { return nil }
    let least: Double
    let most: Double
    if let visits {
      least = zip(visits, rewards).reduce(0) { $0 + $1.0 * $1.1.least }
      most = zip(visits, rewards).reduce(0) { $0 + ($1.1.most > 0 ? $1.0 * $1.1.most : 0) }
    } else {
      let (low, high) = (
        ways.totals(rewards.map(\.least), most: false),
        ways.totals(rewards.map(\.most), most: true)
      )
      least = starts.reduce(0) { $0 + $1.rate * low[$1.state] }
      most = starts.reduce(0) { $0 + $1.rate * high[$1.state] }
    }
    // What differs by rounding alone is known.
    return most.isFinite && most - least <= 1e-9 * most ? least...least : least...most
  }

  // MARK: - Rates and capacities

  /// Arrivals of a class that begin on a pathway, per unit of the network's time.
  private func rate(of entityClass: String, on pathway: String) -> Double {
    network.sources.reduce(0) { $0 + rate(of: $1, entityClass, on: pathway) }
  }

  /// Entities of a class that one source brings to a pathway, per unit of the network's time: in the
  /// long run where there is one, else over the horizon.
  private func rate(
    of source: ArrivalSource, _ entityClass: String, on pathway: String
  ) -> Double {
    if source.isSteady, let rate = steadyRate(of: source.process) {
      guard source.pathway == pathway else { return 0 }
      return rate * (source.batch?.mean ?? 1) * source.share(of: entityClass)
    }
    let span = span(of: source)
    guard span > .zero else { return 0 }
    let count = source.expectedEntities(
      until: .zero + span, timeUnit: timeUnit, weekStart: weekStart, of: entityClass, on: pathway)
    return count / (span / timeUnit)
  }

  private func steadyRate(of process: ArrivalProcess) -> Double? {
    switch process {
    case .poisson(let rate): rate
    case .periodic(let period, let changes): mean(changes, over: period)
    case .rates(let changes, let period?): mean(changes, over: period)
    case .rates, .scheduled, .renewal, .recorded: nil
    }
  }

  /// Over which arrivals are averaged.
  private func span(of source: ArrivalSource) -> TimeSpan {
    if horizon > .zero { return horizon }
    if let until = source.until { return until - .zero }
    switch source.process {
    // The last of them counts.
    case .scheduled(let times): return (times.last ?? .zero) - .zero + .microsecond
    case .recorded(let rows, _): return (rows.map(\.time).max() ?? .zero) - .zero + .microsecond
    case .poisson, .periodic, .rates, .renewal:
      return .days(source.seasons == nil ? 364 : 365)
    }
  }

  private func mean(
    _ changes: [ArrivalProcess.RateChange], over period: TimeSpan
  ) -> Double {
    let ends = changes.dropFirst().map(\.offset) + [period]
    let first = changes.first.map { $0.offset / period } ?? 0
    let rest = zip(changes, ends).reduce(0) { sum, change in
      sum + change.0.rate * ((change.1 - change.0.offset) / period)
    }
    return rest + first * (changes.last?.rate ?? 0)
  }

  private func capacity(of resource: ResourceDescription) -> Double? {
    if resource.capacity >= NetworkReader.largestCapacity { return nil }
    guard case .weekly(let changes)? = resource.calendar else { return Double(resource.capacity) }
    let week = 7 * 1440
    let ends = changes.dropFirst().map(\.minuteOfWeek) + [week]
    let sum = zip(changes, ends).reduce(0) { sum, change in
      sum + change.0.capacity * (change.1 - change.0.minuteOfWeek)
    }
    let before = changes.first.map { $0.minuteOfWeek * (changes.last?.capacity ?? 0) } ?? 0
    return Double(sum + before) / Double(week)
  }
}

extension NetworkReader.Network {
  /// What arrivals ask of each resource; none when pathways are too tangled to follow.
  public var loads: [ResourceLoad] {
    NetworkLoads(
      network: description, timeUnit: model.timeUnit, horizon: run.window().end - .zero,
      weekStart: run.weekStart
    ).loads()
  }
}

extension TimeSpan {
  fileprivate static var microsecond: TimeSpan { TimeSpan(microseconds: 1) }
}

extension ArrivalSource {
  /// Whether its process goes on for ever as it is.
  fileprivate var isSteady: Bool {
    opening == nil && seasons == nil && until == nil && most == nil
  }
}
