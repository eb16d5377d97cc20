// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// Who arrives, and when.
extension NetworkDomain {
  /// Schedules the first arrival of each source.
  mutating func start(
    _ flow: borrowing PathwayFlow, _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    for place in 0..<sources.count {
      drawAhead(place)
      if sources[place].kind == .special {
        scheduleSpecially(place, flow.root, &calendar)
      } else {
        scheduleArrival(UInt16(place), &calendar)
      }
    }
  }

  @inline(__always)
  public mutating func handle(
    _ event: NetworkEvent, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let place = Int(event.source)
    sources[place].position.count += 1
    let episode = sources[place].position.count
    if sources[place].kind == .special { return arriveSpecially(place, &flow, &calendar) }
    scheduleArrival(event.source, &calendar)
    let kind = classShare(place, episode, flow.root)
    flow.enter(
      sources[place].pathway, classIndex: kind.classIndex, priority: kind.priority,
      owner: sources[place].owner, episode: episode, at: calendar.now)
  }

  @inline(__always)
  private mutating func scheduleArrival(
    _ source: UInt16, _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let place = Int(source)
    let time =
      sources[place].kind == .poisson
      ? nextPoisson(place, calendar.now) : nextPeriodic(place, calendar.now)
    sources[place].pending = time
    calendar.schedule(.domain(NetworkEvent(source: source)), at: time)
    drawAhead(place)
  }

  @inline(__always)
  private func nextPoisson(_ place: Int, _ now: SimulationTime) -> SimulationTime {
    now
      + TimeSpan(
        microseconds: Int64(sources[place].nextDraw * sources[place].meanInterval + 0.5))
  }

  @inline(__always)
  private mutating func nextPeriodic(_ place: Int, _ now: SimulationTime) -> SimulationTime {
    // A rounded instant may lie half a microsecond before the latest arrival.
    max(
      now,
      model.compiledSources[place].clock.periodic.next(
        &sources[place].position, sources[place].nextDraw))
  }

  /// Draws what the arrival after the next one follows from. The number is the same whenever it is
  /// drawn; drawn ahead, nothing waits for it.
  @inline(__always)
  private mutating func drawAhead(_ place: Int) {
    sources[place].nextDraw = sources[place].intervals.exponential()
  }

  @inline(__always)
  private func classShare(
    _ place: Int, _ episode: UInt64, _ root: RandomRoot
  ) -> NetworkModel.CompiledShare {
    var share = Int(sources[place].firstClass)
    if sources[place].classCount > 1 {
      var stream = RandomStream(
        root, classPurpose, owner: sources[place].owner, episode: episode)
      let draw = stream.uniform()
      while draw >= classes[share].cumulativeShare { share += 1 }
    }
    return classes[share]
  }
}

// MARK: - Batches, logs, limits, and processes that are not Poisson

extension NetworkDomain {
  /// The arrival that has just been counted: the next is scheduled, and whoever comes enters.
  @inline(never)
  private mutating func arriveSpecially(
    _ place: Int, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let count = sources[place].position.count
    scheduleSpecially(place, flow.root, &calendar)
    let source = model.compiledSources[place]
    let record = source.records.isEmpty ? nil : source.records[Int(count - 1)]
    let arrival = record?.number ?? count
    if let record, !record.attributes.isEmpty {
      flow.recorded = PathwayFlow.Recorded(
        attributes: source.recordedAttributes, values: record.attributes)
    }
    defer { flow.recorded = nil }
    for member in 0..<batchSize(place, arrival, flow.root) {
      let episode = ArrivalNumber(arrival: arrival, member: UInt64(member)).episode
      var kind = classShare(place, episode, flow.root)
      if let index = record?.classIndex {
        kind = NetworkModel.CompiledShare(
          classIndex: index, priority: flow.program.classPriorities[Int(index)],
          cumulativeShare: .infinity)
      }
      flow.enter(
        record?.pathway ?? source.pathway, classIndex: kind.classIndex,
        priority: record?.priority ?? kind.priority, owner: source.owner, episode: episode,
        at: calendar.now)
    }
  }

  private func batchSize(_ place: Int, _ arrival: UInt64, _ root: RandomRoot) -> Int {
    let source = model.compiledSources[place]
    guard let batch = source.batch else { return 1 }
    var stream = RandomStream(root, batchPurpose, owner: source.owner, episode: arrival)
    let size = source.samplers.sample(batch, &stream)
    precondition(
      size >= 1 && size < Double(ArrivalNumber.memberLimit), "a batch has 1 to 16 million members")
    return Int(size)
  }

  private mutating func scheduleSpecially(
    _ place: Int, _ root: RandomRoot, _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let clock = model.compiledSources[place].clock
    guard sources[place].position.count < clock.most,
      let time = nextSpecial(place, calendar.now, root), time < clock.until
    else { return }
    sources[place].pending = time
    calendar.schedule(.domain(NetworkEvent(source: UInt16(place))), at: time)
  }

  /// When the arrival after those counted comes; `nil`: never.
  private mutating func nextSpecial(
    _ place: Int, _ now: SimulationTime, _ root: RandomRoot
  ) -> SimulationTime? {
    let source = model.compiledSources[place]
    let count = sources[place].position.count
    switch source.clock.timing {
    case .listed(let times): return count < times.count ? times[Int(count)] : nil
    case .poisson:
      defer { drawAhead(place) }
      return nextPoisson(place, now)
    case .periodic:
      defer { drawAhead(place) }
      return nextPeriodic(place, now)
    case .curve(let curve):
      defer { drawAhead(place) }
      return curve.next(&curves[place], sources[place].nextDraw).map { max(now, $0) }
    case .renewal(let renewal):
      var stream = RandomStream(
        root, arrivalPurpose, owner: source.owner, episode: count + 1)
      var interval = source.samplers.sample(
        count == 0 ? renewal.first : renewal.interval, &stream)
      if count == 0, renewal.isFirstPartial {
        var part = RandomStream(
          root, arrivalPurpose, owner: source.owner, episode: 1, variate: 1)
        interval *= part.uniform()
      }
      let span = TimeSpan(microseconds: Int64(interval * renewal.scale + 0.5))
      return renewal.opening?.instant(span, after: now, weekStart: model.weekStart) ?? now + span
    }
  }
}
