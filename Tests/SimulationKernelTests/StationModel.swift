// SPDX-License-Identifier: GPL-3.0-or-later
import SimulationKernel

/// One station with several servers and classes of customers: enough to meet the textbook.
struct StationModel: ~Copyable, SimulationModel {
  enum Event: BitwiseCopyable, Sendable {
    case arrival(UInt8)
    case serviceEnded(EntityIndex)
    case patienceEnded(EntityIndex)
    case shiftEnded
  }

  /// All intervals and times are exponential, with these means in minutes.
  struct CustomerClass {
    var meanInterval: Double
    var meanService = 1.0
    var meanPatience: Double?
    var priority: UInt8 = 8
    var keeping = 0
  }

  /// Exponential times with all servers and with none, with these means in minutes.
  struct Shifts {
    var meanOn: Double
    var meanOff: Double
    var ending: ShiftEnd
  }

  /// Customers of one class.
  struct Count {
    var arrived = 0
    var refused = 0
    var reneged = 0
  }

  private struct Customer {
    var kind: UInt8
    var arrived: SimulationTime
    var serviceLeft: TimeSpan
    var serviceEnd = SimulationTime.zero
    var service = EventHandle.none
    var patience = EventHandle.none
  }

  var resources = ResourceSet()
  let servers: ResourceIndex
  let classes: [CustomerClass]
  private let capacity: Int
  private let shifts: Shifts?
  private var isOn = true
  private var customers: [Customer] = []
  private var freeRows: [UInt32] = []
  private var generator: TestGenerator
  /// Minutes from arrival to the end of service, by class.
  private(set) var timeInSystem: [Tally]
  private(set) var counts: [Count]
  var present = OccupancyDistribution()

  init(
    servers: Int, waitingRoom: Int? = nil, preemptive: Bool = false, shifts: Shifts? = nil,
    classes: [CustomerClass], seed: UInt64
  ) {
    self.servers = resources.add(
      capacity: servers, waitingRoom: waitingRoom, preemptive: preemptive,
      ending: shifts?.ending ?? .handOver)
    self.capacity = servers
    self.shifts = shifts
    self.classes = classes
    self.counts = classes.map { _ in Count() }
    self.generator = TestGenerator(seed: seed)
    self.timeInSystem = classes.map { _ in Tally() }
  }

  private init(copying other: borrowing StationModel) {
    self.resources = other.resources.copy()
    self.servers = other.servers
    self.classes = other.classes
    self.capacity = other.capacity
    self.shifts = other.shifts
    self.isOn = other.isOn
    self.counts = other.counts
    self.customers = other.customers
    self.freeRows = other.freeRows
    self.generator = other.generator
    self.timeInSystem = other.timeInSystem
    self.present = other.present
  }

  borrowing func copy() -> StationModel { StationModel(copying: self) }

  mutating func start(_ calendar: inout EventCalendar<Event>) {
    for kind in classes.indices { scheduleArrival(UInt8(kind), &calendar) }
    if let shifts { calendar.schedule(.shiftEnded, after: draw(mean: shifts.meanOn)) }
  }

  mutating func endWarmUp(at now: SimulationTime) {
    resources.resetStatistics(at: now)
    timeInSystem = classes.map { _ in Tally() }
    counts = classes.map { _ in Count() }
    present.reset(at: now)
  }

  mutating func handle(_ event: Event, _ calendar: inout EventCalendar<Event>) {
    switch event {
    case .arrival(let kind):
      scheduleArrival(kind, &calendar)
      arrive(kind, &calendar)
    case .serviceEnded(let entity):
      let customer = customers[Int(entity.rawValue)]
      timeInSystem[Int(customer.kind)].record((calendar.now - customer.arrived).inMinutes)
      resources.release(servers, by: entity, at: calendar.now)
      leave(entity, at: calendar.now)
      beginServices(&calendar)
    case .patienceEnded(let entity):
      if resources.withdraw(entity, at: calendar.now) {
        counts[Int(customers[Int(entity.rawValue)].kind)].reneged += 1
        leave(entity, at: calendar.now)
      }
      beginServices(&calendar)
    case .shiftEnded:
      changeShift(&calendar)
    }
  }

  private mutating func changeShift(_ calendar: inout EventCalendar<Event>) {
    isOn.toggle()
    calendar.schedule(
      .shiftEnded, after: draw(mean: isOn ? shifts!.meanOn : shifts!.meanOff))
    resources.setCapacity(servers, to: isOn ? capacity : 0, at: calendar.now)
    while let interruption = resources.nextInterruption() {
      interrupt(interruption.entity, &calendar)
    }
    beginServices(&calendar)
  }

  private mutating func interrupt(
    _ entity: EntityIndex, _ calendar: inout EventCalendar<Event>
  ) {
    let row = Int(entity.rawValue)
    calendar.cancel(customers[row].service)
    customers[row].serviceLeft = customers[row].serviceEnd - calendar.now
  }

  private mutating func scheduleArrival(_ kind: UInt8, _ calendar: inout EventCalendar<Event>) {
    let interval = draw(mean: classes[Int(kind)].meanInterval)
    calendar.schedule(.arrival(kind), after: interval)
  }

  private mutating func arrive(_ kind: UInt8, _ calendar: inout EventCalendar<Event>) {
    let description = classes[Int(kind)]
    let customer = Customer(
      kind: kind, arrived: calendar.now, serviceLeft: draw(mean: description.meanService))
    let entity = EntityIndex(rawValue: freeRows.popLast() ?? UInt32(customers.count))
    if Int(entity.rawValue) < customers.count {
      customers[Int(entity.rawValue)] = customer
    } else {
      customers.append(customer)
    }
    counts[Int(kind)].arrived += 1
    present.change(by: 1, at: calendar.now)
    switch resources.seize(
      servers, keeping: description.keeping, for: entity, priority: description.priority,
      at: calendar.now)
    {
    case .granted: beginService(entity, &calendar)
    case .waiting:
      if let mean = description.meanPatience {
        customers[Int(entity.rawValue)].patience = calendar.schedule(
          .patienceEnded(entity), after: draw(mean: mean))
      }
    case .refused:
      counts[Int(kind)].refused += 1
      leave(entity, at: calendar.now)
    case .preempting(let victim):
      interrupt(victim, &calendar)
      beginService(entity, &calendar)
    }
  }

  private mutating func beginServices(_ calendar: inout EventCalendar<Event>) {
    while let grant = resources.nextGrant() { beginService(grant.entity, &calendar) }
  }

  private mutating func beginService(
    _ entity: EntityIndex, _ calendar: inout EventCalendar<Event>
  ) {
    let row = Int(entity.rawValue)
    calendar.cancel(customers[row].patience)
    customers[row].serviceEnd = calendar.now + customers[row].serviceLeft
    customers[row].service = calendar.schedule(
      .serviceEnded(entity), at: customers[row].serviceEnd)
  }

  private mutating func leave(_ entity: EntityIndex, at now: SimulationTime) {
    present.change(by: -1, at: now)
    freeRows.append(entity.rawValue)
  }

  private mutating func draw(mean minutes: Double) -> TimeSpan {
    .minutes(generator.exponential() * minutes)
  }

  /// A number that hangs on everything that has happened.
  borrowing func fingerprint() -> [Int] {
    var numbers = [Int(truncatingIfNeeded: generator.state), resources.waiting(servers)]
    for tally in timeInSystem {
      numbers += [tally.count, Int(bitPattern: UInt((tally.mean ?? 0).bitPattern))]
    }
    numbers += present.microsecondsAtLevel.map(Int.init)
    return numbers
  }
}
