// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

extension PathwayFlow {
  /// Looks for entities that can never go on, whatever happens from now on, and keep something that
  /// others need.
  ///
  /// It supposes the best: whoever is not stuck gives back all it holds, leaves and asks for nothing
  /// more, a calendar brings all the capacity it will ever have, who may give up waiting does, a
  /// condition on resources comes to hold. Who then still lacks units, or waits for those it has
  /// started of whom one is stuck, or for a condition that nothing can change, is stuck for certain,
  /// so that there is no false alarm; so is who stands in line behind such a one. Source: the reduction of resource-allocation graphs,
  /// E. G. Coffman, M. J. Elphick and A. Shoshani, *System deadlocks*, Computing Surveys 3 (1971)
  /// 67–78.
  ///
  /// Not found: a circle that only the order of a line closes, where somebody waits for units whose
  /// holder stands behind him in another line.
  ///
  /// Of several it gives the one that closed first, so that it does not hang on when one looks.
  /// O(present × resources), and more where many are stuck; for between events, now and then.
  ///
  /// - Parameters:
  ///   - now: the instant.
  ///   - isIdle: whether nothing is scheduled any more, so that no condition changes.
  public func deadlock(at now: SimulationTime, isIdle: Bool) -> Deadlock? {
    var waits: [StuckWait] = []
    var free = Supply(self, at: now)
    for place in 0..<entities.indexLimit {
      let entity = EntityIndex(rawValue: UInt32(place))
      guard entities.isPresent(entity) else { continue }
      if let wait = wait(of: entity, isIdle: isIdle) {
        waits.append(wait)
      } else {
        free.take(heldUnits(of: entity), of: entity, self)
      }
    }
    // Those behind others who are stuck, though there are units for them.
    var behind: Set<EntityIndex> = []
    while true {
      var supply = free
      let stuck = reduce(waits, except: behind, &supply)
      if stuck.isEmpty { return nil }
      let fronts = Fronts(self, stuck)
      let known = Set(stuck.map(\.entity))
      let more = waits.filter {
        !known.contains($0.entity) && isHeldBack($0, supply, fronts)
      }
      if more.isEmpty {
        guard stuck.contains(where: { entities[$0.entity].heldCount > 0 }) else { return nil }
        return StuckGraph(self, stuck, supply, fronts).first()
      }
      behind.formUnion(more.map(\.entity))
    }
  }

  /// Those whose waits cannot end, when all others give back what they hold.
  private func reduce(
    _ waits: [StuckWait], except behind: Set<EntityIndex>, _ supply: inout Supply
  ) -> [StuckWait] {
    var stuck = waits
    var count = -1
    while count != stuck.count {
      count = stuck.count
      let present = rows.hasFamilies ? Set(stuck.map(\.entity)) : []
      stuck.removeAll { wait in
        guard !behind.contains(wait.entity), canEnd(wait, supply, present) else { return false }
        supply.take(heldUnits(of: wait.entity), of: wait.entity, self)
        return true
      }
    }
    return stuck
  }

  /// Whether a wait may end when only these are stuck.
  private func canEnd(
    _ wait: StuckWait, _ supply: Supply, _ stuck: Set<EntityIndex>
  ) -> Bool {
    switch wait.reason {
    case .all(let demands): demands.allSatisfy(supply.has)
    case .any(let demands): demands.contains(where: supply.has)
    case .children(let children): stuck.isDisjoint(with: children)
    case .condition: false
    }
  }

  /// Whether somebody who is stuck stands before an entity wherever it could be served.
  private func isHeldBack(_ wait: StuckWait, _ supply: Supply, _ fronts: Fronts) -> Bool {
    func isBlocked(_ demand: ResourceDemand) -> Bool {
      fronts.before(wait.entity, demand.resource) != nil
    }
    return switch wait.reason {
    case .all(let demands): demands.contains(where: isBlocked)
    case .any(let demands): demands.allSatisfy { !supply.has($0) || isBlocked($0) }
    case .children, .condition: false
    }
  }

  /// What an entity waits for, if it cannot give up.
  private func wait(of entity: EntityIndex, isIdle: Bool) -> StuckWait? {
    let state = entities[entity]
    let reason: StuckWait.Reason
    switch state.phase {
    case .waiting:
      guard state.timer == .none, let demands = resources.demands(of: entity) else { return nil }
      reason = demands.isAny ? .any(demands.parts) : .all(demands.parts)
    case .preempted, .preemptedReady:
      guard let demands = resources.demands(of: entity) else { return nil }
      reason = .all(demands.parts)
    case .hoping:
      guard state.timer == .none, isIdle || !watches(state.row) else { return nil }
      reason = .condition
    case .joining:
      reason = .children(children(of: entity))
    default: return nil
    }
    return StuckWait(entity: entity, since: state.mark, reason: reason)
  }

  /// Whether the condition at a row may change while an entity waits for it.
  private func watches(_ row: UInt16) -> Bool {
    let range = program.rare.expressions[
      Int(rows.waits[Int(rows.step(row).pointee.operand)].operand)]
    let own: Set<ExpressionRow.Kind> = [.free, .queue, .held, .capacity, .priority, .isClass]
    return program.rare.expressionRows[Int(range.first)..<Int(range.first + range.count)]
      .contains { own.contains($0.kind) }
  }

  /// Those present whom an entity waits to join.
  private func children(of parent: EntityIndex) -> [EntityIndex] {
    let serial = families[Int(parent.rawValue)].serial
    return (0..<entities.indexLimit).map { EntityIndex(rawValue: UInt32($0)) }.filter { child in
      let family = families[Int(child.rawValue)]
      return entities.isPresent(child) && family.parent == parent.rawValue
        && family.parentSerial == serial
    }
  }

  func heldUnits(of entity: EntityIndex) -> [HeldUnits] {
    let state = entities[entity]
    return (0..<Int(state.holdCount)).filter { $0 + 1 != Int(state.lostHold) }.map {
      state.holds[$0]
    }
  }
}

/// Somebody who waits without a way out.
struct StuckWait {
  enum Reason {
    case all([ResourceDemand])
    case any([ResourceDemand])
    case children([EntityIndex])
    case condition
  }

  var entity: EntityIndex
  var since: SimulationTime
  var reason: Reason
}

/// Who stands in line behind somebody who is stuck and lets nobody pass.
struct Fronts {
  /// By resource: for each of them the first such.
  private var lines: [[EntityIndex: EntityIndex]] = []

  init(_ flow: borrowing PathwayFlow, _ waits: [StuckWait]) {
    let stuck = Set(waits.map(\.entity))
    for row in flow.program.resources.indices {
      let resource = ResourceIndex(rawValue: UInt32(row))
      lines.append([:])
      // Each keeps fewer units for others than those before it.
      var firm: [(entity: EntityIndex, keeping: Int)] = []
      for request in flow.resources.standing(at: resource) {
        guard !firm.isEmpty || stuck.contains(request.entity),
          let demands = flow.resources.demands(of: request.entity),
          let part = demands.parts.first(where: { $0.resource == resource })
        else { continue }
        lines[row][request.entity] = firm.first { $0.keeping <= part.keeping }?.entity
        if stuck.contains(request.entity), !demands.mayBeOvertaken,
          part.keeping < firm.last?.keeping ?? .max
        {
          firm.append((request.entity, part.keeping))
        }
      }
    }
  }

  /// The first who keeps an entity from being served in the line of a resource, or `nil`.
  func before(_ entity: EntityIndex, _ resource: ResourceIndex) -> EntityIndex? {
    lines[Int(resource.rawValue)][entity]
  }
}

/// The most units that may ever be free of each resource, while those who are stuck keep theirs.
struct Supply {
  private var available: [Int]
  /// Units of a shift to come, whatever is held now, where shifts finish by themselves.
  private var later: [Int]

  init(_ flow: borrowing PathwayFlow, at now: SimulationTime) {
    available = []
    later = []
    for (place, resource) in flow.program.resources.enumerated() {
      let index = ResourceIndex(rawValue: UInt32(place))
      let coming = resource.calendar?.most(from: now) ?? 0
      let capacity = flow.resources.capacity(index)
      let isRenewed = resource.ending == .finish
      later.append(isRenewed ? coming : 0)
      available.append(
        (isRenewed ? capacity : max(capacity, coming)) - flow.resources.heldOfPresentShift(index))
    }
  }

  /// An entity gives back what it holds; units of a shift that is over vanish.
  mutating func take(
    _ holds: [HeldUnits], of entity: EntityIndex, _ flow: borrowing PathwayFlow
  ) {
    for resource in Set(holds.map(\.resource)) {
      let units = holds.filter { $0.resource == resource }.reduce(0) { $0 + Int($1.units) }
      available[Int(resource.rawValue)] += units - flow.resources.heldOver(resource, by: entity)
    }
  }

  func has(_ demand: ResourceDemand) -> Bool {
    let place = Int(demand.resource.rawValue)
    return max(available[place], later[place]) >= demand.units + demand.keeping
  }
}

extension CapacityCalendar {
  /// The most units at any time from this instant on; its own change may not have happened yet.
  fileprivate func most(from now: SimulationTime) -> Int {
    switch self {
    case .weekly(let changes): changes.map(\.capacity).max() ?? 0
    case .dated(let changes): changes.filter { $0.time >= now }.map(\.capacity).max() ?? 0
    }
  }
}
