// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import SimulationKernel
import Testing

@Suite("Capacity follows its calendar")
struct CapacityCalendarTests {
  private func program(_ calendar: CapacityCalendar, capacity: Int = 1) throws -> PathwayProgram {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor", capacity: capacity, calendar: calendar)
    builder.addPathway(
      "visit", steps: [.seize("doctor"), .delay("10"), .release("doctor"), .leave()])
    return try builder.build()
  }

  @Test("who is being seen when the doctor goes is seen to the end; who waits, waits for the next")
  func shiftEnd() throws {
    let day = 24 * 60
    let calendar = CapacityCalendar.weekly([
      .init(minuteOfWeek: 8 * 60, capacity: 1), .init(minuteOfWeek: 12 * 60, capacity: 0),
      .init(minuteOfWeek: day + 8 * 60, capacity: 1),
      .init(minuteOfWeek: day + 12 * 60, capacity: 0),
    ])
    var run = RecordedRun(try program(calendar))
    run.send(1, at: 60)
    run.send(2, at: 12 * 60 - 5)
    run.send(3, at: 12 * 60 - 4)
    run.send(4, at: 12 * 60)
    #expect(
      run.run(until: 7 * 1440) == [
        "480.0 1 has doctor after 420.0", "490.0 1 leaves home", "715.0 2 has doctor",
        "725.0 2 leaves home", "1920.0 3 has doctor after 1204.0",
        "1930.0 4 has doctor after 1210.0", "1930.0 3 leaves home", "1940.0 4 leaves home",
      ])
    let statistics = run.simulation.model.flow.resources.statistics(
      ResourceIndex(rawValue: 0), at: run.simulation.calendar.now)
    #expect(statistics.capacityIntegral == 8 * 60 * 60_000_000)
    // Forty minutes of work, five of them after the doctor's hours.
    #expect(statistics.heldIntegral == 40 * 60_000_000)
    #expect(statistics.heldWithinCapacityIntegral == 35 * 60_000_000)
  }

  @Test("who comes at the instant the doctor comes is seen at once")
  func arrivalAtOpening() throws {
    let calendar = CapacityCalendar.dated([.init(time: .zero + .minutes(30), capacity: 1)])
    var run = RecordedRun(try program(calendar, capacity: 0))
    run.send(1, at: 30)
    #expect(run.run(until: 60) == ["30.0 1 has doctor", "40.0 1 leaves home"])
  }

  @Test("the week may have begun before time 0")
  func weekStart() throws {
    let calendar = CapacityCalendar.weekly([
      .init(minuteOfWeek: 0, capacity: 0), .init(minuteOfWeek: 3 * 1440, capacity: 1),
    ])
    // Time 0 is Wednesday 00:00: the doctor comes a day later.
    var run = RecordedRun(
      try program(calendar), weekStart: .zero - .days(2))
    run.send(1, at: 0)
    run.send(2, at: 5 * 1440 + 1)
    #expect(
      run.run(until: 20 * 1440).filter { $0.contains("has") } == [
        "1440.0 1 has doctor after 1440.0", "11520.0 2 has doctor after 4319.0",
      ])
  }

  @Test("before the week's first change its last one holds, and dated changes come once")
  func capacities() {
    let week = CapacityCalendar.weekly([
      .init(minuteOfWeek: 60, capacity: 3), .init(minuteOfWeek: 120, capacity: 2),
    ])
    #expect(week.capacity(at: .zero, before: 9) == 2)
    #expect(week.capacity(at: .zero + .minutes(60), before: 9) == 3)
    #expect(week.nextChange(after: .zero + .minutes(120)) == .zero + .days(7) + .minutes(60))
    let dated = CapacityCalendar.dated([.init(time: .zero + .days(1), capacity: 4)])
    #expect(dated.capacity(at: .zero, before: 9) == 9)
    #expect(dated.capacity(at: .zero + .days(1), before: 9) == 4)
    #expect(dated.nextChange(after: .zero + .days(1)) == nil)
  }
}
