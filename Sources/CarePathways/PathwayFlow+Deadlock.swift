// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Entities that wait for each other in a circle, for ever.
public struct Deadlock: Hashable, Sendable {
  /// One of them: it holds a resource that the one before it in the circle waits for.
  public struct Member: Hashable, Sendable {
    /// The hash of the name of the source it came from.
    public var owner: UInt64
    /// Its number within the source, from 1.
    public var episode: UInt64
    /// What it waits for; the next member holds units of it, as the first does of the last one's.
    public var waitsFor: ResourceIndex
    /// The row at which it waits.
    public var row: UInt16
  }

  /// The circle, beginning with the one whose wait closed it.
  public var members: [Member]
  /// From when on no one of them could be helped.
  public var since: SimulationTime
}

extension PathwayFlow {
  /// Looks for entities that can never be served, whatever happens from now on.
  ///
  /// It supposes the best: whoever is not stuck gives back all it holds and asks for nothing more,
  /// a calendar brings all the capacity it ever has, who may give up waiting does. Who then still
  /// lacks units is stuck for certain, so that there is no false alarm; each waits for units that
  /// others of the stuck hold. Source: the reduction of resource-allocation graphs, E. G. Coffman,
  /// M. J. Elphick and A. Shoshani, *System deadlocks*, Computing Surveys 3 (1971) 67–78.
  ///
  /// Of several circles it gives the one that closed first, so that it does not hang on when one
  /// looks. O(present + resources × stuck); for between events, now and then.
  public func deadlock() -> Deadlock? {
    var waits: [Wait] = []
    var available = program.resources.indices.map { place in
      mostUnits(place) - resources.held(ResourceIndex(rawValue: UInt32(place)))
    }
    for place in 0..<entities.indexLimit {
      let entity = EntityIndex(rawValue: UInt32(place))
      guard entities.isPresent(entity) else { continue }
      if let wait = wait(of: entity) {
        waits.append(wait)
      } else {
        giveUpAll(of: entity, to: &available)
      }
    }
    // Only who holds something keeps others waiting; the rest merely stand behind them.
    waits.removeAll { entities[$0.entity].heldCount == 0 }
    var isChanging = true
    while isChanging {
      isChanging = false
      waits.removeAll { wait in
        guard available[Int(wait.resource.rawValue)] >= wait.units else { return false }
        giveUpAll(of: wait.entity, to: &available)
        isChanging = true
        return true
      }
    }
    return waits.isEmpty ? nil : firstCircle(among: waits)
  }

  private struct Wait {
    var entity: EntityIndex
    var resource: ResourceIndex
    var units: Int
    var since: SimulationTime
  }

  /// What an entity waits for, if it waits for units of one resource and cannot give up.
  private func wait(of entity: EntityIndex) -> Wait? {
    let state = entities[entity]
    switch state.phase {
    case .waiting:
      let step = rows.step(state.row).pointee
      guard step.kind == .seize, step.patience == PathwayStep.none || state.timer == .none
      else { return nil }
      let site = step.isAtDestination ? state.destination : state.site
      guard let resource = resource(role: step.operand, site: site) else { return nil }
      return Wait(
        entity: entity, resource: resource, units: Int(step.units), since: state.mark)
    case .preempted, .preemptedReady:
      guard state.lostHold > 0 else { return nil }
      let lost = state.holds[Int(state.lostHold) - 1]
      return Wait(
        entity: entity, resource: lost.resource, units: Int(lost.units), since: state.mark)
    default: return nil
    }
  }

  private func giveUpAll(of entity: EntityIndex, to available: inout [Int]) {
    for held in heldUnits(of: entity) {
      available[Int(held.resource.rawValue)] += Int(held.units)
    }
  }

  private func heldUnits(of entity: EntityIndex) -> [HeldUnits] {
    let state = entities[entity]
    return (0..<Int(state.holdCount)).filter { $0 + 1 != Int(state.lostHold) }.map {
      state.holds[$0]
    }
  }

  /// The most units a resource has at any time.
  private func mostUnits(_ place: Int) -> Int {
    let resource = program.resources[place]
    let now = resources.capacity(ResourceIndex(rawValue: UInt32(place)))
    switch resource.calendar {
    case nil: return now
    case .weekly(let changes): return max(now, changes.map(\.capacity).max() ?? now)
    case .dated(let changes): return max(now, changes.map(\.capacity).max() ?? now)
    }
  }

  /// The circle that closed first: among those all of whose way on is stuck with the fewest late
  /// waits, each followed to the first to wait of those that hold what it waits for.
  private func firstCircle(among waits: [Wait]) -> Deadlock? {
    var holders: [[Int]] = Array(repeating: [], count: program.resources.count)
    for (place, wait) in waits.enumerated() {
      for held in heldUnits(of: wait.entity) {
        holders[Int(held.resource.rawValue)].append(place)
      }
    }
    func wanted(_ place: Int) -> Int { Int(waits[place].resource.rawValue) }
    // The last wait to begin among all whom a resource's holders wait for, directly or not: before
    // it began, that one might still have given back what it holds.
    var latest = holders.map { $0.map { waits[$0].since }.max() ?? .zero }
    var isChanging = true
    while isChanging {
      isChanging = false
      for resource in holders.indices {
        for place in holders[resource] where latest[wanted(place)] > latest[resource] {
          latest[resource] = latest[wanted(place)]
          isChanging = true
        }
      }
    }
    func closed(_ place: Int) -> SimulationTime {
      max(waits[place].since, latest[wanted(place)])
    }
    let first = waits.indices.filter { !holders[wanted($0)].isEmpty }.min {
      (closed($0), waits[$0].entity.rawValue) < (closed($1), waits[$1].entity.rawValue)
    }
    guard let first else { return nil }
    var path: [Int] = []
    var place = first
    while !path.contains(place) {
      path.append(place)
      // One that holds the last unit of what it asks for waits for itself alone.
      let others = holders[wanted(place)].filter { $0 != place }
      let next = others.min {
        (waits[$0].since, waits[$0].entity.rawValue) < (waits[$1].since, waits[$1].entity.rawValue)
      }
      guard let next = next ?? holders[wanted(place)].first else { return nil }
      place = next
    }
    let circle = path[path.firstIndex(of: place)!...]
    let last = circle.indices.max { waits[circle[$0]].since < waits[circle[$1]].since }!
    return Deadlock(
      members: (circle[last...] + circle[..<last]).map { place in
        let state = entities[waits[place].entity]
        return Deadlock.Member(
          owner: state.owner, episode: state.episode, waitsFor: waits[place].resource,
          row: state.row)
      }, since: closed(first))
  }
}
