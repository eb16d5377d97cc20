// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel

/// Somebody in a ``PlainInterpreter``.
final class PlainEntity {
  enum State { case running, ready, delayed, waiting, preempted, preemptedReady, hoping, joining }

  struct Hold {
    var role: String
    var resource: Int
    var units: Int
  }

  let owner: UInt64
  let episode: UInt64
  var row: Int
  var pass: UInt32 = 0
  var priority: UInt8
  var classIndex = 0
  var state = State.ready
  /// Since when it waits, or when its delay ends.
  var mark: Int64 = 0
  var enteredAt: Int64
  var waited: Int64 = 0
  var holds: [Hold] = []
  /// What is left of an interrupted delay; `nil`: it is drawn again.
  var remaining: Int64?
  var delayRow = 0
  var delayLength: Int64 = 0
  var redraws = 0
  var attributes: [String: Double] = [:]
  /// How often it has gone back at a row.
  var timesBack: [Int: Int] = [:]
  var parent: PlainEntity?
  var pending = 0
  var isGone = false

  init(owner: UInt64, episode: UInt64, row: Int, priority: UInt8, at now: Int64) {
    self.owner = owner
    self.episode = episode
    self.row = row
    self.priority = priority
    enteredAt = now
  }
}

/// Pathways interpreted plainly and slowly: entities are objects, the event list is a sorted array,
/// everything is looked up by name. It has nothing in common with the interpreter under test but the
/// description of the network and the keys of the draws.
final class PlainInterpreter {
  enum Event {
    case arrival(PlainNetwork.Arrival, number: Int)
    case stepEnded(PlainEntity)
    case patienceEnded(PlainEntity)
    case capacityChange(Int)
  }

  /// In this order at one instant.
  enum Turn: Int { case early, normal, late }

  struct Scheduled {
    var time: Int64
    var turn: Turn
    var event: Event
  }

  /// A step, or the part of a transfer that follows its seize and its delay.
  struct Row {
    enum Action {
      case step(StepDescription.Action)
      case move(role: String)
    }
    var action: Action
    var label: String?
    var next: Int
    var pathway: Int
  }

  static let minute: Int64 = 60_000_000

  let network: PlainNetwork
  let root: RandomRoot
  private(set) var rows: [Row] = []
  private var entries: [Int] = []
  private var labels: [[String: Int]] = []
  private(set) var now: Int64 = 0
  private var events: [Scheduled] = []
  var lines: PlainLines
  private var ready: [PlainEntity] = []
  private var hoping: [PlainEntity] = []
  private(set) var presentCount = 0
  private(set) var log: [LogLine] = []

  init(_ network: PlainNetwork, root: RandomRoot) {
    self.network = network
    self.root = root
    lines = PlainLines(network.resources, capacities: network.resources.map(\.capacity))
    layOut()
    for place in network.resources.indices {
      lines.capacities[place] = capacity(place, at: 0)
    }
    for place in network.resources.indices { scheduleCapacityChange(place) }
    for (number, arrival) in network.arrivals.enumerated() {
      schedule(.arrival(arrival, number: number), at: Int64(arrival.minute) * Self.minute)
    }
  }

  func run(until minute: Int) {
    let end = Int64(minute) * Self.minute
    while let first = events.first, first.time < end {
      events.removeFirst()
      now = first.time
      handle(first.event)
    }
    now = end
  }

  // MARK: - Rows

  private func layOut() {
    var row = 0
    for pathway in network.pathways {
      entries.append(row)
      var labels: [String: Int] = [:]
      for step in pathway.steps {
        if let label = step.label { labels[label] = row }
        row += Self.parts(of: step.action).count
      }
      self.labels.append(labels)
    }
    for (number, pathway) in network.pathways.enumerated() {
      for step in pathway.steps {
        let parts = Self.parts(of: step.action)
        for (place, part) in parts.enumerated() {
          let isLast = place == parts.count - 1
          let next = isLast ? step.next.map { labels[number][$0]! } : nil
          rows.append(
            Row(action: part, label: step.label, next: next ?? rows.count + 1, pathway: number))
        }
      }
    }
  }

  private static func parts(of action: StepDescription.Action) -> [Row.Action] {
    guard case .transfer(let request, let old, let delay) = action else { return [.step(action)] }
    return [.step(.seize(request))] + (delay.map { [.step(.delay(rule: $0))] } ?? [])
      + [.move(role: old)]
  }

  private func target(_ label: String?, of entity: PlainEntity) -> Int {
    let row = rows[entity.row]
    return label.map { labels[row.pathway][$0]! } ?? row.next
  }

  // MARK: - Events

  @discardableResult
  private func schedule(_ event: Event, at time: Int64, _ turn: Turn = .normal) -> Int64 {
    let place = events.firstIndex { ($0.time, $0.turn.rawValue) > (time, turn.rawValue) }
    events.insert(Scheduled(time: time, turn: turn, event: event), at: place ?? events.count)
    return time
  }

  /// Removes the end of an entity's delay or patience.
  private func cancel(_ entity: PlainEntity) {
    events.removeAll {
      switch $0.event {
      case .stepEnded(let other), .patienceEnded(let other): other === entity
      default: false
      }
    }
  }

  private func handle(_ event: Event) {
    switch event {
    case .arrival(let arrival, let number):
      let entity = PlainEntity(
        owner: 7, episode: UInt64(number), row: entries[arrival.pathway],
        priority: arrival.priority, at: now)
      entity.attributes["level"] = 0
      entity.attributes["size"] = sample(
        PlainNetwork.distribution(of: PlainNetwork.sizes), ["attribute", "size"], entity)
      presentCount += 1
      ready.append(entity)
      carryOn(nil)
    case .stepEnded(let entity):
      entity.state = .running
      note(.ended, entity, entity.row)
      carryOn(entity)
    case .patienceEnded(let entity):
      renege(entity)
      carryOn(entity)
    case .capacityChange(let resource):
      lines.setCapacity(resource, to: capacity(resource, at: now))
      let interruptions = lines.interruptions
      lines.interruptions = []
      for (entity, resource) in interruptions { interrupt(entity, resource) }
      scheduleCapacityChange(resource)
      carryOn(nil)
    }
  }

  // MARK: - Going on

  private func carryOn(_ first: PlainEntity?) {
    if let first { advance(first) }
    while true {
      acceptGrants()
      if !ready.isEmpty {
        let entity = ready.removeFirst()
        entity.state = .running
        advance(entity)
      } else if let place = hoping.firstIndex(where: isFulfilled) {
        let entity = hoping.remove(at: place)
        cancel(entity)
        entity.state = .running
        go(entity, to: rows[entity.row].next)
        advance(entity)
      } else {
        return
      }
    }
  }

  private func isFulfilled(_ entity: PlainEntity) -> Bool {
    guard case .step(.wait(let wait)) = rows[entity.row].action,
      case .condition(let text) = wait.until
    else { preconditionFailure("it waits for nothing") }
    return value(text, entity) != 0
  }

  private func advance(_ entity: PlainEntity) {
    while true {
      let row = rows[entity.row]
      if case .step(.delay) = row.action {} else { note(.step, entity, entity.row) }
      let next: Int?
      switch row.action {
      case .move(let role):
        release(role, by: entity)
        next = row.next
      case .step(let action):
        next = take(action, row, entity)
      }
      guard let next else { return }
      go(entity, to: next)
    }
  }

  private func go(_ entity: PlainEntity, to row: Int) {
    if row <= entity.row { entity.pass += 1 }
    entity.row = row
  }

  /// Takes a step: the row that follows, or `nil` when the entity does not go on now.
  private func take(
    _ action: StepDescription.Action, _ row: Row, _ entity: PlainEntity
  ) -> Int? {
    switch action {
    case .seize(let request):
      return seize(
        [.init(request.role, units: request.units)], .one, entity, priority: request.priority,
        alias: nil, patience: request.patience, refused: request.refused)
    case .seizeAll(let request):
      return seize(
        request.parts, .all, entity, priority: request.priority, alias: nil,
        patience: request.patience, refused: request.refused)
    case .seizeAny(let request):
      return seize(
        request.parts, .any, entity, priority: request.priority, alias: request.alias,
        patience: request.patience, refused: request.refused)
    case .delay(let rule):
      begin(entity, span("duration", rule, row.label, entity))
      return nil
    case .release(let role):
      release(role, by: entity)
    case .branch(let exits):
      return branch(exits, row, entity)
    case .assignClass(let name):
      entity.classIndex = PlainNetwork.classes.firstIndex(of: name)!
    case .assignPriority(let priority):
      entity.priority = UInt8(priority)
    case .assign(let attribute, .expression(let text)):
      entity.attributes[attribute] = value(text, entity)
    case .choose(let cases):
      let chosen = cases.first { $0.condition.map { value($0, entity) != 0 } ?? true }!
      return target(chosen.to, of: entity)
    case .wait(let wait):
      return self.wait(wait, row, entity)
    case .repeatFrom(let repetition):
      return goesBack(repetition, row, entity) ? target(repetition.to, of: entity) : row.next
    case .spawn(let spawning):
      spawn(spawning, row, entity)
    case .join:
      if entity.pending > 0 {
        entity.state = .joining
        return nil
      }
    case .proceed(let name, let isReferral):
      if isReferral { note(.referred, entity, entity.row) }
      return entries[network.pathways.firstIndex { $0.name == name }!]
    case .leave(let reason):
      leave(entity, PlainNetwork.reasons.firstIndex(of: reason)!)
      return nil
    case .assign, .assignSite, .decide, .goToDestination, .transfer:
      preconditionFailure("not in these networks")
    }
    return row.next
  }

  // MARK: - Resources

  private func demands(_ parts: [StepDescription.SeveralRequest.Part]) -> [PlainLines.Demand] {
    parts.map { .init(resource: resource($0.role), units: $0.units, keeping: $0.keeping) }
  }

  private func resource(_ role: String) -> Int {
    network.roles.first { $0.name == role }!.resource!
  }

  private func seize(
    _ parts: [StepDescription.SeveralRequest.Part], _ kind: PlainLines.Kind,
    _ entity: PlainEntity, priority: Int?, alias: String?,
    patience: StepDescription.Patience?, refused: String?
  ) -> Int? {
    let outcome = lines.seize(
      demands(parts), kind, for: entity, priority: priority.map { UInt8($0) } ?? entity.priority)
    switch outcome {
    case .granted(let resource):
      take(parts, kind, alias, entity, resource: resource, waited: 0)
    case .preempting(let victim):
      interrupt(victim, resource(parts[0].role))
      take(parts, kind, alias, entity, resource: resource(parts[0].role), waited: 0)
      acceptGrants()
    case .waiting:
      entity.state = .waiting
      entity.mark = now
      losePatience(patience, entity)
      return nil
    case .refused:
      note(.refused, entity, number(ofRole: parts[0].role))
      return target(refused, of: entity)
    }
    return rows[entity.row].next
  }

  private func number(ofRole role: String) -> Int {
    network.roles.firstIndex { $0.name == role }!
  }

  /// An entity has the units it asked for: of all resources, or of one of several.
  private func take(
    _ parts: [StepDescription.SeveralRequest.Part], _ kind: PlainLines.Kind, _ alias: String?,
    _ entity: PlainEntity, resource granted: Int, waited: Int64
  ) {
    for part in parts where kind != .any || resource(part.role) == granted {
      entity.holds.append(
        .init(role: alias ?? part.role, resource: resource(part.role), units: part.units))
      note(.granted, entity, number(ofRole: part.role), waited)
    }
  }

  private func acceptGrants() {
    let grants = lines.grants
    lines.grants = []
    for (entity, resource) in grants { accept(entity, resource) }
  }

  private func accept(_ entity: PlainEntity, _ resource: Int) {
    let waited = now - entity.mark
    entity.waited += waited
    switch entity.state {
    case .waiting:
      cancel(entity)
      entity.state = .ready
      switch rows[entity.row].action {
      case .step(.seize(let request)):
        let part = StepDescription.SeveralRequest.Part(request.role, units: request.units)
        take([part], .one, nil, entity, resource: resource, waited: waited)
      case .step(.seizeAll(let request)):
        take(request.parts, .all, nil, entity, resource: resource, waited: waited)
      case .step(.seizeAny(let request)):
        take(request.parts, .any, request.alias, entity, resource: resource, waited: waited)
      default: preconditionFailure("it asks for nothing")
      }
      go(entity, to: rows[entity.row].next)
      // A delay begins with the grant; another step is taken in turn.
      if case .step(.delay(let rule)) = rows[entity.row].action {
        begin(entity, span("duration", rule, rows[entity.row].label, entity))
      } else {
        ready.append(entity)
      }
    case .preempted:
      if entity.remaining == nil { redraw(entity) }
      entity.state = .delayed
      entity.mark = schedule(.stepEnded(entity), at: now + entity.remaining!)
      note(.resumed, entity, entity.row, entity.remaining!)
    case .preemptedReady:
      entity.state = .ready
      ready.append(entity)
      note(.resumed, entity, entity.row, 0)
    default: preconditionFailure("it does not wait")
    }
  }

  private func interrupt(_ entity: PlainEntity, _ resource: Int) {
    switch entity.state {
    case .delayed:
      cancel(entity)
      entity.state = .preempted
      entity.remaining = entity.mark - now
      guard case .step(.delay) = rows[entity.delayRow].action else { break }
      switch network.resources[resource].interrupted {
      case .resume: break
      case .restart: entity.remaining = entity.delayLength
      case .resample: entity.remaining = nil
      }
    case .ready:
      ready.removeAll { $0 === entity }
      entity.state = .preemptedReady
      entity.remaining = nil
    default: preconditionFailure("it loses what it does not use")
    }
    entity.mark = now
    note(.interrupted, entity, entity.row, entity.remaining ?? -1)
  }

  private func release(_ role: String, by entity: PlainEntity) {
    let hold = entity.holds.remove(at: entity.holds.firstIndex { $0.role == role }!)
    lines.release(hold.resource, units: hold.units, by: entity)
    acceptGrants()
  }

  // MARK: - Time

  private func begin(_ entity: PlainEntity, _ length: Int64) {
    entity.state = .delayed
    entity.mark = schedule(.stepEnded(entity), at: now + length)
    entity.delayRow = entity.row
    entity.delayLength = length
    entity.redraws = 0
    note(.began, entity, entity.row, length)
    go(entity, to: rows[entity.row].next)
  }

  private func losePatience(_ patience: StepDescription.Patience?, _ entity: PlainEntity) {
    guard let patience else { return }
    let length = span("patience", patience.rule, rows[entity.row].label, entity)
    schedule(.patienceEnded(entity), at: now + length, .late)
  }

  private func renege(_ entity: PlainEntity) {
    let patience: StepDescription.Patience?
    var role: String?
    switch rows[entity.row].action {
    case .step(.seize(let request)): (patience, role) = (request.patience, request.role)
    case .step(.seizeAll(let request)), .step(.seizeAny(let request)):
      (patience, role) = (request.patience, request.parts[0].role)
    case .step(.wait(let wait)): patience = wait.patience
    default: preconditionFailure("it has no patience")
    }
    if let role {
      lines.withdraw(entity)
      entity.waited += now - entity.mark
      note(.reneged, entity, number(ofRole: role))
    } else {
      hoping.removeAll { $0 === entity }
    }
    entity.state = .running
    go(entity, to: target(patience!.otherwise, of: entity))
    acceptGrants()
  }

  private func wait(
    _ wait: StepDescription.Wait, _ row: Row, _ entity: PlainEntity
  ) -> Int? {
    var instant = now
    switch wait.until {
    case .condition(let text):
      if value(text, entity) != 0 { return row.next }
      entity.state = .hoping
      hoping.append(entity)
      losePatience(wait.patience, entity)
      return nil
    case .clock(let minute, let days):
      var candidate = (now + Self.minute - 1) / Self.minute
      while candidate % 1440 != minute || !days.contains(Int(candidate / 1440 % 7)) {
        candidate += 1
      }
      instant = candidate * Self.minute
    case .opening(let role):
      let resource = resource(role)
      if lines.capacities[resource] > 0 { return row.next }
      while capacity(resource, at: instant) == 0 {
        instant = nextChange(resource, after: instant)!
      }
    }
    if instant == now { return row.next }
    begin(entity, instant - now)
    return nil
  }

  private func capacity(_ resource: Int, at time: Int64) -> Int {
    let description = network.resources[resource]
    switch description.calendar {
    case nil: return description.capacity
    case .dated(let changes):
      return changes.last { $0.time.microseconds <= time }?.capacity ?? description.capacity
    case .weekly(let changes):
      let minuteOfWeek = time / Self.minute % 10_080
      return (changes.last { $0.minuteOfWeek <= minuteOfWeek } ?? changes.last!).capacity
    }
  }

  private func nextChange(_ resource: Int, after time: Int64) -> Int64? {
    switch network.resources[resource].calendar {
    case nil: return nil
    case .dated(let changes):
      return changes.map(\.time.microseconds).first { $0 > time }
    case .weekly(let changes):
      let minutes = changes.map(\.minuteOfWeek)
      return (minutes + minutes.map { $0 + 10_080 }).map { Int64($0) * Self.minute }
        .first { $0 > time }
    }
  }

  private func scheduleCapacityChange(_ resource: Int) {
    if let next = nextChange(resource, after: now) {
      schedule(.capacityChange(resource), at: next, .early)
    }
  }

  // MARK: - Draws

  private func stream(_ purpose: Purpose, _ entity: PlainEntity) -> RandomStream {
    RandomStream(
      root, purpose, owner: entity.owner, episode: entity.episode, variate: entity.pass)
  }

  private func sample(
    _ distribution: Distribution, _ purpose: [String], _ entity: PlainEntity, redraws: Int = 0
  ) -> Double {
    var purpose = Purpose(parts: purpose)
    if redraws > 0 {
      var key = StateDigest()
      key.add(purpose.rawValue)
      key.add(redraws)
      purpose.rawValue = key.value
    }
    var stream = stream(purpose, entity)
    if case .exponential(let mean) = distribution.form { return mean * stream.exponential() }
    var samplers = SamplerTable()
    let index = samplers.add(distribution)
    return samplers.sample(index, &stream)
  }

  private func span(
    _ use: String, _ rule: String, _ label: String?, _ entity: PlainEntity, redraws: Int = 0
  ) -> Int64 {
    let length = network.lengths.first { $0.name == rule }!.length
    let minutes =
      switch length {
      case .constant(let minutes): minutes
      case .formula(let text): value(text, entity)
      default:
        sample(
          PlainNetwork.distribution(of: length), [use, rule, label!], entity, redraws: redraws)
      }
    return Int64(minutes * Double(Self.minute) + 0.5)
  }

  private func redraw(_ entity: PlainEntity) {
    guard case .step(.delay(let rule)) = rows[entity.delayRow].action else { return }
    entity.redraws += 1
    entity.delayLength = span(
      "duration", rule, rows[entity.delayRow].label, entity, redraws: entity.redraws)
    entity.remaining = entity.delayLength
  }

  private func branch(
    _ exits: [StepDescription.BranchExit], _ row: Row, _ entity: PlainEntity
  ) -> Int {
    var stream = stream(
      Purpose("branch", network.pathways[row.pathway].name, row.label!), entity)
    var draw = stream.uniform()
    for exit in exits {
      guard let share = exit.probability ?? exit.computed.map({ value($0, entity) }) else {
        continue
      }
      if draw < share { return target(exit.to, of: entity) }
      draw -= share
    }
    return target(exits.first { $0.probability == nil && $0.computed == nil }!.to, of: entity)
  }

  private func goesBack(
    _ repetition: StepDescription.Repetition, _ row: Row, _ entity: PlainEntity
  ) -> Bool {
    guard entity.timesBack[entity.row, default: 0] < repetition.atMost else { return false }
    if let condition = repetition.condition, value(condition, entity) == 0 { return false }
    if let share = repetition.probability {
      let name = network.pathways[row.pathway].name
      var stream = stream(Purpose("repeat", name, repetition.to, row.label!), entity)
      if stream.uniform() >= share { return false }
    }
    entity.timesBack[entity.row, default: 0] += 1
    return true
  }

  func value(_ text: String, _ entity: PlainEntity) -> Double {
    network.formulas[text]!(entity, self)
  }

  // MARK: - Families, and leaving

  private func spawn(
    _ spawning: StepDescription.Spawning, _ row: Row, _ parent: PlainEntity
  ) {
    let count = spawning.count.map { Int(value($0, parent)) } ?? 1
    let name = network.pathways[row.pathway].name
    let purpose = Purpose("spawn", name, spawning.pathway, row.label!)
    let pathway = network.pathways.firstIndex { $0.name == spawning.pathway }!
    for number in 0..<count {
      var key = StateDigest()
      key.add(parent.owner)
      key.add(purpose.rawValue)
      key.add(UInt64(parent.pass))
      key.add(number)
      let child = PlainEntity(
        owner: key.value, episode: parent.episode, row: entries[pathway],
        priority: parent.priority, at: now)
      child.classIndex = parent.classIndex
      child.attributes = parent.attributes
      presentCount += 1
      if spawning.isJoined {
        child.parent = parent
        parent.pending += 1
      }
      if let after = spawning.after {
        child.state = .delayed
        child.enteredAt = now + span("duration", after, row.label, child)
        child.mark = schedule(.stepEnded(child), at: child.enteredAt)
      } else {
        ready.append(child)
      }
    }
  }

  private func leave(_ entity: PlainEntity, _ reason: Int) {
    precondition(entity.holds.isEmpty)
    note(.left, entity, reason + 10 * entity.classIndex, entity.waited)
    note(.stayed, entity, reason, now - entity.enteredAt)
    presentCount -= 1
    entity.isGone = true
    guard let parent = entity.parent, !parent.isGone else { return }
    parent.pending -= 1
    if parent.pending == 0, parent.state == .joining {
      go(parent, to: rows[parent.row].next)
      parent.state = .ready
      ready.append(parent)
    }
  }

  private func note(
    _ what: LogLine.What, _ entity: PlainEntity, _ number: Int, _ value: Int64 = 0
  ) {
    log.append(
      LogLine(
        time: now, owner: entity.owner, episode: entity.episode, what: what, number: number,
        value: value))
  }
}
