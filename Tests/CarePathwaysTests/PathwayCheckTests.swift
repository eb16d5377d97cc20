// SPDX-License-Identifier: GPL-3.0-or-later
import CarePathways
import Randomness
import SimulationKernel
import Testing

@Suite("Pathways are checked whole before they are compiled")
struct PathwayCheckTests {
  /// The faults of one pathway "visit" beside roles doctor, nurse and bed, a bounded desk, and the
  /// preemptive theatre with two roles, surgeon and theatre.
  private func faults(_ steps: [StepDescription]) throws -> [PathwayFault] {
    var builder = try PathwayBuilder.plain()
    for name in ["doctor", "nurse", "bed", "room", "porter"] { builder.addServer(name) }
    builder.addServer("desk", waitingRoom: 2)
    builder.addServer("theatre", isPreemptive: true)
    builder.provide(role: builder.addRole("surgeon"), by: ResourceIndex(rawValue: 6))
    builder.addRole("nobody")
    builder.addDecision("where", exits: ["home", "ward"])
    builder.addPathway("visit", steps: steps)
    do throws(PathwayFaults) {
      _ = try builder.build()
      return []
    } catch {
      return error.faults
    }
  }

  private func fault(
    _ step: Int, _ reason: PathwayFault.Reason, label: String? = nil
  ) -> PathwayFault {
    PathwayFault(pathway: "visit", step: step, label: label, reason: reason)
  }

  @Test("a sound pathway has none")
  func sound() throws {
    #expect(
      try faults([
        .seize("doctor"), .delay("5"), .release("doctor"),
        StepDescription(.branch([.init(0.3, to: "more"), .init(nil, to: "out")])),
        .seize("doctor", label: "more"), .seize("bed"), .release("doctor"), .delay("5"),
        StepDescription(.transfer(to: .init("room"), from: "bed", delay: nil)),
        .release("room"), .leave(label: "out"),
      ]) == [])
  }

  @Test("names that nothing has are told with those there are")
  func unknownNames() throws {
    let found = try faults([
      .seize("docter", patience: .init(rule: "4", otherwise: "nowhere")), .leave("hom"),
    ])
    let roles = [
      "doctor", "nurse", "bed", "room", "porter", "desk", "theatre", "surgeon", "nobody",
    ]
    #expect(
      found == [
        fault(0, .unknownName(.role, "docter", known: roles)),
        fault(0, .unknownName(.durationRule, "4", known: ["5", "10", "20"])),
        fault(0, .unknownName(.label, "nowhere", known: [])),
        fault(1, .unknownName(.leaveReason, "hom", known: ["home", "away", "gone"])),
        fault(1, .neverReleased(role: "docter")),
      ])
  }

  @Test("all faults of all pathways come at once, in order, with the declarations' first")
  func allAtOnce() throws {
    var builder = try PathwayBuilder.plain()
    builder.addServer("doctor", capacity: -1)
    builder.addDurationRule("odd", try .normal(mean: 1, standardDeviation: 1), unit: .minutes(1))
    builder.addPathway("one", steps: [])
    builder.addPathway("two", steps: [.delay("6"), .leave()])
    builder.addPathway("two", steps: [.leave()])
    let error = #expect(throws: PathwayFaults.self) { try builder.build() }
    #expect(
      error?.faults == [
        PathwayFault(reason: .capacityOutOfRange(resource: "doctor", -1)),
        PathwayFault(reason: .mayBeNegative(rule: "odd")),
        PathwayFault(reason: .duplicateName(.pathway, "two")),
        PathwayFault(pathway: "one", reason: .empty),
        PathwayFault(
          pathway: "two", step: 0,
          reason: .unknownName(.durationRule, "6", known: ["5", "10", "20", "odd"])),
      ])
  }

  @Test("a bed that some path never gives back is found, at the leave")
  func leak() throws {
    #expect(
      try faults([
        .seize("bed"), StepDescription(.branch([.init(0.01, to: "out"), .init(nil, to: nil)])),
        .release("bed"), .leave(label: "out"),
      ]) == [fault(3, .neverReleased(role: "bed"), label: "out")])
  }

  @Test("a leak through the path of lost patience or of a full waiting room is found too")
  func leakOnOtherPaths() throws {
    #expect(
      try faults([
        .seize("bed"), .seize("doctor", patience: .init(rule: "5", otherwise: "out")),
        .release("doctor"), .release("bed"), .leave(), .leave("gone", label: "out"),
      ]) == [fault(5, .neverReleased(role: "bed"), label: "out")])
    #expect(
      try faults([
        .seize("bed"), .seize("desk", refused: "out"), .release("desk"), .release("bed"),
        .leave(), .leave("away", label: "out"),
      ]) == [fault(5, .neverReleased(role: "bed"), label: "out")])
  }

  @Test("what is not held on some path cannot be released or transferred from")
  func notHeld() throws {
    #expect(
      try faults([
        StepDescription(.branch([.init(0.5, to: "late"), .init(nil, to: nil)])),
        .seize("bed"), StepDescription(label: "late", .release(role: "bed")), .leave(),
      ]) == [fault(2, .releasedButNotHeld(role: "bed"), label: "late")])
    #expect(
      try faults([
        StepDescription(.transfer(to: .init("room"), from: "bed", delay: nil)),
        .release("room"), .leave(),
      ]) == [fault(0, .releasedButNotHeld(role: "bed"))])
  }

  @Test("a role is not seized twice, nor more than four at once, nor a preemptive one shared")
  func holding() throws {
    #expect(
      try faults([.seize("bed"), .seize("bed"), .release("bed"), .leave()])
        == [fault(1, .seizedTwice(role: "bed"))])
    let five = ["doctor", "nurse", "bed", "room", "porter"]
    #expect(
      try faults(
        five.map { .seize($0) } + five.map { .release($0) } + [.leave()])
        == [fault(4, .tooManyHeld)])
    #expect(
      try faults([
        .seize("theatre"), .seize("surgeon"), .release("theatre"), .release("surgeon"), .leave(),
      ]) == [fault(1, .sharesPreemptiveResource(role: "surgeon", held: "theatre"))])
  }

  @Test("steps that no path reaches, paths without end, and the end without a leave are found")
  func paths() throws {
    #expect(
      try faults([.delay("5"), .leave(), .delay("5"), .leave()])
        == [fault(2, .unreachable), fault(3, .unreachable)])
    #expect(try faults([.delay("5")]) == [fault(0, .fallsOffTheEnd)])
    #expect(
      try faults([
        StepDescription(label: "again", .delay(rule: "5"), next: "again"),
        .leave(),
      ]) == [fault(0, .neverLeaves, label: "again"), fault(1, .unreachable)])
  }

  @Test("an exit of probability 0 is a path: a sweep may raise it")
  func impossibleExit() throws {
    #expect(
      try faults([
        StepDescription(.branch([.init(0, to: "a"), .init(1, to: "b")])), .leave(label: "a"),
        .leave(label: "b"),
      ]) == [])
  }

  @Test("probabilities lie in 0...1, add up to 1, and leave the rest to one exit")
  func probabilities() throws {
    func branch(_ probabilities: [Double?]) throws -> [PathwayFault] {
      try faults([
        StepDescription(.branch(probabilities.map { .init($0, to: nil) })), .leave(),
      ])
    }
    #expect(try branch([0.1, 0.2, 0.7]) == [])
    #expect(try branch([0.4, nil]) == [])
    #expect(try branch([1, nil]) == [])
    #expect(try branch([0.4, 0.5]) == [fault(0, .probabilitiesSumTo(0.9))])
    #expect(try branch([0.75, 0.5, nil]) == [fault(0, .probabilitiesSumTo(1.25))])
    #expect(try branch([nil, nil]) == [fault(0, .severalRests)])
    #expect(
      try branch([-0.5, nil]) == [fault(0, .probabilityOutOfRange(-0.5))])
    #expect(try branch([]).contains(fault(0, .noExits)))
  }

  @Test("each exit of a decision is given, once")
  func decisions() throws {
    #expect(
      try faults([
        StepDescription(
          .decide(
            decision: "where",
            exits: [.init("home", to: nil), .init("home", to: nil), .init("hill", to: nil)])),
        .leave(),
      ]) == [
        fault(0, .duplicateName(.exit, "home")),
        fault(0, .unknownName(.exit, "hill", known: ["home", "ward"])),
        fault(0, .missingExit("ward")),
      ])
  }

  @Test("numbers are in range, roles are provided, and a bounded line says what follows when full")
  func requests() throws {
    #expect(
      try faults([
        .seize("doctor", units: 0), .release("doctor"), .seize("nurse", priority: 16),
        .release("nurse"), .seize("nobody"), .release("nobody"), .seize("desk"),
        .release("desk"), StepDescription(.assignPriority(-1)), .leave(),
      ]) == [
        fault(0, .unitsOutOfRange(0)), fault(2, .priorityOutOfRange(16)),
        fault(4, .notProvided(role: "nobody")), fault(6, .missingRefusedExit(role: "desk")),
        fault(8, .priorityOutOfRange(-1)),
      ])
  }

  @Test("calendars ascend within their week")
  func calendars() throws {
    for calendar in [
      CapacityCalendar.weekly([]), .dated([]),
      .weekly([.init(minuteOfWeek: 10_080, capacity: 1)]),
      .weekly([.init(minuteOfWeek: 5, capacity: 1), .init(minuteOfWeek: 5, capacity: 2)]),
      .dated([.init(time: .zero - .minutes(1), capacity: 1)]),
      .dated([.init(time: .zero, capacity: -1)]),
    ] {
      var builder = try PathwayBuilder.plain()
      builder.addServer("doctor", calendar: calendar)
      builder.addPathway("visit", steps: [.leave()])
      let error = #expect(throws: PathwayFaults.self) { try builder.build() }
      #expect(error?.faults == [PathwayFault(reason: .badCalendar(resource: "doctor"))])
    }
  }

  @Test("names find their rows")
  func lookUps() throws {
    var builder = try PathwayBuilder.plain()
    builder.addPathway("one", steps: [.delay("5", label: "a"), .leave()])
    builder.addPathway("two", steps: [.delay("5"), .leave("away", label: "a")])
    let program = try builder.build()
    #expect(program.pathway(named: "two") == 1)
    #expect(program.pathway(named: "three") == nil)
    #expect(program.row(pathway: "one", label: "a") == 0)
    #expect(program.row(pathway: "two", label: "a") == 3)
    #expect(program.entryRows == [0, 2])
  }
}
