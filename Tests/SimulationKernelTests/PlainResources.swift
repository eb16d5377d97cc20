// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// The rules of a resource set in as many words, looking at everything every time: its oracle.
struct PlainResources {
  struct Demand: Equatable {
    var resource: Int
    var units: Int
  }

  struct Request {
    var entity: UInt32
    var parts: [Demand]
    var priority: UInt8
    var isJoint: Bool
    var isResumption: Bool
    var since: Int64
    var timesOvertaken = 0
  }

  struct Holding {
    var entity: UInt32
    var resource: Int
    var units: Int
    var priority: UInt8
  }

  struct Resource {
    var capacity: Int
    var waitingRoom: Int
    var isPreemptive: Bool
    var report = ResourceStatistics()
    var resetAt: Int64 = 0
  }

  enum Outcome: Equatable {
    case granted, waiting, refused
    case preempting(UInt32)
  }

  let overtakingLimit: Int
  var resources: [Resource] = []
  /// In order: more urgent first, then first come, those interrupted before others.
  var requests: [Request] = []
  /// In order of granting.
  var holdings: [Holding] = []
  var grants: [UInt32] = []
  var now: Int64 = 0

  init(overtakingLimit: Int) {
    self.overtakingLimit = overtakingLimit
  }

  // MARK: What can be asked

  func held(_ resource: Int) -> Int {
    holdings.filter { $0.resource == resource }.map(\.units).reduce(0, +)
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
      resources[row].report.waitingIntegral += Int128(waiting(row)) * span
      resources[row].report.heldIntegral += Int128(held) * span
      resources[row].report.heldWithinCapacityIntegral += Int128(min(held, capacity)) * span
      resources[row].report.capacityIntegral += Int128(capacity) * span
    }
    now = time
  }

  mutating func seize(_ parts: [Demand], isJoint: Bool, for entity: UInt32, priority: UInt8)
    -> Outcome
  {
    for part in parts { resources[part.resource].report.requests += 1 }
    let place = requests.firstIndex { $0.priority > priority } ?? requests.count
    let request = Request(
      entity: entity, parts: parts, priority: priority, isJoint: isJoint, isResumption: false,
      since: now)
    requests.insert(request, at: place)
    if canServe(place) {
      grant(place)
      return .granted
    }
    if !isJoint, let victim = preempt(place) { return .preempting(victim) }
    if parts.contains(where: { waiting($0.resource) - 1 >= resources[$0.resource].waitingRoom }) {
      requests.remove(at: place)
      for part in parts { resources[part.resource].report.refused += 1 }
      return .refused
    }
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

  mutating func setCapacity(_ resource: Int, to capacity: Int) {
    resources[resource].capacity = capacity
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
    while let place = requests.indices.first(where: canServe) {
      grants.append(requests[place].entity)
      grant(place)
    }
  }

  private func canServe(_ place: Int) -> Bool {
    requests[place].parts.allSatisfy { part in
      resources[part.resource].capacity - held(part.resource) >= part.units
        && !requests[..<place].contains { earlier in
          earlier.parts.contains { $0.resource == part.resource }
            && (!earlier.isJoint || earlier.timesOvertaken >= overtakingLimit)
        }
    }
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
          priority: request.priority))
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
    let free = resources[part.resource].capacity - held(part.resource)
    guard resources[part.resource].isPreemptive else { return nil }
    let someoneIsAsUrgent = requests[..<place].contains {
      $0.parts.contains { $0.resource == part.resource }
    }
    guard !someoneIsAsUrgent else { return nil }
    let eligible = holdings.indices.filter {
      holdings[$0].resource == part.resource && holdings[$0].priority > request.priority
        && holdings[$0].units + free >= part.units && holdings[$0].entity != request.entity
        && !isWaiting(holdings[$0].entity)
    }
    guard let least = eligible.map({ holdings[$0].priority }).max() else { return nil }
    let victim = holdings.remove(at: eligible.last { holdings[$0].priority == least }!)
    resources[part.resource].report.interruptions += 1
    grant(place)
    let front = requests.firstIndex { $0.priority >= victim.priority } ?? requests.count
    requests.insert(
      Request(
        entity: victim.entity, parts: [Demand(resource: part.resource, units: victim.units)],
        priority: victim.priority, isJoint: false, isResumption: true, since: now),
      at: front)
    serve()
    return victim.entity
  }
}
