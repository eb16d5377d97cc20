// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Steps that most models have none of. They stand apart so that the others stay fast.
extension PathwayRun where Domain: ~Copyable {
  /// Does a step.
  ///
  /// - Returns: the row that follows, or `nil` when the entity does not go on now.
  @usableFromInline
  @inline(never)
  mutating func doRareStep(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) -> UInt16? {
    let operand = Int(step.pointee.operand)
    switch step.pointee.kind {
    case .assign:
      flow.assign(flow.rows.assignments[operand], entity, at: calendar.now)
    case .choose:
      return choose(flow.rows.choices[operand], entity, calendar.now)
    case .wait:
      return wait(flow.rows.waits[operand], entity, step, &calendar)
    case .repeatFrom:
      return goBack(flow.rows.repetitions[operand], entity, calendar.now) ?? step.pointee.next
    case .spawn:
      return spawn(flow.rows.spawnings[operand], entity, &calendar) ? step.pointee.next : nil
    case .join:
      guard flow.families[Int(entity.rawValue)].pending > 0 else { break }
      flow.entities.at(entity).pointee.phase = .joining
      flow.entities.at(entity).pointee.mark = calendar.now
      return nil
    case .proceed:
      if operand == 1 { domain.referred(entity, &flow, calendar.now) }
    case .seizeAll, .seizeAny:
      return seizeSeveral(entity, step, &calendar)
    default:
      preconditionFailure("not a rare step")
    }
    return step.pointee.next
  }

  private mutating func choose(
    _ choice: RareTables.Choice, _ entity: EntityIndex, _ now: SimulationTime
  ) -> UInt16 {
    var place = Int(choice.first)
    while true {
      let item = flow.rows.cases[place]
      if item.condition == PathwayStep.none || flow.holds(item.condition, entity, now) {
        return item.row
      }
      place += 1
    }
  }

  private mutating func wait(
    _ wait: RareTables.Wait, _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) -> UInt16? {
    let instant: SimulationTime
    switch wait.kind {
    case .condition:
      if flow.holds(wait.operand, entity, calendar.now) { return step.pointee.next }
      let state = flow.entities.at(entity)
      state.pointee.phase = .hoping
      state.pointee.mark = calendar.now
      state.pointee.timer = .none
      flow.hoping.append(entity)
      if step.pointee.patience != PathwayStep.none { losePatience(entity, step, &calendar) }
      return nil
    case .clock:
      instant = wait.next(after: calendar.now, weekStart: flow.weekStart)
    case .opening:
      let site = flow.entities.at(entity).pointee.site
      let resource = flow.resourceProviding(wait.operand, at: site)
      if flow.resources.capacity(resource) > 0 { return step.pointee.next }
      guard let opening = nextOpening(of: resource, after: calendar.now) else {
        flow.stop(
          entity, "waits for a resource that never opens", "give it shifts, or do not wait for it",
          at: calendar.now)
        return nil
      }
      instant = opening
    }
    if instant == calendar.now { return step.pointee.next }
    delay(entity, step, instant - calendar.now, &calendar)
    return nil
  }

  private func nextOpening(
    of resource: ResourceIndex, after now: SimulationTime
  ) -> SimulationTime? {
    let description = flow.program.resources[Int(resource.rawValue)]
    guard let changes = description.calendar else { return nil }
    // A change of this very instant may be still to come.
    if changes.capacity(at: now, before: description.capacity, weekStart: flow.weekStart) > 0 {
      return now
    }
    var instant = now
    for _ in 0...changes.changeCount {
      guard let next = changes.nextChange(after: instant, weekStart: flow.weekStart) else {
        return nil
      }
      instant = next
      let capacity = changes.capacity(
        at: instant, before: description.capacity, weekStart: flow.weekStart)
      if capacity > 0 { return instant }
    }
    return nil
  }

  /// The row to go back to, or `nil` to go on.
  private mutating func goBack(
    _ repetition: RareTables.Repetition, _ entity: EntityIndex, _ now: SimulationTime
  ) -> UInt16? {
    let counter = Int(repetition.counter)
    let times = flow.attribute(counter, of: entity)
    guard times < repetition.limit else { return nil }
    if repetition.condition != PathwayStep.none, !flow.holds(repetition.condition, entity, now) {
      return nil
    }
    if let probability = repetition.probability, probability < 1 {
      var stream = flow.stream(repetition.purpose, entity)
      guard stream.uniform() < probability else { return nil }
    }
    flow.setAttribute(counter, of: entity, to: times + 1)
    return repetition.row
  }

  /// Whether the entity goes on.
  private mutating func spawn(
    _ spawning: RareTables.Spawning, _ entity: EntityIndex,
    _ calendar: inout EventCalendar<Event>
  ) -> Bool {
    var count = 1.0
    if spawning.count != PathwayStep.none {
      count = flow.value(spawning.count, entity, calendar.now).rounded()
      guard count >= 0, count <= 10_000 else {
        flow.stop(
          entity, "starts \(count) entities", "let the count lie between 0 and 10,000",
          at: calendar.now)
        return false
      }
    }
    for number in 0..<Int(count) {
      let child = flow.spawn(spawning, number: number, from: entity, at: calendar.now)
      if spawning.after == PathwayStep.none {
        flow.ready.append(child)
        continue
      }
      let length = span(spawning.after, child, calendar.now)
      let start = calendar.now + length
      let timer = calendar.schedule(.stepEnded(child), at: start)
      let state = flow.entities.at(child)
      state.pointee.phase = .delayed
      state.pointee.mark = start
      state.pointee.timer = timer
      // What passes before it begins is spent elsewhere.
      state.pointee.enteredAt = start
    }
    return true
  }

  // MARK: - Several resources

  private mutating func seizeSeveral(
    _ entity: EntityIndex, _ step: UnsafePointer<PathwayStep>,
    _ calendar: inout EventCalendar<Event>
  ) -> UInt16? {
    let several = flow.rows.several[Int(step.pointee.operand)]
    let state = flow.entities.at(entity)
    let site = state.pointee.site
    let priority =
      step.pointee.priority == PathwayStep.entityPriority
      ? state.pointee.priority : step.pointee.priority
    let isAny = step.pointee.kind == .seizeAny
    var granted: ResourceIndex?
    let outcome = withUnsafeTemporaryAllocation(
      of: ResourceDemand.self, capacity: Int(several.count)
    ) { demands -> SeizeOutcome in
      for place in 0..<Int(several.count) {
        let part = flow.rows.parts[Int(several.first) + place]
        demands.initializeElement(
          at: place,
          to: ResourceDemand(
            flow.resourceProviding(part.role, at: site), units: Int(part.units),
            keeping: Int(part.keeping)))
      }
      guard isAny else {
        return flow.resources.seizeAll(demands, for: entity, priority: priority, at: calendar.now)
      }
      switch flow.resources.seizeAny(
        demands, for: entity, priority: priority, at: calendar.now)
      {
      case .granted(let resource):
        granted = resource
        return .granted
      case .waiting: return .waiting
      case .refused: return .refused
      }
    }
    switch outcome {
    case .granted:
      takeSeveral(entity, several, only: granted, waited: .zero, calendar.now)
      return step.pointee.next
    case .waiting:
      wait(entity, step, &calendar)
      return nil
    case .refused:
      domain.refused(entity, flow.rows.parts[Int(several.first)].role, &flow, calendar.now)
      return step.pointee.refused
    case .preempting:
      preconditionFailure("a request for several resources interrupts nobody")
    }
  }

  /// An entity that waited has what it asked for.
  @usableFromInline
  @inline(never)
  mutating func takeSeveral(_ grant: Grant, waited: TimeSpan, _ now: SimulationTime) {
    let step = flow.rows.step(flow.entities.at(grant.entity).pointee.row)
    takeSeveral(
      grant.entity, flow.rows.several[Int(step.pointee.operand)],
      only: step.pointee.kind == .seizeAny ? grant.resource : nil, waited: waited, now)
  }

  /// - Parameter only: the resource that was granted, of several any one of which was asked for.
  private mutating func takeSeveral(
    _ entity: EntityIndex, _ several: RareTables.Several, only: ResourceIndex?, waited: TimeSpan,
    _ now: SimulationTime
  ) {
    for place in Int(several.first)..<Int(several.first) + Int(several.count) {
      let part = flow.rows.parts[place]
      let resource = flow.resourceProviding(part.role, at: flow.entities.at(entity).pointee.site)
      if let only, resource != only { continue }
      let role = only == nil || several.alias == PathwayStep.none ? part.role : several.alias
      flow.entities.at(entity).pointee.take(
        HeldUnits(resource: resource, role: role, units: part.units))
      domain.granted(entity, part.role, waited: waited, &flow, now)
    }
  }
}

extension RareTables.Wait {
  /// The next time it is this hour on one of the days, now included.
  func next(after now: SimulationTime, weekStart: SimulationTime) -> SimulationTime {
    let day = CapacityCalendar.weekInMicroseconds / 7
    let since = now.microseconds - weekStart.microseconds
    let offset = Int64(minuteOfDay) * CapacityCalendar.minuteInMicroseconds
    var midnight = since - since % day
    while true {
      let isDay = days >> UInt8(midnight / day % 7) & 1 == 1
      if isDay && midnight + offset >= since {
        return SimulationTime(microseconds: weekStart.microseconds + midnight + offset)
      }
      midnight += day
    }
  }
}

extension CapacityCalendar {
  var changeCount: Int {
    switch self {
    case .weekly(let changes): changes.count
    case .dated(let changes): changes.count
    }
  }
}
