// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The rules of a resource set in as many words, looking at everything every time: its oracle.
struct PlainResources {
  struct Demand: Equatable {
    var resource: Int
    var units: Int
    var keeping = 0
  }

  /// How many of the parts a request asks for.
  enum Kind { case one, all, any }

  struct Request {
    var entity: UInt32
    var parts: [Demand]
    var priority: UInt8
    var kind: Kind
    var isResumption: Bool
    var since: Int64
    var timesOvertaken = 0
  }

  struct Holding {
    var entity: UInt32
    var resource: Int
    var units: Int
    var keeping: Int
    var priority: UInt8
    var isOvertime = false
  }

  struct Resource {
    var capacity: Int
    var waitingRoom: Int
    var isPreemptive: Bool
    var ending: ShiftEnd
    var report = ResourceStatistics()
    var resetAt: Int64 = 0
  }

  enum Outcome: Equatable {
    case granted, waiting, refused
    case grantedOne(Int)
    case preempting(UInt32)
  }

  let overtakingLimit: Int
  var resources: [Resource] = []
  /// In order: more urgent first, then first come, those interrupted before others.
  var requests: [Request] = []
  /// In order of granting.
  var holdings: [Holding] = []
  var grants: [Grant] = []
  var interruptions: [Interruption] = []
  /// How often somebody who had waited for one of several resources was served, and somebody was who
  /// stood behind one that keeps units for such as it; so that a trial can say what it tried.
  var alternativesServed = 0
  var keepersPassed = 0
  var now: Int64 = 0

  init(overtakingLimit: Int) {
    self.overtakingLimit = overtakingLimit
  }

  // MARK: What can be asked

  func held(_ resource: Int) -> Int {
    holdings.filter { $0.resource == resource }.map(\.units).reduce(0, +)
  }

  /// Units of the present shift in nobody's hands, or less than none.
  func free(_ resource: Int) -> Int {
    resources[resource].capacity
      - holdings.filter { $0.resource == resource && !$0.isOvertime }.map(\.units).reduce(0, +)
  }

  func waiting(_ resource: Int) -> Int {
    requests.filter { $0.parts.contains { $0.resource == resource } }.count
  }

  func isWaiting(_ entity: UInt32) -> Bool { requests.contains { $0.entity == entity } }

  // MARK: What can be done

  mutating func advance(to time: Int64) {
    for row in resources.indices {
      let span = Int128(time - now)
      let held = self.held(row)
      let capacity = resources[row].capacity
      let ofPresentShift = capacity - free(row)
      resources[row].report.waitingIntegral += Int128(waiting(row)) * span
      resources[row].report.heldIntegral += Int128(held) * span
      resources[row].report.heldWithinCapacityIntegral +=
        Int128(min(ofPresentShift, capacity)) * span
      resources[row].report.capacityIntegral += Int128(capacity) * span
    }
    now = time
  }

  mutating func seize(_ parts: [Demand], _ kind: Kind, for entity: UInt32, priority: UInt8)
    -> Outcome
  {
    let place = requests.firstIndex { $0.priority > priority } ?? requests.count
    let request = Request(
      entity: entity, parts: parts, priority: priority, kind: kind, isResumption: false,
      since: now)
    requests.insert(request, at: place)
    if let served = partsServable(place) {
      for part in served { resources[part.resource].report.requests += 1 }
      requests[place].parts = served
      grant(place)
      return kind == .any ? .grantedOne(served[0].resource) : .granted
    }
    if kind == .one, let victim = preempt(place) {
      resources[parts[0].resource].report.requests += 1
      return .preempting(victim)
    }
    let withRoom = parts.filter {
      waiting($0.resource) - 1 < resources[$0.resource].waitingRoom
    }
    if kind == .any ? withRoom.isEmpty : withRoom != parts {
      requests.remove(at: place)
      for part in parts {
        resources[part.resource].report.requests += 1
        resources[part.resource].report.refused += 1
      }
      return .refused
    }
    requests[place].parts = withRoom
    for part in withRoom { resources[part.resource].report.requests += 1 }
    return .waiting
  }

  mutating func release(_ resource: Int, units: Int, by entity: UInt32) {
    var left = units
    while left > 0 {
      let place = holdings.lastIndex { $0.entity == entity && $0.resource == resource }!
      let part = min(left, holdings[place].units)
      holdings[place].units -= part
      left -= part
      if holdings[place].units == 0 { holdings.remove(at: place) }
    }
    serve()
  }

  mutating func setCapacity(_ resource: Int, to capacity: Int, ending: ShiftEnd?) {
    resources[resource].capacity = capacity
    switch ending ?? resources[resource].ending {
    case .handOver: break
    case .finish:
      for place in holdings.indices where holdings[place].resource == resource {
        holdings[place].isOvertime = true
      }
    case .interrupt:
      while free(resource) < 0,
        let victim = lastOfLeastUrgent(where: { $0.resource == resource })
      {
        interruptions.append(
          Interruption(
            entity: EntityIndex(rawValue: holdings[victim].entity),
            resource: ResourceIndex(rawValue: UInt32(resource))))
        interrupt(victim)
      }
    }
    serve()
  }

  mutating func withdraw(_ entity: UInt32) -> Bool {
    guard let place = requests.firstIndex(where: { $0.entity == entity }) else { return false }
    for part in requests[place].parts { resources[part.resource].report.reneged += 1 }
    requests.remove(at: place)
    serve()
    return true
  }

  mutating func resetStatistics() {
    for row in resources.indices {
      resources[row].report = ResourceStatistics()
      resources[row].report.waitingAtReset = waiting(row)
      resources[row].resetAt = now
    }
  }

  func statistics(_ resource: Int) -> ResourceStatistics {
    var report = resources[resource].report
    report.waiting = waiting(resource)
    report.span = TimeSpan(microseconds: now - resources[resource].resetAt)
    return report
  }

  // MARK: The rules

  /// The first of all that can be served is served, until none can.
  private mutating func serve() {
    while let place = requests.indices.first(where: { partsServable($0) != nil }) {
      let served = partsServable(place)!
      for part in requests[place].parts where !served.contains(part) {
        resources[part.resource].report.servedElsewhere += 1
      }
      grants.append(
        Grant(
          entity: EntityIndex(rawValue: requests[place].entity),
          resource: ResourceIndex(rawValue: UInt32(served[0].resource)),
          since: SimulationTime(microseconds: requests[place].since)))
      if requests[place].kind == .any { alternativesServed += 1 }
      requests[place].parts = served
      grant(place)
    }
  }

  /// The parts that a request can be granted now: all, or the first of which one is enough.
  private func partsServable(_ place: Int) -> [Demand]? {
    let parts = requests[place].parts
    let servable = parts.filter { part in
      free(part.resource) - part.units >= part.keeping
        && !requests[..<place].contains { holdsBack($0, part) }
    }
    if requests[place].kind == .any { return servable.first.map { [$0] } }
    return servable == parts ? parts : nil
  }

  private func holdsBack(_ earlier: Request, _ later: Demand) -> Bool {
    stands(earlier, inTheWayOf: later)
      && (earlier.kind != .all || earlier.timesOvertaken >= overtakingLimit)
  }

  /// Whether it asks for the same resource, and not for units that are kept from it, but not from
  /// the later one.
  private func stands(_ earlier: Request, inTheWayOf later: Demand) -> Bool {
    earlier.parts.contains { $0.resource == later.resource && $0.keeping <= later.keeping }
  }

  private mutating func grant(_ place: Int) {
    let request = requests[place]
    for part in request.parts {
      let isInFront = { (earlier: Request) in
        earlier.kind != .all && earlier.parts.contains { $0.resource == part.resource }
      }
      if requests[..<place].contains(where: isInFront) { keepersPassed += 1 }
      for earlier in 0..<place
      where requests[earlier].parts.contains(where: { $0.resource == part.resource }) {
        requests[earlier].timesOvertaken += 1
      }
      holdings.append(
        Holding(
          entity: request.entity, resource: part.resource, units: part.units,
          keeping: part.keeping, priority: request.priority))
      count(request, at: part.resource)
    }
    requests.remove(at: place)
  }

  private mutating func count(_ request: Request, at resource: Int) {
    if request.isResumption {
      resources[resource].report.resumptions += 1
      return
    }
    resources[resource].report.grants += 1
    guard request.since >= resources[resource].resetAt else { return }
    let wait = TimeSpan(microseconds: now - request.since)
    resources[resource].report.observedGrants += 1
    resources[resource].report.waitTotal += Int128(wait.microseconds)
    resources[resource].report.longestWait = max(resources[resource].report.longestWait, wait)
  }

  private mutating func preempt(_ place: Int) -> UInt32? {
    let request = requests[place]
    let part = request.parts[0]
    let missing = part.units + part.keeping - free(part.resource)
    guard resources[part.resource].isPreemptive,
      !requests[..<place].contains(where: { stands($0, inTheWayOf: part) }),
      let victim = lastOfLeastUrgent(where: {
        $0.resource == part.resource && $0.priority > request.priority && $0.units >= missing
          && $0.entity != request.entity
      })
    else { return nil }
    let entity = holdings[victim].entity
    interrupt(victim)
    grant(requests.firstIndex { $0.entity == request.entity }!)
    serve()
    return entity
  }

  private func lastOfLeastUrgent(where isEligible: (Holding) -> Bool) -> Int? {
    let eligible = holdings.indices.filter {
      isEligible(holdings[$0]) && !holdings[$0].isOvertime && !isWaiting(holdings[$0].entity)
    }
    let least = eligible.map { holdings[$0].priority }.max()
    return eligible.last { holdings[$0].priority == least }
  }

  private mutating func interrupt(_ place: Int) {
    let victim = holdings.remove(at: place)
    resources[victim.resource].report.interruptions += 1
    let front = requests.firstIndex { $0.priority >= victim.priority } ?? requests.count
    let part = Demand(resource: victim.resource, units: victim.units, keeping: victim.keeping)
    requests.insert(
      Request(
        entity: victim.entity, parts: [part], priority: victim.priority, kind: .one,
        isResumption: true, since: now),
      at: front)
  }
}
