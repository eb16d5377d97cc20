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
      drawAhead(place, flow.draws)
      if sources[place].kind == .special {
        scheduleSpecially(place, flow.draws, &calendar)
      } else {
        scheduleArrival(UInt16(place), flow.draws, &calendar)
      }
    }
  }

  @inline(__always)
  public mutating func handle(
    _ event: NetworkEvent, _ flow: inout PathwayFlow,
    _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let place = Int(event.source)
    let source = sources.at(place)
    source.pointee.position.count += 1
    let episode = source.pointee.position.count
    if source.pointee.kind == .special { return arriveSpecially(place, &flow, &calendar) }
    scheduleArrival(event.source, flow.draws, &calendar)
    let kind = classShare(place, episode, flow.draws)
    flow.enter(
      source.pointee.pathway, classIndex: kind.classIndex, priority: kind.priority,
      owner: source.pointee.owner, episode: episode, at: calendar.now)
  }

  @inline(__always)
  private mutating func scheduleArrival(
    _ number: UInt16, _ draws: borrowing KeyedDraws,
    _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let place = Int(number)
    let source = sources.at(place)
    let time =
      source.pointee.kind == .poisson
      ? nextPoisson(place, calendar.now) : nextPeriodic(place, calendar.now)
    source.pointee.pending = time
    calendar.schedule(.domain(NetworkEvent(source: number)), at: time)
    drawAhead(place, draws)
  }

  @inline(__always)
  private func nextPoisson(_ place: Int, _ now: SimulationTime) -> SimulationTime {
    let source = sources.at(place)
    return now + TimeSpan(sample: source.pointee.nextDraw * source.pointee.meanInterval)
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
  private mutating func drawAhead(_ place: Int, _ draws: borrowing KeyedDraws) {
    let source = sources.at(place)
    source.pointee.nextDraw = draws.exponential(of: &source.pointee.intervals)
  }

  @inline(__always)
  private func classShare(
    _ place: Int, _ episode: UInt64, _ draws: borrowing KeyedDraws
  ) -> NetworkModel.CompiledShare {
    let source = sources.at(place)
    var share = Int(source.pointee.firstClass)
    if source.pointee.classCount > 1 {
      let draw = draws.uniform(
        VariateKey(classPurpose, owner: source.pointee.owner, episode: episode))
      while draw >= classes[share].cumulativeShare { share += 1 }
    }
    return classes.at(share).pointee
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
    scheduleSpecially(place, flow.draws, &calendar)
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
      var kind = classShare(place, episode, flow.draws)
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
    _ place: Int, _ draws: borrowing KeyedDraws,
    _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    let clock = model.compiledSources[place].clock
    guard sources[place].position.count < clock.most,
      let time = nextSpecial(place, calendar.now, draws), time < clock.until
    else { return }
    sources[place].pending = time
    calendar.schedule(.domain(NetworkEvent(source: UInt16(place))), at: time)
  }

  /// When the arrival after those counted comes; `nil`: never.
  private mutating func nextSpecial(
    _ place: Int, _ now: SimulationTime, _ draws: borrowing KeyedDraws
  ) -> SimulationTime? {
    let source = model.compiledSources[place]
    let count = sources[place].position.count
    switch source.clock.timing {
    case .listed(let times): return count < times.count ? times[Int(count)] : nil
    case .poisson:
      defer { drawAhead(place, draws) }
      return nextPoisson(place, now)
    case .periodic:
      defer { drawAhead(place, draws) }
      return nextPeriodic(place, now)
    case .curve(let curve):
      defer { drawAhead(place, draws) }
      return curve.next(&curves[place], sources[place].nextDraw).map { max(now, $0) }
    case .renewal(let renewal):
      var stream = RandomStream(
        draws.root, arrivalPurpose, owner: source.owner, episode: count + 1)
      var interval = source.samplers.sample(
        count == 0 ? renewal.first : renewal.interval, &stream)
      if count == 0, renewal.isFirstPartial {
        var part = RandomStream(
          draws.root, arrivalPurpose, owner: source.owner, episode: 1, variate: 1)
        interval *= part.uniform()
      }
      let span = TimeSpan(microseconds: Int64(interval * renewal.scale + 0.5))
      return renewal.opening?.instant(span, after: now, weekStart: model.weekStart) ?? now + span
    }
  }
}
