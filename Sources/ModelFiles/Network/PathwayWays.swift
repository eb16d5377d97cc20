// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways

/// The ways through a network's pathways, as a graph: a state is a step with what is held on the way
/// to it, the class, and how often a repetition has gone back.
///
/// Nobody is taken to give up or to be turned away. Where the run alone can tell which way is taken,
/// a state has several alternatives.
struct PathwayWays {
  struct Hold: Hashable {
    /// What a release calls it.
    var role: String
    var resource: String
    var units: Int
  }

  /// How often one repetition has gone back.
  struct Counter: Hashable {
    var pathway: Int
    var step: Int
    var times: Int
  }

  struct State: Hashable {
    var pathway: Int
    var step: Int
    var held: [Hold] = []
    var entityClass: String
    var counters: [Counter] = []
  }

  /// A state that follows, and how many entities on average go on there.
  typealias Exit = (to: Int, weight: Double)

  let network: NetworkDescription
  let secondsPerUnit: Double
  private(set) var states: [State] = []
  /// For each state the alternatives, at least one, each of which is taken whole.
  private(set) var alternatives: [[[Exit]]] = []
  private var numbers: [State: Int] = [:]
  private let labels: [[String: Int]]
  private let pathwayNumbers: [String: Int]

  /// More would mean a pathway nobody could read.
  private static let mostStates = 20_000

  init(_ network: NetworkDescription, secondsPerUnit: Double) {
    self.network = network
    self.secondsPerUnit = secondsPerUnit
    labels = network.pathways.map { pathway in
      var labels: [String: Int] = [:]
      for (place, step) in pathway.steps.enumerated() {
        if let label = step.label { labels[label] = place }
      }
      return labels
    }
    var names: [String: Int] = [:]
    for (place, pathway) in network.pathways.enumerated() { names[pathway.name] = place }
    pathwayNumbers = names
  }

  /// The state in which entities of a class begin on a pathway.
  mutating func begin(on pathway: Int, as entityClass: String) -> Int {
    number(of: State(pathway: pathway, step: 0, entityClass: entityClass))
  }

  /// Follows all ways; `false` when there are too many.
  mutating func follow() -> Bool {
    while alternatives.count < states.count {
      if states.count > Self.mostStates { return false }
      let state = states[alternatives.count]
      let found = exits(of: state)
      alternatives.append(
        found.map { exits in
          exits.filter { $0.1 > 0 }.map { (to: number(of: $0.0), weight: $0.1) }
        })
    }
    return true
  }

  func step(of state: State) -> StepDescription {
    network.pathways[state.pathway].steps[state.step]
  }

  /// The value of an expression for a state, where it hangs on the class alone.
  func value(_ text: String, _ state: State) -> Double? {
    ExpressionLanguage.value(
      of: text, entityClass: state.entityClass, secondsPerUnit: secondsPerUnit)
  }

  private mutating func number(of state: State) -> Int {
    if let known = numbers[state] { return known }
    numbers[state] = states.count
    states.append(state)
    return states.count - 1
  }

  // MARK: - Where a state leads

  private typealias Way = (State, Double)

  private func exits(of state: State) -> [[Way]] {
    let step = step(of: state)
    func at(_ label: String?, _ change: (inout State) -> Void = { _ in }) -> State? {
      var next = state
      next.step = label.flatMap { labels[state.pathway][$0] } ?? state.step + 1
      change(&next)
      next.held.sort { ($0.role, $0.resource) < ($1.role, $1.resource) }
      return next.step < network.pathways[next.pathway].steps.count ? next : nil
    }
    func single(_ change: (inout State) -> Void = { _ in }) -> [[Way]] {
      [at(step.next, change).map { [($0, 1)] } ?? []]
    }
    switch step.action {
    case .seize(let asked):
      return single { $0.take(asked.role, asked.units) }
    case .seizeAll(let asked):
      return single { state in for part in asked.parts { state.take(part.role, part.units) } }
    case .seizeAny(let asked):
      return asked.parts.flatMap { part in
        single { $0.take(part.role, part.units, as: asked.alias) }
      }
    case .release(let role): return single { $0.held.removeAll { $0.role == role } }
    case .transfer(let asked, let old, _):
      return single { state in
        state.held.removeAll { $0.role == old }
        state.take(asked.role, asked.units)
      }
    case .assignClass(let name): return single { $0.entityClass = name }
    case .branch(let exits): return branch(exits, state) { at($0) }
    case .choose(let cases): return choice(cases, state) { at($0) }
    case .repeatFrom(let repetition): return self.repetition(repetition, state, step) { at($0, $1) }
    case .spawn(let spawning): return spawn(spawning, state, at(step.next))
    case .proceed(let name, _):
      guard let pathway = pathwayNumbers[name] else { return [[]] }
      var next = state
      next.pathway = pathway
      next.step = 0
      return [[(next, 1)]]
    case .leave: return [[]]
    case .delay, .decide, .assignPriority, .assignSite, .goToDestination, .assign, .wait, .join:
      return single()
    }
  }

  private func branch(
    _ exits: [StepDescription.BranchExit], _ state: State, _ at: (String?) -> State?
  ) -> [[Way]] {
    let shares = exits.map { exit in
      exit.computed.map { value($0, state) } ?? exit.probability
    }
    let isKnown = zip(exits, shares).allSatisfy { $0.computed == nil || $1 != nil }
    // Every distribution over the exits is a mixture of these.
    guard isKnown else { return exits.map { exit in at(exit.to).map { [($0, 1)] } ?? [] } }
    let stated = shares.reduce(0) { $0 + ($1 ?? 0) }
    return [
      zip(exits, shares).compactMap { exit, share in
        at(exit.to).map { ($0, share ?? max(0, 1 - stated)) }
      }
    ]
  }

  private func choice(
    _ cases: [StepDescription.Case], _ state: State, _ at: (String?) -> State?
  ) -> [[Way]] {
    var ways: [[Way]] = []
    for item in cases {
      let holds = item.condition.map { value($0, state) } ?? 1
      if holds == 0 { continue }
      ways.append(at(item.to).map { [($0, 1)] } ?? [])
      if holds != nil { break }
    }
    return ways.isEmpty ? [[]] : ways
  }

  private func repetition(
    _ repetition: StepDescription.Repetition, _ state: State, _ step: StepDescription,
    _ at: (String?, (inout State) -> Void) -> State?
  ) -> [[Way]] {
    let on = at(step.next) { _ in }.map { [($0, 1.0)] } ?? []
    let holds = repetition.condition.map { value($0, state) } ?? 1
    let place = state.counters.firstIndex {
      $0.pathway == state.pathway && $0.step == state.step
    }
    let times = place.map { state.counters[$0].times } ?? 0
    guard times < repetition.atMost, holds != 0 else { return [on] }
    let share = repetition.probability ?? 1
    // A limit that is met less often than once in a million million changes nothing.
    let isCounted = pow(share, 40) > 1e-12 || repetition.atMost < 40
    let back = at(repetition.to) { next in
      guard isCounted else { return }
      let counter = Counter(pathway: state.pathway, step: state.step, times: times + 1)
      if let place { next.counters[place] = counter } else { next.counters.append(counter) }
    }
    let both = (back.map { [($0, share)] } ?? []) + on.map { ($0.0, 1 - share) }
    return holds == nil ? [on, both] : [both]
  }

  private func spawn(
    _ spawning: StepDescription.Spawning, _ state: State, _ next: State?
  ) -> [[Way]] {
    let on = next.map { [($0, 1.0)] } ?? []
    guard let pathway = pathwayNumbers[spawning.pathway] else { return [on] }
    var child = state
    child.pathway = pathway
    child.step = 0
    child.held = []
    guard let text = spawning.count else { return [on + [(child, 1)]] }
    if let count = value(text, state), count >= 0 { return [on + [(child, count.rounded())]] }
    return [on, on + [(child, .infinity)]]
  }
}

extension PathwayWays.State {
  fileprivate mutating func take(_ resource: String, _ units: Int, as alias: String? = nil) {
    held.append(
      PathwayWays.Hold(role: alias ?? resource, resource: resource, units: units))
  }
}

/// A whole power, without a C library.
private func pow(_ base: Double, _ exponent: Int) -> Double {
  (0..<exponent).reduce(1) { result, _ in result * base }
}
