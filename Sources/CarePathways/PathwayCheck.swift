// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The check of one pathway: names, numbers, reachability, and what is held along every path.
///
/// What is held is found by following each path from the first step with the list of roles held so
/// far, once for each (step, roles) pair: exact for the paths that the exits allow, whatever their
/// probabilities.
struct PathwayCheck {
  let source: PathwayBuilder
  let name: String
  let steps: [StepDescription]
  var stepOfLabel: [String: Int] = [:]
  var faults: [PathwayFault] = []
  /// The preemptive resources behind each role.
  var preemptive: [String: Set<ResourceIndex>] = [:]
  var expressions: ExpressionCompiler
  let bounded: Set<String>
  let provided: Set<String>

  init(_ source: PathwayBuilder, _ description: PathwayBuilder.PathwayDescription) {
    self.source = source
    expressions = ExpressionCompiler(source)
    name = description.name
    steps = description.steps
    func roles(where condition: (ResourceDescription) -> Bool) -> Set<String> {
      Set(
        source.provisions.filter { condition(source.resources[Int($0.resource.rawValue)]) }
          .map { source.roles.names[Int($0.role)] })
    }
    bounded = roles { $0.waitingRoom != nil }
    provided = roles { _ in true }
    for provision in source.provisions
    where source.resources[Int(provision.resource.rawValue)].mayInterrupt {
      preemptive[source.roles.names[Int(provision.role)], default: []].insert(provision.resource)
    }
  }

  /// Behind the other name of one of several stand the resources of all of them.
  mutating func noteAliases() {
    for step in steps {
      guard case .seizeAny(let request) = step.action, let alias = request.alias else { continue }
      for part in request.parts {
        preemptive[alias, default: []].formUnion(preemptive[part.role] ?? [])
      }
    }
    preemptive = preemptive.filter { !$0.value.isEmpty }
  }

  /// All faults of the pathway, by step.
  mutating func run() -> [PathwayFault] {
    guard !steps.isEmpty else { return [PathwayFault(pathway: name, reason: .empty)] }
    for (place, step) in steps.enumerated() {
      if let label = step.label {
        if stepOfLabel[label] != nil { fault(place, .duplicateName(.label, label)) }
        stepOfLabel[label] = place
      }
    }
    noteAliases()
    for place in steps.indices { checkNames(place) }
    checkFlow()
    return faults.sorted { ($0.step ?? -1) < ($1.step ?? -1) }
  }

  mutating func fault(_ place: Int, _ reason: PathwayFault.Reason) {
    let fault = PathwayFault(
      pathway: name, step: place, label: steps[place].label, reason: reason)
    if !faults.contains(fault) { faults.append(fault) }
  }

  // MARK: - Names and numbers

  mutating func checkNames(_ place: Int) {
    let step = steps[place]
    require(step.next, at: place)
    switch step.action {
    case .seize(let request):
      check(request, place)
    case .delay(let rule):
      require(rule, .durationRule, source.ruleNames, place)
    case .release(let role):
      require(role, .role, source.roles, place)
    case .branch(let exits):
      check(exits, place)
    case .decide(let decision, let exits):
      check(decision, exits, place)
    case .assignClass(let name):
      require(name, .entityClass, source.classes, place)
    case .assignPriority(let priority):
      if !(0...15).contains(priority) { fault(place, .priorityOutOfRange(priority)) }
    case .assignSite(let site):
      require(site, .site, source.sites, place)
    case .goToDestination:
      break
    case .transfer(let request, let old, let delay):
      check(request, place)
      require(old, .role, source.roles, place)
      if let delay { require(delay, .durationRule, source.ruleNames, place) }
    case .leave(let reason):
      require(reason, .leaveReason, source.leaveReasons, place)
    case .assign(let attribute, let value):
      require(attribute, .attribute, source.attributeNames, place)
      if case .expression(let text) = value { check(text, place) }
      if case .computed(let distribution) = value {
        for part in distribution.expressions { check(part.text, place, as: part.meaning) }
      }
    case .choose(let cases):
      for item in cases {
        require(item.to, at: place)
        if let condition = item.condition { check(condition, place) }
      }
      if cases.last?.condition != nil || cases.isEmpty { fault(place, .noOtherwise) }
    case .wait(let wait):
      check(wait, place)
    case .repeatFrom(let repetition):
      require(repetition.to, at: place)
      if let condition = repetition.condition { check(condition, place) }
      if !(1...1_000_000).contains(repetition.atMost) {
        fault(place, .countOutOfRange(repetition.atMost))
      }
      if let probability = repetition.probability, !(0...1).contains(probability) {
        fault(place, .probabilityOutOfRange(probability))
      }
    case .spawn(let spawning):
      require(spawning.pathway, .pathway, source.pathwayNames, place)
      if let count = spawning.count { check(count, place) }
      if let after = spawning.after { require(after, .durationRule, source.ruleNames, place) }
    case .join: break
    case .proceed(let pathway, _):
      require(pathway, .pathway, source.pathwayNames, place)
    case .seizeAll(let request), .seizeAny(let request):
      if let alias = request.alias { require(alias, .role, source.roles, place) }
      for part in request.parts {
        var single = StepDescription.Request(part.role, units: part.units)
        single.priority = request.priority
        single.patience = request.patience
        single.refused = request.refused
        check(single, place)
      }
    }
  }

  mutating func check(
    _ text: String, _ place: Int, as meaning: ExpressionMeaning = .any, mayReadClock: Bool = true
  ) {
    do throws(ExpressionFault) {
      let number = try expressions.compile(text, as: meaning)
      if !mayReadClock, expressions.ranges[Int(number)].readsClock {
        fault(place, .waitReadsClock(text))
      }
    } catch {
      fault(place, .badExpression(text, error))
    }
  }

  mutating func check(_ wait: StepDescription.Wait, _ place: Int) {
    switch wait.until {
    case .condition(let text): check(text, place, mayReadClock: false)
    case .clock(let minute, let days):
      let areDays = !days.isEmpty && days.allSatisfy { (0..<7).contains($0) }
      if !(0..<1440).contains(minute) || !areDays { fault(place, .badHour) }
    case .opening(let role):
      require(role, .role, source.roles, place)
      if source.roles.number(of: role) != nil, !provided.contains(role) {
        fault(place, .notProvided(role: role))
      }
    }
    if let patience = wait.patience {
      require(patience.rule, .durationRule, source.ruleNames, place)
      require(patience.otherwise, at: place)
    }
  }

  mutating func check(_ request: StepDescription.Request, _ place: Int) {
    require(request.role, .role, source.roles, place)
    if source.roles.number(of: request.role) != nil, !provided.contains(request.role) {
      fault(place, .notProvided(role: request.role))
    }
    if !(1...Int(UInt16.max)).contains(request.units) {
      fault(place, .unitsOutOfRange(request.units))
    }
    if let priority = request.priority, !(0...15).contains(priority) {
      fault(place, .priorityOutOfRange(priority))
    }
    if let patience = request.patience {
      require(patience.rule, .durationRule, source.ruleNames, place)
      require(patience.otherwise, at: place)
    }
    require(request.refused, at: place)
    if request.refused == nil, bounded.contains(request.role) {
      fault(place, .missingRefusedExit(role: request.role))
    }
  }

  mutating func check(_ exits: [StepDescription.BranchExit], _ place: Int) {
    if exits.isEmpty { fault(place, .noExits) }
    for exit in exits {
      require(exit.to, at: place)
      if let probability = exit.probability, !(0...1).contains(probability) {
        fault(place, .probabilityOutOfRange(probability))
      }
      if let text = exit.computed { check(text, place) }
    }
    // Computed shares are added up when they are drawn from.
    if exits.contains(where: { $0.computed != nil }) { return }
    let stated = exits.compactMap(\.probability)
    let rests = exits.count - stated.count
    let sum = stated.reduce(0, +)
    if rests > 1 { fault(place, .severalRests) }
    // Nine decimals: what an author who writes thirds as 0.333333333 may be out by.
    let tolerance = 1e-9 * Double(max(1, exits.count))
    if rests == 0 ? abs(sum - 1) > tolerance : sum > 1 + tolerance {
      if !exits.isEmpty { fault(place, .probabilitiesSumTo(sum)) }
    }
  }

  mutating func check(
    _ decision: String, _ exits: [StepDescription.DecisionExit], _ place: Int
  ) {
    require(decision, .decision, source.decisionNames, place)
    var seen: Set<String> = []
    let declared = source.decisionNames.number(of: decision).map {
      source.decisions[Int($0)].exits
    }
    for exit in exits {
      require(exit.to, at: place)
      if !seen.insert(exit.name).inserted { fault(place, .duplicateName(.exit, exit.name)) }
      if let declared, !declared.contains(exit.name) {
        fault(place, .unknownName(.exit, exit.name, known: declared))
      }
    }
    for exit in declared ?? [] where !seen.contains(exit) { fault(place, .missingExit(exit)) }
  }

  mutating func require(
    _ name: String, _ kind: PathwayFault.NameKind, _ table: NameTable, _ place: Int
  ) {
    if table.number(of: name) == nil {
      fault(place, .unknownName(kind, name, known: table.names))
    }
  }

  mutating func require(_ label: String?, at place: Int) {
    if let label, stepOfLabel[label] == nil {
      fault(place, .unknownName(.label, label, known: steps.compactMap(\.label)))
    }
  }
}

extension ResourceDescription {
  /// Whether somebody in service may be interrupted.
  fileprivate var mayInterrupt: Bool { isPreemptive || ending == .interrupt }
}
