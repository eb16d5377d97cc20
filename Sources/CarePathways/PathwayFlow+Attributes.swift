// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// What entities carry along: numbers by name, and whom they belong to.
extension PathwayFlow {
  /// Whom an entity belongs to.
  struct Family: BitwiseCopyable, Sendable {
    /// Never the same twice, since indices of entities are used again.
    var serial: UInt64
    var parent: UInt32 = .max
    var parentSerial: UInt64 = 0
    /// Started by it, to be joined, and not yet gone.
    var pending: Int32 = 0
  }

  /// Attributes that a log gives, by their numbers.
  struct Recorded: Sendable {
    var attributes: [UInt16]
    /// `nil` where the model gives the value.
    var values: [Double?]

    func value(of attribute: UInt16) -> Double? {
      attributes.firstIndex(of: attribute).flatMap { values[$0] }
    }
  }

  /// The value of an attribute by its number; 0 until it is set.
  package func attribute(_ number: Int, of entity: EntityIndex) -> Double {
    attributes[Int(entity.rawValue) * rows.attributeCount + number]
  }

  mutating func setAttribute(_ number: Int, of entity: EntityIndex, to value: Double) {
    attributes[Int(entity.rawValue) * rows.attributeCount + number] = value
  }

  /// Gives a new entity its attributes.
  @usableFromInline
  @inline(never)
  mutating func begetAttributes(of entity: EntityIndex, at now: SimulationTime) {
    makeRoomForAttributes(of: entity)
    for number in 0..<rows.attributeCount { setAttribute(number, of: entity, to: 0) }
    for place in 0..<rows.entryAssignmentCount {
      let assignment = rows.entryAssignments[place]
      if let value = recorded?.value(of: assignment.attribute) {
        setAttribute(Int(assignment.attribute), of: entity, to: value)
      } else {
        assign(assignment, entity, at: now)
      }
    }
  }

  private mutating func makeRoomForAttributes(of entity: EntityIndex) {
    let needed = (Int(entity.rawValue) + 1) * rows.attributeCount
    while attributes.count < needed { attributes.append(0) }
  }

  mutating func assign(
    _ assignment: RareTables.Assignment, _ entity: EntityIndex, at now: SimulationTime
  ) {
    let drawn: Double
    if assignment.expression != PathwayStep.none {
      drawn = value(assignment.expression, entity, now)
    } else if assignment.computed != PathwayStep.none {
      drawn = computedSample(assignment.computed, assignment.purpose, entity, now) ?? 0
    } else {
      var stream = stream(assignment.purpose, entity)
      drawn = program.samplers.sample(assignment.sampler, &stream)
    }
    setAttribute(Int(assignment.attribute), of: entity, to: drawn)
  }

  /// Starts an entity that another one starts: with the same class, priority and attributes, and
  /// random numbers that follow from its parent's and its place among the siblings.
  mutating func spawn(
    _ spawning: RareTables.Spawning, number: Int, from parent: EntityIndex,
    at now: SimulationTime
  ) -> EntityIndex {
    let origin = entities[parent]
    var key = StateDigest()
    for word in [
      origin.owner, spawning.purpose.rawValue, UInt64(origin.pass), UInt64(number),
    ] {
      key.add(word)
    }
    let child = insert(
      spawning.pathway, site: origin.site, destination: origin.destination,
      classIndex: origin.classIndex, priority: origin.priority, owner: key.value,
      episode: origin.episode, pass: 0, at: now)
    makeRoomForAttributes(of: child)
    // What it has done so far is its own: it may go back as often as any other.
    for number in 0..<rows.attributeCount {
      let isInherited = number < rows.ownAttributeCount
      setAttribute(number, of: child, to: isInherited ? attribute(number, of: parent) : 0)
    }
    if spawning.isJoined {
      families[Int(child.rawValue)].parent = parent.rawValue
      families[Int(child.rawValue)].parentSerial = families[Int(parent.rawValue)].serial
      families[Int(parent.rawValue)].pending += 1
    }
    return child
  }

  /// Gives a new entity a serial number of its own.
  @usableFromInline
  @inline(never)
  mutating func beginFamily(_ entity: EntityIndex) {
    while families.count <= Int(entity.rawValue) { families.append(Family(serial: 0)) }
    spawned += 1
    families[Int(entity.rawValue)] = Family(serial: spawned)
  }

  /// An entity leaves: who waits for it and no other goes on.
  @usableFromInline
  @inline(never)
  mutating func leaveFamily(_ entity: EntityIndex) {
    let family = families[Int(entity.rawValue)]
    let parent = Int(family.parent)
    guard parent < families.count, families[parent].serial == family.parentSerial else { return }
    families[parent].pending -= 1
    let index = EntityIndex(rawValue: family.parent)
    guard families[parent].pending == 0, entities[index].phase == .joining else { return }
    entities[index].phase = .ready
    entities[index].go(to: rows.step(entities[index].row).pointee.next)
    ready.append(index)
  }
}

extension PathwayFlow {
  /// The role that a request is for; the first one's where it is for several.
  @usableFromInline
  func roleAsked(_ step: UnsafePointer<PathwayStep>) -> UInt16 {
    guard step.pointee.kind != .seize else { return step.pointee.operand }
    return rows.parts[Int(rows.several[Int(step.pointee.operand)].first)].role
  }
}

// MARK: - Computed shares

extension PathwayFlow {
  /// The row of the exit that a draw takes where shares are computed.
  @usableFromInline
  @inline(never)
  mutating func computedBranch(
    _ branch: PathwayProgram.Branch, _ entity: EntityIndex, _ now: SimulationTime
  ) -> UInt16 {
    var stream = stream(branch.purpose, entity)
    let draw = stream.uniform()
    let first = Int(branch.firstExit)
    var sum = 0.0
    var chosen = -1
    var rest = -1
    for place in first..<first + Int(branch.exitCount) {
      let exit = rows.branchExits[place]
      if exit.isRest {
        rest = place
        continue
      }
      let share =
        exit.computed == PathwayStep.none
        ? exit.probability : value(exit.computed, entity, now)
      guard share >= 0, share <= 1 else {
        stop(
          entity, "has a computed share of \(share)",
          "let it lie between 0 and 1, say by max(0, min(1, …))", at: now)
        return exit.row
      }
      sum += share
      if chosen < 0 && draw < sum { chosen = place }
    }
    if sum > 1 + 1e-9 || (rest < 0 && sum < 1 - 1e-9) {
      stop(
        entity, "has computed shares that sum to \(sum)",
        rest < 0 ? "let them sum to 1, or add otherwise" : "let them sum to 1 at most", at: now)
    }
    if chosen < 0 { chosen = rest >= 0 ? rest : first + Int(branch.exitCount) - 1 }
    return rows.branchExits[chosen].row
  }
}
