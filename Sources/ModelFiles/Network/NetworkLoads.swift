// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import OutputAnalysis
import SimulationKernel

/// The load that a network's arrivals put on its resources, by the traffic equations of its
/// pathways.
///
/// A state is a step with what is held on the way to it; visits to the states per unit of time
/// solve λ = γ + λP, with P the branches' probabilities. Nobody is taken to give up or to be turned
/// away: the load is what is offered.
struct NetworkLoads {
  let network: NetworkDescription
  let timeUnit: TimeSpan
  /// Over which scheduled arrivals are spread; zero: up to the last of them.
  let horizon: TimeSpan
  /// An instant, at or before time 0, at which a week begins.
  var weekStart = SimulationTime.zero

  /// The loads in the order of the resources; `nil` when a pathway goes round without leaving.
  func loads() -> [ResourceLoad]? {
    var loads = network.resources.map { resource in
      ResourceLoad(
        resource: resource.name, requestRate: 0, offeredLoad: 0, capacity: capacity(of: resource),
        isHeldWhileWaiting: false, hasBoundedLine: resource.waitingRoom != nil)
    }
    var index: [String: Int] = [:]
    for (place, resource) in network.resources.enumerated() { index[resource.name] = place }
    for (name, steps) in network.pathways {
      for entityClass in network.classes {
        let rate = rate(of: entityClass, on: name)
        guard rate > 0 else { continue }
        let ways = PathwayVisits(steps: steps, arrivalRate: rate, entityClass: entityClass)
        guard let visits = ways.solve() else { return nil }
        for visit in visits { add(visit, to: &loads, index) }
      }
    }
    for place in loads.indices {
      loads[place].classes.sort {
        network.classes.firstIndex(of: $0.name) ?? 0 < network.classes.firstIndex(of: $1.name) ?? 0
      }
    }
    // What is held for a length of time that only the run computes has no load before it.
    return loads.filter { !$0.offeredLoad.isNaN }
  }

  /// Arrivals of a class that begin on a pathway, per unit of the network's time.
  private func rate(of entityClass: String, on pathway: String) -> Double {
    network.sources.reduce(0) { $0 + rate(of: $1, entityClass, on: pathway) }
  }

  private func add(
    _ visit: PathwayVisits.Visit, to loads: inout [ResourceLoad], _ index: [String: Int]
  ) {
    func request(_ request: StepDescription.Request) {
      guard let place = index[request.role] else { return }
      loads[place].add(requests: visit.rate, of: visit.entityClass)
      if request.patience != nil { loads[place].hasBoundedLine = true }
      for (role, _) in visit.held {
        if let holder = index[role] { loads[holder].isHeldWhileWaiting = true }
      }
    }
    func hold(_ held: [(role: String, units: Int)], for rule: String) {
      let mean = network.meanDurations[rule] ?? 0
      for (role, units) in held {
        guard let place = index[role] else { continue }
        loads[place].add(load: visit.rate * mean * Double(units), of: visit.entityClass)
      }
    }
    switch visit.action {
    case .seize(let asked): request(asked)
    case .delay(let rule): hold(visit.held, for: rule)
    case .transfer(let asked, _, let rule):
      request(asked)
      if let rule { hold(visit.held + [(asked.role, asked.units)], for: rule) }
    case .seizeAll(let asked):
      for part in asked.parts {
        var single = StepDescription.Request(part.role, units: part.units)
        single.patience = asked.patience
        request(single)
      }
    default: break
    }
  }

  // MARK: - Rates and capacities

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

/// How often each step of one pathway is visited, by what is held there.
struct PathwayVisits {
  /// A step, what is held on the way to it, and visits per unit of time.
  struct Visit {
    var action: StepDescription.Action
    var held: [(role: String, units: Int)]
    var entityClass: String
    var rate: Double
  }

  let steps: [StepDescription]
  let arrivalRate: Double
  /// The class with which they begin.
  let entityClass: String

  private struct State: Hashable {
    var step: Int
    var held: [Hold]
    var entityClass: String
  }

  private struct Hold: Hashable {
    var role: String
    var units: Int
  }

  func solve() -> [Visit]? {
    guard !steps.isEmpty else { return [] }
    // Where the way hangs on the state of the run, nobody knows before it how often each is taken.
    if steps.contains(where: \.hangsOnState) { return nil }
    var labels: [String: Int] = [:]
    for (place, step) in steps.enumerated() {
      if let label = step.label { labels[label] = place }
    }
    let first = State(step: 0, held: [], entityClass: entityClass)
    var numbers = [first: 0]
    var states = [first]
    var routing: [[(to: Int, probability: Double)]] = []
    while routing.count < states.count {
      let exits = exits(of: states[routing.count], labels)
      routing.append(
        exits.map { state, probability in
          if let known = numbers[state] { return (known, probability) }
          numbers[state] = states.count
          states.append(state)
          return (states.count - 1, probability)
        })
      // Thousands of states would mean a pathway nobody could read.
      if states.count > 2000 { return nil }
    }
    var matrix = [[Double]](
      repeating: [Double](repeating: 0, count: states.count), count: states.count)
    for (from, exits) in routing.enumerated() {
      for exit in exits { matrix[from][exit.to] += exit.probability }
    }
    var arrivals = [Double](repeating: 0, count: states.count)
    arrivals[0] = arrivalRate
    guard
      let rates = QueueTheory.throughputs(externalArrivalRates: arrivals, routing: matrix)
    else { return nil }
    return zip(states, rates).map { state, rate in
      Visit(
        action: steps[state.step].action, held: state.held.map { ($0.role, $0.units) },
        entityClass: state.entityClass, rate: rate)
    }
  }

  private func exits(of state: State, _ labels: [String: Int]) -> [(State, Double)] {
    let step = steps[state.step]
    func at(_ label: String?, _ held: [Hold]) -> State? {
      let place = label.flatMap { labels[$0] } ?? state.step + 1
      guard place < steps.count else { return nil }
      var entityClass = state.entityClass
      if case .assignClass(let name) = step.action { entityClass = name }
      return State(
        step: place, held: held.sorted { $0.role < $1.role }, entityClass: entityClass)
    }
    func single(_ held: [Hold]) -> [(State, Double)] { at(step.next, held).map { [($0, 1)] } ?? [] }
    switch step.action {
    case .seize(let asked):
      return single(state.held + [Hold(role: asked.role, units: asked.units)])
    case .release(let role): return single(state.held.filter { $0.role != role })
    case .transfer(let asked, let old, _):
      return single(
        state.held.filter { $0.role != old } + [Hold(role: asked.role, units: asked.units)])
    case .branch(let exits):
      let stated = exits.reduce(0) { $0 + ($1.probability ?? 0) }
      return exits.compactMap { exit in
        at(exit.to, state.held).map { ($0, exit.probability ?? max(0, 1 - stated)) }
      }
    case .seizeAll(let asked):
      return single(state.held + asked.parts.map { Hold(role: $0.role, units: $0.units) })
    case .leave, .proceed: return []
    case .choose, .repeatFrom, .seizeAny: return []
    case .delay, .decide, .assignClass, .assignPriority, .assignSite, .goToDestination, .assign,
      .wait, .spawn, .join:
      return single(state.held)
    }
  }
}

extension StepDescription {
  /// Whether where it leads, or what it asks for, is known in the run alone.
  fileprivate var hangsOnState: Bool {
    switch action {
    case .choose, .repeatFrom, .seizeAny, .spawn, .proceed: true
    case .branch(let exits): exits.contains { $0.computed != nil }
    default: false
    }
  }
}

extension NetworkReader.Network {
  /// What arrivals ask of each resource; `nil` when a pathway goes round without leaving.
  public var loads: [ResourceLoad]? {
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
