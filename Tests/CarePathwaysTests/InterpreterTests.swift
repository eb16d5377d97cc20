// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

@Suite("Each step does what it says, as traced by hand")
struct InterpreterTests {
  @Test("seize, delay, release, leave: first come, first served")
  func seizeDelayRelease() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor")
    builder.addPathway(
      "visit", steps: [.seize("doctor"), .delay("5"), .release("doctor"), .leave()])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    run.send(2, at: 1)
    run.send(3, at: 2)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has doctor", "5.0 2 has doctor after 4.0", "5.0 1 leaves home",
        "10.0 3 has doctor after 8.0", "10.0 2 leaves home", "15.0 3 leaves home",
      ])
  }

  @Test("what an entity holds is given back in any order, and its own site's resource is asked")
  func severalHeld() throws {
    var builder = try PathwayBuilder.plain()
    builder.addSite("hospital")
    let doctor = builder.addRole("doctor")
    let bed = builder.addRole("bed")
    for (site, name) in ["clinic", "hospital"].enumerated() {
      for (role, kind) in [(doctor, "doctor"), (bed, "bed")] {
        let resource = builder.addResource(
          ResourceDescription(name: "\(name)-\(kind)", capacity: 1))
        builder.provide(role: role, at: UInt16(site), by: resource)
      }
    }
    builder.addPathway(
      "visit",
      steps: [
        .seize("doctor"), .seize("bed"), .delay("5"), .release("doctor"), .delay("5"),
        .release("bed"), .leave(),
      ])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0, site: 1)
    run.send(2, at: 0, site: 0)
    run.send(3, at: 0, site: 1)
    #expect(
      run.run(until: 60) == [
        "0.0 1 has doctor", "0.0 1 has bed", "0.0 2 has doctor", "0.0 2 has bed",
        "5.0 3 has doctor after 5.0", "10.0 3 has bed after 5.0", "10.0 1 leaves home",
        "10.0 2 leaves home", "20.0 3 leaves home",
      ])
  }

  @Test("a decision takes the exit that the domain names, in the order of declaration")
  func decision() throws {
    var builder = try PathwayBuilder.plain()
    let number = builder.addDecision("where", exits: ["stay", "go"])
    builder.addPathway(
      "visit",
      steps: [
        StepDescription(
          .decide(
            decision: "where", exits: [.init("go", to: "out"), .init("stay", to: nil)])),
        .delay("5"), .leave("home"), .leave("away", label: "out"),
      ])
    var domain = RecordingDomain()
    domain.exits = [1, 0]
    var run = RecordedRun(try builder.build(), domain: domain)
    run.send(1, at: 0)
    run.send(2, at: 0)
    #expect(number == 0)
    #expect(
      run.run(until: 60) == [
        "0.0 1 takes exit 1 of 0", "0.0 1 leaves away", "0.0 2 takes exit 0 of 0",
        "5.0 2 leaves home",
      ])
  }

  @Test("class, priority and site are assigned, and counted under the class of leaving")
  func assignments() throws {
    var builder = try PathwayBuilder.plain()
    builder.addClass("urgent")
    builder.addSite("hospital")
    builder.addServer("doctor")
    builder.addPathway(
      "visit",
      steps: [
        StepDescription(.assignClass("urgent")), StepDescription(.assignPriority(2)),
        StepDescription(.assignSite("hospital")), .delay("5"), .leave(),
      ])
    var run = RecordedRun(try builder.build())
    run.send(1, at: 0)
    run.run(until: 1)
    let entity = run.simulation.model.flow.entities[EntityIndex(rawValue: 0)]
    #expect(entity.priority == 2)
    #expect(entity.site == 1)
    #expect(entity.classIndex == 1)
    run.run(until: 60)
    #expect(run.simulation.model.flow.measures.counts(class: 0).left == 0)
    #expect(run.simulation.model.flow.measures.counts(class: 1).left == 1)
    #expect(run.simulation.model.flow.measures.left(class: 1, reason: 0) == 1)
    #expect(run.simulation.model.flow.measures.counts(class: 1).timeInSystem == 300_000_000)
  }

  @Test("a transfer holds the old bed until the new one is had and the way is made")
  func transfer() throws {
    var builder = try PathwayBuilder.plain()
    builder.addSite("hospital")
    let bed = builder.addRole("bed")
    for (site, name) in ["clinic-bed", "hospital-bed"].enumerated() {
      builder.provide(
        role: bed, at: UInt16(site),
        by: builder.addResource(ResourceDescription(name: name, capacity: 1)))
    }
    builder.addDecision("where", exits: ["go"])
    builder.addPathway(
      "stay",
      steps: [
        .seize("bed"), .delay("10"),
        StepDescription(.decide(decision: "where", exits: [.init("go", to: nil)])),
        StepDescription(.transfer(to: .init("bed"), from: "bed", delay: "5")),
        .delay("20"), .release("bed"), .leave(),
      ])
    var domain = RecordingDomain()
    domain.destination = 1
    var run = RecordedRun(try builder.build(), domain: domain)
    run.send(1, at: 0)
    run.send(2, at: 1)
    // 1 moves at once at 10 and gives its bed back at 15; 2 has it from 15, wants to move at 25 and
    // is blocked until 1 leaves at 35, arrives at 40, and gives the clinic's bed back only then.
    run.run(until: 39)
    #expect(run.simulation.model.flow.resources.held(ResourceIndex(rawValue: 0)) == 1)
    #expect(
      run.run(until: 100) == [
        "0.0 1 has bed", "10.0 1 takes exit 0 of 0", "10.0 1 has bed",
        "15.0 2 has bed after 14.0", "25.0 2 takes exit 0 of 0", "35.0 2 has bed after 10.0",
        "35.0 1 leaves home", "60.0 2 leaves home",
      ])
    #expect(run.simulation.model.flow.resources.held(ResourceIndex(rawValue: 0)) == 0)
    #expect(run.simulation.model.flow.measures.counts(class: 0).waited == 24 * 60_000_000)
  }

  @Test("a domain's durations, and those who enter when another leaves, are honoured")
  func domainDurations() throws {
    var builder = try PathwayBuilder.plain()
    let unused = builder.addDomainRule("first")
    let rule = builder.addDomainRule("second")
    builder.addPathway("visit", steps: [.delay("second"), .leave()])
    var domain = RecordingDomain()
    domain.minutes = [1, 3]
    domain.followers = 1
    var run = RecordedRun(try builder.build(), domain: domain)
    run.send(1, at: 0)
    #expect(unused == 0)
    #expect(rule == 1)
    #expect(run.run(until: 60) == ["3.0 1 leaves home", "6.0 100 leaves home"])
  }

  @Test("plain data stay small: what speed rests on")
  func sizes() {
    #expect(MemoryLayout<PathwayStep>.size == 16)
    #expect(MemoryLayout<CareEvent<UInt32>>.size <= 8)
    #expect(MemoryLayout<Entity>.size <= 104)
  }
}
