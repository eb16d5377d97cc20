// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

@Suite("Those who wait: patience, full waiting rooms, preemption, and where they meet")
struct WaitingLineTests {
  /// Seize a doctor with a patience of the domain's first rule, be seen for ten minutes, go home.
  private func impatient(capacity: Int = 1) throws -> PathwayProgram {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor", capacity: capacity)
    builder.addDomainRule("patience")
    builder.addPathway(
      "visit",
      steps: [
        .seize("doctor", patience: .init(rule: "patience", otherwise: "out")), .delay("10"),
        .release("doctor"), .leave(), .leave("gone", label: "out"),
      ])
    return try builder.build()
  }

  @Test("who loses patience goes to the other path, and is not served later")
  func reneging() throws {
    var domain = RecordingDomain()
    domain.minutes = [4]
    var run = RecordedRun(try impatient(), domain: domain)
    run.send(1, at: 0)
    run.send(2, at: 1)
    run.send(3, at: 7)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has doctor", "5.0 2 gives up doctor", "5.0 2 leaves gone",
        "10.0 3 has doctor after 3.0", "10.0 1 leaves home", "20.0 3 leaves home",
      ])
  }

  @Test("patience that ends at the instant of the grant does not lose the turn")
  func patienceEndsAtGrant() throws {
    var domain = RecordingDomain()
    domain.minutes = [8]
    var run = RecordedRun(try impatient(), domain: domain)
    // The patience of 2 is scheduled before the end of service at the same minute 10.
    run.send(1, at: 0)
    run.send(2, at: 2)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has doctor", "10.0 2 has doctor after 8.0", "10.0 1 leaves home",
        "20.0 2 leaves home",
      ])
  }

  @Test("unlimited patience waits for ever, and leaves nothing in the calendar")
  func unlimitedPatience() throws {
    var domain = RecordingDomain()
    domain.minutes = [.nan]
    var run = RecordedRun(try impatient(capacity: 0), domain: domain)
    run.send(1, at: 0)
    #expect(run.run(until: 1e6) == [])
    #expect(run.simulation.calendar.count == 0)
    #expect(run.simulation.model.flow.entities.count == 1)
  }

  @Test("who gives up a large request lets a small one behind it in, at that instant")
  func renegingLetsOthersIn() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("nurse", capacity: 2)
    builder.addPathway(
      "large",
      steps: [
        .seize("nurse", units: 2, patience: .init(rule: "5", otherwise: "out")), .delay("10"),
        .release("nurse"), .leave(), .leave("gone", label: "out"),
      ])
    builder.addPathway(
      "small", steps: [.seize("nurse"), .delay("20"), .release("nurse"), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0, pathway: 1)
    run.send(2, at: 1, pathway: 0)
    run.send(3, at: 2, pathway: 1)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has nurse", "6.0 2 gives up nurse", "6.0 3 has nurse after 4.0",
        "6.0 2 leaves gone", "20.0 1 leaves home", "26.0 3 leaves home",
      ])
  }

  @Test("a full waiting room turns away, and the path for that is taken")
  func fullWaitingRoom() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor", waitingRoom: 1)
    builder.addPathway(
      "visit",
      steps: [
        .seize("doctor", refused: "full"), .delay("5"), .release("doctor"), .leave(),
        .delay("10", label: "full"), .leave("away"),
      ])
    var run = RecordedRun(try builder.build())
    for number in 1...3 { run.send(UInt32(number), at: Double(number - 1)) }
    #expect(
      run.run(until: 60) == [
        "0.0 1 has doctor", "2.0 3 is refused doctor", "5.0 2 has doctor after 4.0",
        "5.0 1 leaves home", "10.0 2 leaves home", "12.0 3 leaves away",
      ])
  }

  /// A preemptive doctor: the first pathway is seen for twenty minutes, the second for five.
  private func preemptive() throws -> PathwayProgram {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor", isPreemptive: true)
    builder.addPathway(
      "long", steps: [.seize("doctor"), .delay("20"), .release("doctor"), .leave()])
    builder.addPathway(
      "short", steps: [.seize("doctor"), .delay("5"), .release("doctor"), .leave()])
    return try builder.build()
  }

  @Test("who is preempted goes on with what remained, even when preempted twice")
  func preemptedTwice() throws {
    var run = RecordedRun(try preemptive())
    run.send(1, at: 0, priority: 9)
    run.send(2, at: 8, pathway: 1, priority: 1)
    run.send(3, at: 15, pathway: 1, priority: 1)
    // 8 done, 8-13 lost, 2 more done, 15-20 lost, 10 left: 30.
    #expect(
      run.run(until: 60) == [
        "0.0 1 has doctor", "8.0 2 has doctor", "13.0 2 leaves home", "15.0 3 has doctor",
        "20.0 3 leaves home", "30.0 1 leaves home",
      ])
    #expect(run.simulation.model.flow.measures.counts(class: 0).waited == 10 * 60_000_000)
    let statistics = run.simulation.model.flow.resources.statistics(
      ResourceIndex(rawValue: 0), at: run.simulation.calendar.now)
    #expect(statistics.interruptions == 2)
    #expect(statistics.resumptions == 2)
  }

  @Test("the preempted stand first of their priority, and an equal does not preempt")
  func preemptedGoFirst() throws {
    var run = RecordedRun(try preemptive())
    run.send(1, at: 0, priority: 9)
    run.send(2, at: 1, pathway: 1, priority: 9)
    run.send(3, at: 2, pathway: 1, priority: 1)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has doctor", "2.0 3 has doctor", "7.0 3 leaves home",
        "25.0 2 has doctor after 24.0", "25.0 1 leaves home", "30.0 2 leaves home",
      ])
  }

  @Test("who is granted and preempted in one instant goes on once it has the doctor again")
  func preemptedBeforeGoingOn() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor", isPreemptive: true)
    builder.addPathway(
      "again",
      steps: [
        .seize("doctor"), .delay("5"), .release("doctor"), .seize("doctor", priority: 0),
        .delay("10"), .release("doctor"), .leave(),
      ])
    // After the grant stands a step that is no delay, so the entity goes on later in the instant.
    builder.addPathway(
      "plain",
      steps: [
        .seize("doctor"), StepDescription(.assignPriority(3)), .delay("20"), .release("doctor"),
        .leave(),
      ])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    run.send(2, at: 1, pathway: 1)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has doctor", "5.0 2 has doctor after 4.0", "5.0 1 has doctor",
        "15.0 1 leaves home", "35.0 2 leaves home",
      ])
    // Four minutes before the grant, ten after it was lost.
    #expect(run.simulation.model.flow.measures.counts(class: 0).waited == 14 * 60_000_000)
  }

  @Test("a victim of several units waits for all of them, and nobody behind it overtakes")
  func preemptedOfSeveral() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("nurse", capacity: 2, isPreemptive: true)
    builder.addPathway(
      "large", steps: [.seize("nurse", units: 2), .delay("20"), .release("nurse"), .leave()])
    builder.addPathway(
      "small", steps: [.seize("nurse"), .delay("5"), .release("nurse"), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0, priority: 9)
    run.send(2, at: 1, pathway: 1, priority: 9)
    run.send(3, at: 2, pathway: 1, priority: 1)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has nurse", "2.0 3 has nurse", "7.0 3 leaves home",
        "25.0 2 has nurse after 24.0", "25.0 1 leaves home", "30.0 2 leaves home",
      ])
  }

  @Test("the more urgent are served first, then first come, first served")
  func priorities() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor")
    builder.addPathway(
      "visit", steps: [.seize("doctor"), .delay("5"), .release("doctor"), .leave()])
    builder.addPathway(
      "urgent",
      steps: [.seize("doctor", priority: 2), .delay("5"), .release("doctor"), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    run.send(2, at: 1, priority: 5)
    run.send(3, at: 2, priority: 3)
    run.send(4, at: 3, pathway: 1, priority: 15)
    run.send(5, at: 4, priority: 3)
    let order = run.run(until: 60).filter { $0.contains("has doctor") }
      .map { $0.split(separator: " ")[1] }
    #expect(order == ["1", "4", "3", "5", "2"])
  }
}
