// SPDX-License-Identifier: GPL-3.0-or-later
import Randomness
import SimulationKernel

/// Who arrives, and when.
extension NetworkDomain {
  /// Schedules the first arrival of each source.
  mutating func start(
    _ flow: borrowing PathwayFlow, _ calendar: inout EventCalendar<CareEvent<NetworkEvent>>
  ) {
    for source in model.sources.indices {
      drawAhead(source)
      scheduleArrival(UInt16(source), &calendar)
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
    let time: SimulationTime
    switch sources[place].kind {
    case .poisson:
      time =
        calendar.now
        + TimeSpan(
          microseconds: Int64(sources[place].nextDraw * sources[place].meanInterval + 0.5))
    case .periodic:
      // A rounded instant may lie half a microsecond before the latest arrival.
      time = max(
        calendar.now,
        model.compiledSources[place].clock.nextPeriodic(
          &sources[place].position, sources[place].nextDraw))
    case .scheduled:
      let times = model.compiledSources[place].clock.times
      let count = Int(sources[place].position.count)
      guard count < times.count else { return }
      time = times[count]
    }
    calendar.schedule(.domain(NetworkEvent(source: source)), at: time)
    drawAhead(place)
  }

  /// Draws what the arrival after the next one follows from. The number is the same whenever it is
  /// drawn; drawn ahead, nothing waits for it.
  @inline(__always)
  private mutating func drawAhead(_ place: Int) {
    guard sources[place].kind != .scheduled else { return }
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
