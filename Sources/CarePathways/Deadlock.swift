// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// Entities that wait for each other in a circle, for ever; or one after the other for something
/// that never comes.
public struct Deadlock: Hashable, Sendable {
  /// What an entity waits for.
  public enum Need: Hashable, Sendable {
    /// Units of a resource that the next member holds; the last of those that form no circle: more
    /// than there will ever be.
    case resource(ResourceIndex)
    /// A place in the line of a resource in which the next member stands before it.
    case line(ResourceIndex)
    /// The next member, which it has started, and joins.
    case child
    /// A condition that nothing can bring about any more.
    case condition
  }

  /// One of them.
  public struct Member: Hashable, Sendable {
    /// The hash of the name of the source it came from.
    public var owner: UInt64
    /// Its number within the source, from 1.
    public var episode: UInt64
    public var waitsFor: Need
    /// What it keeps from others; of several the one held longest.
    public var holds: ResourceIndex?
    /// The row at which it waits.
    public var row: UInt16
  }

  /// The circle, beginning with the one whose wait closed it; or a chain.
  public var members: [Member]
  /// Whether the last one waits for the first.
  public var isCircle: Bool
  /// From when on no one of them could be helped.
  public var since: SimulationTime
}

/// Who of those who are stuck waits for whom.
struct StuckGraph {
  /// A resource that cannot be had, or a child that never leaves: one reason why a wait never ends.
  private struct Obstacle {
    var need: Deadlock.Need
    /// Those who would have to go on, by place among the waits.
    var causes: [Int]
  }

  private let waits: [StuckWait]
  /// Any one of them keeps a wait from ending; or all together, where one of several is asked for.
  private var obstacles: [[Obstacle]] = []
  private let states: [Entity]

  init(
    _ flow: borrowing PathwayFlow, _ waits: [StuckWait], _ supply: Supply, _ fronts: Fronts
  ) {
    self.waits = waits
    states = waits.map { flow.entities[$0.entity] }
    let holds = waits.map { wait in Set(flow.heldUnits(of: wait.entity).map(\.resource)) }
    for (place, wait) in waits.enumerated() {
      func holders(of resource: ResourceIndex) -> [Int] {
        // One that holds the last unit of what it asks for waits for itself alone.
        let holders = waits.indices.filter { holds[$0].contains(resource) }
        return holders.count > 1 ? holders.filter { $0 != place } : holders
      }
      switch wait.reason {
      case .all(let demands), .any(let demands):
        obstacles.append(
          demands.compactMap { demand in
            guard supply.has(demand) else {
              return Obstacle(
                need: .resource(demand.resource), causes: holders(of: demand.resource))
            }
            return fronts.before(wait.entity, demand.resource).map { front in
              Obstacle(
                need: .line(demand.resource),
                causes: waits.indices.filter { waits[$0].entity == front })
            }
          })
      case .children(let children):
        obstacles.append(
          waits.indices.filter { children.contains(waits[$0].entity) }.map {
            Obstacle(need: .child, causes: [$0])
          })
      case .condition:
        obstacles.append([Obstacle(need: .condition, causes: [])])
      }
    }
  }

  /// When an obstacle was there to stay: before the last wait behind it began, that one might still
  /// have gone on.
  private func stayed(_ obstacle: Obstacle, _ closed: [SimulationTime]) -> SimulationTime {
    obstacle.causes.map { closed[$0] }.max() ?? .zero
  }

  /// In a circle all stay from the same instant on; then the waits themselves tell.
  private func isLater(
    _ one: Obstacle, than other: Obstacle, _ closed: [SimulationTime]
  ) -> Bool {
    func times(_ obstacle: Obstacle) -> (SimulationTime, SimulationTime) {
      (stayed(obstacle, closed), obstacle.causes.map { waits[$0].since }.max() ?? .zero)
    }
    return times(one) > times(other)
  }

  /// The obstacle that settles a wait: the first to stay, or the last where all are needed.
  private func decisive(_ place: Int, _ closed: [SimulationTime]) -> Obstacle {
    var best = obstacles[place][0]
    for other in obstacles[place].dropFirst() {
      if case .any = waits[place].reason {
        if isLater(other, than: best, closed) { best = other }
      } else if isLater(best, than: other, closed) {
        best = other
      }
    }
    return best
  }

  /// The circle or the chain that closed first, each wait followed to the first to wait of those
  /// that keep it waiting.
  func first() -> Deadlock? {
    var closed = waits.map(\.since)
    var isChanging = true
    while isChanging {
      isChanging = false
      for place in waits.indices {
        let instant = max(closed[place], stayed(decisive(place, closed), closed))
        isChanging = isChanging || instant != closed[place]
        closed[place] = instant
      }
    }
    func order(_ place: Int) -> (SimulationTime, UInt32) {
      (closed[place], waits[place].entity.rawValue)
    }
    let first = waits.indices.filter { states[$0].heldCount > 0 }.min { order($0) < order($1) }
    guard var place = first else { return nil }
    var path: [Int] = []
    while !path.contains(place) {
      path.append(place)
      let next = decisive(place, closed).causes.min {
        (waits[$0].since, waits[$0].entity.rawValue) < (waits[$1].since, waits[$1].entity.rawValue)
      }
      guard let next else {
        return Deadlock(
          members: path.map { member($0, closed) }, isCircle: false, since: closed[path[0]])
      }
      place = next
    }
    let circle = path[path.firstIndex(of: place)!...]
    let last = circle.indices.max { waits[circle[$0]].since < waits[circle[$1]].since }!
    return Deadlock(
      members: (circle[last...] + circle[..<last]).map { member($0, closed) }, isCircle: true,
      since: closed[path[0]])
  }

  private func member(_ place: Int, _ closed: [SimulationTime]) -> Deadlock.Member {
    let state = states[place]
    let held = (0..<Int(state.holdCount)).first { $0 + 1 != Int(state.lostHold) }
    return Deadlock.Member(
      owner: state.owner, episode: state.episode, waitsFor: decisive(place, closed).need,
      holds: held.map { state.holds[$0].resource }, row: state.row)
  }
}
