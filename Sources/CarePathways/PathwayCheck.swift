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
  private var stepOfLabel: [String: Int] = [:]
  private var faults: [PathwayFault] = []
  /// The preemptive resources behind each role.
  private var preemptive: [String: Set<ResourceIndex>] = [:]
  private var expressions: ExpressionCompiler
  private let bounded: Set<String>
  private let provided: Set<String>

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
  private mutating func noteAliases() {
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

  private mutating func fault(_ place: Int, _ reason: PathwayFault.Reason) {
    let fault = PathwayFault(
      pathway: name, step: place, label: steps[place].label, reason: reason)
    if !faults.contains(fault) { faults.append(fault) }
  }

  // MARK: - Names and numbers

  private mutating func checkNames(_ place: Int) {
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

  private mutating func check(
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

  private mutating func check(_ wait: StepDescription.Wait, _ place: Int) {
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

  private mutating func check(_ request: StepDescription.Request, _ place: Int) {
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

  private mutating func check(_ exits: [StepDescription.BranchExit], _ place: Int) {
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

  private mutating func check(
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

  private mutating func require(
    _ name: String, _ kind: PathwayFault.NameKind, _ table: NameTable, _ place: Int
  ) {
    if table.number(of: name) == nil {
      fault(place, .unknownName(kind, name, known: table.names))
    }
  }

  private mutating func require(_ label: String?, at place: Int) {
    if let label, stepOfLabel[label] == nil {
      fault(place, .unknownName(.label, label, known: steps.compactMap(\.label)))
    }
  }

  // MARK: - Paths

  /// Where a step can lead, and what is held then; a label that is unknown leads nowhere.
  private struct Exit {
    var label: String?
    var held: [String]
  }

  private mutating func checkFlow() {
    var reached: [Set<[String]>] = Array(repeating: [], count: steps.count)
    var followers: [Set<Int>] = Array(repeating: [], count: steps.count)
    var pending: [(place: Int, held: [String])] = [(0, [])]
    reached[0] = [[]]
    while let (place, held) = pending.popLast() {
      for exit in exits(of: place, holding: held) {
        let target: Int
        if let label = exit.label {
          guard let known = stepOfLabel[label] else { continue }
          target = known
        } else {
          target = place + 1
        }
        guard target < steps.count else {
          fault(place, .fallsOffTheEnd)
          continue
        }
        followers[place].insert(target)
        if reached[target].insert(exit.held.sorted()).inserted {
          pending.append((target, exit.held.sorted()))
        }
      }
    }
    for place in steps.indices where reached[place].isEmpty { fault(place, .unreachable) }
    checkLeaving(followers, reached.map { !$0.isEmpty })
  }

  /// Faults the first reached step from which no path leads to a leave.
  private mutating func checkLeaving(_ followers: [Set<Int>], _ isReached: [Bool]) {
    let isBroken = faults.contains {
      if case .unknownName(.label, _, _) = $0.reason { return true }
      return $0.reason == .fallsOffTheEnd
    }
    if isBroken { return }
    var leads = steps.map { step in
      switch step.action {
      case .leave, .proceed: return true
      default: return false
      }
    }
    var isChanging = true
    while isChanging {
      isChanging = false
      for place in steps.indices.reversed() where !leads[place] {
        if followers[place].contains(where: { leads[$0] }) {
          leads[place] = true
          isChanging = true
        }
      }
    }
    if let place = steps.indices.first(where: { isReached[$0] && !leads[$0] }) {
      fault(place, .neverLeaves)
    }
  }

  private mutating func exits(of place: Int, holding held: [String]) -> [Exit] {
    let step = steps[place]
    switch step.action {
    case .seize(let request):
      if held.contains(request.role) { fault(place, .seizedTwice(role: request.role)) }
      let after = held.filter { $0 != request.role } + [request.role]
      return granted(request, place, held: held, after: after, atMost: after.count)
    case .transfer(let request, let old, _):
      if !held.contains(old) { fault(place, .releasedButNotHeld(role: old)) }
      if request.role != old, held.contains(request.role) {
        fault(place, .seizedTwice(role: request.role))
      }
      let after = held.filter { $0 != old && $0 != request.role } + [request.role]
      return granted(request, place, held: held, after: after, atMost: held.count + 1)
    case .release(let role):
      if !held.contains(role) { fault(place, .releasedButNotHeld(role: role)) }
      return [Exit(label: step.next, held: held.filter { $0 != role })]
    case .branch(let exits):
      // An exit of probability 0 counts: a sweep may raise it.
      return exits.map { Exit(label: $0.to, held: held) }
    case .decide(_, let exits):
      return exits.map { Exit(label: $0.to, held: held) }
    case .leave:
      for role in held { fault(place, .neverReleased(role: role)) }
      return []
    case .choose(let cases):
      return cases.map { Exit(label: $0.to, held: held) }
    case .wait(let wait):
      refuseInterruptible(held, place)
      return [Exit(label: step.next, held: held)]
        + (wait.patience.map { [Exit(label: $0.otherwise, held: held)] } ?? [])
    case .join:
      refuseInterruptible(held, place)
      return [Exit(label: step.next, held: held)]
    case .repeatFrom(let repetition):
      return [Exit(label: step.next, held: held), Exit(label: repetition.to, held: held)]
    case .proceed:
      for role in held { fault(place, .neverReleased(role: role)) }
      return []
    case .seizeAll(let request):
      let roles = request.parts.map(\.role)
      for role in roles where held.contains(role) { fault(place, .seizedTwice(role: role)) }
      if Set(roles).count < roles.count { fault(place, .seizedTwice(role: roles[0])) }
      return granted(
        request, place, held: held, after: held.filter { !roles.contains($0) } + roles)
    case .seizeAny(let request):
      let role = request.alias ?? request.parts.first?.role ?? ""
      if held.contains(role) { fault(place, .seizedTwice(role: role)) }
      return granted(request, place, held: held, after: held.filter { $0 != role } + [role])
    case .delay, .assignClass, .assignPriority, .assignSite, .goToDestination, .assign, .spawn:
      return [Exit(label: step.next, held: held)]
    }
  }

  /// Nobody can be sent back to a wait for a condition or others once he has been interrupted there.
  private mutating func refuseInterruptible(_ held: [String], _ place: Int) {
    for role in held where preemptive[role] != nil {
      fault(place, .waitsWhileInterruptible(role: role))
    }
  }

  /// Whoever loses units of a resource must know which.
  private mutating func refuseSharing(_ wanted: String, _ held: [String], _ place: Int) {
    let resources = preemptive[wanted] ?? []
    for role in held where !resources.isDisjoint(with: preemptive[role] ?? []) {
      fault(place, .sharesPreemptiveResource(role: wanted, held: role))
    }
  }

  private mutating func granted(
    _ request: StepDescription.SeveralRequest, _ place: Int, held: [String], after: [String]
  ) -> [Exit] {
    if after.count > Entity.holdLimit { fault(place, .tooManyHeld) }
    for part in request.parts { refuseSharing(part.role, held, place) }
    var exits = [Exit(label: steps[place].next, held: after)]
    if let patience = request.patience { exits.append(Exit(label: patience.otherwise, held: held)) }
    if let refused = request.refused { exits.append(Exit(label: refused, held: held)) }
    return exits
  }

  private mutating func granted(
    _ request: StepDescription.Request, _ place: Int, held: [String], after: [String],
    atMost count: Int
  ) -> [Exit] {
    if count > Entity.holdLimit { fault(place, .tooManyHeld) }
    refuseSharing(request.role, held, place)
    var exits = [Exit(label: steps[place].next, held: after)]
    if let patience = request.patience { exits.append(Exit(label: patience.otherwise, held: held)) }
    if let refused = request.refused { exits.append(Exit(label: refused, held: held)) }
    return exits
  }
}

extension ResourceDescription {
  /// Whether somebody in service may be interrupted.
  fileprivate var mayInterrupt: Bool { isPreemptive || ending == .interrupt }
}
