// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel

/// Resources, those who hold their units and those who wait for them: the rules in as many words,
/// looking at everything every time.
struct PlainLines {
  struct Demand: Equatable {
    var resource: Int
    var units: Int
    var keeping: Int
  }

  enum Kind { case one, all, any }

  struct Request {
    var entity: PlainEntity
    var parts: [Demand]
    var priority: UInt8
    var kind: Kind
    var timesOvertaken = 0
  }

  struct Holding {
    var entity: PlainEntity
    var resource: Int
    var units: Int
    var keeping: Int
    var priority: UInt8
    var isOvertime = false
  }

  enum Outcome {
    case granted(resource: Int)
    case preempting(PlainEntity)
    case waiting, refused
  }

  let resources: [ResourceDescription]
  let overtakingLimit = 16
  var capacities: [Int]
  /// In order: more urgent first, then first come, those interrupted before others.
  var requests: [Request] = []
  /// In order of granting.
  var holdings: [Holding] = []
  var grants: [(entity: PlainEntity, resource: Int)] = []
  var interruptions: [(entity: PlainEntity, resource: Int)] = []

  init(_ resources: [ResourceDescription], capacities: [Int]) {
    self.resources = resources
    self.capacities = capacities
  }

  func held(_ resource: Int) -> Int {
    holdings.filter { $0.resource == resource }.map(\.units).reduce(0, +)
  }

  /// Units of the present shift in nobody's hands, or less than none.
  func free(_ resource: Int) -> Int {
    capacities[resource]
      - holdings.filter { $0.resource == resource && !$0.isOvertime }.map(\.units).reduce(0, +)
  }

  func waiting(_ resource: Int) -> Int {
    requests.filter { $0.parts.contains { $0.resource == resource } }.count
  }

  func isWaiting(_ entity: PlainEntity) -> Bool { requests.contains { $0.entity === entity } }

  // MARK: What can be done

  mutating func seize(_ parts: [Demand], _ kind: Kind, for entity: PlainEntity, priority: UInt8)
    -> Outcome
  {
    let place = requests.firstIndex { $0.priority > priority } ?? requests.count
    requests.insert(
      Request(entity: entity, parts: parts, priority: priority, kind: kind), at: place)
    if let served = partsServable(place) {
      requests[place].parts = served
      grant(place)
      return .granted(resource: served[0].resource)
    }
    if kind == .one, let victim = preempt(place) { return .preempting(victim) }
    let withRoom = parts.filter {
      waiting($0.resource) - 1 < resources[$0.resource].waitingRoom ?? .max
    }
    if kind == .any ? withRoom.isEmpty : withRoom != parts {
      requests.remove(at: place)
      return .refused
    }
    requests[place].parts = withRoom
    return .waiting
  }

  mutating func release(_ resource: Int, units: Int, by entity: PlainEntity) {
    var left = units
    while left > 0 {
      let place = holdings.lastIndex { $0.entity === entity && $0.resource == resource }!
      let part = min(left, holdings[place].units)
      holdings[place].units -= part
      left -= part
      if holdings[place].units == 0 { holdings.remove(at: place) }
    }
    serve()
  }

  mutating func setCapacity(_ resource: Int, to capacity: Int) {
    capacities[resource] = capacity
    switch resources[resource].ending {
    case .handOver: break
    case .finish:
      for place in holdings.indices where holdings[place].resource == resource {
        holdings[place].isOvertime = true
      }
    case .interrupt:
      while free(resource) < 0, let victim = lastOfLeastUrgent({ $0.resource == resource }) {
        interruptions.append((holdings[victim].entity, resource))
        interrupt(victim)
      }
    }
    serve()
  }

  mutating func withdraw(_ entity: PlainEntity) {
    requests.removeAll { $0.entity === entity }
    serve()
  }

  // MARK: The rules

  /// The first of all that can be served is served, until none can.
  private mutating func serve() {
    while let place = requests.indices.first(where: { partsServable($0) != nil }) {
      let served = partsServable(place)!
      grants.append((requests[place].entity, served[0].resource))
      requests[place].parts = served
      grant(place)
    }
  }

  /// The parts that a request can be granted now: all, or the first of which one is enough.
  private func partsServable(_ place: Int) -> [Demand]? {
    let request = requests[place]
    let servable = request.parts.filter { part in
      free(part.resource) - part.units >= part.keeping
        && !requests[..<place].contains { earlier in
          stands(earlier, inTheWayOf: part)
            && (earlier.kind != .all || earlier.timesOvertaken >= overtakingLimit)
        }
    }
    if request.kind == .any { return servable.first.map { [$0] } }
    return servable == request.parts ? servable : nil
  }

  /// Whether it asks for the same resource, and not for units that are kept from it alone.
  private func stands(_ earlier: Request, inTheWayOf later: Demand) -> Bool {
    earlier.parts.contains { $0.resource == later.resource && $0.keeping <= later.keeping }
  }

  private mutating func grant(_ place: Int) {
    let request = requests[place]
    for part in request.parts {
      for earlier in 0..<place
      where requests[earlier].parts.contains(where: { $0.resource == part.resource }) {
        requests[earlier].timesOvertaken += 1
      }
      holdings.append(
        Holding(
          entity: request.entity, resource: part.resource, units: part.units,
          keeping: part.keeping, priority: request.priority))
    }
    requests.remove(at: place)
  }

  private mutating func preempt(_ place: Int) -> PlainEntity? {
    let request = requests[place]
    let part = request.parts[0]
    let missing = part.units + part.keeping - free(part.resource)
    guard resources[part.resource].isPreemptive,
      !requests[..<place].contains(where: { stands($0, inTheWayOf: part) }),
      let victim = lastOfLeastUrgent({
        $0.resource == part.resource && $0.priority > request.priority && $0.units >= missing
          && $0.entity !== request.entity
      })
    else { return nil }
    let entity = holdings[victim].entity
    interrupt(victim)
    grant(requests.firstIndex { $0.entity === request.entity }!)
    serve()
    return entity
  }

  private func lastOfLeastUrgent(_ isEligible: (Holding) -> Bool) -> Int? {
    let eligible = holdings.indices.filter {
      isEligible(holdings[$0]) && !holdings[$0].isOvertime && !isWaiting(holdings[$0].entity)
    }
    let least = eligible.map { holdings[$0].priority }.max()
    return eligible.last { holdings[$0].priority == least }
  }

  private mutating func interrupt(_ place: Int) {
    let victim = holdings.remove(at: place)
    let front = requests.firstIndex { $0.priority >= victim.priority } ?? requests.count
    let part = Demand(resource: victim.resource, units: victim.units, keeping: victim.keeping)
    requests.insert(
      Request(entity: victim.entity, parts: [part], priority: victim.priority, kind: .one),
      at: front)
  }
}
